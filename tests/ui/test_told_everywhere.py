"""What a person told on one screen counts on all of them, in the agenda and letters too."""

import re
from datetime import date

import pytest
import ui_people as people
from icalendar import Calendar
from ui_situation import PAY, PENSION, TRIED, Screens, own

HOME, PROMOTIONS = "/accueil", "/perspectives/promotions"
PLACES, PATHS = "/perspectives/autres-affectations", "/perspectives/autres-parcours"
REQUESTS = "/services/demandes"
LIMIT, OPENS = "departure.limit", "departure.opens"
IN_CHARGE = {"enfants_a_charge": "1"}
ACTIVE = {
    "instituteur_mois": "204", "instituteur_integration": "01/09/2004", "instituteur_option": "oui",
}  # fmt: skip
EARLY = {"cl_cotises": "176", "autres_trimestres": "55"} | {
    f"cl_{age}": "6" for age in (16, 18, 20, 21)
}


def days(html, quantity):
    """Return the days of a fact of a page, whatever else its element carries."""
    tags = re.findall(rf'<data [^>]*"{re.escape(quantity)}"[^>]*>', html)
    return {day for tag in tags for day in re.findall(r'value="(\d{4}-\d\d-\d\d)"', tag)}


def on(screens, path, quantity):
    screens.read(path)
    return days(screens.html, quantity)


def agenda(screens):
    given = screens.portal.handle(
        {"kind": "intent", "name": "dates_ics", "values": {}, "path": HOME}
    )
    return Calendar.from_ical(given.download.content).walk("VEVENT")


def event(screens, words):
    screens.read(HOME)
    return next((one for one in agenda(screens) if words in str(one["summary"])), None)


@pytest.mark.parametrize(
    ("told", "opens", "limit"),
    [
        ({}, date(2055, 5, 20), date(2058, 5, 20)),
        (IN_CHARGE, date(2055, 5, 20), date(2059, 5, 20)),
        (ACTIVE, date(2050, 5, 20), date(2053, 5, 20)),
    ],
)
def test_p01_the_ages_of_a_pension_are_those_that_she_told_on_every_screen(told, opens, limit):
    """A year of the limit for a child in charge (CGFP L556-2); the ages of the active category."""
    screens = Screens()
    if told:
        screens.read(PENSION, "retraite", **told)
    said = screens.read(PENSION)
    assert f"Limite d’âge{limit.day} mai {limit.year}" in said
    assert on(screens, PENSION, OPENS) == {opens.isoformat()}
    assert on(screens, PROMOTIONS, LIMIT) == {limit.isoformat()}
    assert on(screens, PROMOTIONS, OPENS) == {opens.isoformat()}
    assert f"{limit.day} mai {limit.year}" in screens.read(TRIED)
    assert event(screens, "Limite d’âge").decoded("dtstart") == limit
    assert event(screens, "Premier jour où partir").decoded("dtstart") == opens
    said = str(event(screens, "Limite d’âge")["description"])
    assert ("d’après ce que vous avez indiqué dans Retraite" in said) == bool(told)


def test_p01_a_long_career_told_in_retraite_is_a_day_of_accueil_and_of_the_agenda():
    screens = Screens()
    assert event(screens, "carrière longue") is None
    screens.read(PENSION, "retraite", **EARLY)
    first = event(screens, "carrière longue").decoded("dtstart")
    assert first < date(2055, 5, 20)
    assert f"1er juin {first.year}" in screens.read(PENSION)
    assert f"Pour carrière longue, dès le 1er juin {first.year}" in screens.read(PROMOTIONS)


def test_p01_what_she_told_is_said_to_be_hers_in_promotions_and_undone_there():
    screens = Screens()
    screens.read(PENSION, "retraite", autres_trimestres="9", **IN_CHARGE)
    said = "indiqué dans Retraite : 1 enfant à charge à la limite d’âge."
    assert said in screens.read(PROMOTIONS)
    assert said not in screens.read(PROMOTIONS, "promotions_ages")
    assert screens.field(PENSION, "enfants_a_charge") == ""
    assert screens.field(PENSION, "autres_trimestres") == "9"
    assert on(screens, PROMOTIONS, LIMIT) == {"2058-05-20"}


