"""What may be asked about a pay that learns a change late. Nothing of it is ever kept."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.et_si.question import EtSiQuestion
from iprof_kit.calculate.interface.bounds import refuse_reversed, within
from iprof_kit.calculate.interface.explained import Explanation, Reference
from iprof_kit.calculate.interface.fields import Enfants, Euros, Jour, Phrase
from iprof_kit.calculate.interface.subject import Answer
from iprof_kit.calculate.pay.question import LineCode, MoisOuAnnee, Prime

Changement = Literal[
    "prime_arretee",
    "prime_due",
    "direction",
    "education_prioritaire",
    "temps_partiel",
    "conge_maladie",
    "depart",
]
Sens = Literal["trop_percu", "rappel", "aucun"]
_FIELD: dict[str, str] = {
    "prime_arretee": "prime",
    "prime_due": "prime",
    "education_prioritaire": "reseau",
    "temps_partiel": "quotite",
}
"""The field that a change cannot do without."""


class TropPercuQuestion(Plain):
    """One change, the day it took effect, the month in which the pay is right again."""

    personne: EtSiQuestion = Field(
        description="La personne, comme pour « et-si » : sa paie d’aujourd’hui est celle qui a été "
        "versée. Ses scénarios et sa position ne sont pas lus."
    )
    changement: Changement = Field(
        description="Ce que la paie n’a pas su à temps : une prime qui s’arrête ou qui est due, "
        "une direction, un réseau, une quotité, un congé de maladie ordinaire, un départ."
    )
    debut: Jour = Field(description="Premier jour du changement.")
    fin: Jour | None = Field(
        default=None, description="Dernier jour ; absent : il dure encore quand la paie est juste."
    )
    corrige: Jour = Field(description="Un jour du premier mois dont la paie est juste.")
    prime: Prime | None = Field(default=None, description="La prime arrêtée, ou due.")
    classes: Annotated[int, within("classes")] | None = Field(
        default=None, description="Classes de l’école dirigée ; absent : la direction a pris fin."
    )
    reseau: Literal["aucune", "REP", "REP+"] | None = Field(
        default=None, description="Le réseau depuis ce jour ; « aucune » : on en est sorti."
    )
    quotite: Annotated[int, within("quotite")] | None = Field(
        default=None, description="La quotité travaillée depuis ce jour."
    )
    mensualites: Annotated[int, within("mensualites")] = Field(
        default=1, description="Mois sur lesquels la somme serait étalée."
    )
    a_charge: Enfants = Field(
        default=0, description="Personnes à charge : elles relèvent ce qui ne peut être saisi."
    )
    expliquer: bool = Field(default=False, description="Joindre les raisons.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        refuse_reversed(self.debut, self.fin)
        needed = _FIELD.get(self.changement)
        if needed is not None and getattr(self, needed) is None:
            raise ValueError(f"{needed} est attendu pour changement = {self.changement}")
        return self


class LigneEnTrop(Plain):
    """What one line of a payslip was paid in excess; negative: what it lacked."""

    code: LineCode = Field(description="Code de la ligne.")
    libelle: Phrase = Field(description="Libellé.")
    montant: Euros = Field(description="Versé moins dû.")


class MoisEnTrop(Plain):
    """One month of pay, and until when its sum may be claimed."""

    mois: MoisOuAnnee = Field(description="Mois de paie.")
    lignes: tuple[LigneEnTrop, ...] = Field(description="Lignes du brut qui changent.")
    brut: Euros = Field(description="Leur somme.")
    net: Euros = Field(description="Net avant impôt versé moins net dû.")
    dernier_jour: date = Field(description="Dernier jour où cette somme peut être réclamée.")
    passe: bool = Field(description="Ce jour est passé.")


class TropPercuAnswer(Answer):
    """What was paid in excess, or not paid: the sum, the months, a spread, the seizable share."""

    sens: Sens = Field(description="trop_percu : versé en trop ; rappel : dû à la personne.")
    brut: Euros = Field(description="Somme des mois, en valeur absolue.")
    net: Euros = Field(description="De même, en net avant impôt.")
    hors_delai: Euros = Field(description="Part du brut dont le délai est passé.")
    par_mois: tuple[MoisEnTrop, ...] = Field(description="Les mois qui changent, dans leur ordre.")
    etalement: tuple[Euros, ...] = Field(
        description="Ce qui n’est pas hors délai, en mensualités égales au centime près ; vide : "
        "rien n’est à reprendre."
    )
    net_du_mois: Euros = Field(description="Net d’un mois ordinaire d’aujourd’hui.")
    saisissable: Euros | None = Field(
        default=None,
        description="Part d’un mois qui peut être retenue ; absente : rien n’est à reprendre, ou "
        "le barème n’a pas été lu.",
    )
    explications: tuple[Explanation, ...] = Field(
        default=(), description="Pourquoi ces lignes, cette part et ce délai, si c’est demandé."
    )
    non_calcules: tuple[Phrase, ...] = Field(description="Ce qui manque, et pourquoi.")
    a_verifier: bool = Field(description="Au moins une valeur lue est à vérifier.")
    motif_a_verifier: Phrase = Field(default="", description="Laquelle.")
    sources: tuple[Reference, ...] = Field(description="Textes lus.")
