"""Les services: the list, one campaign's page, what is noted, the score of SIAM line by line."""

from datetime import datetime, timedelta

import pytest
import ui_people as people
from icalendar import Calendar
from ui_reasons import link_of, result_of
from ui_visitor import Visitor

from iprof_kit.base.clock import PARIS
from iprof_kit.calculate.campaigns.question import EtapeVue, Habitude
from iprof_kit.calculate.interface.local_time import place_of
from iprof_kit.services.contract.carnet import CarnetLu
from iprof_kit.ui.screens.campaigns import taken_away, words
from iprof_kit.ui.screens.campaigns.acknowledgements import number
from iprof_kit.ui.shared.menu import places

LIST, PAGE = "/services", "/services/siam"
INTER = "interdepartemental_1d_2027"
GIVEN = {
    "id": INTER,
    "service": "interdepartemental_1d",
    "annee": 2027,
    "etapes": [
        {"etape": "saisie_voeux_siam", "du": "2026-11-04", "au": "2026-11-25", "heure_au": "12:00",
         "source": "note de service d’essai", "confiance": "A"},
        {"etape": "retour_confirmations_pieces", "du": "2026-11-26", "au": "2026-12-10",
         "source": "note de service d’essai", "confiance": "A"},
        {"etape": "correction_baremes", "du": "2027-01-13", "au": "2027-01-27",
         "source": "note de service d’essai", "confiance": "A"},
    ],
}  # fmt: skip


def plain(text):
    return text.replace("\u00a0", " ")


class Services(Visitor):
    path = LIST

    def __init__(self, query="", at=None, dossier=people.JEAN, given=(GIVEN,), carnets=None):
        guichet = people.FakeGuichet(dossier)
        guichet.services["ajoutees"] = given
        guichet.services["lu_a"] = at or datetime(2026, 11, 25, 11, 59, tzinfo=PARIS)
        guichet.carnets |= carnets or {}
        if query:
            self.path = PAGE
        self.query = query
        super().__init__(guichet=guichet)

    def shown(self, message):
        return super().shown({**message, "query": self.query})

    @property
    def seen(self):
        return plain(self.page.text)


@pytest.fixture
def wished():
    kept = {"1d": {"campagne": 2027, "voeux": ["69", "42"], "reponses": {}}}
    return {"voeux": CarnetLu(sujet="voeux", contenu=kept, revision=1)}


def test_without_a_date_the_list_hatches_past_weeks_and_says_to_look_now():
    screen = Services(given=())
    assert "Vérifiez maintenant dans SIAM." in screen.seen
    assert "Mouvement interdépartemental 2027 : aucune date n’est connue" in screen.seen
    assert "elles n’annoncent rien" in screen.seen
    assert 'class="q"' in screen.html
    assert 'class="o"' not in screen.html
    assert "du 5 au 29 novembre, campagnes 2024 à 2026" in screen.seen


TRAINING = {
    "id": "formation_1d_2027", "service": "formation_1d", "annee": 2027,
    "etapes": [{"etape": "inscription_1", "du": "2026-11-16", "au": "2026-12-11",
                "portee": "Clermont-Ferrand", "source": "essai", "confiance": "D"}],
}  # fmt: skip


def test_a_date_that_is_known_is_the_next_one_even_of_a_chosen_act():
    seen = Services(given=(TRAINING,)).seen
    assert "Prochaine échéance, formation continue" in seen
    assert "au 11 décembre 2026" in seen
    assert "aucune date publiée ici" not in seen


def test_the_dates_of_another_academy_are_not_said_to_come_from_hers():
    there = people.JEAN.model_copy(update={"departement": "974", "academie": "28"})
    assert "votre académie" in Services(given=(TRAINING,)).seen
    assert "votre académie" not in Services(given=(TRAINING,), dossier=there).seen


