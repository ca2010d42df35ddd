"""How the garbage collector of a process that serves is set.

The one place that touches it: for the whole process, so only what serves pages, or measures
that, calls it.
"""

import gc

YOUNG = 10_000
"""Objects that may gather before the collector looks at the new ones: about half a page's."""


def spare_the_collector() -> None:
    """Set apart all that is there for good, and look at the rest less often.

    The rule base and what was made of it stay as long as the process does. Going through all of
    it again and again cost a page now and then several times what it costs by itself.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
