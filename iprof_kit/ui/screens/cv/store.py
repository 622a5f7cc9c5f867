"""The CV of one person as the server keeps it: a draft, versions, links, the CV shown last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, ClassVar

from iprof_kit.base.errors import KitError, Unavailable
from iprof_kit.cv.merge import merge
from iprof_kit.cv.model import Cv, Faits
from iprof_kit.cv.sections import ITEMS
from iprof_kit.cv.sections.item import Item
from iprof_kit.services.contract.carnet import CARNET_ENREGISTRER, CARNET_LIRE, CarnetEnregistre
from iprof_kit.services.contract.cv import (
    CV_ENREGISTRER,
    CV_LIEN_APERCU,
    CV_LIEN_CREER,
    CV_LIEN_REVOQUER,
    CV_LIRE,
    CV_VERSION_CREER,
    CV_VERSION_LIRE,
    CvLien,
    CvVersion,
    CvVersionLue,
)
from iprof_kit.services.contract.operation import Asks
from iprof_kit.ui.kit.carnet import Document, FieldByField, Sent, new_key, two_writings
from iprof_kit.ui.shared.part import Part

BEFORE_IMPORT = "Avant d’importer"
"""How the version that an import keeps first is named."""


class Store(FieldByField[Cv]):
    """One draft being edited here, and what the server has.

    Parameters
    ----------
    asks : callable
        Returns the guichet.
    begin : callable
        Completes what was read (from the dossier); it is saved with the person's first change.
    key : callable
        Returns a new idempotency key.
    """

    keeps: ClassVar[tuple[str, ...]] = (*FieldByField.keeps, "_before", "versions", "links")

    def __init__(
        self,
        asks: Callable[[], Asks],
        begin: Callable[[Cv], Cv] = lambda cv: cv,
        key: Callable[[], str] = new_key,
    ) -> None:
        super().__init__(Cv(), self._ask_to_save)
        self._asks, self._begin, self._key = asks, begin, key
        self._before = Cv()
        self._versions: dict[str, CvVersionLue] = {}
        self.versions: list[CvVersion] = []
        self.links: list[CvLien] = []

    @property
    def cv(self) -> Cv:
        """The draft as it is on this screen."""
        return self.content

    @cv.setter
    def cv(self, cv: Cv) -> None:
        self.content = cv

    def load(self) -> None:
        """Read the draft, the versions and the links; what is not saved yet here is kept."""
        read = CV_LIRE.ask(self._asks())
        self.versions, self.links = list(read.versions), list(read.liens)
        if not self._clashes and not self.would_take(read.revision):
            return
        saved = Cv.model_validate(read.cv) if read.cv is not None else None
        start = self._begin(saved or Cv())
        if read.deux_ecritures:  # asked before this page was opened: it still waits
            waiting = [one.model_dump() for one in read.deux_ecritures]
            whole, self._clashes = two_writings.opened(
                document_of(start) | {two_writings.BOTH: waiting}
            )
            start, self._before = cv_of(whole, start, start), Cv()
        self.take(saved, start, read.revision, read.enregistre_le)
        self._wait_for_a_choice()

    def force(self) -> None:
        """Save it; of what was written elsewhere meanwhile, only fields that both changed wait."""
        if not self._clashes:
            self._before = self._start
        super().force()

    def put_together(self) -> None:
        """Take both: a line of which both sides changed a field is kept twice."""
        if self.other is not None:
            both = merge(self._before, self.cv, self.other.content)
            self._choose(both)

    def _document(self, content: Cv) -> Document:
        return document_of(content)

    def _content(self, document: Document, here: Cv, elsewhere: Cv) -> Cv:
        return cv_of(document, here, elsewhere)

    def make_version(self, name: str) -> CvVersion:
        """Keep the draft under a name.

        Raises
        ------
        KitError
            The draft is not saved, or the server refuses.
        """
        if self.unsaved:
            self.force()
        if self.trouble is not None:
            raise self.trouble
        if self.other is not None:
            raise Unavailable(
                "le brouillon n’est pas enregistré.",
                remedy="Choisissez d’abord laquelle des deux écritures garder.",
            )
        made = CV_VERSION_CREER.ask(self._asks(), nom=name, revision=self.revision, cle=self._key())
        self.load()
        return made

    def version(self, identifier: str) -> CvVersionLue:
        """Return a version and its content, read once."""
        if identifier not in self._versions:
            self._versions[identifier] = CV_VERSION_LIRE.ask(self._asks(), id=identifier)
        return self._versions[identifier]

    def restore(self, identifier: str) -> None:
        """Take a version as the draft; the former draft is kept as a version of its own."""
        former = Cv.model_validate(self.version(identifier).cv)
        self.make_version(f"Avant de reprendre « {self.version(identifier).version.nom[:40]} »")
        self.write(former)

    def share(self, version: str, cible: str, *, contact: bool, days: int) -> CvLien:
        """Return a new link; its address is given this once."""
        made = CV_LIEN_CREER.ask(
            self._asks(),
            version_id=version,
            cible_id=cible,
            coordonnees=contact,
            jours=days,
            cle=self._key(),
        )
        self.load()
        return made

    def revoke(self, identifier: str) -> None:
        """Revoke a link."""
        CV_LIEN_REVOQUER.ask(self._asks(), id=identifier)
        self.load()

    def open_links(self, now: datetime) -> list[CvLien]:
        """Return the links that a reader may still open."""
        return [one for one in self.links if one.revoque_le is None and one.expire_le > now]

    def shared_pages(self, version: str, cible: str, *, contact: bool) -> list[str]:
        """Return exactly the pages that a reader of a link sees, as SVG."""
        seen = CV_LIEN_APERCU.ask(
            self._asks(), version_id=version, cible_id=cible, coordonnees=contact
        )
        return seen.pages

    def _waiting(self, cv: Cv) -> dict[str, Any]:
        """Return what is kept beside the CV: here’s words of the fields that wait."""
        here = document_of(cv) if self._clashes else {}
        fields = [
            {"ou": list(one.path), "ici": two_writings.at(here, one.path)} for one in self._clashes
        ]
        return {two_writings.BOTH: fields} if fields else {}

    def _ask_to_save(self, cv: Cv, revision: int) -> Sent[Cv]:
        kept = self._with_theirs(cv)  # until she chooses, what was there first stays there
        answer = CV_ENREGISTRER.ask(
            self._asks(),
            cv=kept.model_dump(mode="json"),
            revision=revision,
            cle=self._key(),
            **self._waiting(cv),
        )
        other = Cv.model_validate(answer.autre) if answer.autre is not None else None
        return Sent(answer.revision, answer.enregistre_le, other)


def before_import(store: Store) -> CvVersion | None:
    """Return the version from before an import that nothing was written after; None where none.

    The server has all that tells it: a reload or another device may undo as well.
    """
    newest = store.versions[0] if store.versions else None
    if newest is None or not newest.nom.startswith(BEFORE_IMPORT):
        return None
    return newest if store.revision == newest.revision + 1 and not store.pending else None


_SUBJECT, _FIELD = "cv", "montre"


class Shown(Part):
    """The CV shown last, on any device; the last choice counts.

    Nothing depends on it: where it cannot be read or kept, a page shows the first CV.

    Parameters
    ----------
    asks : callable
        Returns the guichet.
    """

    keeps = ("_revision",)

    def __init__(self, asks: Callable[[], Asks]) -> None:
        self._asks = asks
        self._revision = 0

    def read(self) -> str:
        """Return the identifier kept, "" where none is."""
        with suppress(KitError):
            kept = CARNET_LIRE.ask(self._asks(), sujet=_SUBJECT)
            self._revision = kept.revision
            return str((kept.contenu or {}).get(_FIELD, ""))
        return ""

    def keep(self, identifier: str) -> None:
        """Keep an identifier, over what another device kept meanwhile."""
        with suppress(KitError):
            if self._write(identifier).issue == "conflit":
                self._write(identifier)

    def _write(self, identifier: str) -> CarnetEnregistre:
        answer = CARNET_ENREGISTRER.ask(
            self._asks(),
            sujet=_SUBJECT,
            contenu={_FIELD: identifier},
            revision=self._revision,
            cle=new_key(),
        )
        self._revision = answer.revision
        return answer


_BOTH_KEPT = ("ecartes", "inconnus")
"""What is only ever added to: both writings keep theirs."""


def document_of(cv: Cv) -> Document:
    """Return a CV as fields by name, its lines by their id.

    Examples
    --------
    >>> sorted(document_of(Cv()))
    ['cibles', 'faits']
    """
    faits = cv.faits.model_dump(mode="json", exclude=set(_BOTH_KEPT))
    by_id = {section: {one["id"]: one for one in faits[section]} for section in ITEMS}
    cibles = {one.id: one.model_dump(mode="json") for one in cv.cibles}
    return {"faits": faits | by_id, "cibles": cibles}


def cv_of(document: Document, here: Cv, elsewhere: Cv) -> Cv:
    """Return the CV that a document says: the order is that of here, then of elsewhere."""
    faits = document.get("faits", {})
    kept: dict[str, Any] = {
        name: one for name, one in faits.items() if name not in ITEMS and name not in _BOTH_KEPT
    }
    for section in ITEMS:
        ours, theirs = (getattr(cv.faits, section) for cv in (here, elsewhere))
        ids = [one.id for one in (*ours, *theirs)]
        twice = _said_twice(ours, theirs)
        lines = {one: line for one, line in faits.get(section, {}).items() if one not in twice}
        kept[section] = _ordered(lines, ids)
    for name in _BOTH_KEPT:
        both = [one for cv in (here, elsewhere) for one in getattr(cv.faits, name)]
        kept[name] = list(dict.fromkeys(both)) if name == "ecartes" else _once(both)
    ids = [one.id for cv in (here, elsewhere) for one in cv.cibles]
    return Cv(
        schema_version=here.schema_version,
        faits=Faits.model_validate(kept),
        cibles=_ordered(document.get("cibles", {}), ids),
    )


def _ordered(lines: dict[str, Any], ids: Sequence[str]) -> tuple[Any, ...]:
    """Return lines in the order of their ids; one of which only a field is left is no line."""
    return tuple(lines[one] for one in dict.fromkeys([*ids, *lines]) if "id" in lines.get(one, {}))


def _said_twice(ours: Sequence[Item], theirs: Sequence[Item]) -> set[str]:
    """Return the lines that one side alone has, in the words of a line of the other alone."""
    own, other = {one.id for one in ours}, {one.id for one in theirs}
    words = {_words(one) for one in ours if one.id not in other}
    return {one.id for one in theirs if one.id not in own and _words(one) in words}


def _words(one: Item) -> str:
    return one.model_dump_json(exclude={"id", "source"})


def _once(values: Sequence[Any]) -> list[Any]:
    return [one for at, one in enumerate(values) if one not in values[:at]]
