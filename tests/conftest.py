"""What every test shares: the profile of the property tests, and rarer looks for garbage."""

import gc
import os

from hypothesis import HealthCheck, settings

# Plugins import NumPy before `advisor` can keep it from starting threads; workers inherit this.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# By default few examples and the same every time, so that a red run is red for everybody; with
# HYPOTHESIS_PROFILE=thorough many new ones, for whoever changes the engine. `make fast` takes
# fewer still.
settings.register_profile(
    "default",
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "thorough", settings.get_profile("default"), max_examples=2000, derandomize=False
)
settings.register_profile("brief", settings.get_profile("default"), max_examples=10)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_collection_finish():
    """Leave out of every look for garbage what lives as long as the run; it costs a tenth of it."""
    gc.freeze()
    gc.set_threshold(20_000)
