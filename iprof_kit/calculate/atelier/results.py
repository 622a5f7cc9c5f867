"""What a séance answered on the day it was kept, and what the rules of today answer otherwise."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite
from typing import Any

from iprof_kit.base.paths import REFERENCE
from iprof_kit.calculate.atelier.model import LETTERS
from iprof_kit.calculate.et_si.answer import EtSiAnswer, PensionEtSi

_OF_A_RESULT = 12


@dataclass(frozen=True)
class KeptResult:
    """What is kept of one scenario: its net up to the departure, what names all the rest."""

    net: float
    digest: str


@dataclass(frozen=True)
class Change:
    """A scenario that is answered otherwise: its net on the day it was kept, and today.

    The two may be equal: a date, an index or a pension has then changed.
    """

    letter: str
    before: float
    now: float


def results_of(answer: EtSiAnswer) -> dict[str, dict[str, Any]]:
    """Return what a file keeps of an answer, by letter of scenario."""
    return {
        letter: {
            "depart": one.depart.isoformat(),
            "cumul_brut": one.cumul_brut,
            "cumul_net": one.cumul_net,
            "pension": _pension(one.pension),
            "tranches": [
                [
                    piece.debut.isoformat(),
                    piece.grade,
                    piece.echelon,
                    piece.chevron,
                    piece.indice_majore,
                    piece.brut,
                    piece.net,
                ]
                for piece in one.tranches
            ],
        }
        for letter, one in zip(LETTERS, answer.scenarios, strict=False)
    }


def in_short(results: Mapping[str, Mapping[str, Any]]) -> dict[str, KeptResult]:
    """Return what an address keeps of the results of a file.

    Examples
    --------
    >>> in_short({"A": {"cumul_net": 10.5, "pension": []}})["A"].net
    10.5
    """
    return {
        letter: KeptResult(amount_of(one["cumul_net"]), digest_of(one)[:_OF_A_RESULT])
        for letter, one in results.items()
    }


def changes(before: Mapping[str, KeptResult], answer: EtSiAnswer) -> tuple[Change, ...]:
    """Return the scenarios that the rules of today answer otherwise than the day they were kept.

    Parameters
    ----------
    before : mapping of str to KeptResult
        By letter; a scenario of which nothing was kept is not compared.
    answer : EtSiAnswer
        What the engine answers now.
    """
    now = in_short(results_of(answer))
    return tuple(
        Change(letter, one.net, now[letter].net)
        for letter, one in sorted(before.items())
        if letter in now and now[letter] != one
    )


def amount_of(value: Any) -> float:
    """Return an amount that somebody wrote.

    Raises
    ------
    ValueError, TypeError
        It is none.
    """
    amount = float(value)
    if not isfinite(amount):
        raise ValueError
    return amount


@cache
def rules_version() -> str:
    """Return what names the tables of the law of this kit: another row, another name."""
    digest = hashlib.sha256()
    for file in sorted(REFERENCE.glob("*.csv")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def digest_of(content: Any) -> str:
    """Return what changes with any letter of plain values."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _pension(pension: PensionEtSi | None) -> list[float | None]:
    return [pension.brute, pension.basse, pension.haute] if pension else []
