"""An address in, a screen out: routes, intents, refusals, without browser and without server."""

from datetime import date

import pytest
import ui_people as people
from ui_html import check

from iprof_kit.base.errors import LawError, Refused, Unavailable
from iprof_kit.ui.kit.visiting import situation_of
from iprof_kit.ui.portal import RUBRIQUES, Portal
from iprof_kit.ui.screens.ma_situation.screen import MySituation
from iprof_kit.ui.shared.menu import PORTAL, answered, places

PROMOTIONS = "/perspectives/promotions"
CONTROLS = {
    "quotite-A": "80", "quotite-B": "80", "bonification_8-A": "non", "bonification_8-B": "non",
    "hors_classe-A": "jamais", "hors_classe-B": "2033",
}  # fmt: skip


def portal(dossier=people.JEAN, ask=people.answer):
    return Portal(lambda: people.FakeGuichet(dossier), ask)


def route(screens, path):
    return check(screens.handle({"kind": "route", "path": path}))


def intent(screens, name, values=None, changed=""):
    message = {"kind": "intent", "name": name, "values": values or {}, "changed": changed}
    return check(screens.handle({**message, "path": PROMOTIONS}))


@pytest.mark.parametrize("path", RUBRIQUES)
def test_every_address_answers_a_well_formed_screen(path):
    page = route(portal(), path)
    assert "indisponible" not in page.text


def test_what_the_menu_opens_is_answered_and_what_is_answered_can_be_reached():
    built = {one.path for one in places().values() if one.notebook == PORTAL}
    assert set(answered()) >= set(RUBRIQUES) >= built


def test_a_menu_address_without_screen_shows_its_first_tab():
    assert route(portal(), "/dossier").text == route(portal(), "/dossier/synthese").text


def test_an_unknown_address_says_so():
    assert "Cette adresse n’existe pas dans ce kit." in route(portal(), "/rien").text


def test_nothing_is_asked_of_the_guichet_before_the_first_route():
    opened = []
    screens = Portal(lambda: opened.append(1) or people.FakeGuichet(), people.answer)
    assert not opened
    route(screens, "/accueil")
    route(screens, "/dossier/synthese")
    assert opened == [1]


def test_the_current_tab_is_marked():
    page = route(portal(), "/dossier/carriere")
    assert [a["href"] for a in page.all("a") if "aria-current" in a] == ["/dossier/carriere"]


@pytest.mark.parametrize(
    "refusal",
    [
        Refused("la session est fermée.", remedy="Reconnectez-vous."),
        Unavailable("le serveur ne répond pas."),
    ],
)
@pytest.mark.parametrize("path", ["/accueil", "/dossier/synthese", PROMOTIONS, "/courrier"])
def test_what_the_guichet_refuses_is_said_in_french_and_shows_no_data(path, refusal):
    screens = Portal(lambda: people.FakeGuichet(refusal=refusal), people.answer)
    page = route(screens, path)
    assert refusal.message[1:] in page.text
    assert "Dupont" not in page.text
    assert any(attrs.get("role") == "alert" for _, attrs in page.tags)


def test_an_unexpected_failure_shows_a_sentence_and_no_trace(caplog):
    def broken(question):
        raise ZeroDivisionError("secret detail")

    page = route(portal(ask=broken), PROMOTIONS)
    assert "Cet écran n’a pas pu être préparé." in page.text
    assert "secret detail" not in page.text
    assert "secret detail" in caplog.text


def test_a_law_error_leaves_the_rest_of_the_home_screen():
    def uncovered(question):
        raise LawError("période non couverte.")

    page = route(portal(ask=uncovered), "/accueil")
    assert "Période non couverte." in page.text
    assert "Bonjour, Jean" in page.text


def test_the_starting_point_is_the_last_echelon_and_the_part_time_of_today():
    found = situation_of(people.JEAN, people.TODAY)
    assert (found.echelon, found.date_effet, found.quotite) == ("7", date(2024, 9, 1), 80)
    assert found.type_temps_partiel == "sur_autorisation"
    assert situation_of(people.JEAN, date(2024, 10, 1)).quotite == 100


def test_the_positions_of_the_file_reach_the_calculation():
    found = situation_of(people.JEAN, people.TODAY).periodes
    assert [(p.position, p.debut, p.fin) for p in found] == [
        (p.position, p.debut, p.fin) for p in people.JEAN.positions
    ]
    assert found


