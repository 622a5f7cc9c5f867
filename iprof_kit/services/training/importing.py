"""`iprof formation importer`: a plan wholly taken or wholly refused, once however often given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import InputError
from iprof_kit.base.reference import written_rows
from iprof_kit.base.words import counted, folded
from iprof_kit.records.database import writing
from iprof_kit.records.journal import audit
from iprof_kit.records.training.plans import PlanSession
from iprof_kit.services.given_tables import Fault, Layout, Report, open_table
from iprof_kit.services.training.layouts import COLUMNS, HELP, REQUIRED, recognised
from iprof_kit.services.training.rows import GivenSession, Values, read_sessions

MOST_STORED = 200_000
PLAN = Layout(COLUMNS, REQUIRED, HELP, largest=10_000_000, most_rows=20_000)
_FIRST_YEAR, _YEARS_AHEAD = 2020, 1
_SEARCHED = ("intitule", "parcours", "theme", "niveau", "lieu", "dispositif", "module")
_LONGEST_SEARCHED = 800
Sessions = Mapping[str, GivenSession]


@dataclass
class PlanReport(Report):
    """What became of a file, and what its headings were recognised as."""

    removed: int = 0
    undated: int = 0
    recognised: str = ""
    left_aside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Whose plan a file is: the code of an academy, the year in which the school year begins."""

    academie: str
    annee: int


def plan_of(academie: str, annee: int, now: datetime) -> Plan:
    """Return whose plan is given.

    Raises
    ------
    InputError
        The academy is not known, or the school year is neither begun nor the next one.
    """
    known = {row["code_academie"]: row["libelle_academie"] for row in written_rows("academies")}
    by_name = {folded(name): code for code, name in known.items()}
    code = academie if academie in known else by_name.get(folded(academie), "")
    if not code:
        raise InputError(
            f"« {academie[:40]} » n’est pas une académie connue.",
            where="--academie",
            remedy="Donnez son code (06) ou son nom (Clermont-Ferrand).",
        )
    if not _FIRST_YEAR <= annee <= now.year + _YEARS_AHEAD:
        raise InputError(
            f"l’année {annee} n’est pas celle d’une rentrée passée ou prochaine.",
            where="--annee",
            remedy="Donnez l’année de la rentrée : 2026 pour 2026-2027.",
        )
    return Plan(code, annee)


def import_plan(
    content: bytes,
    plan: Plan,
    by: str,
    now: datetime,
    *,
    only_check: bool = False,
    replace: bool = False,
) -> PlanReport:
    """Import the plan of an academy for one school year, all of it or nothing.

    Parameters
    ----------
    content : bytes
        A CSV of the kit's columns, or of one of the published plans.
    plan : Plan
    by : str
        Who imports, for the journal.
    now : datetime
        Aware.
    only_check : bool
        Report without writing anything.
    replace : bool
        The file takes the place of the whole plan of that academy and year.

    Raises
    ------
    InputError
        The file as a whole cannot be read, or is too long.
    Unavailable
        The database does not answer; nothing has been written.
    """
    table = open_table(content, PLAN)
    layout = recognised(table.header)
    sessions, refused = read_sessions(table, layout, partial(_key, plan))
    undated = sum(one.values["debut"] is None for one in sessions.values())
    report = PlanReport(
        undated=undated, recognised=layout.name, left_aside=layout.left_aside, refused=refused
    )
    with writing() as session:
        _compare(session, plan, sessions, report, replace)
        if not report.refused and not only_check and (report.added or report.removed):
            _store(session, plan, sessions, now, replace)
            audit.note(
                session,
                at=now,
                actor=by,
                action="plan_formation_importe",
                subject=f"formation:{plan.academie}.{plan.annee}",
                detail=f"{counted(report.added, 'ajoutée')}, {counted(report.removed, 'retirée')}",
            )
    return report


def _key(plan: Plan, values: Values) -> str:
    parts = (values[name] for name in ("dispositif", "module", "groupe", "session"))
    return ".".join((plan.academie, str(plan.annee), *(folded(part) for part in parts)))


def _compare(
    session: Session, plan: Plan, sessions: Sessions, report: PlanReport, replace: bool
) -> None:
    """Count what a file would add or take away, and refuse what contradicts the stored plan."""
    stored = {row.cle: row for row in session.scalars(select(PlanSession).where(*_of(plan)))}
    there = {key: row for key, row in stored.items() if key in sessions}
    same = {key for key, row in there.items() if _says(row, sessions[key].values)}
    report.unchanged = len(same)
    report.added = len(sessions) - len(same)
    if replace:
        report.removed = len(stored) - len(same)
    else:
        report.refused += [_otherwise(sessions[key]) for key in there if key not in same]
    total = session.scalar(select(func.count()).select_from(PlanSession)) or 0
    if total + report.added - report.removed > MOST_STORED:
        raise InputError(
            f"cette base garderait plus de {MOST_STORED} sessions.",
            remedy="Gardez les plans des dernières années.",
        )


def _says(row: PlanSession, values: Values) -> bool:
    return all(getattr(row, name) == values[name] for name in COLUMNS)


def _otherwise(one: GivenSession) -> Fault:
    return Fault(
        one.line,
        "session",
        "cette session est déjà enregistrée autrement",
        "Vérifiez laquelle est juste ; --remplacer prend ce fichier comme plan entier.",
    )


def _of(plan: Plan) -> tuple[Any, ...]:
    return PlanSession.academie == plan.academie, PlanSession.annee == plan.annee


def _store(session: Session, plan: Plan, sessions: Sessions, now: datetime, replace: bool) -> None:
    if replace:
        session.execute(delete(PlanSession).where(*_of(plan)))
    stored = set(session.scalars(select(PlanSession.cle).where(*_of(plan))))
    rows = [
        {
            **one.values,
            "cle": key,
            "academie": plan.academie,
            "annee": plan.annee,
            "folded": folded(" ".join(one.values[n] for n in _SEARCHED))[:_LONGEST_SEARCHED],
            "imported_at": now,
        }
        for key, one in sessions.items()
        if key not in stored
    ]
    if rows:
        session.execute(insert(PlanSession), rows)
