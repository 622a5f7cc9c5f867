"""What may be asked about the rendez-vous de carrière, and what is answered."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from iprof_kit.base.names import words_in
from iprof_kit.base.plain import Plain
from iprof_kit.base.reference import codes_of, some_codes
from iprof_kit.calculate.career.echelon_question import Hypothese
from iprof_kit.calculate.interface.bounds import within
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.fields import (
    AnneeCivile,
    AnneeScolaire,
    Chevron,
    CodeAcademie,
    Corps,
    Departement,
    DureeJours,
    Echelon,
    Grade,
    Jour,
    Listed,
    Phrase,
    unit,
)
from iprof_kit.calculate.interface.situation import AncienneGrille, Periode
from iprof_kit.calculate.interface.subject import Answer

Etat = Literal["passe", "cette_annee", "a_venir"]
EVENTS = words_in(
    "notification_le rendez_vous_le second_entretien_le compte_rendu_recu_le appreciation_recue_le "
    "recours_depose_le reponse_recue_le"
)
"""Days of the procedure, in the order in which they come."""


class RendezVousQuestion(Plain):
    """One person: which rendez-vous, in which school year, and what each day opens."""

    corps: Corps = Field(description=f"Code de corps.csv : {some_codes()}")
    grade: Grade = Field(description="Grade détenu.")
    echelon: Echelon = Field(description="Échelon détenu.")
    chevron: Chevron | None = Field(default=None, description="Chevron, où l’échelon en a.")
    date_effet: Jour = Field(description="Date d’effet de l’échelon.")
    reliquat_jours: DureeJours = Field(default=0, description="Ancienneté conservée à date_effet.")
    ancienne_grille: AncienneGrille = False
    periodes: tuple[Periode, ...] = Field(
        default=(), description="Positions de la carrière ; le temps qu’aucune ne couvre compte."
    )
    aujourdhui: Jour = Field(description="Le jour de la question.")
    annee_scolaire: AnneeCivile | None = Field(
        default=None,
        description="Année scolaire sur laquelle porte la question, par l’année de sa rentrée ; "
        "absente : celle d’aujourd’hui.",
    )
    rendez_vous_faits: tuple[Annotated[int, within("rendez_vous")], ...] = Field(
        default=(), description="Numéros des rendez-vous déjà tenus (1, 2, 3)."
    )
    departement: Departement = Field(
        default="", description="Code du département : il a ses propres jours fériés."
    )
    academie: CodeAcademie = Field(
        default="",
        description="Code de l’académie, dont la zone a ses vacances ; vide : celle du "
        "département.",
    )
    notification_le: Jour | None = Field(
        default=None, description="Jour où la date du rendez-vous a été notifiée."
    )
    rendez_vous_le: Jour | None = Field(default=None, description="Jour du (premier) entretien.")
    second_entretien_le: Jour | None = Field(
        default=None, description="Jour du second entretien, s’il a eu lieu."
    )
    compte_rendu_recu_le: Jour | None = Field(
        default=None, description="Jour où le compte rendu a été reçu."
    )
    appreciation_recue_le: Jour | None = Field(
        default=None, description="Jour de la notification de l’appréciation finale."
    )
    recours_depose_le: Jour | None = Field(
        default=None, description="Jour où la révision de l’appréciation a été demandée."
    )
    reponse_recue_le: Jour | None = Field(
        default=None, description="Jour de la réponse au recours, ou du refus par silence."
    )
    hypotheses: tuple[Hypothese, ...] = Field(
        default=(), description="Projets jamais adoptés à montrer à part : projet_2025."
    )

    @model_validator(mode="after")
    def _in_order(self) -> RendezVousQuestion:
        given = [(name, getattr(self, name)) for name in EVENTS if getattr(self, name) is not None]
        for (first, before), (second, after) in pairwise(given):
            if after < before:
                raise ValueError(f"{second} ne peut pas venir avant {first}")
        return self


class RendezVous(Plain):
    """One rendez-vous that the tables foresee."""

    numero: int = Field(description="Numéro du rendez-vous.")
    echelon: Echelon = Field(description="Échelon de la classe normale où il a lieu.")
    annee_scolaire: AnneeScolaire = Field(description="Par exemple 2026-2027.")
    etat: Etat = Field(description="Passé, de cette année scolaire ou à venir.")
    deja_tenu: bool = Field(description="Vrai si la personne dit qu’il a été tenu.")
    promu_du: date = Field(description="Premier jour d’accès à l’échelon que l’année retient.")
    promu_au: date = Field(description="Dernier jour d’accès, compris.")
    evaluateurs: Phrase = Field(description="Qui évalue.")
    appreciation_finale_par: Phrase = Field(description="Qui arrête l’appréciation finale.")
    niveaux: tuple[Phrase, ...] = Field(description="Du plus bas au plus haut.")
    effet: Phrase = Field(description="Ce à quoi le rendez-vous mène.")
    decision_annee_scolaire: AnneeScolaire | None = Field(
        default=None, description="Année scolaire où la bonification est examinée."
    )
    effet_au: date | None = Field(
        default=None, description="Jour d’effet de la bonification, si elle était accordée."
    )
    sources: tuple[Reference, ...] = Field(
        default=(), description="Textes sur lesquels le résultat repose."
    )


class Delai(Plain):
    """One delay of the procedure."""

    cle: Annotated[str, Listed(partial(codes_of, "rendez_vous_delais", "cle"))] = Field(
        description="Ligne de rendez_vous_delais.csv."
    )
    etape: Phrase = Field(description="Étape de la procédure.")
    delai: Phrase = Field(description="Durée et unité, en français.")
    compte: Phrase = Field(description="À partir de quoi il se compte.")
    precision: Phrase = Field(default="", description="Comment se compte un délai franc.")
    date_limite: date | None = Field(
        default=None,
        description="Dernier jour pour agir, où le point de départ est connu ; pour "
        "« reponse », le jour dont la fin sans réponse vaut refus.",
    )
    terme: date | None = Field(
        default=None,
        description="Dernier jour du délai avant son report, où ce jour n’était pas ouvrable.",
    )
    depuis: date | None = Field(default=None, description="Jour dont le délai se compte.")
    hors_vacances: bool = Field(
        default=False, description="Les jours de vacances scolaires ne se comptent pas."
    )
    jours: int | None = Field(
        default=None,
        description="Jours comptés de la notification au rendez-vous, s’ils sont connus.",
        json_schema_extra=unit("jours"),
    )
    doute: Phrase = Field(
        default="", description="Ce qui est à vérifier, hors de la source du délai."
    )
    tenu: bool | None = Field(
        default=None, description="Délai tenu ou non ; vide : à vérifier, ou jour pas encore connu."
    )
    a_verifier: bool = Field(
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier."
    )
    source: Reference = Field(description="Texte où la valeur a été lue.")
    vacances: tuple[Reference, ...] = Field(
        default=(), description="Textes des vacances scolaires comptées."
    )


class Report(Plain):
    """A rendez-vous missed in its school year: until when it may be held and concluded."""

    tenu_avant: date = Field(description="Dernier jour pour le tenir.")
    appreciation_avant: date = Field(description="Dernier jour pour notifier l’appréciation.")
    a_verifier: bool = Field(
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier."
    )
    source: Reference = Field(description="Texte où la valeur a été lue.")


class RendezVousAnswer(Answer):
    """Which rendez-vous are foreseen, and the delays of the procedure."""

    convoque: bool = Field(description="Un rendez-vous est prévu l’année scolaire demandée.")
    annee_scolaire: AnneeScolaire = Field(description="Année scolaire de la demande : 2026-2027.")
    rendez_vous: tuple[RendezVous, ...] = Field(
        description="Rendez-vous de carrière, dans l’ordre."
    )
    delais: tuple[Delai, ...] = Field(description="Délais de la procédure en cours.")
    report: Report | None = Field(
        default=None, description="Le même rendez-vous, manqué et tenu à la rentrée suivante."
    )
    non_calcules: tuple[Phrase, ...] = Field(
        default=(), description="Ce que les tables ne donnent pas, et pourquoi."
    )
    projet: Phrase | None = Field(default=None, description="Projet jamais adopté, à part.")
    phrase: Phrase = Field(description="La réponse, en une phrase.")
    a_verifier: bool = Field(
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier."
    )
    motifs: tuple[Phrase, ...] = Field(
        default=(), description="Pourquoi c’est à vérifier, une phrase par raison."
    )
    sources: tuple[Reference, ...] = Field(
        default=(), description="Textes sur lesquels le résultat repose."
    )
