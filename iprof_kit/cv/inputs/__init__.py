"""CVs read from files: nothing is lost, nothing is changed before the person says so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from iprof_kit.base.errors import InputError
from iprof_kit.base.names import words_in
from iprof_kit.cv.inputs import diplomas_csv, json_resume, own
from iprof_kit.cv.inputs.notes import LARGEST_CV, LARGEST_FILE, Notes
from iprof_kit.cv.inputs.proposal import Apercu, Changement, propose
from iprof_kit.cv.model import Cv
from iprof_kit.cv.remarks.checks import check
from iprof_kit.cv.remarks.limits import Excess, shortened

__all__ = ["LARGEST_CV", "LARGEST_FILE", "Apercu", "Changement", "own_only", "read"]

_OF_AN_OFFER = frozenset(
    words_in(
        "title company type description location remote salary experience responsibilities "
        "qualifications hiringOrganization jobLocation employmentType"
    )
)
"""Fields of a post: those of JSON Resume's `job-schema`, and those of schema.org."""
_ENOUGH = 3
_FORMATS = "CV du kit (JSON), JSON Resume, ou CSV de diplômes"


def read(content: bytes, current: Cv, today: date) -> Apercu:
    """Return what a file would change in a CV.

    The content decides of the format, whatever the name of the file.

    Parameters
    ----------
    content : bytes
        The kit's own JSON, JSON Resume, or a CSV of diplomas.
    current : Cv
        The CV as it is; an empty `Cv()` to read the file alone.
    today : date
        Day that counts as today.

    Raises
    ------
    InputError
        Too large, in none of these formats, or written by a later version of the kit.
    """
    if len(content) > LARGEST_FILE:
        raise _refused(
            f"le fichier dépasse {LARGEST_FILE // 1_000_000} Mo.", "Choisissez un autre fichier."
        )
    try:
        cv_read, notes = _read(content, today)
        cv_read = _within_limits(cv_read, notes)
        proposed, changes, already = propose(current, cv_read)
    except RecursionError as error:
        raise _refused("le fichier emboîte trop de niveaux.", _remedy()) from error
    proposed = _with_unknown(proposed, notes)
    if len(proposed.model_dump_json().encode()) > LARGEST_CV:
        raise _refused(
            "avec ce fichier, le CV dépasserait 1 Mo.",
            "Retirez des lignes ou la photo, puis recommencez.",
        )
    known = set(check(current, today))
    remarks = (*notes.remarks, *(one for one in check(proposed, today) if one not in known))
    return Apercu(
        format=notes.origin,
        cv_propose=proposed,
        changements=changes,
        deja=already,
        inconnus=tuple(notes.unknown),
        remarques=remarks,
    )


def own_only(content: bytes, where: str) -> Cv:
    """Return the CV that a file of the kit holds, its unknown fields kept with it.

    Raises
    ------
    InputError
        Too large, or not a CV of the kit; `where` names the file.
    """
    if len(content) <= LARGEST_FILE and (given := _json(content)).get("faits") is not None:
        notes = Notes(own.ORIGIN)
        return _with_unknown(_within_limits(own.read(given, notes), notes), notes)
    raise InputError(
        "ce fichier n’est pas un CV du kit.",
        where=where,
        remedy="Choisissez le JSON que le kit a écrit.",
    )


def _within_limits(cv: Cv, notes: Notes) -> Cv:
    """Return the CV with the start of what is too long; the whole is kept with the unknown."""

    def tell(excess: Excess, value: object) -> None:
        lines = value if isinstance(value, tuple) else ()
        notes.keep(excess.where, [_plain(one) for one in lines] if lines else value)
        notes.warn(
            excess.where,
            excess.message,
            "Le début est à sa place, le tout est gardé dans les champs inconnus. " + excess.remedy,
        )

    return shortened(cv, tell)


def _plain(value: object) -> object:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value


def _with_unknown(cv: Cv, notes: Notes) -> Cv:
    kept = tuple(dict.fromkeys((*cv.faits.inconnus, *notes.unknown)))
    return cv.model_copy(update={"faits": cv.faits.model_copy(update={"inconnus": kept})})


def _read(content: bytes, today: date) -> tuple[Cv, Notes]:
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        _refuse_other_kinds(content)
        notes = Notes(diplomas_csv.ORIGIN)
        return diplomas_csv.read(content, notes), notes
    given = _json(content)
    if "faits" in given or ("cibles" in given and "basics" not in given):
        notes = Notes(own.ORIGIN)
        return own.read(given, notes), notes
    if _is_job_offer(given):
        raise _refused(
            "ce fichier est une offre d’emploi, pas un CV : rien n’en est repris.", _remedy()
        )
    if set(given) & (json_resume.KEYS - {"$schema", "meta"}):
        notes = Notes(json_resume.ORIGIN)
        return json_resume.read(given, notes, today), notes
    raise _refused("ce JSON n’est ni un CV du kit ni un JSON Resume.", _remedy())


def _is_job_offer(given: Mapping[str, Any]) -> bool:
    """Tell whether a file describes a post: JSON Resume has a format of that too."""
    says = f"{given.get('@type', '')} {given.get('$schema', '')}".casefold()
    if "jobposting" in says or "job-schema" in says:
        return True
    person = {"basics", "work", "education"} & set(given)
    return not person and len(_OF_AN_OFFER & set(given)) >= _ENOUGH


def _json(content: bytes) -> Mapping[str, Any]:
    try:
        given = json.loads(content.decode("utf-8-sig"), parse_constant=str)
    except UnicodeDecodeError as error:
        raise _refused(
            "le fichier n’est pas écrit en UTF-8.", "Enregistrez-le en UTF-8."
        ) from error
    except json.JSONDecodeError as error:
        raise InputError(
            "le JSON est incomplet ou mal écrit.",
            where=f"ligne {error.lineno}, colonne {error.colno}",
            remedy=_remedy(),
        ) from error
    except RecursionError as error:
        raise _refused("le fichier emboîte trop de niveaux.", _remedy()) from error
    except ValueError as error:
        raise _refused("le fichier contient un nombre démesuré.", _remedy()) from error
    if not isinstance(given, dict):
        raise _refused("ce JSON n’est pas un CV : un objet était attendu.", _remedy())
    return given


def _refuse_other_kinds(content: bytes) -> None:
    kinds = {
        b"%PDF": "un PDF",
        b"PK\x03\x04": "un document compressé (DOCX, ODT, XLSX…)",
        b"\x89PNG": "une image",
        b"\xff\xd8": "une image",
        b"<": "une page web ou du XML",
    }
    for sign, words in kinds.items():
        if content.lstrip()[:4].startswith(sign):
            raise _refused(f"ce fichier est {words}, que le kit ne lit pas.", _remedy())


def _remedy() -> str:
    return f"Formats lus : {_FORMATS}."


def _refused(message: str, remedy: str) -> InputError:
    return InputError(message, where="Fichier", remedy=remedy)
