"""« Qui est écarté, et pourquoi »: counts by reason, then the lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from iprof_kit.analytics.promotions.aside import KEPT, NOT_PROPOSED, UNRANKED, UNREAD
from iprof_kit.analytics.standing import ASKED, CLOSED, DECISIONS
from iprof_kit.calculate.interface.official_texts import official_texts

NAMED = 5
"""Files named beside a reason; the others are in the lines."""
_WORDS = {
    DECISIONS[CLOSED]: ("personne exclue par sa position", "personnes exclues par leur position"),
    DECISIONS[ASKED]: ("position à demander", "positions à demander"),
    NOT_PROPOSED[0]: ("opposition motivée", "oppositions motivées"),
    NOT_PROPOSED[1]: ("à l’écart selon la procédure", "à l’écart selon la procédure"),
    UNRANKED: ("non classée", "non classées"),
    UNREAD: ("ligne non lue", "lignes non lues"),
    KEPT: ("gardée à vérifier", "gardées à vérifier"),
}
_KINDS = {DECISIONS[ASKED]: "asked", KEPT: "kept"}


@dataclass(frozen=True)
class Left:
    """One person, or one line of the table."""

    number: str
    position: str
    decision: str
    why: str
    kind: str


@dataclass(frozen=True)
class Group:
    """Those whom one reason leaves out: how many, and the first of them."""

    decision: str
    why: str
    count: str
    files: str
    kind: str


@dataclass(frozen=True)
class Aside:
    """How many by decision, who by reason, and the lines."""

    counts: str
    groups: tuple[Group, ...]
    lines: tuple[Left, ...]
    sources: tuple[str, ...]
    asked: bool
    """Whether a position is to be asked: how to say it is then told."""


def aside(table: pd.DataFrame) -> Aside | None:
    """Return who is left out; None where nobody is.

    Parameters
    ----------
    table : DataFrame
        See `Campagne.mis_a_part`.
    """
    if table.empty:
        return None
    by_decision = table["decision"].value_counts()
    counts = [
        f"{count} {words[count > 1]}"
        for decision, words in _WORDS.items()
        if (count := int(by_decision.get(decision, 0)))
    ]
    groups = tuple(
        _group(str(decision), str(why), rows["numero"].astype(str).tolist())
        for (decision, why), rows in table.groupby(["decision", "pourquoi"], sort=False)
    )
    sources = (source for why in table["pourquoi"].unique() for source in _sources(str(why)))
    return Aside(
        ", ".join(counts),
        groups,
        tuple(_left(row) for row in table.to_dict("records")),
        tuple(dict.fromkeys(sources)),
        DECISIONS[ASKED] in by_decision,
    )


def _group(decision: str, why: str, numbers: list[str]) -> Group:
    more = len(numbers) - NAMED
    files = ", ".join(numbers[:NAMED]) + (f" et {more} autre{'s' if more > 1 else ''}" * (more > 0))
    kind = _KINDS.get(decision, "out")
    return Group(decision, _short(why), str(len(numbers)), files, kind)


def _short(why: str) -> str:
    """Return a reason without the source in brackets, which « Règles et sources » has."""
    head, _, tail = why.partition(" (")
    return head + tail.rpartition(")")[2]


def _sources(why: str) -> tuple[str, ...]:
    """Return the official texts in the brackets of a reason."""
    return official_texts(why.partition(" (")[2].rpartition(")")[0])


def _left(row: Mapping[Any, Any]) -> Left:
    decision, why = str(row["decision"]), str(row["pourquoi"])
    return Left(
        str(row["numero"]),
        str(row["position"] or "") or "sans objet",
        decision,
        _short(why),
        _KINDS.get(decision, "out"),
    )
