"""The settings of an installation that every command reads, whether a server runs or not."""

from __future__ import annotations

from typing import ClassVar, Literal

from iprof_kit.base.configuration.declaring import Line, Lines, SecretPlace, Section, setting


class Comptes(Section):
    """How people enter for the first time, and what is left to who leaves."""

    TITLE: ClassVar[str] = "Les comptes"

    code_jours: int = setting(
        30,
        "Temps que vaut un code de première connexion, à partir du jour où il est délivré.",
        unit="jours",
        ge=1,
        le=365,
    )
    lecture_mois: int = setting(
        12,
        "Temps pendant lequel qui a quitté le fichier lit et emporte encore son dossier : celui "
        "d’un recours. « iprof account close » peut en dire un autre.",
        unit="mois",
        ge=0,
        le=120,
    )
    absence_jours: int = setting(
        45,
        "« iprof account list » signale qui n’est plus dans les fichiers de son académie depuis "
        "ce temps. Plus long que l’intervalle entre deux fichiers.",
        unit="jours",
        ge=1,
        le=3660,
    )


class Emplacements(Section):
    """Where what is kept outside the database is."""

    TITLE: ClassVar[str] = "Où sont les fichiers de l’installation"

    donnees: Line = setting(
        "",
        "Dossier de ce que le kit écrit. Vide : celui que systemd donne, « var » dans le projet, "
        "sinon celui de votre compte.",
        variable="IPROF_VAR",
        example="/var/lib/iprof",
    )
    cles: Line = setting(
        "",
        "Dossier des clés des pseudonymes. Vide : « cles » parmi les données.",
        variable="IPROF_CLES",
        example="/var/lib/iprof-cles",
    )
    cle_du_journal: SecretPlace = setting(
        "",
        "Où est la clé du journal, la même pour toutes les copies. Vide : un fichier privé parmi "
        "les données, fait au premier besoin.",
        variable="IPROF_JOURNAL_KEY",
        example="fichier:/etc/iprof/cle-du-journal",
    )
    academies: Line = setting(
        "",
        "Fichier des académies : contacts, durées de conservation, travaux. Sans lui, seule cette "
        "machine peut être servie.",
        variable="IPROF_ACADEMIES",
        example="/etc/iprof/academies.yml",
    )
    groupe_de_controle: Line = setting(
        "",
        "Dossier de cgroup v2 où borner chaque session. Vide : chaque processus est borné seul.",
        variable="IPROF_CGROUP",
        example="/sys/fs/cgroup/system.slice/iprof.service",
    )


class Courriel(Section):
    """By whom mails leave."""

    TITLE: ClassVar[str] = "Le serveur de courriel"

    serveur: SecretPlace = setting(
        "",
        "Où est son adresse (smtp://nom:mot-de-passe@hote:587), qui peut tenir un mot de passe. "
        "Vide : aucun courriel ne part.",
        variable="IPROF_SMTP",
        example="fichier:/etc/iprof/adresse-du-courriel",
    )


class SecondFacteur(Section):
    """Of whom a second factor is asked, after her password."""

    TITLE: ClassVar[str] = "La seconde preuve, après le mot de passe"

    roles: Lines = setting(
        (),
        "Rôles à qui elle est demandée : un code d’une application, ou une clé d’accès. Qui en a "
        "une l’utilise toujours, quel que soit son rôle. Vide : à personne d’autre.",
        example=("administrateur", "gestionnaire", "evaluateur"),
    )
    apres_fournisseur: bool = setting(
        False,  # a default
        "La demander aussi à qui entre par le fournisseur d’identité : inutile s’il demande déjà "
        "deux preuves (acr).",
    )
    delai: int = setting(
        0,
        "Temps pendant lequel qui vient de recevoir un de ces rôles entre encore sans elle. 0 : "
        "elle l’ajoute à sa première connexion.",
        unit="jours",
        ge=0,
        le=90,
    )


class Journaux(Section):
    """What the processes write of themselves."""

    TITLE: ClassVar[str] = "Les journaux du serveur"

    niveau: Literal["debug", "info", "attention", "erreur"] = setting(
        "info",
        "Ce qui est écrit. « debug » ajoute chaque requête et chaque message.",
        variable="IPROF_LOG_LEVEL",
    )
    forme: Literal["texte", "json"] = setting(
        "texte", "Une ligne à lire, ou un objet JSON par ligne.", variable="IPROF_LOG_FORM"
    )
