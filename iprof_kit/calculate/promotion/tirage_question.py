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
    Phrase,
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
    periodes: tuple[Periode, ...] = Field(
        default=(),
        description="Positions tenues, dans un ordre quelconque ; le temps qu’aucune ne couvre "
        "compte.",
    )
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

    au_plus_tot: int | None = Field(
        json_schema_extra=unit("année"),
        description="Campagne la plus proche ; absente : aucune de celles examinées.",
    )
    habituelle: int | None = Field(
        json_schema_extra=unit("année"),
        description="Campagne la plus probable ; absente : aucune de celles examinées.",
    )
    au_plus_tard: int | None = Field(
        json_schema_extra=unit("année"),
        description="Campagne la plus lointaine ; absente : aucune de celles examinées.",
    )


class LigneTirage(Plain):
    """What one appréciation would give."""

    appreciation: Appreciation = Field(
        description="Appréciation finale du rendez-vous de carrière."
    )
    libelle: Phrase = Field(description="Nom, en français.")
    points: Points | None = Field(description="Points à la première campagne.")
    par_les_barres: Bornes | None = Field(description="Absent : aucune barre publiée.")
    par_tirage: Bornes | None = Field(
        default=None, description="Campagnes selon le tirage ; absent : pas de tirage."
    )
    rang: int | None = Field(
        default=None,
        description="Rang médian à la première campagne.",
        json_schema_extra=unit("rang"),
    )
    sur: int | None = Field(
        default=None,
        json_schema_extra=unit("agents"),
        description="Nombre d’agents parmi lesquels ce rang est compté.",
    )
    places: int | None = Field(
        default=None, json_schema_extra=unit("promotions"), description="Places de cette campagne."
    )


class Recours(Plain):
    """One thing that one may do when one is not promoted."""

    texte: Phrase = Field(description="Ce qui peut être fait, en une phrase.")
    delai_mois: int | None = Field(
        default=None,
        json_schema_extra=unit("mois"),
        description="Délai pour le faire, en mois ; absent : inconnu.",
    )
    depart: Phrase = Field(default="", description="D’où court le délai, en français.")
    a_verifier: bool = Field(
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier."
    )
    source: Reference = Field(description="Texte où la valeur a été lue.")
    source_delai: Reference | None = Field(default=None, description="Texte où le délai a été lu.")
    non_calcule: Phrase = Field(default="", description="Pourquoi le délai n’est pas connu.")


class TirageAnswer(Answer):
    """The range of campaigns for each appréciation; why, where it is asked."""

    premiere_campagne: int | None = Field(
        json_schema_extra=unit("année"),
        description="Première campagne où les conditions seraient remplies ; absente : aucune.",
    )
    lignes: tuple[LigneTirage, ...] = Field(description="Ce que chaque appréciation donnerait.")
    taux: Pourcent | None = Field(description="Ratio retenu pour le tirage.")
    annee_taux: int | None = Field(
        json_schema_extra=unit("année"), description="Campagne dont le taux est repris."
    )
    taux_a_verifier: bool = Field(
        default=False,
        description="Vrai : le taux de la première campagne n’est pas connu, ou pas assez sûr.",
    )
    phrase: Phrase = Field(
        default="", description="Les campagnes par les barres, sinon par tirage."
    )
    explication: Explanation | None = Field(
        default=None, description="Le « Pourquoi ? », s’il est demandé."
    )
    sources: tuple[Reference, ...] = Field(description="Textes sur lesquels le résultat repose.")
    recours: tuple[Recours, ...] = Field(
        description="Ce qui peut être fait quand on n’est pas promu."
    )
    motif: Phrase = Field(default="", description="Ce qui n’est pas calculé, et pourquoi.")
