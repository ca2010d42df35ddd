"""The badge and the card as other sites get them, and the tags that lead there."""

import io
from urllib.parse import urlsplit

import pytest
from PIL import Image
from starlette.responses import Response
from support.browsing import HOST, HTML, Client

from advisor.engine.recommend import recommend
from advisor.output.card import card
from advisor.output.headline import alt_text, description
from advisor.query.read import read_query_string
from advisor.web.middleware import SecurityHeaders

BADGE, CARD = "/recommendation.svg", "/recommendation.png"
PICTURES = {BADGE: "image/svg+xml", CARD: "image/png"}
TOOLS = "load=tools&riding=have-one"
AGENTS = [HTML, {"Accept": "image/avif,image/webp,*/*;q=0.8"}, {}]


def meta(page):
    """What the head of a page says, by name or property."""
    tags = [found for tag, found in page.elements if tag == "meta"]
    return {
        found.get("property") or found.get("name", ""): found.get("content", "") for found in tags
    }


@pytest.mark.parametrize(("path", "kind"), PICTURES.items())
@pytest.mark.parametrize("query", ["", TOOLS, "load=unsure&hills=any&project=A+%22shed%22"])
def test_a_picture_comes_as_one_and_may_be_kept_a_while(program, path, kind, query):
    response = program.get(f"{path}?{query}".rstrip("?"))
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == kind
    assert response.headers["cache-control"] == "public, max-age=3600"


@pytest.mark.parametrize("path", PICTURES)
def test_other_sites_may_show_a_picture_and_nothing_else_of_this_one(program, path):
    assert program.get(path).headers["cross-origin-resource-policy"] == "cross-origin"
    for other in ("/recommendation", "/recommendation.json", "/static/icon.svg"):
        assert program.get(other).headers["cross-origin-resource-policy"] == "same-origin"


def test_no_answer_sets_a_security_header_itself():
    async def careless(scope, receive, send):
        headers = {"X-Frame-Options": "ALLOWALL", "Cross-Origin-Resource-Policy": "cross-origin"}
        await Response(headers=headers)(scope, receive, send)

    headers = Client(SecurityHeaders(careless)).get("/").headers
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("path", PICTURES)
def test_a_picture_is_secured_as_everything_is(program, path):
    theirs, ours = program.get(path).headers, program.get("/").headers
    secured = {
        "content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy",
        "strict-transport-security", "permissions-policy", "cross-origin-opener-policy",
    }  # fmt: skip
    assert secured <= theirs.keys()
    assert {name: theirs[name] for name in secured} == {name: ours[name] for name in secured}


@pytest.mark.parametrize("path", PICTURES)
def test_who_has_a_picture_is_not_sent_it_again(program, path):
    tag = program.get(f"{path}?{TOOLS}").headers["etag"]
    again = program.get(f"{path}?{TOOLS}", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "public, max-age=3600"
    assert again.headers["cross-origin-resource-policy"] == "cross-origin"
    other = program.get(f"{path}?load=children", headers={"If-None-Match": tag})
    assert other.status_code == 200


@pytest.mark.parametrize("path", PICTURES)
def test_head_is_get_without_the_picture(program, path):
    got, head = program.get(path), program.request("HEAD", path)
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)


@pytest.mark.parametrize("path", PICTURES)
def test_other_methods_are_refused(program, path):
    response = program.request("POST", path)
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", PICTURES)
@pytest.mark.parametrize("agent", AGENTS)
def test_what_cannot_be_used_is_told_in_full_and_no_picture_drawn(program, path, agent):
    response = program.get(f"{path}?hils=flat&load=none&load=tools&basis=hearsay", headers=agent)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    codes = {fault["code"] for fault in response.json()["faults"]}
    assert codes == {"unknown-key", "exclusive-value", "unknown-basis"}
    assert "public" not in response.headers["cache-control"]


ADDED = ["v=2", "v", "1700000000", "fbclid=a%ZZ", "gclid=b&gclid=c", "utm_source=x", "ref=y", "_=1"]


