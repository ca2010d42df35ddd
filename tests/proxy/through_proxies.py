"""The site behind nginx and HAProxy, set up as `examples/serving/` says; run by `make test-proxy`.

Not a part of `make test`: it needs both proxies, and openssl for a certificate.
"""

import contextlib
import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from support.knowledge_addresses import LISTS

from advisor.editions.edition import names
from advisor.settings import find_settings

SNIPPETS = Path(__file__).parents[2] / "examples" / "serving"
NAME, ROOT = "advisor.example.org", "/advisor"
REQUESTS = int(os.environ.get("REQUESTS", "20000"))
FEWER = REQUESTS // 5
CLIENTS = 8
ADDRESSES = re.compile(r'(?:href|src|action|formaction|data-link)="([^"#][^"]*)"')
EDITION = f"edition={names(find_settings().rules)[0]}"
ANSWERS = f"deploy=mobile&goal=research&{EDITION}"
BODY = json.dumps({"answers": {"goal": "product", "deploy": ["server"]}, "important": ["deploy"]})
KINDS = ("", ".json", ".md", ".svg")


def needed(program):
    """The path of a program, or a red test that says how to get it."""
    found = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if not found:
        pytest.fail(f"{program} is needed for this; on Debian: apt-get install {program}")
    return found


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A folder with a certificate that was made for this run, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    made += [
        "-addext",
        f"subjectAltName=DNS:{NAME}",
        "-out",
        "certificate.pem",
        "-keyout",
        "key.pem",
    ]
    subprocess.run([needed("openssl"), *made], cwd=folder, check=True, capture_output=True)  # noqa: S603
    both = (folder / "certificate.pem").read_text() + (folder / "key.pem").read_text()
    (folder / "both.pem").write_text(both)
    return folder


@contextlib.contextmanager
def running(arguments, port):
    """Run a program until the end of a test, from when it listens on a port."""
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # noqa: S603
    # Whatever it says is read, so that it never waits for somebody to do so.
    said = []
    reader = threading.Thread(target=lambda: said.extend(process.stderr), daemon=True)
    reader.start()
    try:
        end = time.monotonic() + 120
        while True:
            assert process.poll() is None, b"".join(said).decode()
            assert time.monotonic() < end
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port)).close()
                break
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait(20)
        reader.join(20)
        process.stderr.close()
    assert b"Traceback" not in b"".join(said)


@pytest.fixture
def replicas():
    """Two replicas of the site as the snippets start them: process and port of each."""
    with contextlib.ExitStack() as stack:
        found = []
        for _ in range(2):
            port = free_port()
            options = ["--port", str(port), "--root-path", ROOT, "--host-name", NAME]
            arguments = [sys.executable, "-m", "advisor", "serve", *options]
            found.append((stack.enter_context(running(arguments, port)), port))
        yield found


def settings(proxy, certificate, folder, port, replicas):
    """The snippet of a proxy with the ports and files of this run; the arguments that start it."""
    file = {"haproxy": "haproxy.cfg"}.get(proxy, "nginx.conf")
    text = (SNIPPETS / file).read_text()
    changes = {"443": f"127.0.0.1:{port}" if file == "nginx.conf" else f"{port}"}
    changes |= {str(8001 + index): str(own) for index, (_, own) in enumerate(replicas)}
    changes["/etc/ssl/advisor"] = str(certificate)
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    if proxy == "nginx-1.0":  # what nginx speaks where nobody says otherwise
        text = re.sub(r".*(proxy_http_version|Connection).*\n", "", text)
    if file == "nginx.conf":
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
        around = f"daemon off; pid {folder}/pid; error_log stderr warn; events {{}}"
        text = f"{around} http {{ access_log off; {temporary}\n{text}}}"
    (folder / file).write_text(text)
    if file == "nginx.conf":
        return [needed("nginx"), "-p", str(folder), "-c", str(folder / file)]
    return [needed("haproxy"), "-db", "-f", str(folder / file)]


@pytest.fixture(params=["nginx", "nginx-1.0", "haproxy"])
def site(request, replicas, certificate, tmp_path):
    """The port of a proxy before two replicas, and what asks for an address there."""
    port = free_port()
    arguments = settings(request.param, certificate, tmp_path, port, replicas)
    trusting = ssl.create_default_context(cafile=certificate / "certificate.pem")
    with running(arguments, port):
        yield Site(port, trusting)


