"""Answers in: one codec for addresses, JSON and YAML, and the links that carry them."""
