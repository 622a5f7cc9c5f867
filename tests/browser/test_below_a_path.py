"""Below a path of a site that serves other things too (`chemin` of [site]): nothing leads out."""

import os
import re

import pytest
from every_address import READ, SENT
from playwright.sync_api import expect
from portal_client import Client
from proxy_programs import Caddy, Haproxy, Nginx

pytestmark = pytest.mark.browser
PATH, VARIABLE = "/iprof", "IPROF_SITE_CHEMIN"
ADDRESS = re.compile(r"""([\w-]+)=\\?["'](/[^"'\\ >]*)""")
IN_A_SHEET = re.compile(r"url\(['\"]?(/[^)'\"]*)")
FIRST = {one.split("/")[1].partition("?")[0] for one in READ + SENT} - {""}
IN_A_SCRIPT = re.compile(rf"""["'`](/(?:{"|".join(sorted(FIRST))})[/"'`?])""")
INSIDE_A_FORM = 'name="suite" value="'
"""An address that the kit gives back to itself, as it knows it."""


class NginxBelow(Nginx):
    """nginx as its file says in comments for a path."""

    outside = frozenset()

    def here(self, *others, **words):
        at = ("location / {", f"location {PATH}/ {{")
        cookie = ("userid_name iprof_copie;", f"userid_name iprof_copie; userid_path {PATH};")
        return super().here(at, cookie, *others, **words)


class HaproxyBelow(Haproxy):
    """HAProxy as its file says in comments for a path."""

    outside = frozenset()

    def here(self, *others, **words):
        ours = f"use_backend kit if {{ path {PATH} }} or {{ path_beg {PATH}/ }}\n"
        asked = (f"  # {ours}  default_backend kit\n", f"  {ours}")
        cookie = ('attr "SameSite=Lax"', f'attr "SameSite=Lax" attr "Path={PATH}"')
        return super().here(asked, cookie, ("field(2,/)", "field(3,/)"), *others, **words)


class CaddyBelow(Caddy):
    """Caddy as its file says in comments for a path."""

    outside = frozenset({"iprof_copie"})
    """The cookie of a copy is its own, and it has no setting for its path."""

    def here(self, *others, **words):
        to = "reverse_proxy 127.0.0.1:8866"
        below = (to, f"redir {PATH} {PATH}/\n\t{to.replace(' ', f' {PATH}/* ')}")
        return super().here(below, *others, **words)


BEHIND = [
    NginxBelow,
    *(pytest.param(one, marks=pytest.mark.soak) for one in (HaproxyBelow, CaddyBelow)),
]


