"""Editions: rule bases that were released and stay as they were, and what differs between two."""
