"""What the advisor tells, asked at its outer doors alone: addresses and the command line.

Only the doors are used, so that the same questions can be put to any commit. What is asked is
drawn with a fixed seed from what the site itself offers; what is told comes back as text.
"""

import asyncio
import functools
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode

import httpx
from click.testing import CliRunner
from fastapi import FastAPI

import advisor
from advisor.cli.main import main
from advisor.model.rulebase import RuleBase
from advisor.rulebase.load import load
from advisor.settings import find_settings
from advisor.web.app import create_app

ROOT = Path(advisor.__file__).parents[1]
"""The checkout whose code is asked: this one, or an older one that stands first on the path."""
RULE_BASES = {"rules": ROOT / "rules", "bicycles": ROOT / "examples" / "bicycles"}
BASES = ("checked", "documents")
DRAWN = 2000
"""Sets of answers for each rule base and basis."""
TOGETHER = 20
"""How many texts share a digest."""
PAGES_DRAWN = 60
"""Sets of answers, the first of those, for which every page and record is made."""
REPORTS_DRAWN = 2
"""The same for reports on the command line, which reads the rule base anew each time."""
HOST = "http://advisor.test"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PLAIN = {"Accept-Encoding": "identity"}

ANSWERED = ("/recommendation", "/changes", "/trace", "/questions", "/")
"""Pages that take answers, beside those of single questions."""
LISTS = ("/claims", "/sources", "/tools", "/disagreements", "/frameworks", "/tradeoffs", "/docs")
FAULTY = (
    "/nowhere",
    "/ask/nothing",
    "/claims/nothing",
    "/claims?q=windows",
    "/claims?q=zeppelin&status=holds",
    "/tools?x=1",
    "/compare",
    "/compare?with=gaol%3Dresearch",
    "/questions?deploy=none&deploy=server&important=gaol",
    "/ask/goal?asked=goal",
    "/recommendation?gaol=research&hardware=abacus",
    "/recommendation?project=" + "a" * 9000,
    "/recommendation.json?gaol=research&hardware=abacus&basis=facts",
    "/recommendation.md?goal=research&expect=onnx",
    "/api/v1/recommendations?goal=research&goal=product&important=gaol",
    "/api/v1/questions?x=1",
)

Told = tuple[str, str]
"""What was asked, and what was told."""


def asked_of(questions: Sequence[dict], count: int) -> Iterator[list[tuple[str, str]]]:
    """Draw answers as a form sends them.

    Args:
        questions: as `/api/v1/questions` gives them.
        count: how many sets to draw.

    Yields:
        Pairs of key and value: `[("deploy", "web"), ("goal", "any"), ("important", "goal")]`.
    """
    chance = random.Random(20261129)  # noqa: S311 - no secret, and the same for every commit
    for _ in range(count):
        share = chance.choice((0.2, 0.5, 0.8, 1.0))
        pairs = []
        for question in questions:
            if chance.random() < share:
                pairs += [(question["id"], value) for value in _answer(question, chance)]
        answered = sorted({key for key, _ in pairs})
        marked = chance.sample(answered, min(len(answered), chance.choice((0, 0, 1, 3))))
        yield pairs + [("important", name) for name in marked]


def _answer(question: dict, chance: random.Random) -> list[str]:
    values = [choice["id"] for choice in question["choices"]]
    if chance.random() < 0.15:
        return [chance.choice(("unsure", "any"))]
    several = [value for value in values if value != "none"]
    if question["multiple"] and chance.random() < 0.7:
        return chance.sample(several, chance.randint(1, min(3, len(several))))
    return [chance.choice(values)]


def tell(rules: str, group: str, every: int = 1) -> list[Told]:
    """Ask everything of one group, and return what was told.

    Args:
        rules: a key of `RULE_BASES`.
        group: a value of `groups`.
        every: how many digests to pass over for one that is made, with what it stands for.
    """
    return asyncio.run(_tell(rules, group, every))


