"""From the state of a person's CV to each page: template, view, pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from iprof_kit.base.errors import KitError
from iprof_kit.calculate import ask
from iprof_kit.cv.model import USAGES, Cv
from iprof_kit.cv.printing import annexe
from iprof_kit.cv.remarks.advice import advice
from iprof_kit.cv.remarks.eligibility import eligibility
from iprof_kit.ui.screens.cv import edition
from iprof_kit.ui.screens.cv import list_view as lists
from iprof_kit.ui.screens.cv import page_views as pages
from iprof_kit.ui.screens.cv.compare import compare
from iprof_kit.ui.screens.cv.fields import cv_fields, of_part
from iprof_kit.ui.screens.cv.files import IMPORT
from iprof_kit.ui.screens.cv.keeping import COMPARED, link_choice, version_on_screen
from iprof_kit.ui.screens.cv.preview import Pages, Press, address
from iprof_kit.ui.screens.cv.profiles import MOST, PROFILE
from iprof_kit.ui.screens.cv.session import Session
from iprof_kit.ui.screens.cv.state import (
    MODELES,
    Around,
    CvPage,
    Preview,
    Undo,
    conflict,
    receipt,
    target_options,
    version_words,
)
from iprof_kit.ui.screens.cv.store import before_import
from iprof_kit.ui.screens.cv.targets import PARTS
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Field, Notice

Built = tuple[str, CvPage, tuple[str, ...]]


def build(session: Session, press: Press, path: str) -> Built:
    """Return the page of an address."""
    if path in lists.SECTIONS:
        return _list(session, press, path)
    return _BUILDERS[path](session, press)


def _list(session: Session, press: Press, path: str) -> Built:
    title, lead = lists.list_head(path)
    around, drawn = _around(session, press)
    blocks = lists.blocks_of(path, session.cv, session.cible, session.remarks(), session.editing)
    return "cv_liste", lists.ListView(title, lead, around=around, blocks=blocks), drawn.pictures


def _edition(session: Session, press: Press) -> Built:
    around, drawn = _around(session, press)
    cv, cible = session.cv, session.cible
    expected = edition.Expected(
        dict(USAGES)[cible.usage],
        tuple(
            Notice(text.sentence(one.message), text.french(one.remede))
            for one in advice(cv, cible, session.today())
        ),
        _law(session),
    )
    view = edition.EditionView(
        "Édition du CV",
        "Choisissez, ordonnez, intitulez : chaque CV puise dans les mêmes saisies.",
        around=around,
        targets=edition.targets_of(cv, cible),
        form_key=session.form_key,
        fields=edition.settings_of(cible, session.remarks()),
        sections=edition.sections_of(cv, cible),
        note=edition.note_of(cible),
        expected=expected,
    )
    return "cv_edition", view, drawn.pictures


def _law(session: Session) -> edition.Law | None:
    """Return the conditions of the law; None where the use has none, or cannot be asked."""
    if session.cible.usage != "liste_aptitude_agreges":
        return None
    try:
        return edition.law_of(eligibility(session.cv, session.today(), ask))
    except KitError as error:
        session.notices = (*session.notices, failed_notice(error))
        return None


def _identite(session: Session, press: Press) -> Built:
    around, drawn = _around(session, press)
    faits = session.cv.faits
    titles = {"identite": "Identité", "contact": "Coordonnées", "situation": "Situation"}
    forms = []
    for name in PARTS:
        remarks = of_part(session.remarks(), f"faits.{name}")
        part = getattr(faits, name)
        forms.append(
            pages.PartForm(
                name, titles[name], cv_fields(part.form, part, remarks), part.source == "dossier"
            )
        )
    view = pages.IdentiteView(
        "Identité et situation",
        "Repris de votre dossier quand il les connaît. Ce que vous "
        "changez ici ne change que votre CV.",
        around=around,
        form_key=session.form_key,
        forms=tuple(forms),
        profiles=_profiles(session),
        more_profiles=len(faits.contact.profils) < MOST,
        photo=pages.photo_address(faits.identite.photo),
    )
    return "cv_identite", view, drawn.pictures


def _profiles(session: Session) -> tuple[pages.PartForm, ...]:
    forms = []
    for at, profil in enumerate(session.cv.faits.contact.profils):
        remarks = of_part(session.remarks(), f"faits.contact.profils.{at}")
        title = text.french(profil.reseau.strip()) or f"Profil {at + 1}"
        fields = cv_fields(profil.form, profil, remarks)
        forms.append(pages.PartForm(f"{PROFILE}:{at}", title, fields, prefilled=False))
    return tuple(forms)


def _lettre(session: Session, press: Press) -> Built:
    cible = session.cible
    drawn = press.letter(session.cv, cible, session.today())
    around, _ = _around(session, press, drawn)
    fields = cv_fields(
        cible.lettre.form, cible.lettre, of_part(session.remarks(), f"cibles.{cible.id}.lettre")
    )
    made = annexe.document(session.cv, cible, session.today())
    view = pages.LettreView(
        "Lettre",
        text.french(f"Elle accompagne le CV « {cible.titre} »."),
        around=around,
        form_key=session.form_key,
        fields=fields,
        annexe=made is not None,
        pages=len(drawn.pictures),
        words=drawn.words,
    )
    return "cv_lettre", view, drawn.pictures


def _versions(session: Session, press: Press) -> Built:
    around, _ = _around(session, press, Pages())
    store = session.store
    compared = None
    if wanted := session.pages.get(COMPARED):
        read = store.version(wanted)
        compared = pages.Compared(
            wanted, version_words(read.version), compare(Cv.model_validate(read.cv), session.cv)
        )
    view = pages.VersionsView(
        "Versions",
        "Une version garde votre CV tel qu’il est aujourd’hui. Elle ne change plus.",
        around=around,
        field=Field(
            "nom",
            "Nom de la version",
            session.pages.get("nom", ""),
            "Par exemple : avant le mouvement.",
        ),
        rows=pages.version_rows(store.versions, store.revision),
        compared=compared,
    )
    return "cv_versions", view, ()


def _partage(session: Session, press: Press) -> Built:
    around, _ = _around(session, press, Pages())
    store = session.store
    chosen = link_choice(session)
    seen = tuple(map(address, session.pages.get("vu", ())))
    view = pages.PartageView(
        "Partage",
        "Un lien montre un de vos CV, tel qu’il est dans une version, à qui en a "
        "l’adresse. Il a une fin et vous pouvez le révoquer.",
        around=around,
        fields=pages.share_fields(session.cv, store.versions, chosen, version_on_screen(session)),
        contact="coordonnees" in chosen,
        rows=pages.link_rows(store.links, store.versions, datetime.now(UTC)),
        address=session.pages.get("adresse", ""),
        seen=len(seen),
    )
    return "cv_partage", view, seen


_FILES = (
    ("pdf", "PDF de ce CV", "Balisé, pour l’écran et l’archivage (PDF/UA-1, PDF/A-2a)"),
    ("lettre", "PDF de la lettre", "Celle de ce CV"),
    ("annexe", "PDF de l’annexe", "Pour un poste spécifique, de formateur ou de chaire supérieure"),
    ("conditions", "PDF des conditions de la liste d’aptitude",
     "Chaque condition, ce que votre CV en dit, le texte qui la pose"),
    ("docx", "Document à modifier (DOCX)", "Pour un traitement de texte"),
    ("texte", "Texte", "À coller dans un formulaire"),
    ("json", "Tout votre CV (JSON du kit)", "Toutes vos saisies et tous vos CV : se reprend ici"),
    ("json_resume", "JSON Resume",
     "Pour d’autres outils. Il dit tout, coordonnées comprises : relisez-le avant de le donner"),
)  # fmt: skip


def _fichiers(session: Session, press: Press) -> Built:
    around, _ = _around(session, press, Pages())
    cible = session.cible
    absent = set()
    if not cible.lettre.texte.strip():
        absent.add("lettre")
    if annexe.document(session.cv, cible, session.today()) is None:
        absent.add("annexe")
    if cible.usage != "liste_aptitude_agreges":
        absent.add("conditions")
    brought = session.pages.get(IMPORT)
    view = pages.FichiersView(
        "Importer et exporter",
        text.french(f"Les fichiers du CV « {cible.titre} », et ceux que vous apportez."),
        around=around,
        files=tuple(pages.FileRow(*row) for row in _FILES if row[0] not in absent),
        imported=pages.imported(brought.apercu) if brought else None,
        kept=pages.unknown(session.cv.faits.inconnus),
    )
    return "cv_fichiers", view, ()


_BUILDERS: dict[str, Callable[[Session, Press], Built]] = {
    "/cv/edition": _edition, "/cv/edition/identite": _identite, "/cv/edition/lettre": _lettre,
    "/cv/edition/versions": _versions, "/cv/edition/partage": _partage,
    "/cv/edition/fichiers": _fichiers,
}  # fmt: skip


def _around(session: Session, press: Press, other: Pages | None = None) -> tuple[Around, Pages]:
    """Return what surrounds a page; `other` says that it shows other pages than the CV's."""
    store, cible = session.store, session.cible
    edited = session.editing.item if session.editing else ""
    drawn = press.cv(session.cv, cible, session.today(), edited) if other is None else other
    preview = None
    if other is None:
        missing = next(iter(advice(session.cv, cible, session.today())), None)
        preview = Preview(
            cible.id,
            cible.titre or "sans nom",
            target_options(session.cv, cible),
            MODELES[cible.modele],
            len(drawn.pictures),
            drawn.words,
            drawn.trouble,
            text.sentence(missing.message) if missing else "",
            drawn.notes,
        )
    return Around(
        receipt(store.saved_at, store.versions, store.trouble),
        conflict(session.cv, store.other.content, store.other.saved_at) if store.other else None,
        _undo(session),
        preview,
        session.turn,
        session.focus,
    ), drawn


def _undo(session: Session) -> Undo | None:
    """Return what may be undone: the last deletion, or an import that nothing was written after."""
    if session.deleted is not None:
        return Undo(session.deleted.sentence)
    former = before_import(session.store)
    if former is None:
        return None
    sentence = text.french(f"La version « {former.nom} » garde votre CV d’avant le fichier.")
    return Undo(sentence, "cv_annuler_import", "Annuler l’import")


def failed_notice(error: KitError) -> Notice:
    """Return the notice of an act that was refused; nothing else changes on the page."""
    return Notice(text.sentence(error.message), text.french(error.remedy), "lost")


def with_notices(view: CvPage, notices: tuple[Notice, ...]) -> CvPage:
    """Return the page with its notices."""
    return replace(view, notices=notices)
