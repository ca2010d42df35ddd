"""Every state that a page can be in, with an address of the rules we ship that leads there."""

from urllib.parse import urlencode

from support.forms import first_with

from advisor.model.recommendation import Verdict

PROJECT = "goal=product&deploy=server&deploy=mobile&model=custom&os=linux"
COMPARED = urlencode(
    [
        ("with", f"{PROJECT}&important=deploy&project=Kiosk"),
        ("with", "goal=product&deploy=server&model=custom&os=linux&serving=versioned"),
        ("with", "goal=teaching&deploy=web&basis=documents"),
    ]
)
SCANNED = (
    "deploy=server&seen=web-application-required%40requirements.txt:3"
    "&seen=torch-required%40requirements.txt:1&seen=tensorflow-1-required%40old/setup.py:7"
    "&seen=torchserve-used%40requirements.txt:2"
)
FIXED = {
    "start": "/",
    "start-with-answers": "/?goal=research",
    "question": "/ask/goal",
    "question-several": "/ask/deploy?goal=product",
    "question-answered": f"/ask/deploy?{PROJECT}&important=deploy",
    "question-blank": "/ask/goal?asked=goal",
    "question-contradictory": "/ask/deploy?asked=deploy&deploy=none&deploy=server",
    "questions": "/questions",
    "questions-answered": f"/questions?{PROJECT}&important=deploy",
    "questions-contradictory": "/questions?deploy=none&deploy=server&important=gaol",
    "result-nothing-said": "/recommendation",
    "result-documents": f"/recommendation?{PROJECT}&basis=documents",
    "result-expected": f"/recommendation?{PROJECT}&expect=onnx&project=Kiosk",
    "keep": f"/keep?{PROJECT}",
    "changes": f"/changes?{PROJECT}",
    "changes-nothing-said": "/changes",
    "grounds": f"/grounds?{PROJECT}",
    "grounds-differ": f"/grounds?{PROJECT}&basis=documents&hardware=unsure",
    "result-unknown-ids": f"/recommendation?{PROJECT}&gaol=research&hardware=abacus",
    "trace": f"/trace?{PROJECT}&important=deploy",
    "trace-nothing-said": "/trace?gaol=research",
    "compare": "/compare",
    "compare-one": "/compare?with=goal%3Dresearch",
    "compare-three": f"/compare?{COMPARED}",
    "compare-unusable": f"/compare?with=gaol%3Dresearch%0Ahttps%3A%2F%2Fother.test%2F&{COMPARED}",
    "scan": "/scan",
    "questions-scanned": f"/questions?{SCANNED}",
    "question-scanned": f"/ask/existing?{SCANNED}",
    "result-scanned": f"/recommendation?{SCANNED}",
    "method": "/method",
    "claims": "/claims",
    "claims-found": "/claims?q=windows",
    "claims-none-found": "/claims?q=zeppelin",
    "sources": "/sources",
    "tools": "/tools",
    "disagreements": "/disagreements",
    "frameworks": "/frameworks",
    "tradeoffs": "/tradeoffs",
    "rules": "/rules",
    "tradeoffs-on-one": "/tradeoffs?subject=mobile",
    "for-programs": "/docs",
    "not-found": "/nowhere",
    "question-not-found": "/ask/gaol",
    "too-long": "/recommendation?project=" + "a" * 9000,
    "failed": "/broken",
}
DERIVED = {
    "claim": lambda rulebase: f"/claims/{_most_used_claim(rulebase)}",
    "source": lambda rulebase: f"/sources/{next(iter(rulebase.sources))}",
    "rule": lambda rulebase: f"/rules/{next(iter(rulebase.rules))}",
    "framework": lambda rulebase: f"/frameworks/{next(iter(rulebase.frameworks))}",
}
VERDICTS = {f"result-{verdict}": verdict for verdict in Verdict}
STATUSES = {"not-found": 404, "question-not-found": 404, "too-long": 414, "failed": 500}
NAMES = [*FIXED, *DERIVED, *VERDICTS]


def address(rulebase, name):
    """Return the address that leads to a state."""
    if name in FIXED:
        return FIXED[name]
    if name in DERIVED:
        return DERIVED[name](rulebase)
    return f"/recommendation?{first_with(rulebase, VERDICTS[name])}"


def _most_used_claim(rulebase):
    used = [claim for rule in rulebase.rules.values() for claim in rule.claims]
    return max(sorted(set(used)), key=used.count)
