"""A screen that could not be built: a sentence for the person, the cause for the log."""

from __future__ import annotations

import logging
from collections.abc import Callable

from iprof_kit.base.errors import KitError, Unavailable
from iprof_kit.ui.kit.parts import Notice, Page, failed
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.shared.menu import places

UNAVAILABLE = "Écran indisponible"
_log = logging.getLogger(__name__)


def guarded(build: Callable[[], str], path: Callable[[], str] = str) -> str:
    """Return what `build` returns, or a notice in French; the cause goes to the log only.

    Where a means did not answer, the notice leads to `path` again.
    """
    try:
        return build()
    except KitError as error:
        again = path() if isinstance(error, Unavailable) else ""
        known = again if again in places() else ""
        return render("base", Page(UNAVAILABLE, notices=(failed(error),), again=known))
    except Exception:
        _log.exception("un écran a échoué")
        trouble = Notice(
            "Cet écran n’a pas pu être préparé.",
            "Rien n’est perdu dans votre dossier. Rouvrez la page ; si cela se "
            "répète, prévenez l’assistance.",
        )
        return render("base", Page(UNAVAILABLE, notices=(trouble,)))
