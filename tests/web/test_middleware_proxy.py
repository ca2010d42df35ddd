"""Behind a proxy and below a path: every address leads back to the site as it was asked for."""

import asyncio
import json
import re
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from support.knowledge_addresses import LISTS

from advisor.settings import find_settings
from advisor.web.app import create_app

ROOT = "/tools/advisor"
ADDRESSES = re.compile(r'(?:href|src|action|formaction|data-link)="([^"#][^"]*)"')
ANSWERS = "load=tools&storage=street"
STARTS = ["/", "/questions", "/docs", "/compare", "/ask/load", f"/recommendation?{ANSWERS}", *LISTS]


@pytest.fixture(scope="module")
def visit(rulebase):
    return visitor(rulebase, root_path=ROOT)


def visitor(rulebase, client="127.0.0.1", **settings):
    """Ask for an address, as somebody at an address of a network does."""
    app = create_app(replace(find_settings(), **settings), rulebase)
    transport = httpx.ASGITransport(app, client=(client, 1))

    async def ask(address, **options):
        async with httpx.AsyncClient(transport=transport, base_url="http://here.test") as asking:
            return await asking.request(options.pop("method", "GET"), address, **options)

    return lambda address, **options: asyncio.run(ask(address, **options))


def html(visit, address):
    """The page at an address, after redirects."""
    answer = visit(address, headers={"Accept": "text/html"}, follow_redirects=True)
    assert answer.status_code == 200, address
    return answer


def test_every_address_on_a_page_begins_with_the_path(visit):
    found = set()
    for start in STARTS:
        page = html(visit, start)
        found |= {
            urljoin(str(page.url), each.replace("&amp;", "&"))
            for each in ADDRESSES.findall(page.text)
        }
    own = {urlsplit(each)._replace(fragment="").geturl() for each in found if "//here.test" in each}
    assert len(own) > 80
    assert not [each for each in own if not each.startswith(f"http://here.test{ROOT}/")]
    kinds = {urlsplit(each).path.split("/")[3]: each for each in own}
    assert {"static", "theme.css", "ask", "recommendation", "rules", "claims"} <= set(kinds)
    assert {
        each: visit(each, follow_redirects=True).status_code for each in kinds.values()
    } == dict.fromkeys(kinds.values(), 200)


@pytest.mark.parametrize("path", ["/questions", f"{ROOT}/questions"])
def test_a_proxy_may_take_the_path_off_or_leave_it(visit, path):
    assert visit(path).text == visit("/questions").text


def test_the_path_itself_is_the_start_page(visit):
    assert visit(ROOT).text == visit(f"{ROOT}/").text == visit("/").text
    assert visit(f"{ROOT}s").status_code == 404


@pytest.mark.parametrize("path", ["/recommendation?storage=street&load=tools", "/ask?load=tools"])
def test_a_redirect_leads_below_the_path(visit, path):
    for root in ("", ROOT):
        answer = visit(root + path)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith(f"{ROOT}/")


def test_json_names_addresses_below_the_path(visit):
    links = visit(f"/recommendation.json?{ANSWERS}").json()["links"]
    assert all(each.startswith(f"{ROOT}/") for each in links.values())
    assert visit(links["page"]).status_code == 200
    assert visit("/nothing").json()["type"].startswith(f"{ROOT}/docs#")
    assert visit("/openapi.json").json()["servers"] == [{"url": ROOT}]


def test_the_result_is_the_same_wherever_the_site_lives(rulebase, visit):
    plain = visitor(rulebase)
    path = f"/recommendation.json?{ANSWERS}"
    assert json.dumps(visit(path).json()["result"]) == json.dumps(plain(path).json()["result"])


FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "inner.test, advice.test:8443"}


def told(visit, **headers):
    """The address by which a page is shown, as its preview and its record name it."""
    page = visit(f"/recommendation?{ANSWERS}", headers=headers)
    record = visit(f"/recommendation.md?{ANSWERS}", headers=headers)
    image = re.search(r'og:image" content="([^"]+)', page.text)[1]
    printed = re.search(r'class="paper">([^<]+)', page.text)[1]
    found = {
        urlsplit(each.replace("&amp;", "&"))._replace(query="").geturl()
        for each in (image, printed)
    }
    assert printed.replace("&amp;", "&") in record.text.replace("\\", "")
    return found


def test_a_trusted_proxy_says_by_which_host_and_scheme_a_page_was_asked_for(rulebase):
    visit = visitor(rulebase, client="10.1.2.3", proxies="10.0.0.0/8", root_path=ROOT)
    there = f"https://advice.test:8443{ROOT}/recommendation"
    assert told(visit, **FORWARDED) == {there, f"{there}.png"}


def test_nobody_else_does(rulebase):
    here = {"http://here.test/recommendation", "http://here.test/recommendation.png"}
    assert told(visitor(rulebase, client="192.0.2.1", proxies="10.0.0.0/8"), **FORWARDED) == here
    assert told(visitor(rulebase, client="10.1.2.3"), **FORWARDED) == here


@pytest.mark.parametrize("path", ["/", "/recommendation.json", "/static/site.css", "/nothing"])
def test_a_name_that_is_not_ours_gets_no_answer(rulebase, path):
    visit = visitor(rulebase, host_names=("Advice.test", "*.inner.test"), proxies="*")
    for name in ("advice.test", "ADVICE.test:8443", "a.inner.test"):
        assert visit(path, headers={"Host": name}).status_code != 421
    for headers in (
        {"Host": "evil.test"},
        {"Host": "advice.test", "X-Forwarded-Host": "evil.test"},
    ):
        answer = visit(path, headers={"Accept": "text/html", **headers})
        assert answer.status_code == 421
        assert "//evil.test" not in answer.text


def test_whoever_looks_whether_the_site_is_there_may_use_its_address(rulebase):
    visit = visitor(rulebase, host_names=("advice.test",))
    for path in ("/healthz", "/readyz"):
        assert visit(path, headers={"Host": "10.0.0.7:8000"}).status_code == 200
