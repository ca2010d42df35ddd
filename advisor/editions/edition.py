"""One edition in one file: a rule base frozen as JSON, with what proves that it answers as then.

The file `editions/2026.12-<hash>.json.xz` below a rule base is named by the beginning of the
SHA-256 of its content, so that a byte that changed is noticed, and nothing is to be kept beside it
but `2026.12.md`, where people say what changed in the advice. A `Shelf` has the editions beside a
rule base, loaded when they are asked for, and the rules in the making.
"""

import datetime
import hashlib
import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Final

from advisor.errors import Fault, Place, RuleBaseError, nearest
from advisor.model.answers import ANY, MAX_IMPORTANT, UNSURE, Answers
from advisor.model.plain import noun_of, plain
from advisor.model.recommendation import MODEL
from advisor.model.remembered import remembered
from advisor.model.rulebase import NONE_CHOICE, RuleBase
from advisor.query.fields import Form
from advisor.query.query import DRAFT, LATEST
from advisor.query.read import Reading, interpret

FORMAT: Final = 1
"""Version of the form of all that is sent as JSON."""

FOLDER = "editions"
ENDING = ".json.xz"
NAME = re.compile(r"[0-9]{4}\.(0?[1-9]|1[0-2])(\.[0-9]{1,6})?")
FILE = re.compile(rf"(?P<name>{NAME.pattern})-(?P<hash>[0-9a-f]{{16}}){re.escape(ENDING)}")
PACKING = [
    {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 20, "pb": 0}
]
"""A dictionary of one MiB holds a whole rule base, and unpacking needs no more memory than that;
text is not aligned to more than a byte (`pb`)."""

HEAD = 200
"""In how many of its first bytes an edition says its name, day, model and format."""

WAYS = ("given",) * 12 + ("open",) * 5 + (UNSURE,) * 2 + (ANY,)
"""What is said to a question of a drawn set of answers, each as likely as the next."""
MARKED = 8
"""One in so many given answers of a drawn set counts double."""
CONSTRAINED = 8
"""One drawn set in so many leaves a framework out, and one in so many asks for one tool."""
ANSWER_SETS = 1000
"""How many drawn sets of answers an edition proves itself by, on each basis."""
DIGITS = 4
"""How much is kept of the digest of each result, so that an edition stays small."""


@dataclass(frozen=True, slots=True)
class FrozenCase:
    """A case as it was when an edition was released."""

    id: str
    project: str
    query: str
    """Its answers as a query string."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A released rule base, and what it was released with."""

    name: str
    day: datetime.date
    """The day of its release."""
    model: int
    format: int
    written: str
    """The `written_hash` of the files that it was made of."""
    cases: tuple[FrozenCase, ...]
    digests: tuple[str, ...]
    """For each drawn set of answers the beginning of the `digest` of its `result` on each basis."""
    rulebase: RuleBase


def order(name: str) -> tuple[int, ...]:
    """Return what sorts names of editions by age: `2026.9` comes before `2026.12`."""
    return tuple(map(int, name.split(".")))


def files_of(rules: Path) -> dict[str, Path]:
    """Return the files of the editions of a rule base by name, the newest first.

    Raises:
        RuleBaseError: an edition has two files.
    """
    found: dict[str, Path] = {}
    for path in sorted((rules / FOLDER).glob(f"*{ENDING}")):
        if match := FILE.fullmatch(path.name):
            if other := found.get(match["name"]):
                message = f"edition {match['name']} is in {other.name} already"
                place = Place(f"{FOLDER}/{path.name}")
                raise RuleBaseError([Fault(place, "second-edition", message, "one file for each")])
            found[match["name"]] = path
    return {name: found[name] for name in sorted(found, key=order, reverse=True)}


def names(rules: Path) -> tuple[str, ...]:
    """Return the names of the editions of a rule base, the newest first."""
    return tuple(files_of(rules))


def load_edition(rules: Path, name: str) -> Edition:
    """Load an edition of the rule base in a folder.

    Raises:
        RuleBaseError: there is no such edition, or its file is not what was released.
    """
    path = files_of(rules).get(name)
    if path is None:
        known = names(rules)
        expected = f"one of {', '.join(known)}" if known else "a rule base with editions"
        fault = Fault(
            Place(FOLDER), "no-edition", f"there is no edition '{name}'", expected,
            nearest(name, known),
        )  # fmt: skip
        raise RuleBaseError([fault])
    content = path.read_bytes()
    if faults := [*_faults(name, path, content)]:
        raise RuleBaseError(faults)
    try:
        return noun_of(Edition, json.loads(lzma.decompress(content)))
    except (KeyError, TypeError, ValueError) as error:
        message = f"edition {name} holds what this advisor does not know: {error}"
        expected = "an advisor whose nouns have a default for every field that came later"
        place = Place(f"{FOLDER}/{path.name}")
        raise RuleBaseError([Fault(place, "other-model", message, expected)]) from None


def check_editions(rules: Path) -> None:
    """Make sure that every edition is what was released, and that this advisor can answer by it.

    Raises:
        RuleBaseError: one is not; carries a fault for each.
    """
    found = files_of(rules).items()
    if faults := [each for name, path in found for each in _faults(name, path, path.read_bytes())]:
        raise RuleBaseError(faults)


