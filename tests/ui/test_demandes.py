"""Demandes on the screen: answers first, days noted and kept, letters, what comes on Accueil."""

from datetime import date
from html import unescape

import pytest
import ui_people as people
from icalendar import Calendar
from ui_html import check
from ui_reasons import link_of, result_of

from iprof_kit.calculate.requests.catalogue import requests
from iprof_kit.ui.agenda.coming import Coming
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.accueil.requests import requests_ahead
from iprof_kit.ui.screens.demandes.notes import Notes

PATH, PAY = "/services/demandes", "reclamation_paie"


def device(guichet):
    return Portal(lambda: guichet, people.answer)


def opened(portal, demande=""):
    query = f"?demande={demande}" if demande else ""
    return check(portal.handle({"kind": "route", "path": PATH, "query": query}))


def sent(portal, name, values):
    return portal.handle({"kind": "intent", "name": name, "values": values, "path": PATH})


def noted(portal, demande, /, **days):
    opened(portal, demande)
    values = {f"{demande}.{step}": day for step, day in days.items()}
    return check(sent(portal, "demande_noter", values))


def plain(words):
    return " ".join(words.replace("\u00a0", " ").split())


@pytest.fixture
def guichet():
    return people.FakeGuichet()


def test_the_list_has_one_line_a_request_each_with_its_answer(guichet):
    page = opened(device(guichet))
    for request in requests().values():
        assert f"{PATH}?demande={request.id}" in [a.get("href") for a in page.all("a")]
    assert "une somme due depuis le 1er janvier 2022 se perd après le 31 décembre" in plain(
        page.text
    )


def test_what_is_of_another_corps_is_not_in_the_list_of_a_teacher():
    # décret 2023-777: professeurs des écoles and instituteurs alone
    heads = "Candidature à la direction d’école"
    line = people.JEAN.echelons[-1].model_copy(update={"corps": "cpe"})
    cpe = people.JEAN.model_copy(update={"corps": "cpe", "echelons": (line,)})
    assert heads in opened(device(people.FakeGuichet(people.JEAN))).text
    assert heads not in opened(device(people.FakeGuichet(cpe))).text
    assert heads not in opened(device(people.FakeGuichet(people.SANS_CORPS))).text


@pytest.mark.parametrize("demande", list(requests()))
@pytest.mark.parametrize(
    "person",
    [
        people.JEAN,
        people.SANS_CORPS,
        people.JEAN.model_copy(update={"titularisation": None, "statut": "Stagiaire"}),
    ],
    ids=["titulaire", "contractuel", "stagiaire"],
)
def test_every_request_is_a_whole_screen_for_everybody(demande, person):
    page = opened(device(people.FakeGuichet(person)), demande)
    assert requests()[demande].title in page.text
    assert "Lieu officiel" in page.text
    assert "{" not in page.text


def test_an_unknown_request_shows_the_list(guichet):
    assert opened(device(guichet), "pirate").text == opened(device(guichet)).text


def test_what_is_noted_is_kept_with_a_dated_receipt_and_read_by_another_device(guichet):
    page = noted(device(guichet), PAY, demande="15/08/2026")
    assert "Jusqu’au 16 décembre 2026 : saisine du médiateur" in plain(page.text)
    receipt = "Enregistré dans ce kit le 25 novembre 2026 à 14 h 32, heure de Paris."
    assert receipt in plain(page.text)
    assert "Jusqu’au 16 décembre 2026" in plain(opened(device(guichet), PAY).text)


def test_a_day_that_cannot_be_is_said_and_stays_typed(guichet):
    portal = device(guichet)
    for typed, words in (
        ("31/02/2026", "n’existe pas"), ("bientôt", "pas lisible"), ("01/12/2026", "est à venir"),
    ):  # fmt: skip
        page = noted(portal, PAY, demande=typed)
        assert words in plain(page.text)
        assert typed in [one.get("value") for one in page.all("input")]


def test_a_day_before_the_one_that_it_follows_is_said_and_the_rest_is_counted(guichet):
    page = noted(device(guichet), PAY, demande="15/08/2026", saisine="01/07/2026")
    assert "ne peut pas précéder" in page.text
    assert "15 oct. 2026" in plain(page.text)


def test_two_tabs_lose_nothing_and_let_choose(guichet):
    first, second = device(guichet), device(guichet)
    opened(first, PAY)
    opened(second, PAY)
    sent(first, "demande_noter", {f"{PAY}.demande": "15/08/2026"})
    page = check(sent(second, "demande_noter", {f"{PAY}.demande": "16/08/2026"}))
    assert "15/08/2026" in page.text
    assert "16/08/2026" in page.text
    assert "Rien n’a été écrasé" in plain(page.text)


def test_the_letter_is_filled_by_the_file_and_given_as_a_pdf(guichet):
    portal = device(guichet)
    page = noted(portal, PAY, creance="01/09/2024")
    assert "depuis le 1er septembre 2024. Je suis professeur des écoles" in plain(page.text)
    assert "L231-4" in page.text
    shown = unescape(sent(portal, "demande_noter", {}).html)
    assert "Madame, Monsieur,\n\nJe constate" in shown  # its paragraphs stay
    answer = sent(portal, "demande_lettre", {"of": "demande"})
    assert answer.download.content.startswith(b"%PDF")


