"""Where a datum comes from, and who corrects it: the same words on every tab of the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.kit.parts import Section
from iprof_kit.ui.shared import text

_FIRST_DEGREE, _SECOND_DEGREE = "AGAPE", "EPP"
_OFFICES = {
    _FIRST_DEGREE: "la direction des services départementaux de l’Éducation nationale (DSDEN)",
    _SECOND_DEGREE: "le rectorat de votre académie",
}
NOT_SENT = "ce kit ne transmet rien"


def correction(dossier: Dossier, papers: str) -> str:
    """Return who corrects what the file holds, and with which papers.

    Parameters
    ----------
    dossier : Dossier
    papers : str
        What proves the datum: « l’arrêté d’affectation ».
    """
    office = _OFFICES.get(dossier.source)
    who = f"votre service gestionnaire, {office}" if office else "votre service gestionnaire"
    return (
        f"Une donnée est fausse ou manque ? La correction se demande à {who}, avec {papers} ; "
        f"{NOT_SENT}."
    )


def said_once(section: Section, source: str) -> Section:
    """Return a section whose rows say where they come from where the head of the page does not."""
    rows = tuple(
        replace(fact, source="" if fact.source == source else fact.source) for fact in section.facts
    )
    return replace(section, facts=rows)


def other_source(dossier: Dossier, source: str, read_on: date) -> str:
    """Return where a line comes from, where it is not where the whole file does; else nothing."""
    if (source, read_on) == (dossier.source, dossier.lu_le):
        return ""
    return read_from(source, read_on)


def read_from(source: str, read_on: date) -> str:
    """Return « AGAPE, lu le 12 novembre 2026 »."""
    return f"{source}, lu le {text.day(read_on)}"
