"""The CV of one person as the server keeps it: one draft, its versions, its links.

Nothing of another device is overwritten: a save that comes second is not written, both writings
are here, and the person chooses.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from iprof_kit.base.errors import KitError, Unavailable
from iprof_kit.cv.merge import merge
from iprof_kit.cv.model import Cv
from iprof_kit.services.contract_cv import (
    CvApercu,
    CvEnregistre,
    CvLien,
    CvLu,
    CvVersion,
    CvVersionLue,
)


class Asks(Protocol):
    """The guichet, as the screens see it."""

    def ask(self, op: str, **args: object) -> Any:
        """Return the typed answer of an operation; refusals are raised as `KitError`."""


@dataclass(frozen=True)
class Other:
    """What was saved elsewhere meanwhile: its content, its revision, when."""

    cv: Cv
    revision: int
    saved_at: datetime | None


class Store:
    """One draft being edited here, and what the server has.

    Parameters
    ----------
    asks : callable
        Returns the guichet.
    begin : callable
        Completes what was read (from the dossier); it is saved with the person's first change.
    key : callable
        Returns a new idempotency key.

    Attributes
    ----------
    cv : Cv
        The draft as it is on this screen.
    other : Other or None
        The other writing, until the person has chosen.
    trouble : KitError or None
        Why the last save was not done; the draft is still here.
    """

    def __init__(
        self,
        asks: Callable[[], Asks],
        begin: Callable[[Cv], Cv] = lambda cv: cv,
        key: Callable[[], str] | None = None,
    ) -> None:
        self._asks, self._begin = asks, begin
        self._key = key or (lambda: secrets.token_hex(12))
        self._saved: Cv | None = None
        self._unanswered: list[Cv] = []
        self._versions: dict[str, CvVersionLue] = {}
        self.loaded = False
        self.cv = self._start = Cv()
        self.revision = 0
        self.saved_at: datetime | None = None
        self.versions: list[CvVersion] = []
        self.links: list[CvLien] = []
        self.other: Other | None = None
        self.trouble: KitError | None = None

    def load(self) -> None:
        """Read the draft, the versions and the links; what is not saved yet here is kept."""
        read: CvLu = self._asks().ask("cv")
        self.versions, self.links = list(read.versions), list(read.liens)
        newer = read.revision != self.revision and not self.pending and self.other is None
        if not self.loaded or newer:
            self._saved = Cv.model_validate(read.cv) if read.cv is not None else None
            self.cv = self._start = self._begin(self._saved or Cv())
            self.revision, self.saved_at = read.revision, read.enregistre_le
            self.loaded = True

    @property
    def pending(self) -> bool:
        """Whether something that the person wrote here is not on the server."""
        return self.cv != self._start

    def write(self, cv: Cv) -> None:
        """Take a new writing of the draft and save it, unless a choice is being waited for."""
        self.cv = cv
        self.save()

    def save(self) -> None:
        """Save the draft if it changed; `other` or `trouble` says where it could not be."""
        if self.pending:
            self._save()

    def _save(self) -> None:
        if self.other is not None:
            return
        try:
            self._try()
        except KitError as error:
            self.trouble = error
        else:
            self.trouble = None

    def keep_mine(self) -> None:
        """Write this draft over the other, which the person has seen."""
        self._settle(self.cv)

    def take_other(self) -> None:
        """Take the other draft in place of this one, which the person has seen."""
        if self.other is not None:
            self._settle(self.other.cv)

    def put_together(self) -> None:
        """Take both; what each side changed of the same line is kept twice."""
        if self.other is not None:
            self._settle(merge(self._saved or Cv(), self.cv, self.other.cv))

    def make_version(self, name: str) -> CvVersion:
        """Keep the draft under a name.

        Raises
        ------
        KitError
            The draft is not saved, or the server refuses.
        """
        if self.cv != self._saved:
            self._save()
        if self.trouble is not None:
            raise self.trouble
        if self.other is not None:
            raise Unavailable(
                "le brouillon n’est pas enregistré.",
                remedy="Choisissez d’abord laquelle des deux écritures garder.",
            )
        made: CvVersion = self._asks().ask(
            "cv_version_creer", nom=name, revision=self.revision, cle=self._key()
        )
        self.load()
        return made

    def version(self, identifier: str) -> CvVersionLue:
        """Return a version and its content, read once."""
        if identifier not in self._versions:
            self._versions[identifier] = self._asks().ask("cv_version_lire", id=identifier)
        return self._versions[identifier]

    def restore(self, identifier: str) -> None:
        """Take a version as the draft; the former draft is kept as a version of its own."""
        former = Cv.model_validate(self.version(identifier).cv)
        self.make_version(f"Avant de reprendre « {self.version(identifier).version.nom[:40]} »")
        self.write(former)

    def share(self, version: str, cible: str, *, contact: bool, days: int) -> CvLien:
        """Return a new link; its address is given this once."""
        made: CvLien = self._asks().ask(
            "cv_lien_creer", version_id=version, cible_id=cible, coordonnees=contact, jours=days,
            cle=self._key(),
        )  # fmt: skip
        self.load()
        return made

    def revoke(self, identifier: str) -> None:
        """Revoke a link."""
        self._asks().ask("cv_lien_revoquer", id=identifier)
        self.load()

    def shared_pages(self, version: str, cible: str, *, contact: bool) -> list[str]:
        """Return exactly the pages that a reader of a link sees, as SVG."""
        seen: CvApercu = self._asks().ask(
            "cv_lien_apercu", version_id=version, cible_id=cible, coordonnees=contact
        )
        return seen.pages

    def _settle(self, chosen: Cv) -> None:
        if self.other is None:
            return
        self._saved = self._start = self.other.cv
        self.revision = self.other.revision
        self.saved_at, self.other = self.other.saved_at, None
        self.write(chosen)

    def _try(self) -> None:
        answer = self._send()
        if answer.autre is not None:
            other = Cv.model_validate(answer.autre)
            if other in self._unanswered:  # our own write, whose answer was lost on the way
                self._saved, self.revision = other, answer.revision
                answer = self._send() if other != self.cv else answer
                other = Cv.model_validate(answer.autre) if answer.autre is not None else self.cv
            if other != self.cv:
                self.other = Other(other, answer.revision, answer.enregistre_le)
                return
        self.revision, self.saved_at = answer.revision, answer.enregistre_le
        self._saved = self._start = self.cv
        self._unanswered = []

    def _send(self) -> CvEnregistre:
        self._unanswered = [*self._unanswered[-3:], self.cv]
        answer: CvEnregistre = self._asks().ask(
            "cv_enregistrer", cv=self.cv.model_dump(mode="json"), revision=self.revision,
            cle=self._key(),
        )  # fmt: skip
        if answer.autre is not None and Cv.model_validate(answer.autre) != self.cv:
            self._unanswered.pop()  # answered: it was not written
        return answer
