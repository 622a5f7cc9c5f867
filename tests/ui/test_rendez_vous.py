"""Rendez-vous de carrière: whom it concerns, each deadline on its two sides, what is kept."""

import io
import re
from datetime import date

import pytest
import ui_people as people
from icalendar import Calendar
from pypdf import PdfReader
from ui_reasons import link_of, result_of
from ui_visitor import Visitor

from iprof_kit.base.errors import Unavailable
from iprof_kit.calculate.career.rendez_vous.question import Delai
from iprof_kit.services.contract.dossier import EchelonTenu, RendezVous
from iprof_kit.ui.screens.rendez_vous.due import gaps
from iprof_kit.ui.screens.rendez_vous.entry import Entry
from iprof_kit.ui.screens.rendez_vous.procedure import BETWEEN, NOTICE, Facts

PATH = "/services/rendez-vous"
FLUENT = {
    "notification": "03/11/2026", "entretien": "24/11/2026", "second": "10/12/2026",
}  # fmt: skip
APPEALED = {
    "compte_rendu": "10/03/2027", "notifiee": "15/09/2027", "appreciation": "satisfaisant",
}  # fmt: skip


class Guichet(people.FakeGuichet):
    """The same guichet, on a day of its own."""

    def __init__(self, dossier, today):
        super().__init__(dossier)
        self.today = today

    def ask(self, op, **args):
        answer = super().ask(op, **args)
        return (
            answer.model_copy(update={"aujourdhui": self.today}) if op == "session.qui" else answer
        )


class Screen(Visitor):
    path = PATH

    def __init__(self, dossier, today=people.TODAY, guichet=None):
        super().__init__(guichet=guichet or Guichet(dossier, today))

    def on(self, today):
        self.guichet.today = today
        return self.shown({"kind": "route", "path": PATH})

    def given(self, name, **values):
        message = {"kind": "intent", "name": name, "values": values, "path": PATH}
        return self.portal.handle(message).download

    @property
    def lead(self):
        words = re.search(r'<p class="lead"[^>]*>(.*?)</p>', self.html, re.S)[1]
        return re.sub(r"<[^>]+>", "", words).replace("\u00a0", " ")

    @property
    def state(self):
        steps = re.findall(r'<li class="(done|on|next)"[^>]*>(?:<span.*?</span>)*<b>(.*?)</b>',
                           self.html)  # fmt: skip
        return {name: state for state, name in steps}


def person(corps, echelon, since, departement="063", meetings=(), **changes):
    """Return somebody of a corps who reached an échelon of the first grade on a day."""
    tenure = EchelonTenu(
        corps=corps, grade="classe_normale", echelon=echelon, date_effet=since,
        mode="anciennete", source="EPP", lu_le=people.READ,
    )  # fmt: skip
    return people.JEAN.model_copy(
        update={
            "corps": corps, "libelle_corps": "Corps", "departement": departement,
            "echelons": (tenure,), "positions": (), "rendez_vous": tuple(meetings), **changes,
        }
    )  # fmt: skip


SOPHIE = person("certifie", "8", date(2025, 9, 1))


@pytest.mark.parametrize(
    ("corps", "echelon", "since", "heading"),
    [
        # rendez_vous_carriere.csv (décret 90-680, art. 24 II ; snes.edu): 6e et 9e de septembre à
        # août, 8e de mars à février; the same for each corps
        ("pe", "6", date(2025, 9, 1), "Le premier, au 6e échelon, 2026-2027."),
        ("agrege", "6", date(2026, 9, 1), "Le premier, au 6e échelon, 2027-2028."),
        ("certifie", "8", date(2025, 3, 1), "Le deuxième, au 8e échelon, 2026-2027."),
        ("peps", "8", date(2026, 2, 28), "Le deuxième, au 8e échelon, 2026-2027."),
        ("plp", "8", date(2026, 3, 1), "Le deuxième, au 8e échelon, 2027-2028."),
        ("cpe", "9", date(2026, 8, 31), "Le troisième, au 9e échelon, 2026-2027."),
        ("psyen", "9", date(2026, 9, 1), "Le troisième, au 9e échelon, 2027-2028."),
    ],
)
def test_each_rendez_vous_of_each_corps_has_its_year(corps, echelon, since, heading):
    screen = Screen(person(corps, echelon, since))
    assert heading in screen.page.text.replace("\u00a0", " ")
    called = "Vous êtes concerné en 2026-2027" in screen.lead
    assert called is heading.endswith("2026-2027.")


