"""The routes of the pages of knowledge. Each handler finds its thing and has its template show it.

A page that takes no query string opens with one all the same, and says that it could not be used.
"""

from collections import Counter
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request, Response

from advisor.editions.diff import difference
from advisor.editions.edition import Shelf
from advisor.errors import Fault, nearest
from advisor.output.diff import Section, sections
from advisor.query.query import DRAFT
from advisor.web.dependencies import TheName, form_of, origin_of, read_fields
from advisor.web.pages.claims import claim_context, claims_list
from advisor.web.pages.rules import DRAWING, framework_context, method_context, subjects_of_rules
from advisor.web.responses import ATOM, Moved, Problem, answer, onward, show
from advisor.web.site import Site, TheSite
from advisor.web.urls import address_of, pinned, report_address, report_body

LISTS = {
    "claim": ("All claims", "/claims"),
    "source": ("All sources", "/sources"),
    "framework": ("All that can be recommended", "/frameworks"),
    "rule": ("All rules, by subject", "/rules"),
}
"""Where to go when something is not there."""

router = APIRouter()


@router.get("/claims")
async def claims(request: Request, site: TheSite) -> Response:
    found = claims_list(site.rulebase, form_of(request), site.shelf.words)
    address = found.chosen.address(found.number)
    return _shown(request, site, "pages/claims.html", address, found.faults, list=found)


@router.get("/claims/{name}")
async def claim(request: Request, site: TheSite, name: TheName) -> Response:
    found = _known(site, "claim", name)
    context = claim_context(site.rulebase, found)
    context |= _report(request, site, "Claim", name)
    return _plain(request, site, "pages/claim.html", **context)


@router.get("/sources")
async def sources(request: Request, site: TheSite) -> Response:
    claims = Counter(claim.source for claim in site.rulebase.claims.values())
    return _plain(request, site, "pages/sources.html", claims=claims)


@router.get("/sources/{name}")
async def source(request: Request, site: TheSite, name: TheName) -> Response:
    found = _known(site, "source", name)
    claims = [claim for claim in site.rulebase.claims.values() if claim.source == name]
    return _plain(request, site, "pages/source.html", source=found, claims=claims)


@router.get("/rules")
async def rules(request: Request, site: TheSite) -> Response:
    return _plain(request, site, "pages/rules.html", subjects=subjects_of_rules(site.rulebase))


@router.get("/rules/{name}")
async def rule(request: Request, site: TheSite, name: TheName) -> Response:
    """Tell everything about a rule, or about a cost of handing over."""
    edges = site.rulebase.edges.values()
    costs = {cost.id: (cost, edge) for edge in edges for cost in edge.costs}
    reason, edge = costs.get(name) or (_known(site, "rule", name), None)
    report = _report(request, site, "Rule", name)
    return _plain(request, site, "pages/rule.html", reason=reason, edge=edge, **report)


@router.get("/tools")
async def tools(request: Request, site: TheSite) -> Response:
    return _plain(request, site, "pages/tools.html")


@router.get("/disagreements")
async def disagreements(request: Request, site: TheSite) -> Response:
    return _plain(request, site, "pages/disagreements.html")


@router.get("/frameworks")
async def frameworks(request: Request, site: TheSite) -> Response:
    return _plain(request, site, "pages/frameworks.html")


@router.get("/frameworks/{name}")
async def framework(request: Request, site: TheSite, name: TheName) -> Response:
    found = _known(site, "framework", name)
    context = framework_context(site.rulebase, found)
    return _plain(request, site, "pages/framework.html", **context)


@router.get("/editions")
async def editions(request: Request, site: TheSite) -> Response:
    return _plain(request, site, "pages/editions.html", shelf=site.shelf)


@router.get("/editions.atom")
async def feed(request: Request, site: TheSite) -> Response:
    """Tell feed readers of editions, and of what changed in the advice."""
    origin = origin_of(request) + site.settings.root_path
    content = site.renderer.render("editions.atom", shelf=site.shelf, origin=origin)
    return answer(request, content, ATOM)


@router.get("/editions/{name}")
def differing(request: Request, site: TheSite, name: TheName) -> Response:
    """Say what changed between two editions; not async, as drawing answers takes a second."""
    was, _, now = name.partition("..")
    if not {was, now} <= {*site.shelf.names}:
        names = ", ".join(site.shelf.names) or "none"
        detail = f"Expected two editions with two points between; the editions are: {names}."
        raise Problem(404, detail, ways_on=(("All editions", "/editions"),))
    with DRAWING:
        apart = _sections(site.shelf, was, now)
    days = {each.name: each for each in site.shelf.listed}
    context = {"was": days[was], "now": days[now], "sections": apart}
    return _plain(request, site, "pages/difference.html", **context)


@lru_cache(maxsize=16)
def _sections(shelf: Shelf, was: str, now: str) -> tuple[Section, ...]:
    """Return what differs between two editions; remembered for those asked for last."""
    one, other = map(shelf.edition, (was, now))
    return tuple(sections(difference(one, other), one.rulebase, other.rulebase))


@router.get("/method")
def method(request: Request, site: TheSite) -> Response:
    """Say how it scores, and how the rules lean; not async, as the first time takes a second."""
    return _plain(request, site, "pages/method.html", **method_context(site.rulebase))


@router.get("/tradeoffs")
async def tradeoffs(request: Request, site: TheSite) -> Response:
    """Compare all that can be recommended, over all subjects or on one."""
    known = {subject.id: subject for subject in subjects_of_rules(site.rulebase)}
    fields = {"subject": known, "edition": site.shelf.words}
    values, faults = read_fields(form_of(request), fields)
    if "subject" in values:
        subject = known[values["subject"]]
        address = address_of(site.rulebase, subject)
        return _shown(request, site, "pages/subject.html", address, faults, subject=subject)
    subjects = known.values()
    return _shown(request, site, "pages/tradeoffs.html", "/tradeoffs", faults, subjects=subjects)


def _plain(request: Request, site: Site, template: str, **context: object) -> Response:
    """Show a page that takes nothing but an edition."""
    _, faults = read_fields(form_of(request), {"edition": site.shelf.words})
    return _shown(request, site, template, request.scope["path"], faults, **context)


def _shown(
    request: Request,
    site: Site,
    template: str,
    address: str,
    faults: Collection[Fault],
    **context: object,
) -> Response:
    """Show a page at its canonical address, with what of its address could not be used."""
    edition = site.shelf.word(form_of(request)) or ""
    moved = onward(request, pinned(address, edition), faults)
    return moved or show(request, site, template, faults=faults, today=address, **context)


def _report(request: Request, site: Site, kind: str, name: str) -> dict[str, str]:
    """Return how to report the open page: in words, and by a form where there is one."""
    where = origin_of(request) + request.scope["path"]
    place = site.places.get(name, "")
    told = f"{kind} {name}" + (f", {place}" if place else "")
    body = report_body(told, site.rulebase.rules_hash, where)
    form = report_address(site.settings.issue_form, f"{kind} {name}", body)
    return {"report": form, "reported": f"{told}, {where}"}


def _known(site: Site, kind: str, name: str) -> Any:  # noqa: ANN401 - of any kind
    """Return a thing of a kind, such as `claim`, by the name that the address gives it.

    Raises:
        Moved: it is called otherwise now, and that is all there is to say.
        Problem: there is no such thing; it says what became of it, or where such things are.
    """
    group = getattr(site.rulebase, f"{kind}s")
    if name in group:
        return group[name]
    draft = site.shelf.draft
    newest = getattr(site.shelf.current, f"{kind}s")
    if draft and name in getattr(draft, f"{kind}s") and name not in newest:
        drafted = (f"The {kind} '{name}'", pinned(f"/{kind}s/{name}", DRAFT))
        detail = f"Only the draft of the next edition has this {kind}."
        raise Problem(404, detail, ways_on=(drafted, LISTS[kind]))
    moved = {each.was: each for each in site.rulebase.renames if each.kind == kind}
    near = moved[name].now if name in moved else nearest(name, group)
    there = f"/{kind}s/{near}"
    if name in moved and near and not moved[name].text:
        raise Moved(there)
    detail = moved[name].text if name in moved else f"There is no {kind} of that name."
    meant = ((f"The {kind} '{near}'", pinned(there, site.pin)),) if near else ()
    raise Problem(404, detail, ways_on=(*meant, LISTS[kind]))
