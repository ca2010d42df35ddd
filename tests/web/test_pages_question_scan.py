"""The page that takes files: answers with their places, what is wrong, limits; nothing is kept."""

from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.browsing import HTML, Client, Page

FORM = {"Content-Type": "application/x-www-form-urlencoded"} | HTML


@pytest.fixture(scope="module")
def client(real_app):
    return Client(real_app)


def sent(client, *files, **more):
    pairs = [pair for name, text in files for pair in (("name", name), ("text", text))]
    return client.request("POST", "/scan", content=urlencode(pairs), headers=FORM, **more)


def page_at(client, address):
    response = client.get(address, headers=HTML)
    while response.status_code == 303:
        response = client.get(response.headers["location"], headers=HTML)
    return Page(response)


def test_files_lead_to_the_questions_with_answers_ticked_and_marked(client):
    files = [("requirements.txt", "# what we use\r\n\r\ntorch>=2\r\nflask\r\n"), ("", "")]
    answer = sent(client, *files)
    assert answer.status_code == 303
    page = page_at(client, answer.headers["location"])
    (form,) = page.forms
    ticked = {(i.name, i.value) for i in form.inputs if i.checked}
    assert ("existing", "pytorch") in ticked
    assert ("deploy", "server") in ticked
    assert "In PyTorch from requirements.txt, line 3" in page.text
    # On to the result and back the places stay; there they change nothing.
    result = page_at(client, form.address())
    assert "seen=torch-required%40requirements.txt:3" in result.address
    assert "seen=" in result.link("Change several at once")
    alone = page_at(client, result.address.partition("&seen=")[0])
    assert alone.heading == result.heading


def test_contradictions_stay_open_and_ended_tools_are_told(client):
    files = [("requirements.txt", "torch\ntorchserve\n"), ("old/requirements.txt", "tensorflow<2")]
    page = page_at(client, sent(client, *files).headers["location"])
    assert "Your files contradict each other, so this stays open: Existing code" in page.text
    assert not [i for i in page.forms[0].inputs if i.name == "existing" and i.checked]
    assert "In TensorFlow 1 from old/requirements.txt, line 1" in page.text.replace(
        "Sessions and placeholders ", ""
    )
    assert page.link("torchserve-archived") == "/claims/torchserve-archived"
    result = page_at(client, page.forms[0].address())
    assert "Found in your files TorchServe (ended)" in result.text


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "There is no file to read"),
        ([("", "torch")], "The file has no name"),
        ([("requirements.txt", " ")], "The file is empty"),
        ([("a.txt", "torch")], "No file of this name can be read"),
        ([("setup.cfg", "a"), ("setup.cfg", "b")], "Two files have this name"),
        ([("r" * 201, "torch")], "The name cannot be used"),
        ([(f"{n}/setup.cfg", "a") for n in range(21)], "There are more than 20 files"),
    ],
)
def test_what_cannot_be_used_comes_back_with_words(client, files, said):
    answer = sent(client, *files)
    assert answer.status_code == 422
    page = Page(answer)
    assert page.title.startswith("Error: ")
    assert said in page.text
    texts = [i.value.strip() for i in page.forms[0].inputs if i.name == "text"]
    assert [text.strip() for _, text in files] == texts[: len(files)]


def test_files_that_say_nothing_or_cannot_be_read(client):
    answer = sent(client, ("requirements.txt", "numpy"))
    assert answer.status_code == 200
    assert "These files answer none of the questions" in Page(answer).text
    files = [("pyproject.toml", "[broken"), ("requirements.txt", "torch")]
    page = Page(sent(client, *files))
    assert "pyproject.toml : It is not written as its name says" in page.text.replace(
        ", line 1", ""
    )
    assert "existing=pytorch" in page.link("Go on with these")


def test_misuse(client):
    assert client.request("POST", "/scan", json={}, headers=HTML).status_code == 415
    assert client.request("PUT", "/scan", headers=HTML).status_code == 405
    large = client.request("POST", "/scan", content=b"text=" + b"a" * 65_536, headers=FORM)
    assert large.status_code == 413
    assert client.request("POST", "/scan?a=b", content=b"", headers=FORM).status_code == 422
    for content in (b"name=a", b"other=1&name=setup.cfg&text=a", b"name=%ff&text=%", b"&;&"):
        answer = client.request("POST", "/scan", content=content, headers=FORM)
        assert answer.status_code == 422
        assert "Content-Security-Policy" in answer.headers


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(["setup.py", "a.ipynb", "requirements.txt", "pom.xml"]),
                          st.text(max_size=80)), max_size=3))  # fmt: skip
def test_law_nothing_pasted_is_an_error_of_ours(client, files):
    assert sent(client, *files).status_code in {200, 303, 422}


def test_the_page_asks_without_scripts(client):
    page = page_at(client, "/scan")
    assert page.heading == "Answers from your files"
    assert [form.action for form in page.forms] == ["/scan"]
    assert page_at(client, "/").link("the files of your project") == "/scan"
    assert page_at(client, "/questions").link("Let its files answer") == "/scan"