def test_the_page_of_a_movement_opens_on_a_movement_whatever_else_is_open():
    screen = Services("sans=campagne", given=(TRAINING,))
    assert "Mouvement interdépartemental 2027" in screen.seen
    assert "Formation continue 2027" not in screen.seen


def test_a_stair_without_dates_shows_the_weeks_of_its_last_step_as_it_does_with_dates():
    # mouvement_calendrier.csv: sent at the end of November, due on 11 to 14 December
    stairs = Services(f"campagne={INTER}", given=()).html.partition('class="path"')[2]
    signed = plain(stairs.partition("Demande signée")[2].partition("</li>")[0])
    assert "du 11 au 14 décembre" in signed


def test_the_next_act_with_its_day_is_what_the_list_says_first():
    screen = Services()
    assert (
        "Saisir et ordonner vos vœux d’ici au 25 novembre 2026, 12 h, heure de Paris."
        in screen.seen
    )
    assert "12 h, heure de Paris" in screen.seen
    after = Services(at=datetime(2026, 11, 26, tzinfo=PARIS))
    assert "Renvoyer la demande signée et les pièces d’ici au 10 décembre 2026." in after.seen


def test_a_teacher_of_reunion_reads_her_own_hour_too():
    there = people.JEAN.model_copy(update={"departement": "974", "academie": "28"})
    assert "12 h, heure de Paris (15 h à La Réunion)" in Services(dossier=there).seen


def test_a_day_without_an_hour_is_told_overseas_as_it_ends_in_paris():
    step = EtapeVue(
        etape="x", titre="x", etat="ouverte", au="2026-12-10",
        fermeture=datetime(2026, 12, 11, tzinfo=PARIS),
    )  # fmt: skip
    assert plain(words.end_hour(step, place_of("987"))) == (
        "fin du jour à Paris, 13 h en Polynésie française (Tahiti)"
    )
    assert words.end_hour(step, None) == ""


def test_who_has_no_movement_is_told_where_to_go_instead():
    screen = Services(dossier=people.JEAN.model_copy(update={"corps": None, "echelons": ()}))
    assert "Aucune campagne de mouvement pour votre situation." in screen.seen
    assert "ceux des corps d’enseignants" not in screen.seen  # a chaire supérieure is one


@pytest.mark.parametrize("dossier", [people.JEAN, people.JEAN.model_copy(update={"corps": None})])
def test_the_list_names_no_service_that_a_tab_above_it_names(dossier):
    linked = [one["href"] for one in Services(dossier=dossier).page.all("a")]
    tabs = [tab.path for tab in places()[LIST].tabs]
    meetings = 1 if dossier.corps else 0  # whoever has no corps has no rendez-vous
    of_a_corps = {tab.path for tab in places()[LIST].tabs if tab.of_a_corps}
    expected = [meetings if path in of_a_corps else 1 for path in tabs]
    assert [linked.count(path) for path in tabs] == expected


def test_an_unknown_campaign_leads_to_those_that_are_known():
    screen = Services("?campagne=inter_2031")
    assert "Cette campagne n’est pas connue de ce kit." in screen.seen
    assert "Mouvement interdépartemental" in screen.seen


@pytest.mark.parametrize(
    ("hour", "open_"), [("11:59", "oui"), ("12:00", "non")], ids=["before noon", "at noon"]
)
def test_after_a_closing_the_page_says_what_remains_possible(hour, open_):
    at = datetime.fromisoformat(f"2026-11-25T{hour}").replace(tzinfo=PARIS)
    seen = Services(f"?campagne={INTER}", at=at).seen
    until = "jusqu’au" if open_ == "oui" else "depuis le"
    assert f"Ordre des vœux{open_}, {until} 25 novembre 2026, 12 h" in seen.replace("\n", "")
    assert "Annuler la participationaucune date connue" in seen.replace("\n", "")


def test_a_past_campaign_is_shown_as_it_was_published():
    seen = Services("?campagne=interdepartemental_1d_2026").seen
    assert "Cette campagne de la rentrée 2026 est close." in seen
    assert "du 5 au 26 novembre 2025, 12 h, heure de Paris" in seen