def test_the_window_says_why_after_any_change_of_academy():
    screen = Screen(SOPHIE)
    assert "La raison se calcule" in screen.page.text
    page = screen.do("pourquoi", of="annee").text.replace("\u00a0", " ")
    assert "entre le 1er mars 2025 et le 28 février 2026" in page
    assert "Un changement d’académie, un congé ou un temps partiel n’y change rien" in page


@pytest.mark.parametrize(
    ("asked", "opened"),
    [("annee", "pourquoi"), ("effet", "effet"),
     *((f"delai-{name}", f"pourquoi-delai-{name}") for name in ("recours", "reponse", "cap"))],
)  # fmt: skip
def test_the_last_line_of_a_reason_is_what_its_link_says(asked, opened):
    screen = Screen(SOPHIE)
    screen.do("rdv_dates", **FLUENT, **APPEALED)
    screen.do("pourquoi", of=asked)
    assert link_of(screen.html, opened).endswith(result_of(screen.html, opened))


def test_a_reason_that_is_asked_of_nothing_changes_nothing():
    screen = Screen(SOPHIE)
    before = screen.html
    screen.do("pourquoi", of="delai-<script>")
    assert screen.html == before


def test_nothing_to_come_is_explained_when_it_is_opened():
    screen = Screen(
        people.JEAN.model_copy(
            update={
                "echelons": (
                    people.JEAN.echelons[-1].model_copy(
                        update={"grade": "hors_classe", "echelon": "3"}
                    ),
                )
            }
        )
    )
    assert "La raison se calcule" in screen.page.text
    screen.do("pourquoi", of="aucun")
    assert result_of(screen.html, "pourquoi") == "aucun"


def test_the_dates_of_the_mockup_give_its_stair_and_its_last_days():
    # rendez-vous.html: 21 days, 16 days of 42, then 18 October, 18 November, 20 December 2027
    screen = Screen(SOPHIE)
    page = screen.do("rdv_dates", **FLUENT, **APPEALED).text.replace("\u00a0", " ")
    assert "21 jours" in page
    assert "16 jours" in page
    assert "sur 42, soit le 5 janvier 2027" in page
    screen.on(date(2027, 9, 20))
    assert "Un recours gracieux est possible jusqu’au 18 octobre 2027" in screen.lead
    page = screen.page.text.replace("\u00a0", " ")
    assert "30 jours francs, reporté du samedi 16 oct." in page
    assert "18 novembre 2027" in page
    assert "20 décembre 2027" in page


@pytest.mark.parametrize(
    ("today", "lead", "step"),
    [
        (date(2026, 11, 24), "premier entretien a lieu le 24 novembre 2026", "Premier entretien"),
        (date(2026, 11, 25), "second entretien a lieu le 10 décembre 2026", "Second entretien"),
        (date(2026, 12, 10), "second entretien a lieu le 10 décembre 2026", "Second entretien"),
        (date(2026, 12, 11), "Vous attendez le compte rendu", "Compte rendu"),
    ],
)  # fmt: skip
def test_each_side_of_the_interviews(today, lead, step):
    screen = Screen(SOPHIE)
    screen.do("rdv_dates", **FLUENT)
    screen.on(today)
    assert lead in screen.lead
    assert screen.state[step] == "on"


