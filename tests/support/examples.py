"""How many examples a property gets, as a multiple of what the profile says."""

from hypothesis import settings


def times(factor):
    """Give a property more or fewer examples than others: 25 times the factor, or 2,000 times."""
    return settings(max_examples=int(factor * settings().max_examples))
