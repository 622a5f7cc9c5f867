"""What the board asks of the server: to sign a link, whether one is signed, who may open it."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import ValidationError

from iprof_kit.base.errors import KitError
from iprof_kit.services.contract.dossier import SESSION_QUI
from iprof_kit.services.contract.links.seances import SEANCE_SIGNER, SEANCE_VERIFIER, VerifierSeance
from iprof_kit.services.contract.operation import Asks


class Signatures:
    """The server's part of a link; nothing is asked before a link is made, or a signed one opened.

    Parameters
    ----------
    guichet : callable
        Returns the guichet.
    signs : bool
        Whether who is there may have a link signed; everybody may have one recognised.
    """

    def __init__(self, guichet: Callable[[], Asks], *, signs: bool = True) -> None:
        self._guichet, self.signs = guichet, signs

    def signed(self, letters: str) -> str:
        """Return letters with the server's signature after them.

        Raises
        ------
        Refused, Unavailable
            The account is not a trainer's, or the server does not answer.
        """
        made = SEANCE_SIGNER.ask(self._guichet(), lettres=letters)
        return f"{letters}.{made.signature}"

    def right(self, letters: str) -> bool | None:
        """Return whether the server signed these letters; None where it does not say.

        A signature that does not look like one is wrong, without being asked about.
        """
        letters, _, signature = letters.rpartition(".")
        asked = {"lettres": letters, "signature": signature}
        try:
            VerifierSeance.model_validate(asked)
        except ValidationError:
            return False
        try:
            known = SEANCE_VERIFIER.ask(self._guichet(), **asked)
        except KitError:  # a side answer: the séance opens without it
            return None
        return known.signee

    def gallery(self) -> bool:
        """Return whether this server opens the gallery to everybody."""
        try:
            who = SESSION_QUI.ask(self._guichet())
        except KitError:
            return False
        return who.galerie