@pytest.mark.parametrize(
    ("typed", "last", "words", "after"),
    [
        # 15 jours calendaires after 10 March (arrêté of 2019)
        ({"compte_rendu": "10/03/2027"}, date(2027, 3, 25), "Vos observations sont possibles",
         "L’appréciation finale doit être notifiée au plus tard le 16 septembre 2027"),
        # 15 days after the rentrée: nothing is told to her
        ({"compte_rendu": "10/03/2027", "observations": "11/03/2027"}, date(2027, 9, 16),
         "doit être notifiée", "devait être notifiée au plus tard le 16 septembre 2027"),
        # 30 jours francs, and Saturday 16 October is put off to Monday
        (APPEALED, date(2027, 10, 18), "Un recours gracieux est possible",
         "recours gracieux est passé depuis le 18 octobre 2027"),
        # 30 jours francs of silence, then 30 more, Sunday 19 December put off
        ({**APPEALED, "recours": "18/10/2027"}, date(2027, 11, 18), "Sans réponse le 18 novembre",
         "La CAP peut être saisie jusqu’au 20 décembre 2027"),
        ({**APPEALED, "recours": "18/10/2027"}, date(2027, 12, 20), "La CAP peut être saisie",
         "Les recours de ce rendez-vous sont passés"),
    ],
)  # fmt: skip
def test_each_side_of_each_deadline(typed, last, words, after):
    screen = Screen(SOPHIE)
    screen.do("rdv_dates", **FLUENT, **typed)
    screen.on(last)
    assert words in screen.lead
    screen.on(last.replace(day=last.day + 1))
    assert after in screen.lead


@pytest.mark.parametrize(
    ("departement", "today", "open_"),
    [
        # 19 November 2027 + 31: Monday 20 December, férié à La Réunion (art. L. 3422-2)
        ("063", date(2027, 12, 20), True), ("063", date(2027, 12, 21), False),
        ("974", date(2027, 12, 21), True), ("974", date(2027, 12, 22), False),
    ],
)  # fmt: skip
def test_a_deadline_overseas_has_the_holidays_of_its_place(departement, today, open_):
    screen = Screen(person("certifie", "8", date(2025, 9, 1), departement))
    screen.do("rdv_dates", **{**APPEALED, "notifiee": "19/11/2027"})
    screen.on(today)
    assert ("est possible jusqu’au" in screen.lead) is open_


def test_before_2019_the_old_delays_are_those_of_the_screen():
    # arrêté du 5 mai 2017, version initiale: un mois, trois semaines
    screen = Screen(person("certifie", "6", date(2018, 1, 1)), date(2019, 1, 5))
    screen.do("rdv_dates", entretien="20/05/2019", compte_rendu="03/06/2019")
    screen.on(date(2019, 6, 24))
    assert "Vos observations sont possibles jusqu’au 24 juin 2019" in screen.lead
    assert "1 mois" in screen.page.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 9, 30), "il peut se tenir jusqu’au 30 septembre 2026"),
        (date(2026, 10, 1), "n’est pas dans votre dossier"),
    ],
)
def test_a_rendez_vous_missed_may_be_held_in_september(today, words):
    screen = Screen(person("certifie", "8", date(2024, 9, 1)), today)
    assert words in screen.lead
    assert "15 octobre 2026" in screen.page.text.replace("\u00a0", " ")


def test_held_in_september_it_is_concluded_by_15_october():
    screen = Screen(person("certifie", "8", date(2024, 9, 1)), date(2026, 9, 22))
    screen.do("rdv_dates", entretien="21/09/2026", compte_rendu="22/09/2026",
              observations="22/09/2026")  # fmt: skip
    assert "au plus tard le 15 octobre 2026" in screen.lead


def test_what_the_file_tells_of_last_year_opens_its_appeal():
    line = RendezVous(numero=2, annee_scolaire="2025-2026", appreciation="tres_satisfaisant",
                      notifiee_le=date(2026, 9, 17))  # fmt: skip
    screen = Screen(person("pe", "8", date(2024, 9, 1), meetings=(line,)), date(2026, 10, 18))
    # 17 September + 31: Sunday 18 October, put off to Monday
    assert "Un recours gracieux est possible jusqu’au 19 octobre 2026" in screen.lead
    assert "date non saisie" in screen.page.text
    screen.on(date(2026, 10, 20))
    assert "recours gracieux est passé depuis le 19 octobre 2026" in screen.lead


