"""A séance: the board as it stands, in an address or in one file that gives the same page back."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from pydantic import Field, ValidationError, model_validator

from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import REFERENCE
from iprof_kit.base.plain import Plain
from iprof_kit.base.version import __version__
from iprof_kit.base.words import NBSP
from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.atelier.model import LETTERS, Letter, Persona
from iprof_kit.calculate.et_si.answer import EtSiAnswer, PensionEtSi
from iprof_kit.calculate.et_si.question import ScenarioEtSi
from iprof_kit.law.tables.marks import LARGEST_FILE, MEGABYTE
from iprof_kit.law.tables.verified import verified_until

FORMAT = "iprof-atelier-1"
LONGEST_ADDRESS = 4_500
"""Characters of a séance in an address: a longer one is kept by its file alone."""
_LARGEST_UNPACKED = 200_000
_NOTHING_CHANGED = "Rien n’a changé sur cette page."


class Seance(Plain):
    """Who is on the board, on which day, and what is supposed of her.

    `compares` are the two scenarios whose gap is told, `vu` the one whose events are edited.
    """

    persona: Persona
    jour: date
    horizon: int = Field(ge=1900, le=2200)
    compares: tuple[Letter, Letter] = ("A", "B")
    vu: Letter = "A"
    scenarios: tuple[ScenarioEtSi, ...] = Field(min_length=1, max_length=len(LETTERS))

    @model_validator(mode="after")
    def _letters_of_scenarios(self) -> Seance:
        known = LETTERS[: len(self.scenarios)]
        if not {*self.compares, self.vu} <= set(known):
            raise ValueError("un scénario est nommé et n’existe pas")
        return self

    @staticmethod
    def of(persona: Persona) -> Seance:
        """Return the board of a persona as her file says it.

        Examples
        --------
        >>> Seance.of(personas()["claire_vasseur"]).compares
        ('A', 'B')
        """
        second: Letter = "B" if len(persona.scenarios) > 1 else "A"
        return Seance(
            persona=persona,
            jour=persona.jour,
            horizon=persona.horizon or persona.jour.year + 10,
            compares=("A", second),
            vu="A",
            scenarios=persona.scenarios,
        )


@dataclass(frozen=True)
class Reopened:
    """A séance that a file gave back; `results` are those of the day when it was written."""

    seance: Seance
    results: dict[str, Any]
    kit: str
    rules: str
    verified: date

    def changed(self, answer: EtSiAnswer) -> tuple[str, ...]:
        """Return the letters of the scenarios that the rules of today answer otherwise."""
        now = results_of(answer)
        return tuple(letter for letter in LETTERS if now.get(letter) != self.results.get(letter))


def packed(seance: Seance) -> str:
    """Return a séance as the letters of an address; "" where it would be too long.

    Examples
    --------
    >>> one = Seance.of(personas()["claire_vasseur"])
    >>> unpacked(packed(one)) == one
    True
    """
    letters = letters_of(seance)
    return letters if len(letters) <= LONGEST_ADDRESS else ""


def letters_of(seance: Seance) -> str:
    """Return a séance as letters, however many: for what is no address.

    Examples
    --------
    >>> one = Seance.of(personas()["claire_vasseur"])
    >>> letters_of(one) == packed(one)
    True
    """
    text = json.dumps(_document(seance), ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpacked(letters: str) -> Seance:
    """Return the séance of an address.

    Raises
    ------
    InputError
        These are not the letters of a séance, or they were changed.
    """
    try:
        pressed = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
        machine = zlib.decompressobj()
        text = machine.decompress(pressed, _LARGEST_UNPACKED)
        if machine.unconsumed_tail or not machine.eof:
            raise ValueError
        return _seance(json.loads(text))
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error, zlib.error) as error:
        raise InputError(
            "Cette adresse n’est pas celle d’une séance, ou elle a été coupée ou modifiée.",
            remedy="Choisissez une personne, ou rouvrez le fichier de la séance.",
        ) from error


def exported(seance: Seance, answer: EtSiAnswer) -> bytes:
    """Return the file of a séance: hypotheses, results, day, version of the rules, one JSON.

    Parameters
    ----------
    seance : Seance
    answer : EtSiAnswer
        What the engine answers of its scenarios.
    """
    content = {
        "format": FORMAT,
        "kit": __version__,
        "regles": rules_version(),
        "textes_verifies_le": verified_until().isoformat(),
        "seance": _document(seance, whole=True),
        "resultats": results_of(answer),
    }
    content["empreinte"] = _print_of(content)
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def imported(content: bytes | None) -> Reopened:
    """Return the séance of a file.

    Raises
    ------
    InputError
        It is too large, is not a séance, or was changed since it was written.
    """
    if content is None or len(content) > LARGEST_FILE:
        raise InputError(
            f"Ce fichier dépasse {LARGEST_FILE // MEGABYTE}{NBSP}Mo{NBSP}: une séance n’en "
            f"approche pas. {_NOTHING_CHANGED}",
            remedy="Vérifiez que c’est le bon fichier.",
        )
    try:
        read = json.loads(content)
        known = read["format"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _not_a_seance() from error
    if known != FORMAT:
        raise InputError(
            f"Cette séance est au format «{NBSP}{str(known)[:40]}{NBSP}», que ce kit ne lit pas. "
            f"{_NOTHING_CHANGED}",
            remedy=f"Format attendu{NBSP}: {FORMAT}.",
        )
    if read.pop("empreinte", "") != _print_of(read):
        raise InputError(
            "Ce fichier a été modifié depuis son enregistrement, ou il est incomplet. "
            f"{_NOTHING_CHANGED}",
            remedy="Rouvrez le fichier d’origine, ou enregistrez de nouveau la séance.",
        )
    try:
        return Reopened(
            _seance(read["seance"]),
            dict(read["resultats"]),
            str(read["kit"]),
            str(read["regles"]),
            date.fromisoformat(read["textes_verifies_le"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise _not_a_seance() from error


def results_of(answer: EtSiAnswer) -> dict[str, Any]:
    """Return what a file keeps of an answer, by letter of scenario."""
    return {
        letter: {
            "depart": one.depart.isoformat(),
            "cumul_brut": one.cumul_brut,
            "cumul_net": one.cumul_net,
            "pension": _pension(one.pension),
            "tranches": [
                [piece.debut.isoformat(), piece.grade, piece.echelon, piece.chevron,
                 piece.indice_majore, piece.brut, piece.net]
                for piece in one.tranches
            ],
        }
        for letter, one in zip(LETTERS, answer.scenarios, strict=False)
    }  # fmt: skip


@cache
def rules_version() -> str:
    """Return what names the tables of the law of this kit: another row, another name."""
    digest = hashlib.sha256()
    for file in sorted(REFERENCE.glob("*.csv")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _pension(pension: PensionEtSi | None) -> list[float | None]:
    return [pension.brute, pension.basse, pension.haute] if pension else []


def _document(seance: Seance, *, whole: bool = False) -> dict[str, Any]:
    """Return a séance as plain values; a persona of the kit by her name, unless `whole`."""
    document = seance.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    if not whole and personas().get(seance.persona.id) == seance.persona:
        document["persona"] = seance.persona.id
    return document


def _seance(document: dict[str, Any]) -> Seance:
    """Return a séance from its plain values.

    Raises
    ------
    ValueError, KeyError, TypeError
        They are not those of a séance.
    """
    persona = document["persona"]
    given = personas()[persona] if isinstance(persona, str) else Persona.model_validate(persona)
    try:
        return Seance.model_validate({**document, "persona": given})
    except ValidationError as error:
        raise ValueError from error


def _print_of(content: dict[str, Any]) -> str:
    """Return what changes with any letter of a file."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _not_a_seance() -> InputError:
    return InputError(
        f"Ce fichier n’est pas une séance de l’atelier. {_NOTHING_CHANGED}",
        remedy="Choisissez un fichier que «\u00a0Enregistrer la séance\u00a0» a fait.",
    )