def test_a_refused_choice_keeps_the_last_valid_value_and_says_why():
    screens = portal()
    route(screens, PROMOTIONS)
    page = intent(screens, "scenarios", {**CONTROLS, "hors_classe-B": "2034"}, "hors_classe-B")
    assert "refusée" not in page.text
    page = intent(screens, "scenarios", {**CONTROLS, "hors_classe-B": "2032"}, "hors_classe-B")
    assert "Hors classe en 2032 refusée pour le scénario B." in page.text
    assert "il faut 2 ans (décret 90-680, art. 25)" in page.text
    assert "Première année possible\u00a0: 2033." in page.text
    assert selected(screens, "hors_classe-B") == "2034"


def test_a_choice_refused_by_another_lever_takes_the_lawful_one():
    screens = portal()
    route(screens, PROMOTIONS)
    early = {**CONTROLS, "bonification_8-B": "oui", "hors_classe-B": "2032"}
    intent(screens, "scenarios", early, "hors_classe-B")
    assert selected(screens, "hors_classe-B") == "2032"
    page = intent(screens, "scenarios", {**early, "bonification_8-B": "non"}, "bonification_8-B")
    assert "Hors classe en 2032 refusée pour le scénario B." in page.text
    assert selected(screens, "hors_classe-B") == "2033"


def selected(screens, name):
    html = screens.handle({"kind": "route", "path": PROMOTIONS}).html
    block = html.split(f'<select id="{name}"')[1].split("</select>")[0]
    return block.split(" selected>")[0].rsplit('value="', 1)[1].rstrip('"')


@pytest.mark.parametrize(
    "values",
    [
        None,
        [],
        {"hors_classe-B": ["x"]},
        {"hors_classe-B": "9" * 99},
        {"quotite-A": people.HOSTILE},
    ],
)
def test_a_malformed_message_changes_nothing_and_breaks_nothing(values):
    screens = portal()
    before = route(screens, PROMOTIONS).text
    page = check(
        screens.handle(
            {
                "kind": "intent",
                "name": "scenarios",
                "values": values,
                "changed": "x",
                "path": PROMOTIONS,
            }
        )
    )
    if values != {"hors_classe-B": "9" * 99}:
        assert page.text == before


def test_my_own_date_recalculates_and_comes_back():
    asked = []

    def watching(question):
        asked.append(question.situation.date_effet)
        return people.answer(question)

    screens = portal(ask=watching)
    route(screens, PROMOTIONS)
    page = intent(screens, "ma_date", {"echelon": "7", "date_effet": "01/03/2024"})
    assert asked[-1] == date(2024, 3, 1)
    assert "C’est la date que vous avez saisie\u00a0; votre dossier n’est pas modifié." in page.text
    intent(screens, "date_du_dossier")
    assert asked[-1] == date(2024, 9, 1)


def test_a_wrong_own_date_is_explained_and_kept():
    screens = portal()
    route(screens, PROMOTIONS)
    page = intent(screens, "ma_date", {"echelon": "7", "date_effet": "31/06/2024"})
    assert "Le 31/06/2024 n’existe pas. Le mois de juin 2024 a 30 jours." in page.text
    kept = next(i for i in page.all("input") if i["name"] == "date_effet")
    assert kept["value"] == "31/06/2024"
    assert kept["aria-invalid"] == "true"


def test_without_corps_no_echelon_is_calculated():
    for path in ("/dossier/synthese", "/dossier/carriere", PROMOTIONS):
        page = route(portal(people.SANS_CORPS, ask=None), path)
        assert "as de corps, donc pas d’échelon calculé" in page.text


