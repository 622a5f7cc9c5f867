"""Concours on the screen: the list, one competition, its notes, its RAEP file, what follows."""

import re
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
import ui_people as people
from icalendar import Calendar
from test_sigles import unexplained
from ui_html import check
from ui_reasons import link_of, result_of

from iprof_kit.base.clock import PARIS
from iprof_kit.calculate.campaigns.question import EtapeVue, Habitude
from iprof_kit.calculate.paths.competitions import competitions, raep_file, service_of
from iprof_kit.cv.model import Cv
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.services.contract.cv import CvLu
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.siac import raep
from iprof_kit.ui.screens.siac.windows import windows

PATH, CAPES, AGREG = "/services/siac", "CAPES_INT", "AGREG_INT"
CAPET = "CAPET, concours interne"
CERTIFIE = people.JEAN.model_copy(
    update={
        "corps": "certifie", "libelle_corps": "Professeur certifié",
        "echelons": tuple(
            one.model_copy(update={"corps": "certifie"}) for one in people.JEAN.echelons
        ),
    }
)  # fmt: skip
GIVEN = {
    "id": "concours_2d_interne_2027", "service": "concours_2d_interne", "annee": 2027,
    "etapes": [
        {"etape": "inscription", "du": "2026-11-03", "au": "2026-12-01", "heure_au": "12:00",
         "source": "arrêté d’essai", "confiance": "A"},
        {"etape": "dossier_raep", "au": "2026-12-11", "source": "arrêté d’essai", "confiance": "A"},
    ],
}  # fmt: skip


def plain(words):
    return " ".join(words.replace("\u00a0", " ").split())


def at(day, hour=12, minute=0):
    return datetime(2026, *day, hour, minute, tzinfo=PARIS)


class Guichet(people.FakeGuichet):
    """A guichet whose CV has two lines, and whose academy may have given a session."""

    def __init__(self, dossier=people.JEAN, given=(), moment=None):
        super().__init__(dossier)
        self.services["ajoutees"] = given
        self.services["lu_a"] = moment or at((11, 25))

    def ask(self, op, **args):
        if op == "cv":
            line = Fonction(id="f1", intitule="Coordination REP", debut="2019-09", fin="2023-08")
            cv = Cv()
            facts = cv.faits.model_copy(update={"fonctions": (line,)})
            kept = cv.model_copy(update={"faits": facts})
            return CvLu(cv=kept.model_dump(mode="json"), revision=1)
        return super().ask(op, **args)


def device(guichet):
    return Portal(lambda: guichet, people.answer)


def opened(portal, query="", path=PATH):
    return check(portal.handle({"kind": "route", "path": path, "query": query}))


def sent(portal, name, values=None):
    message = {"kind": "intent", "name": name, "values": values or {}, "path": PATH}
    return portal.handle(message)


def seen(page):
    return plain(page.text)


@pytest.fixture
def guichet():
    return Guichet()


@pytest.fixture
def capes(guichet):
    portal = device(guichet)
    opened(portal, f"?concours={CAPES}")
    return portal


def test_what_is_open_comes_first_each_with_its_answer_in_the_line(guichet):
    page = opened(device(guichet))
    assert "Aucune inscription 2027 ouverte n’est connue de ce kit" in seen(page)
    hrefs = [a.get("href") for a in page.all("a") if PATH + "?" in (a.get("href") or "")]
    assert hrefs.index(f"{PATH}?concours={CAPES}") < hrefs.index(f"{PATH}?concours={AGREG}")
    assert "vérifiez maintenant dans Cyclades" in seen(page)
    # A professeur des écoles has the corps to which the CRPE leads.
    assert "Vous appartenez déjà à ce corps" in seen(page)


@pytest.mark.parametrize("code", list({service_of(one): one for one in competitions()}.values()))
@pytest.mark.parametrize("person", [people.JEAN, people.SANS_CORPS], ids=["corps", "contract"])
def test_every_competition_is_a_whole_screen_for_everybody(code, person):
    portal, asked = device(Guichet(person)), {"kind": "route", "path": PATH}
    answered = portal.handle({**asked, "query": f"?concours={code}"})
    assert "Vos conditions, une par une" in seen(check(answered))
    assert "{" not in check(answered).text
    assert list(unexplained(answered.html)) == []


def test_a_contract_agent_is_told_what_she_must_say_and_no_way_to_another_corps():
    portal = device(Guichet(people.SANS_CORPS))
    shown = opened(portal)
    assert "dépendent de ce que vous direz" in seen(shown)
    assert f"{PATH}?concours={CAPES}" in [a.get("href") for a in shown.all("a")]
    page = opened(portal, f"?concours={CAPES}")
    assert "à préciser par vous" in seen(page)
    assert not [a for a in page.all("a") if "et-si" in (a.get("href") or "")]


