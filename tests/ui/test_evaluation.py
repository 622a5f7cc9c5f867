"""The evaluator's screens: whom she meets, her part of the grid, what is shown and to whom."""

from datetime import UTC, date, datetime

import pytest
import ui_people as people
from ui_html import check
from ui_roles import HEAD_OF_LEA, JACQUES, LEA, MATTER, FakeEvaluator

from iprof_kit.base.errors import Unavailable
from iprof_kit.calculate.career.meetings import Evaluation, items_of
from iprof_kit.calculate.evaluation.days import Days, delays
from iprof_kit.calculate.evaluation.due import Held, meetings_due, opinions_due
from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.services.contract.evaluation import (
    Contenu,
    EnPreparation,
    ProjetMontre,
    ProjetsLus,
    Tenu,
)
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.evaluation.screen import Evaluation as Screens
from iprof_kit.ui.screens.rendez_vous.projects import matter_of, parts_for
from iprof_kit.ui.shared.menu import EVALUATION, routes

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


class Evaluator:
    """An evaluator in front of her screens."""

    def __init__(self, *gens, guichet=None):
        self.guichet = guichet or FakeEvaluator(*gens)
        self.screens = Screens(lambda: self.guichet)
        self.go("/evaluation")

    def go(self, path, query=""):
        self.path = path
        self._read(self.screens.handle({"kind": "route", "path": path, "query": query}))
        return self

    def open(self, dossier="D0019", matter=MATTER):
        return self.go("/evaluation/projet", f"?dossier={dossier}&objet={matter}")

    def do(self, name, **values):
        message = {"kind": "intent", "name": name, "values": values, "path": self.path}
        self._read(self.screens.handle(message))
        return self

    def _read(self, answered):
        self.html, self.download = answered.html, answered.download
        self.text = check(self.html).text.replace("\xa0", " ")


def test_the_list_says_whom_she_meets_this_year_and_which_opinions_a_campaign_asks():
    said = Evaluator(LEA, JACQUES).text
    assert "2 projets d’avis à préparer." in said
    assert "Deuxième rendez-vous, 2026-2027" in said
    assert "Classe exceptionnelle, campagne 2027" in said
    assert "Professeure certifiée, 8e échelon" in said


def test_a_long_list_is_turned_by_pages_what_is_not_shown_first():
    many = [LEA.model_copy(update={"dossier": f"P{n}", "personne": f"Personne {n:03d}"})
            for n in range(60)]  # fmt: skip
    evaluator = Evaluator(*many)
    assert "1 à 50 sur 60" in evaluator.text
    assert "Personne 050" not in evaluator.text
    evaluator.do("evaluation_page", of="2")
    assert "51 à 60 sur 60" in evaluator.text
    assert "Personne 050" in evaluator.text
    evaluator.do("evaluation_page", of="<b>")
    assert "Personne 000" in evaluator.text


def test_who_held_her_rendez_vous_or_is_in_no_window_is_not_listed():
    held = LEA.model_copy(update={"tenus": (Tenu(numero=2, annee_scolaire="2026-2027"),)})
    out = LEA.model_copy(update={"dossier": "D9", "echelon": "5", "personne": "Hors Fenêtre"})
    said = Evaluator(held, out).text
    assert "Aucun projet d’avis de votre portefeuille cette année." in said
    assert "Hors Fenêtre" not in said


def test_without_a_portfolio_the_screen_says_who_opens_one():
    guichet = FakeEvaluator()
    guichet.gens = []
    said = Evaluator(guichet=guichet).text
    assert "Aucun portefeuille ne vous est donné aujourd’hui" in said


def test_the_head_gives_no_opinion_where_the_inspection_is_alone():
    school = JACQUES.model_copy(update={"partie": "chef"})
    assert "Jacques" not in Evaluator(school).text
    secondary = school.model_copy(update={"type_etablissement": "Collège"})
    assert "Jacques" in Evaluator(secondary).text


@pytest.mark.parametrize(
    ("person", "counts"), [(LEA, "0 sur 8"), (HEAD_OF_LEA, "0 sur 6")], ids=["inspection", "head"]
)
def test_each_part_has_its_own_items_and_those_that_both_place(person, counts):
    """5, 3 and 3 items: guadeloupe.snes.edu article 580 (rendez_vous_parties.csv)."""
    assert counts in Evaluator(person).open().text


def test_who_is_alone_has_the_whole_grid():
    items = items_of("enseignant", 2026)
    alone = Evaluation("ecole", "enseignant", "IEN", "", False)
    assert sum(part.count for part in parts_for("inspection", alone, items)) == 11


