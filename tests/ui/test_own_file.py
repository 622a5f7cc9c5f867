"""Coordonnées, Signaler une erreur, Qui a consulté, Mes données: screens over a real database."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
import ui_people as people
from record_pieces import image, pdf
from ui_database import NOW, InProcess, open_database
from ui_html import check

from iprof_kit.base.errors import Unavailable
from iprof_kit.services.contract.addressed import addressed
from iprof_kit.services.contract.facts import data_of
from iprof_kit.services.dossier.sample import sample_dossiers
from iprof_kit.services.reports import answers
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.guides.search import search
from iprof_kit.ui.shared.menu import places

PERSO, REPORT = "/dossier/perso", "/dossier/signaler"
PHONE = "06 39 98 12 34"
HOME = {
    "rue": "12 rue des Ormeaux", "code_postal": "63000", "ville": "Clermont-Ferrand", "pays": "",
    "telephone": "04 65 71 20 20", "portable": "", "courriel_personnel": "",
}  # fmt: skip


@pytest.fixture
def guichet(tmp_path, monkeypatch):
    return InProcess(open_database(tmp_path, monkeypatch))


@pytest.fixture
def screens(guichet):
    return Portal(lambda: guichet, people.answer)


def route(screens, path, query=""):
    return check(screens.handle({"kind": "route", "path": path, "query": query}))


def intent(screens, path, name, **more):
    message = {"kind": "intent", "name": name, "values": {}, "changed": "", "path": path}
    return check(screens.handle({**message, **more}))


def saving(screens, revision="0", **typed):
    values = HOME | typed | {"revision": revision}
    return intent(screens, PERSO, "contact_enregistrer", values=values)


def value(page, name):
    return next(one["value"] for one in page.all("input") if one.get("name") == name)


def chosen(page):
    return next(one["value"] for one in page.all("option") if "selected" in one)


def test_the_contact_details_say_whose_each_datum_is_and_what_the_change_does_not_do(screens):
    page = route(screens, PERSO)
    assert "Ce changement ne modifie ni AGAPE" in page.text
    assert "ni votre paie" in page.text
    assert value(page, "rue") == people.JEAN.adresse.rue
    assert "Courriel professionnel" in page.text
    assert "Numéro dans ce kit" in page.text
    assert not any(one.get("name") == "courriel_professionnel" for one in page.all("input"))


def test_what_she_saves_is_dated_and_shown_with_the_other_value(screens, guichet):
    page = saving(screens, telephone=PHONE)
    assert "Enregistré dans ce kit le 25 novembre 2026 à 14\u00a0h\u00a032" in page.text
    assert "Reçu n°" in page.text
    assert "Saisi par vous" in page.text
    said = guichet.ask("dossier.lire").dossier.adresse.telephone
    assert f"indique\u00a0: {said}." in page.text
    synthese = route(screens, "/dossier/synthese").text
    assert PHONE in synthese
    assert "Saisi par vous" in synthese


def test_a_wrong_field_keeps_what_was_typed_and_says_how_to_mend_it(screens):
    page = saving(screens, telephone="04 65", courriel_personnel="jean@")
    assert "2 champs sont à reprendre" in page.text
    assert (value(page, "telephone"), value(page, "courriel_personnel")) == ("04 65", "jean@")
    assert "Enregistré" not in page.text.replace("Enregistrer", "")
    again = route(screens, PERSO)
    assert value(again, "telephone") == "04 65"


def test_a_lost_answer_keeps_what_was_typed(screens, guichet):
    route(screens, PERSO)
    real = guichet.ask

    def lost(op, **args):
        if op == "contact_enregistrer":
            raise Unavailable("le serveur ne répond pas.")
        return real(op, **args)

    guichet.ask = lost
    page = saving(screens, telephone=PHONE)
    assert "Le serveur ne répond pas." in page.text
    assert value(page, "telephone") == PHONE
    guichet.ask = real
    assert "Enregistré dans ce kit" in saving(screens, telephone=PHONE).text


def test_what_another_window_saved_is_not_written_over(screens, guichet):
    route(screens, PERSO)
    other = Portal(lambda: guichet, people.answer)
    saving(other, portable=PHONE)
    page = saving(screens, telephone="04 65 71 99 99")
    assert "Vos coordonnées ont changé ailleurs" in page.text
    assert value(page, "telephone") == "04 65 71 99 99"
    assert value(page, "revision") == "1"
    page = saving(screens, "1", telephone="04 65 71 99 99", portable=PHONE)
    assert "Enregistré dans ce kit" in page.text


def test_the_administration_s_value_comes_back(screens, guichet):
    saving(screens, telephone=PHONE)
    page = intent(screens, PERSO, "contact_reprendre", values={"of": "telephone"})
    assert value(page, "telephone") == guichet.ask("dossier.lire").dossier.adresse.telephone
    assert "Ce que vous aviez saisi avant" in page.text


def test_hostile_text_is_shown_as_text(screens):
    page = saving(screens, rue=people.HOSTILE)
    assert people.HOSTILE in [one.get("value") for one in page.all("input")]
    assert not page.all("script")


def test_the_form_opens_on_the_part_that_the_address_names(screens):
    assert chosen(route(screens, REPORT, "?partie=Affectations")).startswith("affectations.1.")
    assert chosen(route(screens, REPORT, "?donnee=situation.corps")) == "situation.corps"
    assert chosen(route(screens, REPORT, "?donnee=%00&partie=rien")) == "identite.nom"


def test_every_section_of_the_file_leads_to_the_form(screens):
    for path, parts in (("/dossier/synthese", 3), ("/dossier/carriere", 4), (PERSO, 2)):
        links = [one["href"] for one in route(screens, path).all("a")]
        assert len([one for one in links if one.startswith(f"{REPORT}?partie=")]) == parts


def sending(screens, **typed):
    values = {"donnee": "situation.corps", "indique": "Certifié", "explication": ""} | typed
    return intent(screens, REPORT, "signaler_envoyer", values=values)


def joining(screens, name, content):
    return intent(screens, REPORT, "signaler_piece", file=name, size=len(content), content=content)


def test_a_report_marks_its_datum_everywhere_and_gives_a_receipt(screens):
    route(screens, REPORT)
    page = sending(screens)
    assert "Enregistré dans ce kit le 25 novembre 2026" in page.text
    assert "Signalement n°\u00a02026-0001" in page.text
    assert any(one["href"].startswith("/mes-donnees/recu/") for one in page.all("a"))
    for path in ("/dossier/synthese", "/dossier/carriere"):
        page = route(screens, path)
        assert "Vous avez signalé une erreur." in page.text
        assert "Vous indiquez\u00a0: Certifié." in page.text
        assert "Professeur des écoles" in page.text
        assert page.text.count("pas encore") == 3
        assert "signalé par vous" in page.text


def test_the_answer_and_the_correction_show_both_values(screens):
    route(screens, REPORT)
    sending(screens)
    later = NOW + timedelta(days=7)
    answers.take("2026-0001", "Division des enseignants", "iprof signalement", later)
    answers.answer("2026-0001", "Vous avez raison.", "iprof signalement", later)
    page = route(screens, "/dossier/synthese")
    assert "Réponse de Division des enseignants" in page.text
    assert page.text.count("pas encore") == 1
    answers.correct("2026-0001", "Certifié", "iprof signalement", later)
    page = route(screens, "/dossier/synthese")
    assert "Corrigé. Valeur corrigée\u00a0: Certifié." in page.text
    assert "Valeur d’avant, gardée dans l’historique\u00a0: Professeur des écoles." in page.text
    assert "pas encore" not in page.text


def test_a_wrong_report_keeps_everything_that_was_typed(screens):
    route(screens, REPORT)
    page = sending(screens, indique=" ", explication="Un\nlong texte")
    assert "Ce que vous indiquez manque." in page.text
    assert "Un\nlong texte" in "".join(page.parts)
    assert chosen(page) == "situation.corps"


def test_papers_are_said_before_checked_listed_and_withdrawn(screens):
    assert "5 Mo au plus" in route(screens, REPORT).text
    page = joining(screens, "arrêté.pdf", pdf())
    assert "arrêté.pdf" in page.text
    page = joining(screens, "faux.pdf", image("PNG"))
    assert "Son nom annonce un PDF, son contenu est une image PNG." in page.text
    page = intent(screens, REPORT, "signaler_piece", file="x.pdf", size=9_000_000, content=None)
    assert "Ce fichier pèse 9,0 Mo, la limite est de 5,0 Mo." in page.text
    [withdraw] = [one for one in page.all("button") if one.get("data-intent") == "signaler_retirer"]
    values = {"of": withdraw["data-of"]}
    assert "arrêté.pdf" not in intent(screens, REPORT, "signaler_retirer", values=values).text


@pytest.mark.parametrize(("name", "asked"), [("ordonnance.pdf", True), ("arrêté.pdf", False)])
def test_p17_a_report_asks_about_a_paper_called_as_a_health_paper(screens, name, asked):
    route(screens, REPORT)
    page = joining(screens, name, pdf())
    assert name in page.text
    assert ("Est-ce une pièce de santé\u00a0?" in page.text) is asked


def test_a_large_paper_travels_in_slices(screens, guichet):
    route(screens, REPORT)
    content = pdf(lambda writer: writer.add_metadata({"/Subject": "x" * 1_500_000}))
    assert "1,5 Mo" in joining(screens, "grand.pdf", content).text
    page = sending(screens)
    assert "une pièce jointe" in page.text.replace("1 pièce jointe", "une pièce jointe")


def test_an_intent_that_means_nothing_changes_nothing(screens, guichet):
    for path in (PERSO, REPORT, "/consultations", "/mes-donnees"):
        route(screens, path)
        intent(screens, path, "rien", values={"of": "rue"})
        intent(screens, path, "contact_reprendre", values={"of": "numero"})
        intent(screens, path, "signaler_retirer", values={"of": "\x00"})
    assert guichet.ask("contact").revision == 0


def test_who_read_shows_roles_and_one_s_own_by_day(screens):
    route(screens, "/dossier/synthese")
    page = route(screens, "/consultations")
    assert "Personne d’autre que vous n’a lu votre dossier" in page.text
    assert "Par vous" in page.text
    assert "jdupont" not in page.text


def test_own_data_say_how_long_and_who_answers(screens):
    page = route(screens, "/mes-donnees")
    assert "Rectorat de démonstration (fictif)" in page.text
    assert "36 mois" in page.text
    links = [one["href"] for one in page.all("a")]
    assert {"/mes-donnees/tout.zip", "/mes-donnees/fiche.pdf"} <= set(links)


def test_what_the_configuration_does_not_say_is_said_unknown(screens, tmp_path, monkeypatch):
    file = tmp_path / "academies.yml"
    file.write_text('academies:\n  - {code: "06", nom: Essai, assistance_nom: A}\n', "utf-8")
    monkeypatch.setenv("IPROF_ACADEMIES", str(file))
    page = route(screens, "/mes-donnees")
    assert "Non fixée par la configuration de ce kit" in page.text
    assert page.text.count("La configuration de ce kit ne le dit pas") == 5


def test_the_screens_of_the_file_do_not_show_who_has_none(tmp_path, monkeypatch):
    open_database(tmp_path, monkeypatch)
    stranger = Portal(lambda: InProcess(None), people.answer)
    for path in (PERSO, REPORT, "/consultations", "/mes-donnees"):
        page = route(stranger, path)
        assert "ne s’ouvre qu’à la personne connectée" in page.text
        assert "Dupont" not in page.text


def details_of(page):
    """Return, of each line of the contact details, its id without the form's and if it is open."""
    lines = [one for one in page.all("details") if "-l-" in one["id"]]
    return {one["id"].rpartition("-l-")[2]: "open" in one for one in lines}