def test_a_rendez_vous_of_long_ago_that_the_file_lacks_is_told():
    first, second = people.held("6", date(2021, 9, 1), "anciennete"), people.JEAN.echelons[-1]
    jean = people.JEAN.model_copy(update={"echelons": (first, second), "rendez_vous": ()})
    screen = Screen(jean)
    assert "le premier (2022-2023)" in screen.page.text.replace("\u00a0", " ")
    words = words_of(screen.given("lettre_oubli", oubli=""))
    # the 6e reached between 1 September 2021 and 31 August 2022 (rendez_vous_carriere.csv)
    assert "premier rendez-vous de carrière (6e échelon, 2022-2023)" in words
    assert "du 1er septembre 2021 au 31 août 2022" in words


def test_before_a_procedure_begins_nothing_of_it_can_be_contested():
    page = Screen(people.JEAN).page.text
    assert "Écrire un recours" not in page
    assert "J’ai déjà reçu une date" in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"entretien": "31/02/2027"}, "Le 31/02/2027 n’existe pas"),
        ({"entretien": "demain"}, "La date n’est pas lisible"),
        ({"entretien": "24/11/2031"}, "n’est pas de ce rendez-vous"),
        ({"entretien": "24/11/2026", "second": "20/11/2026"}, "vient trop tôt"),
    ],
)
def test_a_date_that_is_wrong_says_so_keeps_what_was_typed_and_stops_nothing(typed, message):
    screen = Screen(SOPHIE)
    page = screen.do("rdv_dates", notification="03/11/2026", **typed)
    assert message in page.text.replace("\u00a0", " ")
    wrong = list(typed.values())[-1]
    assert f'value="{wrong}"' in screen.html
    again = Screen(SOPHIE, guichet=screen.guichet)
    assert f'value="{wrong}"' in again.html
    assert "3 novembre 2026" in again.page.text


def test_what_is_typed_has_a_dated_receipt_and_comes_back():
    screen = Screen(SOPHIE)
    page = screen.do("rdv_dates", **FLUENT)
    assert "Enregistré dans ce kit le 25 novembre 2026 à 14 h 32" in page.text.replace(
        "\u00a0", " "
    )
    again = Screen(SOPHIE, guichet=screen.guichet)
    assert "Votre second entretien a lieu le 10 décembre 2026" in again.lead
    again.do("rdv_dates_dossier")
    assert "Vous êtes concerné" in Screen(SOPHIE, guichet=screen.guichet).lead


def test_two_tabs_lose_nothing_of_each_other():
    one = Screen(SOPHIE)
    other = Screen(SOPHIE, guichet=one.guichet)
    one.do("rdv_dates", entretien="24/11/2026")
    page = other.do("rdv_dates", entretien="26/11/2026")
    assert "modifiés ailleurs" in page.text
    assert "24/11/2026" in page.text
    assert "26/11/2026" in page.text
    other.do("carnet_prendre_autre")
    assert "24 novembre 2026" in other.page.text.replace("\u00a0", " ")


def test_a_base_that_does_not_answer_keeps_what_was_typed_on_the_screen():
    screen = Screen(SOPHIE)
    screen.guichet.refusal = Unavailable("la base de données ne répond pas.", remedy="Réessayez.")
    screen.do("rdv_dates", **FLUENT)
    screen.guichet.refusal = None
    page = screen.do("rdv_dates", **FLUENT)
    assert "Enregistré dans ce kit" in page.text


def test_the_next_rendez_vous_does_not_take_the_dates_of_the_one_before():
    screen = Screen(person("certifie", "8", date(2025, 9, 1)))
    screen.do("rdv_dates", **FLUENT)
    later = Guichet(person("certifie", "9", date(2028, 9, 1)), date(2029, 10, 1))
    later.carnets = screen.guichet.carnets
    assert "Vous êtes concerné en 2029-2030" in Screen(None, guichet=later).lead


