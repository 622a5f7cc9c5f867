"""A shared CV on the real server: read by anybody who holds the link, and by nobody else."""

import base64
import http.client
import io
import os
import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from html import unescape
from pathlib import Path

import psutil
import pytest
from portal_client import PASSWORD, Client
from portal_server import until
from proxy_programs import Nginx
from pypdf import PdfReader

from iprof_kit.base.clock import utc_now
from iprof_kit.cv.model import Cible, Cv, Faits
from iprof_kit.cv.person import Contact, Identite
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.kernel.walls import missing_walls
from iprof_kit.records import database as db
from iprof_kit.services.access.accounts import authenticate
from iprof_kit.services.guichet.operations import run

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)"> #read("x")'
KEPT_NAMES = ("IPROF_VAR", "IPROF_DATABASE_URL")
CV = Cv(
    faits=Faits(
        identite=Identite(prenom="Jean", nom="Dupont", titre="Professeur des écoles"),
        contact=Contact(courriel="jean@example.org", telephone="06 12 34 56 78"),
        diplomes=(Diplome(intitule="Licence de lettres", annee="1999", description=HOSTILE),),
    ),
    cibles=(Cible(id="c1", titre="Poste de maître formateur"),),
).model_dump(mode="json")


class Owner:
    """Jean Dupont at the guichet of a running server: the same database, another process."""

    def __init__(self, server):
        self.who = None
        kept = {name: os.environ.get(name) for name in KEPT_NAMES}
        self._environment = {name: server.environment[name] for name in KEPT_NAMES}
        self._kept = kept
        who = self._in_its_place(authenticate, "jdupont", PASSWORD, "192.0.2.9", utc_now())
        self.who = who.identity
        self._number = 0

    def ask(self, op, when=None, **args):
        return self._in_its_place(run, self.who, op, args, when or utc_now())

    def share(self, when=None, cv=CV, **words):
        """Save, keep a version, make a link; return its address and its identifier."""
        self._number += 1
        stored = self.ask("cv")
        saved = self.ask(
            "cv_enregistrer", cv=cv, revision=stored.revision, cle=self._key("brouillon")
        )
        version = self.ask(
            "cv_version_creer", nom="Essai", revision=saved.revision, cle=self._key("version")
        )
        words = {"coordonnees": False, "jours": 3} | words
        link = self.ask(
            "cv_lien_creer",
            when,
            version_id=version.id,
            cible_id="c1",
            cle=self._key("lien"),
            **words,
        )
        return link.adresse, link.id

    def _key(self, what):
        return f"{what}-{self._number:06}"

    def _in_its_place(self, work, *args):
        os.environ.update(self._environment)
        try:
            return work(*args)
        finally:
            db.engine().dispose()
            for name, value in self._kept.items():
                os.environ.pop(name, None) if value is None else os.environ.update({name: value})


@pytest.fixture(scope="module")
def owner(server):
    return Owner(server)


@pytest.fixture(scope="module")
def shared(owner):
    """The address of a link that works, without contact details."""
    return owner.share()[0]


@pytest.fixture(scope="module")
def page(server, shared):
    """The page as a stranger sees it."""
    return Client(server.port).follow(shared)


def download(port, address):
    client = Client(port)
    path = client.place_of(address) + "/pdf"
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as link:
        link.request("GET", path, headers={"Cookie": f"iprof_lien_cv={address.partition('#')[2]}"})
        got = link.getresponse()
        return got.status, got.headers, got.read()


def pictures(answer):
    found = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', answer.text)
    return [base64.b64decode(one).decode() for one in found]


def test_who_holds_the_link_reads_the_cv_without_account(page):
    assert page.status == 200
    assert "<h1>Jean Dupont, curriculum vitae</h1>" in page.text
    assert "Licence de lettres" in page.text
    assert "Kit libre, non officiel." in page.text


def test_the_reader_sees_exactly_what_the_preview_showed(owner, page):
    version = owner.ask("cv").versions[-1]
    shown = owner.ask("cv_lien_apercu", version_id=version.id, cible_id="c1", coordonnees=False)
    assert pictures(page) == shown.pages


def test_contact_details_are_hidden_unless_chosen(server, owner, page):
    assert "example.org" not in page.text
    address, _ = owner.share(coordonnees=True)
    assert "jean@example.org" in Client(server.port).follow(address).text


def test_a_telephone_reads_the_text_and_can_call(server, owner, page):
    # A sheet of paper 390 pixels wide has letters of five; `kit.css` shows this part there alone.
    assert '<section class="cv-text cv-read" aria-label="Texte du CV"><article' in page.text
    assert "tel:" not in page.text  # contact details were not chosen
    address, _ = owner.share(coordonnees=True)
    shown = Client(server.port).follow(address).text
    assert 'href="tel:0612345678"' in shown
    assert 'href="mailto:jean@example.org"' in shown