def test_each_contact_detail_is_one_line_that_opens_one_field_in_place(screens, guichet):
    page = route(screens, PERSO)
    assert page.text.count(people.JEAN.adresse.rue) == 1  # shown once, then asked nowhere else
    assert set(details_of(page)) == {*HOME}
    assert not any(details_of(page).values())
    assert "lu le" not in page.text
    filed = guichet.ask("dossier.lire").dossier.adresse.model_dump()
    filed = {name: filed.get(name) or "" for name in HOME}
    wrong = saving(screens, **filed | {"telephone": "04 65"})
    assert [name for name, is_open in details_of(wrong).items() if is_open] == ["telephone"]


def test_what_was_typed_and_not_saved_is_in_sight_when_one_comes_back(screens, guichet):
    route(screens, PERSO)
    other = Portal(lambda: guichet, people.answer)
    saving(other, portable=PHONE)
    saving(
        screens, telephone="04 65 71 99 99", rue=people.JEAN.adresse.rue
    )  # refused: changed elsewhere meanwhile
    again = details_of(route(screens, PERSO))
    assert again["telephone"]
    assert not again["rue"]


def test_the_screen_is_called_by_its_new_name_and_found_by_the_old_one(screens):
    page = route(screens, PERSO)
    assert "Coordonnées" in page.text
    assert "Perso" not in page.text
    assert f"/aide{PERSO}" in [hit.path for hit in search("perso").hits]
    assert places()[PERSO].title == "Coordonnées"