@pytest.mark.parametrize(
    ("corps", "groups"),
    [
        # cgteduc-versailles.fr: one opinion ; guadeloupe.snes.edu 580: 5, 3 and 3
        ("pe", ["11 compétences"]),
        ("certifie", ["5 compétences", "3 compétences", "3 compétences"]),
    ],
)
def test_the_grid_has_the_groups_of_the_corps(corps, groups):
    screen = Screen(person(corps, "8", date(2025, 9, 1)))
    counted = re.findall(r"<span>(\d+ compétences)</span>", screen.html.replace("\u00a0", " "))
    assert counted == groups
    assert "libellés à vérifier" in screen.page.text


def test_a_grid_whose_words_are_not_known_says_its_numbers():
    # aix.snes.edu: 5, 3 and 4 for the CPE
    page = Screen(person("cpe", "8", date(2025, 9, 1))).page.text.replace("\u00a0", " ")
    assert "Ce kit n’a pas les mots de votre grille" in page
    assert "établissement : 3" in page
    assert "ensemble : 4" in page
    assert "ne connaît pas la grille" in Screen(person("psyen", "8", date(2025, 9, 1))).page.text


def test_a_preparation_is_kept_counted_and_taken_along():
    screen = Screen(SOPHIE)
    page = screen.do("rdv_grille", **{"inspection-1": "excellent", "chef-2": "satisfaisant"})
    assert "2 sur 11" in page.text.replace("\u00a0", " ")
    assert "Il en reste 9" in page.text.replace("\u00a0", " ")
    page = Screen(SOPHIE, guichet=screen.guichet).page
    assert len([1 for tag, at in page.tags if at.get("type") == "radio" and "checked" in at]) == 2
    printed = words_of(screen.given("rdv_preparation"))
    assert "ni compte rendu, ni évaluation" in printed
    assert "excellent" in printed
    assert "0 sur 11" in screen.do("rdv_grille_effacer").text.replace("\u00a0", " ")