def test_p01_the_head_of_a_school_by_her_word_alone_reads_that_no_month_is_counted():
    screens = Screens()
    screens.read(PAY, "paie", direction_classes="7")
    said = "Vous avez indiqué dans Ma paie diriger une école"
    assert said in screens.read(PROMOTIONS)
    screens.read(PAY, "paie", direction_classes="")
    assert said not in screens.read(PROMOTIONS)


def test_p01_the_request_to_leave_counts_from_the_ages_that_she_told():
    screens = Screens()
    address = {"kind": "route", "path": REQUESTS, "query": "?demande=retraite"}
    before = screens.portal.handle(address).html
    screens.read(PENSION, "retraite", **ACTIVE)
    after = screens.portal.handle(address).html
    assert "2055" in before
    assert "2050" not in before
    assert "2050" in after


@pytest.mark.parametrize(
    ("path", "name", "more", "screen"),
    [
        (PLACES, "reponses", {"demande": "rapprochement_conjoints"}, "Autres affectations"),
        (PATHS, "parcours_reponses", {"enfants": "oui"}, "Autres parcours"),
    ],
)
def test_p01_births_typed_among_wishes_or_paths_are_known_in_pay_and_pension(
    path, name, more, screen
):
    screens = Screens()
    born = {"enfant-1": "17/02/2014", "enfant-2": "05/10/2022"}
    screens.read(path, name, **more, **{"enfant-1": born["enfant-1"]})
    screens.read(path, name, **more, **born)
    assert screens.field(PAY, "naissances_enfants") == "17/02/2014 ; 05/10/2022"
    assert f"indiqué dans {screen}" in screens.read(PAY)
    assert screens.field(PENSION, "enfant_2_naissance") == "05/10/2022"
    assert f"2, indiqué dans {screen}" in screens.read(PENSION)
    assert "2 enfants à charge" in screens.read(TRIED)
    assert f"dans {screen} est compté" in screens.read(TRIED)
    other = PATHS if path == PLACES else PLACES
    if other == PATHS:
        assert f"2 enfants, que vous avez indiqués dans {screen}." in screens.read(PATHS)
    else:
        screens.read(PLACES, "reponses", demande="rapprochement_conjoints")
        assert screens.field(PLACES, "enfant-2") == "05/10/2022"
    screens.read(PAY, "paie", naissances_enfants="")
    assert "2022" not in str(screens.guichet.carnets["voeux"].contenu)
    assert screens.field(PENSION, "enfants_nombre") == ""


def test_p01_one_birth_changed_in_retraite_keeps_the_others_that_another_screen_told():
    screens = Screens()
    screens.read(PAY, "paie", naissances_enfants="17/02/2014 ; 05/10/2022")
    changed = {"enfant_1_naissance": "17/02/2014", "enfant_2_naissance": "06/10/2022"}
    screens.read(PENSION, "retraite", enfants_nombre="2", **changed)
    assert screens.field(PENSION, "enfant_1_naissance") == "17/02/2014"
    assert screens.field(PAY, "naissances_enfants") == "17/02/2014 ; 06/10/2022"


def test_p01_a_child_changed_among_the_wishes_leaves_the_others_of_the_paths():
    screens = Screens()
    born = {"enfant-1": "17/02/2014", "enfant-2": "05/10/2022"}
    screens.read(PATHS, "parcours_reponses", enfants="oui", **{"enfant-1": "17/02/2014"})
    screens.read(PATHS, "parcours_reponses", enfants="oui", **born)
    screens.read(PLACES, "reponses", demande="rapprochement_conjoints")
    changed = born | {"enfant-2": "07/10/2022"}
    screens.read(PLACES, "reponses", demande="rapprochement_conjoints", **changed)
    assert screens.field(PAY, "naissances_enfants") == "17/02/2014 ; 07/10/2022"


def test_p01_what_cannot_be_read_of_what_she_told_leaves_the_file():
    one = own(people.JEAN, pension={"enfants_a_charge": "beaucoup", "instituteur_mois": "x"})
    assert one.start == one.filed
    assert one.early is None
