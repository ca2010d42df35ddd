"""`advisor ask`: the questionnaire in the terminal, which writes an answers file."""

import sys
from dataclasses import replace
from pathlib import Path

import click
from questionary import Choice, checkbox, confirm, select, text

from advisor.cli.rules import opened_shelf, refusing, rules_option
from advisor.engine.compare import taking_over
from advisor.engine.recommend import recommend
from advisor.engine.whatif.open_questions import early_answer
from advisor.model.answers import ANY, MAX_IMPORTANT, NON_ANSWERS, UNSURE, Answers
from advisor.model.recommendation import Recommendation
from advisor.model.rulebase import Question, RuleBase
from advisor.output.expectation import failures
from advisor.output.headline import headline, how_sure
from advisor.output.words import counted, offered
from advisor.query.fields import Form, yaml_form
from advisor.query.query import MAX_PROJECT, Expectation, Query
from advisor.query.read import interpret
from advisor.query.write import answers_file

INTERRUPTED = 130
"""The exit code that shells give to a command that Ctrl-C stopped."""

BACK, STOP = "<back>", "<stop>"
"""What can be chosen instead of an answer; no id looks like them."""


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), default="advice.yaml")
@rules_option
@click.pass_context
def ask(context: click.Context, file: Path, rules: Path) -> None:
    """Ask the questions in the terminal and write the answers to FILE, or to advice.yaml.

    If FILE exists, you go on where it ends, and it is written again without its comments. Ctrl-C
    keeps what you have answered.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        message = "`advisor ask` needs a terminal. Without one, write the answers into a file."
        raise click.UsageError(message)
    shelf, form = opened_shelf(rules), Form()
    if file.exists():
        form = yaml_form(file.read_text("utf-8", "surrogateescape"), str(file))
    with refusing("the answers"):
        query = interpret(shelf.current, form, shelf.words).strict()
    query = replace(query, edition=shelf.current.edition)
    interview, code = Interview(shelf.current, query), 0
    try:
        interview.hold(file.absolute().parent.name)
    except (KeyboardInterrupt, EOFError):
        code = INTERRUPTED
    if count := len(interview.query.answers.said()):
        file.write_text(answers_file(interview.query), "utf-8")
        click.echo(f"{file} holds {counted(count, 'answer')}; `advisor ask {file}` goes on there.")
    else:
        click.echo("Nothing was answered, so nothing was written.")
    context.exit(code)


class Interview:
    """Questions and answers in a terminal; `query` holds what was said so far."""

    def __init__(self, rulebase: RuleBase, query: Query) -> None:
        self.rulebase, self.query = rulebase, query
        self.answered = [name for name in rulebase.questions if name in query.answers.said()]

    def hold(self, title: str) -> None:
        """Ask what still matters, then what counts double and whether to accept what comes out.

        Raises:
            KeyboardInterrupt, EOFError: somebody pressed Ctrl-C, or closed the terminal.
        """
        short = lambda title: len(title.strip()) <= MAX_PROJECT or f"At most {MAX_PROJECT} letters."  # noqa: E731
        title = self.query.project or title
        title = text("What is the project called?", title, validate=short).unsafe_ask()
        self.query, told = replace(self.query, project=title.strip()), False
        while name := (here := self.recommendation()).next_question:
            final = here.settled.lead and here.verdict.recommends
            if (final and not told) or early_answer(self.rulebase, here):
                told, lead = final, headline(self.rulebase, here)
                more = "No further answer changes who leads. Go on?"
                more = more if final else "Answer more to be surer?"
                if not confirm(f"{lead}. {more}", default=not final).unsafe_ask():
                    break
            said = self.ask(self.rulebase.questions[name])
            if STOP in said:
                break
            if BACK in said:
                self.say(self.answered.pop(), frozenset())
            else:
                self.say(name, said)
                self.answered.append(name)
        answers, questions = self.query.answers, self.rulebase.questions
        marks = [
            Choice(questions[name].label, name, checked=name in answers.important)
            for name in answers.given
        ]
        if marks:
            message = f"What counts double? Nothing, or up to {MAX_IMPORTANT}."
            few = lambda chosen: len(chosen) <= MAX_IMPORTANT or f"At most {MAX_IMPORTANT}."  # noqa: E731 - read where it is used
            marked = frozenset(checkbox(message, marks, validate=few).unsafe_ask())
            self.query = replace(self.query, answers=replace(answers, important=marked))
        here, expected = self.recommendation(), self.query.expect
        click.echo(f"{headline(self.rulebase, here)}. {how_sure(self.rulebase, here)}")
        new = not expected or failures(self.rulebase, expected, here)
        message = "Should `advisor check` expect that?"
        if here.verdict.recommends and new and confirm(message).unsafe_ask():
            self.query = replace(self.query, expect=Expectation(frozenset(here.leaders)))

    def recommendation(self) -> Recommendation:
        """Return what the answers so far lead to."""
        return recommend(self.rulebase, self.query.answers, self.query.basis)

    def ask(self, question: Question) -> frozenset[str]:
        """Return what was chosen: ids of choices, or one word instead."""
        choices, apart = offered(question)
        listed = [
            Choice(each.label, each.id, description=each.hint or None) for each in choices + apart
        ]
        listed += [Choice("Back", BACK)] if self.answered else []
        listed.append(Choice("Stop here and keep the answers", STOP))
        if not question.multiple:
            return frozenset({select(question.title, listed).unsafe_ask()})
        alone = {BACK, STOP, *(choice.id for choice in apart)}

        def fault(chosen: list[str]) -> bool | str:
            if not chosen:
                return "Choose at least one, with the space bar."
            return len(chosen) == 1 or alone.isdisjoint(chosen) or "Choose that one alone."

        return frozenset(checkbox(question.title, listed, validate=fault).unsafe_ask())

    def say(self, name: str, said: frozenset[str]) -> None:
        """Answer a question; with nothing said its answer is taken back."""
        this = frozenset({name})
        other = Answers(
            given={name: said} if said - NON_ANSWERS else {},
            unsure=this if UNSURE in said else frozenset(),
            any=this if ANY in said else frozenset(),
        )
        self.query = replace(self.query, answers=taking_over(self.query.answers, other, this))
