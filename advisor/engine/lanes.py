"""The scores of all plans side by side in one whole number: one addition moves them all.

Each plan has a lane of bits for its points and one for the reasons of its lead's own; each
backend of a framework has a lane as well. A lane holds its figure plus a constant, so that no
lane borrows from its neighbour. Exact: the lanes are as wide as the rule base needs.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from struct import Struct

from advisor.engine.index import Index
from advisor.engine.items import Item, Kind, Slot
from advisor.engine.plans import Candidate, candidates, is_open
from advisor.model.rules import Role, Switch

ROLE_SETS = (frozenset(Role), frozenset({Role.BUILD}), frozenset({Role.SHIP}))
WIDTHS = ((16, "H"), (32, "I"), (64, "Q"))
"""How wide a lane can be, in bits, with the code for reading lanes of that width."""
SPREAD = 16
"""Points count double at most, sums are subtracted, and each may be off by twice as much again."""


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """The plans that are possible.

    Attributes:
        plans: the number of each with its lead, sorted by lead.
        tops: the top bits of their lanes.
        leads: who leads one of them.
    """

    plans: tuple[tuple[int, str], ...]
    tops: int
    leads: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Lanes:
    """Who has which lane, and what each item adds.

    Attributes:
        plans: every plan there can be, whatever roles have to be taken.
        chosen: frameworks with one of their backends; their lanes follow those of the plans.
        own: for each plan the items that are a reason of its lead's own.
        reasons: the lane that counts the reasons of the first plan's lead; the others follow.
        form: how the lanes are read.
        roof: the first bit above all lanes; a sum may have a bit there for each item of the
            structure that fires.
        floor: all bits below.
        short: how those of the plans' points alone are read.
        led: for each framework the top bits of the lanes of the plans that it leads.
        width: how wide a lane is, in bits.
        ones: a one in the lane of each plan's points.
        half: what a lane holds on top of its points; one that counts reasons holds one less, so
            that its top bit says whether there is any.
        zero: what nothing at all is worth.
        brings: for each item its points in the lanes they go to, and itself where it is a
            reason of a lead's own.
        doubles: for each item what it adds when it counts double.
        deciding: the items on which it can depend who leads.
        structure: the deciding items that decide which plans are possible.
    """

    index: Index
    plans: tuple[Candidate, ...]
    chosen: tuple[Slot, ...]
    own: tuple[int, ...]
    reasons: int
    form: Struct
    roof: int
    floor: int
    short: Struct
    led: Mapping[str, int]
    width: int
    ones: int
    half: int
    zero: int
    brings: tuple[int, ...]
    doubles: tuple[int, ...]
    deciding: int
    structure: int

    def worth(self, fired: int, doubled: int = 0) -> int:
        """Return what these items bring together."""
        return self.zero + _added(self.brings, fired) + _added(self.doubles, doubled)

    def each(self, items: int) -> list[int]:
        """Return what each of these items brings by itself."""
        return [self.zero + self.brings[number] for number in _numbers(items)]

    def each_double(self, items: int) -> list[int]:
        """Return what each of these items adds by itself when it counts double."""
        return [self.zero + self.doubles[number] for number in _numbers(items)]

    def read(self, worth: int) -> Sequence[int]:
        """Return the figures in the lanes of a sum, each with its constant on top of it."""
        return self.form.unpack((worth & self.floor).to_bytes(self.form.size, "little"))

    def field(self, fired: int) -> Field:
        """Return the plans that are possible when these items fire."""
        return _field(self, fired & self.structure)

    def led_by(self, names: Collection[str]) -> int:
        """Return the top bits of the lanes of all plans that these frameworks lead."""
        return sum(self.led[name] for name in names if name in self.led)

    def leaders(self, worth: int, field: Field) -> tuple[str, ...]:
        """Return the leaders, sorted, among the plans that are possible."""
        contending = worth >> self.reasons * self.width & field.tops
        if not contending:
            return ()
        whole_lanes = (contending << 1) - (contending >> self.width - 1)
        figures = self.short.unpack((worth & whole_lanes).to_bytes(self.short.size, "little"))
        least = max(figures) - self.index.rulebase.margins.tie
        leaders = [lead for number, lead in field.plans if figures[number] >= least]
        return tuple(dict.fromkeys(leaders)) if len(leaders) > 1 else (leaders[0],)


def _added(figures: Sequence[int], items: int) -> int:
    """Add up the figures of the items whose bits are set."""
    total = 0
    while items:
        number = items.bit_length() - 1
        total += figures[number]
        items ^= 1 << number
    return total


def _numbers(items: int) -> Iterator[int]:
    """Yield the numbers of the items whose bits are set."""
    while items:
        lowest = items & -items
        yield lowest.bit_length() - 1
        items ^= lowest


@lru_cache(maxsize=8)
def lanes_of(index: Index) -> Lanes:
    """Lay the plans of a rule base out; remembered for the rule bases used last."""
    plans = tuple(
        sorted(
            chain.from_iterable(candidates(index, roles) for roles in ROLE_SETS),
            key=lambda plan: plan.lead,
        )
    )
    chosen = tuple(
        (framework.id, backend.id)
        for framework in index.rulebase.frameworks.values()
        for backend in framework.backends
    )
    width, code = _width(index)
    lanes = 2 * len(plans) + len(chosen)
    once = [_placed(item, plans, chosen, width) for item in index.items]
    reasons = len(plans) + len(chosen)
    counted = [_reasons(item, plans, width) << reasons * width for item in index.items]
    structure = index.kinds[Kind.STOP] | index.kinds[Kind.SWITCH]
    deciding = structure | index.kinds[Kind.SCORE] | index.kinds[Kind.COST]
    return Lanes(
        index=index,
        plans=plans,
        chosen=chosen,
        own=tuple(index.supporting(plan.own) for plan in plans),
        reasons=reasons,
        form=Struct(f"<{lanes}{code}"),
        roof=lanes * width,
        floor=(1 << lanes * width) - 1,
        short=Struct(f"<{len(plans)}{code}"),
        led=_led(plans, width),
        width=width,
        ones=sum(1 << number * width for number in range(len(plans))),
        half=1 << (width - 1),
        zero=_zero(reasons, len(plans), width),
        brings=tuple(points + reason for points, reason in zip(once, counted, strict=True)),
        doubles=tuple(once),
        deciding=deciding,
        structure=structure,
    )


def _led(plans: Sequence[Candidate], width: int) -> dict[str, int]:
    """Return for each framework the top bits of the lanes of the plans that it leads."""
    led: dict[str, int] = {}
    for number, plan in enumerate(plans):
        led[plan.lead] = led.get(plan.lead, 0) | 1 << (number + 1) * width - 1
    return led


def _zero(reasons: int, plans: int, width: int) -> int:
    """Return what the lanes hold when nothing fires."""
    half = 1 << (width - 1)
    points = sum(half << lane * width for lane in range(reasons))
    return points + sum(half - 1 << (reasons + plan) * width for plan in range(plans))


def _width(index: Index) -> tuple[int, str]:
    """Return the smallest width in which no difference between doubtful sums overflows.

    Differences are held against the tie margin too, so there has to be room for that as well.
    """
    points = sum(max(1, abs(item.points)) for item in index.items)
    most = SPREAD * (points + index.rulebase.margins.tie)
    return next((width, code) for width, code in WIDTHS if most < 1 << (width - 1))


def _placed(item: Item, plans: Sequence[Candidate], chosen: Sequence[Slot], width: int) -> int:
    """Return the points of an item in the lanes of the plans and backends that they go to."""
    lanes = [plan.slots for plan in plans] + [(slot,) for slot in chosen]
    return sum(
        item.points * sum(slot in slots for slot in item.slots) << number * width
        for number, slots in enumerate(lanes)
    )


def _reasons(item: Item, plans: Sequence[Candidate], width: int) -> int:
    """Return a one in the lane of each plan of which the item is a reason of the lead's own."""
    if item.points <= 0:
        return 0
    return sum(
        1 << number * width
        for number, plan in enumerate(plans)
        if any(slot in plan.own for slot in item.slots)
    )


@lru_cache(maxsize=1024)
def _field(lanes: Lanes, fired: int) -> Field:
    """Find the plans that are possible when these stops and switches fire."""
    index = lanes.index
    stops = index.listed(fired & index.kinds[Kind.STOP])
    blocked = {slot for item in stops for slot in item.slots}
    possible = set(candidates(index, roles_left(index, fired)))
    plans = tuple(
        (number, plan.lead)
        for number, plan in enumerate(lanes.plans)
        if plan in possible and is_open(plan, blocked)
    )
    tops = sum(lanes.half << number * lanes.width for number, _ in plans)
    return Field(plans, tops, frozenset(lead for _, lead in plans))


def roles_left(index: Index, fired: int) -> frozenset[Role]:
    """Return the roles that somebody has to take when these items fire."""
    roles = frozenset(Role)
    for item in sorted(index.listed(fired & index.kinds[Kind.SWITCH]), key=lambda item: item.id):
        if isinstance(item.origin, Switch) and roles - {item.origin.role}:
            roles -= {item.origin.role}
    return roles