def test_what_is_placed_written_and_dated_is_kept_at_once():
    evaluator = Evaluator().open()
    evaluator.do("evaluation_grille", **{"inspection-1": "excellent"})
    evaluator.do("evaluation_texte", texte="Une séance construite.")
    evaluator.do("evaluation_jours", entretien="12/01/2027", notification="10/12/2026")
    kept = evaluator.guichet.kept["D0019", MATTER].contenu
    assert kept == Contenu(
        notification="10/12/2026", entretien="12/01/2027", niveaux={"inspection-1": "excellent"},
        texte="Une séance construite.",
    )  # fmt: skip
    assert "Enregistré dans ce kit le 25 novembre 2026" in evaluator.text
    again = Evaluator(guichet=evaluator.guichet).open().text
    assert "1 sur 8 : 1 excellent. Il en reste 7." in again


def test_delays_are_those_of_the_text_from_the_days_that_are_known():
    """15 days before, outside of Christmas; 42 days after: arrêté du 5 mai 2017, art. 3 and 5."""
    held = Held(Standing("certifie", "classe_normale", "8"), date(2026, 1, 1))
    days = Days(interview=date(2027, 2, 1), other=date(2027, 1, 12), report=date(2027, 2, 10))
    last = {key: one.date_limite for key, one in delays(held, 2026, "092", days).items()}
    assert last["calendrier"] == date(2026, 12, 12)
    assert last["entretiens"] == date(2027, 2, 23)
    assert last["observations"] == date(2027, 2, 25)


def test_the_weeks_between_two_interviews_are_said_to_her_as_to_the_person():
    # arrêté du 5 mai 2017, art. 3: six weeks; the teacher reads « 6 semaines » too
    seen = Evaluator().open().text
    assert "6 semaines" in seen
    assert "42 jours" not in seen


def test_a_delay_that_was_not_kept_is_said():
    evaluator = Evaluator().open()
    evaluator.do("evaluation_jours", entretien="12/01/2027", notification="05/01/2027")
    assert "le 5 janvier 2027, délai non tenu" in evaluator.text
    evaluator.do("evaluation_jours", notification="12/12/2026")
    assert "le 12 décembre 2026, délai tenu" in evaluator.text


@pytest.mark.parametrize(
    ("notified", "verdict", "days"),
    # zone C, Christmas from 19 December 2026 to 3 January 2027
    [("14/12/2026", "délai tenu", "15 jours"), ("15/12/2026", "délai non tenu", "14 jours")],
)
def test_p15_she_reads_the_count_that_the_person_reads(notified, verdict, days):
    evaluator = Evaluator().open()
    evaluator.do("evaluation_jours", entretien="14/01/2027", notification=notified)
    assert verdict in evaluator.text
    assert f"{days} hors vacances" in evaluator.text


def test_p15_a_place_whose_holidays_are_in_no_row_is_never_said_kept():
    evaluator = Evaluator(LEA.model_copy(update={"departement": "976"})).open()
    evaluator.do("evaluation_jours", entretien="14/01/2027", notification="01/12/2026")
    assert "délai tenu" not in evaluator.text
    assert "inconnues de ce kit" in evaluator.text
    evaluator.do("evaluation_jours", notification="06/01/2027")  # too short whatever they are
    assert "délai non tenu" in evaluator.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [("31/02/2027", "Le 31/02/2027 n’existe pas."), ("bientôt", "La date n’est pas lisible.")],
)
def test_a_date_that_cannot_be_read_is_named_and_stays(typed, words):
    evaluator = Evaluator().open().do("evaluation_jours", entretien=typed)
    assert words in evaluator.text
    assert f'value="{typed}"' in evaluator.html
    assert evaluator.guichet.kept["D0019", MATTER].contenu.entretien == typed


def test_two_days_out_of_order_are_named():
    evaluator = Evaluator().open()
    evaluator.do("evaluation_jours", entretien="12/01/2027", compte_rendu="01/01/2027")
    assert "Le compte rendu précède le premier entretien." in evaluator.text


def test_words_that_are_too_long_stay_on_the_screen_and_are_not_cut():
    evaluator = Evaluator().open().do("evaluation_texte", texte="é" * 4_001)
    assert "Ce texte a 4 001 caractères et n’est pas enregistré" in evaluator.text.replace(
        "\u202f", " "
    )
    assert "é" * 4_001 in evaluator.html
    assert evaluator.guichet.kept == {}