def test_the_value_shown_stands_before_the_one_that_is_right(screens):
    page = route(screens, REPORT, "?donnee=situation.corps")
    shown = page.text.index("Valeur affichée")
    assert (
        shown
        < page.text.index("Professeur des écoles", shown)
        < page.text.index("Ce que vous indiquez")
    )


SHOWN = ("/dossier", "/dossier/carriere", "/dossier/affectations", "/dossier/perso")
SAMPLE = list(map(addressed, sample_dossiers()))
NOTHING = {"sans objet", "aucun", "aucune", "non renseignée", "non renseigné"}


def offered(dossier):
    """The data whose own form the screens of a file open, with the page of each."""
    screens = Portal(lambda: people.FakeGuichet(dossier))
    pages = [check(screens.handle({"kind": "route", "path": path})) for path in SHOWN]
    links = [a["href"] for page in pages for a in page.all("a")]
    return {unquote(link.partition("?donnee=")[2]) for link in links if "?donnee=" in link}


@pytest.mark.parametrize("dossier", SAMPLE, ids=lambda one: one.numero)
def test_every_datum_of_a_file_is_offered_to_be_reported_alone(dossier):
    links = offered(dossier)
    data = {one.cle for one in data_of(dossier) if one.valeur not in NOTHING}
    assert data - links == set()
    assert links <= {one.cle for one in data_of(dossier)}


@pytest.mark.parametrize("datum", ["affectations.1.dates", "echelons.1", "situation.entree_corps"])
def test_the_address_of_a_datum_opens_the_form_on_it(datum):
    screens = Portal(lambda: people.FakeGuichet(SAMPLE[0]))
    asked = {"kind": "route", "path": REPORT, "query": f"?donnee={datum}"}
    page = check(screens.handle(asked))
    (choice,) = [one["value"] for one in page.all("option") if "selected" in one]
    assert choice == datum
