"""What this machine cannot close, for the start, `iprof doctor` and so the administrator."""

from __future__ import annotations

from iprof_kit.kernel.walls.calls import filters_calls
from iprof_kit.kernel.walls.files import landlock_version

_TCP_SINCE, _SIGNALS_SINCE = 4, 6


def missing_walls() -> list[str]:
    """Return, in French, what this machine cannot close; empty where everything is closed."""
    version, filtered = landlock_version(), filters_calls()
    gaps = []
    if not version:
        gaps.append(
            "Landlock est absent (Linux 5.13 au moins) : un noyau pourrait lire et changer les "
            "fichiers du compte du serveur."
        )
    if not filtered:
        gaps.append(
            "Le filtre des appels au système est absent (libseccomp) : un noyau pourrait ouvrir "
            "une connexion, lancer un programme ou agir sur les autres processus du compte."
        )
    alone = " : le filtre des appels le fait seul." if filtered else " non plus."
    if 0 < version < _TCP_SINCE:
        gaps.append(f"Landlock ne ferme pas le réseau (Linux 6.7 au moins){alone}")
    if 0 < version < _SIGNALS_SINCE:
        gaps.append(f"Landlock ne ferme pas les signaux (Linux 6.12 au moins){alone}")
    return gaps
