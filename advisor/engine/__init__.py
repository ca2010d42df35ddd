"""Thinks: pure functions from a rule base and answers to a recommendation. Door: `recommend`."""
