"""« Concours »: the competitions open to a person first, one line each with its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.calculate.paths.competitions import competitions
from iprof_kit.calculate.paths.lines import Overview, PathLine
from iprof_kit.ui.screens.autres_parcours.rows import DEPENDS, LATER, NEVER, OPEN, path_row
from iprof_kit.ui.screens.services import words
from iprof_kit.ui.screens.services.listing import Result
from iprof_kit.ui.screens.services.reading import Campaigns
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Page

TITLE, ADDRESS = "Concours", "/services/siac"
_KINDS = {OPEN: "en_cours", LATER: "possible", DEPENDS: "depend", NEVER: "ferme"}
_STATES = {OPEN: "ouvert", LATER: "plus tard", DEPENDS: "à préciser", NEVER: "fermé"}
_INSCRIPTION = "inscription"


@dataclass(frozen=True)
class Row:
    """One competition: its name, its answer, where it stands."""

    path: str
    name: str
    says: str
    state: str
    kind: str
    verify: bool


@dataclass(frozen=True)
class SiacView(Page):
    """Every competition: those prepared, those open, those to be told, those closed."""

    results: tuple[Result, ...] = ()
    followed: tuple[Row, ...] = ()
    open: tuple[Row, ...] = ()
    waiting: tuple[Row, ...] = ()
    closed: tuple[Row, ...] = ()
    verify: bool = False
    formats: str = ""
    counted: tuple[str, ...] = ()


def path_of(code: str) -> str:
    """Return the address of a competition."""
    return f"{ADDRESS}?concours={code}"


def siac_view(
    overview: Overview, read: Campaigns, followed: Sequence[str], counted: Sequence[str]
) -> SiacView:
    """Return the list.

    Parameters
    ----------
    overview : Overview
        Where each path stands for her.
    read : Campaigns
        The sessions of every competition, at the moment of the server.
    followed : sequence of str
        Codes that she prepares.
    counted : sequence of str
        How her services were counted.
    """
    known = frozenset(competitions())
    lines = {line.code: line for line in overview.lines if line.code in known}
    sessions = {code: one for one in read.answer.campagnes for code in one.concours}
    rows = {code: _row(line, sessions.get(code)) for code, line in lines.items()}
    of_state = {
        state: tuple(
            rows[code]
            for code, line in lines.items()
            if line.state == state and code not in followed
        )
        for state in _STATES
    }
    strong, lead = _lead(overview, lines)
    return SiacView(
        TITLE,
        lead_strong=strong,
        lead=lead,
        results=tuple(_results(lines, read, followed)),
        followed=tuple(rows[code] for code in followed if code in rows),
        open=(*of_state[OPEN], *of_state[LATER]),
        waiting=of_state[DEPENDS],
        closed=of_state[NEVER],
        verify=any(one.verify for one in rows.values()),
        formats=text.french(
            f"À la session {overview.session}, les concours externes d’enseignement et de CPE sont "
            f"à {' et '.join(overview.formats)}."
        ),
        counted=tuple(counted),
    )


def _lead(overview: Overview, lines: Mapping[str, PathLine]) -> tuple[str, str]:
    now = sum(line.state == OPEN for line in lines.values())
    waiting = sum(line.state == DEPENDS for line in lines.values())
    if now:
        several = "s" if now > 1 else ""
        verb = "vous sont ouverts" if now > 1 else "vous est ouvert"
        return (
            f"{now} concours ou examen{several} {verb} pour la session {overview.session}.",
            "Vos conditions seulement : le jury décide.",
        )
    return (
        text.french(f"{waiting} concours ou examens dépendent de ce que vous direz."),
        "Précisez votre situation : diplôme, services.",
    )


def _results(
    lines: Mapping[str, PathLine], read: Campaigns, followed: Sequence[str]
) -> Iterator[Result]:
    states: list[str] = [line.state for line in lines.values()]
    yield Result("Ouverts", str(states.count(OPEN)))
    yield Result("À préciser", str(states.count(DEPENDS)))
    prepared = [one for one in read.answer.campagnes if set(one.concours) & set(followed)]
    ahead = [(step.au, step) for one in prepared for step in one.awaited if step.au]
    if ahead:
        day, step = min(ahead, key=lambda pair: pair[0])
        yield Result(f"{step.titre}, clôture", words.left(step, read.at), text.day(day))
    else:
        yield Result("Vous préparez", str(len(followed)) if followed else "aucun encore")


def _row(line: PathLine, session: CampagneVue | None) -> Row:
    row = path_row(line)
    says = row.waits_for[0] if row.waits_for else registration(session)
    if line.state == LATER:
        says = row.when
    return Row(
        path_of(line.code),
        line.label,
        text.sentence(says),
        _STATES[line.state],
        _KINDS[line.state],
        line.doubtful,
    )


def registration(session: CampagneVue | None) -> str:
    """Say when one registers for a session; what no source gives is unknown, past weeks are past.

    Parameters
    ----------
    session : CampagneVue or None
        None where the kit knows no session of it.
    """
    step = next((e for e in session.etapes if e.etape == _INSCRIPTION), None) if session else None
    if session is None or step is None:
        return "dates d’inscription inconnues de ce kit"
    if step.du or step.au:
        closed = ", closes" if step.etat == "close" else ""
        return f"inscriptions {session.annee} {words.span(step)}{closed}"
    if step.habitude is None:
        return f"inscriptions {session.annee} : {session.coutume or 'dates inconnues de ce kit'}"
    if session.verifier_maintenant:
        return f"inscriptions {session.annee} : {words.NOW} dans {session.application}"
    return f"inscriptions {session.annee} : dates inconnues de ce kit"


def past_weeks(session: CampagneVue | None) -> str:
    """Say in which weeks one registered in past years; "" where it is known of this one."""
    step = next((e for e in session.etapes if e.etape == _INSCRIPTION), None) if session else None
    if step is None or step.du or step.au or step.habitude is None:
        return ""
    return f"les années passées : {words.weeks(step.habitude)}"