def test_a_project_is_shown_once_written_and_says_where_it_stands():
    evaluator = Evaluator().open()
    assert "evaluation_montrer" not in evaluator.html
    evaluator.do("evaluation_texte", texte="Bien.").do("evaluation_montrer")
    assert "Projet montré, reçu n° 7." in evaluator.text
    assert "montré le 25 novembre 2026, pas encore lu" in evaluator.text
    evaluator.do("evaluation_texte", texte="Mieux.")
    assert "modifié depuis qu’il est montré" in evaluator.text
    assert "Montrer de nouveau" in evaluator.text


def test_a_save_that_fails_keeps_what_was_typed_and_says_why():
    evaluator = Evaluator().open()
    evaluator.guichet.trouble = Unavailable("le serveur ne répond pas.")
    evaluator.do("evaluation_texte", texte="Ne pas perdre.")
    assert "Ne pas perdre." in evaluator.html.replace("&#32;", " ")
    assert "Ce projet n’est pas enregistré. Le serveur ne répond pas." in evaluator.text
    evaluator.guichet.trouble = None
    evaluator.do("carnet_enregistrer")
    assert evaluator.guichet.kept["D0019", MATTER].contenu.texte == "Ne pas perdre."


def test_two_tabs_are_told_and_nothing_is_overwritten():
    first = Evaluator().open()
    second = Evaluator(guichet=first.guichet).open()
    first.do("evaluation_texte", texte="Du premier onglet.")
    second.do("evaluation_texte", texte="Du second onglet.")
    assert "Ce projet a aussi été modifié ailleurs" in second.text
    assert first.guichet.kept["D0019", MATTER].contenu.texte == "Du premier onglet."
    second.do("carnet_garder_ici")
    assert first.guichet.kept["D0019", MATTER].contenu.texte == "Du second onglet."


def waiting(evaluator):
    return evaluator.text.partition("Sur cet écran")[2].partition("Garder celle")[0]


def test_p18_two_tabs_that_wrote_two_fields_keep_both_and_choose_nothing():
    first = Evaluator().open()
    second = Evaluator(guichet=first.guichet).open()
    first.do("evaluation_texte", texte="Prépare ses séances.")
    second.do("evaluation_jours", entretien="12/01/2027")
    kept = first.guichet.kept["D0019", MATTER].contenu
    assert (kept.texte, kept.entretien) == ("Prépare ses séances.", "12/01/2027")
    assert "Ce projet a aussi été modifié ailleurs" not in second.text


@pytest.mark.parametrize(
    ("act", "left"), [("carnet_garder_ici", "Onglet deux."), ("carnet_prendre_autre", "Onglet un.")]
)
def test_p18_of_the_field_that_both_wrote_one_is_chosen_the_others_stay_and_no_reload_loses_it(
    act, left
):
    first = Evaluator().open()
    second = Evaluator(guichet=first.guichet).open()
    first.do("evaluation_texte", texte="Onglet un.")
    second.do("evaluation_texte", texte="Onglet deux.")
    second.do("evaluation_jours", entretien="13/01/2027")
    assert "13/01/2027" not in waiting(second)  # it is no choice
    again = Evaluator(guichet=first.guichet).open()  # reloaded before the choice
    for words in ("Onglet un.", "Onglet deux."):
        assert words in waiting(again)
    again.do(act)
    kept = first.guichet.kept["D0019", MATTER].contenu
    assert (kept.texte, kept.entretien, kept.deux_ecritures) == (left, "13/01/2027", [])
    assert "Ce projet a aussi été modifié ailleurs" not in again.text


def test_an_erased_project_is_gone_and_can_be_written_anew():
    evaluator = Evaluator().open().do("evaluation_texte", texte="À effacer.")
    evaluator.do("evaluation_effacer")
    assert "Projet effacé." in evaluator.text
    assert evaluator.guichet.kept == {}
    evaluator.do("evaluation_texte", texte="Autre.")
    assert evaluator.guichet.kept["D0019", MATTER].contenu.texte == "Autre."


def test_p18_a_project_past_its_day_is_said_to_be_erased_with_the_way_back():
    evaluator = Evaluator()
    evaluator.open("D0019", "rdv-2-2024")
    assert "effacé de ce kit depuis le 1er novembre 2025. C’est sa clôture" in evaluator.text
    assert "indisponible" not in evaluator.text
    assert 'href="/evaluation"' in evaluator.html


