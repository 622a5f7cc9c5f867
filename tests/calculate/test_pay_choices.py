"""What a form about pay offers: zones, territories, primes."""

from datetime import date

import pytest

from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.calculate.pay import choices as pay_choices
from iprof_kit.calculate.pay.calculation import answer
from iprof_kit.calculate.pay.question import PayQuestion

NOVEMBER = date(2026, 11, 1)


def test_zones_are_those_in_force():  # décret 85-1148, art. 9
    assert [(z.number, z.percent) for z in pay_choices.zones(NOVEMBER)] == [(1, 3), (2, 1), (3, 0)]


@pytest.mark.parametrize(
    ("departement", "territory"),
    [("974", "La Reunion"), ("976", "Mayotte"), ("971", "Guadeloupe"), ("02A", "Corse (2A, 2B)"),
     ("2B", "Corse (2A, 2B)"), ("063", ""), ("093", ""), (None, ""), ("", ""), ("999", "")],
)  # fmt: skip
def test_a_departement_gives_its_territory(departement, territory):
    assert pay_choices.territory_of(departement) == territory


@pytest.mark.parametrize("corps", ["pe", "certifie", "agrege", "plp", "peps", "cpe", "psyen"])
def test_every_prime_offered_may_be_asked(corps):
    for choice in pay_choices.other_primes(corps, NOVEMBER):
        prime = {"code": choice.code, "variante": choice.variant}
        found = answer(
            PayQuestion(
                date=NOVEMBER,
                corps=corps,
                grade="classe_normale",
                echelon="7",
                zone=3,
                primes_usuelles=True,
                primes=(prime,),
            )
        )
        assert found.totaux.brut > 0


@pytest.mark.parametrize(
    ("place", "before", "after"),
    [
        (("pe", "classe_normale", "7", None), "6", "8"),
        (("pe", "classe_normale", "1", None), None, "2"),
        (("pe", "classe_normale", "11", None), "10", None),
        (("agrege", "hors_classe", "4", "HEA1"), "3", "4"),
    ],
)
def test_the_neighbours_of_a_position(place, before, after):
    found = pay_choices.neighbours(Standing(*place), NOVEMBER)
    assert [place and place.echelon for place in found] == [before, after]
