"""What is sent is compressed, tagged, and kept as long as it is true."""

import pytest

POST = "/api/v1/recommendations"
JSON = {"Content-Type": "application/json"}


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
