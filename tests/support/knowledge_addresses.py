"""The addresses of all pages of knowledge over a rule base, written down apart from the code."""

LISTS = [
    "/claims",
    "/sources",
    "/rules",
    "/tools",
    "/disagreements",
    "/frameworks",
    "/tradeoffs",
    "/method",
]
KINDS = ("claims", "sources", "rules", "frameworks")


def things(rulebase):
    """The address of every single thing that has a page."""
    own = [f"/{kind}/{name}" for kind in KINDS for name in getattr(rulebase, kind)]
    costs = [cost.id for edge in rulebase.edges.values() for cost in edge.costs]
    return own + [f"/rules/{cost}" for cost in costs]


def chosen(rulebase):
    """The addresses of lists from which something was chosen."""
    subjects = {rule.topic for rule in rulebase.rules.values()}
    return [
        *(f"/claims?topic={claim.topic}" for claim in rulebase.claims.values()),
        *(f"/tradeoffs?subject={subject}" for subject in subjects),
        "/claims?status=holds",
        "/claims?q=no+claim+says+this",
    ]


def everything(rulebase):
    """The address of every page of knowledge, each once."""
    return list(dict.fromkeys(LISTS + things(rulebase) + chosen(rulebase)))
