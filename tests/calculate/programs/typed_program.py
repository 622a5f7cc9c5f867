"""What another program writes: it asks, reads what is typed, and reads what is refused."""

import json
from datetime import date

from iprof_kit import Fault, InputError, KitError, ask
from iprof_kit.calculate.models import PayAnswer, QuotaQuestion

PE = {"corps": "pe", "grade": "classe_normale", "echelon": "7"}


def payslip(month: date) -> tuple[float | None, list[str]]:
    """Return the net of a month, and the codes of its lines."""
    answer: PayAnswer = ask("pay", {**PE, "date": month.isoformat(), "zone": 3})
    return answer.totaux.net_avant_impot, [line.code for line in answer.lignes]


def next_echelon() -> tuple[str | None, date | None]:
    """Return the échelon that follows, and its day."""
    answer = ask("echelon", {**PE, "date_effet": "2024-09-01", "aujourdhui": "2026-11-25"})
    return answer.echelon_suivant, answer.date_normale


def paths_ahead() -> dict[str, date | None]:
    """Return the paths that are not closed for ever, each with the first day known."""
    answer = ask("eligibility", {**PE, "jour": "2026-11-25"})
    return {one.code: one.a_partir_du for one in answer.parcours if one.etat != "jamais"}


def granted() -> list[int]:
    """Return how many bonifications each list allows; the question is made by its model."""
    question = QuotaQuestion.model_validate({"listes": [{"nom": "6e", "effectif": 132}]})
    return [one.accordees for one in ask("quota", question).listes]


def departures() -> list[str]:
    """Return each departure in a sentence, from a question written in JSON."""
    done = {"arrete_au": "2026-03-01", "liquidation_jours": 13000, "assurance_jours": 13500}
    asked = {**PE, "naissance": "1964-01-01", "aujourdhui": "2026-09-25", "totaux": done}
    answer = ask("pension", json.dumps({**asked, "departs": ["2027-01-01"]}))
    return [one.resume for one in answer.departs]


def refused(corps: str) -> tuple[str, list[tuple[str, tuple[str | int, ...], object]]]:
    """Return why a question is refused, for a program: codes, paths and values."""
    try:
        ask("formation", {"corps": corps, "aujourdhui": "2026-11-25"})
    except InputError as error:
        return error.code, [_fault(one) for one in error.faults]
    except KitError as error:
        return error.code, []
    return "", []


def _fault(one: Fault) -> tuple[str, tuple[str | int, ...], object]:
    return one.code, one.path, one.value


def engine() -> tuple[str, date]:
    """Return the version that answers, and until when the law was verified."""
    answered = ask("quota", {"listes": [{"nom": "6e", "effectif": 132}]}).moteur
    return answered.version, answered.droit_verifie_le
