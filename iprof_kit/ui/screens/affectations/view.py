"""Votre dossier › Affectations: every posting that the file holds, and what it does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

from iprof_kit.services.contract.dossier import AffectationTenue, Dossier
from iprof_kit.services.contract.facts import MISSING, MISSING_POSTING, POSTING_DATA, POSTINGS
from iprof_kit.services.contract.own_file import Signalement
from iprof_kit.services.contract.posts import ZONE, kind_of, posts_of
from iprof_kit.ui.kit.parts import Action, Page, Signal
from iprof_kit.ui.own_situation.posted import zone_sentences
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import origin_text
from iprof_kit.ui.shared.worded import joined, worded
from iprof_kit.ui.visit.provenance import correction, other_source
from iprof_kit.ui.visit.reported import REPORT, datum_link, report_link, signal_for, signal_of

_A_DAY = timedelta(days=1)
_WHOLE = 100

_MISSING = {
    MISSING_POSTING: "Vous avez signalé une affectation qui manque.",
    MISSING: "Vous avez signalé une donnée qui manque.",
}
"""What is said of each report of what the file does not hold; the second may be of a posting."""


@dataclass(frozen=True)
class PostingRow:
    """One affectation; `key` names it for a report of error."""

    key: str
    line: AffectationTenue
    source: str
    signal: Signal | None
    reports: Mapping[str, str]
    """Where each datum of the line is said to be wrong; empty once something was."""


@dataclass(frozen=True)
class Stay:
    """One stretch of time on the frise: a posting, a hole of the file, or a time out of service."""

    begin: int
    """The year in which it begins."""
    years: str
    place: str
    months: int
    state: str = ""
    """``now``, ``hole``, ``off`` or nothing."""


@dataclass(frozen=True)
class AffectationsView(Page):
    """The postings, newest first; what overlaps and what is not told, in sentences."""

    origin: str = ""
    stays: tuple[Stay, ...] = ()
    frise_label: str = ""
    rows: tuple[PostingRow, ...] = ()
    remarks: tuple[str, ...] = ()
    reported: tuple[Signal, ...] = ()
    """The postings that the person says are missing, newest first."""
    ask: str = ""
    """Where to say that one is missing."""
    correction: str = ""
    report: Action | None = None


def affectations(
    dossier: Dossier, today: date, reports: Sequence[Signalement] = ()
) -> AffectationsView:
    """Return the postings of a file as it stands today, each with what was reported of it."""
    numbered = tuple(sorted(enumerate(dossier.affectations, 1), key=lambda pair: pair[1].debut))
    lines = tuple(line for _, line in numbered)
    untold = (
        worded(
            "Aucune affectation {}, alors que votre dossier vous dit en service.",
            gap_span(first, last),
        )
        for first, last in gaps(dossier, today)
    )
    remarks = (*_overlaps(lines), *untold)
    stays = tuple(_stays(lines, gaps(dossier, today), today))
    return AffectationsView(
        title="Affectations",
        lead=_lead(dossier, lines, today),
        origin=origin_text(dossier),
        stays=stays,
        frise_label=f"Affectations de {stays[0].begin} à {today.year}" if stays else "",
        rows=tuple(_row(dossier, *one, reports) for one in reversed(numbered)),
        remarks=remarks,
        reported=tuple(_missing(one) for one in reports if one.donnee in _MISSING),
        ask=f"{REPORT}?donnee={MISSING_POSTING}",
        correction=correction(dossier, "l’arrêté d’affectation et le code de l’établissement"),
        report=report_link(POSTINGS, "Affectations"),
    )


def _missing(report: Signalement) -> Signal:
    """Return the strip of a posting that is missing: there is no line of the file to mark."""
    signal = signal_of(report)
    if signal.done:
        return signal
    return replace(signal, strong=_MISSING[report.donnee])


def _lead(dossier: Dossier, lines: tuple[AffectationTenue, ...], today: date) -> str:
    posts = posts_of(dossier, today)
    if posts.zone:
        return joined(" ", zone_sentences(posts))
    now = [line for line in lines if _holds(line, today)]
    if not now:
        return "Aucune affectation en cours n’est enregistrée dans votre dossier."
    line = now[-1]
    kind = line.type
    posted = "affectée" if dossier.identite.civilite == "Madame" else "affecté"
    place = line.etablissement
    many = " Une autre affectation est en cours." if len(now) > 1 else ""
    return worded(
        f"Vous êtes {posted} depuis le {{}} : {{}}. {{}}.{many}",
        text.dated(line.debut, "post.since"),
        place,
        f"{kind[0].upper()}{kind[1:]}",
    )


def _stays(
    lines: Sequence[AffectationTenue], holes: Sequence[tuple[date, date]], today: date
) -> Iterator[Stay]:
    """Yield what fills the time from the first posting or hole until today, in order.

    Of two postings at once the one that came first is drawn; the remarks say that they overlap.
    """
    known = [(line.debut, line.fin or today, line.etablissement) for line in lines]
    stretches = sorted([*known, *((first, last, "") for first, last in holes)])
    here = min((first for first, _, _ in stretches), default=today)
    for first, last, place in stretches:
        last = min(last, today)
        if last < here or first > today:
            continue
        if first > here:
            yield _stay(here, first - _A_DAY, "sans service", "off", today)
        state = "now" if place and last == today else "" if place else "hole"
        yield _stay(max(first, here), last, place or "aucune affectation", state, today)
        here = last + _A_DAY
    if stretches and here < today:
        yield _stay(here, today, "sans service", "off", today)


def _stay(first: date, last: date, place: str, state: str, today: date) -> Stay:
    years = f"{first.year}-{last.year}" if last.year > first.year else str(first.year)
    words = f"depuis {first.year}" if last >= today else years
    return Stay(first.year, words, place, max((last - first).days // 30, 1), state)


def _row(
    dossier: Dossier, number: int, line: AffectationTenue, reports: Sequence[Signalement]
) -> PostingRow:
    key = f"affectations.{number}"
    signal = signal_for(key, reports)
    links = {} if signal else {name: datum_link(f"{key}.{name}") for name in POSTING_DATA}
    return PostingRow(key, line, other_source(dossier, line.source, line.lu_le), signal, links)


def _overlaps(lines: tuple[AffectationTenue, ...]) -> tuple[str, ...]:
    """Say which postings were held together, and what their shares make."""
    sentences: list[str] = []
    for rank, (one, other) in enumerate(combinations(lines, 2), 1):
        first = max(one.debut, other.debut)
        last = min(one.fin or date.max, other.fin or date.max)
        if first > last:
            continue
        when = _span(first, None if last == date.max else last, f"posts.together.{rank}")
        names = f"{one.etablissement} et {other.etablissement}"
        total = one.quotite + other.quotite
        sentences.append(
            worded("Deux affectations {} : {}. {}", when, names, _sum(one, other, total))
        )
    return tuple(sentences)


def _sum(one: AffectationTenue, other: AffectationTenue, total: int) -> str:
    if any(kind_of(line) == ZONE for line in (one, other)):
        return (
            "C’est l’usage pour un titulaire sur zone de remplacement (TZR), affecté à l’année "
            "ou rattaché à un établissement."
        )
    share = f"{total}{text.NBSP}%"
    if total > _WHOLE:
        return f"Leurs quotités font {share} : une date ou une quotité est à vérifier."
    return f"Leurs quotités font {share}."


def gaps(dossier: Dossier, today: date) -> tuple[tuple[date, date], ...]:
    """Return the spans in which the person was in service and the file holds no posting."""
    lines = sorted(dossier.affectations, key=lambda line: line.debut)
    holes = []
    for start, end in _in_service(dossier, today):
        here = start
        for line in lines:
            if line.debut > end or (line.fin is not None and line.fin < here):
                continue
            if line.debut > here:
                holes.append((here, line.debut - _A_DAY))
            here = max(here, (line.fin + _A_DAY) if line.fin else date.max)
            if here > end:
                break
        if here <= end:
            holes.append((here, end))
    return tuple(holes)


def _in_service(dossier: Dossier, today: date) -> tuple[tuple[date, date], ...]:
    """Return the spans of service, joined where they follow one another, until today."""
    spans: list[tuple[date, date]] = []
    for position in sorted(dossier.positions, key=lambda p: p.debut):
        end = min(position.fin or today, today)
        if (
            not position.quotite
            or position.debut > end
            or "détachement" in position.position.lower()
        ):
            continue
        if spans and spans[-1][1] >= position.debut - _A_DAY:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((position.debut, end))
    return tuple(spans)


def _holds(line: AffectationTenue, day: date) -> bool:
    return line.debut <= day and (line.fin is None or line.fin >= day)


def gap_span(first: date, last: date) -> str:
    """Return « du 1er septembre 2014 au 31 août 2017 »: a hole of the file, as a fact."""
    return _span(first, last, "posting.missing")


def _span(first: date, last: date | None, what: str) -> str:
    """Return two days as one fact each, of the span that begins on the first."""
    begins = text.dated(first, f"{what}.from", f"{first}")
    if last is None:
        return worded("depuis le {}", begins)
    return worded("du {} au {}", begins, text.dated(last, f"{what}.until", f"{first}"))
