"""What a supposed event is called, and when it happens, as a person reads it."""

from __future__ import annotations

from datetime import date

from iprof_kit.base.calendar import date_text
from iprof_kit.base.words import NBSP, at_echelon
from iprof_kit.calculate.et_si.question import Evenement
from iprof_kit.calculate.guides.law import facts as law_facts

NATURES = {
    "temps_partiel": "Temps partiel, ou retour au temps plein",
    "conge_maladie": "Congé de maladie ordinaire",
    "conge_parental": "Congé parental",
    "disponibilite": "Disponibilité sans activité",
    "disponibilite_activite": "Disponibilité avec une activité professionnelle",
    "disponibilite_enfant": "Disponibilité pour élever un enfant",
    "direction": "Direction d’école",
    "education_prioritaire": "Poste en réseau d’éducation prioritaire (REP, REP+)",
    "changement_corps": "Changement de corps",
    "mutation": "Mutation vers une autre zone d’indemnité de résidence",
    "hors_classe": "Passage à la hors classe",
    "classe_exceptionnelle": "Passage à la classe exceptionnelle",
    "bonification": "Bonification d’ancienneté",
    "retraite": "Départ à la retraite",
    "droit_du": "Droit d’une autre date",
    "projet_durees": "Projet de 2025, jamais publié (hypothèse)",
}
"""The natures, in the order in which they are offered."""


def event_text(event: Evenement) -> str:
    """Return « Disponibilité sans activité, du 1er septembre 2028 au 31 août 2029 »."""
    when = event_when(event)
    return f"{event_name(event)}, {when}" if when else event_name(event)


def event_name(event: Evenement) -> str:
    """Return what happens, without its dates."""
    name = NATURES[event.nature]
    match event.nature:
        case "temps_partiel":
            full = event.quotite == 100
            return "Temps plein" if full else f"Temps partiel à {event.quotite}{NBSP}%"
        case "direction":
            some = "s" if (event.classes or 0) > 1 else ""
            return f"Direction d’une école de {event.classes} classe{some}"
        case "education_prioritaire":
            return f"Poste en réseau d’éducation prioritaire ({event.reseau})"
        case "changement_corps":
            corps = law_facts.corps_names().get(event.corps or "", event.corps or "")
            return f"Changement de corps : {corps[:1].lower() + corps[1:]}"
        case "mutation":
            return f"Mutation en zone {event.zone}"
        case "droit_du":
            return f"Droit du {date_text(event.debut or date.min)}"
    return name


def event_when(event: Evenement) -> str:
    """Return when it happens: « à partir du 1er septembre 2028 »; "" where its name says it."""
    begin = date_text(event.debut or date.min)
    match event.nature:
        case "bonification":
            return at_echelon(event.echelon or "")
        case "hors_classe" | "classe_exceptionnelle":
            return f"au 1er septembre {event.debut.year if event.debut else ''}"
        case "retraite":
            return f"le {begin}"
        case "droit_du":
            return ""
    return f"du {begin} au {date_text(event.fin)}" if event.fin else f"à partir du {begin}"
