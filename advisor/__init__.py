"""Recommends a machine-learning framework for a project, with cited reasons.

Import from the rooms below it.
"""

import os

# Matrices are small here: threads of NumPy's own would cost more than they bring, and fight over
# the processors of a server. It reads this when it is first imported, so it has to stand here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
