"""A professeur des écoles, the questions asked about her pay, and what is read in the answer."""

from datetime import date

from iprof_kit.calculate.interface.reading import question_of
from iprof_kit.calculate.pay.question import PayQuestion

PERSON = {
    "date": date(2024, 1, 1), "corps": "pe", "grade": "classe_normale", "echelon": "7", "zone": 3,
    "primes_usuelles": True,
}  # fmt: skip


def asked(**changes):
    return question_of(PayQuestion, PERSON | changes)


def amounts(lines):
    return {line.code: line.montant for line in lines}
