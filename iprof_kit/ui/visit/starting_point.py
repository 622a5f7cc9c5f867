"""What is said of a file that stops at an échelon which is over."""

from __future__ import annotations

from iprof_kit.services.contract.standing import Late
from iprof_kit.ui.kit.parts import Notice
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import worded

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
        worded(
            f"Lu le {{}}, il s’arrête {text.at_place(last)}, le {{}}. À l’ancienneté, vous seriez "
            f"{text.at_place(now)} depuis le {{}} : le kit calcule à partir de là. Si votre "
            "arrêté dit autre chose, signalez-le.",
            text.dated(late.read, "file.read"),
            text.dated(late.recorded.date_effet, "echelon.recorded"),
            text.dated(late.reached.date_effet, "echelon.since"),
        ),
        kind="",
    )
