"""What must happen for a path: a fact declared, a child, time taken or past; one rule each."""

from __future__ import annotations

from datetime import date

import numpy as np

from iprof_kit.base.calendar import MONTH, YEAR, axis_of, rentree
from iprof_kit.base.errors import LawError
from iprof_kit.law.paths.people import NEVER, People
from iprof_kit.law.paths.rows import Condition, note_condition, paths, threshold_days
from iprof_kit.law.paths.sessions import limits
from iprof_kit.law.paths.windows import Window, window
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import value

_SINCE = "2024-09-01"
_TABLES = ("concours", "parcours", "parcours_conditions", "parcours_natures")


@rule(
    name="path_declared",
    sentence="Certaines conditions ne se lisent dans aucun dossier : elles valent ce que la "
    "personne déclare. Sans déclaration, elles restent à vérifier.",
    source="textes cités par les tables concours et parcours",
    since=_SINCE,
    tables=_TABLES,
)
def declared(condition: Condition, people: People, day: int) -> Window:  # noqa: ARG001
    """Tell who declared the fact as the text wants it."""
    note_condition(condition, "condition", condition.text or condition.kind)
    wanted = int(condition.value == "oui")
    answered = people.fact(condition.key)
    return window(people.count, np.where(answered == wanted, 0, NEVER), unknown=answered < 0)


@rule(
    name="path_position",
    sentence="Il faut être dans une des positions que cite le texte.",
    source="statuts particuliers et textes des congés (tables concours et parcours)",
    since=_SINCE,
    tables=_TABLES,
)
def position(condition: Condition, people: People, day: int) -> Window:  # noqa: ARG001
    """Tell whose position is among those cited."""
    note_condition(condition, "condition", condition.text or condition.kind)
    inside = np.isin(people.position, condition.key.split(";"))
    return window(people.count, np.where(inside, 0, NEVER), unknown=people.position == "")


@rule(
    name="path_child_age",
    sentence="Le droit dure tant que l’enfant n’a pas atteint l’âge fixé, ou, s’il est adopté, "
    "tant que la durée fixée depuis l’adoption n’est pas écoulée.",
    source="décret 85-986, art. 47 ; CGFP L612-3",
    since=_SINCE,
    tables=_TABLES,
)
def child_age(condition: Condition, people: People, day: int) -> Window:
    """Return until when the youngest child keeps the right open."""
    years = int(condition.value)
    note_condition(condition, "âge (ou durée) de l’enfant, en années", years)
    starts = people.children.get(condition.key, people.unknown()[:, None])
    ends = np.where(starts >= 0, starts + years * YEAR, 0).max(axis=1)
    since = np.where(ends > day, 0, NEVER)
    unknown = ~people.children_known & (ends <= day)
    return window(people.count, since, np.where(ends > day, ends, NEVER), unknown)


@rule(
    name="path_child_born",
    sentence="Le congé supplémentaire de naissance concerne les enfants nés ou adoptés depuis le "
    "{depuis:date}, dans le délai fixé.",
    source="loi 2025-1403 du 30-12-2025, art. 99",
    since="2026-01-01",
    tables=_TABLES,
)
def child_born(condition: Condition, people: People, day: int) -> Window:
    """Return until when a child born between two days opens the leave."""
    first, last = (
        axis_of(date.fromisoformat(text)) if text else NEVER for text in condition.key.split("/")
    )
    note_condition(condition, f"délai ({condition.unit})", condition.value)
    ends = people.unknown()
    for starts in people.children.values():
        inside = (starts >= first) & (starts <= last)
        limit = (
            starts + int(condition.value) * MONTH
            if condition.unit == "mois"
            else axis_of(date.fromisoformat(condition.value)) + 1
        )
        ends = np.maximum(ends, np.where(inside, limit, -1).max(axis=1))
    unknown = ~people.children_known & (ends <= day)
    return window(people.count, np.where(ends > day, 0, NEVER), np.maximum(ends, 0), unknown)


@rule(
    name="path_months_left",
    sentence="La durée déjà prise ne doit pas avoir épuisé la durée maximale.",
    source="décret 85-986, art. 44 et 46 ; décret 2007-1470 ; décret 82-624",
    since=_SINCE,
    tables=_TABLES,
)
def months_left(condition: Condition, people: People, day: int) -> Window:  # noqa: ARG001
    """Tell who has months left."""
    longest = paths()[condition.code].number("duree_max_mois")
    if longest is None:
        raise LawError(
            f"la durée maximale de « {condition.code} » n’est pas écrite.",
            where="parcours",
        )
    note_condition(condition, "durée maximale, en mois", longest)
    taken = people.months_taken.get(condition.key, people.unknown())
    left = taken < longest
    return window(people.count, np.where(left, 0, NEVER), unknown=taken < 0)