@pytest.fixture(scope="module")
def below(makers, tmp_path_factory):
    """A portal that serves below the path."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = PATH
    try:
        running = makers[0](tmp_path_factory.mktemp("below"))
    finally:
        os.environ.pop(VARIABLE) if before is None else os.environ.update({VARIABLE: before})
    yield running
    running.stop()


@pytest.fixture
def port(below):
    return int(below.address.rpartition(":")[2])


def out_of_place(answer):
    """Give what a browser would take from an answer that is not below the path."""
    text = answer.text.replace(INSIDE_A_FORM, "").replace("\\u003c", "<").replace("\\u0026", "&")
    for name in ("Location", "Content-Location", "Refresh", "Link"):
        text += f' {name}="{answer.headers[name] or ""}"'
    text += "".join(f' {name}="{path}"' for name, path in IN_A_SHEET.findall(text) if path)
    found = [(name, path) for name, path in ADDRESS.findall(text) if name != "d"]
    found += [("script", path) for path in IN_A_SCRIPT.findall(text)]
    for line in answer.headers.get_all("Set-Cookie") or []:
        [path] = re.findall(r"[Pp]ath=([^;]*)", line)
        found.append((line.partition("=")[0], path))
    return [(name, path) for name, path in found if not f"{path}/".startswith(f"{PATH}/")]


OF_A_ROLE = {
    "ggestionnaire": ["/bureau"], "iinspectrice": ["/evaluation"],
    "aanalyste": ["/tableau-promotions"], "fformateur": ["/atelier", "/scenarios"],
}  # fmt: skip


@pytest.mark.parametrize("compte", [None, "jdupont", *OF_A_ROLE])
def test_no_address_of_any_answer_is_outside_the_path(port, compte):
    client = Client(port, path=PATH)
    if compte:
        assert out_of_place(client.log_in(compte)) == []
    faults, statuses = {}, {}
    for path in OF_A_ROLE.get(compte, READ):
        answer = client.get(path)
        statuses[path] = answer.status
        faults[path] = out_of_place(answer)
    for path in SENT:
        answer = client.ask("POST", path, form={"_xsrf": client.cookies["_xsrf"]})
        faults["POST " + path] = out_of_place(answer)
    assert {path: some for path, some in faults.items() if some} == {}
    opened = [path for path, status in statuses.items() if status == 200]
    assert opened == OF_A_ROLE.get(compte, opened)
    if compte not in OF_A_ROLE:
        assert {"/connexion", "/healthz"} < set(opened)
        assert ("/accueil" in opened) is (compte is not None)


def test_scripts_and_sheets_are_read_below_the_path_and_name_nothing_outside(port):
    client = Client(port, path=PATH)
    client.log_in("jdupont2")
    page = client.get("/accueil")
    assert page.config["baseUrl"] == f"{PATH}/"
    files = set(re.findall(rf'(?:src|href)="{PATH}(/statique/[^"]+)"', page.text))
    assert len(files) >= 3  # the sheet, the front end, the screens
    for file in files:
        answer = client.get(file)
        assert answer.status == 200, file
        assert IN_A_SCRIPT.findall(answer.text) == [], file
        assert IN_A_SHEET.findall(answer.text) == [], file
    assert client.socket_status(page.kernel) == 101


def test_outside_the_path_nothing_is_of_the_kit_but_what_programs_ask(port):
    client = Client(port)
    for path in ("/", "/connexion", "/iprofx", "/iprof2/connexion", "/statique/kit.css"):
        assert client.get(path).status == 404, path
    assert client.get("/healthz").status == client.get("/readyz").status == 200
    assert client.get(PATH).place == f"{PATH}/accueil"


@pytest.mark.parametrize("proxy", BEHIND)
def test_a_person_enters_saves_and_leaves_behind_a_proxy(makers, chromium, port, tmp_path, proxy):
    """Whatever a page asks for outside the path is a fault of the visitor's."""
    with proxy(tmp_path, port, port) as before:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
        visitor = makers[1](context, before.address + PATH)
        page = visitor.log_in_by_the_form("jdupont")
        page.get_by_role("link", name="Votre dossier").locator("visible=true").first.click()
        page.get_by_role("link", name="Coordonnées", exact=True).first.click()
        page.locator("h1", has_text="Coordonnées").wait_for()
        assert page.url.endswith(f"{PATH}/dossier/perso")
        current = page.locator(".side .menu a[aria-current]")
        assert current.all_inner_texts() == ["Votre dossier"]
        line = page.locator(".detail", has_text="Portable")
        line.locator("summary").click()
        line.get_by_label("Portable").fill("06 39 98 12 34")
        line.get_by_role("button", name="Enregistrer").click()
        page.locator("#recu").wait_for()
        page.reload()
        page.get_by_text("06 39 98 12 34").first.wait_for()
        paths = {one["name"]: one["path"] for one in context.cookies()}
        assert set(paths) >= {"iprof_session", "_xsrf"}
        outside = {name for name, path in paths.items() if path != PATH and path != f"{PATH}/"}
        assert outside == proxy.outside
        page.get_by_role("button", name="Quitter").click()
        expect(page).to_have_url(f"{visitor.address}/connexion")
        assert "iprof_session" not in {one["name"] for one in context.cookies()}
        context.close()
        assert visitor.faults == []
