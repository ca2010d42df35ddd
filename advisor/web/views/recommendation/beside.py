"""What stands beside the score: matters now level, disagreements, migrations, notes."""

from pydantic import Field

from advisor.model.knowledge import Disagreement
from advisor.model.recommendation import NoDifference
from advisor.model.rules import Migration, Note
from advisor.output.words import ROLE_WORDS, names
from advisor.web.views.page import View
from advisor.web.views.recommendation.citations import Mark
from advisor.web.views.recommendation.telling import AnswerLink, Telling


class LevelView(View):
    """A matter that no longer separates anybody."""

    text: str = Field(description="What is level now.")
    whom: str = Field(description="Between whom, and in what.")
    rule: str = Field(description="The address of the rule that it comes from.")
    because: tuple[AnswerLink, ...] = Field(description="The answers that brought it up.")
    marks: tuple[Mark, ...] = Field(description="Its citations.")


class DisagreementView(View):
    """A matter on which sources contradict each other."""

    title: str = Field(description="The matter.")
    settlement: str = Field(description="What settles it, or that nothing does.")
    address: str = Field(description="Where it is told who says what.")


class MigrationView(View):
    """A route for code that exists already."""

    origin: str = Field(description="Where it starts.")
    to: str = Field(description="Where it leads.")
    text: str = Field(description="The route in a sentence or two.")
    steps: tuple[str, ...] = Field(description="What to do, in order.")
    cost: str = Field(description="How much it costs: small, medium or large.")
    marks: tuple[Mark, ...] = Field(description="Its citations.")


class NoteView(View):
    """Something outside that is told and never ranked."""

    title: str = Field(description="What it is about.")
    text: str = Field(description="What there is to know.")
    marks: tuple[Mark, ...] = Field(description="Its citations.")


def level_views(telling: Telling) -> tuple[LevelView, ...]:
    """Tell what no longer separates anybody."""
    return tuple(_level(telling, level) for level in telling.recommendation.levels)


def _level(telling: Telling, level: NoDifference) -> LevelView:
    return LevelView(
        text=level.text,
        whom=f"{names(telling.rulebase, level.frameworks)}, {ROLE_WORDS[level.role]}",
        rule=f"/rules/{level.rule}",
        because=tuple(telling.answer_link(question) for question in level.questions),
        marks=telling.cite(level.claims),
    )


def disagreement_views(telling: Telling) -> tuple[DisagreementView, ...]:
    """Tell the disagreements that the reasons touch."""
    known = telling.rulebase.disagreements
    return tuple(_disagreement(known[name]) for name in telling.recommendation.disagreements)


def _disagreement(disagreement: Disagreement) -> DisagreementView:
    return DisagreementView(
        title=disagreement.title,
        settlement=disagreement.settlement,
        address=f"/disagreements#{disagreement.id}",
    )


def migration_views(telling: Telling) -> tuple[MigrationView, ...]:
    """Tell the routes from what exists into the plan."""
    known = telling.rulebase.migrations
    return tuple(_migration(telling, known[name]) for name in telling.recommendation.migrations)


def _migration(telling: Telling, migration: Migration) -> MigrationView:
    frameworks = telling.rulebase.frameworks
    origin = frameworks.get(migration.origin)
    return MigrationView(
        origin=origin.name if origin else migration.origin,
        to=frameworks[migration.to].name,
        text=migration.text,
        steps=migration.steps,
        cost=migration.cost,
        marks=telling.cite_counting(migration.claims),
    )


def note_views(telling: Telling) -> tuple[NoteView, ...]:
    """Tell what lies outside."""
    return tuple(_note(telling, telling.rulebase.notes[n]) for n in telling.recommendation.notes)


def _note(telling: Telling, note: Note) -> NoteView:
    return NoteView(title=note.title, text=note.text, marks=telling.cite_counting(note.claims))
