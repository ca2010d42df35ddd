"""What became of a rule, on one line."""

from advisor.engine.trace import Miss, Outcome, Traced
from advisor.output.words import listed


def trace_in_words(traced: Traced) -> str:
    """Return a rule's id and what became of it: fired, or the conditions that did not hold."""
    match traced.outcome:
        case Outcome.FIRED:
            points = f" ({traced.points:+d})" if traced.points else ""
            return f"{traced.rule}: fired{points}{', counts double' if traced.doubled else ''}"
        case Outcome.INACTIVE:
            return f"{traced.rule}: none of its claims counts on this basis"
        case Outcome.FAILED:
            tried = " / ".join(
                listed([_miss_in_words(miss) for miss in misses]) for misses in traced.misses
            )
            return f"{traced.rule}: failed on {tried}"


def _miss_in_words(miss: Miss) -> str:
    given = listed(miss.given) or "nothing"
    return f"{miss.question} ({given}, not {listed(miss.wanted, 'or')})"
