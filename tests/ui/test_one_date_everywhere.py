"""A date of a campaign is the same in Les services, on Accueil, in the agenda and in the guide."""

from datetime import date, datetime

import pytest
import ui_people as people
from icalendar import Calendar
from ui_html import check

from iprof_kit.base.clock import PARIS, paris
from iprof_kit.calculate import ask
from iprof_kit.calculate.campaigns.movement import with_given
from iprof_kit.calculate.mobility.dates import movement_dates
from iprof_kit.ui.agenda.campaign_ends import campaign_ends
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.campaigns import words

TRAINING = {
    "id": "formation_1d_2027", "service": "formation_1d", "annee": 2027,
    "etapes": [{"etape": "inscription_1", "du": "2027-01-11", "au": "2027-01-22",
                "heure_au": "17:00", "source": "circulaire d’essai", "confiance": "B"}],
}  # fmt: skip
LIST = {
    "id": "liste_directeurs_2027", "service": "liste_directeurs", "annee": 2027,
    "etapes": [{"etape": "candidature", "du": "2027-01-04", "au": "2027-01-29",
                "source": "circulaire d’essai", "confiance": "B"}],
}  # fmt: skip
NOW = datetime(2027, 1, 12, 9, tzinfo=PARIS)


def plain(said):
    return " ".join(said.replace("\u00a0", " ").split())


class Guichet(people.FakeGuichet):
    def __init__(self, *given, at=NOW, dossier=people.JEAN):
        super().__init__(dossier)
        self.services["ajoutees"] = given
        self.services["lu_a"] = at
        self.at = at

    def ask(self, op, **args):
        answer = super().ask(op, **args)
        today = {"aujourdhui": paris(self.at).date()}
        return answer.model_copy(update=today) if op == "session.qui" else answer


def teacher(corps, label):
    """Jean Dupont in another corps."""
    line = people.JEAN.echelons[-1].model_copy(update={"corps": corps})
    more = {"corps": corps, "libelle_corps": label, "echelons": (line,)}
    return people.JEAN.model_copy(update=more)


def opened(guichet, path, query=""):
    portal = Portal(lambda: guichet, people.answer)
    return check(portal.handle({"kind": "route", "path": path, "query": query})), portal


def agenda(guichet):
    portal = Portal(lambda: guichet, people.answer)
    portal.handle({"kind": "route", "path": "/accueil"})
    sent = {"kind": "intent", "name": "dates_ics", "values": {}, "path": "/accueil"}
    return Calendar.from_ical(portal.handle(sent).download.content).walk("VEVENT")


def test_p24_what_services_counts_to_is_on_the_first_screen_and_in_the_file_it_promises():
    guichet = Guichet(TRAINING, LIST)
    services, _ = opened(guichet, "/services")
    assert "22 janvier 2027" in plain(services.text)
    home, _ = opened(guichet, "/accueil")
    assert "22 janv. 2027" in plain(home.text)
    found = {one["dtstart"].dt: plain(str(one["summary"])) for one in agenda(guichet)}
    at_the_hour = datetime(2027, 1, 22, 17, tzinfo=PARIS)
    assert "17 h, heure de Paris" in found[at_the_hour]
    assert date(2027, 1, 29) in found  # no hour is known: a whole day


@pytest.mark.parametrize("corps", ["pe", "certifie", "agrege", "cpe", "psyen"])
@pytest.mark.parametrize(
    "at", ["2023-11-20", "2024-11-15", "2025-11-10", "2026-01-20", "2026-12-01"]
)
def test_p24_every_end_of_every_campaign_is_among_the_dates_that_come(corps, at):
    moment = datetime.fromisoformat(at).replace(hour=8, tzinfo=PARIS)
    for departement, academie in (("063", "06"), ("069", "10"), ("078", "25"), ("974", "28")):
        asked = {"corps": corps, "instant": moment, "departement": departement,
                 "academie": academie, "concours": ("AGREG_INT", "CAPES_INT")}  # fmt: skip
        campaigns = ask("campagnes", asked).campagnes
        movement = movement_dates(corps, departement, academie, moment.date())
        told = {one.closes for one in with_given(movement, campaigns).dates}
        told |= {one.day for one in campaign_ends(campaigns, None, moment.date())}
        for one in campaigns:
            for step in one.deadlines:
                assert step.au in told, (one.id, step.etape, departement)


