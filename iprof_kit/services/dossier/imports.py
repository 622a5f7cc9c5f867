"""Importing real dossiers: every person wholly accepted or wholly refused, and a report.

People are written some at a time, each lot in one short transaction: whoever uses the portal
meanwhile waits for no more, and a command that was cut is done again from where it stood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import Refused
from iprof_kit.records.database import is_sample, reading
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.dossier.columns import DOSSIERS, LAST_DAY, LEAVERS
from iprof_kit.services.dossier.correspondences import Codes, codes_of
from iprof_kit.services.dossier.leaving import (
    Absent,
    absent_people,
    accounts_of_who_is_back,
    close_accounts,
)
from iprof_kit.services.dossier.of_rows import dossier_of
from iprof_kit.services.dossier.storing import Kept, Outcome, kept_files, save_files
from iprof_kit.services.given_tables import Fault, GivenRow, missing, open_table, read_rows

AT_ONCE = 200
"""People of one transaction: some tenths of a second."""
People = Mapping[str, list[GivenRow]]


@dataclass
class ImportReport:
    """What became of each person; `refused` holds every fault of every refused row.

    `absent` are those whom a whole load does not name, `left` those who leave by this file,
    `back` the closed accounts of people whom it says to be in service.
    """

    accepted: list[tuple[str, Outcome]] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    refused_people: int = 0
    absent: Absent | None = None
    left: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Load:
    """Who loads, when, and whether nothing is written."""

    by: str
    now: datetime
    only_check: bool
    codes: Codes


def import_dossiers(
    content: bytes,
    by: str,
    now: datetime,
    *,
    only_check: bool = False,
    whole: bool = False,
    leavers: int | None = None,
) -> ImportReport:
    """Import a CSV of dossiers.

    Parameters
    ----------
    content : bytes
        The file.
    by : str
        Who imports, for the history.
    now : datetime
        Aware.
    only_check : bool
        Report without writing anything.
    whole : bool
        The file names everybody of its academies: who is not in it has left. Otherwise a line that
        is not there says nothing.
    leavers : int, optional
        How many may leave so; a small share of them where nobody says.

    Returns
    -------
    ImportReport

    Raises
    ------
    InputError
        The file as a whole cannot be read (raised by `read_rows`).
    Refused
        The database holds the fictitious people: real ones never join them. Or more people would
        leave than were agreed to.
    Unavailable
        The database stopped answering; importing the file again goes on from there.
    """
    load = _Load(by, now, only_check, codes_of(paris(now).date()))
    report = ImportReport()
    people = _by_person(content, report)
    if not load.only_check and is_sample():
        raise Refused(
            "cette base contient les personnes fictives de démonstration.",
            remedy="Donnez une autre base par IPROF_DATABASE_URL ou un autre dossier par "
            "IPROF_VAR, puis recommencez.",
        )
    if whole:
        report.absent = absent_people(people, paris(now).date(), load.codes, report.refused)
        if not only_check:
            report.absent.check(leavers)
    for some in _some_at_a_time(people):
        _import(some, people, report, load)
    if report.absent is not None:
        for some in _some_at_a_time(report.absent.numeros):
            _leave(some, report.absent, report, load)
    report.back = accounts_of_who_is_back(people, load.now)
    return report


def _by_person(content: bytes, report: ImportReport) -> dict[str, list[GivenRow]]:
    people: dict[str, list[GivenRow]] = {}
    table = open_table(content, DOSSIERS)
    layout = LEAVERS if set(table.header) == set(LEAVERS.columns) else DOSSIERS
    for row in read_rows(table, layout):
        if "numero" not in row.values:
            report.refused.append(missing(row, "numero"))
            report.refused_people += 1
        else:
            people.setdefault(row.values["numero"], []).append(row)
    return people


def _some_at_a_time(numeros: Sequence[str] | People) -> Iterator[list[str]]:
    left = iter(numeros)
    while some := list(islice(left, AT_ONCE)):
        yield some


def _import(numeros: Sequence[str], people: People, report: ImportReport, load: _Load) -> None:
    with reading() as session:
        kept = kept_files(session, numeros)
    right: list[Dossier] = []
    for numero in numeros:
        stored = kept[numero].dossier if numero in kept else None
        dossier, faults = dossier_of(numero, people[numero], stored)
        if faults or dossier is None:
            report.refused += sorted(set(faults), key=lambda fault: (fault.line, fault.column))
            report.refused_people += 1
        else:
            right.append(load.codes.brought(dossier))
    _store(right, kept, {numero: people[numero][0].line for numero in numeros}, report, load)


def _leave(numeros: Sequence[str], absent: Absent, report: ImportReport, load: _Load) -> None:
    with reading() as session:
        kept = kept_files(session, numeros)
    there = (kept[numero].dossier for numero in numeros if numero in kept)
    leaving = [one.model_copy(update={LAST_DAY: absent.last_day}) for one in there]
    _store(leaving, kept, dict.fromkeys(numeros, 1), report, load)


def _store(
    dossiers: Sequence[Dossier],
    kept: Mapping[str, Kept],
    lines: Mapping[str, int],
    report: ImportReport,
    load: _Load,
) -> None:
    saved: dict[str, Outcome] = {one.numero: "inchange" for one in dossiers}
    if not load.only_check:
        saved = save_files(dossiers, kept, load.by, load.now)
    for one in dossiers:
        if one.numero not in saved:
            report.refused.append(_overtaken(lines[one.numero]))
            report.refused_people += 1
            continue
        report.accepted.append((one.numero, saved[one.numero]))
        before = kept[one.numero].dossier.fin_de_service if one.numero in kept else None
        if one.fin_de_service not in (None, before):
            report.left.append(one.numero)
    if not load.only_check:
        gone = {one.numero: one.fin_de_service for one in dossiers if one.numero in saved}
        for numero, reason, remedy in close_accounts(gone, load.by, load.now):
            report.refused.append(Fault(lines[numero], LAST_DAY, reason, remedy))


def _overtaken(line: int) -> Fault:
    reason = "ces données ont été modifiées entre-temps ; rien n’a été remplacé"
    return Fault(line, "", reason, "Importez de nouveau le fichier.")
