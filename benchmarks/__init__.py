"""Figures, measured: run with `python -m benchmarks`. Prints ratios and times, judges nothing."""
