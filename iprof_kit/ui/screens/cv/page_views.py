"""The pages behind Édition du CV: identity, letter, versions, sharing, files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from iprof_kit.base.clock import paris
from iprof_kit.base.words import counted
from iprof_kit.cv.inputs import Apercu
from iprof_kit.cv.model import Cv, Inconnu
from iprof_kit.cv.person import Photo
from iprof_kit.cv.values import day
from iprof_kit.services.contract.cv import CvLien, CvVersion
from iprof_kit.ui.kit.levers import Segment
from iprof_kit.ui.kit.parts import Field, Option
from iprof_kit.ui.screens.cv.compare import Difference
from iprof_kit.ui.screens.cv.fields import CvField, sentence
from iprof_kit.ui.screens.cv.state import CvPage, version_words
from iprof_kit.ui.shared import text

_UNKNOWN_SHOWN = 200
_WRITTEN_DATE = re.compile(r"(?<![\w-])\d{4}-\d{2}(?:-\d{2})?(?![\w-])")
ON_SCREEN = "ecran"
"""Value of the choice of no version yet: the CV as the screen shows it."""
DURATIONS = ((7, "une semaine"), (30, "un mois"), (90, "trois mois"), (365, "un an"))


@dataclass(frozen=True)
class PartForm:
    """The form of one part; what the dossier knows of it is folded, its values in sight."""

    of: str
    title: str
    fields: tuple[CvField, ...]
    prefilled: bool
    known: tuple[CvField, ...] = ()

    @property
    def known_values(self) -> str:
        """Return what the folded fields say: « Madame, Isabelle, Chevalier, 02/03/1978 »."""
        return ", ".join(value for one in self.known if (value := one.shown))

    @property
    def wrong(self) -> bool:
        """Return whether one of the folded fields is to be mended or looked at."""
        return any(one.error or one.warning for one in self.known)


@dataclass(frozen=True)
class IdentiteView(CvPage):
    """Identity, address, situation, photo."""

    form_key: str = ""
    forms: tuple[PartForm, ...] = ()
    profiles: tuple[PartForm, ...] = ()
    more_profiles: bool = True
    photo: str = ""


@dataclass(frozen=True)
class LettreView(CvPage):
    """The letter of the CV that is shown."""

    form_key: str = ""
    fields: tuple[CvField, ...] = ()
    begun: bool = False
    annexe: bool = False
    pages: int = 0
    words: str = ""


@dataclass(frozen=True)
class VersionRow:
    """One version."""

    id: str
    name: str
    when: str
    current: bool


@dataclass(frozen=True)
class Compared:
    """A version beside the draft."""

    id: str
    words: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class VersionsView(CvPage):
    """The versions, and one of them beside the draft."""

    field: Field | None = None
    rows: tuple[VersionRow, ...] = ()
    compared: Compared | None = None


@dataclass(frozen=True)
class LinkRow:
    """One link."""

    id: str
    title: str
    words: str
    state: str
    open: bool


@dataclass(frozen=True)
class PartageView(CvPage):
    """The links, and what a reader will see."""

    fields: tuple[Field, ...] = ()
    days: tuple[Segment, ...] = ()
    shows: str = ""
    """What the link shows, as chosen: « comme à l’écran »."""
    contact: bool = False
    rows: tuple[LinkRow, ...] = ()
    address: str = ""
    seen: int = 0


@dataclass(frozen=True)
class FileRow:
    """One file to take away."""

    of: str
    name: str
    words: str


@dataclass(frozen=True)
class Change:
    """One change of an import; what is added is ticked, what would be replaced is not."""

    name: str
    what: str
    replaces: bool
    before: str
    after: str


@dataclass(frozen=True)
class Imported:
    """A file that was read, before anything changes."""

    summary: str
    changes: tuple[Change, ...]
    unknown: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class FichiersView(CvPage):
    """What may be taken away, what may be brought."""

    files: tuple[FileRow, ...] = ()
    imported: Imported | None = None
    kept: tuple[tuple[str, str], ...] = ()


def photo_address(photo: Photo | None) -> str:
    """Return the address of the photo; empty where there is none."""
    return f"data:{photo.type_media};base64,{photo.base64}" if photo else ""


def version_rows(versions: Sequence[CvVersion], revision: int) -> tuple[VersionRow, ...]:
    """Return the versions, newest first."""
    return tuple(
        VersionRow(one.id, one.nom, text.moment(one.creee_le), one.revision == revision)
        for one in versions
    )


def link_rows(
    links: Sequence[CvLien], versions: Sequence[CvVersion], now: datetime
) -> tuple[LinkRow, ...]:
    """Return the links, newest first."""
    names = {one.id: version_words(one) for one in versions}
    return tuple(_link(one, names.get(one.version_id, ""), now) for one in links)


def _link(one: CvLien, version: str, now: datetime) -> LinkRow:
    contact = "avec vos coordonnées" if one.coordonnees else "sans vos coordonnées"
    read = "jamais lu" if not one.lectures else f"lu {one.lectures} fois"
    if one.revoque_le:
        state = f"Révoqué le {_day(one.revoque_le)}"
    elif one.expire_le <= now:
        state = f"Expiré le {_day(one.expire_le)}"
    else:
        state = f"Ouvert jusqu’au {_day(one.expire_le)}"
    words = ", ".join(part for part in (version, contact, read) if part)
    is_open = one.revoque_le is None and one.expire_le > now
    return LinkRow(one.id, one.cible_titre or "sans nom", words, state, is_open)


def share_fields(
    cv: Cv, versions: Sequence[CvVersion], chosen: dict[str, str], current: str
) -> tuple[Field, ...]:
    """Return the lists of a new link: which version, which CV.

    Parameters
    ----------
    cv : Cv
        The draft.
    chosen : dict
        What is chosen, by name of field.
    current : str
        The version that is just what the screen shows; "" where none is.
    """

    def options(pairs: list[tuple[str, str]], name: str) -> tuple[Option, ...]:
        return tuple(Option(value, label, value == chosen.get(name)) for value, label in pairs)

    kept = [
        (one.id, f"{version_words(one)}{', comme à l’écran' if one.id == current else ''}")
        for one in versions
    ]
    if not current:
        kept.insert(0, (ON_SCREEN, "Votre CV comme à l’écran (une version en sera gardée)"))
    hint = "Ce que le lecteur voit ne change plus, même si vous modifiez votre CV."
    if chosen.get("version") not in (current, ON_SCREEN):
        hint = f"Votre CV a changé depuis cette version, que le lecteur verra telle quelle. {hint}"
    return (
        Field("version", "Ce que le lien montre", options=options(kept, "version"), hint=hint),
        Field(
            "cible",
            "CV",
            options=options([(one.id, one.titre or "sans nom") for one in cv.cibles], "cible"),
        ),
    )


def durations(chosen: str) -> tuple[Segment, ...]:
    """Return how long a link may last."""
    return tuple(Segment(str(days), words, str(days) == chosen) for days, words in DURATIONS)


def shows(fields: Sequence[Field], current: str) -> str:
    """Return what a link shows in a few words: the CV as it is, or what was chosen instead."""
    version, cible = fields
    chosen = next((one for one in version.options if one.selected), None)
    titles = [one.label for one in cible.options if one.selected and len(cible.options) > 1]
    as_it_is = chosen is None or chosen.value in (ON_SCREEN, current)
    when = "comme à l’écran" if as_it_is else "une version d’avant"
    return ", ".join([*(f"« {one} »" for one in titles), when])


def imported(preview: Apercu) -> Imported:
    """Return what an import would change, in words."""
    replaced = sum(one.genre == "modification" for one in preview.changements)
    counts = [
        counted(len(preview.changements) - replaced, "ajout"),
        counted(replaced, "remplacement"),
    ]
    words = ", ".join(one for one in counts if not one.startswith("0"))
    words = words or "Rien ne changerait"
    if preview.deja:
        words += f" ; {counted(preview.deja, 'ligne')} déjà dans votre CV"
    return Imported(
        f"{preview.format} : {words}.",
        tuple(
            Change(
                f"l{number}",
                one.libelle,
                one.genre == "modification",
                _in_words(one.avant),
                _in_words(one.apres),
            )
            for number, one in enumerate(preview.changements)
        ),
        unknown(preview.inconnus),
        tuple(f"{sentence(one)} {one.remede}".strip() for one in preview.remarques),
    )


def _in_words(value: str) -> str:
    """Return a value as a person reads it: « septembre 2010 » for « 2010-09 »."""
    return _WRITTEN_DATE.sub(lambda written: day(written[0]), value)


def unknown(fields: Sequence[Inconnu]) -> tuple[tuple[str, str], ...]:
    """Return the fields that the kit does not know: where they were, what they said."""
    return tuple((f"{one.origine}, {one.chemin}", one.valeur[:_UNKNOWN_SHOWN]) for one in fields)


def _day(moment: datetime) -> str:
    return text.day(paris(moment).date())
