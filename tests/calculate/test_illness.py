"""A year of illness: its days, its dates, its months, by hand from the rates of the texts."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.base.errors import InputError
from iprof_kit.calculate import ask

PERSON = {
    "situation": {
        "corps": "certifie",
        "grade": "classe_normale",
        "echelon": "7",
        "date_effet": "2025-09-01",
        "date_naissance": "1988-05-04",
    },
    "aujourdhui": "2026-12-01",
    "zone": 3,
    "paie": {"zone": 3, "primes": ["ISOE_FIXE", "PRIME_ATTRACTIVITE"]},
}
MARCH = {"debut": "2026-03-09", "fin": "2026-03-20"}
STOPPED = {"personne": PERSON, "debut": "2026-09-01", "arrets": [MARCH], "accord": "2027-03-01"}
FULL = 2579.54 + 212.50 + 125
"""524 points (7e échelon, grille) à 4,92278 € ; ISOE 2 550 € et attractivité 1 500 € par an."""


def asked(**changes):
    return ask("maladie", STOPPED | changes)


def months(answer, branche):
    return {one.mois: one for one in answer.bulletins if one.branche == branche}


def test_the_days_that_count_are_those_of_the_mockup():
    # maquette « maladie » : 12 en mars, 30, 30, 30 et 1 : 103 jours comptés sur 360
    answer = asked()
    assert [one.jours for one in answer.comptes] == [12, 30, 30, 30, 1]
    assert (answer.jours_comptes, answer.jours_ouverts) == (103, 360)


def test_the_days_on_which_pay_changes():
    # 90 jours comptables : 12 + 30 + 30 + 18 ; douze mois ; CLM de 36 mois depuis le premier jour
    changes = [(one.jour, one.branche, one.passage) for one in asked().passages]
    assert changes == [
        (date(2026, 9, 1), "commun", "arret"),
        (date(2026, 11, 19), "commun", "demi_traitement"),
        (date(2027, 3, 1), "B", "accord"),
        (date(2027, 8, 31), "A", "fin_des_droits"),
        (date(2027, 9, 1), "B", "palier"),
        (date(2029, 8, 31), "B", "fin_des_droits"),
    ]


@pytest.mark.parametrize(
    ("branche", "month", "pay", "primes"),
    [
        # un jour de carence, 29 jours à 90 % : 2 579,54 − 85,98 − 10 % de 2 493,56 ; primes de même
        ("commun", "2026-09", 2244.20, 293.62),
        # 90 % de 2 579,54, de 212,50 et de 125
        ("commun", "2026-10", 2321.59, 303.75),
        # 18 jours à 90 %, 12 à 50 % : 60 % de 90 % et 40 % de 50 %, soit 74 %
        ("commun", "2026-11", 1908.86, 249.75),
        ("commun", "2026-12", 1289.77, 168.75),
        ("A", "2027-03", 1289.77, 168.75),
        # CLM : traitement entier, 33 % des primes
        ("B", "2027-03", 2579.54, 111.37),
        # puis 60 % de l'un et des autres
        ("B", "2027-09", 1547.72, 202.50),
    ],
)
def test_a_month_by_hand(branche, month, pay, primes):
    found = months(asked(), branche)[month]
    assert found.traitement == pytest.approx(pay, abs=0.011)
    assert found.indemnites == pytest.approx(primes, abs=0.021)
    assert found.net == pytest.approx(found.traitement + found.indemnites - found.retenues)


def test_what_is_completed_is_the_traitement_alone():
    # carence 85,98 ; 10 % de 29 jours, d'octobre et de 18 jours ; moitié de 12 jours et de 3 mois
    taken = 335.34 + 257.95 + 670.68 + 3 * 1289.77
    assert asked().rappel_brut == pytest.approx(taken, abs=0.03)


def test_a_long_duration_counts_the_year_of_long_sickness():
    # CGFP, L. 822-13 : au terme du plein traitement du CLM, cette année comptée : 36 mois, puis 24
    answer = asked(demande="longue_duree")
    granted = [
        (one.jour, one.part_traitement, one.part_primes)
        for one in answer.passages
        if one.branche == "B"
    ]
    assert granted == [
        (date(2027, 3, 1), 100, 33),
        (date(2027, 9, 1), 100, 0),
        (date(2029, 9, 1), 50, 0),
        (date(2031, 8, 31), None, None),
    ]


def test_nothing_asked_has_one_branche():
    answer = asked(demande="aucune")
    assert {one.branche for one in (*answer.bulletins, *answer.passages)} == {"commun"}
    assert (answer.accord, answer.rappel_brut) == (None, 0)


def test_half_is_kept_while_the_opinion_is_awaited():
    # décret 86-442, art. 27 ; CE, 9 novembre 2018, n° 412684
    after = months(asked(demande="aucune"), "commun")["2027-09"]
    assert after.attente
    assert after.traitement == pytest.approx(1289.77, abs=0.011)


def test_the_next_echelon_keeps_its_day():
    # certifié, 7e échelon depuis le 1er septembre 2025 : trois ans
    step = asked().echelon_a_venir
    assert (step.echelon, step.le) == ("8", date(2028, 9, 1))


def test_a_stoppage_without_waiting_day_pays_its_first_month_at_90_percent():
    found = months(asked(carence_due=False), "commun")["2026-09"]
    assert found.carence == 0
    assert found.traitement == pytest.approx(2321.59, abs=0.011)


def test_a_stoppage_that_ends_comes_back_to_whole_pay():
    answer = asked(arrets=[], fin="2026-09-15", demande="aucune", carence_due=False)
    (only,) = answer.bulletins
    # 15 jours à 90 %, 15 entiers : 95 %
    assert only.traitement == pytest.approx(2579.54 * 0.95, abs=0.011)
    assert answer.passages[-1].passage == "fin_du_conge"


def test_a_leave_that_ends_with_february_ends_its_thirty_days():
    # jour comptable de la paie : un mois entier compte trente jours, avec ou sans congé long
    answer = asked(arrets=[], fin="2027-02-28", accord="2027-02-01")
    last = months(answer, "B")["2027-02"]
    assert [(part.conge, part.jours) for part in last.tranches] == [("CLM", 30)]


def test_six_weeks_of_a_stage_put_it_off_by_what_passes_its_tenth():
    answer = asked(arrets=[], fin="2026-10-12", demande="aucune", stagiaire=True)
    assert answer.stage_prolonge == 42 - 36


@pytest.mark.parametrize(
    ("changes", "where", "words"),
    [
        ({"arrets": [{"debut": "2026-08-20", "fin": "2026-09-01"}]}, "arrets", "1er septembre"),
        ({"arrets": [MARCH, {"debut": "2026-03-20", "fin": "2026-03-22"}]}, "arrets", "20 mars"),
        ({"accord": "2026-08-01"}, "accord", "avant le premier jour"),
        ({"accord": "2100-12-31"}, "debut", "après sa fin"),
        ({"debut": "2015-09-01", "arrets": []}, "debut", "36 mois"),
        ({"fin": "2029-09-01"}, "fin", "36 mois"),
        ({"fin": "2026-08-31"}, "fin", "ne finit pas avant"),
        ({"arrets": [{"debut": "2026-03-09", "fin": "2026-03-08"}]}, "fin", "ne finit pas avant"),
    ],
)
def test_what_no_file_can_hold_is_refused(changes, where, words):
    with pytest.raises(InputError) as refused:
        asked(**changes)
    assert words in str(refused.value)
    assert where in f"{refused.value.where} {refused.value}"


def test_a_stoppage_before_recruitment_is_refused():
    services = [{"debut": "2026-09-15"}]
    with pytest.raises(InputError, match="avant vos premiers services"):
        asked(personne=PERSON | {"services": services}, arrets=[])


def test_a_part_time_says_what_is_not_calculated():
    part_time = PERSON | {"situation": PERSON["situation"] | {"quotite": 80}}
    assert any("Temps partiel" in one for one in asked(personne=part_time).non_calcules)


def test_the_reason_of_the_days_names_each_month():
    lines = asked(expliquer=True).explication.lignes
    assert ("mars 2026", "12") in [(one.libelle, one.valeur[:2]) for one in lines]
    assert lines[-1].valeur.startswith("103")


@settings(max_examples=15, deadline=None)
@given(
    begin=st.dates(date(2025, 9, 1), date(2026, 9, 1)),
    length=st.integers(1, 700),
    demand=st.sampled_from(["aucune", "longue_maladie", "longue_duree"]),
    waiting=st.booleans(),
)
def test_pay_of_an_illness_is_between_its_floor_and_full_pay(begin, length, demand, waiting):
    end = begin + timedelta(days=length)
    answer = ask(
        "maladie",
        {
            "personne": PERSON,
            "debut": begin.isoformat(),
            "fin": end.isoformat(),
            "demande": demand,
            "accord": (begin + timedelta(days=length // 2)).isoformat(),
            "carence_due": waiting,
        },
    )
    for one in answer.bulletins:
        # the waiting day alone goes below half; the échelon of September 2028 is not reached
        floor = 2579.54 / 2 * (30 - one.carence) / 30
        assert floor - 0.02 <= one.traitement <= 2579.54 + 0.01
        assert one.traitement + one.indemnites <= FULL + 0.01
        assert sum(part.jours for part in one.tranches) + one.carence == 30
    assert answer.rappel_brut >= 0


@settings(max_examples=10, deadline=None)
@given(st.dates(date(2025, 9, 1), date(2027, 6, 1)))
def test_the_months_of_each_branche_follow_each_other(begin):
    answer = ask("maladie", {"personne": PERSON, "debut": begin.isoformat()})
    for branche in ("A", "B"):
        told = [one for one in answer.bulletins if one.branche in ("commun", branche)]
        for before, after in pairwise(told):
            year, month = map(int, before.dernier.split("-"))
            following = f"{year + month // 12}-{month % 12 + 1:02d}"
            assert after.mois == following
