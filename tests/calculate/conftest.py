"""Questions for the tests of calculations."""

from datetime import date

import pytest

from iprof_kit.calculate.career.question import CareerQuestion, Scenario
from iprof_kit.calculate.interface.reading import question_of
from iprof_kit.calculate.interface.situation import Situation

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="session")
def asked():
    """Return a question about Jean Dupont, changed as asked."""

    of_the_question = {"aujourdhui", "jusqu_au", "expliquer", "raisons", "textes", "precedents"}

    def make(*scenarios, **changes):
        situation = {
            "corps": "pe",
            "grade": "classe_normale",
            "echelon": "7",
            "date_effet": date(2024, 9, 1),
            "date_naissance": date(1991, 5, 20),
            "quotite": 80,
        }
        question = {name: changes.pop(name) for name in of_the_question & set(changes)}
        return CareerQuestion(
            situation=question_of(Situation, situation | changes),
            scenarios=scenarios or (Scenario(),),
            **({"aujourdhui": TODAY} | question),
        )

    return make
