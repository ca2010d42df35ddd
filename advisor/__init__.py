"""Recommends a machine-learning framework for a project, with cited reasons.

This file holds the version, and has NumPy start no threads in the process that imports it, unless
`OPENBLAS_NUM_THREADS` says otherwise; import from the rooms below it.
"""

import os

# Matrices here are small: threads cost more than they bring, and take the processors from others.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
