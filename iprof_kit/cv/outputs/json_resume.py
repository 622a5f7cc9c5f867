"""JSON Resume: what other tools read; what it has no field for goes with it, under « iprof »."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iprof_kit.base.errors import InputError
from iprof_kit.base.left_out import IRI_SYNTAX, left_out
from iprof_kit.cv.dates import moment
from iprof_kit.cv.model import Cv, Faits
from iprof_kit.cv.person import Contact, Identite
from iprof_kit.cv.remarks.fields import is_web_address
from iprof_kit.cv.sections import LISTS, ItemSection
from iprof_kit.cv.sections.item import Item

if TYPE_CHECKING:
    from jsonschema import Draft7Validator

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/master/schema.json"
VERSION = "v1.0.0"
OWN = "iprof"
"""Key of what JSON Resume has no field for; the schema allows additional ones."""
DATES = frozenset({"startDate", "endDate", "date", "releaseDate"})
BASICS = (("label", "titre"), ("summary", "resume"))
"""(field of JSON Resume, field of the CV)"""
FORMER_BASICS = (("website", "url"), ("picture", "image"))
"""(name before version 1, name since)"""
CONTACT = (("email", "courriel"), ("phone", "telephone"), ("url", "site"))
LOCATION = (("address", "rue"), ("postalCode", "code_postal"), ("city", "ville"))
PROFILE = (("network", "reseau"), ("username", "identifiant"), ("url", "adresse"))
COUNTRIES = {"FR": "France"}
_SCHEMA_FILE = Path(__file__).with_name("json_resume.schema.json")
_YEARS = re.compile(r"[12]\d{3}(-|$)")


def dump(cv: Cv) -> bytes:
    """Return the facts as JSON Resume, valid against the published schema.

    A date or an address that the schema refuses is left to the « iprof » part, so that reading
    the file again gives the same CV.

    Raises
    ------
    InputError
        The result does not follow the schema.
    """
    resume = _resume(cv)
    validate(resume)
    text = json.dumps(resume, ensure_ascii=False, indent=2)
    return f"{text}\n".encode("utf-8", "replace")


def validate(resume: object) -> None:
    """Check an object against the schema of JSON Resume 1.x embedded in the kit.

    Raises
    ------
    InputError
        The first fault, with its place.
    """
    fault = next(_validator().iter_errors(resume), None)
    if fault is not None:
        place = ".".join(map(str, fault.absolute_path)) or "fichier"
        raise InputError(
            f"ce champ ne suit pas la règle « {fault.validator} » de JSON Resume.",
            where=place,
            remedy="Corrigez-le, puis recommencez.",
        )


def entry(section: ItemSection, item: Item) -> dict[str, Any]:
    """Return one line as JSON Resume writes it, without the « iprof » part."""
    lines = LISTS[section].resume_list(item)
    written = {key: _value(key, getattr(item, name)) for key, name in lines.pairs}
    return {**{key: value for key, value in written.items() if value}, **lines.constants}


def basics(identite: Identite, contact: Contact) -> dict[str, Any]:
    """Return who the person is as JSON Resume writes it."""
    fields: dict[str, Any] = {"name": f"{identite.prenom} {identite.nom}".strip()}
    fields |= {key: getattr(identite, name) for key, name in BASICS}
    fields |= {key: _value(key, getattr(contact, name)) for key, name in CONTACT}
    if identite.photo:
        fields["image"] = f"data:{identite.photo.type_media};base64,{identite.photo.base64}"
    fields["location"] = location(contact)
    fields["profiles"] = [_profile(one) for one in contact.profils]
    return {key: value for key, value in fields.items() if value}


def location(contact: Contact) -> dict[str, str]:
    """Return an address as JSON Resume writes it."""
    codes = {name: code for code, name in COUNTRIES.items()}
    place = {key: getattr(contact, name) for key, name in LOCATION}
    place["countryCode"] = codes.get(contact.pays, "")
    return {key: value for key, value in place.items() if value}


def _profile(one: Any) -> dict[str, str]:
    written = {key: _value(key, getattr(one, name)) for key, name in PROFILE}
    return {key: value for key, value in written.items() if value}


def _resume(cv: Cv) -> dict[str, Any]:
    faits = cv.faits
    resume: dict[str, Any] = {"$schema": SCHEMA, "basics": basics(faits.identite, faits.contact)}
    for section, described in LISTS.items():
        for item in getattr(faits, section):
            own = {"section": section, **item.model_dump(mode="json")}
            line = {**entry(section, item), OWN: own}
            resume.setdefault(described.resume_list(item).key, []).append(line)
    return {**resume, "meta": {"version": VERSION}, OWN: _own(cv, faits)}


def _own(cv: Cv, faits: Faits) -> dict[str, Any]:
    whole = cv.model_dump(mode="json")
    facts = whole["faits"]
    return {
        "schema_version": cv.schema_version,
        "identite": {k: v for k, v in facts["identite"].items() if k != "photo"},
        "contact": facts["contact"],
        "situation": facts["situation"],
        "ecartes": facts["ecartes"],
        "inconnus": facts["inconnus"],
        "cibles": whole["cibles"],
        "ordre": {name: [one.id for one in getattr(faits, name)] for name in LISTS},
    }


def _value(key: str, value: str) -> str:
    """Return a value where the schema takes it, "" where it would refuse it."""
    if key in DATES:
        return value if moment(value) and _YEARS.match(value) else ""
    if key == "url":
        return value if is_web_address(value) else ""
    if key == "email":
        return value if "@" in value else ""
    return value


@cache
def _validator() -> Draft7Validator:
    """Return the validator of the schema; its library is slow to load, and reading needs none."""
    with left_out(IRI_SYNTAX):
        from jsonschema import Draft7Validator

    return Draft7Validator(json.loads(_SCHEMA_FILE.read_text(encoding="utf-8")))
