"""Every lesson is executed at two dates: its answers are the engine's, or those of a text."""

from datetime import date

import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.calculate import ask
from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.atelier.seance import unpacked
from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.calculate.et_si.gap import paid_before
from iprof_kit.calculate.et_si.question import ScenarioEtSi
from iprof_kit.calculate.lessons import lessons, played
from iprof_kit.calculate.lessons.played import LeconJouee

OTHER_DAY = {
    "echelons": date(2026, 2, 1), "hors_classe": date(2025, 6, 1),
    "reclassement": date(2025, 6, 1), "brut_net": date(2026, 2, 1),
    "temps_partiel": date(2025, 6, 1), "reprise_services": date(2027, 2, 1),
    "pension": date(2025, 6, 1), "mobilite": date(2025, 11, 1),
}  # fmt: skip
DAYS = [(name, day) for name in OTHER_DAY for day in (None, OTHER_DAY[name])]
MINUTES = 10


def revealed(name, day, screen):
    """Return the question of a screen and its reveal, screens counted from 1."""
    shown = played(lessons()[name], day).ecrans[screen - 1]
    return shown.question, shown.revelation


def chosen(name, day, screen):
    """Return the words of the right choices, in the order of the answer."""
    question, reveal = revealed(name, day, screen)
    return [question.choix[place].replace("\u00a0", " ") for place in reveal.juste.choix]


def test_eight_lessons_of_ten_minutes_ship():
    assert list(lessons()) == list(OTHER_DAY)
    assert {lesson.minutes for lesson in lessons().values()} == {MINUTES}


@pytest.mark.parametrize(("name", "day"), DAYS)
def test_a_lesson_is_played_on_its_day_and_on_another_one(name, day):
    made = played(lessons()[name], day)
    assert LeconJouee.model_validate_json(made.model_dump_json()) == made
    assert made.jour == (day or lessons()[name].jour)
    reveals = [screen.revelation for screen in made.ecrans if screen.revelation]
    assert {reveal.droit_du for reveal in reveals} == {made.jour}
    assert all(reveal.sources and reveal.texte for reveal in reveals)


@pytest.mark.parametrize("name", OTHER_DAY)
def test_a_lesson_has_questions_that_a_figure_and_three_lines_close(name):
    screens = played(lessons()[name]).ecrans
    assert sum(screen.question is not None for screen in screens) >= 4
    assert len(screens[-1].retenir) == 3
    assert len({figure for figure, _ in screens[-1].retenir}) == 3  # no number is there twice
    (figure,) = [screen.figure for screen in screens if screen.figure]
    assert unpacked(figure).jour == lessons()[name].jour


@pytest.mark.parametrize("name", OTHER_DAY)
def test_every_form_of_question_is_used_and_no_answer_is_in_its_question(name):
    for screen in played(lessons()[name]).ecrans:
        if screen.revelation and screen.question.forme == "estimation":
            assert screen.revelation.valeur not in screen.titre
    forms = {one.forme for lesson in lessons().values() for one in lesson.ecrans if one.forme}
    assert forms == {"choix", "plusieurs", "estimation", "ordre"}


@pytest.mark.parametrize("day", [None, OTHER_DAY["echelons"]])
def test_echelons_as_the_decret_has_them(day):
    # décret 90-680, art. 24 : 1+1+2+2+2,5+3+3+3,5+4+4 ans ; 30 % de 132 = 39,6
    assert revealed("echelons", day, 1)[1].juste.valeur == 26
    assert chosen("echelons", day, 2) == ["39"]
    assert chosen("echelons", day, 4) == ["un mi-temps", "un congé parental", "un congé de maladie"]


@pytest.mark.parametrize("day", [None, OTHER_DAY["hors_classe"]])
def test_a_year_earlier_is_worth_what_the_engine_pays_more(day):
    lesson = lessons()["hors_classe"]
    claire = personas()["claire_vasseur"]
    both = tuple(
        ScenarioEtSi.model_validate(
            {"nom": str(year), "evenements": [{"nature": "hors_classe", "debut": f"{year}-09-01"}]}
        )
        for year in (2026, 2027)
    )
    first, second = answer(claire.question(both, day or lesson.jour)).scenarios
    end = first.depart
    more = round(paid_before(first, end) - paid_before(second, end))
    assert chosen("hors_classe", day, 3) == [f"{more:,} €".replace(",", " ")]


@pytest.mark.parametrize("day", [None, OTHER_DAY["hors_classe"]])
def test_the_conditions_and_the_rate_of_the_hors_classe(day):
    # arrêté du 30 juin 2009 modifié : 23 % en 2025 ; deux ans au 9e échelon
    assert revealed("hors_classe", day, 2)[1].juste.valeur == 23
    assert chosen("hors_classe", day, 1) == [
        "au 9e échelon depuis deux ans", "au 10e échelon depuis la veille",
    ]  # fmt: skip


