"""JSON Resume read: lines of other tools, and the whole CV where the kit wrote the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from iprof_kit.base.words import folded
from iprof_kit.cv.dates import tidy
from iprof_kit.cv.inputs import lenient
from iprof_kit.cv.inputs.notes import MOST_ITEMS, Notes
from iprof_kit.cv.model import Cv, Faits
from iprof_kit.cv.outputs.json_resume import (
    BASICS,
    CONTACT,
    COUNTRIES,
    DATES,
    FORMER_BASICS,
    LOCATION,
    OWN,
    PROFILE,
    basics,
    entry,
    location,
)
from iprof_kit.cv.person import Contact, Identite, Photo, Profil
from iprof_kit.cv.photo import from_base64
from iprof_kit.cv.sections import FROM_OTHERS, LISTS, ItemSection
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.resume import ResumeList, renamed
from iprof_kit.cv.values import day

ORIGIN = "JSON Resume"
KEYS = frozenset({"basics", "$schema", "meta", OWN, *FROM_OTHERS})
_OF_THE_FILE = frozenset({"canonical", "version", "lastModified"})
_STILL = frozenset({"present", "en cours", "aujourd'hui", "current", "now", "actuel"})
ItemsRead = dict[ItemSection, list[Item]]


def read(given: Mapping[str, Any], notes: Notes, today: date) -> Cv:
    """Return the CV of a JSON Resume file; unknown fields go to the notes.

    Parameters
    ----------
    given : mapping
        The file.
    notes : Notes
        Receives the unknown fields and the remarks.
    today : date
        A study that ends after it is in progress.
    """
    own = given.get(OWN)
    if not isinstance(own, Mapping):
        notes.keep(OWN, own) if own is not None else None
        own = {}
    faits = person(given.get("basics"), own, notes)
    items_read: ItemsRead = {section: [] for section in LISTS}
    for key, value in given.items():
        if key in FROM_OTHERS:
            _lines(key, value, items_read, notes, today)
        elif key not in KEYS:
            notes.keep(str(key), value)
    _rest(given, notes)
    sections = {
        section: lenient.single_ids(items, section, notes)
        for section, items in _ordered(items_read, own.get("ordre")).items()
    }
    cibles = lenient.read(Cv, {"cibles": own.get("cibles", [])}, OWN, notes).cibles
    return Cv(faits=faits.model_copy(update=sections), cibles=cibles)


def _rest(given: Mapping[str, Any], notes: Notes) -> None:
    meta = given.get("meta")
    if isinstance(meta, Mapping):
        for key, value in meta.items():
            if key not in _OF_THE_FILE:
                notes.keep(f"meta.{key}", value)
    elif meta is not None:
        notes.keep("meta", meta)


def _lines(key: str, value: object, items_read: ItemsRead, notes: Notes, today: date) -> None:
    if value is None:
        return
    if not isinstance(value, list) or len(value) > MOST_ITEMS:
        notes.keep(key, value)
        notes.warn(
            key,
            f"une liste de {MOST_ITEMS} lignes au plus était attendue.",
            "Elle est gardée dans les champs inconnus.",
        )
        return
    for number, one in enumerate(value):
        where = f"{key}.{number}"
        if not isinstance(one, Mapping):
            notes.keep(where, one)
            continue
        section, item = _line(key, one, where, notes, today)
        if item is not None:
            items_read[section].append(item)


def _line(
    key: str, given: Mapping[str, Any], where: str, notes: Notes, today: date
) -> tuple[ItemSection, Item | None]:
    """Return one line: as the kit wrote it, with what another tool changed since."""
    own = given.get(OWN)
    section: Any = own.get("section") if isinstance(own, Mapping) else None
    if not isinstance(own, Mapping) or section not in LISTS:
        section, lines = FROM_OTHERS[key]
        rest = renamed(given, lines.former)
        fields, description = _fields(lines, rest, where, notes)
        if not (fields or description):
            return section, None
        values: dict[str, str] = {**lines.given, **fields}
        if description:
            values["description"] = _joined(values.get("description", ""), description)
        described = LISTS[section]
        return section, described.as_read(described.item(**values), given, today)
    as_kept = {name: value for name, value in own.items() if name != "section"}
    item = lenient.read(LISTS[section].item, as_kept, f"{where}.{OWN}", notes)
    written = entry(section, item)
    lines = LISTS[section].resume_list(item)
    rest = {k: v for k, v in given.items() if k != OWN and written.get(k) != v}
    fields, description = _fields(lines, renamed(rest, lines.former), where, notes)
    if description:
        former = fields.get("description", getattr(item, "description", ""))
        fields["description"] = _joined(former, description)
    return section, item.model_copy(update=fields)


def _fields(
    lines: ResumeList, given: dict[str, Any], where: str, notes: Notes
) -> tuple[dict[str, str], str]:
    """Return the fields that the line fills, and what its lists say."""
    names, labels, fields = dict(lines.pairs), dict(lines.described), {}
    listed, labelled = [], []
    for key, value in given.items():
        path = f"{where}.{key}"
        if key in names:
            text = notes.text(path, value)
            if text:
                fields[names[key]] = _date(text) if key in DATES else text
        elif key in labels and isinstance(value, str):
            text = notes.text(path, value)
            labelled += [f"{labels[key]} : {_readable(key, text)}"] if text else []
        elif key in lines.lists and _is_texts(value):
            listed += [notes.text(path, one) for one in value]
        elif value not in (None, "", [], {}):
            notes.keep(path, value)
    mark = "" if len(listed) == 1 else "- "
    return fields, "\n".join([*(f"{mark}{one}" for one in listed if one), *labelled])


def _readable(key: str, text: str) -> str:
    """Return what a line of a description says: a date in words, anything else as it is."""
    return day(_date(text)) if key in DATES else text


def _date(text: str) -> str:
    return "" if folded(text) in _STILL else tidy(text)


def _joined(before: str, after: str) -> str:
    return f"{before}\n{after}" if before else after


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str | int | float) for one in value)


def _ordered(items_read: ItemsRead, order: object) -> dict[str, tuple[Item, ...]]:
    """Return each section in the order that the kit wrote, the lines added since last."""
    known = order if isinstance(order, Mapping) else {}
    ordered = {}
    for section, items in items_read.items():
        ids = known.get(section)
        ranks = {str(one): n for n, one in enumerate(ids)} if isinstance(ids, list) else {}
        by_rank = sorted(items, key=lambda item: ranks.get(item.id, len(ranks)))
        ordered[str(section)] = tuple(by_rank)
    return ordered


_DATA = re.compile(r"data:image/[a-z]+;base64,(.*)", re.DOTALL)
_OWN_PARTS = ("identite", "contact", "situation", "ecartes", "inconnus")


def person(given: object, own: Mapping[str, Any], notes: Notes) -> Faits:
    """Return facts with the person only: as the kit wrote it, with what changed since.

    Parameters
    ----------
    given : object
        `basics` of the file.
    own : mapping
        What the kit wrote beside it, empty in the file of another tool.
    notes : Notes
        Receives the unknown fields and the remarks.
    """
    kept_parts = {key: own[key] for key in _OWN_PARTS if key in own}
    faits = lenient.read(Faits, kept_parts, OWN, notes)
    if not isinstance(given, Mapping):
        if given is not None:
            notes.keep("basics", given)
        return faits
    identite, contact = faits.identite, faits.contact
    written = basics(identite, contact)
    changed = {
        key: value
        for key, value in renamed(given, FORMER_BASICS).items()
        if value not in (None, "", [], {}) and written.get(key) != value
    }
    identite = _identity(identite, changed, notes)
    contact = _contact(contact, changed, notes)
    for key, value in changed.items():
        notes.keep(f"basics.{key}", value)
    return faits.model_copy(update={"identite": identite, "contact": contact})


def _identity(identite: Identite, changed: dict[str, Any], notes: Notes) -> Identite:
    fields: dict[str, Any] = _taken(BASICS, changed, "basics", notes)
    name = notes.text("basics.name", changed.pop("name", "")).strip()
    if name:
        first, _, last = name.partition(" ")
        fields |= {"prenom": first if last else "", "nom": last.strip() or first}
        if " " in last.strip():
            notes.warn(
                "faits.identite.nom",
                f"le nom « {name} » a été coupé au premier espace.",
                "Vérifiez le prénom et le nom.",
            )
    image = changed.pop("image", None)
    if image is not None:
        fields["photo"] = _photo(image, notes) or identite.photo
    return identite.model_copy(update=fields)


def _contact(contact: Contact, changed: dict[str, Any], notes: Notes) -> Contact:
    fields: dict[str, Any] = _taken(CONTACT, changed, "basics", notes)
    place = changed.pop("location", None)
    if isinstance(place, Mapping):
        before = location(contact)
        rest = {k: v for k, v in place.items() if v not in (None, "") and before.get(k) != v}
        fields |= _taken(LOCATION, rest, "basics.location", notes)
        country = notes.text("basics.location.countryCode", rest.pop("countryCode", ""))
        if country:
            fields["pays"] = COUNTRIES.get(country.upper(), country)
        for key, value in rest.items():
            notes.keep(f"basics.location.{key}", value)
    elif place is not None:
        notes.keep("basics.location", place)
    profiles = changed.pop("profiles", None)
    if isinstance(profiles, list):
        fields["profils"] = tuple(
            one
            for n, line in enumerate(profiles)
            if (one := _profile(line, f"basics.profiles.{n}", notes)) is not None
        )
    elif profiles is not None:
        notes.keep("basics.profiles", profiles)
    return contact.model_copy(update=fields)


def _profile(line: object, where: str, notes: Notes) -> Profil | None:
    if not isinstance(line, Mapping):
        notes.keep(where, line)
        return None
    rest = dict(line)
    profile = Profil(**_taken(PROFILE, rest, where, notes))
    for key, value in rest.items():
        notes.keep(f"{where}.{key}", value)
    return None if _is_empty(profile) else profile


def _taken(
    pairs: tuple[tuple[str, str], ...], rest: dict[str, Any], where: str, notes: Notes
) -> dict[str, str]:
    """Return the fields that some keys fill, and take the keys out."""
    return {name: notes.text(f"{where}.{key}", rest.pop(key)) for key, name in pairs if key in rest}


def _photo(value: object, notes: Notes) -> Photo | None:
    embedded = _DATA.fullmatch(value) if isinstance(value, str) else None
    if embedded is None:
        notes.keep("basics.image", value)
        notes.warn(
            "faits.identite.photo",
            "la photo du fichier est une adresse du web, que le kit n’ouvre pas.",
            "Ajoutez la photo vous-même.",
        )
        return None
    photo = from_base64(embedded[1])
    if photo is None:
        notes.warn(
            "faits.identite.photo",
            "la photo du fichier ne peut pas être lue.",
            "Ajoutez-la de nouveau, en PNG ou en JPEG.",
        )
    return photo


def _is_empty(part: BaseModel) -> bool:
    return part == type(part)()
