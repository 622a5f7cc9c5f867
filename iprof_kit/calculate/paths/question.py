"""What one may ask about other paths (concours, lists, leaves…), and what comes back."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.bounds import refuse_longer_than_life, within
from iprof_kit.calculate.interface.explained import Explanation, Reference
from iprof_kit.calculate.interface.fields import (
    Chevron,
    Corps,
    DureeAnnees,
    DureeJours,
    DureeMois,
    Echelon,
    Grade,
    Jour,
    MontantAnnuel,
    MontantMensuel,
    unit,
)
from iprof_kit.calculate.interface.subject import Answer
from iprof_kit.law.paths.rows import facts_known, months_known, natures, path_of

Etat = Literal["ouvert", "a_partir_du", "depend", "jamais"]
Niveau = Literal["aucun", "3", "4", "5", "6", "7", "8"]
Statut = Literal["titulaire", "stagiaire", "eleve", "contractuel", "cdi"]
Position = Literal[
    "activite", "mise_a_disposition", "detachement", "disponibilite", "conge_parental"
]
Categorie = Literal["sedentaire", "active", "active_sans_option"]


class Services(Plain):
    """Services of one nature on the day asked."""

    nature: str = Field(description="Nature des services (parcours_natures).")
    jours: DureeJours = Field(description="Durée acquise au jour demandé, année de 360 jours.")
    en_cours: bool = Field(description="Ces services se poursuivent après le jour demandé.")

    @field_validator("nature")
    @classmethod
    def _known(cls, nature: str) -> str:
        return _listed(nature, tuple(natures()), "nature de services")


class Enfant(Plain):
    """A child, born or adopted."""

    naissance: Jour = Field(description="Date de naissance.")
    adoption: Jour | None = Field(default=None, description="Date d’adoption ; vide : aucune.")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.adoption is not None and self.adoption < self.naissance:
            raise ValueError("l’adoption précède la naissance.")
        return self


class EligibilityQuestion(Plain):
    """One person, one day, one path or all of them.

    What is left empty is unknown: a condition that would need it is then « à vérifier », and the
    path is never said open.
    """

    jour: Jour = Field(description="Jour qui compte comme aujourd’hui.")
    parcours: str | None = Field(default=None, description="Code d’un parcours ; vide : tous.")
    expliquer: bool = Field(
        default=True, description="Joindre sa raison au parcours demandé, où il l’est seul."
    )
    corps: Corps | None = Field(default=None, description="Corps détenu (corps.csv).")
    libelle_corps: str = Field(default="", description="Nom du corps, comme le dossier l’écrit.")
    grade: Grade | None = Field(default=None, description="Grade détenu.")
    echelon: Echelon | None = Field(default=None, description="Échelon détenu.")
    chevron: Chevron | None = Field(default=None, description="Chevron, s’il y en a un.")
    anciennete_echelon_jours: DureeJours | None = Field(
        default=None, description="Ancienneté dans l’échelon au jour demandé."
    )
    statut: Statut | None = Field(default=None, description="Statut au jour demandé.")
    date_naissance: Jour | None = Field(default=None, description="Date de naissance.")
    date_titularisation: Jour | None = Field(default=None, description="Date de titularisation.")
    date_entree_corps: Jour | None = Field(default=None, description="Date d’entrée dans le corps.")
    categorie_retraite: Categorie | None = Field(
        default=None, description="Catégorie pour l’âge d’ouverture du droit à pension."
    )
    instituteur_depuis: Jour | None = Field(
        default=None,
        description="Jour depuis lequel courent les services d’un instituteur, qui ouvrent cette "
        "catégorie.",
    )
    niveau_diplome: Niveau | None = Field(
        default=None,
        description="Niveau du plus haut diplôme : 6 licence, 7 master, 8 doctorat.",
    )
    inscription: Literal["aucune", "L3", "M1", "M2"] | None = Field(
        default=None, description="Année d’études en cours."
    )
    master: Literal["M1_MEEF", "M2_MEEF", "autre"] | None = Field(
        default=None, description="Master MEEF déjà acquis, pour le parcours du lauréat."
    )
    position: Position | None = Field(default=None, description="Position statutaire.")
    services: tuple[Services, ...] = Field(
        default=(), description="Services par nature ; une nature absente est inconnue."
    )
    enfants: tuple[Enfant, ...] | None = Field(
        default=None, description="Tous les enfants ; vide : inconnu ; liste vide : aucun."
    )
    faits: dict[str, bool] = Field(
        default_factory=dict, description="Ce que vous déclarez, par clé (parcours_conditions)."
    )
    mois_pris: dict[str, DureeMois] = Field(
        default_factory=dict, description="Mois déjà pris, par nature de période."
    )
    fin_derniere_periode: dict[str, Jour] = Field(
        default_factory=dict, description="Dernier jour de la dernière période, par nature."
    )
    remuneration_brute_annuelle: MontantAnnuel | None = Field(
        default=None, description="Rémunération brute de l’année civile précédente (ISRC)."
    )
    anciennete_rupture_annees: DureeAnnees | None = Field(
        default=None,
        description="Années complètes retenues pour l’indemnité de rupture.",
    )
    indemnite_residence: MontantMensuel | None = Field(
        default=None, description="Indemnité de résidence, pour le congé de formation."
    )
    heures_cpf: Annotated[int, within("heures_cpf")] | None = Field(
        default=None, description="Heures du compte personnel de formation."
    )

    @model_validator(mode="after")
    def _within_a_life(self) -> Self:
        if self.date_naissance is not None and self.date_naissance < self.jour:
            refuse_longer_than_life(
                axis_of(self.jour) - axis_of(self.date_naissance),
                {"services": max((one.jours for one in self.services), default=0)},
            )
        return self

    @field_validator("parcours")
    @classmethod
    def _path(cls, code: str | None) -> str | None:
        if code is not None:
            path_of(code)
        return code

    @field_validator("faits")
    @classmethod
    def _facts(cls, facts: dict[str, bool]) -> dict[str, bool]:
        for key in facts:
            _listed(key, tuple(facts_known()), "fait")
        return facts

    @field_validator("mois_pris", "fin_derniere_periode")
    @classmethod
    def _periods(cls, periods: dict[str, object]) -> dict[str, object]:
        for key in periods:
            _listed(key, months_known(), "période")
        return periods

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        given = [service.nature for service in self.services]
        if len(set(given)) < len(given):
            raise ValueError("services : une nature est donnée deux fois.")
        days = {service.nature: service.jours for service in self.services}
        for nature, have in days.items():
            for inner in str(natures()[nature]["comprend"]).split(";"):
                if days.get(inner, 0) > have:
                    raise ValueError(
                        f"services : « {inner} » ({days[inner]} jours) dépasse « {nature} » "
                        f"({have} jours), qui le comprend."
                    )
        _refuse_future(self)
        _refuse_status(self)
        if self.grade is not None and self.corps is None:
            raise ValueError("grade : le corps manque.")
        if self.echelon is not None and self.grade is None:
            raise ValueError("echelon : le grade manque.")
        return self


def _refuse_future(question: EligibilityQuestion) -> None:
    for name in ("date_naissance", "date_entree_corps"):
        day = getattr(question, name)
        if day is not None and day > question.jour:
            raise ValueError(f"{name} : la date suit le jour demandé.")
    born, tenure = question.date_naissance, question.date_titularisation
    if born is not None and tenure is not None and tenure <= born:
        raise ValueError("date_titularisation : elle précède la naissance.")
    for child in question.enfants or ():
        if child.naissance > question.jour:
            raise ValueError("enfants : une naissance suit le jour demandé.")


def _refuse_status(question: EligibilityQuestion) -> None:
    status, tenure = question.statut, question.date_titularisation
    past = tenure is not None and tenure <= question.jour
    if past and status not in (None, "titulaire"):
        raise ValueError(f"statut : « {status} » contredit la date de titularisation.")
    if status == "titulaire" and tenure is not None and not past:
        raise ValueError("statut : la titularisation suit le jour demandé.")
    for key in ("cdi", "stagiaire"):
        if key in question.faits and status is not None and question.faits[key] != (status == key):
            raise ValueError(f"faits : « {key} » contredit le statut.")


def _listed(value: str, known: tuple[str, ...], what: str) -> str:
    if value not in known:
        raise ValueError(f"{what} « {value} » inconnu ; valeurs connues : {', '.join(known)}.")
    return value


class PathCondition(Plain):
    """One condition: what the person has, what is needed, met or not."""

    condition: str
    a: str
    il_faut: str
    remplie: bool | None
    """None: nobody told; « à vérifier par vous »."""
    au: str = ""
    """When it is looked at: « au 1er octobre 2027 »; "" for the day asked."""
    remplie_le: date | None = None
    """Day on which it will be (or was) met, where it is known."""
    alternative: str | None = None
    """Conditions of one alternative: one of them is enough."""
    a_la_reference: str = ""
    """What the person will have on that day if her situation goes on; "" where it has no length."""
    manque: str = ""
    """What would be missing on that day: « 1 mois »; "" where nothing is, or it is not known."""
    session: int | None = None
    """First session for which it is met, where it is looked at on a fixed day."""
    source: Reference


class Effect(Plain):
    """One effect of a path, in words, and its amount where it can be computed."""

    libelle: str
    texte: str
    montant: float | None = None
    unite: str | None = None
    paie: bool = False
    """It says what the person is paid, or from what that follows."""


class PathAnswer(Plain):
    """One path: open, from when, never, or depending on what the kit does not know."""

    code: str
    libelle: str
    famille: str
    categorie: str
    etat: Etat
    phrase: str
    a_partir_du: date | None = None
    depuis: date | None = None
    jusqu_au: date | None = None
    """Last day on which it stays open."""
    session: int | None = None
    """First session whose conditions are met; None where the path has no session."""
    date_reference: date | None = None
    """Day on which the conditions of that session are looked at, where it is fixed."""
    date_reference_code: str = ""
    conditions: tuple[PathCondition, ...]
    manque: tuple[str, ...]
    """The conditions known not to be met, each said apart."""
    a_verifier_par_vous: tuple[str, ...]
    decide_par: str
    acte: str
    calendrier: str
    effets: tuple[Effect, ...]
    a_savoir: tuple[str, ...]
    sources: tuple[Reference, ...]
    a_verifier: bool
    motif_a_verifier: str = ""
    explication: Explanation | None = None
    """Why, where this path alone is asked for, and its reason with it."""


class Complement(Plain):
    """A row of the tables that is not a path: it completes others."""

    code: str
    libelle: str
    complete: tuple[str, ...]
    pourquoi: str


class Training(Plain):
    """One right or obligation of training."""

    domaine: str
    cle: str
    valeur: str
    unite: str
    condition: str
    source: Reference


class EligibilityAnswer(Answer):
    """What every path answers to one person."""

    jour: date
    session: int = Field(json_schema_extra=unit("année de la session"))
    formats_concours: tuple[str, ...]
    """Formats of the external competitions at that session."""
    parcours: tuple[PathAnswer, ...]
    complements: tuple[Complement, ...]
    formation: tuple[Training, ...] = ()
    heures_cpf_fin_annee: int | None = Field(default=None, json_schema_extra=unit("heures"))
    """Hours of the account after the supply of the year of the day asked."""
    a_verifier: bool