def test_what_is_told_here_opens_the_competition_and_counts_in_other_paths_too():
    guichet = Guichet(people.SANS_CORPS)
    portal = device(guichet)
    assert "dépendent de ce que vous direz" in seen(opened(portal, f"?concours={CAPES}"))
    answers = {"niveau_diplome": "6", "services-services_publics": "4", "pirate": "x"}
    page = check(sent(portal, "concours_preciser", answers))
    assert "Vous remplissez les conditions connues" in seen(page)
    kept = guichet.carnets["voeux"].contenu["parcours"]["reponses"]
    assert kept == {"niveau_diplome": "6", "services-services_publics": "4"}
    others = opened(device(guichet), path="/perspectives/autres-parcours")
    assert "2 réponses" in seen(others)


def test_an_answer_that_cannot_be_read_is_said_and_stays_typed():
    portal = device(Guichet(people.SANS_CORPS))
    opened(portal, f"?concours={CAPES}")
    page = check(sent(portal, "concours_preciser", {"services-services_publics": "beaucoup"}))
    assert "beaucoup" in [one.get("value") for one in page.all("input")]
    assert [one["name"] for one in page.all("input") if one.get("aria-invalid")] == [
        "services-services_publics"
    ]


def test_the_reason_of_a_competition_is_calculated_when_it_is_opened():
    portal = device(Guichet(CERTIFIE))
    page = opened(portal, f"?concours={AGREG}")
    asked = f'data-of="{AGREG}"'
    assert "La raison se calcule…" in page.text
    shown = sent(portal, "pourquoi", {"of": AGREG})
    assert asked not in shown.html  # the reasons of its dates still wait to be opened
    assert "Donc" in check(shown).text


def test_the_reason_of_a_date_is_calculated_when_it_is_opened_and_no_other():
    portal = device(Guichet(CERTIFIE))
    html = portal.handle({"path": PATH, "kind": "route", "query": f"?concours={AGREG}"}).html
    first, *others = re.findall(r'data-of="([^"]+\.dates\.[^"]+)"', html)
    shown = sent(portal, "pourquoi", {"of": first}).html
    assert f'data-of="{first}"' not in shown
    assert result_of(shown, f"pourquoi-{first.replace('.', '-')}")
    assert [one for one in others if f'data-of="{one}"' in shown] == others


def test_an_unknown_competition_shows_the_list_and_says_so(guichet):
    for named in ("concours=PIRATE", "campagne=pirate_2027", "campagne=interdepartemental_1d_2027"):
        query = f"?{named}"
        assert "Ce concours n’est pas connu de ce kit" in seen(opened(device(guichet), query))


def test_a_session_without_date_shows_past_weeks_and_announces_nothing(capes):
    page = opened(capes, f"?concours={CAPES}")
    assert "Les années passées : du 18 septembre au 2 décembre, campagnes 2025 à 2026" in seen(page)
    assert "date inconnue de ce kit" in seen(page)
    assert "à la session 2028" not in seen(page)


def test_a_past_session_shows_the_dates_that_were_published(capes):
    # vousnousils, 13 November 2025: from 18 September, prolonged until 2 December 2025.
    page = opened(capes, f"?concours={CAPES}&session=2026")
    assert "La session 2026 est close." in seen(page)
    assert "Étapes de la session 2026" in seen(page)
    assert "du 18 septembre au 2 décembre 2025, close" in seen(page)


def test_a_deadline_that_an_academy_gave_ends_at_its_hour():
    for moment, words in (
        (at((12, 1), 11, 59), "Inscriptions 2027 du 3 novembre au 1er décembre 2026."),
        (at((12, 1), 12, 0), "Inscriptions 2027 du 3 novembre au 1er décembre 2026, closes."),
    ):
        page = opened(device(Guichet(given=(GIVEN,), moment=moment)), f"?concours={CAPES}")
        assert words in seen(page)


def test_who_prepares_a_competition_finds_it_in_her_campaigns_and_her_agenda():
    guichet = Guichet(given=(GIVEN,))
    portal = device(guichet)
    assert "Concours internes du second degré" not in opened(portal, path="/services").text
    opened(portal, f"?concours={CAPES}")
    page = check(sent(portal, "concours_suivre"))
    assert "Ne plus suivre ce concours" in page.text
    assert "Enregistré dans ce kit le 25 novembre 2026" in seen(page)
    other = device(guichet)
    assert "Concours internes du second degré" in opened(other, path="/services").text
    home = opened(other, path="/accueil")
    assert "concours internes du second degré" in home.text.lower()
    answered = other.handle(
        {"kind": "intent", "name": "dates_ics", "values": {}, "path": "/accueil"}
    )
    events = Calendar.from_ical(answered.download.content).walk("VEVENT")
    registration = next(one for one in events if "inscription, dernier jour" in one["summary"])
    before = [-one["trigger"].dt for one in registration.walk("VALARM")]
    assert registration["dtstart"].dt == datetime(2026, 12, 1, 12, tzinfo=PARIS)
    assert before == [timedelta(days=7), timedelta(days=2), timedelta(hours=2)]


