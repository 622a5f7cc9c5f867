"""What the screens of an evaluator say in the same words: who, what, and where a project stands."""

from __future__ import annotations

from datetime import datetime

from iprof_kit.calculate.evaluation.due import Held
from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.services.contract.evaluation import EtatProjet, Evalue
from iprof_kit.ui.shared import text

BANNER = "Kit libre, non officiel. Un projet est lu ici par la personne ; rien n’entre dans I-Prof."
"""What is true here, at the head of the page."""
OFFICIAL_MEETING, OFFICIAL_PROMOTION = "SIAE", "I-Prof"


def held_of(person: Evalue) -> Held | None:
    """Return the last échelon of a person as calculations take it; None where the file has none."""
    if person.depuis is None:
        return None
    return Held(
        Standing(person.corps, person.grade, person.echelon, person.chevron),
        person.depuis,
        person.reliquat_jours,
        frozenset(one.numero for one in person.tenus),
    )


def standing(person: Evalue) -> str:
    """Return « Professeure certifiée, 8e échelon »."""
    place = text.position_label(person.grade, person.echelon, person.chevron)
    return ", ".join(filter(None, (person.libelle_corps, place)))


def posting(person: Evalue) -> str:
    """Return « Collège des Coteaux, Anglais »."""
    return ", ".join(filter(None, (person.etablissement, person.discipline)))


def state_of(project: EtatProjet | None) -> str:
    """Return where a project stands: to write, written, shown, seen, changed since."""
    if project is None or (project.vide and project.montre_le is None):
        return "à écrire"
    if project.montre_le is None:
        return f"en cours, enregistré le {_day(project.enregistre_le)}"
    if project.change_depuis:
        return "modifié depuis qu’il est montré"
    if project.vu_le is None:
        return f"montré le {_day(project.montre_le)}, pas encore lu"
    return f"lu le {_day(project.vu_le)}"


def _day(moment: datetime) -> str:
    return text.day(text.in_paris(moment))
