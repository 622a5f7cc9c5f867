"""What is asked of the campaigns, and what is answered."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import Field

from iprof_kit.base.plain import Plain
from iprof_kit.base.reference import codes_of
from iprof_kit.calculate.interface.fields import (
    AnneeCivile,
    CodeAcademie,
    CodesOf,
    Confiance,
    Corps,
    Departement,
    Grade,
    GradeCible,
    Listed,
    Moment,
    Phrase,
    or_empty,
    unit,
)
from iprof_kit.calculate.interface.subject import Answer
from iprof_kit.law.campaigns.files import services
from iprof_kit.law.requests.files import requests

Etat = Literal["a_venir", "ouverte", "close", "inconnue"]
Requete = Annotated[str, Listed(requests)]
Concours = Annotated[str, CodesOf(partial(codes_of, "concours", "code"))]


class Incident(Plain):
    """A deadline that was moved."""

    campagne: Phrase = Field(description="Campagne dont l’échéance a bougé.")
    etape: Phrase = Field(description="Étape dont l’échéance a bougé.")
    jusqu_au: Moment = Field(description="Nouvelle fin.")
    motif: Phrase = Field(description="Pourquoi.")
    note_le: Moment = Field(description="Quand cela a été noté.")
    portee: Phrase = Field(default="national", description="National, ou le territoire concerné.")
    par: Phrase = Field(default="", description="Qui l’a annoncé.")


class CampagnesQuestion(Plain):
    """The campaigns of a corps at a moment."""

    corps: Corps = Field(
        description="Code du corps ; vide pour qui n’en a pas : aucune campagne de corps.",
        json_schema_extra=or_empty,
    )
    grade: Grade = Field(
        default="", description="Grade détenu : les tableaux d’un autre sont omis ; vide : tous."
    )
    instant: Moment = Field(description="Moment de la question.")
    departement: Departement = Field(default="", description="Code du département : 63 ou 063.")
    academie: CodeAcademie = Field(default="", description="Code de l’académie.")
    annee: AnneeCivile | None = Field(
        default=None, description="Année de la rentrée visée ; vide : la prochaine."
    )
    concours: tuple[Concours, ...] = Field(
        default=(), description="Concours préparés (concours.csv), dont on veut les sessions."
    )
    ajoutees: tuple[dict[Phrase, Any], ...] = Field(
        default=(), description="Campagnes données par l’académie, comme leurs fichiers."
    )
    incidents: tuple[Incident, ...] = Field(default=(), description="Échéances déplacées.")


class Habitude(Plain):
    """The weeks of past years: they announce nothing."""

    du: date = Field(description="Premier jour, ramené à l’année de la campagne.")
    au: date = Field(description="Dernier jour.")
    annees: tuple[int, ...] = Field(description="Campagnes vues.")
    vecues: tuple[int, int] = Field(description="Première et dernière année de ces jours.")
    ailleurs: bool = Field(description="Vrai si ce sont celles d’un autre territoire.")


class EtapeVue(Plain):
    """One step of a campaign, at the moment."""

    etape: Phrase = Field(description="Code de l’étape.")
    titre: Phrase = Field(description="Nom de l’étape.")
    acte: Phrase = Field(default="", description="Ce que la personne y fait.")
    ou: Phrase = Field(default="", description="Où l’acte se fait.")
    sans: Phrase = Field(default="", description="Ce qui suit si l’acte n’est pas fait.")
    facultatif: bool = Field(default=False, description="Vrai si l’acte n’est fait que par choix.")
    etat: Etat = Field(description="a_venir, ouverte, close ou inconnue.")
    du: date | None = Field(default=None, description="Premier jour publié.")
    au: date | None = Field(default=None, description="Dernier jour publié.")
    heure_du: Phrase = Field(default="", description="Heure du début, à Paris.")
    heure_au: Phrase = Field(default="", description="Heure de la fin, à Paris.")
    fermeture: datetime | None = Field(default=None, description="Moment de la fin.")
    portee: Phrase = Field(default="", description="National, ou territoire de la date.")
    note: Phrase = Field(default="", description="Précision de la source.")
    source: Phrase = Field(default="", description="Texte qui donne la date.")
    confiance: Confiance | None = Field(default=None, description="Confiance de la lecture.")
    a_verifier: bool = Field(default=False, description="Vrai si la date est à vérifier.")
    deplacee: Phrase = Field(default="", description="Pourquoi la fin a été déplacée.")
    deplacee_le: datetime | None = Field(default=None, description="Quand cela a été noté.")
    deplacee_par: Phrase = Field(default="", description="Qui a annoncé le déplacement.")
    deplacee_retiree: bool = Field(
        default=False, description="Vrai si le déplacement est retiré : la fin publiée vaut."
    )
    publiee_au: date | None = Field(
        default=None, description="Dernier jour publié, avant le déplacement."
    )
    publiee_heure: Phrase = Field(default="", description="Heure publiée, avant le déplacement.")
    habitude: Habitude | None = Field(default=None, description="Semaines des années passées.")


class Marche(Plain):
    """One stair of the figure."""

    titre: Phrase = Field(description="Titre court.")
    etapes: tuple[Phrase, ...] = Field(description="Étapes qu’elle réunit.")
    etat: Etat = Field(description="faite (close), ouverte, a_venir ou inconnue.")


class Changement(Plain):
    """What may still change."""

    quoi: Phrase = Field(description="Ce qui change.")
    reponse: Literal["oui", "non", "inconnu"] = Field(description="Si c’est encore possible.")
    moment: datetime | None = Field(default=None, description="Jusqu’à quand, ou depuis quand.")
    a_l_heure: bool = Field(default=False, description="Vrai si l’heure est connue.")
    condition: Phrase = Field(default="", description="À quelle condition.")


class PieceVoulue(Plain):
    """A paper; `criteres` are the lines of the score that need it, empty for every wish."""

    piece: Phrase = Field(description="Code de la pièce.")
    titre: Phrase = Field(description="La pièce.")
    criteres: tuple[Phrase, ...] = Field(default=(), description="Critères qui la demandent.")


class Recours(Plain):
    """What may be done against a decision."""

    quoi: Phrase = Field(description="Le recours, ou l’aide.")
    delai: Annotated[str, Listed(partial(codes_of, "demandes_delais", "cle"))] = Field(
        default="", description="Ligne de demandes_delais.csv, qui court du résultat."
    )
    duree: Phrase = Field(default="", description="Durée et unité de ce délai, en français.")
    source: Phrase = Field(description="Texte ou source.")
    a_verifier: bool = Field(description="Vrai si la règle est à vérifier.")


class Verification(Plain):
    """What is to be verified before, and on which screen."""

    quoi: Phrase = Field(description="Ce qui se vérifie.")
    adresse: Phrase = Field(description="Adresse de l’écran.")


class Avancement(Plain):
    """What a tableau d'avancement or a liste d'aptitude says more than a movement does."""

    de: tuple[Grade, ...] = Field(default=(), description="Grades examinés ; vide : tous.")
    grade: Literal[GradeCible, ""] = Field(default="", description="Grade auquel mène le tableau.")
    parcours: Concours = Field(default="", description="Parcours d’une liste d’aptitude.")
    viviers: bool = Field(default=False, description="Vrai pour les deux viviers de 2017 à 2023.")
    sans_acte: Phrase = Field(default="", description="« Aucun acte n’est requis » ; vide sinon.")
    publie: Phrase = Field(description="Où l’arrêté ou la liste se publie.")
    issues: tuple[Phrase, ...] = Field(description="Résultats possibles, le favorable d’abord.")
    verifier: tuple[Verification, ...] = Field(description="Ce qui se vérifie avant.")
    guide: Phrase = Field(description="Adresse du guide.")
    recours: Requete = Field(description="Demande qui tient les lettres de recours.")
    lettre: Requete = Field(default="", description="Demande qui tient la lettre de motivation.")


class NatureVoeu(Plain):
    """A kind of wish."""

    nature: Phrase = Field(description="Code de la nature.")
    titre: Phrase = Field(description="Nom de la nature.")


class BorneVoeux(Plain):
    """How many wishes the person's territory admitted, in the campaign that the source tells."""

    campagne: int | None = Field(
        default=None, description="Campagne de la règle ; vide : la source ne la dit pas."
    )
    au_plus: int | None = Field(default=None, description="Nombre de vœux au plus.")
    obligatoires_au_moins: int | None = Field(
        default=None, description="Nombre de vœux au moins, si la participation est obligatoire."
    )
    nature_obligatoire: Phrase = Field(default="", description="De quelle nature sont ces vœux.")
    source: Phrase = Field(description="D’où vient la règle.")
    a_verifier: bool = Field(description="Vrai si la règle est à vérifier.")


