"""The columns of a population table: one row a person, the same names in every function.

What is imported, generated, ranked, projected or published has these names. A table holds the
columns that its source gives; a function names those that it needs and misses (`require`).
"""

# No number here is of the law: numbers of the analyses that use a column.

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import pandas as pd

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP
from iprof_kit.law.promotion.bareme import APPRECIATIONS
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.law.tables.loading import table

Kind = Literal["texte", "date", "entier", "nombre"]
SEXES = ("F", "H")
AVIS = ("tres_favorable", "favorable", "defavorable")
EDUCATION_PRIORITAIRE = ("REP", "REP+")
CATEGORIES = ("sedentaire", "active", "active_sans_option")
SECTEURS = ("public", "prive")
_YES_NO = ("0", "1")
_DTYPES: dict[Kind, str] = {
    "texte": "str",
    "date": "datetime64[us]",
    "entier": "Int64",
    "nombre": "Float64",
}


@dataclass(frozen=True)
class Column:
    """One column of a population table.

    Attributes
    ----------
    meaning : str
        In French, as an analyst reads it, with its unit.
    kind : {"texte", "date", "entier", "nombre"}
    codes : tuple of str
        Values allowed; empty where any is.
    reference : str
        « table.colonne » of data/reference whose values are allowed, "" where none says.
    analyses : tuple of int
        Numbers of the usual analyses that need it (docs/analysts.md).
    absent : object
        Value of a row that gives nothing: "" for a text, missing unless the kit has a default.
    """

    name: str
    meaning: str
    kind: Kind = "texte"
    codes: tuple[str, ...] = ()
    reference: str = ""
    analyses: tuple[int, ...] = ()
    absent: object = None

    @property
    def dtype(self) -> Any:
        """The pandas dtype; a whole number without default may be missing."""
        if self.kind == "entier" and self.absent is not None:
            return "int64"
        return _DTYPES[self.kind]

    def allowed(self) -> tuple[str, ...]:
        """Return the values allowed, as text; empty where any is."""
        return self.codes or _reference(self.reference)


_ALL = tuple(range(1, 31))

COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column("numero", "numéro de dossier, opaque, unique ; jamais le NUMEN", analyses=_ALL),
        Column(
            "annee",
            "année de l’état au 31 août, et de la campagne du 1er septembre qui suit",
            "entier",
            analyses=(22, 24),
        ),
        Column("prenom", "prénom usuel"),
        Column("nom", "nom d’usage"),
        Column("sexe", "F ou H", codes=SEXES, analyses=(4, 6, 14, 16, 18, 19, 20, 21, 27)),
        Column("date_naissance", "date de naissance", "date", analyses=(16, 18, 19, 21, 26)),
        Column("statut", "statut de l’agent"),
        Column("secteur", "public ou prive (sous contrat)", codes=SECTEURS),
        Column(
            "corps",
            "code de corps.csv ; vide : pas de corps",
            reference="corps.corps",
            analyses=(
                1,
                2,
                3,
                4,
                5,
                10,
                12,
                13,
                14,
                15,
                16,
                17,
                18,
                19,
                20,
                21,
                22,
                23,
                25,
                27,
                29,
            ),
        ),
        Column(
            "grade",
            "code du grade détenu",
            analyses=(1, 2, 3, 4, 5, 12, 13, 14, 15, 16, 17, 20, 21, 24, 27, 29),
        ),
        Column(
            "echelon", "échelon détenu", analyses=(1, 2, 3, 4, 5, 7, 12, 13, 14, 15, 17, 21, 27, 29)
        ),
        Column("chevron", "chevron détenu (HEA1…), vide où il n’y en a pas", analyses=(17, 21)),
        Column("date_effet", "effet de l’échelon ou du chevron", "date", analyses=(21,)),
        Column(
            "reliquat_jours",
            "ancienneté conservée à cette date, en jours de l’année de 360 jours",
            "entier",
            absent=0,
        ),
        Column(
            "anciennete_jours",
            "ancienneté dans l’échelon à la date d’observation, en jours de l’année de 360 jours",
            "entier",
        ),
        Column("entree_grade", "entrée dans le grade", "date", analyses=(15, 20)),
        Column("entree_corps", "entrée dans le corps", "date", analyses=(15, 20, 21, 24, 25)),
        Column("debut_services", "début des services comptés", "date"),
        Column(
            "ags_jours",
            "ancienneté générale des services, en jours de l’année de 360 jours",
            "entier",
        ),
        Column(
            "categorie_retraite",
            "sedentaire, active ou active_sans_option",
            codes=CATEGORIES,
            absent="sedentaire",
        ),
        Column(
            "academie",
            "code à deux chiffres d’academies.csv",
            reference="academies.code_academie",
            analyses=(5,),
        ),
        Column(
            "departement",
            "code INSEE sur trois caractères (063, 02A, 971)",
            reference="departements.code_insee",
        ),
        Column(
            "discipline",
            "code de discipline : une lettre et quatre chiffres (L1300)",
            analyses=(9,),
        ),
        Column("uai", "établissement d’affectation : sept chiffres et une lettre"),
        Column(
            "superieur",
            "1 : affecté dans l’enseignement supérieur",
            "entier",
            _YES_NO,
            analyses=(10,),
        ),
        Column("education_prioritaire", "REP, REP+, ou vide", codes=EDUCATION_PRIORITAIRE),
        Column("fonction", "fonction exercée (adjoint, directeur…)", analyses=(11,)),
        Column("position", "position administrative à la date d’observation", analyses=(1, 2)),
        Column("position_motif", "motif de la position (élever un enfant, convenances…)"),
        Column("position_debut", "premier jour de la position", "date"),
        Column("position_fin", "dernier jour de la position ; vide : sans fin connue", "date"),
        Column("modalite", "modalité de service"),
        Column(
            "quotite",
            "pour cent d’un service complet ; 0 : aucun service",
            "entier",
            absent=100,
            analyses=(18, 22, 23, 27),
        ),
        Column(
            "appreciation",
            "appréciation finale de la valeur professionnelle",
            codes=APPRECIATIONS,
            analyses=(3, 8),
        ),
        Column(
            "origine_appreciation",
            "origine de l’appréciation (dossier, rendez-vous de carrière, avis technique)",
        ),
        Column("avis_1", "avis de l’inspecteur", codes=AVIS, analyses=(15,)),
        Column(
            "avis_2",
            "avis du chef d’établissement ou du supérieur hiérarchique",
            codes=AVIS,
            analyses=(15,),
        ),
        Column(
            "opposition",
            "1 : opposition motivée à la promotion",
            "entier",
            _YES_NO,
            absent=0,
            analyses=(12,),
        ),
        Column("motif_opposition", "motif de l’opposition", analyses=(12,)),
        Column("reserve", "1 : relève d’une réserve de la procédure", "entier", _YES_NO),
        Column("retraitable", "1 : proche de la retraite", "entier", _YES_NO),
        Column("ex_instituteur", "1 : ancien instituteur", "entier", _YES_NO),
        Column("items", "nombre d’items du compte rendu retenus par l’autorité", "entier"),
        Column("bareme", "barème donné par la source", "nombre"),
        Column("promu", "1 : nommé à cette campagne", "entier", _YES_NO),
        Column("date_promotion", "date d’effet de la promotion", "date"),
        Column("indice_majore", "indice majoré détenu", "entier", analyses=(19, 22)),
        Column("net", "net payé, en euros par mois", "nombre"),
        Column(
            "date_sortie", "sortie du corps : premier jour hors du corps", "date", analyses=(25,)
        ),
        Column("motif_sortie", "motif de la sortie", analyses=(25,)),
        Column("date_publication", "publication du tableau contesté", "date", analyses=(28,)),
        Column("date_recours", "dépôt du recours ; vide : aucun encore", "date", analyses=(28,)),
        Column("issue", "issue du recours (rejet, admission…) ; vide : en attente", analyses=(28,)),
        Column("motif", "motif du recours", analyses=(28,)),
    )
}
"""Every column, in the order of a table."""

IDENTITY = ("numero", "prenom", "nom")
"""Columns that name a person."""
SITUATION = ("numero", "corps", "grade", "echelon", "date_effet")
"""Columns without which nobody can be placed in the law."""


def needed_for(analysis: int) -> list[str]:
    """Return the names of the columns that a usual analysis (1 to 30) needs, in order."""
    return [column.name for column in COLUMNS.values() if analysis in column.analyses]


def require(frame: pd.DataFrame, names: Iterable[str], where: str = "table") -> None:
    """Refuse a table that misses columns.

    Raises
    ------
    InputError
        The message names each column that misses, with its meaning.
    """
    missing = [name for name in names if name not in frame]
    if missing:
        listed = f"{NBSP}; ".join(
            f"{name} ({COLUMNS[name].meaning})" if name in COLUMNS else name for name in missing
        )
        raise InputError(
            f"il manque {'une colonne' if len(missing) == 1 else 'des colonnes'}{NBSP}: {listed}.",
            where=where,
            remedy="Ajoutez-la à l’extrait, ou vérifiez la correspondance des colonnes.",
        )


def ordered(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its known columns first, in the order of `COLUMNS`."""
    known = [name for name in COLUMNS if name in frame]
    return frame[[*known, *(name for name in frame if name not in COLUMNS)]]


@cache
def _reference(name: str) -> tuple[str, ...]:
    if not name:
        return ()
    if name == "corps.corps":
        return tuple(dict.fromkeys(CELLS.corps.tolist()))
    where, _, column = name.partition(".")
    values = dict.fromkeys(table(where)[column])
    return tuple(value.zfill(3) if column == "code_insee" else value for value in values)


def is_empty(column: pd.Series) -> pd.Series:
    """Tell the rows of a column that give nothing."""
    if column.dtype.kind in "iufM":
        return column.isna()
    return column.isna() | (column.astype(str) == "")
