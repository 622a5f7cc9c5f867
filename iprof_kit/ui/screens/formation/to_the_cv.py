"""A training that was followed, written into one's CV by the operations of the CV."""

from __future__ import annotations

from datetime import datetime

from iprof_kit.base.errors import Unavailable
from iprof_kit.base.words import number_text
from iprof_kit.cv.sections.formations import Formation
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.cv.store import Store
from iprof_kit.ui.screens.formation.kept import Followed


def add_to_cv(visit: Visit, one: Followed) -> datetime | None:
    """Add a training to the draft of the CV; return when it was saved, None where it was there.

    Raises
    ------
    KitError
        The CV is not saved: it was changed elsewhere meanwhile, or the server refuses.
    """
    store = Store(visit.guichet)
    store.load()
    facts = store.cv.faits
    line = _line(one, visit.who().academie.nom)
    if any(item.id == line.id for item in facts.formations):
        return None
    changed = facts.model_copy(update={"formations": (line, *facts.formations)})
    store.write(store.cv.model_copy(update={"faits": changed}))
    if store.trouble is not None:
        raise store.trouble
    if store.other is not None:
        raise Unavailable(
            "votre CV vient d’être modifié ailleurs.",
            remedy="Rien n’a été remplacé\u00a0: appuyez de nouveau.",
        )
    return store.saved_at


def _line(one: Followed, academy: str) -> Formation:
    return Formation(
        id=one.id,
        intitule=one.title,
        organisme=f"Académie de {academy}" if academy and not one.place else "",
        lieu=one.place,
        debut=f"{one.day:%Y-%m}",
        heures=number_text(one.hours),
    )
