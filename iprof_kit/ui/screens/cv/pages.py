"""From the state of a person's CV to each page: template, view, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from iprof_kit.base.errors import KitError
from iprof_kit.calculate import ask
from iprof_kit.cv.inputs import Apercu
from iprof_kit.cv.model import MODELES, Cible, Cv, Inconnu
from iprof_kit.cv.person import Photo
from iprof_kit.cv.prefill import given
from iprof_kit.cv.printing import annexe
from iprof_kit.cv.remarks.advice import advice
from iprof_kit.cv.remarks.eligibility import eligibility
from iprof_kit.cv.values import day
from iprof_kit.services.contract.cv import CvLien, CvVersion
from iprof_kit.ui.kit.levers import Segment
from iprof_kit.ui.kit.parts import Field, failed
from iprof_kit.ui.screens.cv import edition, targets
from iprof_kit.ui.screens.cv import list_view as lists
from iprof_kit.ui.screens.cv.compare import Difference, compare
from iprof_kit.ui.screens.cv.edition import PartForm
from iprof_kit.ui.screens.cv.fields import cv_fields, of_part, sentence
from iprof_kit.ui.screens.cv.files import FILES, IMPORT, FileToTake
from iprof_kit.ui.screens.cv.keeping import (
    COMPARED,
    DURATIONS,
    link_choice,
    link_words,
    share_fields,
    version_on_screen,
)
from iprof_kit.ui.screens.cv.lines import MOST, PROFILE
from iprof_kit.ui.screens.cv.preview import Pages, Press, address
from iprof_kit.ui.screens.cv.rows import progress, rows_of
from iprof_kit.ui.screens.cv.session import Session
from iprof_kit.ui.screens.cv.state import SEEN, Around, Bar, CvPage, Preview, TwoWritings, Undo
from iprof_kit.ui.screens.cv.store import before_import
from iprof_kit.ui.screens.cv.targets import PARTS
from iprof_kit.ui.shared import text

Built = tuple[str, CvPage, tuple[str, ...]]
_WRITTEN_DATE = re.compile(r"(?<![\w-])\d{4}-\d{2}(?:-\d{2})?(?![\w-])")


@dataclass(frozen=True, kw_only=True)
class IdentiteView(CvPage):
    """Identity, address, situation, photo."""

    form_key: str
    forms: tuple[PartForm, ...]
    profiles: tuple[PartForm, ...]
    more_profiles: bool
    photo: Photo | None


@dataclass(frozen=True, kw_only=True)
class LettreView(CvPage):
    """The letter of the CV that is shown."""

    form_key: str
    cible: Cible
    drawn: Pages
    fields: tuple[Field, ...]
    annexe: bool


@dataclass(frozen=True, kw_only=True)
class VersionsView(CvPage):
    """The versions, and one of them beside the draft."""

    field: Field
    versions: Sequence[CvVersion]
    revision: int
    compared: CvVersion | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PartageView(CvPage):
    """The links, and what a reader will see."""

    fields: tuple[Field, ...]
    days: tuple[Segment, ...]
    shows: str
    """What the link shows, as chosen: « comme à l’écran »."""
    contact: bool
    links: Sequence[CvLien]
    open: frozenset[str]
    versions: Mapping[str, CvVersion]
    address: str = ""
    seen: int = 0


@dataclass(frozen=True, kw_only=True)
class FichiersView(CvPage):
    """What may be taken away, what may be brought."""

    files: Mapping[str, FileToTake]
    brought: Apercu | None = None
    """A file that was read, before anything changes: what is added is ticked."""
    remarks: tuple[str, ...] = ()
    kept: tuple[Inconnu, ...] = ()


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
    around, drawn = _around(session, press, models=True)
    cv, cible, store = session.cv, session.cible, session.store
    opened = targets.opened(session)
    law = _law(session)
    strong, lead = edition.answer_of(cv, len(drawn.pictures), drawn.over, session.today())
    view = edition.EditionView(
        cible.titre or "CV sans nom",
        lead,
        lead_strong=strong,
        around=around,
        cible=cible,
        cibles=cv.cibles,
        form_key=session.form_key,
        fields=edition.settings_of(cible, session.remarks()),
        rows=rows_of(cv, cible, session.remarks(), session.state.editing, opened),
        opened=opened,
        asked=targets.asked(session),
        parts=_parts(session, _IN_PLACE.get(opened, {})),
        over=edition.over_of(cible, drawn.over),
        missing=advice(cv, cible, session.today()),
        law=law,
        beside=edition.beside_of(cv, cible, store.versions, len(store.open_links(session.now()))),
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


def _law(session: Session) -> edition.Law | None:
    """Return the conditions of the law; None where the use has none, or cannot be asked."""
    if session.cible.usage != "liste_aptitude_agreges":
        return None
    try:
        return edition.law_of(eligibility(session.cv, session.today(), ask))
    except KitError as error:
        session.state.notices = (*session.state.notices, failed(error))
        return None


def _parts(session: Session, wanted: Mapping[str, tuple[str, ...]]) -> tuple[PartForm, ...]:
    """Return the forms of parts of the facts, with the fields that are named, or all of them."""
    forms = []
    for name, fields in wanted.items():
        part = getattr(session.cv.faits, name)
        asked = [one for one in part.form if not fields or one.name in fields]
        shown = cv_fields(asked, part, of_part(session.remarks(), f"faits.{name}"))
        forms.append(PartForm(name, PARTS[name], shown, part.source == "dossier"))
    return tuple(forms)


def _folded(session: Session, form: PartForm) -> PartForm:
    """Return a form with apart what the dossier gives: it stays there while it is being changed.

    The situation is the administration's: all of it is apart, what is empty included.
    """
    dossier = session.dossier()
    known = given(dossier)[form.of] if dossier else frozenset()
    if form.of == "situation":
        known = frozenset(one.name for one in form.fields)
    apart = tuple(one for one in form.fields if one.name in known)
    return replace(
        form, fields=tuple(one for one in form.fields if one.name not in known), known=apart
    )


def _identite(session: Session, press: Press) -> Built:
    around, drawn = _around(session, press)
    faits = session.cv.faits
    view = IdentiteView(
        "Identité et situation",
        "Seuls le prénom et le nom sont nécessaires. Ce que vous changez ici ne change que "
        "votre CV.",
        around=around,
        form_key=session.form_key,
        forms=tuple(_folded(session, one) for one in _parts(session, dict.fromkeys(PARTS, ()))),
        profiles=_profiles(session),
        more_profiles=len(faits.contact.profils) < MOST,
        photo=faits.identite.photo,
    )
    return "cv_identite", view, drawn.pictures


def _profiles(session: Session) -> tuple[PartForm, ...]:
    forms = []
    for at, profil in enumerate(session.cv.faits.contact.profils):
        remarks = of_part(session.remarks(), f"faits.contact.profils.{at}")
        title = profil.reseau.strip() or f"Profil {at + 1}"
        fields = cv_fields(profil.form, profil, remarks)
        forms.append(PartForm(f"{PROFILE}:{at}", title, fields, prefilled=False))
    return tuple(forms)


def _lettre(session: Session, press: Press) -> Built:
    cible = session.cible
    drawn = press.letter(session.cv, cible, session.today())
    remarks = of_part(session.remarks(), f"cibles.{cible.id}.lettre")
    view = LettreView(
        "Lettre",
        f"Elle accompagne le CV « {cible.titre} ».",
        around=_around(session, press, drawn)[0],
        form_key=session.form_key,
        cible=cible,
        drawn=drawn,
        fields=cv_fields(cible.lettre.form, cible.lettre, remarks),
        annexe=annexe.document(session.cv, cible, session.today()) is not None,
    )
    return "cv_lettre", view, drawn.pictures


def _versions(session: Session, press: Press) -> Built:
    store, remembered = session.store, session.state.pages
    view = VersionsView(
        "Versions",
        "Une version garde votre CV tel qu’il est aujourd’hui. Elle ne change plus.",
        around=_around(session, press, Pages())[0],
        field=Field(
            "nom",
            "Nom de la version",
            hint="Par exemple : avant le mouvement.",
            needed=True,
            value=remembered.get("nom", ""),
        ),
        versions=store.versions,
        revision=store.revision,
    )
    if wanted := remembered.get(COMPARED):
        read = store.version(wanted)
        differences = compare(Cv.model_validate(read.cv), session.cv)
        view = replace(view, compared=read.version, differences=differences)
    return "cv_versions", view, ()


def _partage(session: Session, press: Press) -> Built:
    store, current = session.store, version_on_screen(session)
    chosen = link_choice(session)
    seen = tuple(map(address, session.state.pages.get("vu", ())))
    fields = share_fields(session.cv, store.versions, chosen, current)
    view = PartageView(
        "Partager ce CV",
        "Un lien le montre tel qu’il est aujourd’hui à qui en a l’adresse. Il a une fin, et vous "
        "pouvez le révoquer.",
        around=_around(session, press, Pages())[0],
        fields=fields,
        days=tuple(Segment(f"{n}", words, f"{n}" == chosen["jours"]) for n, words in DURATIONS),
        shows=link_words(fields, current),
        contact="coordonnees" in chosen,
        links=store.links,
        open=frozenset(one.id for one in store.open_links(session.now())),
        versions={one.id: one for one in store.versions},
        address=session.state.pages.get("adresse", ""),
        seen=len(seen),
    )
    return "cv_partage", view, seen


def _fichiers(session: Session, press: Press) -> Built:
    cible, brought = session.cible, session.state.pages.get(IMPORT)
    absent = {
        "lettre": not cible.lettre.texte.strip(),
        "annexe": annexe.document(session.cv, cible, session.today()) is None,
        "conditions": cible.usage != "liste_aptitude_agreges",
    }
    view = FichiersView(
        "Importer et exporter",
        f"Les fichiers du CV « {cible.titre} », et ceux que vous apportez.",
        around=_around(session, press, Pages())[0],
        files={of: one for of, one in FILES.items() if not absent.get(of)},
        brought=_in_words(brought.apercu) if brought else None,
        remarks=tuple(
            f"{sentence(one)} {one.remede}" for one in (brought.apercu.remarques if brought else ())
        ),
        kept=session.cv.faits.inconnus,
    )
    return "cv_fichiers", view, ()


def _in_words(read: Apercu) -> Apercu:
    """Return what a file changes with its dates as a person reads them: « septembre 2010 »."""

    def words(value: str) -> str:
        return _WRITTEN_DATE.sub(lambda written: day(written[0]), value)

    changes = tuple(
        one.model_copy(update={"avant": words(one.avant), "apres": words(one.apres)})
        for one in read.changements
    )
    return read.model_copy(update={"changements": changes})


_WITH_PREVIEW = (*lists.SECTIONS, "/cv/edition", "/cv/edition/identite", "/cv/edition/lettre")
_BUILDERS: dict[str, Callable[[Session, Press], Built]] = {
    "/cv/edition": _edition,
    "/cv/edition/identite": _identite,
    "/cv/edition/lettre": _lettre,
    "/cv/edition/versions": _versions,
    "/cv/edition/partage": _partage,
    "/cv/edition/fichiers": _fichiers,
}


def _around(
    session: Session, press: Press, other: Pages | None = None, *, models: bool = False
) -> tuple[Around, Pages]:
    """Return what surrounds a page; `other` says that it shows other pages than the CV's."""
    store, cible, state = session.store, session.cible, session.state
    edited = state.editing.item if state.editing else ""
    drawn = press.cv(session.cv, cible, session.today(), edited) if other is None else other
    preview = None
    if other is None:
        missing = next(iter(advice(session.cv, cible, session.today())), None)
        preview = Preview(
            cible,
            drawn,
            () if models else session.cv.cibles,
            text.sentence(missing.message) if missing else "",
            MODELES if models else (),
        )
    conflict = None
    if store.other:
        differences = compare(session.cv, store.other.content)
        conflict = TwoWritings(store.other.saved_at, differences)
    return Around(
        store.saved_at,
        store.trouble,
        _bar(session),
        conflict,
        _undo(session),
        preview,
        state.turn,
        state.focus,
        state.place,
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
