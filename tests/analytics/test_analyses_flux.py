"""Analysis 20: how long a promotion takes, on people few enough to be counted by hand."""

import re
from datetime import date

import numpy as np
import pandas as pd
import pytest
from few_people import people

import iprof_kit
from iprof_kit.base.errors import InputError

EVE = date(2025, 8, 31)


WAITING = {
    "numero": ["a", "b", "c", "d"],
    "sexe": ["F", "F", "F", "H"],
    "corps": "pe",
    "grade": ["hors_classe", "hors_classe", "classe_normale", "classe_normale"],
    "entree_corps": "2019-09-01",
    "entree_grade": ["2021-09-01", "2023-09-01", "2019-09-01", "2019-09-01"],
    "date_sortie": [None, None, "2022-09-01", None],
}
"""Promoted after 2 and 4 years; waiting for 3 years (she left then) and for 6, not a day."""


def asked(gens, **options):
    return iprof_kit.analyser(20, gens, **{"au": EVE, **options})


def of(answer, corps="pe", sexe="Ensemble"):
    return answer.table.set_index(["corps", "sexe"]).loc[(corps, sexe)]


def test_who_is_not_promoted_yet_waits_and_is_not_thrown_away():
    """Kaplan–Meier by hand: 3/4 wait after 2 years; after 4, of the two still seen, one: 3/8."""
    answer = asked(people(WAITING))
    curve = answer.details["survie"].query("sexe == 'Ensemble'").set_index("delai")["non_promus"]
    assert curve.loc[[2.0, 4.0]].tolist() == [75.0, 37.5]
    row = of(answer)
    assert (row["effectif"], row["promus"]) == (4, 2)
    assert (row["premier_quartile"], row["mediane"]) == (2, 4)
    assert np.isnan(row["troisieme_quartile"])  # not yet reached


def test_who_left_the_day_of_a_promotion_was_not_waiting_for_it():
    """She left on 1 September 2023: of those waiting 4 years, only two are left, not three."""
    gone = pd.to_datetime([None, None, "2023-09-01", None])
    curve = asked(people(WAITING, date_sortie=gone)).details["survie"].query("sexe == 'Ensemble'")
    assert curve.set_index("delai").loc[4.0, "non_promus"] == 37.5


def test_a_promotion_after_the_last_day_known_has_not_happened():
    assert of(asked(people(WAITING), au=date(2022, 8, 31)))["promus"] == 1


def test_a_state_without_year_is_left_out_and_told():
    answer = asked(people(WAITING, annee=pd.array([2024, 2024, None, 2024], dtype="Int64")))
    assert of(answer)["effectif"] == 3
    assert any("année" in warning for warning in answer.avertissements)


@pytest.mark.parametrize("number", [20, 24, 25])
def test_states_without_any_year_are_refused(number):
    gens = people(WAITING, annee=pd.array([None] * 4, dtype="Int64"), motif_sortie="")
    gens.attrs["observation"] = EVE.isoformat()
    with pytest.raises(InputError) as refused:
        iprof_kit.analyser(number, gens)
    assert refused.value.where == "annee"


def test_by_sex_and_by_corps():
    answer = asked(people(WAITING, corps=["pe", "pe", "certifie", "certifie"]))
    assert of(answer, "pe", "F")["effectif"] == 2
    assert of(answer, "certifie", "H")["promus"] == 0
    assert ("Ensemble", "Ensemble") in set(
        zip(answer.table["corps"], answer.table["sexe"], strict=True)
    )


def test_the_date_of_promotion_given_wins_over_the_entry_into_the_grade():
    given = pd.to_datetime(["2020-09-01", None, None, None])
    assert of(asked(people(WAITING, date_promotion=given)))["premier_quartile"] == 1


def test_what_cannot_be_used_is_counted():
    grades = ["classe_exceptionnelle", "hors_classe", "grade_inconnu", "classe_normale"]
    answer = asked(people(WAITING, grade=grades))
    assert of(answer)["effectif"] == 2
    assert "1 personne promue sans date de promotion connue" in answer.legende
    assert "1 personne d’un corps ou d’un grade hors de cette promotion" in answer.legende
    late = pd.to_datetime(["2022-09-01", "2019-09-01", "2019-09-01", None])
    told = asked(people(WAITING, entree_corps=late)).legende
    assert "1 personne dont la promotion précède" in told
    assert "1 personne sans date d’entrée" in told


