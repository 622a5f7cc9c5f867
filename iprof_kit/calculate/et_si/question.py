"""What one may suppose of one's own future: dated events on one to four scenarios."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.fields import unit
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.pay.question import PaySituation
from iprof_kit.calculate.pension.question import Instituteur, PensionQuestion, PeriodeService

Nature = Literal[
    "temps_partiel",
    "conge_maladie",
    "conge_parental",
    "disponibilite",
    "disponibilite_activite",
    "disponibilite_enfant",
    "direction",
    "education_prioritaire",
    "changement_corps",
    "mutation",
    "hors_classe",
    "classe_exceptionnelle",
    "bonification",
    "retraite",
    "droit_du",
    "projet_durees",
]
FIELDS: dict[str, tuple[str, ...]] = {
    "temps_partiel": ("debut", "fin", "quotite"),
    "conge_maladie": ("debut", "fin"),
    "conge_parental": ("debut", "fin"),
    "disponibilite": ("debut", "fin"),
    "disponibilite_activite": ("debut", "fin"),
    "disponibilite_enfant": ("debut", "fin"),
    "direction": ("debut", "fin", "classes"),
    "education_prioritaire": ("debut", "fin", "reseau"),
    "changement_corps": ("debut", "corps"),
    "mutation": ("debut", "zone"),
    "hors_classe": ("debut",),
    "classe_exceptionnelle": ("debut",),
    "bonification": ("echelon",),
    "retraite": ("debut",),
    "droit_du": ("debut",),
    "projet_durees": ("debut",),
}
"""The fields of each nature. `fin` alone may be left out: until the end of the scenario."""
SENSITIVE_NATURES = frozenset({"conge_maladie"})
"""Natures of one’s health: what one supposes of oneself is kept and shared nowhere."""
MOST_EVENTS = 12
Zone = Annotated[
    int,
    Field(ge=1, description="Zone de l’indemnité de résidence.", json_schema_extra=unit("zone")),
]


class Evenement(Plain):
    """One supposed event; each nature has its own fields (`FIELDS`)."""

    nature: Nature = Field(description="Ce qui est supposé.")
    debut: date | None = Field(
        default=None,
        description="Premier jour ; pour une promotion, son année compte ; pour la retraite, le "
        "jour de la radiation ; pour « droit_du », le jour du droit supposé.",
    )
    fin: date | None = Field(
        default=None, description="Dernier jour ; absent : jusqu’à la fin du scénario."
    )
    quotite: int | None = Field(
        default=None,
        ge=1,
        le=100,
        json_schema_extra=unit("pour cent"),
        description="Quotité travaillée ; 100 : retour au temps plein.",
    )
    classes: int | None = Field(
        default=None,
        ge=1,
        le=100,
        json_schema_extra=unit("classes"),
        description="Classes de l’école dirigée.",
    )
    reseau: Literal["REP", "REP+"] | None = Field(default=None, description="Réseau.")
    corps: str | None = Field(default=None, description="Corps d’accueil.")
    zone: Zone | None = None
    echelon: Literal["6", "8"] | None = Field(
        default=None, description="Échelon de la bonification d’ancienneté."
    )

    @model_validator(mode="after")
    def _fields_of_the_nature(self) -> Evenement:
        asked = FIELDS[self.nature]
        for name in ("debut", "fin", "quotite", "classes", "reseau", "corps", "zone", "echelon"):
            given = getattr(self, name) is not None
            if given and name not in asked:
                raise ValueError(f"{name} ne concerne pas nature = {self.nature}")
            if not given and name in asked and name != "fin":
                raise ValueError(f"{name} est attendu pour nature = {self.nature}")
        if self.debut is not None and self.fin is not None and self.fin < self.debut:
            raise ValueError("fin ne peut pas venir avant debut")
        return self


class ScenarioEtSi(Plain):
    """A name and what is supposed; no event: things stay as they are."""

    nom: Annotated[str, StringConstraints(min_length=1, max_length=40)] = "A"
    evenements: tuple[Evenement, ...] = Field(default=(), max_length=MOST_EVENTS)


class PositionActuelle(Plain):
    """The position of today, where no service is paid or where the kit does not count its pay."""

    nom: str = Field(description="Comme elle se dit : « congé parental ».")
    paie: Literal["aucune", "non_calculee"] = Field(
        description="« aucune » : aucun service n’est payé ; « non_calculee » : ce kit ne compte "
        "pas ce qui est payé."
    )
    fin: date = Field(description="Dernier jour, connu ou supposé ; un temps de travail choisi par "
                      "un événement l’interrompt.")  # fmt: skip


class EtSiQuestion(Plain):
    """One person, one to four scenarios of dated events, the day that counts as today."""

    situation: Situation
    scenarios: tuple[ScenarioEtSi, ...] = Field(default=(ScenarioEtSi(),), min_length=1)
    aujourdhui: date = Field(description="Jour de la simulation.")
    zone: Zone = Field(description="Zone de l’indemnité de résidence aujourd’hui.")
    enfants: int = Field(
        default=0,
        ge=0,
        description="Enfants ouvrant droit au supplément familial.",
        json_schema_extra=unit("enfants"),
    )
    outre_mer: str = Field(
        default="",
        description="Territoire d’outre-mer ou Corse aujourd’hui ; une mutation le fait quitter.",
    )
    instituteur: Instituteur | None = Field(
        default=None, description="Services d’instituteur d’une personne qui a changé de corps."
    )
    services: tuple[PeriodeService, ...] = Field(
        default=(),
        description="Services de fonctionnaire déjà faits ; sans eux, pas de pension calculée. "
        "Après aujourd’hui, seul le temps d’une position sans paie en est lu.",
    )
    position: PositionActuelle | None = Field(
        default=None, description="Position d’aujourd’hui qui change la paie."
    )
    paie: PaySituation | None = Field(
        default=None,
        description="Ce que la paie d’aujourd’hui a de plus : primes, NBI, direction, éducation "
        "prioritaire, naissances, retenues. Sa position et sa quotité sont celles de "
        "« situation », sa zone, ses enfants et son territoire ceux de la question.",
    )
    pension: PensionQuestion | None = Field(
        default=None,
        description="Ce que la pension a de plus : enfants, autres régimes, bonifications. Ses "
        "dates, sa position et ses services sont ceux de chaque scénario.",
    )
