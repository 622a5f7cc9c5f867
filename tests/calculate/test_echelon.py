"""The subject echelon: normal day, day of effect, bonification, hypotheses."""

from datetime import date

import pytest
from asking import asker
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from iprof_kit.base.errors import InputError
from iprof_kit.base.explanation import explain
from iprof_kit.calculate.career.echelon import answer, answers
from iprof_kit.calculate.career.echelon_question import EchelonQuestion

JEAN = {
    "corps": "pe", "grade": "classe_normale", "echelon": "6", "date_effet": date(2024, 9, 1),
    "aujourdhui": date(2026, 11, 25),
}  # fmt: skip


ask = asker("echelon", **JEAN)


def test_the_next_echelon_is_of_right():
    # décret 90-680 art. 24: 3 years at the 6e
    found = ask()
    assert (found.echelon_suivant, found.date_normale) == ("7", date(2027, 9, 1))
    assert found.date_effet_suivant == found.date_normale
    assert found.duree_mois == 36
    assert found.anciennete_jours == 2 * 360 + 2 * 30 + 24
    assert not found.a_verifier
    assert "L’administration le prononce" in found.phrase


def test_the_bonification_is_an_hypothesis_that_somebody_decides():
    found = ask()
    assert found.duree_bonifiee_mois == 24
    assert found.date_bonifiee == date(2026, 9, 1)
    assert found.bonification_decidee_par.startswith("recteur")
    assert ask(echelon="7").date_bonifiee is None


def test_months_of_direction_and_of_asa_bring_the_effect_forward():
    found = ask(annees_direction=(2024, 2025), mois_asa=2)
    assert found.date_normale == date(2027, 9, 1)
    assert found.date_effet_suivant == date(2027, 1, 1)
    assert (found.mois_utilises, found.mois_conserves) == (8, 0)
    assert any("2023-777" in source.texte for source in found.sources)
    assert any("95-313" in source.texte for source in found.sources)
    assert "avec effet au" in found.phrase


def test_a_published_school_head():
    # CAR20, se-unsa.org
    found = ask(
        echelon="3",
        date_effet=date(2022, 9, 1),
        aujourdhui=date(2024, 9, 1),
        annees_direction=(2023,),
    )
    assert (found.date_normale, found.date_effet_suivant) == (date(2024, 9, 1), date(2024, 6, 1))


def test_a_chevron_keeps_the_months():
    found = ask(
        grade="classe_exceptionnelle",
        echelon="5",
        chevron="HEA1",
        date_effet=date(2026, 9, 1),
        annees_direction=(2024, 2025),
    )
    assert (found.chevron_suivant, found.date_normale) == ("HEA2", date(2027, 9, 1))
    assert (found.mois_utilises, found.mois_conserves) == (0, 6)


def test_a_published_reclassement_then_the_next_echelon():
    # CAR23, 75.snuipp.fr
    found = ask(
        echelon="2", date_effet=date(2022, 9, 1), reliquat_jours=150, aujourdhui=date(2022, 9, 1)
    )
    assert (found.echelon_suivant, found.date_normale) == ("3", date(2023, 4, 1))


def test_time_that_does_not_count_moves_the_day():
    # CGFP L514-1
    leave = {
        "position": "Disponibilité",
        "motif": "convenances personnelles",
        "debut": date(2025, 3, 1),
        "fin": date(2025, 8, 31),
    }
    found = ask(periodes=(leave,))
    assert (found.jours_non_comptes, found.date_normale) == (180, date(2028, 3, 1))
    assert any("L514-1" in source.texte for source in found.sources)


def test_part_time_and_sick_leave_move_nothing():
    for position in ("Temps partiel", "CLM", "Congé de maladie ordinaire"):
        leave = {"position": position, "debut": date(2025, 3, 1), "fin": date(2026, 2, 28)}
        assert ask(periodes=(leave,)).date_normale == date(2027, 9, 1)


def test_the_last_echelon_is_followed_by_nothing():
    found = ask(echelon="11")
    assert found.date_normale is None
    assert found.duree_mois is None
    assert "Rien ne suit" in found.phrase


def test_the_7th_of_the_hors_classe_came_with_its_text():
    # snes.edu: immediate on 2021-01-01 for who had 36 months
    found = ask(
        grade="hors_classe", echelon="6", date_effet=date(2017, 9, 1), aujourdhui=date(2020, 9, 1)
    )
    assert (found.echelon_suivant, found.date_normale) == ("7", date(2021, 1, 1))