def test_who_no_longer_follows_it_keeps_what_she_wrote(capes, guichet):
    sent(capes, "raep_ecrire", {"raep.parcours": "Mes classes"})
    sent(capes, "concours_suivre")
    page = check(sent(capes, "concours_laisser"))
    assert "Je prépare ce concours" in page.text
    assert "Mes classes" in opened(device(guichet), f"?concours={CAPES}").text


def test_the_raep_file_is_kept_counted_and_given_as_a_pdf(capes, guichet):
    page = check(sent(capes, "raep_ecrire", {"raep.parcours": "Deux mots", "raep.pirate": "x"}))
    assert "2 mots, 1 page" in seen(page)
    answered = sent(capes, "raep_pdf")
    assert answered.download.content.startswith(b"%PDF")
    kept = guichet.carnets["concours"].contenu["dossiers"][CAPES]
    assert kept == {"parcours": "Deux mots"}


def test_a_file_with_nothing_in_it_is_not_given(capes):
    answered = sent(capes, "raep_pdf")
    assert answered.download is None
    assert "ce dossier est vide" in plain(check(answered).text).lower()


def test_a_part_that_is_too_long_is_said_with_its_limit():
    # Arrêté of 19 April 2013, annexe: two pages at most for the first part.
    long = "Une responsabilité confiée dans mon établissement. " * 350
    view = raep.raep_view(
        raep_file(CAPES, people.TODAY), {"parcours": long}, people.JEAN, people.TODAY
    )
    first, second = view.parts
    assert "2 au plus. Raccourcissez-la." in first.too_long
    assert second.too_long == ""


def test_a_line_of_the_cv_is_added_under_what_is_written(capes, guichet):
    sent(capes, "raep_ecrire", {"raep.parcours": "Avant."})
    sent(capes, "raep_depuis_cv", {"of": "f1"})
    sent(capes, "raep_depuis_cv", {"of": "pirate"})
    kept = guichet.carnets["concours"].contenu["dossiers"][CAPES]["parcours"]
    assert kept.startswith("Avant.\n")
    assert kept.endswith("Coordination REP")


def test_an_agregation_has_no_raep_file(guichet):
    assert "Votre dossier RAEP" not in opened(device(guichet), f"?concours={AGREG}").text


def test_a_result_is_noted_with_its_receipt_and_becomes_the_answer(capes, guichet):
    values = {"etape": "resultats", "issue": "Admis", "le": "2026-11-20", "texte": ""}
    page = check(sent(capes, "resultat_note", values))
    assert "Reçu n°" in seen(page)
    assert "Votre note : fait le 20 novembre 2026 : Admis." in seen(page)
    assert "jusqu’au 21 janvier 2027" in seen(page)  # two clear months, as in Demandes
    assert guichet.services["notes"][0].campagne == "concours_2d_interne_2027"


def test_the_last_day_of_a_recours_says_why_when_it_is_opened(capes):
    sent(capes, "resultat_note", {"etape": "resultats", "issue": "Admis", "le": "2026-11-20"})
    html = sent(capes, "pourquoi", {"of": "concours_2d_interne_2027.recours.0"}).html
    check(html)
    opened_reason = "pourquoi-concours_2d_interne_2027-recours-0"
    assert result_of(html, opened_reason) in link_of(html, opened_reason)


def test_a_day_that_cannot_be_is_said_and_what_was_typed_stays(capes):
    values = {"etape": "inscription", "le": "31/02/2026", "texte": "n° 42"}
    page = check(sent(capes, "etape_faite", values))
    assert "n’est pas un jour du calendrier" in seen(page)
    assert "n° 42" in [one.get("value") for one in page.all("input")]


def test_papers_that_are_ready_stay_so(capes, guichet):
    sent(capes, "concours_pieces", {"piece.recapitulatif": "oui", "piece.liste_pieces": ""})
    kept = guichet.carnets["concours"].contenu["pieces"][CAPES]
    assert kept == {"recapitulatif": "oui"}


def test_two_tabs_lose_nothing_and_let_choose(guichet):
    first, second = device(guichet), device(guichet)
    for portal in (first, second):
        opened(portal, f"?concours={CAPES}")
    sent(first, "raep_ecrire", {"raep.parcours": "Ici"})
    page = check(sent(second, "raep_ecrire", {"raep.parcours": "Ailleurs"}))
    assert "Rien n’a été écrasé" in seen(page)
    assert "Ici" in page.text