def test_p24_the_weeks_of_one_past_session_carry_the_year_of_their_days():
    # arrêté of the session 2025: registrations from 1 October to 7 November 2024
    asked = {"corps": "certifie", "instant": "2026-12-01T10:00:00+01:00", "concours": ["AGREG_EXT"]}
    found = 0
    for campaign in ask("campagnes", asked).campagnes:
        for step in campaign.etapes:
            if step.habitude and len(step.habitude.annees) == 1:
                said, found = words.weeks(step.habitude), found + 1
                lived = "-".join(dict.fromkeys(map(str, step.habitude.vecues)))
                assert said.endswith(f"en {lived}")
    assert found > 2
    session = ask("campagnes", asked | {"concours": ["AGREG_EXT"]}).campagnes
    seen = {words.weeks(e.habitude) for one in session for e in one.etapes if e.habitude}
    assert "du 1er octobre au 7 novembre, en 2024" in map(plain, seen)


def test_p24_no_competition_is_said_open_while_no_window_is():
    page, _ = opened(Guichet(), "/services/siac")
    seen = plain(page.text)
    assert "Aucune inscription 2027 ouverte n’est connue de ce kit" in seen
    assert "vous sont ouverts" not in seen
    assert "0 connue" in seen
    assert "inscription ouverte" not in seen


def test_p24_a_window_that_is_known_open_is_counted_as_open():
    given = {
        "id": "concours_2d_interne_2027", "service": "concours_2d_interne", "annee": 2027,
        "etapes": [{"etape": "inscription", "du": "2027-01-05", "au": "2027-02-02",
                    "heure_au": "12:00", "source": "arrêté d’essai", "confiance": "A"}],
    }  # fmt: skip
    seen = plain(opened(Guichet(given), "/services/siac")[0].text)
    assert "inscription ouverte" in seen or "Aucune inscription 2027 ouverte" not in seen


DEGREES = pytest.mark.parametrize(
    ("corps", "label"), [("pe", "Professeur des écoles"), ("certifie", "Professeur certifié")]
)


@DEGREES
def test_p24_the_guide_gives_the_days_that_siam_gives(corps, label):
    person = teacher(corps, label)
    service = "interdepartemental_1d" if corps == "pe" else "interacademique_2d"
    guichet = Guichet(dossier=person)
    guide = plain(opened(guichet, "/guides/mutation")[0].text)
    siam = plain(opened(guichet, "/services/siam", f"?campagne={service}_2027")[0].text)
    campaigns = ask("campagnes", {"corps": corps, "instant": NOW, "departement": "063",
                                  "academie": "06", "annee": 2027}).campagnes  # fmt: skip
    steps = [e for one in campaigns if one.service == service for e in one.etapes]
    days = [plain(words.whole(e)) for e in steps if e.habitude or e.du or e.au]
    assert len(days) > 2
    for one in days:
        assert one in guide
        assert one in siam


@DEGREES
def test_p24_the_guide_has_the_value_of_the_points(corps, label):
    # mouvement_interdepartemental_1d.csv and mouvement_interacademique_2d.csv, campaign 2027
    seen = plain(opened(Guichet(dossier=teacher(corps, label)), "/guides/mutation")[0].text)
    first = (("Séparationau-delà, le plus haut", "450"), ("REP+ ou politique de la ville", "90"))
    second = (("Rapprochement de conjointsforfait", "150,2"), ("prioritaireREP+", "400"))
    for case, points in first if corps == "pe" else second:
        after = seen.partition(case)[2][:30]
        assert points in after, case
