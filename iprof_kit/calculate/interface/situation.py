"""Where a person stands: her situation and the positions that she held."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.bounds import refuse_before_life, refuse_reversed, within
from iprof_kit.calculate.interface.fields import (
    AnneeCivile,
    Chevron,
    CodeAcademie,
    CodesOf,
    Corps,
    DureeJours,
    DureeMois,
    Echelon,
    Enfants,
    Grade,
    Jour,
    Phrase,
)

AncienneGrille = Annotated[
    bool,
    Field(
        description="L’échelon est celui de la grille d’avant le 1er septembre 2017, tenu jusqu’au "
        "31 août 2017, et date_effet le jour où il a commencé : le reclassement de 2017 est alors "
        "appliqué.",
    ),
]


def _categories() -> tuple[str, ...]:
    from iprof_kit.law.pension.generations import CATEGORIES

    return CATEGORIES


class Periode(Plain):
    """One position held, as the administration writes it; `fin` is its last day, None: open."""

    position: Phrase = Field(
        description="Position, comme l’administration l’écrit : en activité, disponibilité…"
    )
    motif: Phrase | None = Field(
        default=None, description="Motif de la position, comme l’administration l’écrit."
    )
    debut: Jour = Field(description="Premier jour.")
    fin: Jour | None = Field(default=None, description="Dernier jour ; absent : en cours.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        refuse_reversed(self.debut, self.fin)
        return self


class Situation(Plain):
    """Where a person stands: the starting point of every projection.

    `date_effet` is the day on which the échelon (or the chevron, where there is one) took effect;
    `reliquat_jours` the seniority kept on that day.
    """

    corps: Corps | None
    grade: Grade | None = None
    echelon: Echelon | None = None
    chevron: Chevron | None = None
    date_effet: Jour | None = Field(
        default=None, description="Jour où l’échelon, ou le chevron, a pris effet."
    )
    reliquat_jours: DureeJours = Field(
        default=0, description="Ancienneté conservée à la date d’effet."
    )
    ancienne_grille: AncienneGrille = False
    date_naissance: Jour | None = Field(default=None, description="Jour de naissance.")
    quotite: Annotated[int, within("part")] = Field(default=100, description="Quotité travaillée.")
    type_temps_partiel: Literal["sur_autorisation", "de_droit"] = Field(
        default="sur_autorisation", description="Temps partiel sur autorisation, ou de droit."
    )
    categorie_retraite: Annotated[str, CodesOf(_categories)] = Field(
        default="sedentaire", description="Catégorie pour la retraite : sedentaire, active…"
    )
    instituteur_depuis: Jour | None = Field(
        default=None,
        description="Jour depuis lequel courent les services d’un instituteur : ils disent si la "
        "catégorie active lui est ouverte, et quand.",
    )
    academie: CodeAcademie | None = Field(
        default=None, description="Code de l’académie d’affectation."
    )
    periodes: tuple[Periode, ...] = Field(
        default=(),
        description="Positions tenues, dans un ordre quelconque ; le temps qu’aucune ne couvre "
        "compte.",
    )
    """Positions of the whole career, in any order; time that none of them covers counts."""
    annees_direction: tuple[AnneeCivile, ...] = Field(
        default=(),
        description="Années scolaires complètes de direction d’école dont les mois n’ont pas "
        "encore servi, par l’année de leur rentrée (2023 pour 2023-2024) ; une année à venir est "
        "une hypothèse.",
    )
    mois_asa: DureeMois = Field(
        default=0,
        le=360,
        description="Mois d’avantage spécifique d’ancienneté acquis et pas encore utilisés.",
    )
    enfants_a_charge: Enfants = Field(default=0, description="À la limite d’âge, qu’ils reculent.")

    @model_validator(mode="after")
    def _after_birth(self) -> Self:
        days = {"échelon": self.date_effet}
        refuse_before_life(self.date_naissance, days, where="date_naissance")
        return self
