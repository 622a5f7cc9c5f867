"""Ages and durations by generation: which version of the law, which row, one rule for each age."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.base.calendar import Dates
from iprof_kit.base.explanation import Parameter, Words, explaining, note
from iprof_kit.law.pension.parameters import Flags, Numbers, Whole, number, quarters_text
from iprof_kit.law.pension.versions import versions
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.lookups import confidence_letter, day_or_none
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import years_text

CATEGORIES = ("sedentaire", "active", "active_sans_option")
SEDENTAIRE, ACTIVE, ACTIVE_SANS_OPTION = range(len(CATEGORIES))
"""Codes of the categories; « active » keeps the age limit of instituteurs by option."""

NONE = -1
_SHOWN = 12
"""An explanation is about one person: of a larger column, only the first rows are shown."""

_TABLE = ("retraite_ages",)
_SOURCE = "CPCMR L14 bis et L24 ; CSS L161-17-2 et L161-17-3 ; loi 2023-270 ; loi 2025-1403"


@dataclass(frozen=True)
class Generation:
    """The row of `retraite_ages` of each person, −1 where the table has none."""

    row: Whole
    version: Whole
    categorie: Whole

    @property
    def known(self) -> Flags:
        """Whether the table knows the person's generation."""
        return self.row >= 0

    def confidence(self) -> npt.NDArray[np.str_]:
        """How sure our reading of each row is, « D » where there is none."""
        letters_read: npt.NDArray[np.str_] = _letters()[self.row]
        return letters_read


@cache
def _letters() -> npt.NDArray[np.str_]:
    """Return the confidence of each row of the table, then « D » for none."""
    return np.append(table("retraite_ages")["confiance"].to_numpy(dtype=str), "D")


@cache
def _group(version: int, categorie: int) -> tuple[Dates, Dates, Whole]:
    """Return first births, last births and rows of one version and category."""
    name = CATEGORIES[categorie]
    frame = table("retraite_ages")
    generations = frame[(frame["version"] == versions()[version])]
    if not (generations["categorie"] == name).any():
        name = CATEGORIES[ACTIVE]
    generations = generations[generations["categorie"] == name].sort_values("ne_du")
    until = generations["ne_au"].fillna(pd.Timestamp.max.floor("D"))
    return (
        generations["ne_du"].to_numpy().astype("datetime64[D]"),
        until.to_numpy().astype("datetime64[D]"),
        generations.index.to_numpy(dtype=np.int64),
    )


def generation(naissance: Dates, categorie: Whole, version: Whole) -> Generation:
    """Find the row of each person's generation.

    Parameters
    ----------
    categorie : array of int
        Codes, see `CATEGORIES`.
    version : array of int
        See `law_version`.
    """
    row = np.full(naissance.shape, NONE)
    group = version * len(CATEGORIES) + categorie
    for code in np.unique(group):
        people = np.flatnonzero(group == code)
        first, last, rows = _group(*divmod(int(code), len(CATEGORIES)))
        born = naissance[people]
        place = np.searchsorted(first, born, side="right") - 1
        covered = (place >= 0) & (born <= last[place]) & ~np.isnat(born)
        row[people] = np.where(covered, rows[place], NONE)
    return Generation(row, version, categorie)


@cache
def _column(name: str) -> Numbers:
    values = table("retraite_ages")[name].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    return np.append(values, np.nan)


def _read(cohort: Generation, name: str, label: str) -> Numbers:
    values = _column(name)[cohort.row]
    if explaining():
        for row in np.unique(cohort.row[cohort.known])[:_SHOWN]:
            papers = table("retraite_ages").loc[row]
            note(
                Parameter(
                    label,
                    float(_column(name)[row]),
                    str(papers["source"]),
                    day_or_none(papers["effet_du"]),
                    day_or_none(papers["effet_au"]),
                    confidence_letter(papers["confiance"]),
                    words=_in_words(label, _column(name)[row]),
                )
            )
    return values


def _in_words(label: str, value: float) -> Words | None:
    """Write an age, or a number of quarters."""
    name, _, unit = label.partition(", en ")
    if unit == "mois":
        return name.capitalize(), years_text(int(value))
    return (name.capitalize(), quarters_text(value)) if unit == "trimestres" else None


def _category_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    del result
    active = given["cohort"].categorie[0] != SEDENTAIRE
    return (("Catégorie", "active"),) if active else ()


