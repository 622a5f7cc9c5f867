"""The bars of the movements that this installation was given, part of `services.contract`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.operation import Operations, OwnFile

LONGEST_DISCIPLINE = 80


class LireBarres(Plain):
    """The bars of one movement; in the second degree those of one discipline."""

    degre: Literal["1d", "2d"]
    discipline: Annotated[str, StringConstraints(max_length=LONGEST_DISCIPLINE)] = ""


class BarreLue(Plain):
    """The last bar of a place: `lieu` is the code of a département (1d) or of an academy (2d)."""

    sens: Literal["entree", "sortie"]
    lieu: str
    discipline: str = ""
    annee: int
    bareme: float
    nb_entrants: int | None = None
    note: str = ""
    source: str
    confiance: Literal["A", "B", "C", "D"]


class BarresLues(Plain):
    """The bars that were given; without any, those of the tables alone are known."""

    barres: tuple[BarreLue, ...] = ()


BARS_OPERATIONS = Operations(OwnFile("ces barres"))
BARRES_LIRE = BARS_OPERATIONS.add("barres_lire", LireBarres, BarresLues, stays=True)
