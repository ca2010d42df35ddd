"""What axe finds on a page, at the widths and in the colour schemes that people have."""

from axe_playwright_python.base import AXE_SCRIPT

WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark")
HEIGHT = 800

AXE = """
async () => {
  const sought = {resultTypes: ["violations", "incomplete"], preload: false};
  const found = await axe.run(document, sought);
  const told = (kind, rule) =>
    rule.nodes.map((node) => `${kind} ${rule.id}: ${node.target.join(" ")} ${node.failureSummary}`);
  const undecided = found.incomplete.filter((rule) => rule.id === "color-contrast");
  return [
    ...found.violations.flatMap((rule) => told("violation", rule)),
    ...undecided.flatMap((rule) => told("undecided", rule)),
  ];
}
"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def settings():
    """Give every width in every colour scheme."""
    return [(width, scheme) for width in WIDTHS for scheme in SCHEMES]


def show(page, width, scheme):
    """Show a page that is open already at another width, in another scheme."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme=scheme)


def findings(page):
    """Return every violation, every contrast that axe could not decide, and sideways scrolling."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(AXE)
    sideways = page.evaluate(SIDEWAYS)
    return [*found, *([f"scrolls sideways by {sideways} px"] if sideways else [])]
