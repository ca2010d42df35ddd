"""Results that are remembered in what they are about, and die with it."""

from collections.abc import Callable
from functools import lru_cache, partial, wraps
from typing import Concatenate, ParamSpec, TypeVar

W = TypeVar("W")
P = ParamSpec("P")
T = TypeVar("T")

MEMORY = "_remembered"
"""The attribute that holds what is remembered; whoever copies the object takes it off the copy."""


def remembered(
    most: int,
) -> Callable[[Callable[Concatenate[W, P], T]], Callable[Concatenate[W, P], T]]:
    """Remember the last results of a function in its first argument, `most` in each.

    A cache of the function's own would keep rule bases alive that nobody uses any more.
    """

    def remembering(function: Callable[Concatenate[W, P], T]) -> Callable[Concatenate[W, P], T]:
        @wraps(function)
        def told(about: W, /, *args: P.args, **kwargs: P.kwargs) -> T:
            try:
                known = vars(about)[MEMORY][function]
            except KeyError:
                memory = vars(about).setdefault(MEMORY, {})
                known = memory[function] = lru_cache(maxsize=most)(partial(function, about))
            result: T = known(*args, **kwargs)
            return result

        return told

    return remembering