def _faults(name: str, path: Path, content: bytes) -> Iterator[Fault]:
    """Give a fault where an edition is not what its file is named by, or is of another model."""
    place = Place(f"{FOLDER}/{path.name}")
    if path.name != _file_name(name, content):
        message = f"edition {name} is not what was released: its content has another hash"
        yield Fault(place, "changed-edition", message, "the file as published")
        return
    # Both stand at its beginning, so that looking does not unpack it.
    try:
        head = lzma.LZMADecompressor().decompress(content, HEAD)
    except lzma.LZMAError:
        head = b""
    versions = re.search(rb'"model":(\d+),"format":(\d+)', head)
    model, form = map(int, versions.groups()) if versions else (0, 0)
    if (model, form) != (MODEL, FORMAT):
        message = f"edition {name} needs model {model} and format {form}"
        expected = f"model {MODEL} and format {FORMAT}, which this advisor has"
        yield Fault(place, "other-model", message, expected)


def freeze(rules: Path, edition: Edition) -> Path:
    """Write an edition below the rule base that it was made of, and return its file.

    The same edition gives the same bytes, whenever it is written.
    """
    told = json.dumps(plain(edition), ensure_ascii=False, separators=(",", ":")).encode()
    content = lzma.compress(told, check=lzma.CHECK_NONE, filters=PACKING)
    path = rules / FOLDER / _file_name(edition.name, content)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _file_name(name: str, content: bytes) -> str:
    return f"{name}-{hashlib.sha256(content).hexdigest()[:16]}{ENDING}"


def written_hash(rules: Path) -> str:
    """Return the SHA-256 of the files of a rule base, whatever line ends a machine gives them.

    Where it is that of an edition, nobody has to read the files to know what they say.
    """
    hashed = hashlib.sha256()
    for path in sorted(rules.rglob("*.yaml")):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        name = path.relative_to(rules).as_posix()
        hashed.update(f"{name}\0{len(content)}\0".encode() + content)
    return hashed.hexdigest()


def drawn_answers(rulebase: RuleBase, count: int | None = None) -> Iterator[Answers]:
    """Draw sets of answers to a rule base: the same for the same questions, on any machine."""
    for number in range(ANSWER_SETS if count is None else count):
        given: dict[str, frozenset[str]] = {}
        said: dict[str, set[str]] = {UNSURE: set(), ANY: set()}
        marked: list[str] = []
        for question in rulebase.questions.values():
            way, mark, first, *more = hashlib.sha256(f"{number} {question.id}".encode()).digest()
            ids = [choice.id for choice in question.choices]
            chosen = {ids[first % len(ids)]}
            if question.multiple and NONE_CHOICE not in chosen:
                boxes = [name for name in ids if name != NONE_CHOICE]
                chosen |= {boxes[each % len(boxes)] for each in more[: first % 3]}
            match WAYS[way % len(WAYS)]:
                case "given":
                    given[question.id] = frozenset(chosen)
                    marked += [question.id] * (mark % MARKED == 0)
                case "open":
                    pass
                case word:
                    said[word].add(question.id)
        leaves, which, single, *_ = hashlib.sha256(f"{number} constraints".encode()).digest()
        frameworks = sorted(rulebase.frameworks)
        left_out = frameworks[which % len(frameworks)]
        yield Answers(
            given,
            unsure=frozenset(said[UNSURE]),
            any=frozenset(said[ANY]),
            important=frozenset(marked[:MAX_IMPORTANT]),
            without=frozenset() if leaves % CONSTRAINED else frozenset({left_out}),
            one_tool=not single % CONSTRAINED,
        )


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
    ids: frozenset[str]
    """What answers can name."""


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
            told = (rulebase.rules_hash, rulebase.facts_as_of, changes, _ids(rulebase))
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

    def words_for(self, rulebase: RuleBase) -> frozenset[str]:
        """Return the words of `words` that stand for some rules."""
        named = {LATEST, rulebase.edition} if rulebase is self.current else {rulebase.edition}
        return self.words & (named | {DRAFT} if rulebase is self.draft else named)

    def word(self, form: Form) -> str | None:
        """Return the word of `words` that a form names; None where it names none or several."""
        fields = [each for each in form.fields if each.setting and each.key == "edition"]
        given = [value.text for each in fields for value in each.values]
        return given[0] if len(given) == 1 and given[0] in self.words else None

    def read(self, form: Form) -> tuple[RuleBase, Reading]:
        """Read a form by the rules that it names; the query names those that answer.

        Raises:
            RuleBaseError: the file of an edition is not what was released.
        """
        rulebase = self.rulebase(self.word(form))
        edition = rulebase.edition
        first_with = partial(self.first_with, edition)
        return rulebase, interpret(rulebase, form, self.words, edition, first_with)

    def first_with(self, edition: str | None, name: str) -> str:
        """Return the first edition after this one that knows an id, or the draft; else nothing."""
        if edition not in self.names:
            return ""
        later = self.listed[: self.names.index(edition)] if edition != self.names[0] else ()
        first = next((each.name for each in reversed(later) if name in each.ids), "")
        return first or (DRAFT if self.draft and name in _ids(self.draft) else "")


@remembered(1)
def _ids(rulebase: RuleBase) -> frozenset[str]:
    """Return what answers can name: `goal`, `goal:research`, frameworks."""
    asked = rulebase.questions.values()
    choices = {f"{each.id}:{choice.id}" for each in asked for choice in each.choices}
    return frozenset(choices.union(rulebase.questions, rulebase.frameworks))


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
