"""What is checked across files, a family per file. All checks are listed in `rulebase/load.py`."""