def test_what_is_done_is_noted_with_a_receipt_and_can_be_taken_away():
    screen = Services(f"?campagne={INTER}")
    screen.do("etape_faite", etape="saisie_voeux_siam", le="2026-11-24", texte="accusé n° 12")
    assert "Reçu n° 1, 25 novembre 2026 à 11 h 59, heure de Paris." in screen.seen
    assert "fait le 24 novembre 2026 : accusé n° 12" in screen.seen
    screen.do("note_retirer", of=screen.guichet.services["notes"][0].id)
    assert "Note retirée." in screen.seen
    assert "accusé n° 12" not in screen.seen


@pytest.mark.parametrize("day", ["2026-11-26", "31/11/2026", "hier"])
def test_a_day_that_cannot_be_is_refused_beside_the_form_which_keeps_its_words(day):
    screen = Services(f"?campagne={INTER}")
    screen.do("etape_faite", etape="saisie_voeux_siam", le=day, texte="accusé n° 12")
    assert screen.guichet.services["notes"] == []
    assert 'value="accusé n° 12"' in plain(screen.html)
    assert 'role="alert"' in screen.html


def test_an_attempt_on_a_site_that_is_down_is_dated_by_the_server():
    screen = Services(f"?campagne={INTER}")
    screen.do("essai_note", etape="saisie_voeux_siam", texte="erreur 503")
    (note,) = screen.guichet.services["notes"]
    assert (note.nature, note.etape, note.texte) == ("essai", "saisie_voeux_siam", "erreur 503")
    assert "1 essai noté" in screen.seen
    assert 'value="erreur 503"' not in screen.html


def test_an_attempt_is_of_the_step_that_is_open_unless_another_is_chosen():
    there = Services(f"?campagne={INTER}", at=datetime(2026, 12, 1, 12, tzinfo=PARIS))
    chosen = there.html.partition('id="essai-etape"')[2].partition("selected")[0]
    assert chosen.rpartition('value="')[2].partition('"')[0] == "retour_confirmations_pieces"


def test_a_long_list_may_be_narrowed_to_a_state_and_a_short_one_is_not():
    screen = Services()

    def table():
        links = [one["href"] for one in screen.page.all("a") if "?campagne=" in one["href"]]
        return {one.rpartition("=")[2] for one in links} & {INTER, "pop_1d_2027"}

    assert len(table()) == 2
    screen.do("services_etat", etat="ouverte")
    assert table() == {INTER}
    screen.do("services_etat", etat="<b>")
    assert len(table()) == 2
    past = Services(given=(), at=datetime(2025, 11, 20, 12, tzinfo=PARIS))
    assert 'name="etat"' not in past.html


def test_without_a_name_the_page_of_a_movement_is_that_of_a_movement():
    """Open trainings come first in the list: they are no movement."""
    training = {
        "id": "formation_1d_2027", "service": "formation_1d", "annee": 2027,
        "etapes": [{"etape": "inscription_1", "du": "2026-11-16", "au": "2026-12-11",
                    "portee": "Clermont-Ferrand", "source": "essai", "confiance": "A"}],
    }  # fmt: skip
    assert "<h1>Mouvement" in Services("?", given=(training,)).html


APPEAL = "recours_mutation"


def of_appeal(screen):
    """Return what the request of appeal holds of the person."""
    kept = screen.guichet.carnets.get("demandes")
    return kept.contenu.get(APPEAL) if kept else None


