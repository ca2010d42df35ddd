"""The stylesheet with the colours of what can be recommended, written from the rule base.

Strict policies forbid inline styles, so colours that are data need a stylesheet of their own.
"""

from advisor.model.rulebase import RuleBase

THEME_PATH = "/theme.css"


def stylesheet(rulebase: RuleBase) -> bytes:
    """Write a class with a colour for light and one for dark, for each framework."""
    lines = [
        f".fw-{framework.id} {{ --fw: light-dark({framework.colour['light']}, "
        f"{framework.colour['dark']}); }}"
        for framework in rulebase.frameworks.values()
    ]
    return ("\n".join(lines) + "\n").encode()
