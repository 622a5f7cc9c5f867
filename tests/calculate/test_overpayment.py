"""A pay that learns a change late: sums by hand from the texts, delays, a spread, bad inputs."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.base.errors import InputError
from iprof_kit.calculate import ask

PERSON = {
    "situation": {
        "corps": "pe",
        "grade": "classe_normale",
        "echelon": "5",
        "date_effet": "2025-01-01",
        "date_naissance": "1990-03-04",
    },
    "aujourdhui": "2026-11-24",
    "zone": 3,
}
AUTUMN = {"personne": PERSON, "debut": "2026-09-01", "corrige": "2026-12-01"}
ISAE = {"changement": "prime_arretee", "prime": {"code": "ISAE_FIXE"}}
PART_TIME = {"changement": "temps_partiel", "quotite": 80}
TIB = 2367.86
"""481 points (5e échelon, grille des professeurs des écoles) à 59,0734 €, par mois."""
MONTHLY = 212.50 + 240 + 14.67
"""ISAE 2 550 €, attractivité 2 880 € et équipement 176 € par an, par douzièmes."""


def asked(**changes):
    return ask("trop-percu", AUTUMN | changes)


def of_month(answer, rank=0):
    return {line.code: line.montant for line in answer.par_mois[rank].lignes}


def test_three_months_of_a_stopped_isae_are_those_of_the_mockup():
    # maquette « trop-percu » : poste sans élèves le 1er septembre, 3 × 212,50 €
    answer = asked(**ISAE, mensualites=3)
    assert (answer.sens, answer.brut) == ("trop_percu", 637.50)
    assert [one.mois for one in answer.par_mois] == ["2026-09", "2026-10", "2026-11"]
    assert answer.etalement == (212.50, 212.50, 212.50)


def test_a_part_time_known_late_gives_back_a_seventh():
    # décret 82-624 : 80 % est payé 6/7 ; l'équipement informatique ne suit pas la quotité
    month = of_month(asked(**PART_TIME))
    assert month == {"TIB": 338.27, "ISAE_FIXE": 30.36, "PRIME_ATTRACTIVITE": 34.29}


def test_a_network_entered_is_owed_to_her():
    # REP : 1 734 € par an, 144,50 € par mois (maquette « trop-percu », titre)
    answer = asked(changement="education_prioritaire", reseau="REP")
    assert (answer.sens, answer.brut, answer.etalement) == ("rappel", 433.50, ())


def test_a_leave_known_late_counts_its_own_days():
    # 10 septembre au 20 octobre : un jour de carence, 20 jours puis 20 jours à 90 %
    answer = asked(changement="conge_maladie", debut="2026-09-10", fin="2026-10-20")
    month = of_month(answer)
    assert month["ABS_CARENCE"] == pytest.approx((TIB + MONTHLY) / 30, abs=0.011)
    assert month["ABS_CMO"] == pytest.approx((TIB + 212.50 + 240) * 20 / 30 / 10, abs=0.021)
    assert of_month(answer, 1)["ABS_CMO"] == month["ABS_CMO"]


def test_after_a_departure_nothing_is_due():
    # 11 novembre : vingt trentièmes du mois
    answer = asked(changement="depart", debut="2026-11-11")
    assert answer.brut == pytest.approx((TIB + MONTHLY) * 20 / 30, abs=0.021)


def test_a_direction_begun_and_one_that_ends_are_one_sum_with_two_signs():
    begun = asked(changement="direction", classes=5)
    head = PERSON | {"paie": {"zone": 3, "primes_usuelles": True, "direction_classes": 5}}
    ended = asked(changement="direction", personne=head)
    assert (begun.sens, ended.sens) == ("rappel", "trop_percu")
    assert begun.brut == ended.brut > 0


@pytest.mark.parametrize(
    ("changes", "last"),
    [
        # loi 2000-321, art. 37-1 : deux ans dès le 1er du mois suivant la paie de septembre
        (ISAE, date(2028, 9, 30)),
        # loi 68-1250, art. 1 : quatre ans dès le 1er janvier suivant
        ({"changement": "education_prioritaire", "reseau": "REP"}, date(2030, 12, 31)),
    ],
)
def test_each_way_has_its_own_delay(changes, last):
    assert asked(**changes).par_mois[0].dernier_jour == last


def test_months_out_of_delay_are_told_apart_from_those_left_to_discuss():
    # maquette « trop-percu », titre du 9 novembre 2026 : 289,00 € semblent prescrits, reste 144,50
    person = PERSON | {
        "aujourdhui": "2026-11-09",
        "paie": {"zone": 3, "primes_usuelles": True, "education_prioritaire": "REP"},
    }
    answer = asked(
        personne=person,
        debut="2024-09-01",
        corrige="2024-12-01",
        changement="education_prioritaire",
        reseau="aucune",
    )
    assert [one.passe for one in answer.par_mois] == [True, True, False]
    assert (answer.brut, answer.hors_delai, answer.etalement) == (433.50, 289.00, (144.50,))


def test_nothing_changed_is_said_and_nothing_is_spread():
    answer = asked(changement="temps_partiel", quotite=100)
    assert (answer.sens, answer.brut, answer.par_mois, answer.etalement) == ("aucun", 0, (), ())
    assert "les mêmes" in answer.non_calcules[0]


def test_a_year_whose_scale_was_not_read_keeps_the_sum():
    answer = asked(personne=PERSON | {"aujourdhui": "2027-01-05"}, **ISAE)
    assert (answer.brut, answer.saisissable) == (637.50, None)
    assert any("le barème de 2027 n’a pas été lu" in one for one in answer.non_calcules)


def test_months_before_the_echelon_of_today_say_what_they_suppose():
    person = PERSON | {"situation": PERSON["situation"] | {"date_effet": "2026-10-01"}}
    assert any("1er octobre 2026" in one for one in asked(personne=person, **ISAE).non_calcules)


def test_reasons_are_those_of_the_lines_of_the_delay_and_of_the_share():
    told = asked(**ISAE, expliquer=True).explications
    assert [one.question.replace("\u00a0", " ") for one in told] == [
        "Pourquoi 212,50 € ?",
        "Jusqu’à quand cette somme peut-elle être réclamée ?",
        "Combien peut-on retenir chaque mois ?",
    ]


def test_a_prime_of_today_that_did_not_exist_then_is_not_counted_in_past_months():
    # décret 2020-1524 : prime d'équipement informatique depuis 2021 ; attractivité depuis mai 2021
    person = PERSON | {
        "paie": {"zone": 3, "primes": ["ISAE_FIXE", "PRIME_ATTRACTIVITE", "PRIME_INFORMATIQUE"]}
    }
    past = {"debut": "2019-09-01", "corrige": "2019-11-01"}
    assert set(of_month(asked(personne=person, **past, **PART_TIME))) == {"TIB", "ISAE_FIXE"}
    assert set(of_month(asked(**past, **PART_TIME))) == {"TIB", "ISAE_FIXE"}


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        (ISAE | {"corrige": "2026-09-20"}, "corrige"),
        (ISAE | {"debut": "2016-11-01"}, "debut"),
        ({"changement": "prime_arretee", "prime": {"code": "ISOE_FIXE"}}, "prime"),
        ({"changement": "prime_due", "prime": {"code": "ISAE_FIXE"}}, "prime"),
        (ISAE | {"fin": "2026-08-31"}, "fin"),
        (ISAE | {"mensualites": 0}, "mensualites"),
        (ISAE | {"mensualites": 61}, "mensualites"),
        ({"changement": "temps_partiel"}, "quotite"),
        (
            ISAE | {"personne": PERSON | {"services": [{"debut": "2026-10-01"}]}},
            "debut",
        ),
    ],
)
def test_what_no_file_can_hold_is_refused_in_words(changes, where):
    with pytest.raises(InputError) as refused:
        asked(**changes)
    assert where in f"{refused.value.where} {refused.value.message}"


days = st.dates(date(2023, 1, 1), date(2026, 10, 31))


@settings(max_examples=25, deadline=None)
@given(days, st.integers(50, 90), st.integers(1, 60))
def test_lines_sum_to_the_month_months_to_the_whole_and_a_spread_to_what_is_left(
    begun, quotite, months
):
    answer = asked(
        debut=begun.isoformat(), changement="temps_partiel", quotite=quotite, mensualites=months
    )
    for one in answer.par_mois:
        assert one.brut == pytest.approx(sum(line.montant for line in one.lignes), abs=1e-6)
        assert 0 < one.net < one.brut
    assert answer.brut == pytest.approx(sum(one.brut for one in answer.par_mois), abs=1e-6)
    left = answer.brut - answer.hors_delai
    assert sum(answer.etalement) == pytest.approx(left, abs=1e-6)
