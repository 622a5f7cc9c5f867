"""« Signaler une erreur »: the form, the papers, and what became of each report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iprof_kit.base.asked import Asked
from iprof_kit.services.contract.facts import MISSING, MISSING_POSTING
from iprof_kit.services.contract.own_file import (
    LONGEST_CLAIM,
    LONGEST_REASON,
    Donnee,
    ErreurChamp,
    Signalement,
)
from iprof_kit.ui.kit.fields import fields_of
from iprof_kit.ui.kit.fields.papers import PieceRow, piece_row
from iprof_kit.ui.kit.parts import Field, Group, Page, Signal
from iprof_kit.ui.shared import text
from iprof_kit.ui.visit.reported import signal_of


@dataclass(frozen=True)
class ReportRow:
    """One report that was sent."""

    id: str
    number: str
    title: str
    sent: str
    shown: str
    claimed: str
    reason: str
    pieces: tuple[PieceRow, ...]
    signal: Signal


@dataclass(frozen=True)
class SignalerView(Page):
    """The screen; `datum_error` is about the list of choices, `pieces_error` about the papers."""

    groups: tuple[Group, ...] = ()
    datum_error: str = ""
    shown: str = ""
    fields: tuple[Field, ...] = ()
    pieces: tuple[PieceRow, ...] = ()
    pieces_error: str = ""
    pieces_remedy: str = ""
    pieces_hint: str = ""
    form_key: str = ""
    turn: str = ""
    focus: str = ""
    receipt: ReportRow | None = None
    reports: tuple[ReportRow, ...] = ()
    errors: tuple[ErreurChamp, ...] = ()


def chosen(data: Sequence[Donnee], typed: Mapping[str, str], query: Mapping[str, str]) -> str:
    """Return the datum that the form is about: chosen, else that of the address, else the first."""
    keys = [one.cle for one in data]
    part = [one.cle for one in data if one.partie == query.get("partie")]
    for wanted in (typed.get("donnee"), query.get("donnee"), *part[:1]):
        if wanted in keys:
            return str(wanted)
    return keys[0] if keys else ""


def shown_value(data: Sequence[Donnee], key: str) -> str:
    """Return what the file shows of a datum, or what to say of one that is missing."""
    datum = next((one for one in data if one.cle == key), None)
    if datum is not None and datum.cle == MISSING_POSTING:
        return "Dites ci-dessous quelle affectation manque : l’établissement, du … au …"
    if datum is None or datum.cle == MISSING:
        return "Dites ci-dessous quelle donnée manque."
    return datum.valeur


def fields(typed: Mapping[str, str], faults: Sequence[ErreurChamp]) -> tuple[Field, ...]:
    """Return the two fields of text, as typed."""
    wrong = {one.champ: one for one in faults}
    asked = (
        Asked(
            "indique",
            "Ce que vous indiquez",
            hint=f"La valeur juste, {LONGEST_CLAIM} caractères au plus.",
            needed=True,
        ),
        Asked(
            "explication",
            "Votre explication",
            "long",
            f"{text.whole(LONGEST_REASON)} caractères au plus.",
        ),
    )
    return fields_of(asked, typed, wrong)


def report_row(report: Signalement) -> ReportRow:
    """Return one report that was sent."""
    return ReportRow(
        report.id,
        report.numero,
        report.libelle,
        text.moment(report.envoye_le),
        report.valeur,
        report.indique,
        report.explication,
        tuple(piece_row(one) for one in report.pieces),
        signal_of(report),
    )
