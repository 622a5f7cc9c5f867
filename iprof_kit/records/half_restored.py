"""A database that a restoration has not finished: nobody may serve from it."""

from __future__ import annotations

from iprof_kit.base.errors import Unavailable
from iprof_kit.base.paths import restoration_mark
from iprof_kit.base.words import NBSP


def refuse_half_restored() -> None:
    """Refuse to go on while a restoration is under way, or was cut.

    Raises
    ------
    Unavailable
        Its mark is there.
    """
    if restoration_mark().exists():
        raise Unavailable(
            "une restauration est en cours ou a été interrompue\u00a0: la base n’est pas complète.",
            where=str(restoration_mark()),
            remedy=f"Si elle a été interrompue, relancez iprof restaurer{NBSP}: ce qu’elle avait "
            "écrit sera retiré, puis restauré.",
        )
