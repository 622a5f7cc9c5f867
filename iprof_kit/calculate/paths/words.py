"""The words of each condition of another path: its name, what the person has, what is needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.calendar import YEAR, axis_of, date_text, duration_text
from iprof_kit.base.words import corps_label, known_corps, position_label
from iprof_kit.calculate.interface.aside import aside
from iprof_kit.calculate.paths.people import first_opening
from iprof_kit.calculate.paths.question import EligibilityQuestion
from iprof_kit.law.paths.people import People, seniority
from iprof_kit.law.paths.rows import Condition, natures, paths, threshold_days

COMPETING = ("concours", "certification")
"""Families that a jury decides: a registration has its window besides the conditions."""
NOT_SAID = "non renseigné"
HELD_CORPS = "corps détenu"
"""The condition that only another corps would meet."""
POSITIONS = {
    "activite": "en activité",
    "mise_a_disposition": "mis à disposition",
    "detachement": "détaché",
    "disponibilite": "en disponibilité",
    "conge_parental": "en congé parental",
}
_QUANTITY = re.compile(r"\d+\s(?:ans?|mois|jours?)\b|échelon")
Words = tuple[str, str, str]
"""Condition, what the person has, what is needed; the last two empty where the name says all."""


@dataclass(frozen=True)
class Judged:
    """One condition, and the person to whom it was put: the first of the columns."""

    condition: Condition
    question: EligibilityQuestion
    people: People


def words(condition: Condition, question: EligibilityQuestion, people: People) -> Words:
    """Return the words of a condition for the first person of the columns."""
    return SAY[condition.kind](Judged(condition, question, people))


def to_say(condition: str, needed: str) -> str:
    """Return a condition that nobody told, with the length or the échelon that it asks for."""
    return f"{condition} ({needed})" if _QUANTITY.search(needed) else condition


def _services(it: Judged) -> Words:
    needed = threshold_days(it.condition)
    label = str(natures()[it.condition.key]["libelle"])
    served = seniority(it.people, it.condition.key, needed, axis_of(it.question.jour))
    least, most = int(served.at_least[0]), int(served.at_most[0])
    has = duration_text(least)
    if least != most:
        has = f"au moins {has}" if least else NOT_SAID
    name = f"{label}, {it.condition.text}" if it.condition.text else label
    return name, has, duration_text(needed)


def _age(it: Judged) -> Words:
    born = it.question.date_naissance
    has = NOT_SAID if born is None else duration_text(axis_of(it.question.jour) - axis_of(born))
    return "âge", has, duration_text(int(it.condition.value) * YEAR)


def _name_of_corps(it: Judged) -> str:
    asked = it.question
    if asked.corps in known_corps():
        return corps_label(asked.corps, plural=True)
    return asked.libelle_corps or asked.corps or NOT_SAID


def _corps(it: Judged) -> Words:
    has = _name_of_corps(it)
    *others, last = (corps_label(code, plural=True) for code in it.condition.key.split(";"))
    cited = f"{', '.join(others)} ou {last}" if others else last
    return it.condition.text or HELD_CORPS, has, cited


def _titulaire(it: Judged) -> Words:
    since = it.question.date_titularisation
    has = it.question.statut or NOT_SAID
    if since is not None:
        past = since <= it.question.jour
        has = (
            f"titulaire depuis le {date_text(since)}"
            if past
            else (f"titularisation prévue le {date_text(since)}")
        )
    return "être titulaire", has, "titulaire"


def _echelon(it: Judged) -> Words:
    has = NOT_SAID
    if it.question.grade is not None and it.question.echelon is not None:
        has = position_label(it.question.grade, it.question.echelon, it.question.chevron)
    return "échelon", has, f"{it.condition.value}e échelon de la classe normale, ou la hors classe"


def _diploma(it: Judged) -> Words:
    level = it.question.niveau_diplome
    has = NOT_SAID if level is None else "aucun" if level == "aucun" else f"niveau {level}"
    return it.condition.text, has, f"niveau {it.condition.value}"


def _dispense(it: Judged) -> Words:
    has = _name_of_corps(it)
    return it.condition.text, has, "un corps enseignant ou d’éducation, comme titulaire"


def _enrolled(it: Judged) -> Words:
    return it.condition.text, it.question.inscription or NOT_SAID, it.condition.key


def _declared(it: Judged) -> Words:
    answered = int(it.people.fact(it.condition.key)[0])
    return (
        it.condition.text,
        "oui" if answered > 0 else NOT_SAID if answered < 0 else "non",
        it.condition.value,
    )


def _position(it: Judged) -> Words:
    has = POSITIONS.get(it.question.position or "", NOT_SAID)
    cited = " ou ".join(POSITIONS[code] for code in it.condition.key.split(";"))
    return it.condition.text, has, cited


def _corps_held(it: Judged) -> Words:
    since = it.question.date_entree_corps
    has = NOT_SAID if since is None else f"depuis le {date_text(since)}"
    return it.condition.text, has, "le corps détenu à cette date"


def _child_age(it: Judged) -> Words:
    name = it.condition.key
    days = [getattr(child, name) for child in it.question.enfants or ()]
    needed = "moins de " + duration_text(int(it.condition.value) * YEAR)
    return it.condition.text, _youngest(it, [d for d in days if d is not None], name), needed


def _child_born(it: Judged) -> Words:
    days = [child.adoption or child.naissance for child in it.question.enfants or ()]
    if it.condition.unit == "mois":
        needed = f"moins de {it.condition.value} mois"
    else:
        needed = f"au plus tard le {date_text(date.fromisoformat(it.condition.value))}"
    first, last = it.condition.key.split("/")
    span = f"né depuis le {date_text(date.fromisoformat(first))}"
    if last:
        span += f" et jusqu’au {date_text(date.fromisoformat(last))}"
    return it.condition.text, _youngest(it, days, "naissance"), f"{span}, {needed}"


def _youngest(it: Judged, days: list[date], name: str) -> str:
    if it.question.enfants is None:
        return NOT_SAID
    return f"{name} le {date_text(max(days))}" if days else "aucun enfant"


def _months(it: Judged) -> Words:
    taken = it.question.mois_pris.get(it.condition.key)
    longest = paths()[it.condition.code].number("duree_max_mois")
    has = NOT_SAID if taken is None else f"{taken} mois déjà pris"
    return it.condition.text, has, f"moins de {longest} mois"


def _together(it: Judged) -> Words:
    taken = [it.question.mois_pris.get(key) for key in it.condition.key.split(";")]
    has = NOT_SAID if None in taken else f"{sum(filter(None, taken))} mois déjà pris en tout"
    return it.condition.text, has, f"moins de {it.condition.value} mois"


def _back(it: Judged) -> Words:
    last = it.question.fin_derniere_periode.get(it.condition.key)
    none = it.question.mois_pris.get(it.condition.key) == 0
    has = "aucune période" if none else NOT_SAID
    if last is not None:
        has = f"dernière période finie le {date_text(last)}"
    return it.condition.text, has, duration_text(threshold_days(it.condition))


def _pension(it: Judged) -> Words:
    opens = int(it.people.pension_opens[0])
    full = it.question.faits.get(it.condition.key)
    full_rate = "" if full is None else ", taux plein" if full else ", sans le taux plein"
    old = opens <= axis_of(it.question.jour)
    has = _age_unknown(it) if opens < 0 else "âge atteint" if old else "âge non atteint"
    return it.condition.text, f"{has}{full_rate}", "l’âge non atteint, ou pas de taux plein"


def _age_unknown(it: Judged) -> str:
    """Return why the opening age is unknown: nobody said the birth, or the tables lack it."""
    born = it.question.date_naissance
    if born is None:
        return NOT_SAID
    return aside(lambda: first_opening(it.question, born))[1] or NOT_SAID


def _in_force(it: Judged) -> Words:
    since, until = it.condition.papers.since, it.condition.papers.until
    begins = f"depuis le {date_text(since)}" if since else ""
    ends = f" jusqu’au {date_text(until)}" if until else ""
    return it.condition.text, date_text(it.question.jour), f"{begins}{ends}"


def _session(it: Judged) -> Words:
    return (
        "sessions de ce format",
        date_text(it.question.jour),
        it.condition.value.replace(";", " ou "),
    )


def _plain(it: Judged) -> Words:
    return it.condition.text, "", ""


SAY: dict[str, Callable[[Judged], Words]] = {
    "services": _services,
    "age": _age,
    "corps": _corps,
    "titulaire": _titulaire,
    "echelon": _echelon,
    "diplome": _diploma,
    "dispense": _dispense,
    "inscription": _enrolled,
    "fait": _declared,
    "position": _position,
    "corps_detenu": _corps_held,
    "enfant_age": _child_age,
    "enfant_ne": _child_born,
    "cumul": _months,
    "cumul_periodes": _together,
    "retour": _back,
    "retraite": _pension,
    "en_vigueur": _in_force,
    "session": _session,
    "eteint": _plain,
    "inconnu": _plain,
}
