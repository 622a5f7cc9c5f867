"""Who the person is, in JSON Resume: name, how to reach her, profiles, photo."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from iprof_kit.cv.inputs import lenient
from iprof_kit.cv.inputs.notes import Notes
from iprof_kit.cv.model import Contact, Faits, Identite, Photo, Profil
from iprof_kit.cv.outputs.json_resume import basics, location
from iprof_kit.cv.photo import from_base64
from iprof_kit.cv.resume_map import (
    BASICS,
    CONTACT,
    COUNTRIES,
    FORMER_BASICS,
    LOCATION,
    OWN,
    PROFILE,
    renamed,
)

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
    found = Profil(**_taken(PROFILE, rest, where, notes))
    for key, value in rest.items():
        notes.keep(f"{where}.{key}", value)
    return None if _is_empty(found) else found


def _taken(
    pairs: tuple[tuple[str, str], ...], rest: dict[str, Any], where: str, notes: Notes
) -> dict[str, str]:
    """Return the fields that some keys fill, and take the keys out."""
    return {name: notes.text(f"{where}.{key}", rest.pop(key)) for key, name in pairs if key in rest}


def _photo(value: object, notes: Notes) -> Photo | None:
    found = _DATA.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        notes.keep("basics.image", value)
        notes.warn(
            "faits.identite.photo",
            "la photo du fichier est une adresse du web, que le kit n'ouvre pas.",
            "Ajoutez la photo vous-même.",
        )
        return None
    photo = from_base64(found[1])
    if photo is None:
        notes.warn(
            "faits.identite.photo",
            "la photo du fichier ne peut pas être lue.",
            "Ajoutez-la de nouveau, en PNG ou en JPEG.",
        )
    return photo


def _is_empty(part: BaseModel) -> bool:
    return part == type(part)()
