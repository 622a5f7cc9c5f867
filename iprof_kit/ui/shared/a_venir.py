"""Rubriques that are not built: the screen says so and gives the official place."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.services.contract.dossier import Academie
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Page


@dataclass(frozen=True)
class AVenirView(Page):
    """A rubrique to come."""

    where: str = ""
    link: str = ""
    link_text: str = ""
    help: str = ""


def a_venir(title: str, academie: Academie) -> AVenirView:
    """Return the screen of a rubrique that this kit does not have yet."""
    link = academie.lien_officiel or ""
    safe = link if link.startswith(("https://", "http://")) else ""
    return AVenirView(
        title=title,
        lead="Cette rubrique n’existe pas encore dans ce kit.",
        where="Pour cette démarche, le lieu officiel est I-Prof, à l’adresse de votre académie."
        if not safe
        else "Pour cette démarche, le lieu officiel est I-Prof :",
        link=safe,
        link_text=f"I-Prof, académie {academie_name(academie)}",
        help=help_text(academie),
    )


def academie_name(academie: Academie) -> str:
    """Return « de Clermont-Ferrand », « d’Aix-Marseille »."""
    vowel = academie.nom[:1].lower() in "aeéiouhîô"
    return f"d’{academie.nom}" if vowel else f"de {academie.nom}"


def help_text(academie: Academie) -> str:
    """Return whom to call, as the academy's configuration says."""
    ways = [w for w in (academie.assistance_telephone, academie.assistance_courriel) if w]
    name = text.french(academie.assistance_nom)
    who = name if name.startswith("Assistance") else f"Assistance : {name}"
    return f"{', '.join([who, *ways])}." if name else ""