@rule(
    sentence="L’âge d’ouverture du droit dépend de la génération, de la catégorie et de la date "
    "d’effet de la pension.",
    source="CPCMR L24 ; CSS L161-17-2 ; loi 2023-270, art. 10 ; loi 2025-1403, art. 105",
    since="2011-07-01",
    tables=_TABLE,
    reads=_category_read,
    silent=True,
)
def opening_age(cohort: Generation) -> Numbers:
    """Return the opening age of each person, in civil months (NaN: generation not covered)."""
    return _read(cohort, "age_ouverture_mois", "âge d’ouverture, en mois")


@rule(
    sentence="La durée d’assurance requise est celle de la génération ; pour une catégorie "
    "active, celle de la génération qui a {duree_active_age_de_reference:an} l’année où le droit "
    "s’ouvre.",
    source="CPCMR L13 ; CSS L161-17-3 ; loi 2025-1403, art. 105",
    since="2011-07-01",
    tables=(*_TABLE, "parametres_pension"),
    silent=True,
)
def required_quarters(cohort: Generation) -> Numbers:
    """Return the quarters required for a full pension, by person."""
    return _read(cohort, "duree_assurance_trimestres", "durée d’assurance requise, en trimestres")


@rule(
    sentence="La décote s’annule à un âge fixé par génération ; pour qui est radié par la limite "
    "d’âge d’un emploi actif, à cette limite.",
    source=_SOURCE,
    since="2011-07-01",
    tables=_TABLE,
    silent=True,
)
def cancellation_age(cohort: Generation, radie_par_limite: Flags) -> Numbers:
    """Return the age at which there is no décote any more, in civil months.

    Parameters
    ----------
    radie_par_limite : array of bool
        Struck off by the age limit of an active post.
    """
    age = _read(cohort, "age_annulation_decote_mois", "âge d’annulation de la décote, en mois")
    struck = radie_par_limite & (cohort.categorie == ACTIVE)
    if not struck.any():
        return age
    limit = _read(cohort, "limite_age_mois", "limite d’âge, en mois")
    return np.where(struck, np.minimum(age, limit), age)


@rule(
    sentence="La surcote commence à l’âge légal ; pour une catégorie active, à un âge plus tardif "
    "que l’âge anticipé, que la table donne par génération.",
    source="CPCMR L14 III ; loi 2023-270, art. 10 XXIV D",
    since="2011-07-01",
    tables=_TABLE,
    silent=True,
)
def surcote_age(cohort: Generation) -> Numbers:
    """Return the age from which quarters worked may increase the pension, in civil months."""
    return _read(cohort, "age_surcote_mois", "âge de la surcote, en mois")


@rule(
    sentence="La limite d’âge est celle de l’emploi ; l’ancien instituteur ne garde celle des "
    "instituteurs que par option.",
    source="CGFP L556-1 et L556-6 ; loi 2023-270, art. 10",
    since="2011-07-01",
    tables=("retraite_ages", "retraite_parametres"),
)
def limit_age(cohort: Generation, effet: Dates) -> Numbers:
    """Return the age limit of each person, in civil months."""
    label = "limite d’âge"
    plain = (cohort.categorie == ACTIVE_SANS_OPTION) & (cohort.version > 0)
    if not plain.any():
        return _read(cohort, "limite_age_mois", f"{label}, en mois")
    last: date = effet[plain].max().astype(object)
    of_others = number("limite_age_sedentaire", last, label)
    if plain.all():
        return np.full(plain.shape, of_others)
    return np.where(plain, of_others, _read(cohort, "limite_age_mois", f"{label}, en mois"))


def active_services_minimum(cohort: Generation) -> Numbers:
    """Return the months of active services that the generation's row asks (NaN: none)."""
    return _read(cohort, "services_actifs_min_mois", "services actifs exigés, en mois")


def rates(cohort: Generation) -> tuple[Numbers, Whole, Numbers]:
    """Return the décote a quarter, its ceiling in quarters, and the surcote a quarter."""
    ceiling = _read(cohort, "decote_max_trimestres", "décote, en trimestres au plus")
    return (
        _read(cohort, "decote_par_trimestre", "décote par trimestre"),
        np.nan_to_num(ceiling).astype(np.int64),
        _read(cohort, "surcote_par_trimestre", "surcote par trimestre"),
    )
