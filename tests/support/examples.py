"""How many examples a property gets, as a multiple of what the profile says."""

from hypothesis import settings


def times(factor):
    """Give a property more examples than others: 25 times the factor, 2,000 times if thorough."""
    return settings(max_examples=factor * settings().max_examples)