def words_of(download):
    pages = PdfReader(io.BytesIO(download.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())


def test_the_observations_name_their_article_and_their_last_day():
    screen = Screen(SOPHIE)
    screen.do("rdv_dates", **FLUENT, compte_rendu="10/03/2027")
    letter = screen.given("lettre_observations", observations="La séance du 24 était la dernière.")
    assert letter.name == "observations-rendez-vous.pdf"
    words = words_of(letter)
    assert "article 5 de l’arrêté du 5 mai 2017" in words
    assert "jusqu’au 25 mars 2027" in words
    assert "recteur" in words
    assert "La séance du 24 était la dernière." in words


@pytest.mark.parametrize(
    ("corps", "text", "authority"),
    [
        # décret 90-680, art. 23-6 (snudifo76.fr) ; décret 72-581, art. 30-7 (versailles.snes 5038)
        ("pe", "décret n° 90-680 du 1er août 1990, article 23-6", "IA-DASEN"),
        ("certifie", "décret n° 72-581 du 4 juillet 1972, article 30-7", "recteur"),
        ("agrege", "décret n° 72-580 du 4 juillet 1972", "recteur"),
    ],
)
def test_the_gracious_appeal_names_its_text_who_decides_and_the_silence(corps, text, authority):
    screen = Screen(person(corps, "8", date(2025, 9, 1)))
    screen.do("rdv_dates", **APPEALED)
    words = words_of(screen.given("lettre_recours", recours="Mes élèves ont progressé."))
    assert text in words
    assert authority in words
    assert "« satisfaisant »" in words
    assert "jusqu’au 18 octobre 2027" in words
    assert "vaut refus" in words
    assert "commission administrative paritaire" in words


def test_a_letter_empty_or_too_long_is_refused_and_nothing_is_cut():
    screen = Screen(SOPHIE)
    assert screen.given("lettre_recours", recours="  ") is None
    assert "Cette lettre est vide" in screen.on(people.TODAY).text
    long_words = "a" * 6_001
    assert screen.given("lettre_recours", recours=long_words) is None
    assert "6 001 caractères" in screen.on(people.TODAY).text.replace("\u00a0", " ")
    assert long_words in screen.html


def test_a_draft_is_kept_as_it_is_typed_and_shown_as_text():
    screen = Screen(SOPHIE)
    screen.do("rdv_brouillon", observations=people.HOSTILE)
    again = Screen(SOPHIE, guichet=screen.guichet)
    assert "<script>" not in again.html
    assert "alert(" in again.html


def test_the_days_go_to_a_calendar():
    screen = Screen(SOPHIE)
    screen.do("rdv_dates", **FLUENT)
    download = screen.given("rdv_agenda")
    events = Calendar.from_ical(download.content).walk("VEVENT")
    days = {str(one["summary"]): one.decoded("dtstart") for one in events}
    assert days["Second entretien de carrière"] == date(2026, 12, 10)
    assert date(2027, 9, 16) in days.values()
    assert all(str(one["class"]) == "PRIVATE" for one in events)


def test_accueil_tells_the_last_day_of_what_was_typed_here():
    guichet = Guichet(SOPHIE, date(2027, 9, 20))
    Screen(None, guichet=guichet).do("rdv_dates", **APPEALED)

    class Home(Visitor):
        path = "/accueil"

    page = Home(guichet=guichet).page.text.replace("\u00a0", " ")
    assert "18 oct. 2027" in page


@pytest.mark.parametrize(
    ("dossier", "words"),
    [
        (people.SANS_CORPS, "ne dit ni corps ni échelon"),
        (person("chaire_sup", "4", date(2024, 9, 1)), "aucun rendez-vous"),
        (person("certifie", "11", date(2024, 9, 1)), "Aucun rendez-vous de carrière n’est à venir"),
    ],
)
def test_who_has_no_rendez_vous_is_told_why(dossier, words):
    assert words.lower() in Screen(dossier).page.text.replace("\u00a0", " ").lower()


def test_first_words_are_few():
    # instruments.md, rule 1: 60 words at most before the figure
    head = re.search(r'<div class="page-head.*?</div>', Screen(SOPHIE).html, re.S)[0]
    assert len(re.sub(r"<[^>]+>", " ", head).split()) <= 60


@pytest.mark.parametrize("role", ["analyste", "formateur", "gestionnaire", "evaluateur"])
def test_no_other_role_opens_it(role):
    guichet = people.FakeGuichet(SOPHIE, role=role, hidden=True)
    screen = Screen(None, guichet=guichet)
    assert "Cet écran montre un dossier personnel" in screen.page.text
    assert not {"carnet_lire", "carnet_enregistrer"} & set(guichet.asked)


@pytest.mark.parametrize(
    ("days", "weeks"), [("42 jours", "6 semaines"), ("28 jours", "4 semaines")]
)
def test_the_weeks_between_two_interviews_are_those_of_the_table(days, weeks):
    delays = {
        key: Delai.model_construct(delai=words, date_limite=None)
        for key, words in ((NOTICE, "15 jours"), (BETWEEN, days))
    }
    entry = Entry({"second": date(2026, 12, 1)})  # there are two
    _, between = gaps(Facts(None, entry, delays, None, None, date(2026, 11, 28)))
    assert between.value == weeks


def test_p19_an_interval_beyond_the_text_is_said_in_words():
    # arrêté du 5 mai 2017 : six semaines, 42 jours, entre les deux entretiens
    screen = Screen(SOPHIE)
    late = FLUENT | {"second": "06/01/2027"}
    page = screen.do("rdv_dates", **late).text.replace("\u00a0", " ")
    assert "43 jours" in page
    assert "délai non tenu : 1 jour de plus que 42, soit le 5 janvier 2027" in page
    kept = screen.do("rdv_dates", **FLUENT).text.replace("\u00a0", " ")
    assert "sur 42, soit le 5 janvier 2027" in kept


def test_p19_the_last_day_after_a_silence_is_marked_where_it_is_said():
    screen = Screen(SOPHIE)
    screen.do("rdv_dates", **FLUENT, **APPEALED)
    screen.do("rdv_dates", recours="18/10/2027")
    screen.on(date(2027, 11, 20))
    assert "La CAP peut être saisie jusqu’au 20 décembre 2027 (à vérifier)" in screen.lead
