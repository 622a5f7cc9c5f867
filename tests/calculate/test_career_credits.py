"""Months of school heads and of ASA in a projected career: both days, the reason, the doubts."""

from datetime import date

import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.career.calculation import answer
from iprof_kit.calculate.career.question import Scenario


def steps(found):
    return [
        step for step in found.scenarios[0].etapes if step.nature in ("echelon", "bonification")
    ]


def test_both_days_are_shown_and_explained(asked):
    # 7e on 2024-09-01, 3 years; two complete years of direction: 6 months
    found = answer(asked(annees_direction=(2024, 2025), expliquer=True))
    step = steps(found)[0]
    assert (step.date, step.date_normale) == (date(2027, 3, 1), date(2027, 9, 1))
    lines = {line.libelle: line.valeur for line in step.explication.lignes}
    assert lines["Dû le"] == "1er septembre 2027"
    assert lines["Effet le"] == "1er mars 2027"
    assert lines["Mois de bonification utilisés (direction d’école, ASA)"] == "6 mois"
    assert any("2023-777" in source.texte for source in step.explication.sources)
    assert "date" not in step.a_verifier


def test_the_next_echelon_counts_from_the_effect_and_shows_no_normal_day(asked):
    after = steps(answer(asked(mois_asa=6)))[1]
    assert (after.date, after.date_normale) == (date(2030, 9, 1), None)


def test_a_year_still_to_be_served_is_supposed_and_marked(asked):
    step = steps(answer(asked(annees_direction=(2026,))))[0]
    assert (step.date, step.date_normale) == (date(2027, 6, 1), date(2027, 9, 1))
    assert "date" in step.a_verifier
    assert "2026-2027" in step.motif_a_verifier
    assert "supposée complète" in step.motif_a_verifier


def test_a_promotion_of_grade_is_open_in_the_same_years(asked):
    # « ne rendent pas promouvable plus tôt » : se-unsa, sgen aquitaine
    plain = answer(asked(echelon="8", date_effet=date(2025, 9, 1)))
    early = answer(asked(echelon="8", date_effet=date(2025, 9, 1), mois_asa=3))
    first = [found.eligibilites[0].premiere_campagne for found in (plain, early)]
    assert first == [2031, 2031]


def test_a_refusal_reads_the_situation_pronounced(asked):
    found = answer(
        asked(
            Scenario(hors_classe=2030),
            echelon="8",
            date_effet=date(2027, 9, 1),
            mois_asa=9,
            aujourdhui=date(2027, 11, 25),
        )
    )
    # 9e pronounced on 2031-03-01: on 31 August 2030 still at the 8e
    assert "8e échelon" in found.scenarios[0].refus[0].motif


def test_more_months_than_the_echelon_lasts_are_marked(asked):
    step = steps(answer(asked(echelon="1", date_effet=date(2026, 9, 1), mois_asa=20)))[0]
    assert (step.date, step.date_normale) == (date(2026, 9, 1), date(2027, 9, 1))
    assert "suite non trouvée" in step.motif_a_verifier


@pytest.mark.parametrize("years", [(2022,), (2025, 2025)])
def test_a_year_that_does_not_count_is_refused(asked, years):
    with pytest.raises(InputError) as error:
        answer(asked(annees_direction=years))
    assert error.value.where == "annees_direction"


def test_leave_and_months_live_together(asked):
    leave = {
        "position": "Disponibilité",
        "motif": "convenances personnelles",
        "debut": date(2026, 12, 1),
        "fin": date(2027, 5, 31),
    }
    step = steps(answer(asked(periodes=(leave,), mois_asa=3)))[0]
    # 36 months from 2024-09-01, six of them not counted, three months earlier
    assert (step.date, step.date_normale) == (date(2027, 12, 1), date(2028, 3, 1))
