"""Bars that an academy or a union has, given with a question beside those of the tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from iprof_kit.base.plain import Plain
from iprof_kit.base.reference import academy_labels, codes_of, department_code
from iprof_kit.base.sources import Source
from iprof_kit.calculate.interface.bounds import within
from iprof_kit.calculate.interface.fields import AnneeCivile, CodesOf, Confiance, Phrase
from iprof_kit.law.mobility.bars import Added, Bar, Place, place_of
from iprof_kit.law.mobility.calendar import Degree


def _places() -> tuple[str, ...]:
    return (*codes_of("departements", "code_insee"), *academy_labels())


LieuDeBarre = Annotated[str, AfterValidator(department_code), CodesOf(_places)]


class BarreAjoutee(Plain):
    """One bar that the tables do not hold."""

    sens: Literal["entree", "sortie"] = Field(description="Barre d’entrée ou de sortie.")
    lieu: LieuDeBarre = Field(description="Code du département (1d) ou de l’académie (2d).")
    discipline: Phrase = Field(default="", description="Discipline, au second degré.")
    annee: AnneeCivile = Field(description="Année de la barre.")
    bareme: Annotated[float, within("points")] = Field(description="Points de la barre.")
    nb_entrants: Annotated[int, within("effectif", "personnes")] | None = Field(
        default=None, description="Entrants cette année-là."
    )
    note: Phrase = Field(default="", description="Précision de la source de la barre.")
    source: Phrase = Field(description="D’où vient la barre.")
    confiance: Confiance = Field(default="C", description="Confiance de la lecture (A à D).")


def by_place(degre: Degree, bars: Iterable[BarreAjoutee]) -> Added:
    """Return the bars as the law looks them up."""
    places: dict[Place, list[Bar]] = {}
    for one in bars:
        where = {"departement" if degre == "1d" else "academie": one.lieu}
        papers = Source(one.source, confidence=one.confiance)
        bar = Bar(one.annee, one.sens, one.bareme, one.nb_entrants, one.note, papers)
        places.setdefault(place_of(degre, one.sens, **where, discipline=one.discipline), []).append(
            bar
        )
    return places
