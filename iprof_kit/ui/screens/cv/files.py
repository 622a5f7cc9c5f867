"""Files of the CV: those a person takes away, those she brings, shown before anything changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import counted, dashed
from iprof_kit.calculate import ask
from iprof_kit.cv.inputs import LARGEST_FILE, Apercu, read
from iprof_kit.cv.inputs.choosing import accepted
from iprof_kit.cv.model import Cible, Cv
from iprof_kit.cv.outputs import json_resume, own
from iprof_kit.cv.outputs.files import conditions_page, printing_notes
from iprof_kit.cv.person import Photo
from iprof_kit.cv.photo import LARGEST_FILE as LARGEST_PHOTO
from iprof_kit.cv.photo import read_photo
from iprof_kit.cv.printing import annexe, layout
from iprof_kit.documents import render
from iprof_kit.documents.model import Document
from iprof_kit.services.contract.cv import LONGEST_NAME
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.screens.cv.compare import shorten
from iprof_kit.ui.screens.cv.lines import Values, act
from iprof_kit.ui.screens.cv.session import Session
from iprof_kit.ui.screens.cv.store import BEFORE_IMPORT, before_import
from iprof_kit.ui.shared.messages import Intent

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON = "application/json"
TEXT = "text/plain; charset=utf-8"
IMPORT = "import"
_LONGEST_FILE_NAME = 50
_LIMIT = (
    f"La limite est de {LARGEST_PHOTO // 1_000_000} Mo pour une photo, de "
    f"{LARGEST_FILE // 1_000_000} Mo pour un fichier."
)


@dataclass(frozen=True)
class Brought:
    """A file that was read, and the writing of the CV that it was compared with."""

    name: str
    avant: Cv
    apercu: Apercu


@dataclass(frozen=True)
class FileToTake:
    """A file to take away: its title, what it is for, the end of its name, who makes it."""

    title: str
    what: str
    end: str
    media_type: str
    make: Callable[[Cv, Cible, date], bytes]


FILES: dict[str, FileToTake] = {
    "pdf": FileToTake(
        "PDF",
        "À imprimer, à envoyer, à archiver ; un lecteur d’écran sait le lire.",
        "cv.pdf",
        PDF,
        lambda cv, cible, today: _pdf(layout.document(cv, cible, today), cible),
    ),
    "docx": FileToTake(
        "Traitement de texte",
        "À modifier dans LibreOffice ou Word (DOCX).",
        "cv.docx",
        DOCX,
        lambda cv, cible, today: render.docx(layout.document(cv, cible, today), cible.modele),
    ),
    "texte": FileToTake(
        "Texte seul",
        "À coller dans un formulaire ou un courriel.",
        "cv.txt",
        TEXT,
        lambda cv, cible, today: render.text(layout.document(cv, cible, today)).encode(),
    ),
    "lettre": FileToTake(
        "La lettre de ce CV",
        "En PDF.",
        "lettre.pdf",
        PDF,
        lambda cv, cible, today: _pdf(layout.letter(cv, cible, today), cible),
    ),
    "annexe": FileToTake(
        "L’annexe",
        "En PDF, pour un poste spécifique, de formateur ou de chaire supérieure.",
        "annexe.pdf",
        PDF,
        lambda cv, cible, today: _pdf(annexe.document(cv, cible, today), cible),
    ),
    "conditions": FileToTake(
        "Les conditions de la liste d’aptitude",
        "En PDF : chaque condition, ce que votre CV en dit, le texte qui la pose.",
        "conditions.pdf",
        PDF,
        lambda cv, _cible, today: conditions_page(cv, "pdf", today, ask),
    ),
    "json": FileToTake(
        "Tout votre CV, à reprendre ici",
        "Toutes vos saisies et tous vos CV, dans un fichier JSON.",
        "cv.json",
        JSON,
        lambda cv, _cible, _today: own.dump(cv),
    ),
    "json_resume": FileToTake(
        "Tout votre CV, pour un autre outil",
        "Au format JSON Resume. Il dit tout, coordonnées comprises : relisez-le avant de le "
        "donner.",
        "resume.json",
        JSON,
        lambda cv, _cible, _today: json_resume.dump(cv),
    ),
}


@act("cv_telecharger")
def download(session: Session, values: Values) -> None:
    """Send a file of the CV that is shown."""
    wanted = FILES.get(values.get("of", ""))
    if wanted is None:
        return
    who = session.cv.faits.identite
    name = _plain(f"{who.prenom} {who.nom}")
    content = wanted.make(session.cv, session.cible, session.today())
    named = f"{name}-{wanted.end}" if name else wanted.end
    session.give(Download(named, wanted.media_type, content))
    if values.get("of") == "pdf":
        _tell_printing(session, content)


def _tell_printing(session: Session, content: bytes) -> None:
    """Say what the file does otherwise than was asked: the page that asks may show no preview."""
    printed = layout.document(session.cv, session.cible, session.today())
    for note in printing_notes(session.cible, printed, render.page_count(content)):
        session.say("Le PDF est fait. À regarder avant de l’envoyer :", note)


def bring(session: Session, asked: Intent) -> None:
    """Read a file and show what it would change; nothing is changed yet."""
    session.state.pages.pop(IMPORT, None)
    content = _content(asked)
    name = shorten(asked.file or "un fichier", _LONGEST_FILE_NAME)
    preview = read(content, session.cv, session.today())
    session.state.pages[IMPORT] = Brought(name, session.cv, preview)
    session.look_at("import-t")


@act("cv_importer")
def accept(session: Session, values: Values) -> None:
    """Make the changes that the person ticked; the CV as it was is first kept as a version."""
    brought = session.state.pages.get(IMPORT)
    if brought is None:
        return
    if brought.avant != session.cv:  # what she saw was of another writing
        session.state.pages.pop(IMPORT)
        session.say(
            "Votre CV a changé depuis cet aperçu.", "Choisissez de nouveau le fichier.", "refused"
        )
        return
    changes = brought.apercu.changements
    chosen = {one.ou for number, one in enumerate(changes) if f"l{number}" in values}
    if changes and not chosen:
        session.say(
            "Rien n’est coché.", "Cochez ce que vous voulez reprendre du fichier.", "refused"
        )
        return
    _import(session, brought, chosen)


def _import(session: Session, brought: Brought, chosen: set[str]) -> None:
    before = session.cv
    session.store.make_version(f"{BEFORE_IMPORT} {brought.name}"[:LONGEST_NAME])
    session.state.pages.pop(IMPORT)
    session.write(accepted(before, brought.apercu, chosen))
    session.say(f"« {brought.name} » est importé : {counted(len(chosen), 'changement')}.")
    session.new_forms()
    session.look_at("retablir")


@act("cv_annuler_import")
def undo_import(session: Session, _values: Values) -> None:
    """Bring back the whole CV as it was before the file."""
    former = before_import(session.store)
    if former is None:
        return
    session.write(Cv.model_validate(session.store.version(former.id).cv))
    session.new_forms()
    session.say("L’import est annulé.", "Votre CV est tel qu’il était avant le fichier.")


@act("cv_ne_pas_importer")
def refuse(session: Session, _values: Values) -> None:
    """Leave the file aside."""
    session.state.pages.pop(IMPORT, None)


def take_photo(session: Session, asked: Intent) -> None:
    """Read a photo and keep it; it is printed in the CVs that ask for it."""
    _write_photo(session, read_photo(_content(asked)))


@act("cv_retirer_photo")
def drop_photo(session: Session, _values: Values) -> None:
    """Forget the photo."""
    _write_photo(session, None)


UPLOADS: dict[str, Callable[[Session, Intent], None]] = {
    "cv_fichier": bring,
    "cv_photo": take_photo,
}


def _write_photo(session: Session, photo: Photo | None) -> None:
    identite = session.cv.faits.identite
    session.write_facts(identite=identite.model_copy(update={"photo": photo}))
    session.look_at("photo-t")


def _content(asked: Intent) -> bytes:
    if asked.content is not None:
        return asked.content
    weight = f"{asked.size / 1e6:.1f} Mo".replace(".", ",") if asked.size else "trop"
    raise InputError(f"ce fichier pèse {weight}.", remedy=_LIMIT)


def _pdf(made: Document | None, cible: Cible) -> bytes:
    if made is None:
        raise InputError("il n’y a rien à imprimer.", remedy="Écrivez d’abord la lettre.")
    return render.pdf(made, cible.modele)


def _plain(name: str) -> str:
    """Return a name fit for a file of any system."""
    return dashed(name).lower().strip("-")[:60]