def test_a_letter_follows_the_days_until_it_is_changed_then_stays_as_written(guichet):
    portal = device(guichet)
    noted(portal, PAY, creance="01/09/2024")
    name = f"{PAY}.lettre.demande.texte"
    words = "Mes mots, longs. " * 40
    sent(portal, "demande_noter", {name: words})
    page = noted(portal, PAY, creance="01/10/2024")
    assert plain(words) in plain(page.text)
    assert plain(words) in plain(opened(device(guichet), PAY).text)
    assert "modifiée par vous" in page.text
    page = check(sent(portal, "demande_lettre_modele", {"of": "demande"}))
    assert "depuis le 1er octobre 2024" in plain(page.text)


def test_each_day_says_why_when_it_is_opened_and_its_last_line_is_that_day(guichet):
    portal = device(guichet)
    noted(portal, PAY, demande="23/02/2026")
    html = sent(portal, "pourquoi", {"of": f"{PAY}.silence"}).html
    check(html)
    opened_reason = f"pourquoi-{PAY}-silence"
    assert link_of(html, opened_reason).endswith(" : 23 avril 2026")
    assert result_of(html, opened_reason) == "23 avril 2026"
    assert 'data-of="reclamation_paie.saisine"' in html  # the others wait


def test_a_way_says_why_when_it_is_opened_and_not_before(guichet):
    portal, way = device(guichet), "temps_partiel.TP_AUTORISATION"
    opened(portal, "temps_partiel")
    html = sent(portal, "pourquoi", {"of": way}).html
    check(html)
    assert f'data-of="{way}"' not in html
    assert result_of(html, "pourquoi-temps_partiel-TP_AUTORISATION")
    assert 'data-of="temps_partiel.' in html  # the others wait


def test_what_a_person_types_is_never_html(guichet):
    portal = device(guichet)
    page = noted(portal, PAY, demande=people.HOSTILE)
    assert not [one for one in page.all("script") if "alert" in str(one)]
    assert not page.all("img")


def test_a_field_of_no_request_is_not_kept(guichet):
    portal = device(guichet)
    opened(portal, PAY)
    sent(portal, "demande_noter", {"pirate": "1", "temps_partiel.depot": "01/11/2026"})
    assert guichet.carnets.get("demandes") is None


def test_the_next_day_of_a_request_is_on_the_first_screen_and_in_the_agenda(guichet):
    portal = device(guichet)
    assert "Réclamation de paie" not in portal.handle({"kind": "route", "path": "/accueil"}).html
    noted(portal, PAY, demande="15/10/2026")
    html = portal.handle({"kind": "route", "path": "/accueil"}).html
    assert "Réclamation de paie" in html
    message = {"kind": "intent", "name": "dates_ics", "values": {}, "path": "/accueil"}
    events = Calendar.from_ical(portal.handle(message).download.content).walk("VEVENT")
    days = {str(one["SUMMARY"]): one["DTSTART"].dt for one in events}
    assert days["Réclamation de paie\u00a0: refus né du silence"] == date(2026, 12, 15)


def test_a_request_of_which_nothing_was_noted_adds_no_date():
    typed = {f"{PAY}.demande": " ", "temps_partiel.lettre.demande.texte": "Mes mots."}
    assert requests_ahead(people.JEAN, typed, {}, people.TODAY) == ()
    typed = {"temps_partiel.debut": "01/09/2027"}
    (only,) = requests_ahead(people.JEAN, typed, {}, people.TODAY)
    assert isinstance(only, Coming)
    assert (only.day, only.link) == (date(2027, 3, 30), f"{PATH}?demande=temps_partiel")


@pytest.mark.parametrize("role", ["gestionnaire", "formateur", "analyste", "administrateur"])
def test_who_has_no_file_has_no_request(role):
    portal = device(people.FakeGuichet(role=role, hidden=True))
    html = portal.handle({"kind": "route", "path": PATH}).html
    assert "Réclamation de paie" not in html


def accueil(guichet, **days):
    typed = {f"complementaire_sante.{step}": day for step, day in days.items()}
    portal = device(guichet)
    opened(portal, "complementaire_sante")
    sent(portal, "demande_noter", typed)
    return plain(check(portal.handle({"kind": "route", "path": "/accueil"})).text)


def test_the_health_cover_is_to_be_told_then_an_alert_then_nothing(guichet):
    assert "Complémentaire santé : affiliation ou dispenseDire où j’en suis" in accueil(guichet)
    text = accueil(guichet, courriel="10/11/2026")
    # 21 days after the message of the operator: sudeducation75.org, snudifo06.fr.
    assert "Complémentaire santé : Jusqu’au 1er décembre 2026" in text
    assert "Dire où j’en suis" not in text
    text = accueil(guichet, courriel="02/01/2026")
    assert "vérifiez que vous ne payez pas deux complémentaires" in text
    text = accueil(guichet, courriel="02/01/2026", choix="10/01/2026")
    assert "Complémentaire santé" not in text


def test_every_field_of_every_request_is_kept_at_once(guichet):
    portal = device(guichet)
    kept = {}
    for request in requests().values():
        days = {one.key: "01/09/2025" for one in request.steps if one.asks}
        noted(portal, request.id, **days)
        kept |= {f"{request.id}.{key}": day for key, day in days.items()}
    assert device_notes(guichet) == kept


def device_notes(guichet):
    return Notes(Visit(lambda: guichet)).typed()