def states(years, listed, promoted):
    """A person at the 9th échelon, promouvable from a year, promoted on 1 September of another."""
    rows = [
        {
            "numero": "x",
            "sexe": "F",
            "corps": "pe",
            "chevron": "",
            "annee": year,
            "grade": "hors_classe" if year > promoted else "classe_normale",
            "echelon": "3" if year > promoted else "9",
            "anciennete_jours": 720 if year >= listed else 719,  # two years, or a day less
            "entree_corps": pd.Timestamp("2005-09-01"),
            "entree_grade": pd.Timestamp(f"{promoted}-09-01" if year > promoted else "2005-09-01"),
        }
        for year in years
    ]
    return pd.DataFrame(rows)


def test_the_range_opens_on_the_first_campaign_whose_condition_is_met():
    answer = asked(states(range(2020, 2026), listed=2022, promoted=2024), depuis="plage")
    assert of(answer)["mediane"] == 2
    first = asked(states(range(2020, 2026), listed=2022, promoted=2022), depuis="plage")
    assert of(first)["mediane"] == 0


def test_a_range_already_open_in_the_first_state_is_not_measured():
    both = pd.concat(
        [
            states(range(2020, 2026), listed=2022, promoted=2024),
            states(range(2020, 2026), listed=2019, promoted=2021).assign(numero="y"),
        ]
    )
    answer = asked(both, depuis="plage")
    assert of(answer)["effectif"] == 1
    assert "1 personne dont le premier état est déjà dans la plage" in answer.legende


def queue(rate, years=range(2000, 2026), entering=100):
    """Each year a hundred enter the range, and a share of all of it is promoted, oldest first."""
    waiting, left_over, rows = [], 0.0, []
    for year in years:
        waiting += [year] * entering
        places = rate * len(waiting) + left_over
        left_over = places % 1
        rows += [(opened, year) for opened in waiting[: int(places)]]
        waiting = waiting[int(places) :]
    rows += [(opened, None) for opened in waiting]
    # an opening on 1 September stands for the entry: the delay is the wait in the range
    return pd.DataFrame(
        {
            "numero": [str(n) for n in range(len(rows))],
            "sexe": "F",
            "corps": "pe",
            "grade": ["classe_normale" if year is None else "hors_classe" for _, year in rows],
            "entree_corps": pd.to_datetime([f"{opened}-09-01" for opened, _ in rows]),
            "entree_grade": pd.to_datetime([f"{year or opened}-09-01" for opened, year in rows]),
        }
    )


def test_from_18_to_23_per_cent_the_hors_classe_comes_a_year_to_a_year_and_a_half_earlier():
    """Published: sections.se-unsa.org/50 (1.5 year), sudeducation (1 year)."""
    slow, fast = (of(asked(queue(rate)))["mediane"] for rate in (0.18, 0.23))
    assert 1 <= slow - fast <= 1.5


def test_row_order_has_no_effect():
    one, other = asked(people(WAITING)), asked(people(WAITING).iloc[[3, 1, 0, 2]])
    pd.testing.assert_frame_equal(one.table, other.table)
    pd.testing.assert_frame_equal(one.details["survie"], other.details["survie"])


@pytest.mark.parametrize(
    "options",
    [{}, {"corps": "pe"}, {"depuis": "plage"}, {"vers": "classe_exceptionnelle"}],
    ids=["all", "one corps", "from the range", "last grade"],
)
def test_it_answers_and_draws_on_a_population(options):
    answer = iprof_kit.analyser(20, iprof_kit.etats(3_000, 1), **options)
    assert (answer.table["promus"] <= answer.table["effectif"]).all()
    assert answer.table["mediane"].notna().any()
    assert answer.figure().get_suptitle().endswith("PROJET")


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        ({}, {"vers": "maître"}, "maître.*Choix possibles.*hors_classe"),
        ({}, {"vers": "classe_normale"}, "classe_normale"),
        ({}, {"depuis": "naissance"}, "corps, plage"),
        ({}, {"depuis": "plage"}, "annee"),
        ({}, {"corps": "agrege"}, "corps=agrege.*groupe est vide"),
        ({"corps": "chaire_sup"}, {}, "groupe est vide"),
    ],
)
def test_what_cannot_be_measured_says_what_to_do(change, options, said):
    with pytest.raises(InputError) as error:
        asked(people(WAITING, **change), **options)
    assert re.search(said, str(error.value), flags=re.DOTALL)
