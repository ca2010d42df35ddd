"""What every test shares: nothing but the profile of the property tests."""

import os

from hypothesis import HealthCheck, settings

# By default few examples and the same every time, so that a red run is red for everybody; with
# HYPOTHESIS_PROFILE=thorough many new ones, for whoever changes the engine.
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
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
