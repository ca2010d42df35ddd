"""Projects with the recommendation we stand by: read, run, and held against the rule base."""
