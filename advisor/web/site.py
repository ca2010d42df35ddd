"""What every request needs and none changes: the rule base, the pages' frame, the files.

Built once, when the application starts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request

from advisor.model.rulebase import RuleBase
from advisor.output.lettering import FONT_FILE
from advisor.settings import Settings
from advisor.web.assets import Asset, asset, read_folder
from advisor.web.templating import Renderer
from advisor.web.theme import THEME_PATH, stylesheet


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """A rule base with everything that shows it.

    Attributes:
        assets: files that pages ask for, by their address.
        font: the file of the font that pictures are lettered in.
        issue_form: address of a form that takes reports; empty where there is none.
    """

    rulebase: RuleBase
    assets: Mapping[str, Asset]
    renderer: Renderer
    font: Path
    issue_form: str


def build_site(settings: Settings, rulebase: RuleBase) -> Site:
    """Read templates and files, and put them together with the rule base."""
    theme = asset(THEME_PATH, stylesheet(rulebase))
    assets = {**read_folder(settings.static), THEME_PATH: theme}
    return Site(
        rulebase=rulebase,
        assets=assets,
        renderer=Renderer(settings.templates, assets, rulebase),
        font=settings.static / FONT_FILE,
        issue_form=settings.issue_form,
    )


def site_of(request: Request) -> Site:
    """Return the site that a request came to."""
    site = request.app.state.site
    if not isinstance(site, Site):
        message = "the application was not made by create_app"
        raise TypeError(message)
    return site
