"""Other answers than those given: edits, what they would change, and what is settled."""
