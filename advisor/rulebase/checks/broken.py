"""A fault of shape hides no other: what a broken entry names is looked up all the same."""

from collections.abc import Iterator

from advisor.errors import Fault
from advisor.rulebase.checks.references import unknown_choice, unknown_id
from advisor.rulebase.raw import RawRuleBase
from advisor.rulebase.salvage import named


def check_broken_entries(raw: RawRuleBase) -> Iterator[Fault]:
    """Refuse an id or a choice that is not there, in an entry that is refused already."""
    known = {
        "claim": raw.claims_by_id.keys(),
        "edge": raw.edges_by_id.keys(),
        "framework": raw.frameworks_by_id.keys(),
        "question": raw.questions_by_id.keys(),
        "source": raw.sources_by_id.keys(),
        "subject": {item.shape.id for item in raw.subjects},
        "tool": {item.shape.id for item in raw.tools},
    }
    for mention in (mention for broken in raw.broken for mention in named(broken)):
        if mention.kind != "choice":
            ids = known[mention.kind]
            yield from unknown_id(raw, mention.kind, mention.id, mention.place, ids)
        elif question := raw.questions_by_id.get(mention.question):
            yield from unknown_choice(question.shape, mention.id, mention.place)