class VoeuxVus(Plain):
    """The wishes of a campaign; without kinds, they are places of the tables."""

    jusqu_a: Phrase = Field(description="Étape dont la clôture arrête l’ordre des vœux.")
    natures: tuple[NatureVoeu, ...] = Field(default=(), description="Natures de vœux.")
    borne: BorneVoeux | None = Field(default=None, description="Nombre de vœux, s’il est connu.")
    source: Phrase = Field(default="", description="D’où viennent les natures.")


class AccuseVu(Plain):
    """What the administration shows of a request, and until when it may be contested."""

    accuse: Phrase = Field(description="Code de l’accusé.")
    titre: Phrase = Field(description="Nom de l’accusé.")
    etape: Phrase = Field(description="Étape où il se lit.")
    contestation: Phrase = Field(default="", description="Étape où il se conteste.")
    bareme: bool = Field(default=True, description="Vrai s’il montre des points.")


class LigneAccuse(Plain):
    """A line that an acknowledgement may show, where the kit has no table of points."""

    ligne: Phrase = Field(description="Code de la ligne.")
    titre: Phrase = Field(description="La ligne.")


class Candidature(Plain):
    """What a candidate prepares for a movement outside the score."""

    voeux_au_plus: int | None = Field(
        default=None, description="Vœux au plus.", json_schema_extra=unit("vœux")
    )
    voeux_au_moins: int | None = Field(
        default=None, description="Vœux au moins.", json_schema_extra=unit("vœux")
    )
    natures: tuple[Phrase, ...] = Field(description="Ce qu’un vœu peut désigner.")
    lettre: Literal["mouvement", "poste"] = Field(description="Pour quoi chaque lettre s’écrit.")
    avis: tuple[Phrase, ...] = Field(description="Qui donne un avis.")
    dossier: tuple[PieceVoulue, ...] = Field(description="Ce qu’il faut réunir.")
    a_savoir: tuple[Phrase, ...] = Field(description="Ce qu’il faut savoir.")
    source: Phrase = Field(description="D’où viennent ces règles.")
    a_verifier: bool = Field(description="Vrai si ces règles sont à vérifier.")


