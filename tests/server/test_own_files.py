"""The files that a person takes of her own data, on the real server: hers, and nobody else's."""

import asyncio
import base64
import http.client
import io
import os
import re
import threading
from contextlib import nullcontext
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from portal_client import PASSWORD, Client
from pypdf import PdfReader

from iprof_kit.base.clock import utc_now
from iprof_kit.server.limits.turns import SharedThreads
from iprof_kit.server.pages import desk_files, own_files
from iprof_kit.server.pages.own_files import file_turns
from iprof_kit.services.access.accounts import authenticate
from iprof_kit.services.guichet.operations import run

SAMPLE = ("IPROF_VAR", "IPROF_DATABASE_URL")
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==")


def fetch(client, path, **headers):
    """Return status, headers and bytes of a file."""
    link = http.client.HTTPConnection("127.0.0.1", client.port, timeout=60)
    try:
        jar = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        link.request("GET", path, headers={"Cookie": jar} | headers)
        got = link.getresponse()
        return got.status, got.headers, got.read()
    finally:
        link.close()


@pytest.fixture(scope="module")
def jean(server):
    client = Client(server.port)
    assert client.log_in("jdupont").status == 303
    return client


@pytest.fixture(scope="module")
def report(server):
    """A report of Jean Dupont with one paper, written beside the server in its database."""
    kept = {name: os.environ.get(name) for name in SAMPLE}
    os.environ.update({n: v for n in SAMPLE if (v := server.environment[n]) is not None})
    try:
        who = authenticate("jdupont", PASSWORD, "192.0.2.9", utc_now()).identity
        piece = run(
            who,
            "piece_deposer",
            {
                "nom": 'acte "1" é.gif',
                "part": 0,
                "parts": 1,
                "contenu": base64.b64encode(GIF).decode(),
                "cle": "piece-serveur",
            },
            utc_now(),
        ).piece
        return run(
            who,
            "signaler",
            {
                "donnee": "situation.corps",
                "indique": "Certifié",
                "pieces": [piece.id],
                "cle": "signaler-serveur",
            },
            utc_now(),
        ).signalement
    finally:
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def test_one_takes_everything_away_in_one_file(jean, report):
    status, headers, content = fetch(jean, "/mes-donnees/tout.zip")
    assert status == 200
    assert headers["Content-Type"] == "application/zip"
    assert headers["Content-Disposition"].startswith('attachment; filename="mes-donnees-20')
    assert headers["Cache-Control"] == "no-store"
    packed = ZipFile(io.BytesIO(content))
    assert packed.testzip() is None
    assert {"dossier.json", "fiche.pdf", "tables/audit.csv"} <= set(packed.namelist())
    assert b"D0003" not in packed.read("tables/agents.json")


def test_the_fiche_is_one_page(jean):
    status, headers, content = fetch(jean, "/mes-donnees/fiche.pdf")
    assert (status, headers["Content-Type"]) == (200, "application/pdf")
    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) == 1
    said = pages[0].extract_text()
    assert "Jean Dupont" in said
    assert "Kit libre, non officiel" in said


def test_a_paper_comes_back_as_it_came_and_is_never_shown_as_a_page(jean, report):
    [piece] = report.pieces
    status, headers, content = fetch(jean, f"/mes-donnees/piece/{piece.id}")
    assert (status, content) == (200, GIF)
    assert headers["Content-Type"] == "image/gif"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"].startswith("attachment; filename=")
    status, headers, content = fetch(jean, f"/mes-donnees/recu/{report.id}")
    assert (status, content[:4]) == (200, b"%PDF")
    assert f"recu-{report.numero}.pdf" in headers["Content-Disposition"]


@pytest.fixture(scope="module")
def paths(report):
    """Each of the four addresses."""
    return (
        "/mes-donnees/tout.zip",
        "/mes-donnees/fiche.pdf",
        f"/mes-donnees/recu/{report.id}",
        f"/mes-donnees/piece/{report.pieces[0].id}",
    )


def test_another_teacher_takes_her_own_data_away(others):
    packed = ZipFile(io.BytesIO(fetch(others["teacher"], "/mes-donnees/tout.zip")[2]))
    everything = b"".join(packed.read(name) for name in packed.namelist())
    assert b"D0003" in packed.read("tables/agents.json")
    assert b"D0001" not in everything


@pytest.mark.parametrize("compte", ["ggestionnaire", "fformateur"])
def test_an_account_without_file_takes_nothing(visit, paths, compte):
    client = visit()
    assert client.log_in(compte).status == 303
    for path in paths:
        answer = client.get(path)
        assert answer.status == 400, path
        assert "n’ouvre pas de dossier personnel" in answer.text


def test_nobody_else_takes_anything(others, paths):
    for path in paths:
        for who in ("stranger", "gone"):
            status, headers, content = fetch(others[who], path)
            assert (status, headers["Location"]) == (302, "/connexion")
            assert content == b""
    for path in paths[2:]:
        status, _, content = fetch(others["teacher"], path)
        assert status == 400
        missing = fetch(others["teacher"], path[:-24] + "0" * 24)
        assert (status, content) != (200, b"")
        assert missing[0] == 400
        assert missing[2].split(b"nonce")[0] == content.split(b"nonce")[0]


