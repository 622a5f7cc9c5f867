"""« Concours »: the competitions open to a person first, one line each with its answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from iprof_kit.base.asked import Group
from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.calculate.paths.competitions import competitions, states_counted
from iprof_kit.calculate.paths.lines import Overview, PathLine
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.fields import field_groups, read_fields
from iprof_kit.ui.kit.parts import Field, Lanes, Page, Result
from iprof_kit.ui.screens.autres_parcours.fields import groups
from iprof_kit.ui.screens.autres_parcours.rows import DEPENDS, LATER, NEVER, OPEN, path_row
from iprof_kit.ui.screens.campaigns import words
from iprof_kit.ui.screens.campaigns.reading import Campaigns
from iprof_kit.ui.screens.siac.windows import OPENED, inscription, window, window_words, windows
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, worded

TITLE, ADDRESS = "Concours", "/services/siac"
_KINDS = {OPEN: "en_cours", LATER: "possible", DEPENDS: "depend", NEVER: "ferme"}
_STATES = {LATER: "plus tard", DEPENDS: "à préciser", NEVER: "fermé"}
"""What is said of a competition by its conditions; where they are met, its window says the rest."""


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
    lanes: Lanes | None = None
    asked: MissingAnswer | None = None
    """The one answer that most of those to be told look at."""
    carnet: CarnetView = field(default_factory=CarnetView)
    formats: str = ""
    counted: tuple[str, ...] = ()


def path_of(code: str) -> str:
    """Return the address of a competition."""
    return f"{ADDRESS}?concours={code}"


def siac_view(
    overview: Overview,
    read: Campaigns,
    followed: Sequence[str],
    counted: Sequence[str],
    answers: Mapping[str, str],
    today: date,
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
    answers : mapping
        What she told of her situation, here or in « Autres parcours ».
    today : date
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
        for state in _KINDS
    }
    strong, lead = _lead(overview, lines, sessions)
    return SiacView(
        TITLE,
        lead_strong=strong,
        lead=lead,
        results=tuple(_results(lines, sessions, read, followed)),
        followed=tuple(rows[code] for code in followed if code in rows),
        open=(*of_state[OPEN], *of_state[LATER]),
        waiting=of_state[DEPENDS],
        closed=of_state[NEVER],
        verify=any(one.verify for one in rows.values()),
        lanes=windows(
            [(c, rows[c].name, rows[c].state, rows[c].path) for c in _drawn(lines, followed)],
            sessions,
            read.at.date(),
        ),
        asked=missing_answer(
            [code for code, line in lines.items() if line.state == DEPENDS], answers, today
        ),
        formats=(
            f"À la session {overview.session}, les concours externes d’enseignement et de CPE sont "
            f"à {' et '.join(overview.formats)}."
        ),
        counted=tuple(counted),
    )


def _drawn(lines: Mapping[str, PathLine], followed: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of the figure: those prepared, then those whose conditions are met.

    Where neither are any, those that depend on an answer: their windows are the same.
    """
    own = [code for code in followed if code in lines]
    for state in (OPEN, DEPENDS):
        met = [code for code, line in lines.items() if line.state == state and code not in own]
        if own or met:
            return (*own, *met)
    return ()


def _open_now(
    lines: Mapping[str, PathLine], sessions: Mapping[str, CampagneVue]
) -> tuple[int, int]:
    """Return of how many competitions whose conditions are met one may register, and may ask."""
    met = [code for code, line in lines.items() if line.state == OPEN]
    opened = sum(window(sessions.get(code)) == OPENED for code in met)
    asked = sum(code in sessions and sessions[code].verifier_maintenant for code in met)
    return opened, asked


def _lead(
    overview: Overview, lines: Mapping[str, PathLine], sessions: Mapping[str, CampagneVue]
) -> tuple[str, str]:
    """Return the answer: conditions that are met open nothing while no window is known open."""
    met = sum(line.state == OPEN for line in lines.values())
    waiting = sum(line.state == DEPENDS for line in lines.values())
    opened, asked = _open_now(lines, sessions)
    if met:
        conditions = f"Vous remplissez les conditions connues de {met} concours ou examens"
        conditions = conditions.removesuffix("s") if met == 1 else conditions
        check = f" ; {asked} à vérifier maintenant" if asked else ""
        several = "s" if opened > 1 else ""
        strong = (
            worded(
                f"{{}} inscription{several} ouverte{several}, session {overview.session}{check}.",
                figure(str(opened), "competitions.open", opened),
            )
            if opened
            else f"Aucune inscription {overview.session} ouverte n’est connue de ce kit{check}."
        )
        return worded("{}", strong), f"{conditions} : le jury décide."
    return (
        f"{waiting} concours ou examens dépendent de ce que vous direz.",
        "Précisez votre situation : diplôme, services.",
    )


def _results(
    lines: Mapping[str, PathLine],
    sessions: Mapping[str, CampagneVue],
    read: Campaigns,
    followed: Sequence[str],
) -> Iterator[Result]:
    stands = states_counted({code: line.state for code, line in lines.items()})
    opened, asked = _open_now(lines, sessions)
    yield Result(
        "Inscriptions ouvertes",
        figure(f"{opened} connue{'s' if opened > 1 else ''}", "competitions.open", opened),
        f"{asked} à vérifier" if asked else "",
    )
    met = figure(str(stands[OPEN]), "competitions.met", stands[OPEN])
    yield Result("Conditions remplies", met, f"{stands[DEPENDS]} à préciser")
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
        _STATES.get(line.state) or window_words(session),
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
    step = inscription(session)
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
    step = inscription(session)
    if step is None or step.du or step.au or step.habitude is None:
        return ""
    return f"les années passées : {words.weeks(step.habitude)}"


_REFINE = ("inscription", "master")
"""What only refines another answer: it is asked beside the others, never alone."""


@dataclass(frozen=True)
class MissingAnswer:
    """The question: its field, and how many competitions look at its answer."""

    field: Field
    counted: str


def missing_answer(
    waiting: Sequence[str], answers: Mapping[str, str], today: date
) -> MissingAnswer | None:
    """Return the question that most of the waiting competitions look at; None for none left.

    Parameters
    ----------
    waiting : sequence of str
        Codes of the competitions whose conditions are not all told.
    answers : mapping
        What was answered already, here or in « Autres parcours ».
    today : date

    Examples
    --------
    >>> asked = missing_answer(["CAPES_INT"], {}, date(2026, 12, 1))
    >>> asked.field.name, asked.counted
    ('niveau_diplome', 'Un concours à préciser en tient compte.')
    """
    every = {one.name: one for each in groups(answers, tuple(waiting)) for one in each.fields}
    looked_at = Counter(
        one.name
        for code in waiting
        for each in groups(answers, (code,))
        for one in each.fields
        if one.name in every and one.name not in _REFINE
    )
    names = [name for name in every if looked_at[name]]
    errors = read_fields((Group("", tuple(every.values())),), answers, today).errors
    left = [name for name in names if name in errors or not answers.get(name, "").strip()]
    if not left:
        return None
    name = max(left, key=lambda one: (one in errors, looked_at[one]))
    (shown,) = field_groups((Group("", (every[name],)),), answers, errors)
    count = looked_at[name]
    counted = f"{count} concours à préciser en tiennent compte."
    if count == 1:
        counted = "Un concours à préciser en tient compte."
    return MissingAnswer(shown.fields[0], counted)
