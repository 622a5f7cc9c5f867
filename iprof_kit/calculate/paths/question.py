"""What one may ask about other paths (concours, lists, leaves…), and what comes back."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.plain import Plain
from iprof_kit.base.reference import codes_of
from iprof_kit.calculate.interface.bounds import refuse_longer_than_life, within
from iprof_kit.calculate.interface.explained import Explanation, Reference
from iprof_kit.calculate.interface.fields import (
    Chevron,
    CodesOf,
    Corps,
    DureeAnnees,
    DureeJours,
    DureeMois,
    Echelon,
    Grade,
    Jour,
    Listed,
    MontantAnnuel,
    MontantMensuel,
    Phrase,
    unit,
)
from iprof_kit.calculate.interface.subject import Answer
from iprof_kit.law.paths.rows import FAMILIES, facts_known, months_known, natures, path_of, paths

Etat = Literal["ouvert", "a_partir_du", "depend", "jamais"]
Niveau = Literal["aucun", "3", "4", "5", "6", "7", "8"]
Statut = Literal["titulaire", "stagiaire", "eleve", "contractuel", "cdi"]
Position = Literal[
    "activite", "mise_a_disposition", "detachement", "disponibilite", "conge_parental"
]
Categorie = Literal["sedentaire", "active", "active_sans_option"]


def _kinds() -> tuple[str, ...]:
    return (*codes_of("concours", "type"), *codes_of("parcours", "categorie"))


def _reference_days() -> tuple[str, ...]:
    return codes_of("concours", "date_reference_code")


def _domains() -> tuple[str, ...]:
    return (*codes_of("formation", "domaine"), REFORM)


REFORM = "reforme"
"""Domain of what a reform says of competitions, whose table has none."""
CodeParcours = Annotated[str, CodesOf(paths)]


class Services(Plain):
    """Services of one nature on the day asked."""

    nature: Annotated[str, CodesOf(natures)] = Field(
        description="Nature des services (parcours_natures)."
    )
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
    parcours: CodeParcours | None = Field(
        default=None, description="Code d’un parcours ; vide : tous."
    )
    expliquer: bool = Field(
        default=True, description="Joindre sa raison au parcours demandé, où il l’est seul."
    )
    corps: Corps | None = Field(default=None, description="Corps détenu (corps.csv).")
    libelle_corps: Phrase = Field(default="", description="Nom du corps, comme le dossier l’écrit.")
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
    faits: dict[Phrase, bool] = Field(
        default_factory=dict, description="Ce que vous déclarez, par clé (parcours_conditions)."
    )
    mois_pris: dict[Phrase, DureeMois] = Field(
        default_factory=dict, description="Mois déjà pris, par nature de période."
    )
    fin_derniere_periode: dict[Phrase, Jour] = Field(
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

    condition: Phrase = Field(description="Condition, en une phrase.")
    a: Phrase = Field(description="Ce que la personne a.")
    il_faut: Phrase = Field(description="Ce qu’il faut.")
    remplie: bool | None = Field(description="Vrai si elle est remplie ; absent : inconnu.")
    """None: nobody told; « à vérifier par vous »."""
    au: Phrase = Field(
        default="", description="Quand elle est appréciée ; vide : le jour de la demande."
    )
    """When it is looked at: « au 1er octobre 2027 »; "" for the day asked."""
    remplie_le: date | None = Field(
        default=None, description="Jour où elle est remplie, s’il est connu."
    )
    """Day on which it will be (or was) met, where it is known."""
    alternative: Phrase | None = Field(
        default=None,
        description="Nom commun de conditions dont une suffit ; absent : elle est nécessaire.",
    )
    """Conditions of one alternative: one of them is enough."""
    a_la_reference: Phrase = Field(
        default="", description="Ce que la personne aura ce jour-là ; vide : sans durée."
    )
    """What the person will have on that day if her situation goes on; "" where it has no length."""
    manque: Phrase = Field(
        default="", description="Ce qui manquerait ce jour-là ; vide : rien, ou inconnu."
    )
    """What would be missing on that day: « 1 mois »; "" where nothing is, or it is not known."""
    session: int | None = Field(
        default=None, description="Première session pour laquelle elle est remplie."
    )
    """First session for which it is met, where it is looked at on a fixed day."""
    source: Reference = Field(description="Texte où la valeur a été lue.")


class Effect(Plain):
    """One effect of a path, in words, and its amount where it can be computed."""

    libelle: Phrase = Field(description="Nom, en français.")
    texte: Phrase = Field(description="Ce qui est dit, en une phrase.")
    montant: float | None = Field(
        default=None, description="Montant ; absent : il ne se calcule pas."
    )
    unite: Phrase | None = Field(default=None, description="Unité du montant.")
    paie: bool = Field(
        default=False, description="Vrai si l’effet dit ce qui est payé, ou d’où cela vient."
    )
    """It says what the person is paid, or from what that follows."""


class PathAnswer(Plain):
    """One path: open, from when, never, or depending on what the kit does not know."""

    code: CodeParcours = Field(description="Code du parcours.")
    libelle: Phrase = Field(description="Nom, en français.")
    famille: Annotated[str, Listed(lambda: FAMILIES)] = Field(description="Famille de parcours.")
    categorie: Annotated[str, Listed(_kinds)] = Field(description="Catégorie de parcours.")
    etat: Etat = Field(
        description="Ouvert, ouvert à partir d’un jour, fermé pour toujours, ou dépend de ce qui "
        "n’est pas dit."
    )
    phrase: Phrase = Field(description="La réponse, en une phrase.")
    a_partir_du: date | None = Field(default=None, description="Premier jour où il sera ouvert.")
    depuis: date | None = Field(
        default=None, description="Jour depuis lequel il est ouvert, s’il est connu."
    )
    jusqu_au: date | None = Field(default=None, description="Dernier jour où il reste ouvert.")
    """Last day on which it stays open."""
    session: int | None = Field(
        default=None,
        description="Première session dont les conditions sont remplies ; absente : pas de "
        "session.",
    )
    """First session whose conditions are met; None where the path has no session."""
    date_reference: date | None = Field(
        default=None, description="Jour où les conditions sont appréciées, s’il est fixé."
    )
    """Day on which the conditions of that session are looked at, where it is fixed."""
    date_reference_code: Annotated[str, Listed(_reference_days)] = Field(
        default="", description="Code de ce jour."
    )
    conditions: tuple[PathCondition, ...] = Field(description="Conditions, une par une.")
    manque: tuple[Phrase, ...] = Field(description="Conditions que l’on sait non remplies.")
    """The conditions known not to be met, each said apart."""
    a_verifier_par_vous: tuple[Phrase, ...] = Field(
        description="Conditions que le kit ne connaît pas."
    )
    decide_par: Phrase = Field(description="Autorité qui décide.")
    acte: Phrase = Field(description="Ce qu’il faut faire.")
    calendrier: Phrase = Field(description="Quand le faire.")
    effets: tuple[Effect, ...] = Field(description="Ce que le parcours change.")
    a_savoir: tuple[Phrase, ...] = Field(
        description="Ce qu’il faut savoir de plus, une phrase chacune."
    )
    sources: tuple[Reference, ...] = Field(description="Textes sur lesquels le résultat repose.")
    a_verifier: bool = Field(
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier."
    )
    motif_a_verifier: Phrase = Field(
        default="", description="Pourquoi c’est à vérifier, en une phrase ; vide : ce ne l’est pas."
    )
    explication: Explanation | None = Field(
        default=None, description="Le « Pourquoi ? », s’il est demandé."
    )
    """Why, where this path alone is asked for, and its reason with it."""


class Complement(Plain):
    """A row of the tables that is not a path: it completes others."""

    code: CodeParcours = Field(description="Code du complément.")
    libelle: Phrase = Field(description="Nom, en français.")
    complete: tuple[CodeParcours, ...] = Field(description="Codes des parcours complétés.")
    pourquoi: Phrase = Field(description="Pourquoi, en une phrase.")


class Training(Plain):
    """One right or obligation of training."""

    domaine: Annotated[str, Listed(_domains)] = Field(
        description="Domaine du droit ou de l’obligation."
    )
    cle: Phrase = Field(description="Code du droit ou de l’obligation.")
    valeur: Phrase = Field(description="Valeur, comme la table l’écrit.")
    unite: Phrase = Field(description="Unité de la valeur.")
    condition: Phrase = Field(description="Condition, en une phrase.")
    source: Reference = Field(description="Texte où la valeur a été lue.")


class EligibilityAnswer(Answer):
    """What every path answers to one person."""

    jour: date = Field(description="Jour de la demande.")
    session: int = Field(
        json_schema_extra=unit("année de la session"), description="Session des concours examinée."
    )
    formats_concours: tuple[Phrase, ...] = Field(
        description="Formats des concours externes à cette session."
    )
    """Formats of the external competitions at that session."""
    parcours: tuple[PathAnswer, ...] = Field(description="Parcours, un par un.")
    complements: tuple[Complement, ...] = Field(
        description="Ce qui complète un parcours sans en être un."
    )
    formation: tuple[Training, ...] = Field(
        default=(), description="Droits et obligations de formation."
    )
    heures_cpf_fin_annee: int | None = Field(
        default=None,
        json_schema_extra=unit("heures"),
        description="Heures du compte personnel de formation à la fin de l’année ; absentes : "
        "inconnues.",
    )
    """Hours of the account after the supply of the year of the day asked."""
    a_verifier: bool = Field(
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier."
    )
