"""The kit's own JSON: a whole CV, as `outputs.own` writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iprof_kit.base.errors import InputError
from iprof_kit.cv.inputs import lenient
from iprof_kit.cv.inputs.notes import Notes
from iprof_kit.cv.model import SCHEMA_VERSION, Cv, Faits

ORIGIN = "CV du kit"


def read(given: Mapping[str, Any], notes: Notes) -> Cv:
    """Return the CV of a file of the kit; unknown fields go to the notes.

    Raises
    ------
    InputError
        The file was written by a later version of the kit.
    """
    facts = given.get("faits")
    for part, where in ((given, "schema_version"), (facts, "faits.schema_version")):
        _refuse_later(part, where)
    faits = lenient.read(Faits, _without_version(facts), "faits", notes)
    rest = {key: value for key, value in _without_version(given).items() if key != "faits"}
    return lenient.read(Cv, rest, "", notes).model_copy(update={"faits": faits})


def _refuse_later(part: object, where: str) -> None:
    version = part.get("schema_version") if isinstance(part, Mapping) else None
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise InputError(
            f"ce CV est écrit en version {version}, le kit lit les versions 1 à {SCHEMA_VERSION}.",
            where=where,
            remedy="Mettez le kit à jour, ou exportez le CV en JSON Resume.",
        )


def _without_version(part: Any) -> Any:
    if not isinstance(part, Mapping):
        return part
    return {key: value for key, value in part.items() if key != "schema_version"}
