"""The start page says what the documents are that other pages speak of."""

from dataclasses import replace

from support.bases import STATES
from support.browsing import Browser

from advisor.output.words import counted
from advisor.settings import find_settings
from advisor.web.app import create_app


def test_the_documents_are_counted_and_named_from_the_rules(browser, rulebase):
    page = browser.open("/")
    documents = [source for source in rulebase.sources.values() if source.document]
    assert page.link(counted(len(documents), "document")) == "/sources"
    named = {(f"/sources/{document.id}", document.title) for document in documents}
    assert named <= {(address, said) for address, said in page.links}


def test_where_there_is_no_document_none_is_spoken_of():
    sources = {name: s for name, s in STATES.sources.items() if not s.document}
    page = Browser(create_app(find_settings(), replace(STATES, sources=sources))).open("/")
    assert "The documents" not in page.text
