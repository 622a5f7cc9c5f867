"""The conditions of the liste d'aptitude des agrégés, asked of the law with what the CV says.

The CV knows dates, not services: they are counted from them, and how is said. The administration
counts by its own papers, and decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal

from iprof_kit.base.calendar import axis_of, duration_text
from iprof_kit.base.errors import InputError
from iprof_kit.base.sources import to_verify
from iprof_kit.base.typography import french
from iprof_kit.base.vocabulary import corps_label, known_corps
from iprof_kit.cv.dates import Moment, moment
from iprof_kit.cv.model import Cv, Faits, Plain, Situation
from iprof_kit.cv.plain_text import folded

PATH = "LA_AGREGE"
Ask = Callable[[str, Mapping[str, Any]], Any]
"""`iprof_kit.calculate.ask`."""
_POSITIONS = {
    "en activite": "activite", "activite": "activite", "detachement": "detachement",
    "mise a disposition": "mise_a_disposition", "disponibilite": "disponibilite",
    "conge parental": "conge_parental",
}  # fmt: skip


class Condition(Plain):
    """One condition of the text, what the CV says of it, met or not."""

    libelle: str
    a: str
    il_faut: str
    au: str
    """Day on which it is looked at: « au 1er octobre 2027 »; empty: today."""
    remplie: bool | None
    """None: the CV does not say; to be verified."""
    source: str
    a_verifier: bool


class Eligibilite(Plain):
    """Whether one may apply, with each reason and its source."""

    etat: Literal["ouvert", "a_partir_du", "depend", "jamais"]
    phrase: str
    session: int | None = None
    """Year of the first list whose conditions are met."""
    conditions: tuple[Condition, ...] = ()
    comptes: tuple[str, ...] = ()
    """How the services were counted."""
    decide_par: str = ""


def eligibility(cv: Cv, today: date, ask: Ask) -> Eligibilite:
    """Return the state of each condition of the liste d'aptitude des agrégés.

    Parameters
    ----------
    cv : Cv
        Its birth date, situation and affectations are read, whatever a target shows.
    today : date
        Day that counts as today.
    ask : callable
        `iprof_kit.calculate.ask`: the law is there, none is here.
    """
    services, counted = _services(cv.faits, today)
    try:
        answer = ask("eligibility", question(cv.faits, services, today))
    except InputError as error:
        return Eligibilite(
            etat="depend", comptes=counted,
            phrase=french(f"Les dates de votre situation se contredisent : {error}"),
        )  # fmt: skip
    path = answer.parcours[0]
    return Eligibilite(
        etat=path.etat, phrase=path.phrase, session=path.session, comptes=counted,
        decide_par=path.decide_par, conditions=tuple(map(_condition, path.conditions)),
    )  # fmt: skip


def question(faits: Faits, services: list[dict[str, Any]], today: date) -> dict[str, Any]:
    """Return the question to the law; what the CV does not say well is left unknown."""
    given = faits.situation
    born, entered = _day(faits.identite.date_naissance, today), _day(given.entree_corps, today)
    tenured = _day(given.titularisation, today)
    asked = {
        "jour": today, "parcours": PATH, "corps": corps_of(given), "date_naissance": born,
        "date_entree_corps": entered, "date_titularisation": tenured,
        "statut": "titulaire" if tenured else None,
        "position": _POSITIONS.get(folded(given.position)), "services": services,
    }  # fmt: skip
    return {name: value for name, value in asked.items() if value}


def corps_of(situation: Situation) -> str:
    """Return the code of the corps, from its label where it was typed; "" where unknown."""
    if situation.corps in known_corps():
        return situation.corps
    labels = {
        folded(corps_label(code, plural=plural)): code
        for code in known_corps() for plural in (True, False)
    }  # fmt: skip
    return labels.get(folded(situation.libelle_corps), "")


def _services(faits: Faits, today: date) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Return the services of the CV, never more than its dates prove, and how they were counted."""
    services: list[dict[str, Any]] = []
    counted = []
    entered = _day(faits.situation.entree_corps, today)
    if entered:
        days = axis_of(today) - axis_of(entered)
        services.append({"nature": "corps", "jours": days, "en_cours": True})
        counted.append(f"Dans le corps : {duration_text(days)} depuis l'entrée dans le corps.")
    spans, ongoing = _spans(faits, today)
    if spans:
        days = _total(spans)
        services.append({"nature": "enseignement", "jours": days, "en_cours": ongoing})
        counted.append(f"Enseignement : {duration_text(days)}, d'après vos affectations.")
    if counted:
        counted.append("Disponibilité, congé parental et temps sans service ne sont pas déduits : "
                       "l'administration compte d'après ses pièces.")  # fmt: skip
    return services, tuple(map(french, counted))


def _spans(faits: Faits, today: date) -> tuple[list[tuple[int, int]], bool]:
    """Return the periods of the affectations; a date given by its year is counted at its least."""
    spans, ongoing = [], False
    for one in faits.fonctions:
        start, end = moment(one.debut), moment(one.fin)
        if one.nature != "affectation" or start is None or (one.fin.strip() and end is None):
            continue
        last = axis_of(min(end.first, today)) + 1 if end else axis_of(today)
        first = axis_of(start.last)
        if first < last:
            spans.append((first, last))
            ongoing = ongoing or end is None or _after(end, today)
    return sorted(spans), ongoing


def _after(end: Moment, today: date) -> bool:
    return end.first > today


def _total(spans: list[tuple[int, int]]) -> int:
    """Return the days that the periods cover, those that overlap counted once."""
    days, reached = 0, spans[0][0]
    for first, last in spans:
        days += max(0, last - max(first, reached))
        reached = max(reached, last)
    return days


def _day(text: str, today: date) -> date | None:
    found = moment(text)
    return found.first if found and found.is_day and found.first <= today else None


def _condition(one: Any) -> Condition:
    return Condition(
        libelle=one.condition, a=one.a, il_faut=one.il_faut, au=one.au, remplie=one.remplie,
        source=one.source.texte, a_verifier=to_verify(one.source.confiance),
    )  # fmt: skip
