"""Jean, the events supposed for him, and what is read in the answer."""

from datetime import date

from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.calculate.et_si.question import (
    EtSiQuestion,
    Evenement,
    PeriodeService,
    ScenarioEtSi,
)
from iprof_kit.calculate.interface.situation import Situation

TODAY = date(2026, 11, 25)
JEAN = Situation(
    corps="pe",
    grade="classe_normale",
    echelon="7",
    date_effet=date(2024, 9, 1),
    date_naissance=date(1991, 5, 20),
)
CERTIFIED = JEAN.model_copy(update={"corps": "certifie"})
SERVICES = (PeriodeService(debut=date(2014, 9, 1)),)
LAST = date(2058, 5, 20)


def event(nature, debut=None, fin=None, **more):
    return Evenement(nature=nature, debut=debut, fin=fin, **more)


def asked(*scenarios, situation=JEAN, **more):
    """The answer to « as things are », then the scenarios."""
    named = [ScenarioEtSi(nom=f"S{i}", evenements=tuple(one)) for i, one in enumerate(scenarios)]
    return answer(
        EtSiQuestion(
            situation=situation,
            scenarios=(ScenarioEtSi(), *named),
            aujourdhui=TODAY,
            zone=3,
            services=SERVICES,
            **more,
        )
    )


def one(*events, **more):
    return asked(events, **more).scenarios[1]


def entered(scenario, echelon, grade="classe_normale"):
    """The day on which an échelon takes effect."""
    found = [s for s in scenario.etapes if (s.grade, s.echelon) == (grade, echelon)]
    return found[0].date


def at(scenario, day):
    return next(piece for piece in scenario.tranches if piece.debut <= day <= piece.fin)
