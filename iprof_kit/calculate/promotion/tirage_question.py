"""What may be asked about the campaigns of the hors classe, and what is answered."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.bounds import within
from iprof_kit.calculate.interface.explained import Explanation, Reference
from iprof_kit.calculate.interface.fields import (
    Corps,
    DureeJours,
    Echelon,
    Grade,
    Jour,
    Points,
    Pourcent,
    unit,
)
from iprof_kit.calculate.interface.situation import Periode
from iprof_kit.calculate.interface.subject import Answer
from iprof_kit.calculate.promotion.question import Appreciation


class TirageQuestion(Plain):
    """A person of the first grade of a corps."""

    corps: Corps = Field(description="Code du corps.")
    grade: Grade = Field(description="Grade détenu : le premier du corps.")
    echelon: Echelon = Field(description="Échelon détenu.")
    date_effet: Jour = Field(description="Date d’effet de l’échelon.")
    reliquat_jours: DureeJours = Field(default=0, description="Ancienneté conservée à date_effet.")
    aujourdhui: Jour = Field(description="Jour de la simulation.")
    entree_corps: Jour | None = Field(default=None, description="Pour le départage.")
    periodes: tuple[Periode, ...] = ()
    graine: Annotated[int, within("graine")] = Field(
        default=1, description="La même donne le même tirage."
    )
    tirer: bool = Field(default=True, description="Faux : les barres publiées seules.")
    appreciation: Appreciation | None = Field(
        default=None, description="La sienne, au dernier rendez-vous de carrière."
    )
    expliquer: bool = Field(default=False, description="Ajoute le « Pourquoi ? ».")


class Bornes(Plain):
    """Three campaigns; absent: none of those looked at."""

    au_plus_tot: int | None = Field(json_schema_extra=unit("année"))
    habituelle: int | None = Field(json_schema_extra=unit("année"))
    au_plus_tard: int | None = Field(json_schema_extra=unit("année"))


class LigneTirage(Plain):
    """What one appréciation would give."""

    appreciation: Appreciation
    libelle: str
    points: Points | None = Field(description="Points à la première campagne.")
    par_les_barres: Bornes | None = Field(description="Absent : aucune barre publiée.")
    par_tirage: Bornes | None = None
    rang: int | None = Field(
        default=None,
        description="Rang médian à la première campagne.",
        json_schema_extra=unit("rang"),
    )
    sur: int | None = Field(default=None, json_schema_extra=unit("agents"))
    places: int | None = Field(default=None, json_schema_extra=unit("promotions"))


class Recours(Plain):
    """One thing that one may do when one is not promoted."""

    texte: str
    delai_mois: int | None = Field(default=None, json_schema_extra=unit("mois"))
    depart: str = ""
    a_verifier: bool
    source: Reference
    source_delai: Reference | None = None
    non_calcule: str = Field(default="", description="Pourquoi le délai n’est pas connu.")


class TirageAnswer(Answer):
    """The range of campaigns for each appréciation; why, where it is asked."""

    premiere_campagne: int | None = Field(json_schema_extra=unit("année"))
    lignes: tuple[LigneTirage, ...]
    taux: Pourcent | None = Field(description="Ratio retenu pour le tirage.")
    annee_taux: int | None = Field(json_schema_extra=unit("année"))
    taux_a_verifier: bool = Field(
        default=False,
        description="Vrai : le taux de la première campagne n’est pas connu, ou pas assez sûr.",
    )
    phrase: str = Field(default="", description="Les campagnes par les barres, sinon par tirage.")
    explication: Explanation | None = None
    sources: tuple[Reference, ...]
    recours: tuple[Recours, ...]
    motif: str = Field(default="", description="Ce qui n’est pas calculé, et pourquoi.")
