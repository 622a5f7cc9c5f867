"""What the screens of one person share: the guichet, her file, her starting point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from iprof_kit.base.errors import KitError, Unavailable
from iprof_kit.calculate.questions import Periode, Situation
from iprof_kit.services.contract import Dossier, DossierLu, Qui
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.guichet import open_guichet
from iprof_kit.ui.messages import Intent
from iprof_kit.ui.scenarios import Calculate, Comparison, calculate
from iprof_kit.ui.views.parts import Page
from iprof_kit.ui.views.synthese import current_echelon, current_position

Shown = tuple[str, Page]
"""The name of a template, and what it shows."""


class Asks(Protocol):
    """The guichet, as the screens see it."""

    def ask(self, op: str, **args: object) -> Any:
        """Return the typed answer of an operation; refusals are raised as `KitError`."""


class Rubrique(Protocol):
    """One screen, or a few that share what is being done on them; made at its first visit."""

    def show(self, path: str) -> Shown:
        """Return the screen at an address."""

    def receive(self, intent: Intent) -> None:
        """Do what the person asks; what is wrong with her entry is kept for `show`."""


@dataclass
class OwnDate:
    """What a person typed in « Ma date est fausse », valid or not."""

    values: dict[str, str]
    errors: dict[str, KitError]
    applied: bool = False


class Visit:
    """One person in front of the portal.

    Nothing is asked of the guichet before the first need: a kernel can be made ahead.

    Parameters
    ----------
    open_guichet : callable
        Returns the guichet; called once.
    ask : callable
        Answers a `CareerQuestion`.
    """

    def __init__(self, open_guichet: Callable[[], Asks], ask: Calculate = calculate) -> None:
        self._open_guichet = open_guichet
        self._guichet: Asks | None = None
        self._read: DossierLu | None = None
        self.openings = 0
        """How many times a screen was opened: what another device wrote is read again then."""
        self.calculate = ask
        self.own_date: OwnDate | None = None
        self.compared: Comparison | None = None
        self.download: Download | None = None
        """The file that the next answer gives, if any."""
        self.query: dict[str, str] = {}
        """The arguments of the address that is shown."""

    def ask(self, op: str, **args: object) -> Any:
        """Return the answer of an operation of the contract."""
        if self._guichet is None:
            self._guichet = self._open_guichet()
        return self._guichet.ask(op, **args)

    def who(self) -> Qui:
        """Return the person asking, and today."""
        found: Qui = self.ask("session.qui")
        return found

    def file(self) -> DossierLu:
        """Return the file with what the person wrote about it, read once a screen.

        Each reading is written in the journal.
        """
        if self._read is None:
            self._read = self.ask("dossier.lire")
        return self._read

    def dossier(self) -> Dossier:
        """Return the file as the administration recorded it."""
        return self.file().dossier

    def read_again(self) -> None:
        """Read the file anew at the next need."""
        self._read = None
        self.openings += 1

    def comparison(self) -> Comparison | None:
        """Return the two scenarios from the file, or from her own date; None without corps."""
        today = self.who().aujourdhui
        base = situation_of(self.dossier(), today)
        if base is None:
            return None
        if self.compared is None:
            self.compared = Comparison(base, today, self.calculate)
        return self.compared


def situation_of(dossier: Dossier, today: date) -> Situation | None:
    """Return the starting point that a file gives, or None without corps or échelon."""
    held = current_echelon(dossier)
    if held is None:
        return None
    position = current_position(dossier, today)
    modality = position.modalite.lower() if position else ""
    return Situation(
        corps=held.corps,
        grade=held.grade,
        echelon=held.echelon,
        chevron=held.chevron,
        date_effet=held.date_effet,
        reliquat_jours=held.reliquat_jours,
        date_naissance=dossier.identite.date_naissance,
        quotite=position.quotite if position and position.quotite > 0 else 100,
        type_temps_partiel="de_droit" if "droit" in modality else "sur_autorisation",
        categorie_retraite=dossier.categorie_retraite,
        academie=dossier.academie,
        periodes=tuple(
            Periode(position=p.position, motif=p.motif, debut=p.debut, fin=p.fin)
            for p in dossier.positions
        ),
    )


def day_of_the_portal() -> date:
    """Return the day that the server serves (`--today` freezes it), or Paris's without server."""
    try:
        guichet: Asks = open_guichet()
    except Unavailable:  # a notebook opened without the portal
        return paris_today()
    who: Qui = guichet.ask("session.qui")
    return who.aujourdhui


def paris_today() -> date:
    """Return today's date in Paris: the edge where the clock is read."""
    return datetime.now(ZoneInfo("Europe/Paris")).date()
