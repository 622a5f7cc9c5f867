"""Every reason of six people, calculated: careers, payslips, departures, wishes, paths, days."""

from datetime import date

from six_people import SIX, TODAY

from iprof_kit.calculate import ask
from iprof_kit.calculate.career.question import CareerQuestion
from iprof_kit.calculate.career.rendez_vous.calculation import answer as foreseen
from iprof_kit.calculate.career.rendez_vous.question import RendezVousQuestion
from iprof_kit.calculate.career.rendez_vous.why import explain_effect, explain_year
from iprof_kit.calculate.paths.calculation import eligibility
from iprof_kit.calculate.paths.question import EligibilityQuestion
from iprof_kit.calculate.pay.calculation import answer as payslip
from iprof_kit.calculate.pay.question import PayQuestion
from iprof_kit.calculate.pension import why as departure
from iprof_kit.calculate.pension.calculation import answer as departures
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.calculate.requests.calculation import answer as procedure
from iprof_kit.calculate.requests.catalogue import requests
from iprof_kit.calculate.requests.question import DemandeQuestion
from iprof_kit.calculate.requests.why import explain_step
from iprof_kit.law.paths.rows import asked_for

PLACE = ("corps", "grade", "echelon", "chevron", "quotite")
FIRST = ("pe", "instituteur")
OF_A_DEPARTURE = (departure.explain_earliest, departure.explain_gross, departure.explain_limit,
                  departure.explain_net, departure.explain_opening)  # fmt: skip


def place_of(person):
    return {name: getattr(person, name) for name in PLACE}


def of_career(person):
    told = ask("career", CareerQuestion(situation=person, aujourdhui=TODAY, expliquer=True))
    for scenario in told.scenarios:
        yield from (step.explication for step in scenario.etapes)
    yield from (one.explication for one in told.eligibilites)


def of_pay(person):
    for more in (
        {},
        {"education_prioritaire": "REP+", "taux_pas": 6.1, "abonnement_transport": 62},
    ):
        asked = PayQuestion(date=date(2026, 11, 1), zone=2, enfants=3, primes_usuelles=True,
                            raisons=("toutes",), **place_of(person), **more)  # fmt: skip
        yield from (line.explication for line in payslip(asked).lignes)


def of_departure(person):
    born = person.date_naissance
    for age, quarters in ((64, 0), (66, None), (67, 30)):
        asked = PensionQuestion.model_validate(
            {"naissance": born, "aujourdhui": TODAY, "departs": [date(born.year + age + 1, 9, 1)],
             "corps": person.corps, "grade": person.grade, "echelon": person.echelon,
             "periodes": [{"debut": date(born.year + 25, 9, 1)}],
             "trimestres_autres_regimes": quarters}
        )  # fmt: skip
        (one,) = departures(asked).departs
        yield from (explain(asked, one) for explain in OF_A_DEPARTURE)


def of_wishes(person):
    if person.corps not in FIRST or not person.echelon.isdigit():
        return
    own = {"corps": person.corps, "grade": person.grade, "echelon": int(person.echelon),
           "departement": "63", "departement_depuis": date(2016, 9, 1),
           "famille": [{"demande": "rapprochement_conjoints", "departement": "44",
                        "lien": "mariage", "lien_depuis": date(2019, 7, 6),
                        "enfants": [{"naissance": date(2021, 2, 3)}]}]}  # fmt: skip
    asked = {"degre": "1d", "campagne": 2026, "voeux": ("44", "49", "75"), "premier_degre": own,
             "raisons": (1, 2, 3)}  # fmt: skip
    yield from (wish.explication for wish in ask("mobility", asked).voeux)


def of_paths(person):
    for code in asked_for()[::7]:
        asked = EligibilityQuestion.model_validate(
            {"jour": TODAY, "corps": person.corps, "grade": person.grade,
             "echelon": person.echelon, "parcours": code}
        )  # fmt: skip
        yield from (path.explication for path in eligibility(asked).parcours)


def of_meetings(person):
    asked = RendezVousQuestion(
        corps=person.corps, grade=person.grade, echelon=person.echelon, chevron=person.chevron,
        date_effet=person.date_effet, aujourdhui=TODAY, departement="63",
    )  # fmt: skip
    for one in foreseen(asked).rendez_vous:
        year = int(one.annee_scolaire[:4])
        yield explain_year(asked, one.numero, one.annee_scolaire)
        yield explain_effect(asked, one.numero, year)


def of_requests():
    for name, request in requests().items():
        noted = {step.key: date(2026, 10, 6) for step in request.steps if step.asks}
        asked = DemandeQuestion(demande=name, aujourdhui=TODAY, dates=noted)
        yield from (explain_step(asked, step) for step in procedure(asked).etapes)


BY_SUBJECT = {
    "career": of_career, "pay": of_pay, "departure": of_departure, "wishes": of_wishes,
    "paths": of_paths, "meetings": of_meetings,
}  # fmt: skip


def every_reason():
    """Yield the subject and the reason of each, for the six; of a day of a request once for all."""
    for subject, reasons in BY_SUBJECT.items():
        for person in SIX:
            yield from ((subject, one) for one in reasons(person) if one is not None)
    yield from (("requests", one) for one in of_requests() if one is not None)