def hostile(value):
    """Return the same data with hostile text in place of every free text."""
    if isinstance(value, dict):
        return {k: v if k in KEPT else hostile(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [hostile(v) for v in value]
    return people.HOSTILE * 40 if isinstance(value, str) else value


KEPT = {"corps", "grade", "echelon", "chevron", "mode", "civilite", "categorie_retraite"}


def test_hostile_and_overlong_text_is_shown_as_text():
    bad = type(people.JEAN).model_validate(hostile(people.JEAN.model_dump()))
    for path in ("/accueil", "/dossier/synthese", "/dossier/carriere"):
        page = route(portal(bad), path)
        assert "<script>" in page.text
        assert not page.all("script")
        assert not page.all("img")


@pytest.mark.parametrize("path", RUBRIQUES)
def test_an_academy_and_a_departement_that_no_table_has_stop_no_screen(path):
    """An import takes what the administration wrote: a rule that does not know it says so."""
    elsewhere = people.JEAN.model_copy(update={"academie": "Z9", "departement": "999"})
    assert "Écran indisponible" not in route(portal(elsewhere), path).text


def test_my_situation_calculates_without_guichet_and_says_nothing_is_kept():
    screens = MySituation(lambda: people.TODAY, people.answer)
    form = check(screens.handle({"kind": "route", "path": "/ma-situation"}))
    assert "rien n’est enregistré" in form.text
    assert "Dans cet exemple" in form.text
    assert [one for one in form.all("path") if one.get("class") == "line"]
    assert form.text.count("mettez la vôtre") == 2
    page = check(
        screens.handle(
            {
                "kind": "intent",
                "name": "situation",
                "values": {
                    "corps": "pe",
                    "grade": "classe_normale",
                    "echelon": "7",
                    "date_effet": "1/9/2024",
                    "quotite": "80",
                },
            }
        )
    )
    assert "Vous n’êtes pas promouvable à la hors classe aujourd’hui." in page.text
    assert "Ma date est fausse" not in page.text
    assert "Dans cet exemple" not in page.text
    assert "Date de l’exemple" not in page.text


@pytest.mark.parametrize(("typed", "said"), [
    ("", "La date n’est pas renseignée."),
    ("hier", "La date n’est pas lisible."),
    ("31/13/2024", "Le 31/13/2024 n’existe pas. L’année a 12 mois."),
    ("29/02/2023", "Le 29/02/2023 n’existe pas. Le mois de février 2023 a 28 jours."),
    ("01/01/2030", "Le 1er janvier 2030 est dans l’avenir."),
    (people.HOSTILE, "La date n’est pas lisible."),
])  # fmt: skip
def test_a_date_that_cannot_be_read_is_told_at_the_field_and_in_the_summary(typed, said):
    screens = MySituation(lambda: people.TODAY, people.answer)
    page = check(
        screens.handle(
            {
                "kind": "intent",
                "name": "situation",
                "values": {
                    "corps": "pe",
                    "grade": "classe_normale",
                    "echelon": "7",
                    "date_effet": typed,
                },
            }
        )
    )
    assert said in page.text
    assert "Un champ est à reprendre" in page.text
    assert "#ms-date_effet" in [a["href"] for a in page.all("a")]


def test_a_birth_after_the_echelon_is_refused():
    screens = MySituation(lambda: people.TODAY, people.answer)
    page = check(
        screens.handle(
            {
                "kind": "intent",
                "name": "situation",
                "values": {"date_effet": "01/09/2020", "date_naissance": "01/09/2021"},
            }
        )
    )
    assert "La date de naissance suit la date d’effet." in page.text


def test_what_the_law_refuses_of_a_typed_situation_is_said_at_the_date():
    def uncovered(question):
        raise LawError("la date précède les tables.", remedy="Indiquez une date plus récente.")

    screens = MySituation(lambda: people.TODAY, uncovered)
    page = check(
        screens.handle(
            {"kind": "intent", "name": "situation", "values": {"date_effet": "01/09/1985"}}
        )
    )
    assert "La date précède les tables. Indiquez une date plus récente." in page.text


def test_choosing_a_corps_changes_the_lists_and_offers_chevrons():
    screens = MySituation(lambda: people.TODAY, people.answer)
    page = check(
        screens.handle(
            {
                "kind": "intent",
                "name": "situation_choix",
                "values": {"corps": "agrege", "grade": "classe_exceptionnelle", "echelon": "3"},
            }
        )
    )
    assert "HEB2" in page.text
    assert "Date d’effet du chevron" in page.text
    assert "Donnez la date d’effet de votre échelon" in page.text


def test_a_list_of_my_situation_recalculates_at_once_and_a_missing_date_is_not_an_error():
    screens = MySituation(lambda: people.TODAY)
    typed = {"corps": "pe", "grade": "classe_normale", "echelon": "7", "date_effet": "01/09/2024",
             "date_naissance": "20/05/1991", "quotite": "80"}  # fmt: skip
    drawn = screens.handle({"kind": "intent", "name": "situation_choix", "values": typed})
    assert "à 80\u00a0%" in drawn
    assert 'class="line"' in drawn
    page = check(
        screens.handle(
            {"kind": "intent", "name": "situation_choix", "values": typed | {"date_effet": ""}}
        )
    )
    assert "à reprendre" not in page.text
    assert not [one for one in page.all("path") if one.get("class") == "line"]
