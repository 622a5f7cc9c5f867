"""Autres parcours: every path said once, filters that count, dates and euros that agree, care."""

import re
from datetime import date

import pytest
import ui_people as people
from ui_visitor import Visitor

from iprof_kit.calculate import ask
from iprof_kit.calculate.guides import law_facts
from iprof_kit.calculate.guides.law_facts import Standing
from iprof_kit.calculate.paths import facts as path_facts
from iprof_kit.services.contract.dossier import EchelonTenu
from iprof_kit.ui.fields.asked import Read
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.autres_parcours.question import from_file, question_of
from iprof_kit.ui.shared.text import signed_money

PATH = "/perspectives/autres-parcours"
STATES = {"ouvert": "Ouverts maintenant", "a_partir_du": "Ouverts plus tard",
          "depend": "À préciser par vous", "jamais": "Fermés dans votre situation"}  # fmt: skip
CERTIFIE = people.JEAN.model_copy(
    update={
        "corps": "certifie",
        "libelle_corps": "Professeur certifié",
        "positions": (people.JEAN.positions[2].model_copy(update={"fin": None}),),
        "entree_corps": date(2015, 9, 1),
        "titularisation": date(2016, 9, 1),
        "echelons": (
            EchelonTenu(
                corps="certifie",
                grade="classe_normale",
                echelon="7",
                date_effet=date(2025, 9, 1),
                mode="anciennete",
                source="EPP",
                lu_le=people.READ,
            ),
        ),
    }
)


class Screen(Visitor):
    path = PATH

    @property
    def kept(self):
        return self.guichet.carnets["voeux"].contenu["parcours"]

    @property
    def listed(self):
        return re.findall(r'data-intent="parcours_voir" data-of="(\w+)"', self.html)


def law(dossier, **more):
    question = question_of(from_file(dossier, people.TODAY), Read())
    return ask("eligibility", {**question, **more})


@pytest.mark.parametrize("dossier", [people.JEAN, people.SANS_CORPS, CERTIFIE])
def test_every_path_of_the_law_is_listed_once_under_its_state(dossier):
    screen, answer = Screen(dossier), law(dossier)
    assert sorted(screen.listed) == sorted(path.code for path in answer.parcours)
    sections = dict(
        re.findall(r'<section class="block" id="(\w+)">(.*?)</section>', screen.html, re.DOTALL)
    )
    for state in STATES:
        mine = [path.code for path in answer.parcours if path.etat == state]
        assert re.findall(r'data-of="(\w+)"', sections[state]) == mine


def test_a_filter_shows_a_part_and_says_how_many_are_left_out():
    screen = Screen()
    answer = law(people.JEAN)
    page = screen.do("filtre", famille="conge", etat="")
    wanted = [path.code for path in answer.parcours if path.famille == "conge"]
    assert sorted(screen.listed) == sorted(wanted)
    assert f"{len(wanted)} parcours affichés sur {len(answer.parcours)}." in page.text
    screen.do("tout_voir")
    assert len(screen.listed) == len(answer.parcours)


def test_filter_and_open_path_come_back_after_a_reload():
    screen = Screen()
    screen.do("filtre", famille="concours", etat="depend")
    screen.do("parcours_voir", of="AGREG_INT")
    again = Screen(guichet=screen.guichet)
    assert "Conditions, une par une" in again.page.text
    again.do("tout_voir")
    selected = again.html.split('<select id="famille"')[1].split("</select>")[0]
    assert 'value="concours" selected' in selected


@pytest.mark.parametrize("code", path_facts.every_path())
def test_each_path_whole_says_who_decides_where_dates_and_pay(code):
    screen = Screen.__new__(Screen)
    screen.guichet = people.FakeGuichet(CERTIFIE)
    screen.portal = Portal(lambda: screen.guichet)
    page = screen.do("parcours_voir", of=code)
    path = next(p for p in law(CERTIFIE).parcours if p.code == code)
    for title in ("Qui décide", "Où se fait l’acte", "Dates", "Effet sur la paie"):
        assert title in page.text
    assert re.split(r"[A-Z]{2,}", path.decide_par)[0].strip()[:20] in page.text
    assert page.text.count("non remplie") >= sum(c.remplie is False for c in path.conditions)


def test_a_condition_to_come_says_its_day():
    """LA_AGREGE asks ten years of teaching: five declared, the day is that of the law's answer."""
    screen = Screen(CERTIFIE)
    page = screen.do("parcours_reponses", **{"services-enseignement": "5"})
    services = [
        {"nature": "enseignement", "jours": 5 * 360, "en_cours": True},
        *question_of(from_file(CERTIFIE, people.TODAY), Read())["services"],
    ]
    path = next(p for p in law(CERTIFIE, services=services).parcours if p.code == "LA_AGREGE")
    assert path.etat == "a_partir_du"
    assert f"À partir du {path.a_partir_du.day}" in page.text
    assert str(path.a_partir_du.year) in page.text
    shown = screen.do("parcours_voir", of="LA_AGREGE")
    assert "non remplie, le" in shown.text