def test_the_change_of_corps_is_tried_where_a_rule_places_her():
    portal = device(Guichet(CERTIFIE))
    page = opened(portal, f"?concours={AGREG}")
    link = next(a.get("href") for a in page.all("a") if "et-si?" in (a.get("href") or ""))
    assert link == "/perspectives/et-si?corps=agrege&le=2027-09-01"
    form = opened(portal, "?corps=agrege&le=2027-09-01", path="/perspectives/et-si")
    assert "01/09/2027" in [one.get("value") for one in form.all("input")]
    assert (
        'value="agrege" selected'
        in portal.handle(
            {"kind": "route", "path": "/perspectives/et-si", "query": "?corps=agrege&le=2027-09-01"}
        ).html
    )


def test_no_rule_places_a_professeur_des_ecoles_among_the_certified(guichet):
    page = opened(device(guichet), f"?concours={CAPES}")
    assert "demandez-lui une simulation" in seen(page)


@pytest.mark.parametrize("query", ["?corps=pirate&le=2027-09-01", "?corps=agrege&le=demain"])
def test_an_address_that_names_no_change_of_corps_opens_no_form(query):
    page = opened(device(Guichet(CERTIFIE)), query, path="/perspectives/et-si")
    assert "Corps d’accueil" not in page.text


def test_p28_each_window_is_drawn_with_its_days_and_a_past_one_is_hatched():
    today = date(2026, 11, 25)
    axis_only = windows([("X", "Concours", "sans date", "/x")], {}, today)
    assert axis_only is None
    step = EtapeVue(etape="inscription", titre="Inscription", etat="inconnue",
                    habitude=Habitude(du=date(2026, 10, 2), au=date(2026, 11, 6), annees=(2025,),
                                      vecues=(2024, 2024), ailleurs=False))  # fmt: skip
    known = SimpleNamespace(etapes=(step,))
    (lane,) = windows([("X", "Concours", "à vérifier", "/x")], {"X": known}, today).rows
    assert [one.look for one in lane.stretches] == ["usual", "usual"]
    assert "octobre" in lane.end
    dated = step.model_copy(update={"du": date(2026, 10, 1), "au": date(2026, 12, 1),
                                    "etat": "ouverte"})  # fmt: skip
    (lane,) = windows([("X", "Concours", "", "/x")], {"X": SimpleNamespace(etapes=(dated,))},
                      today).rows  # fmt: skip
    assert [one.look for one in lane.stretches] == ["now"]


def lanes_of_two(second):
    first_day, last_day = date(2026, 10, 6), date(2026, 12, 9)
    step = EtapeVue(etape="inscription", titre="", etat="ouverte", du=first_day, au=last_day)
    both = [(code, name, "à vérifier", "/x") for code, name in (("X", CAPET), ("Y", second))]
    known = SimpleNamespace(etapes=(step,))
    return windows(both, {"X": known, "Y": known}, date(2026, 11, 25)).rows


def test_p28_the_competitions_of_the_same_weeks_are_one_lane_that_names_them():
    (lane,) = lanes_of_two("CAPLP, concours interne")
    assert (lane.name, lane.small) == (CAPET, "et CAPLP : à vérifier")
    (lane,) = lanes_of_two("CAPET, troisième concours")
    assert lane.small == "et CAPET troisième concours : à vérifier"


def test_p28_one_answer_is_asked_under_the_figure_and_counts_where_it_was_given():
    guichet = Guichet(people.SANS_CORPS)
    portal = device(guichet)
    first = portal.handle({"kind": "route", "path": PATH}).html
    assert first.index('class="in-time"') < first.index("Une réponse manque")
    assert "Plus haut diplôme" in first
    page = check(sent(portal, "concours_preciser", {"niveau_diplome": "6"}))
    assert guichet.carnets["voeux"].contenu["parcours"]["reponses"] == {"niveau_diplome": "6"}
    question = seen(page).split("Une réponse manque : ")[1]
    assert not question.startswith("Plus haut diplôme")


def test_p28_years_that_cannot_be_read_are_refused_under_the_question_and_stay_typed():
    portal = device(Guichet(people.SANS_CORPS))
    opened(portal)
    sent(portal, "concours_preciser", {"niveau_diplome": "7"})
    page = check(sent(portal, "concours_preciser", {"services-services_publics": "douze"}))
    (field,) = [one for one in page.all("input") if one.get("aria-invalid")]
    assert (field["name"], field["value"]) == ("services-services_publics", "douze")