@pytest.mark.skipif(bool(missing_walls()), reason="this machine cannot confine")
def test_its_pages_are_set_by_a_process_whose_calls_are_filtered(server, page):
    assert page.status == 200
    below = psutil.Process(server.process.pid).children()
    numbers = [one.pid for one in below if any("bounded_child" in word for word in one.cmdline())]
    told = [Path(f"/proc/{number}/status").read_text() for number in numbers]
    assert told
    assert all("Seccomp:\t2\n" in one for one in told), "2: by a filter"


def test_the_file_to_download_is_the_same_cv(server, page, shared):
    place = Client(server.port).place_of(shared)
    assert re.fullmatch(r"/cv/lien/[0-9a-f]{24}", place)
    assert f'href="{place}/pdf"' in page.text
    status, headers, data = download(server.port, shared)
    assert (status, headers["Content-Type"]) == (200, "application/pdf")
    assert headers["Content-Disposition"] == (
        'attachment; filename="Jean-Dupont-curriculum-vitae.pdf"'
    )
    text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(data)).pages)
    assert "Licence de lettres" in text
    assert "example.org" not in text


def test_hostile_text_of_a_cv_is_text_on_the_page(page):
    assert "alert(1)" in unescape(page.text)
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert not re.search(r"<[^>]*\sonerror=", page.text)


def test_a_shared_cv_is_in_no_index_no_cache_no_frame_and_runs_nothing(server, page, shared):
    _, of_the_file, _ = download(server.port, shared)
    for headers in (page.headers, of_the_file):
        assert "noindex" in headers["X-Robots-Tag"]
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-inline" not in policy
        assert headers["Set-Cookie"] is None
    assert '<meta name="robots" content="noindex">' in page.text


def test_a_shared_cv_starts_no_kernel_and_names_no_other_page_of_the_person(page):
    assert "kernelId" not in page.text
    assert "jdupont" not in page.text
    assert "/dossier" not in page.text


def test_who_is_logged_in_changes_nothing_of_what_is_read(others, owner, page, shared):
    for client in others.values():
        answer = client.follow(shared)
        assert answer.status == 200
        assert pictures(answer) == pictures(page)
        assert "Isabelle Chevalier" not in answer.text


def main_of(answer):
    """What an answer says, without the word of its scripts."""
    return answer.text[answer.text.index("<main") :]


def test_unknown_expired_and_revoked_links_are_one_and_the_same_page(server, owner, others):
    expired, _ = owner.share(utc_now() - timedelta(days=2), jours=1)
    revoked, name = owner.share()
    assert Client(server.port).follow(revoked).status == 200
    owner.ask("cv_lien_revoquer", id=name)
    dead = [expired, revoked, "/cv/lien#" + "x" * 43, "/cv/lien#court"]
    answers = [Client(server.port).follow(link, end) for link in dead for end in ("", "/pdf")]
    answers += [client.follow(revoked) for client in others.values()]
    assert {answer.status for answer in answers} == {404}
    assert len({main_of(answer) for answer in answers}) == 1
    assert "Ce lien n’existe pas, a été retiré ou a expiré." in answers[0].text
    assert "Dupont" not in answers[0].text
    assert "noindex" in answers[0].headers["X-Robots-Tag"]


def test_not_even_its_owner_reads_through_a_revoked_link(visit, owner):
    address, name = owner.share()
    jean = visit()
    jean.log_in("jdupont")
    assert jean.follow(address).status == 200
    owner.ask("cv_lien_revoquer", id=name)
    assert jean.follow(address).status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_shared_cv_can_only_be_read(visit, shared, method):
    client = visit()
    answer = client.ask(method, client.place_of(shared))
    assert answer.status == 405
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("end", ["/", "/x", "/pdf/x", "/../accueil", "%2f..", "?jour=1&cv=2"])
def test_around_the_link_there_is_nothing_more(visit, shared, end):
    answer = visit().follow(shared, end)
    assert answer.status == (200 if end.startswith("?") else 404)


def test_readings_are_counted_for_the_owner(server, owner):
    address, name = owner.share()
    for _ in range(2):
        Client(server.port).follow(address)
    download(server.port, address)
    found = next(link for link in owner.ask("cv").liens if link.id == name)
    assert found.lectures == 2