def test_another_site_cannot_have_it_fetched(jean):
    status, _, content = fetch(jean, "/mes-donnees/tout.zip", **{"Sec-Fetch-Site": "cross-site"})
    assert status == 403
    assert b"PK" not in content[:2]


def test_a_name_that_is_none_of_ours_does_not_exist(jean):
    for path in ("/mes-donnees/piece/..%2f..%2fiprof.sqlite", "/mes-donnees/recu/" + "z" * 24):
        assert fetch(jean, path)[0] == 404


def test_one_file_at_a_time_is_made_for_a_person():
    turns = file_turns()

    async def play():
        async with turns.turn("compte:jdupont"):
            second = asyncio.create_task(turns.take("compte:jdupont"))
            async with turns.turn("compte:scohen"):  # somebody else does not wait
                assert not second.done()
        await second

    asyncio.run(play())


class Made(str):
    """What any work of a route returns: a name, two words, or a file."""

    name, media_type, content = "a.gif", "image/gif", GIF


@pytest.fixture
def works(monkeypatch):
    """Of each work of a service, whether threads that share an allowance did it."""
    here, noted, plain = threading.local(), [], SharedThreads.run

    async def marked(self, work):
        def shared():
            here.shared = True
            try:
                return work()
            finally:
                here.shared = False

        return await plain(self, shared)

    def note(*_args):
        noted.append(getattr(here, "shared", False))
        return Made("no")

    class AnyWork:
        def __getattr__(self, _name):
            return note

    monkeypatch.setattr(SharedThreads, "run", marked)
    for module in ("archive", "papers", "report_files", "threads"):
        monkeypatch.setattr(own_files, module, AnyWork())
    monkeypatch.setattr(desk_files, "stored_file", note)
    monkeypatch.setattr(desk_files, "known", lambda _page: SimpleNamespace(identity="somebody"))
    return noted


ROUTES = [*own_files.OWN_FILE_ROUTES, *desk_files.DESK_FILE_ROUTES]


@pytest.mark.parametrize(("address", "page"), ROUTES, ids=[page.__name__ for _, page in ROUTES])
def test_every_route_makes_its_file_in_the_threads_that_share_an_allowance(address, page, works):
    """One that took a thread of its own would hold up the readers again, whoever asks."""

    async def nothing(*_args):
        return "somebody"

    class Asked(page):
        kit = SimpleNamespace(screen_time=utc_now, slow_seconds=5)
        owner = flush = nothing

        def one_at_a_time(self):
            return nullcontext()

        def refuse_other_sites(self):
            """It comes from one's own page."""

        set_header = write = finish = lambda *_args: None

    asked = object.__new__(Asked)
    asyncio.run(asked.get(*["1"] * re.compile(address).groups))
    assert works == [True]


@pytest.fixture(scope="module")
def thread_paths(server, jean, report):
    """Each address of a thread of Jean Dupont; a report is one."""
    return (
        f"/courrier/recu/{report.id}/1.pdf",
        f"/courrier/fil/{report.id}.pdf",
        f"/courrier/fil/{report.id}.zip",
    )


def test_a_thread_is_printed_packed_and_its_messages_have_receipts(jean, report, thread_paths):
    receipt, printed, packed = (fetch(jean, path) for path in thread_paths)
    for status, headers, content in (receipt, printed):
        assert (status, headers["Content-Type"], content[:4]) == (200, "application/pdf", b"%PDF")
        assert headers["Content-Disposition"].startswith("attachment; filename=")
    assert f"recu-{report.numero}-1.pdf" in receipt[1]["Content-Disposition"]
    assert packed[1]["Content-Type"] == "application/zip"
    assert "fil.json" in ZipFile(io.BytesIO(packed[2])).namelist()
    assert fetch(jean, thread_paths[0].replace("/1.pdf", "/2.pdf"))[0] == 400
    assert fetch(jean, thread_paths[0].replace("/1.pdf", "/0.pdf"))[0] == 404


def test_nobody_else_takes_a_thread(others, visit, thread_paths, report):
    manager = visit()
    assert manager.log_in("ggestionnaire").status == 303
    for path in thread_paths:
        for who in ("stranger", "gone"):
            status, headers, content = fetch(others[who], path)
            assert (status, headers["Location"], content) == (302, "/connexion", b"")
        status, _, content = fetch(others["teacher"], path)
        assert status == 400
        missing = fetch(others["teacher"], path.replace(report.id, "0" * 24))
        assert missing[0] == 400
        assert missing[2].split(b"nonce")[0] == content.split(b"nonce")[0]
        answer = manager.get(path)
        assert answer.status == 400
        assert "n’ouvre pas de dossier personnel" in answer.text


def test_another_site_cannot_have_a_thread_fetched(jean, thread_paths):
    for path in thread_paths:
        assert fetch(jean, path, **{"Sec-Fetch-Site": "cross-site"})[0] == 403
