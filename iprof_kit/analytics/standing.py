"""What the position held on a 31 August does of the lists of promotion of that day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.analytics.positions import dated, pairs_of, periods_of, texts
from iprof_kit.base.calendar import YEAR, axis_of, date_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP
from iprof_kit.calculate.pay.positions import ABSENT, NOT_KNOWN, without_nature
from iprof_kit.careers.leaves import lost_time
from iprof_kit.law.career.positions import (
    UNKNOWN,
    Stays,
    always_counts,
    counted_time,
    label,
    position_code,
    source_of,
    usual_names,
)

DECISIONS = ("", "gardée, à vérifier", "à demander", "exclue")
"""What a position does of a list: nothing; to verify; nobody knows; it closes it."""
OPEN, TO_VERIFY, ASKED, CLOSED = range(len(DECISIONS))
"""Places in `DECISIONS`."""
_HOW = {DECISIONS[ASKED]: "positions à demander", DECISIONS[CLOSED]: "exclus par leur position"}
ASIDE = ("numero", "echelon", "position", "decision", "pourquoi")
"""Columns of a table of those whose position is looked at."""
_UNKNOWN = f"{NOT_KNOWN} des tables de ce kit"
_OUT = "a quitté le corps avant cette date (date_sortie)"


class Verdict(NamedTuple):
    """What a position does of a list, and why in French; nothing is said where it opens it."""

    kind: int
    why: str = ""


@dataclass(frozen=True)
class PositionEffect:
    """What the position of each person does of the lists of a day.

    Attributes
    ----------
    kind : array of int
        `OPEN`, `TO_VERIFY`, `ASKED` or `CLOSED`.
    name : array of str
        The position held on that day, as it is written.
    why : array of str
        The reason and its text of law.
    """

    kind: npt.NDArray[np.int8]
    name: npt.NDArray[np.object_]
    why: npt.NDArray[np.object_]


@dataclass(frozen=True)
class Positions:
    """The positions of a population, read once: what they do of the lists of any day.

    Attributes
    ----------
    people : DataFrame
        See `dated`.
    pair : array of int
        For each row, the place of its position in `pairs`.
    pairs : list of (position, motif)
        As they are written, each once.
    known : bool
        Whether the table says a position of anybody.
    left : array of date
        The first day out of the corps, or NaT.
    """

    people: pd.DataFrame
    pair: npt.NDArray[np.int64]
    pairs: list[tuple[str, str]]
    known: bool
    left: npt.NDArray[np.datetime64]

    @classmethod
    def of(cls, people: pd.DataFrame) -> Positions:
        """Read those of a table: columns of `absences`, and `date_sortie`, the first day out."""
        people = dated(people)
        left = people["date_sortie"] if "date_sortie" in people else pd.Series(index=people.index)
        days = pd.to_datetime(left, errors="coerce").to_numpy("datetime64[D]")
        return cls(people, *pairs_of(people), says_positions(people), days)

    def kinds(self, day: int) -> npt.NDArray[np.int8]:
        """Return what each position does of the lists of promotion of a day."""
        kind = np.array([verdict.kind for verdict in self._by_name(day)], np.int8)[self.pair]
        for row, _, verdict in self._by_dates(day):
            kind[row] = verdict.kind
        kind[self._out(day)] = CLOSED
        return kind

    def standing(self, day: int) -> PositionEffect:
        """Return the same with the position and the reason of each."""
        why = np.array([verdict.why for verdict in self._by_name(day)], object)[self.pair]
        names = texts(self.people, "position").to_numpy(object).copy()
        for row, position, verdict in self._by_dates(day):
            names[row], why[row] = position, verdict.why
        why[self._out(day)] = _OUT
        return PositionEffect(self.kinds(day), names, why)

    def _by_name(self, day: int) -> list[Verdict]:
        verdicts = [_by_name(*pair, day) for pair in self.pairs]
        return verdicts if self.known else [Verdict(OPEN, one.why) for one in verdicts]

    def _by_dates(self, day: int) -> Iterator[tuple[int, str, Verdict]]:
        return _by_dates(self.people, day) if "periodes" in self.people else iter(())

    def _out(self, day: int) -> npt.NDArray[np.bool_]:
        """Tell who has left the corps by the end of a day."""
        return self.left < np.datetime64(date_of(day + 1))


def standing(people: pd.DataFrame, day: int) -> PositionEffect:
    """Return what the position held on a day does of the lists of promotion of that day.

    Where only its name is known, it is supposed to have begun a year before.

    Parameters
    ----------
    people : DataFrame
        See `Positions.of`.
    day : int
        Axis day: the 31 August of a campaign.
    """
    return Positions.of(people).standing(day)


def says_positions(people: pd.DataFrame) -> bool:
    """Tell whether a table says a position of anybody."""
    return "periodes" in people or bool((texts(people, "position") != "").any())


def decisions_about(
    people: pd.DataFrame, standings: PositionEffect, chosen: npt.NDArray[np.bool_]
) -> pd.DataFrame:
    """Return what is decided of some people by their position, and why: `ASIDE`."""
    decisions = np.array(DECISIONS, object)[standings.kind]
    frame = people[["numero", "echelon"]].assign(
        position=[without_nature(str(name)) for name in standings.name],
        decision=decisions,
        pourquoi=standings.why,
    )
    return frame[chosen].reset_index(drop=True)


def answered(
    people: pd.DataFrame, answers: Mapping[str, str]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return people whose unknown positions are those that an analyst says, and what is supposed.

    Raises
    ------
    InputError
        An answer is itself no known position, or answers nothing of the table.
    """
    if not answers:
        return people, ()
    as_written = texts(people, "position")
    for word, position in answers.items():
        if position_code(position) == UNKNOWN:
            raise InputError(
                f"«{NBSP}{position}{NBSP}» n’est pas une position connue.",
                where="positions",
                remedy=f"Positions connues{NBSP}: {', '.join(usual_names())}.",
            )
        if not (as_written == word).any():
            raise InputError(
                f"personne n’a la position «{NBSP}{word}{NBSP}».",
                where="positions",
                remedy="Écrivez-la comme dans la table.",
            )
    supposed = tuple(f"{NOT_KNOWN} lue « {without_nature(name)} »" for name in answers.values())
    return people.assign(position=as_written.replace(dict(answers))), supposed


