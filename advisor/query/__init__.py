"""Answers in and recommendations out: one codec for addresses, JSON and YAML, one serializer."""
