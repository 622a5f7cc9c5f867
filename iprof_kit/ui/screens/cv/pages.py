"""From the state of a person's CV to each page: template, view, pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from iprof_kit.base.errors import KitError
from iprof_kit.calculate import ask
from iprof_kit.cv.model import MODELES as MODEL_NAMES
from iprof_kit.cv.model import USAGES, Cible, Cv
from iprof_kit.cv.prefill import given
from iprof_kit.cv.printing import annexe
from iprof_kit.cv.remarks.advice import advice
from iprof_kit.cv.remarks.eligibility import eligibility
from iprof_kit.ui.kit.parts import Field, Notice, Option
from iprof_kit.ui.screens.cv import edition, targets
from iprof_kit.ui.screens.cv import list_view as lists
from iprof_kit.ui.screens.cv import page_views as pages
from iprof_kit.ui.screens.cv.compare import compare
from iprof_kit.ui.screens.cv.fields import cv_fields, of_part
from iprof_kit.ui.screens.cv.files import IMPORT
from iprof_kit.ui.screens.cv.keeping import COMPARED, link_choice, version_on_screen
from iprof_kit.ui.screens.cv.preview import Pages, Press, address
from iprof_kit.ui.screens.cv.profiles import MOST, PROFILE
from iprof_kit.ui.screens.cv.rows import progress, rows_of
from iprof_kit.ui.screens.cv.session import Session
from iprof_kit.ui.screens.cv.state import (
    MODELES,
    SEEN,
    Around,
    Bar,
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

Built = tuple[str, CvPage, tuple[str, ...]]


def build(session: Session, press: Press, path: str) -> Built:
    """Return the page of an address."""
    if path in lists.SECTIONS:
        return _list(session, press, path)
    return _BUILDERS[path](session, press)


def _list(session: Session, press: Press, path: str) -> Built:
    title, lead = lists.list_head(path)
    around, drawn = _around(session, press)
    blocks = lists.blocks_of(
        path, session.cv, session.cible, session.remarks(), session.state.editing
    )
    return "cv_liste", lists.ListView(title, lead, around=around, blocks=blocks), drawn.pictures


def _edition(session: Session, press: Press) -> Built:
    around, drawn = _around(session, press)
    cv, cible, day = session.cv, session.cible, session.today()
    expected = edition.Expected(
        dict(USAGES)[cible.usage],
        tuple(Notice(text.sentence(one.message), one.remede) for one in advice(cv, cible, day)),
        _law(session),
    )
    strong, lead = edition.answer_of(cv, len(drawn.pictures), drawn.over, day)
    opened = targets.opened(session)
    view = edition.EditionView(
        cible.titre or "CV sans nom",
        lead,
        lead_strong=strong,
        around=replace(around, preview=_with_models(around.preview, cible)),
        targets=edition.targets_of(cv, cible),
        form_key=session.form_key,
        fields=edition.settings_of(cible, session.remarks()),
        rows=rows_of(cv, cible, session.remarks(), session.state.editing, targets.asked(session)),
        opened=opened,
        parts=_parts(session, _IN_PLACE.get(opened, {})),
        over=edition.over_of(cible, drawn.over),
        note=edition.note_of(cible),
        expected=expected,
        beside=edition.beside_of(
            cible,
            session.store.versions,
            session.store.links,
            session.now(),
            from_dossier=cv.faits.identite.source == "dossier",
        ),
    )
    return "cv_edition", view, drawn.pictures


_IN_PLACE: dict[str, dict[str, tuple[str, ...]]] = {
    "identite": {
        "identite": ("prenom", "nom", "titre"),
        "contact": ("courriel", "telephone", "ville"),
    },
    "situation": {"situation": ()},
}
"""What the row of the list asks in place, part by part; no name: every field."""


def _with_models(shown: Preview | None, cible: Cible) -> Preview | None:
    models = tuple(Option(code, label, code == cible.modele) for code, label in MODEL_NAMES)
    return shown and replace(shown, models=models, options=())


def _law(session: Session) -> edition.Law | None:
    """Return the conditions of the law; None where the use has none, or cannot be asked."""
    if session.cible.usage != "liste_aptitude_agreges":
        return None
    try:
        return edition.law_of(eligibility(session.cv, session.today(), ask))
    except KitError as error:
        session.state.notices = (*session.state.notices, failed_notice(error))
        return None


def _parts(session: Session, wanted: Mapping[str, tuple[str, ...]]) -> tuple[pages.PartForm, ...]:
    """Return the forms of parts of the facts, with the fields that are named, or all of them."""
    forms = []
    for name, fields in wanted.items():
        part = getattr(session.cv.faits, name)
        specs = [one for one in part.form if not fields or one.name in fields]
        own = of_part(session.remarks(), f"faits.{name}")
        forms.append(
            pages.PartForm(
                name, _PARTS[name], cv_fields(specs, part, own), part.source == "dossier"
            )
        )
    return tuple(forms)


def _folded(session: Session, form: pages.PartForm) -> pages.PartForm:
    """Return a form with apart what the dossier gives: it stays there while it is being changed.

    The situation is the administration's: all of it is apart, what is empty included.
    """
    dossier = session.dossier()
    known = given(dossier)[form.of] if dossier else frozenset()
    if form.of == "situation":
        known = frozenset(one.name for one in form.fields)
    kept = tuple(one for one in form.fields if one.name in known)
    return replace(
        form, fields=tuple(one for one in form.fields if one.name not in known), known=kept
    )


_PARTS = {"identite": "Identité", "contact": "Coordonnées", "situation": "Situation"}


def _identite(session: Session, press: Press) -> Built:
    around, drawn = _around(session, press)
    faits = session.cv.faits
    view = pages.IdentiteView(
        "Identité et situation",
        "Seuls le prénom et le nom sont nécessaires. Ce que vous changez ici ne change que "
        "votre CV.",
        around=around,
        form_key=session.form_key,
        forms=tuple(_folded(session, one) for one in _parts(session, dict.fromkeys(PARTS, ()))),
        profiles=_profiles(session),
        more_profiles=len(faits.contact.profils) < MOST,
        photo=pages.photo_address(faits.identite.photo),
    )
    return "cv_identite", view, drawn.pictures


def _profiles(session: Session) -> tuple[pages.PartForm, ...]:
    forms = []
    for at, profil in enumerate(session.cv.faits.contact.profils):
        remarks = of_part(session.remarks(), f"faits.contact.profils.{at}")
        title = profil.reseau.strip() or f"Profil {at + 1}"
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
        f"Elle accompagne le CV « {cible.titre} ».",
        around=around,
        form_key=session.form_key,
        fields=fields,
        begun=bool(cible.lettre.texte.strip()),
        annexe=made is not None,
        pages=len(drawn.pictures),
        words=drawn.words,
    )
    return "cv_lettre", view, drawn.pictures


def _versions(session: Session, press: Press) -> Built:
    around, _ = _around(session, press, Pages())
    store = session.store
    compared = None
    if wanted := session.state.pages.get(COMPARED):
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
            session.state.pages.get("nom", ""),
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
    seen = tuple(map(address, session.state.pages.get("vu", ())))
    fields = pages.share_fields(session.cv, store.versions, chosen, version_on_screen(session))
    view = pages.PartageView(
        "Partager ce CV",
        "Un lien le montre tel qu’il est aujourd’hui à qui en a l’adresse. Il a une fin, et vous "
        "pouvez le révoquer.",
        around=around,
        fields=fields,
        days=pages.durations(chosen["jours"]),
        shows=pages.shows(fields, version_on_screen(session)),
        contact="coordonnees" in chosen,
        rows=pages.link_rows(store.links, store.versions, session.now()),
        address=session.state.pages.get("adresse", ""),
        seen=len(seen),
    )
    return "cv_partage", view, seen


_FILES = (
    ("pdf", "PDF", "À imprimer, à envoyer, à archiver ; un lecteur d’écran sait le lire."),
    ("docx", "Traitement de texte", "À modifier dans LibreOffice ou Word (DOCX)."),
    ("texte", "Texte seul", "À coller dans un formulaire ou un courriel."),
    ("lettre", "La lettre de ce CV", "En PDF."),
    ("annexe", "L’annexe",
     "En PDF, pour un poste spécifique, de formateur ou de chaire supérieure."),
    ("conditions", "Les conditions de la liste d’aptitude",
     "En PDF : chaque condition, ce que votre CV en dit, le texte qui la pose."),
    ("json", "Tout votre CV, à reprendre ici",
     "Toutes vos saisies et tous vos CV, dans un fichier JSON."),
    ("json_resume", "Tout votre CV, pour un autre outil",
     "Au format JSON Resume. Il dit tout, coordonnées comprises : relisez-le avant de le donner."),
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
    brought = session.state.pages.get(IMPORT)
    view = pages.FichiersView(
        "Importer et exporter",
        f"Les fichiers du CV « {cible.titre} », et ceux que vous apportez.",
        around=around,
        files=tuple(pages.FileRow(*row) for row in _FILES if row[0] not in absent),
        imported=pages.imported(brought.apercu) if brought else None,
        kept=pages.unknown(session.cv.faits.inconnus),
    )
    return "cv_fichiers", view, ()


_WITH_PREVIEW = (*lists.SECTIONS, "/cv/edition", "/cv/edition/identite", "/cv/edition/lettre")
_BUILDERS: dict[str, Callable[[Session, Press], Built]] = {
    "/cv/edition": _edition, "/cv/edition/identite": _identite, "/cv/edition/lettre": _lettre,
    "/cv/edition/versions": _versions, "/cv/edition/partage": _partage,
    "/cv/edition/fichiers": _fichiers,
}  # fmt: skip


def _around(session: Session, press: Press, other: Pages | None = None) -> tuple[Around, Pages]:
    """Return what surrounds a page; `other` says that it shows other pages than the CV's."""
    store, cible = session.store, session.cible
    edited = session.state.editing.item if session.state.editing else ""
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
        _bar(session),
        conflict(session.cv, store.other.content, store.other.saved_at) if store.other else None,
        _undo(session),
        preview,
        session.state.turn,
        session.state.focus,
        session.state.place,
    ), drawn


def _bar(session: Session) -> Bar:
    """Return the bar of a page; where a page has no preview of the CV, it leads to the editor's."""
    filled, every = progress(session.cv.faits)
    path = session.path if session.path in _WITH_PREVIEW else "/cv/edition"
    seen = session.state.seen and path == session.path
    sharing = session.path == "/cv/edition/partage"
    return Bar(filled, every, seen, f"{path}?{'='.join(SEEN)}", path, sharing)


def _undo(session: Session) -> Undo | None:
    """Return what may be undone: the last deletion, or an import that nothing was written after."""
    if session.state.deleted is not None:
        return Undo(session.state.deleted.sentence)
    former = before_import(session.store)
    if former is None:
        return None
    sentence = f"La version « {former.nom} » garde votre CV d’avant le fichier."
    return Undo(sentence, "cv_annuler_import", "Annuler l’import")


def failed_notice(error: KitError) -> Notice:
    """Return the notice of an act that was refused; nothing else changes on the page."""
    return Notice(text.sentence(error.message), error.remedy, "lost")
