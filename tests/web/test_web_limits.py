"""How much may be sent, how it is compressed, how long it is kept."""

import pytest
from support.browsing import HTML

LIMIT = 64 * 1024
ADDRESS_LIMIT = 8 * 1024
POST = "/api/v1/recommendations"
JSON = {"Content-Type": "application/json"}


def of_length(length):
    body = b'{"project": "' + b"\\n" * length
    return body[:length]


def test_a_body_may_have_64_kilobytes_and_no_more(program):
    assert program.request("POST", POST, content=of_length(LIMIT), headers=JSON).status_code == 422
    more = program.request("POST", POST, content=of_length(LIMIT + 1), headers=JSON)
    assert more.status_code == 413
    assert more.json()["type"] == "/docs#problem-too-large"


def test_a_body_that_does_not_say_its_length_is_counted(program):
    async def pieces():
        for _ in range(70):
            yield b" " * 1024

    assert program.request("POST", POST, content=pieces(), headers=JSON).status_code == 413


@pytest.mark.parametrize("headers", [HTML, {}])
def test_an_address_may_have_8_kilobytes_and_no_more(program, headers):
    path = "/recommendation?project="
    fits = path + "a" * (ADDRESS_LIMIT - len(path) + 1)
    assert program.get(fits, headers=headers).status_code == 200
    assert program.get(fits + "a", headers=headers).status_code == 414
    assert program.get("/" + "a" * 9000, headers=headers).status_code == 414


def test_more_values_than_any_questionnaire_has_are_refused_at_once(program):
    query = "&".join(f"k{n}=v" for n in range(800))
    response = program.get(f"/api/v1/recommendations?{query}")
    assert response.status_code == 422
    assert [fault["code"] for fault in response.json()["faults"]] == ["too-many-values"]
    assert program.get(f"/recommendation?{query}", headers=HTML).status_code == 200


@pytest.mark.parametrize("path", ["/", "/static/site.css", "/api/v1/rulebase", "/questions"])
def test_text_is_compressed_for_those_who_can_read_it(program, path):
    packed = program.get(path, headers={"Accept-Encoding": "gzip"})
    plain = program.get(path, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.headers["vary"] == "Accept-Encoding"
    assert packed.content == plain.content


@pytest.mark.parametrize("path", ["/", "/recommendation", "/api/v1/questions", "/theme.css"])
def test_what_a_browser_has_already_is_not_sent_again(program, path):
    first = program.get(path)
    tag = first.headers["etag"]
    for sent in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = program.get(path, headers={"If-None-Match": sent})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert program.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_files_linked_by_their_content_are_kept_for_ever(program, browser):
    links = [found["href"] for tag, found in browser.open("/").elements if tag == "link"]
    assert len(links) == 3
    for link in links:
        kept = program.get(link)
        assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
        for other in (link.partition("?")[0], link[:-1], link + "&v=1"):
            assert program.get(other).headers["cache-control"] == "no-cache"


def test_answers_to_a_post_are_not_kept(program):
    response = program.request("POST", POST, content=b"{}", headers=JSON)
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers
