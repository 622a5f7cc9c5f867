"""Each role has its own menu and its own first screen, and no link of it ends on a refusal."""

import json
from datetime import UTC, datetime

import pytest
import ui_people as people
from ui_html import check

from iprof_kit.base.paths import VOILA_TEMPLATES
from iprof_kit.server.kernels.notebooks import ANALYSTS, EVALUATORS, MANAGERS
from iprof_kit.server.pages.shell import menu, shell
from iprof_kit.server.settings import Settings
from iprof_kit.services.access.own_file import TRAINERS
from iprof_kit.services.contract.dossier import Qui
from iprof_kit.services.contract.homes import Travail
from iprof_kit.ui.kit.guarded import UNAVAILABLE
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.shared.menu import answered

ROLES = ("gestionnaire", "evaluateur", "analyste", "formateur", "administrateur")
DESK = ("/bureau", "/bureau/dossier", "/bureau/portefeuille", "/bureau/absences")
ALONE = {
    "/atelier": {"formateur"},
    "/scenarios": TRAINERS,
    "/tableau-promotions": ANALYSTS,
    "/evaluation": EVALUATORS,
    **dict.fromkeys(DESK, MANAGERS),
}
"""Pages with a notebook of their own, and the roles that the server lets in."""


def portal(role):
    guichet = people.FakeGuichet(role=role, hidden=True)
    return Portal(lambda: guichet, people.answer)


def opened(screens, path):
    html = screens.handle({"kind": "route", "path": path}).html
    return html, {a["href"].partition("#")[0].partition("?")[0] for a in check(html).all("a")} - {
        ""
    }


def entries(*roles):
    who = Qui(role=roles[0], roles=roles, aujourdhui=people.TODAY, academie=people.ACADEMIE)
    return [entry["path"] for entry in shell(who, "/accueil", Settings(), "x")["menu"]]


@pytest.mark.parametrize("role", ROLES)
def test_a_menu_has_only_what_the_role_may_open(role):
    screens, paths = portal(role), entries(role)
    assert paths[0] == "/accueil"
    assert "/guides" in paths
    for path in paths:
        if path in answered():
            assert UNAVAILABLE not in opened(screens, path)[0], path
        else:
            assert role in ALONE.get(path, ROLES), path


def test_the_menu_of_a_teacher_is_as_before_and_two_roles_have_both():
    assert entries("enseignant") == [
        "/accueil", "/courrier", "/dossier", "/perspectives", "/cv", "/services", "/guides",
    ]  # fmt: skip
    assert {"/dossier", "/atelier"} <= set(entries("enseignant", "formateur"))


def test_a_trainer_has_the_atelier_in_her_menu_and_analysts_the_two_people():
    assert "/scenarios" not in entries("formateur")
    assert "/scenarios" in entries("analyste")
    assert "/scenarios" in entries("formateur", "analyste")


@pytest.mark.parametrize("role", ROLES)
def test_no_link_of_a_role_ends_on_a_screen_that_it_may_not_open(role):
    screens, to_see, seen = portal(role), {"/accueil"}, set()
    while to_see:
        path = to_see.pop()
        seen.add(path)
        html, links = opened(screens, path)
        assert UNAVAILABLE not in html, path
        assert "compte de la personne" not in html
        for link in links - seen:
            if link in answered() and (path == "/accueil" or link == "/guides/themes"):
                to_see.add(link)
            elif link in ALONE:
                assert role in ALONE[link], (path, link)
    assert len(seen) > 1


@pytest.mark.parametrize("path", ["/dossier/perso", "/perspectives/promotions", "/perspectives"])
def test_the_address_of_a_file_says_where_to_go_to_who_has_none(path):
    html, links = opened(portal("analyste"), path)
    assert UNAVAILABLE not in html
    assert "ce compte n’en a pas" in html
    assert {"/ma-situation", "/accueil"} <= links


def test_an_analyst_sees_the_figures_of_the_tableau():
    html, links = opened(portal("analyste"), "/accueil")
    for word in ("Promouvables", "Contingent", "PROJET"):
        assert word in html
    assert "/tableau-promotions" in links


def test_a_trainer_sees_how_to_begin_a_demonstration_with_a_career():
    html, links = opened(portal("formateur"), "/accueil")
    assert "Par exemple, Lina Morel, certifiée" in html
    assert "jour figé" in html
    assert "Dupont" not in html
    assert "Avec un groupe" in html
    ways = [a["href"] for a in check(html).all("a") if a["href"] in ALONE]
    assert ways[0] == "/atelier"
    assert {"/atelier/lecons", "/atelier/campagne"} <= set(links)
    assert "/scenarios" in links  # two different people, which the board does not compare


def test_a_manager_sees_what_waits_and_for_how_long():
    html, links = opened(portal("gestionnaire"), "/accueil")
    said = check(html).text.replace("\u00a0", " ")
    assert (
        "Deux fils ont passé le délai annoncé ; le plus ancien attend depuis le 12 novembre 2026."
        in said
    )
    assert "2 ont passé le délai annoncé." in said
    assert {"/bureau", "/bureau/portefeuille", "/bureau/absences"} <= links


def test_an_administrator_sees_backup_journal_and_sessions():
    said = check(opened(portal("administrateur"), "/accueil")[0]).text.replace("\u00a0", " ")
    assert "2 sessions ouvertes" in said
    assert "Dernière sauvegarde" in said
    assert "lignes à sceller" in said


def test_an_administrator_sees_what_the_kit_did_last_and_first_of_all_what_fails():
    assert "Sceller le journal : fait le 20 novembre 2026." in administrator(DONE)
    refused = Travail(libelle="Sauvegarder", echecs=2, issue="le disque est plein.")
    words = administrator(DONE, refused)
    assert "1 en échec" in words
    assert "Sauvegarder : le disque est plein." in words


DONE = Travail(libelle="Sceller le journal", fait_le=datetime(2026, 11, 20, 9, tzinfo=UTC))


def administrator(*jobs):
    guichet = people.FakeGuichet(role="administrateur", hidden=True)
    guichet.jobs += jobs
    screens = Portal(lambda: guichet, people.answer)
    return check(opened(screens, "/accueil")[0]).text.replace("\u00a0", " ")


def test_an_account_without_file_is_not_offered_what_is_kept_about_a_person():
    who = Qui(role="analyste", aujourdhui=people.TODAY, academie=people.ACADEMIE)
    assert not shell(who, "/accueil", Settings(), "x")["dossier"]
    assert shell(who.model_copy(update={"role": "enseignant"}), "/", Settings(), "x")["dossier"]


def test_the_roles_of_the_menu_are_roles():
    assert {r for item in menu() for r in item.get("roles", ())} <= {*ROLES, "enseignant"}
    assert json.loads((VOILA_TEMPLATES / "menu.json").read_text(encoding="utf-8")) == list(menu())


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/perspectives/ma-paie", "Ouverture de Ma paie"),
        ("/accueil", "Ouverture d’Accueil"),
        ("/guides/textes", "Ouverture des textes"),
        ("/scenarios", "Ouverture de l’écran"),
    ],
)
def test_a_page_that_opens_says_its_name_and_nothing_false(path, words):
    who = Qui(role="enseignant", aujourdhui=people.TODAY, academie=people.ACADEMIE)
    assert shell(who, path, Settings(), "x")["ouverture"] == words


def test_the_tabs_are_there_before_the_screen_without_those_of_a_corps_for_who_has_none():
    who = Qui(role="enseignant", aujourdhui=people.TODAY, academie=people.ACADEMIE)
    outline = shell(who, "/perspectives/autres-parcours", Settings(), "x")
    assert [tab["title"] for tab in outline["onglets"]] == ["Autres parcours"]
    teacher = who.model_copy(update={"libelle_corps": "Professeur des écoles"})
    outline = shell(teacher, "/perspectives/ma-paie", Settings(), "x")
    assert [tab["title"] for tab in outline["onglets"] if tab["current"]] == ["Ma paie"]
    assert outline["tetiere"] == "Vos perspectives"


def test_a_trainer_is_led_to_the_gallery_where_it_is_open():
    assert "/galerie" not in opened(portal("formateur"), "/accueil")[1]
    guichet = people.FakeGuichet(role="formateur", hidden=True)
    asked = guichet.ask

    def ask(op, **args):
        answer = asked(op, **args)
        return answer.model_copy(update={"galerie": True}) if op == "session.qui" else answer

    guichet.ask = ask
    assert "/galerie" in opened(Portal(lambda: guichet, people.answer), "/accueil")[1]
