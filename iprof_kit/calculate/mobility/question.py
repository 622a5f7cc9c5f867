"""What may be asked about mobility: a degree, a campaign, wishes, one person."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.bounds import within
from iprof_kit.calculate.interface.fields import AnneeCivile, Jour, Lieu
from iprof_kit.calculate.mobility.added_bars import BarreAjoutee
from iprof_kit.calculate.mobility.first_question import PremierDegre
from iprof_kit.calculate.mobility.second_question import SecondDegre
from iprof_kit.law.mobility.calendar import Degree


class MouvementLocal(Plain):
    """The departmental or intra-academic movement, whose rules are local."""

    territoire: Lieu = Field(description="Code du département (1d) ou nom de l’académie (2d).")
    criteres: dict[str, Annotated[float, within("unites_de_critere")]] = Field(
        default={}, description="Critères locaux demandés et leur nombre d’unités."
    )


class MobilityQuestion(Plain):
    """One person, one campaign, wishes in their order."""

    degre: Degree = Field(description="1d : interdépartemental ; 2d : interacadémique.")
    campagne: AnneeCivile = Field(description="Année de la rentrée visée.")
    voeux: tuple[Lieu, ...] = Field(
        min_length=1, description="Départements (1d) ou académies (2d), dans l’ordre des vœux."
    )
    aujourdhui: Jour | None = Field(
        default=None, description="Jour de la question : le calendrier dit ce qui est passé."
    )
    annee_barre: AnneeCivile | None = Field(
        default=None, description="Année des barres comparées ; vide : la dernière publiée."
    )
    barres: tuple[BarreAjoutee, ...] = Field(
        default=(), description="Barres que vous avez, en plus de celles des tables."
    )
    raisons: tuple[Annotated[int, within("rang")], ...] = Field(
        default=(), description="Rangs des vœux dont la raison est demandée."
    )
    premier_degre: PremierDegre | None = Field(default=None, description="Situation, 1d.")
    second_degre: SecondDegre | None = Field(default=None, description="Situation, 2d.")
    local: MouvementLocal | None = Field(default=None, description="Mouvement local.")

    @model_validator(mode="after")
    def _one_degree(self) -> Self:
        wanted, other = ("premier_degre", "second_degre")[:: 1 if self.degre == "1d" else -1]
        if getattr(self, wanted) is None:
            raise ValueError(f"{wanted} : la situation manque pour le degré {self.degre}")
        if getattr(self, other) is not None:
            raise ValueError(f"{other} : en trop pour le degré {self.degre}")
        return self