@pytest.mark.parametrize("outcome", ["Pas satisfaction", "Autre affectation"])
def test_a_result_that_refuses_gives_each_last_day_and_fills_the_letters(outcome):
    screen = Services(f"?campagne={INTER}")
    assert "lettres et délais, comptés depuis le résultat noté" in screen.seen
    assert "Vos recours" not in screen.seen
    screen.do("resultat_note", etape="resultats", issue=outcome, le="2026-11-20")
    assert "Le jour noté ouvre le délai des recours." in screen.seen
    # CJA, R421-1: two clear months from 20 November end on 21 January
    for way in ("Recours administratif", "Tribunal administratif"):
        assert f"{way}jusqu’au 21 janvier 2027" in screen.seen.replace("\n", "")
    assert f"/services/demandes?demande={APPEAL}" in screen.html
    assert of_appeal(screen) == {"publication": "20/11/2026"}


def test_each_last_day_of_an_appeal_says_why_when_it_is_opened():
    screen = Services(f"?campagne={INTER}")
    screen.do("resultat_note", etape="resultats", issue="Pas satisfaction", le="2026-11-20")
    screen.do("pourquoi", of=f"{APPEAL}.juge")
    opened = f"pourquoi-{APPEAL}-juge"
    assert result_of(screen.html, opened) == "21 janvier 2027"
    assert link_of(screen.html, opened).endswith("jusqu’au 21 janvier 2027")
    assert f'data-of="{APPEAL}.administratif"' in screen.html  # the other one waits


def test_the_dates_of_a_step_say_why_when_they_are_opened():
    screen = Services(f"?campagne={INTER}")
    screen.do("pourquoi", of=f"{INTER}.dates.saisie_voeux_siam")
    opened = f"pourquoi-{INTER}-dates-saisie_voeux_siam"
    assert link_of(screen.html, opened).endswith(result_of(screen.html, opened))
    assert "note de service d’essai" in screen.seen
    assert f'data-of="{INTER}.dates.correction_baremes"' in screen.html  # the others wait


def test_a_result_that_satisfies_opens_no_appeal():
    screen = Services(f"?campagne={INTER}")
    screen.do("resultat_note", etape="resultats", issue="Satisfaction", le="2026-11-20")
    assert "Vos recours" not in screen.seen
    assert of_appeal(screen) is None


def test_a_later_result_takes_the_day_unless_an_appeal_has_begun():
    screen = Services(f"?campagne={INTER}")
    for day in ("2026-11-19", "2026-11-20"):
        screen.do("resultat_note", etape="resultats", issue="Pas satisfaction", le=day)
    assert of_appeal(screen) == {"publication": "20/11/2026"}
    begun = {APPEAL: {"publication": "13/06/2026", "lettre.gracieux.texte": "Mes mots."}}
    kept = {"demandes": CarnetLu(sujet="demandes", contenu=begun, revision=1)}
    other = Services(f"?campagne={INTER}", carnets=kept)
    other.do("resultat_note", etape="resultats", issue="Pas satisfaction", le="2026-11-20")
    assert of_appeal(other) == begun[APPEAL]
    assert "Les lettres gardent le jour d’un recours déjà commencé" in other.seen
    assert "Reçu n° 1" in other.seen


def test_the_score_of_siam_is_compared_line_by_line(wished):
    screen = Services(f"?campagne={INTER}", carnets=wished)
    assert "Recopiez chaque ligne affichée dans SIAM" in screen.seen
    assert "Échelon" in screen.seen
    fields = sorted(set(_fields(screen.html)))
    assert len(fields) >= 2
    first = next(one for one in fields if ".echelon." in one)
    own = {one: _own(screen.html, one) for one in fields}
    screen.do("bareme_siam", **{**own, first: "30"})
    gap = float(own[first].replace(",", ".")) - 30
    assert f"SIAM affiche {gap:g} points de moins que votre préparation." in screen.seen
    assert "À contester : échelon" in screen.seen


def test_what_is_no_number_of_points_is_said_beside_its_line(wished):
    screen = Services(f"?campagne={INTER}", carnets=wished)
    first = next(one for one in _fields(screen.html) if ".echelon." in one)
    screen.do("bareme_siam", **{first: "beaucoup"})
    assert "Écrivez un nombre de points" in screen.seen
    assert 'value="beaucoup"' in screen.html