@pytest.mark.parametrize("path", [*PICTURES, "/recommendation.md"])
@pytest.mark.parametrize("added", ADDED)
def test_what_others_add_to_a_link_that_is_shared_changes_nothing(program, path, added):
    response = program.get(f"{path}?{TOOLS}&{added}")
    assert (response.status_code, response.content) == (200, program.get(f"{path}?{TOOLS}").content)
    assert program.get(f"/recommendation.json?{TOOLS}&{added}").status_code == 422
    for wrong in ("hils=flat", "load", "load=tool", "basis=x", "expect=bike"):
        assert program.get(f"{path}?riding=have-one&{added}&{wrong}").status_code == 422


@pytest.mark.parametrize("path", PICTURES)
def test_the_order_of_the_address_changes_nothing(program, path):
    one, other = (
        program.get(f"{path}?{query}").content
        for query in (TOOLS, "riding=have-one&load=tools&asked=hills")
    )
    assert one == other


def test_the_card_is_of_the_size_that_the_page_promises(program, browser):
    said = meta(browser.open(f"/recommendation?{TOOLS}"))
    image = Image.open(io.BytesIO(program.get(f"{CARD}?{TOOLS}").content))
    assert image.size == (int(said["og:image:width"]), int(said["og:image:height"])) == (1200, 630)
    assert said["og:image:type"] == Image.MIME[image.format]


def test_the_title_of_the_project_is_drawn_on_the_card(program, rulebase):
    titled = program.get(f"{CARD}?{TOOLS}&project=A+%22shed%22").content
    query = read_query_string(rulebase, TOOLS).strict()
    assert titled == card(rulebase, recommend(rulebase, query.answers), 'A "shed"')
    assert titled != program.get(f"{CARD}?{TOOLS}").content


@pytest.mark.parametrize("query", [TOOLS, "load=children", ""])
def test_the_card_has_the_colours_of_the_leaders_along_its_edge(program, rulebase, query):
    result = program.get(f"/recommendation.json?{query}").json()["result"]
    image = Image.open(io.BytesIO(program.get(f"{CARD}?{query}").content)).convert("RGB")
    edge = {
        "#{:02x}{:02x}{:02x}".format(*colour)
        for _, colour in image.crop((0, 0, 9, 630)).getcolors()
    }
    colours = {rulebase.frameworks[name].colour["light"] for name in result["leaders"]}
    assert edge == (colours if result["verdict"] not in {"open", "none"} else {"#59616a"})


@pytest.mark.parametrize("query", [TOOLS, "", "load=children&basis=documents"])
def test_a_result_says_its_lead_its_verdict_and_its_top_reason_to_other_sites(
    browser, rulebase, query
):
    page = browser.open(f"/recommendation?{query}")
    read = read_query_string(rulebase, query).strict()
    result = recommend(rulebase, read.answers, read.basis)
    said = meta(page)
    assert said["og:title"] in page.title
    assert said["og:title"].startswith(page.heading)
    assert said["og:description"] == said["description"] == description(rulebase, result)
    assert said["og:image:alt"] == alt_text(rulebase, result)
    assert said["og:site_name"] == rulebase.title
    assert said["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize("query", [f"{TOOLS}&project=A+%26+B", f"{TOOLS}&expect=trailer&hils=flat"])
def test_a_result_names_its_card_with_the_host_and_the_card_opens(browser, query):
    address = urlsplit(meta(browser.open(f"/recommendation?{query}"))["og:image"])
    assert f"{address.scheme}://{address.netloc}" == HOST
    assert ("project" in address.query) == ("project" in query)
    assert "expect" not in address.query
    response = browser.get(f"{address.path}?{address.query}")
    assert (response.status_code, response.headers["content-type"]) == (200, "image/png")


def test_the_card_is_named_by_the_host_that_was_asked(program):
    response = program.get("/recommendation", headers={"Host": "advice.example:8443"})
    assert 'og:image" content="http://advice.example:8443/recommendation.png"' in response.text


@pytest.mark.parametrize("host", ["[::1", 'a"><b>', "no such host"])
def test_a_host_that_cannot_be_one_is_not_repeated(app, host):
    response = Client(app, HTML).get("/recommendation", headers={"Host": host})
    assert response.status_code == 200
    assert host not in response.text


@pytest.mark.parametrize("path", ["/", "/ask/load", "/questions", "/docs"])
def test_other_pages_have_a_preview_without_a_picture(browser, path):
    page = browser.open(path)
    said = meta(page)
    assert said["og:title"]
    assert said["og:title"] in page.title
    assert said["og:description"] == said["description"]
    assert said["twitter:card"] == "summary"
    assert "og:image" not in said
