"""Codes that take the place of others from a day on: schools renamed, academies merged.

An administrator gives them in a file. What is read later is brought to the new codes as it comes
(`Codes`); what is stored, on their day (`merging`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.base.words import counted
from iprof_kit.records.agents import Correspondence
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.services.academies import academie_names
from iprof_kit.services.contract.dossier import AffectationTenue, Dossier
from iprof_kit.services.given_tables import Fault, GivenRow, Layout, Report, read_rows, unsaid

CORRESPONDENCES = Layout(
    ("nature", "ancien", "nouveau", "nom", "du"),
    ("nature", "ancien", "nouveau", "du"),
    "docs/import.md",
    frozenset({"du"}),
)
ACADEMY, SCHOOL = "academie", "etablissement"
_UAI = re.compile(r"\d{7}[A-Z]")
_LONGEST_NAME = 150


@dataclass(frozen=True)
class School:
    """What a school is called from a day on; without a name it keeps its own."""

    uai: str
    name: str | None
    since: date


@dataclass(frozen=True)
class Codes:
    """The codes of a day, by those that they took the place of."""

    academies: Mapping[str, str] = field(default_factory=dict)
    schools: Mapping[str, School] = field(default_factory=dict)

    def academie(self, code: str) -> str:
        """Return the academy that stands today in the place of another, or the same."""
        while code in self.academies:
            code = self.academies[code]
        return code

    def school(self, uai: str) -> str:
        """Return the school that stands today in the place of another, or the same."""
        seen: set[str] = set()
        while uai in self.schools and uai not in seen:
            seen.add(uai)
            uai = self.schools[uai].uai
        return uai

    def brought(self, dossier: Dossier) -> Dossier:
        """Return a file under the codes of the day; what had ended before keeps its own."""
        postings = tuple(self._of(one, dossier.lu_le) for one in dossier.affectations)
        return dossier.model_copy(
            update={"academie": self.academie(dossier.academie), "affectations": postings}
        )

    def _of(self, posting: AffectationTenue, read_on: date) -> AffectationTenue:
        seen: set[str] = set()
        uai, name = posting.uai or "", posting.etablissement
        while uai in self.schools and uai not in seen:
            seen.add(uai)
            school = self.schools[uai]
            if posting.fin is not None and posting.fin < school.since:
                break
            # under the same code, a file that was read since then says its name itself
            if school.name and (school.uai != uai or read_on < school.since):
                name = school.name
            uai = school.uai
        return posting.model_copy(update={"uai": uai, "etablissement": name}) if seen else posting


def codes_of(day: date) -> Codes:
    """Return the codes that are in force on a day."""
    with reading() as session:
        return codes_among(_rows(session, day))


def codes_among(rows: Iterable[Correspondence]) -> Codes:
    """Return the codes that some correspondences make."""
    rows = list(rows)
    return Codes(
        {one.old: one.new for one in rows if one.kind == ACADEMY},
        {one.old: School(one.new, one.name, one.since) for one in rows if one.kind == SCHOOL},
    )


def _rows(session: Session, day: date) -> list[Correspondence]:
    query = select(Correspondence).where(Correspondence.since <= day)
    return list(session.scalars(query.order_by(Correspondence.since, Correspondence.id)))


def import_correspondences(
    content: bytes, by: str, now: datetime, *, only_check: bool = False
) -> Report:
    """Keep the correspondences of a CSV, all or none; they take effect on their days.

    Parameters
    ----------
    content : bytes
    by : str
        Whom the journal names.
    now : datetime
    only_check : bool

    Raises
    ------
    InputError
        The file as a whole cannot be read.
    """
    report = Report()
    with reading() as session:
        known = {(one.kind, one.old): one for one in session.scalars(select(Correspondence))}
    new: list[Correspondence] = []
    for row in read_rows(content, CORRESPONDENCES):
        faults = [*row.faults, *unsaid(row, CORRESPONDENCES)] or _faults(row, known)
        report.refused += faults
        if faults:
            continue
        one = _correspondence(row, by)
        if (one.kind, one.old) in known:
            report.unchanged += 1
        else:
            known[one.kind, one.old] = one
            new.append(one)
    report.added = len(new)
    if new and not report.refused and not only_check:
        with writing() as session:
            session.add_all(new)
            audit.note(
                session,
                at=now,
                actor=by,
                action="correspondances",
                subject="correspondances",
                detail=counted(len(new), "code"),
            )
    return report


def _correspondence(row: GivenRow, by: str) -> Correspondence:
    values = row.values
    return Correspondence(
        kind=values["nature"],
        old=values["ancien"],
        new=values["nouveau"],
        name=values.get("nom"),
        since=values["du"],
        by=by,
    )


def _faults(row: GivenRow, known: Mapping[tuple[str, str], Correspondence]) -> list[Fault]:
    values = row.values
    kind, old, new, name = (values.get(one) for one in ("nature", "ancien", "nouveau", "nom"))

    def wrong(column: str, reason: str, remedy: str) -> list[Fault]:
        return [Fault(row.line, column, reason, remedy)]

    if kind not in {ACADEMY, SCHOOL}:
        return wrong("nature", "la nature n’est pas admise", f"Donnez {ACADEMY} ou {SCHOOL}.")
    for column, code in (("ancien", old), ("nouveau", new)):
        if kind == ACADEMY and code not in academie_names():
            remedy = "Donnez le code à deux chiffres de academies.csv."
            return wrong(column, "cette académie n’est pas connue", remedy)
        if kind == SCHOOL and not _UAI.fullmatch(str(code)):
            remedy = "Donnez sept chiffres et une lettre, en capitale."
            return wrong(column, "ce n’est pas un UAI", remedy)
    if name and (kind == ACADEMY or len(name) > _LONGEST_NAME):
        remedy = f"Seul un établissement en a un, de {_LONGEST_NAME} caractères au plus."
        return wrong("nom", "ce nom ne peut pas être pris", remedy)
    if old == new and not name:
        return wrong("nouveau", "l’ancien et le nouveau sont les mêmes", "Donnez le nouveau.")
    return _against(row, known)


def _against(row: GivenRow, known: Mapping[tuple[str, str], Correspondence]) -> list[Fault]:
    """Return what a line says otherwise than what is known of the same codes."""
    one = _correspondence(row, "")
    there = known.get((one.kind, one.old))
    if there is not None:
        same = all(getattr(there, name) == getattr(one, name) for name in ("new", "name", "since"))
        reason = "cet ancien code a déjà une autre correspondance"
        remedy = f"Gardez celle du {there.since:%d/%m/%Y} : {there.old} devient {there.new}."
        return [] if same else [Fault(row.line, "ancien", reason, remedy)]
    code = one.new
    while (one.kind, code) in known and known[one.kind, code].new != code:
        code = known[one.kind, code].new
        if code == one.old:
            reason = "ce code redevient l’ancien par une autre ligne"
            return [Fault(row.line, "nouveau", reason, "Retirez une des deux.")]
    return []
