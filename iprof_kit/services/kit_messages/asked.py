"""What goes to the process that holds the law, and what comes back."""

from __future__ import annotations

from datetime import date
from typing import Any

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.campagnes import IncidentLu
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.kit_messages.texts import Written


class Added(Plain):
    """What this installation adds to the campaigns of the kit: given files, moved deadlines."""

    files: tuple[dict[str, Any], ...] = ()
    incidents: tuple[IncidentLu, ...] = ()


class Asked(Plain):
    """Some files, the day that counts as today, and the campaigns of this installation."""

    dossiers: list[Dossier]
    today: date
    added: Added = Added()


class Looked(Plain):
    """One file: what may be said of it today, and from which day on it is worth another look."""

    numero: str
    messages: list[Written]
    again_on: date
