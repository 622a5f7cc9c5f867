"""An academy as sentences name it, and whom it says to call."""

from __future__ import annotations

from iprof_kit.services.contract.dossier import Academie


def academie_name(academie: Academie) -> str:
    """Return « de Clermont-Ferrand », « d’Aix-Marseille »."""
    vowel = academie.nom[:1].lower() in "aeéiouhîô"
    return f"d’{academie.nom}" if vowel else f"de {academie.nom}"


def help_text(academie: Academie) -> str:
    """Return whom to call, as the academy's configuration says."""
    ways = [w for w in (academie.assistance_telephone, academie.assistance_courriel) if w]
    name = academie.assistance_nom
    who = name if name.startswith("Assistance") else f"Assistance : {name}"
    return f"{', '.join([who, *ways])}." if name else ""