def groups() -> list[str]:
    """Return the names of all groups."""
    return [
        *(f"result {basis}" for basis in BASES),
        *("pages", "records", "reports", "knowledge", "faults", "data"),
    ]


@functools.cache
def _site(rules: str) -> tuple[RuleBase, FastAPI]:
    rulebase = load(RULE_BASES[rules])
    return rulebase, create_app(find_settings(), rulebase)


async def _tell(rules: str, group: str, every: int) -> list[Told]:
    rulebase, app = _site(rules)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url=HOST, follow_redirects=True
    ) as client:
        questions = (await client.get("/api/v1/questions")).json()["questions"]
        drawn = [sorted(pairs) for pairs in asked_of(questions, DRAWN)]
        if group == "reports":
            told = drawn[:REPORTS_DRAWN]
            return [_report(rules, pairs, more) for pairs in told for more in ((), ("--trace",))]
        addresses = _addresses(group, rulebase, questions, drawn)
        wanted = [
            address for number, address in enumerate(addresses) if number // TOGETHER % every == 0
        ]
        return [(address, await _read(client, address)) for address in wanted]


def _addresses(group: str, rulebase: RuleBase, questions: Sequence[dict], drawn: list) -> list[str]:
    kind, _, basis = group.partition(" ")
    few = drawn[:PAGES_DRAWN]
    if kind == "result":
        return [
            f"/api/v1/recommendations?{urlencode([*pairs, ('basis', basis)])}" for pairs in drawn
        ]
    if kind == "pages":
        return list(_page_addresses(questions, few))
    if kind == "records":
        return [
            f"/recommendation.{form}?{urlencode([*pairs, ('basis', basis)])}"
            for pairs in few
            for basis in BASES
            for form in ("md", "svg")
        ]
    if kind == "knowledge":
        return [*LISTS, *_things(rulebase)]
    if kind == "faults":
        return list(FAULTY)
    return ["/openapi.json", "/api/v1/questions", "/api/v1/rulebase", "/healthz"]


async def _read(client: httpx.AsyncClient, address: str) -> str:
    """Return status, kind, canonical address and body.

    White space in HTML and the versions of the files that it names do not count.
    """
    headers = PLAIN if address.startswith("/api/") else PLAIN | HTML
    answer = await client.get(address, headers=headers)
    kind = answer.headers.get("content-type", "")
    where = str(answer.url).removeprefix(HOST)
    body = answer.text
    if kind.startswith("text/html"):
        body = re.sub(r"\s+", " ", re.sub(r"\?v=[0-9a-f]+", "", body))
    return f"{answer.status_code} {kind} {where}\n{body}"


def _page_addresses(questions: Sequence[dict], drawn: Sequence) -> Iterator[str]:
    for number, pairs in enumerate(drawn):
        more = [("basis", "documents")] if number % 3 == 0 else []
        query = urlencode(sorted([*pairs, *more]))
        for path in ANSWERED:
            yield f"{path}?{query}"
        yield f"/ask/{questions[number % len(questions)]['id']}?{query}"
        yield f"/ask?{query}"
        several = [("with", urlencode(each)) for each in drawn[number : number + 2 + number % 4]]
        yield f"/compare?{urlencode(several)}"


def _things(rulebase) -> Iterator[str]:
    for kind in ("claims", "sources", "rules", "frameworks"):
        yield from (f"/{kind}/{name}" for name in getattr(rulebase, kind))
    for edge in rulebase.edges.values():
        yield from (f"/rules/{cost.id}" for cost in edge.costs)
    yield from (f"/tradeoffs?subject={name}" for name in rulebase.subjects)


def _report(rules: str, pairs: Sequence[tuple[str, str]], extra: Sequence[str]) -> Told:
    asked = ["recommend", "--rules", str(RULE_BASES[rules]), "--query", urlencode(pairs), *extra]
    done = CliRunner().invoke(main, asked)
    said = ["recommend", "--query", urlencode(pairs), *extra]
    return " ".join(said), f"{done.exit_code}\n{done.output}"