def shared(people: pd.DataFrame) -> pd.DataFrame:
    """Return people whose positions are those that an analyst reads: see `without_nature`.

    Examples
    --------
    >>> shared(pd.DataFrame({"position": ["CMO", "Détachement"]}))["position"].tolist()
    ['absente, congé', 'Détachement']
    """
    if "position" not in people:
        return people
    motives = texts(people, "position_motif")
    pairs = list(zip(texts(people, "position"), motives, strict=True))
    read = {pair: without_nature(*pair) for pair in dict.fromkeys(pairs)}
    named = people.assign(position=[read[pair] for pair in pairs])
    if "position_motif" not in people:
        return named
    hidden = [read[pair] in (ABSENT, NOT_KNOWN) for pair in pairs]
    return named.assign(position_motif=motives.mask(np.array(hidden, bool), ""))


def set_aside(aside: pd.DataFrame) -> list[str]:
    """Return how many are set aside by their position, and why, in French."""
    sentences = []
    for (decision, why), rows in aside.groupby(["decision", "pourquoi"], sort=True):
        if decision == DECISIONS[ASKED]:
            why = f"{why} ; dites-la par positions={{« mot de votre table » : « En activité »}}"
        sentences.append(f"{_HOW[str(decision)]} : {len(rows)} ({why})")
    return sentences


def warnings(people: pd.DataFrame, aside: pd.DataFrame) -> tuple[str, ...]:
    """Return how many are set aside or kept in doubt by their position, in French.

    Parameters
    ----------
    people : DataFrame
        Those who are kept.
    aside : DataFrame
        See `decisions_about`.
    """
    sentences = set_aside(aside)
    if len(people) and not says_positions(people):
        sentences.append("la table ne dit aucune position, chacun est compté comme en activité")
    elif (doubts := int(people["a_verifier"].astype(bool).sum())) and "position" in people:
        names = texts(people, "position")[people["a_verifier"].astype(bool)]
        written = {without_nature(str(name)) for name in names.replace("", "non renseignée")}
        listed = ", ".join(sorted(written))
        sentences.append(f"promouvables gardés, position à vérifier : {doubts} ({listed})")
    return tuple(sentences)


def _by_dates(people: pd.DataFrame, day: int) -> Iterator[tuple[int, str, Verdict]]:
    """Yield (row, position, verdict) of those whose positions have dates."""
    periods = people["periodes"]
    rows = np.flatnonzero(periods.map(len).to_numpy() > 0)
    closed = _closed_rows(people, day)
    for row in rows.tolist():
        begun = [p for p in periods.iloc[row] if axis_of(p[2]) <= day]
        last = max(begun, key=lambda period: period[2], default=None)
        _, _, _, end = last or ("", None, None, None)
        if last is None or (end is not None and axis_of(end) < day):
            yield row, "", Verdict(OPEN)  # nothing dated says that she is away on that day
            continue
        name, code = last[0], position_code(last[0], last[1])
        if row in closed:
            yield row, name, Verdict(CLOSED, _closing(code, closed[row]))
        elif code == UNKNOWN:
            yield row, name, Verdict(ASKED, _UNKNOWN)
        else:
            yield row, name, Verdict(OPEN)


def _closed_rows(people: pd.DataFrame, day: int) -> dict[int, int]:
    """Return the row of the table of positions that closes the lists of a day, by person."""
    periods = list(periods_of(people))
    if not periods:
        return {}
    row, code, begin, end = (np.array(column, np.int64) for column in zip(*periods, strict=True))
    stays = Stays(row, code, begin, np.where(end < 0, day + 1, end))
    spans = lost_time(stays, counted_time(stays))
    away = spans.of(spans.absent & (spans.begin <= day) & (day < spans.end))
    return dict(zip(away.person.tolist(), away.row.tolist(), strict=True))


@cache
def _by_name(position: str, motif: str, day: int) -> Verdict:
    """Return what a position known by its name alone does of the lists of a day."""
    if not position:
        return Verdict(TO_VERIFY, "position non renseignée")
    if position == ABSENT:
        return Verdict(OPEN)  # it was listed under its own name
    code = position_code(position, motif)
    if code == UNKNOWN:
        return Verdict(ASKED, _UNKNOWN)
    one = np.zeros(1, np.int64)
    counted = counted_time(Stays(one, one + code, one + day + 1 - YEAR, one + day + 1))
    row, days = int(counted.row[-1]), int(counted.days[-1])
    if not days:
        more = "" if motif else " ; son motif peut en disposer autrement" * _may_have_a_motive(code)
        return Verdict(CLOSED, _closing(code, row) + more)
    if always_counts(code):
        return Verdict(OPEN)
    return Verdict(
        TO_VERIFY, f"{label(code)} : comptée selon ses dates, inconnues ({source_of(row).text})"
    )


def _may_have_a_motive(code: int) -> bool:
    """Tell whether another position has the same name, and a motive that tells it apart."""
    return code == position_code("Disponibilité")


def _closing(code: int, row: int) -> str:
    return f"{label(code)} : n’ouvre pas les promotions ({source_of(row).text})"