def test_the_gap_of_pay_is_the_difference_of_the_two_indices():
    """Classement of a certifié 7e in the agrégés: its index and the gross gap that it makes."""
    screen = Screen(CERTIFIE)
    page = screen.do("parcours_voir", of="AGREG_EXT")
    path = next(p for p in law(CERTIFIE).parcours if p.code == "AGREG_EXT")
    after = next(int(e.montant) for e in path.effets if e.unite == "indice majoré")
    before = law_facts.indice_majore(Standing("certifie", "classe_normale", "7"), people.TODAY)
    gap = round(after * people.POINT / 12, 2) - round(before * people.POINT / 12, 2)
    assert f"indice majoré {after} au lieu de {before}" in page.text
    assert f"{signed_money(gap)} bruts par mois" in page.text


def test_a_change_of_pay_without_rule_is_said_not_covered():
    page = Screen().do("parcours_voir", of="AGREG_EXT")
    assert "règle non couverte par les tables de ce kit" in page.text
    assert "R10" not in page.text


def test_a_personal_situation_is_kept_only_where_the_person_says_so():
    screen = Screen()
    screen.do("personnel", **{"fait-handicap": "oui"})
    assert "personnel" not in screen.kept
    assert "handicap" not in str(screen.kept)
    path = 'name="fait-handicap"'
    chosen = screen.html.split(path)[1].split("</select>")[0]
    assert 'value="oui" selected' in chosen
    chosen = Screen(guichet=screen.guichet).html.split(path)[1].split("</select>")[0]
    assert 'value="oui" selected' not in chosen
    screen.do("personnel", garder="oui", **{"fait-handicap": "oui"})
    assert screen.kept["personnel"] == {"fait-handicap": "oui"}
    screen.do("parcours_reponses", niveau_diplome="7")
    assert screen.kept["personnel"] == {"fait-handicap": "oui"}
    screen.do("personnel", **{"fait-handicap": "oui"})
    assert "personnel" not in screen.kept


def test_answers_for_a_path_that_is_not_shown_stay():
    screen = Screen()
    screen.do("parcours_reponses", niveau_diplome="7")
    screen.do("parcours_voir", of="RUPTURE_CONV")
    screen.do(
        "parcours_reponses", anciennete_rupture_annees="12", remuneration_brute_annuelle="33000"
    )
    assert screen.kept["reponses"] == {
        "niveau_diplome": "7",
        "anciennete_rupture_annees": "12",
        "remuneration_brute_annuelle": "33000",
    }
    assert "plancher" in screen.page.text


def test_services_that_contradict_the_file_are_said_and_the_file_still_answers():
    screen = Screen()
    page = screen.do("parcours_reponses", **{"services-services_publics": "2"})
    assert "dépasse" in page.text
    assert len(screen.listed) == len(law(people.JEAN).parcours)


def test_a_wrong_answer_is_said_beside_its_field_and_kept():
    page = Screen().do("parcours_reponses", heures_cpf="beaucoup")
    assert "Ce nombre n’est pas possible ici." in page.text
    kept = next(i for i in page.all("input") if i["name"] == "heures_cpf")
    assert (kept["value"], kept["aria-invalid"]) == ("beaucoup", "true")


def test_the_hours_of_training_are_those_of_the_table():
    # formation.csv: 25 hours a year, 150 at most
    page = Screen().do("parcours_reponses", heures_cpf="140")
    assert "porterait 150 heures" in page.text


def test_services_leave_out_the_periods_without_service():
    counted = from_file(people.JEAN, people.TODAY).counted
    # titulaire since 1 September 2015, disponibilité until 15 January 2016: 4 months 15 days
    assert "4 mois 15 jours sans service déduits" in counted[1]


def test_the_reform_says_its_sessions_and_its_dates_in_words():
    page = Screen().page
    assert "19 avril 2025" in page.text
    assert "2024-10-01" not in page.text


@pytest.mark.parametrize("content", [[], {"filtre": "x", "reponses": 3}, {"personnel": {"a": 1}},
                                     {"filtre": {"voir": "RIEN"}}])  # fmt: skip
def test_a_document_that_is_not_what_it_should_be_breaks_nothing(content):
    guichet = people.FakeGuichet()
    kept = people.CarnetLu(sujet="voeux", contenu={"parcours": content}, revision=2)
    guichet.carnets["voeux"] = kept
    assert len(Screen(guichet=guichet).listed) == len(law(people.JEAN).parcours)


def test_competitions_and_courses_are_named_and_linked_by_the_academy():
    page = Screen().page
    links = [a["href"] for a in page.all("a")]
    assert people.ACADEMIE.liens["SIAC"] in links
    assert people.ACADEMIE.liens["GAIA"] in links


def test_the_competition_of_ones_own_corps_is_among_what_is_closed():
    page = Screen().page
    closed = page.text.partition("Fermés dans votre situation")[2]
    assert "Vous appartenez déjà à ce corps (Professeurs des écoles)." in closed