def test_what_is_copied_and_printed_says_that_it_is_a_project():
    evaluator = Evaluator().open()
    evaluator.do("evaluation_grille", **{"inspection-5": "tres_satisfaisant"})
    assert "Évaluer les progrès et les acquisitions des élèves : très satisfaisant" in (
        evaluator.text
    )
    evaluator.do("evaluation_pdf")
    assert evaluator.download.content.startswith(b"%PDF")
    assert evaluator.download.name == "projet-d-avis.pdf"


def test_an_opinion_on_the_last_grade_has_the_levels_of_the_table():
    """Très favorable, favorable, défavorable: LDG of 27 November 2023, snes.edu (confidence B)."""
    evaluator = Evaluator(JACQUES).open("D0004", "classe_exceptionnelle-2027")
    for level in ("très favorable", "favorable", "défavorable"):
        assert level in evaluator.text
    evaluator.do("evaluation_avis", avis="tres_favorable")
    kept = evaluator.guichet.kept["D0004", "classe_exceptionnelle-2027"]
    assert kept.contenu.avis == "tres_favorable"
    assert "Avis : très favorable" in evaluator.text


def test_who_has_no_third_rendez_vous_may_need_an_opinion_whose_levels_are_not_known():
    where = Standing("pe", "classe_normale", "10")
    asked = [Held(where, date(2024, 1, 1), done=done) for done in (frozenset(), frozenset({3}))]
    first, second = opinions_due(asked, people.TODAY)
    assert (first.grade, first.levels, first.to_verify) == ("hors_classe", (), True)
    assert second is None


def test_a_file_that_is_late_by_an_echelon_still_says_whom_she_meets():
    """8th échelon reached on 1 September 2025 by right: 7th since September 2022, three years."""
    late = Held(Standing("certifie", "classe_normale", "7"), date(2022, 9, 1))
    (meeting,) = meetings_due([late], people.TODAY)
    assert (meeting.number, meeting.year) == (2, 2026)


def test_a_stranger_s_address_is_refused_in_french_and_every_route_has_a_screen():
    said = Evaluator().open("D9999").text
    assert "n’est pas dans votre portefeuille" in said
    assert set(routes(EVALUATION)) == {"/evaluation", "/evaluation/projet"}
    assert "Un projet s’ouvre depuis la liste" in Evaluator().go("/evaluation/projet").text


def test_hostile_words_stay_words():
    evil = LEA.model_copy(update={"personne": people.HOSTILE, "etablissement": people.HOSTILE})
    evaluator = Evaluator(evil)
    assert people.HOSTILE not in evaluator.html
    evaluator.open().do("evaluation_texte", texte=people.HOSTILE)
    assert people.HOSTILE not in evaluator.html


def read_by(guichet):
    portal = Portal(lambda: guichet, people.answer)
    html = portal.handle({"kind": "route", "path": "/services/rendez-vous"}).html
    return check(html).text.replace("\xa0", " ")


def test_the_person_reads_what_was_shown_to_her_and_that_another_is_being_written():
    guichet = people.FakeGuichet()
    content = Contenu(niveaux={"inspection-1": "excellent"}, texte="Une séance construite.")
    guichet.projects = ProjetsLus(
        montres=[ProjetMontre(objet="rdv-2-2028", partie="inspection", contenu=content,
                              montre_le=NOW, efface_le=date(2029, 11, 1))],
        en_preparation=[EnPreparation(objet="rdv-2-2028", partie="chef", depuis=NOW,
                                      efface_le=date(2029, 11, 1))],
    )  # fmt: skip
    said = read_by(guichet)
    assert "Inspection, deuxième rendez-vous, 2028-2029" in said
    assert "Maîtriser les savoirs disciplinaires et leur didactique" in said
    assert "Une séance construite." in said
    assert "Effacé de ce kit le 1er novembre 2029." in said
    assert "Chef d’établissement : une note de travail (deuxième rendez-vous, 2028-2029)" in said
    assert "Tout emporter" not in said
    assert "Pour demander à y accéder : le délégué à la protection des données" in said


def test_projects_that_cannot_be_read_never_stop_the_procedure():
    guichet = people.FakeGuichet()
    guichet.projects = Unavailable("la base ne répond pas.")
    said = read_by(guichet)
    assert "Ce que vos évaluateurs préparent n’a pas pu être lu" in said
    assert "Votre deuxième rendez-vous est prévu" in said


def test_nothing_is_said_of_evaluators_where_nothing_is_prepared():
    assert "vos évaluateurs préparent" not in read_by(people.FakeGuichet())


@pytest.mark.parametrize("code", ["rdv-2-2026", "classe_exceptionnelle-2027", "hors_classe-2027"])
def test_a_matter_is_named_the_same_way_both_ways(code):
    assert matter_of(code).code == code
