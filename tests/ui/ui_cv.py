"""A guichet in memory that keeps a CV as the contract says, and a hand at the editor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import ui_people as people
from ui_html import check

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.services.contract.cv import (
    CvApercu,
    CvEnregistre,
    CvLien,
    CvLu,
    CvVersion,
    CvVersionLue,
)
from iprof_kit.ui.screens.cv.preview import Pages, Press
from iprof_kit.ui.screens.cv.screen import CvEditor

MORNING = datetime(2026, 11, 25, 9, 42, tzinfo=UTC)
"""10 h 42 in Paris."""


class Kept:
    """What the server keeps of one person, shared by her devices."""

    def __init__(self):
        self.cv, self.revision, self.at = None, 0, None
        self.versions, self.contents, self.links = [], {}, []
        self.waiting = []
        self.writes = []


class CvGuichet(people.FakeGuichet):
    """One device's guichet; `down` makes it unavailable, `mute` loses the answer of a write."""

    def __init__(self, kept=None, **more):
        super().__init__(**more)
        self.kept = kept or Kept()
        self.down = self.mute = False

    def ask(self, op, **args):
        if not op.startswith("cv"):
            return super().ask(op, **args)
        self.asked.append(op)
        if self.down:
            raise Unavailable("le serveur ne répond pas.", remedy="Réessayez dans un instant.")
        return getattr(self, f"_{op}")(**args)

    def _cv(self):
        kept = self.kept
        return CvLu(
            cv=kept.cv,
            deux_ecritures=kept.waiting,
            revision=kept.revision,
            enregistre_le=kept.at,
            versions=kept.versions,
            liens=kept.links,
        )

    def _cv_enregistrer(self, cv, revision, cle, deux_ecritures=()):
        kept = self.kept
        if revision != kept.revision and kept.cv != cv:
            return CvEnregistre(
                issue="conflit", revision=kept.revision, enregistre_le=kept.at, autre=kept.cv
            )
        kept.cv, kept.revision, kept.at = cv, kept.revision + 1, MORNING
        kept.waiting = list(deux_ecritures)
        kept.writes.append(cv)
        if self.mute:
            self.mute = False
            raise Unavailable("le serveur ne répond pas.")
        return CvEnregistre(issue="enregistre", revision=kept.revision, enregistre_le=MORNING)

    def _cv_version_creer(self, nom, revision, cle):
        kept = self.kept
        assert revision == kept.revision
        made = CvVersion(
            id=f"v{len(kept.versions) + 1}", nom=nom, creee_le=MORNING, revision=revision
        )
        kept.versions.insert(0, made)
        kept.contents[made.id] = kept.cv
        return made

    def _cv_version_lire(self, id):  # noqa: A002  # the contract's name
        version = next((one for one in self.kept.versions if one.id == id), None)
        if version is None:
            raise InputError("cette version n’existe pas.")
        return CvVersionLue(version=version, cv=self.kept.contents[id])

    def _cv_lien_creer(self, version_id, cible_id, coordonnees, jours, cle):
        made = CvLien(
            id=f"l{len(self.kept.links) + 1}",
            version_id=version_id,
            cible_id=cible_id,
            cible_titre="Mon CV",
            coordonnees=coordonnees,
            cree_le=MORNING,
            expire_le=MORNING + timedelta(days=jours),
        )
        self.kept.links.insert(0, made)
        return made.model_copy(update={"adresse": "/cv/jeton-de-demonstration"})

    def _cv_lien_revoquer(self, id):  # noqa: A002
        links = self.kept.links
        at = next(n for n, one in enumerate(links) if one.id == id)
        links[at] = links[at].model_copy(update={"revoque_le": MORNING})
        return links[at]

    def _cv_lien_apercu(self, version_id, cible_id, coordonnees):
        return CvApercu(pages=["<svg/>", "<svg/>"])


class NoPress(Press):
    """Draws nothing: the pages have tests of their own."""

    def cv(self, cv, cible, today, edited=""):
        return Pages(("data:,1",), "<p>texte</p>")

    def letter(self, cv, cible, today):
        return Pages(("data:,2",), "<p>lettre</p>") if cible.lettre.texte else Pages()


class Hand:
    """One device: what a person does on it; each page is checked as it comes."""

    def __init__(self, kept=None, path="/cv/formations", press=None, carnets=None, **more):
        self.guichet = CvGuichet(kept, **more)
        self.guichet.carnets = carnets if carnets is not None else {}
        self.editor = CvEditor(lambda: self.guichet, press or NoPress())
        self.go(path)

    @property
    def kept(self):
        return self.guichet.kept

    @property
    def cv(self):
        return self.editor.session.cv

    def go(self, path):
        self.path = path
        return self._hear({"kind": "route", "path": path})

    def do(self, name, of="", **values):
        values = {"of": of, **values} if of else values
        return self._hear({"kind": "intent", "name": name, "values": values, "path": self.path})

    def type(self, of, changed="", **values):
        values = {key.replace("__", "-"): value for key, value in values.items()}
        return self._hear(
            {
                "kind": "intent",
                "name": "cv_brouillon",
                "changed": changed,
                "values": {"of": of, **values},
                "path": self.path,
            }
        )

    def bring(self, name, content, size=None):
        return self._hear(
            {
                "kind": "intent",
                "name": name,
                "values": {},
                "path": self.path,
                "content": content,
                "size": size or len(content or b""),
            }
        )

    def add(self, section, **values):
        """Add a line and validate it; return how the pages name it."""
        self.do("cv_ajouter", section)
        of = self.open_form()
        self.do("cv_valider", of, **{k.replace("__", "-"): v for k, v in values.items()})
        return of

    def open_form(self):
        return next(
            t["value"]
            for t in self.page.all("input")
            if t.get("name") == "of" and ":" in t.get("value", "")
        )

    def _hear(self, message):
        self.answer = self.editor.handle(message)
        self.page = check(self.answer.html)
        self.html = self.answer.html
        return self.page
