"""A rule base of three colours in which each verdict can be had, and how to look at a picture."""

import io
from dataclasses import replace

from PIL import Image
from support.builders import base, framework, question, rule, when

from advisor.engine.recommend import recommend
from advisor.model.rules import Role, Score, Stop
from advisor.query.read import read_query_string

COLOURS = {"ash": "#b3261e", "birch": "#1b5fa8", "cedar": "#f2c14e"}
CONDITIONS = {
    "clear": "wood=oak",
    "close": "wood=close",
    "tie": "wood=both",
    "open": "wood=little",
    "none": "wood=neither",
}
"""For each verdict the answers that lead to it."""


def scores(name, target, points, *choices):
    return rule(name, Score(Role.BUILD, (target,), points), when({"wood": choices}))


def forest(*more, title="A small one"):
    """Make the rule base, with more rules if need be."""
    trees = [
        replace(framework(name), colour={"light": colour, "dark": colour})
        for name, colour in COLOURS.items()
    ]
    stop = Stop(Role.BUILD, tuple(COLOURS), "Take oak.")
    made = base(
        [question("wood", "oak", "elm", "both", "close", "little", "neither", "many")],
        trees,
        [
            scores("oak", "ash", 3, "oak", "both", "close"),
            scores("elm", "birch", 3, "elm", "both"),
            scores("shy", "birch", 2, "close"),
            scores("small", "ash", 1, "little"),
            rule("fire", stop, when({"wood": ["neither"]})),
            *more,
        ],
    )
    return replace(made, title=title)


FOREST = forest()


def advice(rulebase, raw):
    """Recommend for a query string, without faults."""
    query = read_query_string(rulebase, raw).strict()
    return recommend(rulebase, query.answers, query.basis)


def looked_at(png):
    """Return the pixels of a picture."""
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


def colours_in(image, area):
    """Return the colours in an area (left, top, right, bottom) with how many pixels have each."""
    cut = image.convert("RGB").crop(area)
    counted = cut.getcolors(maxcolors=cut.width * cut.height)
    return {f"#{red:02x}{green:02x}{blue:02x}": number for number, (red, green, blue) in counted}