@rule(
    name="path_months_together",
    sentence="La disponibilité pour entreprise et la première période pour convenances qui la "
    "suit ne dépassent pas {ensemble:an} en tout.",
    source="décret 85-986, art. 44 et 46",
    since=_SINCE,
    tables=_TABLES,
    values={
        "ensemble": value(
            "parcours_conditions",
            genre="cumul_periodes",
            cle="disponibilite_entreprise;disponibilite_convenances",
        )
    },
)
def months_together(condition: Condition, people: People, day: int) -> Window:  # noqa: ARG001
    """Tell who is surely under the common limit; beyond it, which period came first decides."""
    most = int(condition.value)
    note_condition(condition, "durée commune, en mois", most)
    first, second = (
        people.months_taken.get(key, people.unknown()) for key in condition.key.split(";")
    )
    under = (first == 0) | ((first > 0) & (second >= 0) & (first + second < most))
    return window(people.count, unknown=~under)


@rule(
    name="path_time_back",
    sentence="Une nouvelle période suppose d’avoir laissé passer la durée fixée depuis la "
    "précédente.",
    source="décret 2019-234 (jusqu’au 6 décembre 2025) ; décret 82-624",
    since=_SINCE,
    tables=_TABLES,
)
def time_back(condition: Condition, people: People, day: int) -> Window:  # noqa: ARG001
    """Return the day on which the time since the last period is over; none taken, none needed."""
    needed = threshold_days(condition)
    note_condition(condition, "délai depuis la dernière période, en jours", needed)
    taken = people.months_taken.get(condition.key, people.unknown())
    last = people.last_end.get(condition.key, people.unknown())
    unknown = (taken < 0) | ((taken > 0) & (last < 0))
    return window(people.count, np.where(taken == 0, 0, last + needed), unknown=unknown)


@rule(
    name="path_pension_rights",
    sentence="La rupture conventionnelle est fermée à qui a à la fois l’âge d’ouverture du droit à "
    "pension et la durée du taux plein.",
    source="CGFP L552-1 ; loi 2019-828, art. 72",
    since=_SINCE,
    tables=(*_TABLES, "retraite_ages"),
)
def pension_rights(condition: Condition, people: People, day: int) -> Window:
    """Tell until when the age closes nothing; after it, the taux plein decides."""
    opens, full = people.pension_opens, people.fact(condition.key)
    young = opens > day
    unknown = ~young & ((full < 0) | ((opens < 0) & (full > 0)))
    never = ~young & (full > 0) & (opens >= 0)
    until = np.where(young & (full != 0), opens, NEVER)
    return window(people.count, np.where(never, NEVER, 0), until, unknown)


@rule(
    name="path_in_force",
    sentence="Le parcours n’est possible que les jours où un texte en fait une base légale.",
    source="loi 2019-828, art. 72 ; loi 2026-103, art. 173 ; loi 2025-1403, art. 99",
    since=_SINCE,
    tables=_TABLES,
)
def in_force(condition: Condition, people: People, day: int) -> Window:  # noqa: ARG001
    """Return the days between which the text is in force."""
    note_condition(condition, "condition", condition.text or condition.kind)
    since, until = condition.papers.since, condition.papers.until
    return window(
        people.count, axis_of(since) if since else 0, axis_of(until) + 1 if until else NEVER
    )


@rule(
    name="path_session",
    sentence="Le format du concours n’existe qu’aux sessions que la réforme fixe.",
    source="décret 2025-352 du 17-04-2025 (JO du 19-04-2025)",
    since=_SINCE,
    tables=(*_TABLES, "reforme_concours_2026"),
)
def session_open(condition: Condition, people: People, day: int) -> Window:  # noqa: ARG001
    """Return the days of the sessions: each begins on 1 September of the year before."""
    first, last = limits(condition.value)
    note_condition(condition, "sessions", condition.value)
    return window(people.count, rentree(first - 1), NEVER if last == NEVER else rentree(last))


def closed(condition: Condition, people: People, day: int) -> Window:  # noqa: ARG001
    """Return what never opens: a certificate that no longer exists."""
    return window(people.count, NEVER)


def not_known(condition: Condition, people: People, day: int) -> Window:  # noqa: ARG001
    """Return what no table knows."""
    return window(people.count, unknown=True)