def heavy_cv():
    """A CV within every limit, whose pages nobody would wait for."""
    many = tuple(
        Diplome(id=f"d{n}", intitule="x", description="- mot\n" * 2_000) for n in range(40)
    )
    cibles = (Cible(id="c1", titre="Lourd"),)
    return Cv(faits=Faits(diplomes=many), cibles=cibles).model_dump(mode="json")


def test_a_cv_that_is_too_long_to_be_drawn_is_said_to_its_reader(server, owner, page):
    address, _ = owner.share(cv=heavy_cv())
    answer = Client(server.port).follow(address)
    assert answer.status == 422
    assert "Ce CV est trop long pour être mis en page." in answer.text
    assert "Prévenez la personne qui vous a donné le lien." in answer.text


def test_a_database_that_is_busy_is_said_in_french_and_nothing_is_shown(server, shared):
    busy = sqlite3.connect(server.people, isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    try:
        answer = Client(server.port).follow(shared)
    finally:
        busy.close()
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "60"
    assert "elle est occupée par une autre opération" in answer.text
    assert "Dupont" not in answer.text


@pytest.mark.parametrize("kind", ["cv", "password"])
def test_the_log_of_the_server_does_not_hold_the_link(server, shared, kind):
    secret = shared.partition("#")[2] if kind == "cv" else "Secret-" * 6
    landing, former = ("/cv/lien", "/cv") if kind == "cv" else ("/reinitialiser",) * 2
    for method in ("GET", "POST", "PUT", "HEAD"):
        Client(server.port).ask(method, f"{former}/{secret}")
    assert Client(server.port).follow(f"{landing}#{secret}").status in {200, 404}
    assert secret not in server.log.read_text()


def test_a_link_given_before_whose_path_holds_its_secret_still_opens(server, shared, page):
    secret = shared.partition("#")[2]
    for end in ("", "/pdf"):
        client = Client(server.port)
        answer = client.get(f"/cv/{secret}{end}")
        assert (answer.status, answer.place) == (303, client.place_of(shared))
        assert pictures(client.get(answer.place)) == pictures(page)


def test_the_secret_of_one_link_opens_no_other(server, owner, shared):
    other, _ = owner.share()
    client = Client(server.port)
    hers = client.place_of(shared)
    theirs = client.place_of(other)  # this browser's last cookie
    assert hers != theirs
    assert client.get(hers).status == 404
    assert client.get(theirs).status == 200


def test_two_links_are_read_side_by_side_each_by_its_own_cookie(server, owner, shared):
    other, _ = owner.share()
    for link in (shared, other):
        client = Client(server.port)
        path, _, secret = link.partition("#")
        answer = client.post(path, jeton=f"  https://ailleurs.example{link} ")
        [cookie] = answer.headers.get_all("Set-Cookie")
        assert cookie.startswith(f"iprof_lien_cv={secret};")
        for words in (f"Path={answer.place}", "HttpOnly", "SameSite=Lax"):
            assert words in cookie


class NginxThatListsPaths(Nginx):
    """nginx with the log that it keeps where nobody says: whole addresses, and those before."""

    def here(self, *others, **words):
        return super().here(("iprof.log iprof;", "iprof.log combined;"), *others, **words)


def test_a_log_that_lists_paths_holds_no_secret_that_still_serves(server, owner, visit, tmp_path):
    shared, _ = owner.share()
    reset = server.command("account", "reset", "cchef").splitlines()[0]
    secrets = [link.partition("#")[2] for link in (shared, reset)]
    with NginxThatListsPaths(tmp_path, server.port, server.port) as nginx:
        reader = Client(nginx.port)
        places = [reader.place_of(shared), reader.place_of(reset)]
        reader.cookies["iprof_lien_cv"] = secrets[0]
        for path in ("/cv/lien", places[0], places[0] + "/pdf", "/reinitialiser", places[1]):
            assert reader.get(path).status == 200, path
        typed = {"compte": "cchef", "code": "AAAA-BBBB-CCCC", "mdp": "x", "mdp2": "x"}
        assert reader.post("/premier-acces", **typed).status == 400
        log = tmp_path / "log"
        until(lambda: "POST /premier-acces" in log.read_text())
    written = log.read_text()
    assert f"GET {places[0]}/pdf HTTP" in written
    for secret in (*secrets, "AAAA-BBBB-CCCC", reader.cookies["_xsrf"]):
        assert secret not in written
    stranger = visit()
    opened = [path for path in re.findall(r'"GET (\S+) HTTP', written) if path in places]
    assert opened == [places[0], places[1]]  # and what it lists opens nothing
    assert [stranger.get(path).status for path in opened] == [
        404,
        404,
    ]