def test_a_text_moved_the_special_echelon():
    # reims.snes.edu
    found = ask(
        grade="classe_exceptionnelle",
        echelon="special",
        chevron="HEA3",
        date_effet=date(2021, 9, 1),
        aujourdhui=date(2022, 9, 1),
    )
    assert (found.echelon_suivant, found.chevron_suivant) == ("5", "HEA3")
    assert found.date_normale == date(2023, 8, 6)


@pytest.mark.parametrize(
    ("echelon", "months", "day"),
    [
        # se-unsa, snes, sncl: 5e 24 months, 6e, 7e and 8e 30 months
        ("5", 24, date(2026, 9, 1)), ("6", 30, date(2027, 3, 1)), ("7", 30, date(2027, 3, 1)),
        ("8", 30, date(2027, 3, 1)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("corps", ["pe", "certifie", "peps", "plp", "cpe", "psyen", "agrege"])
def test_a_project_never_adopted_is_shown_apart_and_only_when_asked(corps, echelon, months, day):
    asked = ask(corps=corps, echelon=echelon, hypotheses=("projet_2025",))
    plain = ask(corps=corps, echelon=echelon)
    assert plain.projet is None
    assert asked.date_normale == plain.date_normale
    assert (asked.projet.duree_mois, asked.projet.date_normale) == (months, day)
    assert "jamais adopté" in asked.projet.statut


def test_the_project_changes_no_other_echelon():
    assert ask(echelon="9", hypotheses=("projet_2025",)).projet is None


def test_what_rests_on_one_source_is_marked():
    found = ask(
        corps="chaire_sup",
        grade="grade_unique",
        echelon="6",
        chevron="HEA3",
        date_effet=date(2025, 9, 1),
    )
    assert found.a_verifier
    assert found.motifs


@pytest.mark.parametrize(("echelon", "due"), [("1", date(2027, 2, 1)), ("2", date(2027, 2, 1))])
def test_p02_a_date_needs_no_index(echelon, due):
    """The first two échelons last nine months each; no grid of ours says their index."""
    place = {"corps": "instituteur", "grade": "grade_unique", "echelon": echelon}
    found = ask(**place, date_effet=date(2026, 5, 1))
    assert (found.duree_mois, found.date_normale, found.indice_majore) == (9, due, None)
    assert "indice majoré : inconnu de ce kit" in found.motifs
    assert [source.texte for source in found.sources] == ["vocationservicepublic.fr"]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"grade": "grade_unique"}, "grade"),
        ({"echelon": "special"}, "echelon"),
        ({"chevron": "HEA1"}, "chevron"),
        ({"date_effet": date(2017, 8, 31)}, "date_effet"),
        ({"date_effet": date(2027, 1, 1)}, "date_effet"),
        ({"reliquat_jours": 36 * 30}, "reliquat_jours"),
        ({"annees_direction": (2022,)}, "annees_direction"),
        ({"annees_direction": (2024, 2024)}, "annees_direction"),
    ],
)
def test_what_is_impossible_is_refused_by_field(changes, where):
    with pytest.raises(InputError) as error:
        ask(**changes)
    assert error.value.where == where
    assert error.value.remedy


def test_unknown_and_negative_fields_are_refused():
    for changes in ({"mois_asa": -1}, {"inconnu": 1}, {"hypotheses": ("projet_2030",)}):
        with pytest.raises(ValidationError):
            ask(**changes)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["pe", "certifie", "agrege"]),
            st.integers(1, 11),
            st.integers(0, 300),
            st.integers(0, 6),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_one_row_equals_many_and_row_order_has_no_effect(rows):
    questions = [
        EchelonQuestion(
            **(JEAN | {"corps": c, "echelon": str(e), "reliquat_jours": k, "mois_asa": m})
        )
        for c, e, k, m in rows
    ]
    found = answers(questions)
    assert found == [answer(question) for question in questions]
    assert answers(questions[::-1]) == found[::-1]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 300), st.integers(0, 300), st.sampled_from(["5", "6", "8", "10"]))
def test_more_seniority_never_delays(low, high, echelon):
    low, high = sorted((low, high))
    early, late = (ask(echelon=echelon, reliquat_jours=kept) for kept in (high, low))
    assert early.date_effet_suivant <= late.date_effet_suivant


def test_the_explanation_is_about_this_echelon_only():
    with explain() as trace:
        ask(annees_direction=(2024,))
    rules = {step.rule for step in trace.steps}
    assert {"echelon_duration", "next_cell", "direction_months", "shortened_duration"} <= rules
    assert not rules & {"hors_classe_open", "classe_exceptionnelle_open"}
