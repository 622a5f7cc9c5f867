"""What is refused before any page, and what every answer says to the browser."""

import http.client
import re
import socket

import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.server.pages.gate import refuse_own_name

BIG = 30_000_000


@pytest.mark.parametrize(
    "path",
    ["/", "/connexion", "/quitter", "/accueil", "/n-existe-pas", "/voila/static/voila.js"],
)
def test_thirty_megabytes_are_refused_in_french_on_any_address(visit, path):
    answer = visit().ask("POST", path, body=b"x" * BIG)
    assert answer.status == 413
    assert "Envoi trop volumineux" in answer.text
    assert "Un envoi ne dépasse pas 1000\u00a0ko." in answer.text


def test_what_is_announced_as_enormous_is_not_even_read(server):
    link = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    link.sendall(
        b"POST /connexion HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000000000\r\n\r\n"
    )
    answer = http.client.HTTPResponse(link)
    answer.begin()
    assert answer.status == 413
    link.close()


def test_a_body_without_announced_size_is_refused(visit):
    headers = {"Transfer-Encoding": "chunked"}
    answer = visit().ask("POST", "/connexion", body=b"2\r\nxx\r\n0\r\n\r\n", headers=headers)
    assert answer.status == 411


@pytest.mark.parametrize("host", ["ailleurs.example", "127.0.0.1.ailleurs.example", "[", "", "a b"])
def test_another_name_of_the_site_is_refused(server, host):
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    link.putrequest("GET", "/connexion", skip_host=True)
    link.putheader("Host", host)
    link.endheaders()
    assert link.getresponse().status in {400, 421}
    link.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST"])
def test_the_names_of_this_machine_are_admitted(visit, server, host):
    answer = visit().get("/connexion", headers={"Host": f"{host}:{server.port}"})
    assert answer.status == 200


def test_every_answer_protects_itself(opened, visit):
    stranger = visit()
    answers = [
        opened[1],
        stranger.get("/connexion"),
        stranger.get("/n-existe-pas"),
        stranger.get("/voila/static/voila.js"),
        stranger.get("/statique/kit.css"),
        stranger.get("/api/kernels/3f0c0b62-4d4e-4d0c-9f0e-6a2b3b1d7a11"),
    ]
    for answer in answers:
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "Tornado" not in answer.headers["Server"]


def test_pages_run_only_scripts_that_carry_their_word(opened, visit):
    for page in (opened[1], visit().get("/connexion")):
        policy = page.headers["Content-Security-Policy"]
        scripts = re.search(r"script-src ([^;]*)", policy)[1]
        word = re.search(r"'nonce-([^']+)'", scripts)[1]
        assert "unsafe-inline" not in scripts
        for tag in re.findall(r"<script\b[^>]*>", page.text):
            assert f'nonce="{word}"' in tag or "src=" in tag or "json" in tag, tag
    again = visit().get("/connexion").headers["Content-Security-Policy"]
    assert word not in again


def test_the_look_is_served_from_here(visit):
    for path in ("/statique/kit.css", "/voila/static/voila.js"):
        assert visit().get(path).status == 200
    assert visit().get("/theme.css").status == 404


def test_every_answer_says_by_which_name_the_log_has_it_and_not_one_that_was_brought(visit):
    stranger = visit()
    paths = ["/connexion", "/n-existe-pas", "/healthz", "/voila/static/voila.js", "/accueil"]
    brought = {"X-Request-Id": "3f0a9c1e"}  # no proxy is declared here
    names = [stranger.get(path, headers=brought).headers["X-Request-Id"] for path in paths]
    assert all(re.fullmatch("[0-9a-f]{8}", name) for name in names)
    assert len({*names, "3f0a9c1e"}) == len(paths) + 1


@pytest.mark.parametrize("path", ["/cv", "/accueil/kit", "/statique", "/healthz"])
def test_a_path_of_the_site_that_begins_as_a_page_of_the_kit_is_refused(monkeypatch, path):
    monkeypatch.setenv("IPROF_SITE_CHEMIN", path)
    patterns = ["(/accueil|/cv/edition|/aide)/?", "/statique/(.*)", "/healthz"]
    with pytest.raises(InputError, match="déjà une page du kit"):
        refuse_own_name(patterns)
    monkeypatch.setenv("IPROF_SITE_CHEMIN", "/edition")
    refuse_own_name(patterns)
