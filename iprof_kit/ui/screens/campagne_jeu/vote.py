"""The vote of the room, on the trainer's page: opened, counted, taken as the order of criteria."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.base.words import NBSP
from iprof_kit.calculate.campaign_game.vote import LESSON, asked, voted
from iprof_kit.services.contract.lecons import (
    LECON_ALLER,
    LECON_ETAT,
    LECON_FERMER,
    LECON_OUVRIR,
    EtatLecon,
)
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.shared.part import Part

WALL = "/atelier/projecteur"


@dataclass(frozen=True)
class VoteView:
    """What the page says of the vote: its code where one is open, how many answered."""

    code: str = ""
    letters: str = ""
    answers: str = ""
    wall: str = WALL


class Vote(Part):
    """One question asked of the phones of a room, by the operations of lessons."""

    keeps = ("_state",)

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._state: EtatLecon | None = None

    def look(self) -> None:
        """Read what is open; a server that is silent offers no vote."""
        try:
            self._state = self._visit.ask(LECON_ETAT)
        except KitError:
            self._state = None

    def open(self) -> None:
        """Ask the room; a lesson that is open is never closed by it.

        Raises
        ------
        InputError
            A lesson is open.
        """
        self.look()
        if self._state is not None and self._state.code and not self._ours:
            raise InputError(
                f"Une leçon est ouverte{NBSP}: ce vote la fermerait.",
                remedy=f"Fermez-la sous «{NBSP}Leçons{NBSP}», puis revenez.",
            )
        self._state = self._visit.ask(LECON_OUVRIR, lecon=asked().model_dump(mode="json"))

    def close(self) -> None:
        """End the vote: its code and its answers are erased."""
        if self._ours and self._state is not None:
            self._visit.ask(LECON_FERMER, code=self._state.code)
        self._state = EtatLecon()

    def order(self) -> tuple[str, ...]:
        """Reveal the vote, and return the criteria in the order of the room.

        Raises
        ------
        InputError
            No vote is open, or nobody answered.
        """
        self.look()
        if self._state is None or not self._ours:
            raise InputError("Aucun vote n’est ouvert.", remedy="Demandez d’abord à la salle.")
        if self._state.reponses:
            code = self._state.code
            self._state = self._visit.ask(LECON_ALLER, code=code, ecran=0, revele=True)
        counted = self._state.compte
        return voted(counted.choix if counted else (), counted.ordres if counted else ())

    @property
    def view(self) -> VoteView | None:
        """What the page shows; None where the server leads no lesson."""
        if self._state is None:
            return None
        if not self._ours:
            return VoteView()
        many = self._state.reponses
        return VoteView(
            self._state.code,
            " ".join(self._state.code),
            f"{many} réponse{'s' if many > 1 else ''}",
        )

    @property
    def _ours(self) -> bool:
        state = self._state
        return bool(state and state.code and state.lecon and state.lecon.id == LESSON)