class Site:
    """What stands behind a proxy, for whoever calls it by its name."""

    def __init__(self, port, trusting):
        self.port, self.trusting = port, trusting

    def connected(self):
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        return self.trusting.wrap_socket(plain, server_hostname=NAME)

    def connection(self):
        """A connection that is kept, as `http.client` keeps it."""
        kept = http.client.HTTPConnection(NAME, self.port)
        kept.connect = lambda: setattr(kept, "sock", self.connected())
        return kept

    def ask(self, path, body=None, kept=None, **headers):
        """Ask for an address; give status, headers and body."""
        connection = kept or self.connection()
        try:
            if body:
                headers["Content-Type"] = "application/json"
            connection.request("POST" if body else "GET", path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            if not kept:
                connection.close()

    @property
    def origin(self):
        return f"https://{NAME}:{self.port}"


def test_every_address_leads_below_the_path(site):
    pages = ["/", f"/questions?{EDITION}", "/docs", "/compare", f"/recommendation?{ANSWERS}"]
    found = {}
    for start in [*pages, *LISTS]:
        status, _, body = site.ask(ROOT + start)
        assert status == 200, start
        for each in ADDRESSES.findall(body.decode()):
            address = each.replace("&amp;", "&")
            if not address.startswith(("http://", "https://", "?")):
                assert address.startswith(f"{ROOT}/"), (start, address)
                path = urlsplit(address).path
                found[path.split("/")[2], path.rpartition(".")[2]] = address.partition("#")[0]
    assert len(found) > 20
    assert {address: site.ask(address)[0] for address in found.values()}.keys() == set(
        found.values()
    )
    assert all(site.ask(address)[0] in {200, 303} for address in found.values())


def test_what_names_the_whole_address_names_the_one_that_was_asked_for(site):
    there = f"{site.origin}{ROOT}/recommendation"
    page = site.ask(f"{ROOT}/recommendation?{ANSWERS}")[2].decode()
    assert f'og:image" content="{there}.png?' in page
    assert f'class="paper">{there}?' in page
    record = site.ask(f"{ROOT}/recommendation.md?{ANSWERS}")[2].decode()
    assert f"{there}?{ANSWERS}" in record.replace("\\", "")
    moved = site.ask(f"{ROOT}/recommendation?goal=research&deploy=mobile")
    assert (moved[0], moved[1]["Location"]) == (303, f"{ROOT}/recommendation?{ANSWERS}")
    links = json.loads(site.ask(f"{ROOT}/recommendation.json?{ANSWERS}")[2])["links"]
    assert {site.ask(link)[0] for link in links.values()} == {200}
    faulty = json.loads(site.ask(f"{ROOT}/recommendation.json?goal=fun")[2])
    assert site.ask(faulty["type"].partition("#")[0])[0] == 200


def test_who_has_an_answer_already_is_told_so(site):
    for kind in KINDS:
        _, headers, body = site.ask(f"{ROOT}/recommendation{kind}?{ANSWERS}")
        status, _, again = site.ask(
            f"{ROOT}/recommendation{kind}?{ANSWERS}", **{"If-None-Match": headers["ETag"]}
        )
        assert (status, again, bool(body)) == (304, b"", True)


def test_another_name_gets_no_page(site):
    for headers in ({"Host": "evil.test"}, {"X-Forwarded-Host": "evil.test"}):
        status, _, body = site.ask(f"{ROOT}/recommendation?{ANSWERS}", **headers)
        assert status == 421
        assert b"//evil.test" not in body


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_both_versions_of_http_are_answered(site, version):
    path = f"{ROOT}/recommendation.json?{ANSWERS}"
    asked = f"GET {path} HTTP/{version}\r\nHost: {NAME}:{site.port}\r\n\r\n".encode()
    expected = site.ask(path)[2]
    with site.connected() as connected:
        received = b""
        for times in (1, 2) if version == "1.1" else (1,):
            connected.sendall(asked)
            while received.count(expected) < times:
                received += (taken := connected.recv(65536))
                assert taken, received
        if version == "1.0":
            assert connected.recv(1) == b""
    assert received.count(b" 200 OK\r\n") == received.count(expected)


def addresses():
    """The addresses of the load: results of drawn answers in every form, and pages of knowledge."""
    chance = random.Random(20261129)  # noqa: S311 - nothing is kept secret
    goals, places = ("research", "product"), ("mobile", "web", "server")
    found = [f"{ROOT}{each}" for each in ("/", "/claims", "/tools", "/api/v1/questions")]
    for _ in range(40):
        where = sorted(chance.sample(places, chance.randint(1, 3)))
        deploy = "&".join(f"deploy={place}" for place in where)
        query = f"{deploy}&goal={chance.choice(goals)}&{EDITION}"
        found.append(f"{ROOT}/recommendation{chance.choice(KINDS)}?{query}")
    return found


def test_both_replicas_send_the_same_bytes(replicas):
    def answers(port):
        told = []
        for address in addresses():
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", address, headers={"Host": NAME})
            answer = connection.getresponse()
            told.append((address, answer.status, answer.headers["ETag"], answer.read()))
            connection.close()
        return told

    one, two = (answers(port) for _, port in replicas)
    assert one == two


@pytest.mark.parametrize(("sign", "count"), [(signal.SIGKILL, REQUESTS), (signal.SIGTERM, FEWER)])
def test_no_answer_is_lost_with_a_replica(site, replicas, sign, count):
    asked = [(address, None) for address in addresses()]
    asked += [(f"{ROOT}/api/v1/recommendations", BODY)] * 10
    told = {each: site.ask(*each) for each in set(asked)}
    assert {status for status, _, _ in told.values()} == {200}
    expected = {each: body for each, (_, _, body) in told.items()}
    done, lost = [], []

    def load(seed):
        chance, kept = random.Random(seed), site.connection()  # noqa: S311
        for _ in range(count // CLIENTS):
            each = chance.choice(asked)
            try:
                status, _, body = site.ask(*each, kept=kept)
                if (status, body) != (200, expected[each]):
                    lost.append((each, status, len(body)))
            except (OSError, http.client.HTTPException) as error:
                lost.append((each, repr(error)))
                kept.close()
            done.append(1)
        kept.close()

    began = time.monotonic()
    threads = [threading.Thread(target=load, args=[seed]) for seed in range(CLIENTS)]
    for thread in threads:
        thread.start()
    while len(done) < count // 2:
        time.sleep(0.01)
    replicas[0][0].send_signal(sign)
    for thread in threads:
        thread.join()
    print(f"{len(done)} requests in {time.monotonic() - began:.0f} s, {len(lost)} lost")  # noqa: T201
    assert lost == []
    assert len(done) == count
