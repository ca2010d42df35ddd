"""What templates write is escaped, whatever it is, and what is misspelt is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from advisor.model.knowledge import Basis
from advisor.web.site import Renderer

TEMPLATE = """
{%- macro told(value) %}<i title="{{ value }}">{{ value }}</i>{% endmacro -%}
{%- set kept %}{{ value }}{% endset -%}
{{ value }}|{{ told(value) }}|{{ kept }}|{{ value if value else "none" }}
"""


@pytest.fixture(scope="module")
def renderer(tmp_path_factory, rulebase):
    folder = tmp_path_factory.mktemp("templates")
    (folder / "shown.html").write_text(TEMPLATE)
    (folder / "misspelt.html").write_text("{{ rulebase.titel }}")
    return Renderer(folder, {}, rulebase)


@given(
    value=st.one_of(
        st.text(),
        st.text(alphabet="<>&'\"x", min_size=1),
        st.integers(),
        st.booleans(),
        st.none(),
        st.sampled_from(Basis),
        st.text(alphabet="<>&'\"x").map(Markup),
    )
)
def test_every_value_is_escaped_once_wherever_it_stands(renderer, value):
    shown = renderer.render("shown.html", value=value).decode()
    text = escape(value)
    last = text if value else "none"
    assert shown == f'{text}|<i title="{text}">{text}</i>|{text}|{last}'


def test_a_misspelt_field_is_an_error(renderer):
    with pytest.raises(UndefinedError, match="titel"):
        renderer.render("misspelt.html")


def test_what_a_page_is_not_given_is_an_error(renderer):
    with pytest.raises(UndefinedError, match="value"):
        renderer.render("shown.html")
