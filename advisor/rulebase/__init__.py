"""Reads a rule base: YAML with places, shapes, checks across files, an immutable RuleBase."""
