"""Recommends a machine-learning framework for a project, with cited reasons.

This file holds the version and nothing else; import from the rooms below it.
"""

__version__ = "0.1.0"
