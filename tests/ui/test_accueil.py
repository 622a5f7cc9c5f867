"""Accueil: dates in order, what is missing, what changed, and the dates read back by a calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import ui_people as people
from icalendar import Calendar
from ui_changes import VISIT
from ui_html import check

from iprof_kit.calculate.interface.papers import citation
from iprof_kit.calculate.mobility.dates import movement_dates
from iprof_kit.law.promotion.conditions import references
from iprof_kit.services.contract.dossier import Qui
from iprof_kit.services.contract.standing import meetings_foreseen
from iprof_kit.ui.agenda.calendar_file import PRODID, agenda
from iprof_kit.ui.agenda.coming import Coming
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.accueil.dates import Ahead, coming_dates
from iprof_kit.ui.screens.accueil.requests import missing
from iprof_kit.ui.screens.accueil.view import accueil, leaving
from iprof_kit.ui.screens.promotions.view import promotions
from iprof_kit.ui.screens.promotions.when import ranges, when
from iprof_kit.ui.shared.menu import PORTAL, places


def ahead(dossier=people.JEAN, today=people.TODAY):
    movement = movement_dates(dossier.corps, dossier.departement, dossier.academie, today)
    return Ahead(people.MOCKUP, meetings_foreseen(dossier, today), movement)


def given(dossier=people.JEAN):
    portal = Portal(lambda: people.FakeGuichet(dossier), people.answer)
    portal.handle({"kind": "route", "path": "/accueil"})
    message = {"kind": "intent", "name": "dates_ics", "values": {}, "path": "/accueil"}
    return portal.handle(message).download


def events(download):
    return Calendar.from_ical(download.content).walk("VEVENT")


WHO = Qui(aujourdhui=people.TODAY, academie=people.ACADEMIE)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2027, 9, 1), "se ferme le 1er septembre 2027 : jusque-là rien ne change, puis vous"),
        (people.TODAY, "est fermé depuis le"),
    ],
)
def test_an_account_that_closes_is_told_until_when_it_acts_and_is_read(on, words):
    assert leaving(WHO) == ""
    sentence = leaving(WHO.model_copy(update={"ferme_le": on, "lu_jusqu_au": date(2028, 8, 31)}))
    assert words in sentence
    assert "emporte" in sentence
    assert "jusqu’au 31 août 2028" in sentence
    view = replace(accueil(people.JEAN, ahead(), people.TODAY), leaving=sentence)
    html = render("accueil", view)
    check(html)
    assert "jusqu’au 31 août 2028" in html.replace("\u00a0", " ")


def test_the_dates_of_the_law_come_in_order():
    found = coming_dates(people.JEAN, ahead(), people.TODAY)
    said = [(one.when, one.what.replace("\u00a0", " ")) for one in found]
    # design/accueil.html; the bonification: 30 months in the 8e échelon, décret 90-680 art. 24.
    assert said[:4] == [
        ("1er septembre 2027", "Passage au 8e échelon, indice majoré 562"),
        ("2028-2029", "Deuxième rendez-vous de carrière"),
        ("1er mars 2030", "Échelon suivant avec la bonification de 1 an, si elle est accordée"),
        ("1er mars 2031", "Passage au 9e échelon, indice majoré 595"),
    ]
    assert "1er septembre 2033" in [when for when, _ in said]
    assert all(one.source for one in found if one.key.startswith("rendez-vous"))


def test_an_appreciation_just_told_opens_thirty_days_of_appeal():
    told = people.JEAN.rendez_vous[0].model_copy(update={"notifiee_le": date(2026, 11, 10)})
    jean = people.JEAN.model_copy(update={"rendez_vous": (told,)})
    found = {one.key: one for one in coming_dates(jean, ahead(jean), people.TODAY)}
    appeal = found["recours.rendez-vous.1"]
    assert appeal.day == date(2026, 12, 11)  # rendez_vous_delais.csv: 30 jours francs
    assert appeal.delay == "dans 16 jours"
    assert not appeal.verify


def test_a_deadline_says_the_hour_of_paris_and_the_local_one():
    day = date(2025, 11, 10)
    marie = people.JEAN.model_copy(update={"departement": "974", "academie": "28"})
    found = coming_dates(marie, Ahead(None, None, ahead(marie, day).movement), day)
    (wishes,) = [
        one for one in found if "interdepartemental" in one.key and "saisie_voeux" in one.key
    ]
    assert wishes.day == date(2025, 11, 26)
    said = wishes.what.replace("\u00a0", " ")
    assert "12 h, heure de Paris (15 h à La Réunion)" in said
    assert wishes.delay == "dans 16 jours"


MISSING_POST = "/dossier/signaler?donnee=affectations.absente"


def test_what_is_missing_says_where_to_act():
    found = {one.what: one.path for one in missing(people.JEAN, people.TODAY)}
    assert found == {
        "Téléphone portable": "/dossier/perso",
        "Courriel personnel": "/dossier/perso",
        "Affectation du 1er septembre 2014 au 31 août 2015": MISSING_POST,
        "Affectation du 16 janvier 2016 au 31 août 2019": MISSING_POST,
    }


def test_what_the_person_wrote_herself_is_not_missing():
    found = missing(people.JEAN, people.TODAY, {"courriel_personnel"})
    assert "Courriel personnel" not in [one.what for one in found]


def test_a_meeting_without_appreciation_and_a_day_without_position_are_said():
    untold = people.JEAN.rendez_vous[0].model_copy(
        update={"appreciation": None, "notifiee_le": None}
    )
    bare = people.JEAN.model_copy(update={"rendez_vous": (untold,), "positions": ()})
    said = [one.what for one in missing(bare, people.TODAY)]
    assert "Appréciation finale du rendez-vous de carrière 2022-2023" in said
    assert "Position administrative d’aujourd’hui" in said


def test_what_changed_since_the_last_visit_in_days_of_paris():
    view = accueil(people.JEAN, Ahead(), people.TODAY, VISIT)
    page = check(render("accueil", view))
    text = page.text.replace("\u00a0", " ")
    assert "Depuis votre visite du 12 octobre 2026 : un changement" in text
    assert "13 novembre 2026" in text
    assert "/dossier/carriere" in {link["href"] for link in page.all("a")}


def test_a_first_visit_shows_no_change():
    first = VISIT.model_copy(update={"precedente": None, "changements": []})
    assert accueil(people.JEAN, Ahead(), people.TODAY, first).visited is None


def test_the_file_of_dates_reads_back_as_whole_days_stamped_by_the_day():
    download = given()
    assert (download.name, download.media_type) == ("prochaines-dates.ics", "text/calendar")
    calendar = Calendar.from_ical(download.content)
    assert calendar["PRODID"] == PRODID
    assert "non officiel" in PRODID
    found = {str(one["SUMMARY"]): one for one in events(download)}
    step = found["Passage au 8e échelon, indice majoré 562"]
    assert step["DTSTART"].dt == date(2027, 9, 1)
    assert step["DTEND"].dt == date(2027, 9, 2)
    for one in found.values():
        assert one["DTSTAMP"].dt == datetime(2026, 11, 25, tzinfo=UTC)
        assert "Simulation" in one["DESCRIPTION"]
        assert one["CLASS"] == "PRIVATE"
    assert any("Source" in one["DESCRIPTION"] for one in found.values())


def test_the_same_event_keeps_its_name_and_two_people_never_share_one():
    other = people.JEAN.model_copy(update={"numero": "D0777"})
    names = [
        {str(one["UID"]) for one in events(given(dossier))}
        for dossier in (people.JEAN, people.JEAN, other)
    ]
    assert names[0] == names[1]
    assert not names[0] & names[2]
    assert "D0001" not in given().content.decode()


@pytest.mark.parametrize("dossier", [people.JEAN, people.SANS_CORPS], ids=["jean", "sans corps"])
def test_the_screen_is_well_formed(dossier):
    portal = Portal(lambda: people.FakeGuichet(dossier), people.answer)
    page = check(portal.handle({"kind": "route", "path": "/accueil"}))
    assert ("Ajouter à mon agenda" in page.text) == (dossier is people.JEAN)


def plain(text):
    return " ".join(text.replace("\u00a0", " ").split())


def shown(dossier=people.JEAN):
    portal = Portal(lambda: people.FakeGuichet(dossier))
    return check(portal.handle({"kind": "route", "path": "/accueil"}))


def test_the_sentence_says_where_one_stands_and_what_comes_of_right():
    view = accueil(people.JEAN, ahead(), people.TODAY)
    said = plain("".join(words for words, _ in view.sentence))
    # design/instruments/accueil.html
    assert said == (
        "Vous êtes au 7e échelon de la classe normale. Le 8e vient de plein droit le "
        "1er septembre 2027."
    )
    assert next(words for words, strong in view.sentence if strong) == "au 7e échelon"
    assert len(said.split()) <= 25


def test_the_next_step_is_a_countdown_with_its_gain():
    step = accueil(people.JEAN, ahead(), people.TODAY).results[0]
    assert (step.label, plain(step.value)) == ("Prochaine marche : 8e échelon", "280 jours")
    # 562 - 524 points at 59,0734 / 12, paid 6/7: 160,34 (design/instruments/accueil.html)
    assert plain(step.words) == (
        "2 ans 2 mois passés depuis le 1er septembre 2024, sur 3 ans. Puis + 160 € bruts par mois."
    )
    assert step.share == pytest.approx(100 * 804 / 1080, abs=0.1)


def test_the_reason_of_the_next_step_is_that_of_its_date_in_promotions():
    step = accueil(people.JEAN, ahead(), people.TODAY).results[0]
    assert step.path == "/perspectives/promotions#w-d-2027-09-01"
    view = promotions(people.MOCKUP)
    assert "d-2027-09-01" in [row.id for row in view.rows]


def test_six_questions_have_their_answer_from_the_other_screens():
    page = shown()
    said = plain(page.text)
    assert "Que change la hors classe ?+ 143 € bruts par mois" in said  # the mockup's, in euros
    assert "Que gagne-t-on à 100 % ?+ 369 € de traitement" in said  # 368,51, the mockup's
    assert "Quand puis-je partir ?20 mai 2055" in said
    assert "Mon CV est-il à jour ?pas encore commencé" in said
    assert "barème : " in said
    assert "ouverts" in said


def test_the_dates_in_sight_are_four_and_their_texts_are_folded():
    html = (
        Portal(lambda: people.FakeGuichet(people.JEAN))
        .handle({"kind": "route", "path": "/accueil"})
        .html
    )
    sight, folds = html.split('class="block folds"')
    assert sight.count("<li><b>") == 4
    assert "Source\u00a0:" not in sight
    assert "Source\u00a0:" in folds


def test_a_contract_agent_reads_of_her_contract_the_competitions_and_her_cv():
    contract = people.JEAN.positions[-1].model_copy(
        update={"modalite": "Temps complet", "quotite": 100, "fin": date(2027, 8, 31)}
    )
    agent = people.SANS_CORPS.model_copy(update={"positions": (contract,)})
    said = plain(shown(agent).text)
    assert "Votre contrat court jusqu’au 31 août 2027, encore 279 jours." in said
    assert "Concours" in said
    assert "Concours, conditions remplies0 27 à préciser" in said
    assert "Votre CV" in said
    assert "échelon" not in said.split("Ce que vous trouvez ici")[0]


def test_nothing_empty_is_linked_for_a_contract_agent():
    portal = Portal(lambda: people.FakeGuichet(people.SANS_CORPS))
    page = check(portal.handle({"kind": "route", "path": "/accueil"}))
    linked = {link["href"].partition("#")[0] for link in page.all("a")} - {""}
    for path in linked & set(places()):
        if places()[path].notebook == PORTAL:
            html = portal.handle({"kind": "route", "path": path}).html
            assert "Pas de corps" not in html or "<table" in html, path
    tabs = portal.handle({"kind": "route", "path": "/perspectives"}).html
    assert "Autres parcours" in tabs
    promotions = portal.handle({"kind": "route", "path": "/perspectives/promotions"}).html
    assert "/perspectives/autres-parcours" in promotions.partition("<h1>")[2]
    assert "Ma paie" not in tabs.partition("<h1>")[0]


def test_the_usual_campaigns_of_the_first_screen_are_those_of_promotions():
    portal = Portal(lambda: people.FakeGuichet(), people.answer)
    page = check(portal.handle({"kind": "route", "path": "/accueil"}))
    answer = people.MOCKUP
    known = when(ranges(answer.situation, people.TODAY, people.JEAN, 0), answer).usual.values()
    years = sorted(year for year in known if year.isdigit())
    assert f"D’ordinaire entre {years[0]} et {years[-1]}" in page.text.replace("\u00a0", " ")
    assert "selon l’appréciation. à vérifier" in page.text.replace("\u00a0", " ")


def test_an_agenda_says_a_source_to_verify_in_french_and_no_empty_line():
    here = Coming(
        "x", "Passage au 9e échelon", "", date(2028, 9, 1), people.TODAY, source="à vérifier"
    )
    words = agenda([here], "D0005", people.TODAY).decode().replace("\r\n ", "")
    assert "DESCRIPTION:Source à vérifier.\\nSimulation" in words
    cited = replace(here, source="décret 90-680, art. 24")
    assert "Source\u00a0: décret 90-680" in agenda([cited], "D0005", people.TODAY).decode()


@pytest.mark.parametrize(
    ("corps", "statute"),
    [("cpe", "décret 70-738"), ("agrege", "décret 72-580"), ("pe", "décret 90-680, art. 25")],
)
def test_a_promotion_cites_the_statute_of_its_own_corps(corps, statute):
    # corps.csv: the decree of each corps
    text = references(corps, "hors_classe", 2030)[0].text
    assert citation(text).replace("\u00a0", " ").startswith(statute)
