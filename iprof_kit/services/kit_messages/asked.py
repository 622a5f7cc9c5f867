"""What goes to the process that holds the law, and what comes back."""

from __future__ import annotations

from datetime import date

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.kit_messages.texts import Written


class Asked(Plain):
    """Some files, and the day that counts as today."""

    dossiers: list[Dossier]
    today: date


class Looked(Plain):
    """One file: what may be said of it today, and from which day on it is worth another look."""

    numero: str
    messages: list[Written]
    again_on: date