@pytest.mark.parametrize(
    ("typed", "read"), [("36", 36), ("0,1", 0.1), ("1 000", 1000), ("-3", None), ("nan", None),
                        ("1e9", None), ("", None)]
)  # fmt: skip
def test_points_are_read_as_people_write_them(typed, read):
    assert number(typed) == read


def test_p16_the_letter_names_each_line_its_text_its_papers_and_its_last_day(wished, monkeypatch):
    bodies = []
    real = taken_away.body
    monkeypatch.setattr(taken_away, "body", lambda *a: bodies.append(real(*a)) or bodies[-1])
    screen = Services(f"?campagne={INTER}", carnets=wished)
    screen.do("lettre_bareme")
    assert "aucune ligne ne diffère" in screen.seen.lower()
    own = {one: _own(screen.html, one) for one in _fields(screen.html)}
    first = next(one for one in own if ".echelon." in one)
    screen.do("bareme_siam", **{**own, first: "30"})
    answered = screen.portal.handle(
        {"kind": "intent", "name": "lettre_bareme", "values": {}, "changed": "", "path": PAGE}
    )
    assert answered.download.content.startswith(b"%PDF")
    seen = plain(bodies[-1])
    assert "- Échelon : 30 affiché" in seen
    assert "article L216-1" in seen
    assert "syndicale de mon choix" in seen
    # p16: its papers under the numbers of the screen, and its last day
    assert "Pièces jointes :\n[1. demande signée : à joindre, ou à retirer d’ici]" in seen
    assert "dans le délai ouvert jusqu’au 27 janvier 2027." in seen


def test_papers_are_numbered_by_wish_and_none_is_about_health(wished):
    screen = Services(f"?campagne={INTER}", carnets=wished)
    assert "pièce 1 à joindre" in screen.seen
    screen.do("pieces_pretes", **{"2027.piece.demande": "oui"})
    assert "pièce 1 à joindre" not in screen.seen
    assert "handicap" not in screen.html.lower().replace("handicap, santé", "")


def test_nothing_is_ever_said_of_a_chance(wished):
    seen = Services(f"?campagne={INTER}", carnets=wished).seen.lower()
    assert "chance" not in seen
    assert "probabilité" not in seen
    assert "vous serez" not in seen


def test_an_end_within_seven_days_is_recalled_on_accueil_and_in_the_agenda():
    class Home(Services):
        path = "/accueil"

    home = Home()
    assert (
        "Dernier jour, 12 h, heure de Paris : saisir et ordonner vos vœux, mouvement" in home.seen
    )
    far = Home(at=datetime(2026, 11, 17, 12, tzinfo=PARIS))
    assert "Plus que 8 jours" not in far.seen
    content = home.portal.handle(
        {"kind": "intent", "name": "dates_ics", "values": {}, "changed": "", "path": "/accueil"}
    ).download.content
    events = [one for one in Calendar.from_ical(content).walk("VEVENT")
              if "saisie des vœux" in one["summary"]]  # fmt: skip
    before = [[-alarm["trigger"].dt for alarm in one.walk("VALARM")] for one in events]
    assert before == [[timedelta(days=7), timedelta(days=2), timedelta(hours=2)]]


def test_weeks_of_past_years_say_whose_they_are():
    seen = {"annees": (2024,), "vecues": (2024, 2024)}
    usual = Habitude(du="2027-03-28", au="2027-04-15", ailleurs=True, **seen)
    assert words.weeks(usual) == "du 28 mars au 15 avril, ailleurs, en 2024"


def _fields(html):
    return [part.partition('"')[0] for part in html.split('name="')[1:] if part[:8] != "2027.pie"
            and part[:5] == "2027."]  # fmt: skip


def _own(html, field):
    row = html.partition(f'name="{field}"')[0].rpartition("<tr")[2]
    return row.partition("<td>")[2].partition("</td>")[0]
