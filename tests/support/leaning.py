"""An application with everything worked out that pages would otherwise wait for.

Both bases get the figures of the documents: for the rules that we ship these take seconds, the
others many, and here it only matters that there are some.
"""

import time
from unittest.mock import patch

from advisor.engine.bias import bias
from advisor.model.knowledge import Basis
from advisor.web import site


def leaning_known(app):
    """Wait until an application knows how its rules lean; return it."""
    with patch.object(site, "bias", lambda rulebase, _: bias(rulebase, Basis.DOCUMENTS)):
        while app.state.site.leaning.peek() is None:
            time.sleep(0.05)
    return app
