"""Autres parcours: every path said once, filters that count, dates and euros that agree, care."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
import ui_people as people
from ui_visitor import Visitor

from iprof_kit.base.words import hard_spaces
from iprof_kit.calculate import ask
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.calculate.paths import facts as path_facts
from iprof_kit.calculate.paths.overview import overview
from iprof_kit.calculate.paths.question import EligibilityQuestion
from iprof_kit.calculate.paths.why import when_words
from iprof_kit.services.contract.dossier import EchelonTenu
from iprof_kit.ui.kit.fields import Read, read_fields
from iprof_kit.ui.screens.autres_parcours.fields import every_group
from iprof_kit.ui.screens.autres_parcours.next_questions import answerables
from iprof_kit.ui.screens.autres_parcours.question import from_file, question_of
from iprof_kit.ui.screens.siac.windows import window_words
from iprof_kit.ui.shared.text import signed_money

PATH = "/perspectives/autres-parcours"
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
def test_every_path_of_the_law_is_listed_once_where_its_state_puts_it(dossier):
    screen, answer = Screen(dossier), law(dossier)
    assert sorted(screen.listed) == sorted(path.code for path in answer.parcours)
    instrument, folds = screen.html.split('class="block folds"')
    waiting, closed = folds.split('id="jamais"')
    places = {"ouvert": instrument, "a_partir_du": instrument, "depend": waiting, "jamais": closed}
    for path in answer.parcours:
        assert f'data-of="{path.code}"' in places[path.etat], path.code


@pytest.mark.parametrize("dossier", [people.JEAN, people.SANS_CORPS, CERTIFIE])
def test_a_line_says_what_the_whole_path_says(dossier):
    question = question_of(from_file(dossier, people.TODAY), Read())
    lines = overview(EligibilityQuestion(**question)).lines
    for line, path in zip(lines, law(dossier).parcours, strict=True):
        assert (line.code, line.state, line.since, line.opens, line.until, line.session) == (
            path.code, path.etat, path.depuis, path.a_partir_du, path.jusqu_au, path.session
        )  # fmt: skip
        if path.etat == "depend":
            assert line.not_told == path.a_verifier_par_vous
        if path.etat in ("jamais", "a_partir_du"):
            assert line.missing == path.manque


@pytest.mark.parametrize("dossier", [people.JEAN, people.SANS_CORPS, CERTIFIE])
def test_what_an_answer_is_said_to_open_is_what_it_opens(dossier):
    """Each possible answer is given for real: the law then opens exactly the paths announced."""
    given = from_file(dossier, people.TODAY)
    asked = every_group({})
    possible = answerables(asked, {}, people.TODAY)
    question = question_of(given, Read())
    looked = overview(EligibilityQuestion(**question), [one.adds for one in possible])
    before = {path.code for path in law(dossier).parcours if path.etat == "ouvert"}
    tried = 0
    for one, opened in zip(possible, looked.opened, strict=True):
        if not opened or not one.value or one.field == "enfants":
            continue
        answers = {one.field: one.value}
        read = read_fields(every_group(answers), answers, people.TODAY)
        now = ask("eligibility", question_of(given, read)).parcours
        assert {path.code for path in now if path.etat == "ouvert"} - before == opened
        tried += 1
    assert tried


def test_three_questions_at_a_time_the_most_useful_first():
    screen = Screen()
    head = r'name="([\w-]+)"'
    form = screen.html.split('data-intent="parcours_question"')[1].split("</form>")[0]
    first = set(re.findall(head, form))
    counts = [int(n) for n in re.findall(r"ouvre (\d+)|jusqu’à (\d+)", form) for n in n if n]
    assert len(first) == 3
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0
    screen.do("autres_questions")
    form = screen.html.split('data-intent="parcours_question"')[1].split("</form>")[0]
    assert len(set(re.findall(head, form)) - first) == 3


def test_an_answered_question_leaves_its_place_to_the_next_and_stays_among_the_answers():
    screen = Screen()
    screen.do("parcours_question", niveau_diplome="8")
    form = screen.html.split('data-intent="parcours_question"')[1].split("</form>")[0]
    assert 'name="niveau_diplome"' not in form
    answered = screen.html.split('data-intent="parcours_reponses"')[1].split("</form>")[0]
    assert 'value="8" selected' in answered


def test_a_family_is_chosen_by_a_button_that_says_how_many_are_open():
    screen = Screen()
    answer = law(people.JEAN)
    screen.do("filtre", famille="temps_partiel")
    wanted = [path for path in answer.parcours if path.famille == "temps_partiel"]
    assert sorted(screen.listed) == sorted(path.code for path in wanted)
    count = sum(path.etat == "ouvert" for path in wanted)
    assert f'value="temps_partiel" checked><span>Temps partiel {count}' in screen.html.replace(
        "\u00a0", " "
    )
    screen.do("filtre", famille="")
    assert len(screen.listed) == len(answer.parcours)


def test_filter_and_open_path_come_back_after_a_reload_and_a_second_press_closes_it():
    screen = Screen()
    screen.do("filtre", famille="concours")
    screen.do("parcours_voir", of="AGREG_INT")
    again = Screen(guichet=screen.guichet)
    assert "Conditions, une par une" in again.page.text
    assert 'value="concours" checked' in again.html
    again.do("parcours_voir", of="AGREG_INT")
    assert "Conditions, une par une" not in again.page.text


@pytest.fixture(scope="module")
def certifie():
    return Screen(CERTIFIE), {path.code: path for path in law(CERTIFIE).parcours}


@pytest.mark.parametrize("code", path_facts.every_path())
def test_each_path_whole_says_who_decides_where_dates_and_pay(certifie, code):
    """And names no file, no site, no letter of confidence outside « Règles et sources »."""
    screen, paths = certifie
    screen.do("parcours_voir", of=code)
    page, path = screen.do("pourquoi", of=code), paths[code]
    whole = page.text.partition("Qui décide")[2].partition("Règles et sources")[0]
    for title in ("Où se fait l’acte", "Dates", "Effet sur la paie", "Conditions, une par une"):
        assert title in whole
    assert hard_spaces(re.split(r"[A-Z]{2,}", path.decide_par)[0].strip()[1:20]) in whole
    assert whole.count("non remplie") >= sum(c.remplie is False for c in path.conditions)
    sources = r"confiance [A-D]|de mémoire|\b[\w-]+\.(?:csv|com|org|net)\b|(?<!gouv)\.fr\b"
    assert not re.findall(sources, page.text.partition("Règles et sources")[0])


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


def test_the_reason_of_a_path_is_calculated_when_it_is_opened():
    screen = Screen(CERTIFIE)
    opened = screen.do("parcours_voir", of="LA_AGREGE")
    assert "La raison se calcule…" in opened.text
    assert 'data-of="LA_AGREGE"' in screen.html
    (when,) = (p for p in law(CERTIFIE).parcours if p.code == "LA_AGREGE")
    told = screen.do("pourquoi", of="LA_AGREGE")
    assert "La raison se calcule…" not in told.text
    assert screen.html.split('class="res"')[1].startswith(f"><dt>Donc</dt><dd>{when_words(when)}<")


def test_a_reason_that_is_no_path_is_not_calculated():
    screen = Screen(CERTIFIE)
    screen.do("parcours_voir", of="LA_AGREGE")
    assert "La raison se calcule…" in screen.do("pourquoi", of="pirate").text


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


def test_p01_a_personal_situation_is_held_while_the_page_is_open_and_never_kept():
    screen = Screen()
    screen.do("personnel", **{"sensible_fait-handicap": "oui"})
    assert "handicap" not in str(screen.guichet.carnets)
    path = 'name="sensible_fait-handicap"'
    chosen = screen.html.split(path)[1].split("</select>")[0]
    assert 'value="oui" selected' in chosen
    chosen = Screen(guichet=screen.guichet).html.split(path)[1].split("</select>")[0]
    assert 'value="oui" selected' not in chosen
    screen.do("parcours_reponses", niveau_diplome="7")
    assert "handicap" not in str(screen.kept)
    screen.do("tout_effacer")
    chosen = screen.html.split(path)[1].split("</select>")[0]
    assert 'value="oui" selected' not in chosen


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
    closed = page.text.partition("Ce qui est fermé dans votre situation")[2]
    assert "Vous appartenez déjà à ce corps (Professeurs des écoles)." in closed


@pytest.mark.parametrize(
    ("state", "now", "says"),
    [("ouverte", False, "inscription ouverte"), ("close", False, "inscription close"),
     ("a_venir", False, "inscription à venir"), ("inconnue", True, "à vérifier"),
     ("inconnue", False, "sans date")],
)  # fmt: skip
def test_p24_a_competition_whose_conditions_are_met_says_its_window_as_concours_does(
    state, now, says
):
    step = SimpleNamespace(etape="inscription", etat=state)
    assert window_words(SimpleNamespace(verifier_maintenant=now, etapes=(step,))) == says


def test_p24_conditions_open_no_competition_whose_window_is_not_open():
    words = Screen(CERTIFIE).page.text.replace("\u00a0", " ")
    assert "Vous remplissez les conditions connues de" in words
    assert re.search(r"Aucune inscription ouverte connue pour \d+ concours ou examens?", words)
    assert "vous sont ouverts" not in words
    assert re.search("Session 2027, (à vérifier|sans date|inscription close)", words)
