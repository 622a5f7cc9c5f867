"""Every screen shown once to nobody: code, tables, templates and fonts are then in memory."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from iprof_kit.services.contract import Academie, Dossier, DossierLu, Qui
from iprof_kit.ui.desk import sample_people
from iprof_kit.ui.menu import routes
from iprof_kit.ui.portal import PROMOTIONS, UNAVAILABLE, Portal, paris_today

_CHANGES: tuple[dict[str, str], ...] = ({"bonification_8-A": "oui"}, {"quotite-B": "100"})


class _Understudy:
    """A guichet whose answers are those of a fictitious person."""

    def __init__(self, dossier: Dossier, today: date) -> None:
        self._dossier, self._today = dossier, today

    def ask(self, op: str, **_args: object) -> Any:
        if op == "dossier.lire":
            noon = datetime.combine(self._today, time(12), ZoneInfo("Europe/Paris"))
            return DossierLu(dossier=self._dossier, lu_a=noon)
        return Qui(
            role="enseignant", prenom=self._dossier.identite.prenom,
            nom=self._dossier.identite.nom, libelle_corps=self._dossier.libelle_corps,
            aujourdhui=self._today,
            academie=Academie(code="", nom="", assistance_nom=""),
        )  # fmt: skip


def rehearse() -> int:
    """Show every screen and move a control, as a fictitious person; nothing of it is kept.

    Returns
    -------
    int
        How many screens were shown.

    Raises
    ------
    RuntimeError
        A screen could not be shown.
    """
    dossier = next(iter(sample_people().values()))
    portal = Portal(lambda: _Understudy(dossier, paris_today()))
    shown = [portal.handle({"kind": "route", "path": path}) for path in routes()]
    shown += [
        portal.handle({"kind": "intent", "name": "scenarios", "values": values, "changed": "",
                       "path": PROMOTIONS})
        for values in _CHANGES
    ]  # fmt: skip
    if any(UNAVAILABLE in html for html in shown):
        raise RuntimeError("a screen could not be shown")
    return len(shown)
