"""What is said of a file that stops at an échelon which is over."""

from __future__ import annotations

from iprof_kit.services.contract.standing import Late
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Notice

_OLD = "Votre dossier semble ancien."
_AWAITED = "Un échelon attendu n’est pas encore dans votre dossier."


def late_notice(late: Late) -> Notice:
    """Return what every screen says of such a file."""
    last, now = (
        text.echelon_label(one.echelon) + (f", chevron {one.chevron}" if one.chevron else "")
        for one in (late.recorded, late.reached)
    )
    return Notice(
        _OLD if late.old else _AWAITED,
        text.french(
            f"Lu le {text.day(late.read)}, il s’arrête {text.at_place(last)}, le "
            f"{text.day(late.recorded.date_effet)}. À l’ancienneté, vous seriez "
            f"{text.at_place(now)} depuis le {text.day(late.reached.date_effet)} : le kit "
            "calcule à partir de là. Si votre arrêté dit autre chose, signalez-le."
        ),
        kind="",
    )