class CampagneVue(Plain):
    """One campaign at the moment."""

    id: Phrase = Field(description="Code de la campagne.")
    service: Annotated[str, Listed(services)] = Field(description="Code du service.")
    concours: tuple[Concours, ...] = Field(
        default=(), description="Concours dont c’est la session ; vide : un mouvement."
    )
    titre: Phrase = Field(description="Nom du service.")
    annee: int = Field(description="Année de la rentrée visée.")
    adresse: Phrase = Field(description="Adresse de son écran.")
    etat: Etat = Field(description="a_venir, ouverte, close ou inconnue.")
    application: Phrase = Field(default="", description="Application de l’administration.")
    site: Phrase = Field(default="", description="Son adresse publique, la même pour tous.")
    decide_par: Phrase = Field(default="", description="Qui décide.")
    etapes: tuple[EtapeVue, ...] = Field(description="Étapes, dans leur ordre.")
    marches: tuple[Marche, ...] = Field(default=(), description="Marches de la figure.")
    changements: tuple[Changement, ...] = Field(default=(), description="Ce qui peut changer.")
    pieces: tuple[PieceVoulue, ...] = Field(default=(), description="Pièces à joindre.")
    pieces_source: Phrase = Field(default="", description="D’où vient la liste des pièces.")
    recours: tuple[Recours, ...] = Field(default=(), description="Recours et aides.")
    demande_recours: Requete = Field(
        default="", description="Demande qui tient les lettres de recours et leurs délais."
    )
    voeux: VoeuxVus | None = Field(default=None, description="Vœux, s’il s’en fait.")
    accuses: tuple[AccuseVu, ...] = Field(default=(), description="Accusés, dans leur ordre.")
    lignes: tuple[LigneAccuse, ...] = Field(
        default=(), description="Lignes qu’un accusé peut montrer, sans barème dans ce kit."
    )
    lignes_source: Phrase = Field(default="", description="D’où viennent ces lignes.")
    issue: Phrase = Field(default="", description="Étape où le résultat est publié.")
    candidature: Candidature | None = Field(
        default=None, description="Ce que prépare un candidat, hors barème."
    )
    coutume: Phrase = Field(default="", description="Ce qu’on sait de l’époque, sans date.")
    note: Phrase = Field(default="", description="Ce qu’on ignore des dates.")
    verifier_maintenant: bool = Field(
        default=False, description="Vrai si l’époque habituelle a commencé, sans date connue."
    )
    donnee: bool = Field(default=False, description="Vrai si l’académie en a donné les dates.")
    source: Phrase = Field(default="", description="D’où vient la table d’états.")
    avancement: Avancement | None = Field(
        default=None, description="D’un tableau ou d’une liste ; absent pour un mouvement."
    )

    def step(self, code: str) -> EtapeVue | None:
        """Return a step by its code; None where the campaign has none of it."""
        return next((one for one in self.etapes if one.etape == code), None)

    @property
    def awaited(self) -> tuple[EtapeVue, ...]:
        """The deadlines of the acts that are expected of everybody who takes part."""
        return tuple(one for one in self.deadlines if not one.facultatif)

    @property
    def deadlines(self) -> tuple[EtapeVue, ...]:
        """The acts still to be done before a known end, the nearest first."""
        ahead = [e for e in self.etapes if e.acte and e.fermeture and e.etat != "close"]
        return tuple(sorted(ahead, key=lambda e: (e.fermeture, e.etape)))


class CampagnesAnswer(Answer):
    """The campaigns of the year that is asked for."""

    annee: int = Field(description="Année de la rentrée visée.")
    campagnes: tuple[CampagneVue, ...] = Field(description="Campagnes de la personne.")
    annees: tuple[int, ...] = Field(default=(), description="Années qui ont une campagne.")