@pytest.mark.parametrize("day", [None, OTHER_DAY["reclassement"]])
def test_the_reclassements_of_the_statutes(day):
    # décret 2017-786 : HC5 → HC4 ; décret 72-581 : 10e → HC3, ancienneté conservée
    assert chosen("reclassement", day, 1) == ["un échelon plus bas, le 4e échelon"]
    assert chosen("reclassement", day, 2) == ["il est resté le même"]
    assert chosen("reclassement", day, 3) == ["au 3e échelon"]
    assert chosen("reclassement", day, 4) == ["gardés"]


@pytest.mark.parametrize("day", [None, OTHER_DAY["brut_net"]])
def test_the_payslip_is_that_of_the_engine_on_the_day(day):
    paid = ask("pay", {
        "corps": "certifie", "grade": "classe_normale", "echelon": "6", "zone": 3,
        "date": day or lessons()["brut_net"].jour, "primes_usuelles": True, "mode": "annualise",
    })  # fmt: skip
    totals = paid.totaux
    share = round(100 * totals.net_avant_impot / totals.brut)
    assert revealed("brut_net", day, 1)[1].juste.valeur == share
    (cost,) = chosen("brut_net", day, 5)
    assert cost == f"{round(totals.cout_employeur / 10) * 10:,} €".replace(",", " ")
    assert chosen("brut_net", day, 2)[0] == "la retenue pour pension"


def test_the_frozen_day_changes_the_euros_that_a_lesson_shows():
    # la complémentaire santé obligatoire (accord du 26 janvier 2022) se retient depuis mai 2026
    before = revealed("brut_net", OTHER_DAY["brut_net"], 1)[1].chapeau
    after = revealed("brut_net", None, 1)[1].chapeau
    assert before != after


@pytest.mark.parametrize("day", [None, OTHER_DAY["temps_partiel"]])
def test_part_time_as_the_code_has_it(day):
    # CGFP, L612-5 : 6/7 pour 80 % ; CPCMR, L11 : dix ans à mi-temps liquident vingt trimestres
    assert revealed("temps_partiel", day, 1)[1].juste.valeur == pytest.approx(600 / 7, abs=0.05)
    assert chosen("temps_partiel", day, 2) == ["70 %"]
    assert chosen("temps_partiel", day, 4) == ["au même point"]
    assert revealed("temps_partiel", day, 5)[1].juste.valeur == 20


@pytest.mark.parametrize("day", [None, OTHER_DAY["reprise_services"]])
def test_services_are_credited_by_their_coefficients(day):
    # décret 51-1423 : AED, 100/135 de 2 160 jours ; contrat d’enseignement, en entier
    assert revealed("reprise_services", day, 1)[1].valeur.startswith("4 ans 5 mois 10 jours")
    assert chosen("reprise_services", day, 2) == [
        "contractuel enseignant", "assistant d’éducation", "salarié du privé",
    ]  # fmt: skip
    assert chosen("reprise_services", day, 3) == ["au 5e échelon"]
    assert revealed("reprise_services", day, 2)[1].a_verifier  # le privé : une seule source


@pytest.mark.parametrize("day", [None, OTHER_DAY["pension"]])
def test_the_pension_as_the_code_has_it(day):
    # CPCMR : L15, six mois d’indice ; L14, le plus petit des deux décomptes ; L18, 10 %
    assert chosen("pension", day, 1) == ["celui d’avant, 793"]
    assert chosen("pension", day, 2) == ["le plus petit : 8"]
    assert revealed("pension", day, 4)[1].juste.valeur == 10


@pytest.mark.parametrize("day", [None, OTHER_DAY["mobilite"]])
def test_the_points_of_the_lines_of_management(day):
    # LDG du 22 octobre 2024 : 7 × 7 ; 20 × 5 + 50 ; 400 ; 150,2 + 2 × 100 + 325 + 100
    weights = revealed("mobilite", day, 1)[1]
    assert weights.valeur.replace("\u00a0", " ") == "775,2 points pour la famille"
    assert weights.chapeau.replace("\u00a0", " ") == (
        "REP+ 400 points, poste 150 points, échelon 49 points."
    )
    assert revealed("mobilite", day, 2)[1].juste.valeur == 325
    assert chosen("mobilite", day, 4) == ["le Finistère", "la Manche", "le Pas-de-Calais"]


def test_a_day_on_which_a_sentence_is_no_longer_true_is_refused_and_the_sentence_named():
    with pytest.raises(InputError) as error:
        played(lessons()["hors_classe"], date(2027, 2, 1))
    assert "cette leçon ne tient pas" in error.value.message
    assert "jour <= 2026-09-01" in error.value.message
    assert "écran 3" in error.value.where


def test_a_day_before_the_law_that_a_lesson_tells_is_refused_in_french():
    with pytest.raises(InputError, match="ne tient pas"):
        played(lessons()["pension"], date(2009, 1, 1))
