"""What exists, for whom; everything else does not exist."""

import re
from urllib.parse import quote

import pytest

from iprof_kit.server.kernels.notebooks import EXTENSIONS, PAGE, page_config
from iprof_kit.server.pages.assets import front
from iprof_kit.server.pages.shell import portal_paths

UNLISTED = [
    "/login", "/logout", "/tree", "/lab", "/notebooks/portail.ipynb", "/api", "/api/status",
    "/api/contents", "/api/contents/portail.ipynb", "/api/kernels", "/api/kernelspecs",
    "/api/sessions", "/api/terminals", "/api/me", "/files/portail.ipynb", "/metrics",
    "/voila", "/voila/tree", "/voila/tree/", "/voila/api/contents", "/voila/api/contents/",
    "/voila/render/portail.ipynb", "/voila/render/rh.ipynb", "/render/rh.ipynb", "/rh", "/rh.ipynb",
    "/voila/files/portail.ipynb", "/voila/files/image.png", "/voila/templates/lab/conf.json",
    "/voila/query/3f0c0b62-4d4e-4d0c-9f0e-6a2b3b1d7a11",
    "/voila/execution/3f0c0b62-4d4e-4d0c-9f0e-6a2b3b1d7a11",
    "/voila/labextensions/jupyterlab_pygments/package.json",
    "/accueil/../rh.ipynb", "/accueil/%2e%2e/rh.ipynb", "/dossier/inconnu", "/ma-situation/x",
    "/statique/../connexion.html.j2", "/statique/..%2f..%2fmenu.json", "/statique/%2e%2e/x.html.j2",
    "/statique//etc/passwd", "/voila/static/../../../../../etc/passwd",
    "/voila/static/..%2f..%2f..%2f..%2fetc%2fpasswd", "/statique/", "/statique/fonts/",
    "/voila/static/", "/voila/labextensions/anywidget/", "/.git/config", "/.git/HEAD", "/docs/",
]  # fmt: skip


ACCESSIBILITY = "/accessibilite"
ALONE = ("/scenarios", "/tableau-promotions")
CLOSED = [*sorted(portal_paths() - {ACCESSIBILITY}), *ALONE]


@pytest.mark.parametrize("path", CLOSED)
def test_every_page_of_the_portal_sends_a_stranger_to_the_login(visit, path):
    answer = visit().get(path)
    assert (answer.status, answer.place) == (302, f"/connexion?suite={path}")


def test_the_statement_of_accessibility_is_open_to_who_cannot_log_in(opened, visit):
    answer = visit().get(ACCESSIBILITY)
    assert answer.status == 200
    assert "Ce kit n’a pas été audité" in answer.text
    assert "Aucun essai avec une synthèse vocale" in answer.text
    assert opened[0].get(ACCESSIBILITY).status == 200
    assert f'href="{ACCESSIBILITY}"' in visit().get("/connexion").text


def test_the_shape_of_the_first_password_is_said_where_it_is_asked(visit):
    """The same shape that `services.access.passwords.numen` accepts."""
    page = visit().get("/connexion").text
    assert "deux chiffres, une lettre, sept chiffres, trois lettres" in page


@pytest.mark.parametrize("path", UNLISTED)
def test_an_address_that_is_not_listed_does_not_exist(opened, others, path):
    for client in (opened[0], *others.values()):
        answer = client.get(path)
        assert answer.status in {403, 404}, answer.status
        assert "root:" not in answer.text
        assert "Traceback" not in answer.text


DATA = ["iprof.sqlite", "cles/rectorat.cle", "sauvegarde"]
BEFORE = [
    "/", "/var/", "/files/var/", "/statique/../../../var/", "/statique/%2e%2e/%2e%2e/%2e%2e/var/",
    "/voila/static/../../../../var/", "/voila/files/var/", "/sauvegarder/", "/mes-donnees/",
]  # fmt: skip


def test_no_address_leads_to_the_data_or_to_a_backup(opened, visit):
    for client in (opened[0], visit()):
        for path in (before + name for before in BEFORE for name in DATA):
            assert client.get(path).status in {302, 403, 404}, path


@pytest.mark.parametrize("words", ["?token=x", "?token=", "?template=lab&theme=dark", "?suite=x"])
def test_words_after_the_address_open_nothing(visit, words):
    """They wait behind the door, as part of one argument of its address."""
    answer = visit().get("/accueil" + words)
    wanted = f"/connexion?suite={quote('/accueil' + words)}"
    assert (answer.status, answer.place) == (302, wanted)


@pytest.mark.parametrize("header", ["Authorization", "X-Forwarded-User", "X-Kit-User", "Remote"])
def test_a_header_opens_nothing(visit, header):
    answer = visit().get("/accueil", headers={header: "token jdupont"})
    assert answer.status == 302


def test_template_and_theme_of_the_address_change_nothing(opened):
    answer = opened[0].get("/accueil?template=classic&theme=dark&_xsrf=x")
    assert answer.status == 200
    assert "Kit libre, non officiel." in answer.text
    assert "JupyterLab Dark" not in answer.text


def test_scenarios_are_refused_to_a_teacher(opened):
    answer = opened[0].get("/scenarios")
    assert answer.status == 403
    assert "Accès refusé" in answer.text


ATELIER = ("/atelier", "/atelier/lecons", "/atelier/projecteur", "/atelier/campagne")


