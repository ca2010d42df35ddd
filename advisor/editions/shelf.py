"""The editions beside a rule base, loaded when they are asked for, and the rules in the making."""

import datetime
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path

from advisor.editions.edition import (
    FOLDER,
    Edition,
    check_editions,
    load_edition,
    names,
    written_hash,
)
from advisor.model.rulebase import RuleBase
from advisor.query.fields import Form
from advisor.query.query import DRAFT, LATEST
from advisor.query.read import Reading, interpret

LOADED = 3
"""How many editions other than the newest are kept in memory at once."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list of editions says of one."""

    name: str
    day: datetime.date
    rules_hash: str
    facts_as_of: datetime.date
    changes: str
    """What changed in the advice, in Markdown, as people have put it."""


class Shelf:
    """A rule base through time.

    Attributes:
        current: what answers where no edition is named: the newest edition, or the rules as they
            are written where none was released yet.
        newest: the newest edition; None where none was released yet.
        names: the names of the editions, the newest first.
        draft: the rules as they are written where they differ from the newest edition.
    """

    def __init__(
        self,
        current: RuleBase,
        draft: RuleBase | None = None,
        newest: Edition | None = None,
        rules: Path = Path(),
    ) -> None:
        """Put rules on a shelf, with the editions in a folder of rules if there is a newest one."""
        self.current, self.draft, self.newest = current, draft, newest
        self.names = names(rules) if newest else ()
        self.words = frozenset({LATEST, *self.names, *([DRAFT] if draft else [])})
        """What can stand for `edition` in a link."""
        self._rules = rules
        self._load = lru_cache(maxsize=LOADED)(partial(load_edition, rules))

    @cached_property
    def listed(self) -> tuple[Listing, ...]:
        """The editions, the newest first; each is loaded once, and only this is kept."""
        found = []
        for name in self.names:
            edition, path = load_edition(self._rules, name), self._rules / FOLDER / f"{name}.md"
            rulebase = edition.rulebase
            changes = path.read_text(encoding="utf-8") if path.is_file() else ""
            told = (rulebase.rules_hash, rulebase.facts_as_of, changes)
            found.append(Listing(name, edition.day, *told))
        return tuple(found)

    def edition(self, name: str) -> Edition:
        """Return an edition by its name.

        Raises:
            RuleBaseError: there is none of this name, or its file is not what was released.
        """
        newest = self.newest
        return newest if newest and name == newest.name else self._load(name)

    def day_of(self, rulebase: RuleBase) -> datetime.date | None:
        """Return the day on which rules were released; None where they were not."""
        return self.edition(rulebase.edition).day if rulebase.edition else None

    def rulebase(self, word: str | None = None) -> RuleBase:
        """Return the rules that a word of `words` stands for; without one the current ones.

        Raises:
            RuleBaseError: the file of an edition is not what was released.
        """
        if word == DRAFT and self.draft:
            return self.draft
        return self.edition(word).rulebase if word in self.names else self.current

    def word(self, form: Form) -> str | None:
        """Return the word of `words` that a form names; None where it names none or several."""
        fields = [each for each in form.fields if each.beside and each.key == "edition"]
        given = [value.text for each in fields for value in each.values]
        return given[0] if len(given) == 1 and given[0] in self.words else None

    def read(self, form: Form) -> tuple[RuleBase, Reading]:
        """Read a form by the rules that it names; the query names those that answer.

        Raises:
            RuleBaseError: the file of an edition is not what was released.
        """
        rulebase = self.rulebase(self.word(form))
        return rulebase, interpret(rulebase, form, self.words, rulebase.edition)


def open_shelf(rules: Path, written: RuleBase | None = None) -> Shelf:
    """Find the editions of the rule base in a folder, and whether its files say something else.

    The files are read only where they are not those of the newest edition; `written` is what they
    say if they have been read already.

    Raises:
        RuleBaseError: the files, or an edition, cannot be used.
    """
    check_editions(rules)
    found = names(rules)
    newest = load_edition(rules, found[0]) if found else None
    if newest and newest.written == written_hash(rules):
        return Shelf(newest.rulebase, newest=newest, rules=rules)
    if not written:
        # Imported here, since an edition is read without YAML and its shapes.
        from advisor.rulebase.load import load  # noqa: PLC0415

        written = load(rules)
    if not newest:
        return Shelf(written)
    changed = written.rules_hash != newest.rulebase.rules_hash
    return Shelf(newest.rulebase, written if changed else None, newest, rules)
