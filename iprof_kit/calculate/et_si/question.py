"""What one may suppose of one's own future: dated events on one to four scenarios."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.bounds import (
    refuse_before_life,
    refuse_reversed,
    within,
)
from iprof_kit.calculate.interface.fields import Corps, Enfants, Jour, Phrase, Zone, as_text
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.pay.question import PaySituation, Territoire
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
_BONIFIED = ("6", "8")
_AS_WRITTEN: Any = Literal[(*_BONIFIED, *map(int, _BONIFIED))]
EchelonBonifie = Annotated[
    Literal["6", "8"], BeforeValidator(as_text, json_schema_input_type=_AS_WRITTEN)
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


class Evenement(Plain):
    """One supposed event; each nature has its own fields (`FIELDS`)."""

    nature: Nature = Field(description="Ce qui est supposé.")
    debut: Jour | None = Field(
        default=None,
        description="Premier jour ; pour une promotion, son année compte ; pour la retraite, le "
        "jour de la radiation ; pour « droit_du », le jour du droit supposé.",
    )
    fin: Jour | None = Field(
        default=None, description="Dernier jour ; absent : jusqu’à la fin du scénario."
    )
    quotite: Annotated[int, within("quotite")] | None = Field(
        default=None, description="Quotité travaillée ; 100 : retour au temps plein."
    )
    classes: Annotated[int, within("classes")] | None = Field(
        default=None, description="Classes de l’école dirigée."
    )
    reseau: Literal["REP", "REP+"] | None = Field(default=None, description="Réseau.")
    corps: Corps | None = Field(default=None, description="Corps d’accueil.")
    zone: Zone | None = Field(default=None, description="Zone de l’indemnité de résidence.")
    echelon: EchelonBonifie | None = Field(
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
        refuse_reversed(self.debut, self.fin)
        return self


class ScenarioEtSi(Plain):
    """A name and what is supposed; no event: things stay as they are."""

    nom: Annotated[str, StringConstraints(min_length=1, max_length=40)] = Field(
        default="A", description="Nom du scénario."
    )
    evenements: tuple[Evenement, ...] = Field(
        default=(), max_length=MOST_EVENTS, description="Ce qui est supposé, daté."
    )


class PositionActuelle(Plain):
    """The position of today, where no service is paid or where the kit does not count its pay."""

    nom: Phrase = Field(description="Comme elle se dit : « congé parental ».")
    paie: Literal["aucune", "non_calculee"] = Field(
        description="« aucune » : aucun service n’est payé ; « non_calculee » : ce kit ne compte "
        "pas ce qui est payé."
    )
    fin: Jour = Field(
        description="Dernier jour, connu ou supposé ; un temps de travail choisi par "
        "un événement l’interrompt."
    )


class EtSiQuestion(Plain):
    """One person, one to four scenarios of dated events, the day that counts as today."""

    situation: Situation = Field(description="Situation de départ.")
    scenarios: tuple[ScenarioEtSi, ...] = Field(
        default=(ScenarioEtSi(),),
        min_length=1,
        description="Scénarios à comparer ; le premier est la référence.",
    )
    aujourdhui: Jour = Field(description="Jour de la simulation.")
    zone: Zone = Field(description="Zone de l’indemnité de résidence aujourd’hui.")
    enfants: Enfants = Field(default=0, description="Enfants ouvrant droit au supplément familial.")
    outre_mer: Territoire = Field(
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

    @model_validator(mode="after")
    def _after_birth(self) -> EtSiQuestion:
        born = self.situation.date_naissance
        for period in self.services:
            refuse_before_life(born, {"services": period.debut}, where="situation.date_naissance")
        return self
