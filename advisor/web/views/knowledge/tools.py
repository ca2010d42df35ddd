"""Every tool by name: what it is, whose, how it stands today, and what took its place."""

from collections import Counter
from typing import ClassVar

from pydantic import Field

from advisor.model.knowledge import Tool
from advisor.model.rulebase import RuleBase
from advisor.web.views.knowledge.claim_lines import ClaimLink, claim_links
from advisor.web.views.knowledge.frame import KnowledgePage
from advisor.web.views.knowledge.places import tool as tool_address
from advisor.web.views.knowledge.signs import TOOL_STANDINGS, Standing
from advisor.web.views.page import Link, Shell, View


class ToolView(View):
    """A tool."""

    anchor: str = Field(description="Its id on the page.")
    name: str = Field(description="Its name.")
    owner: str = Field(description="Whose it is.")
    text: str = Field(description="What it is.")
    standing: Standing = Field(description="How it stands today.")
    replaced_by: tuple[Link, ...] = Field(description="What took its place.")
    replaces: tuple[Link, ...] = Field(description="Whose place it took.")
    claims: tuple[ClaimLink, ...] = Field(description="The claims that say so.")


class StandingCount(View):
    """How many tools stand in one way."""

    standing: Standing = Field(description="How they stand.")
    number: int = Field(description="How many they are.")


class ToolsPage(KnowledgePage):
    """Lists all tools."""

    template: ClassVar[str] = "pages/tools.html"

    counts: tuple[StandingCount, ...] = Field(description="How many tools stand in which way.")
    index: tuple[Link, ...] = Field(description="All names, with links down the page.")
    tools: tuple[ToolView, ...] = Field(description="The tools, by name.")


def tools_page(rulebase: RuleBase, shell: Shell) -> ToolsPage:
    """Make the page."""
    tools = sorted(rulebase.tools.values(), key=lambda tool: tool.name.casefold())
    found = Counter(tool.status for tool in tools)
    return ToolsPage(
        shell=shell,
        title="Tools, and how each stands today",
        description=f"{len(tools)} tools by name: what each is, whose, and what took its place.",
        section="/tools",
        counts=tuple(
            StandingCount(standing=standing, number=found[status])
            for status, standing in TOOL_STANDINGS.items()
            if found[status]
        ),
        index=tuple(Link(label=tool.name, address=f"#tool-{tool.id}") for tool in tools),
        tools=tuple(_tool(rulebase, tool) for tool in tools),
    )


def _tool(rulebase: RuleBase, tool: Tool) -> ToolView:
    replaces = [other.id for other in rulebase.tools.values() if tool.id in other.replaced_by]
    return ToolView(
        anchor=f"tool-{tool.id}",
        name=tool.name,
        owner=tool.owner,
        text=tool.text,
        standing=TOOL_STANDINGS[tool.status],
        replaced_by=tuple(tool_link(rulebase, other) for other in tool.replaced_by),
        replaces=tuple(tool_link(rulebase, other) for other in replaces),
        claims=claim_links(rulebase, tool.claims),
    )


def tool_link(rulebase: RuleBase, name: str) -> Link:
    """Return a link to a tool."""
    return Link(label=rulebase.tools[name].name, address=tool_address(name))
