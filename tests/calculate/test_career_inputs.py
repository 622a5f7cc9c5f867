"""What cannot be computed is refused in French, with the place and the remedy."""

from datetime import date

import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.career.calculation import answer
from iprof_kit.calculate.career.question import Scenario

CASES = {
    "no corps": ({"corps": None}, "corps", "pas de corps, donc pas d’échelon calculé"),
    "no grade": ({"grade": None}, "grade", "manque"),
    "no échelon": ({"echelon": None}, "echelon", "manque"),
    "no date": ({"date_effet": None}, "date_effet", "manque"),
    "unknown corps": ({"corps": "recteur"}, "corps", "valeurs admises : pe, "),
    "unknown grade": ({"grade": "classe_unique"}, "grade", "valeurs admises : classe_normale"),
    "échelon outside the grid": ({"echelon": "special"}, "echelon", "hors de la grille"),
    "hostile text": ({"echelon": "<script>"}, "echelon", "valeurs admises : 1, 2"),
    "chevron missing": (
        {"corps": "agrege", "grade": "hors_classe", "echelon": "4"}, "chevron", "par chevrons",
    ),
    "date before the tables": ({"date_effet": date(2016, 9, 1)}, "date_effet", "non couverte"),
    "date in the future": ({"date_effet": date(2027, 1, 1)}, "date_effet", "avenir"),
    "birth after the échelon": ({"date_naissance": date(2025, 1, 1)}, "date_naissance", "suivent"),
    "end before today": ({"jusqu_au": date(2020, 1, 1)}, "jusqu_au", "suivent"),
    "cell that did not exist": (
        {"grade": "hors_classe", "date_effet": date(2019, 1, 1)}, "echelon", "n’existe pas",
    ),
    "index that no grid gives": (
        {"corps": "instituteur", "grade": "grade_unique", "echelon": "1"}, "echelon", "indice",
    ),
    "too much seniority": ({"reliquat_jours": 1080}, "reliquat_jours", "durée de l’échelon"),
    "impossible quotité": ({"quotite": 45}, "quotite", "n’est pas possible"),
    "half-days by right in the second degree": (
        {"corps": "certifie", "quotite": 75, "type_temps_partiel": "de_droit"}, "quotite",
        "n’est pas possible",
    ),
    "unknown category": (
        {"categorie_retraite": "marine"}, "categorie_retraite", "valeurs admises : sedentaire",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_an_impossible_question_is_refused(asked, name):
    changes, where, words = CASES[name]
    with pytest.raises(InputError) as caught:
        answer(asked(**changes))
    assert caught.value.where == where
    assert words in caught.value.message
    assert where == "quotite" or all(fault.remedy for fault in caught.value.faults)


def test_p02_a_person_past_the_limite_d_age_is_projected_to_where_she_may_be_kept(asked):
    """Seventy years on authorisation (loi 2023-270, art. 10)."""
    given = answer(asked(date_naissance=date(1957, 1, 1)))
    assert given.fin == date(2027, 1, 1)
    assert given.retraite.date_limite_age == date(2024, 1, 1)
    assert "maintien en fonction, sur autorisation" in given.non_calcules[0]


@pytest.mark.parametrize("count", [0, 5])
def test_one_to_four_scenarios(asked, count):
    question = asked().model_copy(update={"scenarios": (Scenario(),) * count})
    with pytest.raises(InputError, match="scénarios"):
        answer(question)


def test_the_old_grid_ended_with_its_reform(asked):
    late = {"ancienne_grille": True, "date_effet": date(2018, 9, 1)}
    with pytest.raises(InputError) as error:
        answer(asked(**late))
    assert error.value.where == "ancienne_grille"
    created = {"ancienne_grille": True, "date_effet": date(2015, 9, 1), "corps": "psyen"}
    with pytest.raises(InputError, match="règle non couverte"):
        answer(asked(**created))


@pytest.mark.parametrize(
    ("corps", "quotite", "kind", "paid"),
    # six demi-journées sur huit ; quatorze heures sur dix-huit, en pour cent entiers
    [("pe", 75, "sur_autorisation", 0.75), ("pe", 75, "de_droit", 0.75),
     ("certifie", 78, "sur_autorisation", 0.78)],
)  # fmt: skip
def test_a_quotite_in_half_days_or_in_hours_is_followed(asked, corps, quotite, kind, paid):
    found = answer(asked(corps=corps, quotite=quotite, type_temps_partiel=kind))
    first = found.scenarios[0].etapes[0]
    assert first.traitement == pytest.approx(first.traitement_temps_plein * paid, abs=0.011)