@pytest.mark.parametrize("compte", ["jdupont", "aanalyste", "ggestionnaire", "aadministrateur"])
def test_the_atelier_is_refused_to_who_is_no_trainer(visit, compte):
    client = visit()
    assert client.log_in(compte).status == 303
    for path in ATELIER:
        answer = client.get(path)
        assert answer.status == 403
        assert "Accès refusé" in answer.text


def test_the_atelier_opens_for_a_trainer_and_sends_who_has_left_to_the_login(visit, others):
    trainer = visit()
    trainer.log_in("fformateur")
    for path in ATELIER:
        assert trainer.get(path).status == 200
        answer = others["gone"].get(path)
        assert (answer.status, answer.place) == (302, f"/connexion?suite={path}")


@pytest.mark.parametrize("compte", ["jdupont", "fformateur", "ggestionnaire"])
def test_tableaux_are_refused_to_who_is_no_analyst(visit, compte):
    client = visit()
    assert client.log_in(compte).status == 303
    answer = client.get("/tableau-promotions")
    assert answer.status == 403
    assert "Accès refusé" in answer.text


DESK = [
    "/bureau", "/bureau/dossier", "/bureau/portefeuille", "/bureau/envois", "/bureau/campagnes",
    "/bureau/relectures",
]  # fmt: skip


@pytest.mark.parametrize(
    "compte", ["jdupont", "fformateur", "aanalyste", "aadministrateur", "cchef"]
)
@pytest.mark.parametrize("path", DESK)
def test_the_desk_is_refused_to_who_manages_no_file(visit, compte, path):
    client = visit()
    assert client.log_in(compte).status == 303
    answer = client.get(path)
    assert answer.status == 403
    assert "Accès refusé" in answer.text


@pytest.mark.parametrize("compte", ["lfontaine", "ggestionnaire", "aanalyste", "aadministrateur"])
def test_projects_of_opinions_are_refused_to_who_does_not_evaluate(visit, compte):
    client = visit()
    assert client.log_in(compte).status == 303
    for path in ("/evaluation", "/evaluation/projet?dossier=D0019&objet=rdv-2-2026"):
        answer = client.get(path)
        assert answer.status == 403
        assert "Accès refusé" in answer.text


def test_projects_of_opinions_send_who_has_left_to_the_login(others):
    answer = others["gone"].get("/evaluation")
    assert (answer.status, answer.place) == (302, "/connexion?suite=/evaluation")


def test_the_desk_sends_who_has_left_to_the_login(others):
    answer = others["gone"].get("/bureau")
    assert (answer.status, answer.place) == (302, "/connexion?suite=/bureau")


def test_tableaux_send_who_has_left_to_the_login(others):
    answer = others["gone"].get("/tableau-promotions")
    assert (answer.status, answer.place) == (302, "/connexion?suite=/tableau-promotions")


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused_in_french(opened, method):
    client = opened[0]
    answer = client.ask(method, "/accueil", headers={"X-XSRFToken": client.cookies["_xsrf"]})
    assert answer.status == 405
    assert "Traceback" not in answer.text


def test_a_cell_that_fails_shows_a_sober_sentence(visit):
    trainer = visit()
    trainer.log_in("fformateur")
    answer = trainer.get("/scenarios")
    assert "Cette partie de la page n’a pas pu s’ouvrir." in answer.cells
    assert "ZeroDivisionError" not in answer.text
    assert "secret-de-la-cellule" not in answer.text


def test_the_page_names_the_person_and_marks_her_place(opened):
    _, page = opened
    assert '<html lang="fr"' in page.text
    assert "Jean Dupont" in page.text
    assert 'href="/accueil" aria-current="page"' in page.text
    assert "Simulation\u00a0: rien n’est transmis à l’administration." in page.text
    assert not re.search(r"""(src|href|action)=["']?(https?:)?//""", page.text)


def test_our_pages_load_our_front_end_and_nothing_of_jupyterlab(opened):
    _, page = opened
    scripts = re.findall(r'<script[^>]* src="([^"]+)"', page.text)
    assert scripts == [front().script]
    assert set(page.config) == {"baseUrl", "kernelId"}
    assert "/voila/" not in page.text


def test_another_notebook_gets_only_the_widget_managers():
    PAGE.set({})
    known = [{"name": name} for name in (*EXTENSIONS, "autre")]
    config = page_config({"federated_extensions": known})
    assert [extension["name"] for extension in config["federated_extensions"]] == [*EXTENSIONS]
    assert config["fullMathjaxUrl"].startswith("/statique/")


PUBLIC = ("/ma-situation", "/connexion", "/mot-de-passe-oublie", ACCESSIBILITY)


def test_a_page_that_does_not_exist_leads_a_stranger_to_the_public_screens(visit):
    page = visit().get("/dossier/inconnu")
    assert page.status == 404
    assert all(f'href="{path}"' in page.text for path in PUBLIC)
    assert "Dupont" not in page.text
    assert 'type="search"' not in page.text  # the search reads the guides, which need an account
    assert visit().ask("POST", "/dossier/inconnu", body="").status == 404


def test_a_page_that_does_not_exist_has_the_search_and_the_main_screens(opened):
    page = opened[0].get("/dossier/inconnu")
    assert page.status == 404
    assert '<form class="search" role="search" action="/guides" method="get">' in page.text
    main = page.text.partition("<main")[2].partition("</main>")[0]
    ways = re.findall(r'<li><a href="([^"]+)"', main)
    assert ways == [
        "/accueil", "/courrier", "/dossier", "/perspectives", "/cv", "/services", "/guides",
    ]  # fmt: skip
