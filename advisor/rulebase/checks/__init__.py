"""What is checked across files, a family per file. The list of all checks is in `registry.py`."""
