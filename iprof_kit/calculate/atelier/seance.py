"""A séance: the board as it stands, in an address or in one file that gives the same page back.

Both say the version of their own form, the day they were made, the kit, its rules and what was
answered then: whoever opens one later reads that nothing has changed, or what has.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import Field, ValidationError, model_validator

from iprof_kit.base.errors import InputError
from iprof_kit.base.plain import Plain
from iprof_kit.base.version import __version__
from iprof_kit.base.words import NBSP
from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.atelier.model import LETTERS, Letter, Persona
from iprof_kit.calculate.atelier.results import (
    Change,
    KeptResult,
    amount_of,
    changes,
    digest_of,
    in_short,
    results_of,
    rules_version,
)
from iprof_kit.calculate.et_si.answer import EtSiAnswer
from iprof_kit.calculate.et_si.question import ScenarioEtSi
from iprof_kit.law.tables.marks import LARGEST_FILE, MEGABYTE
from iprof_kit.law.tables.verified import verified_until

FORMATS = ("iprof-atelier-1", "iprof-atelier-2")
"""The forms of a file, the one that is written last."""
VERSION = "2"
"""The form of an address; the first had neither version nor day, and no « . »."""
LONGEST_ADDRESS = 4_500
"""Characters of a séance in an address: a longer one is kept by its file alone."""
_LARGEST_UNPACKED = 200_000
_OF_A_SUM = 12
_OF_A_PERSONA = 12
_OF_A_VERSION = 20
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
    """A séance that an address or a file gave back, and what was true when it was kept.

    `made`, `kit`, `rules` and `results` are empty where the form of that time did not say them.
    `persona_changed`: the kit still has this persona, and its file says something else since.
    `signature`: what a server wrote after the letters; whether it is right, a server says.
    """

    seance: Seance
    made: date | None = None
    kit: str = ""
    rules: str = ""
    results: dict[str, KeptResult] = field(default_factory=dict)
    persona_changed: bool = False
    signature: str = ""

    def changed(self, answer: EtSiAnswer) -> tuple[Change, ...]:
        """Return the scenarios that the rules of today answer otherwise."""
        return changes(self.results, answer)


def packed(seance: Seance, answer: EtSiAnswer | None = None, day: date | None = None) -> str:
    """Return a séance as the letters of an address; "" where it would be too long.

    Parameters
    ----------
    seance, answer, day
        As for `letters_of`.

    Examples
    --------
    >>> one = Seance.of(personas()["claire_vasseur"])
    >>> unpacked(packed(one)) == one
    True
    """
    letters = letters_of(seance, answer, day)
    return letters if len(letters) <= LONGEST_ADDRESS else ""


def letters_of(seance: Seance, answer: EtSiAnswer | None = None, day: date | None = None) -> str:
    """Return a séance as letters, however many: for what is no address.

    Parameters
    ----------
    answer : EtSiAnswer, optional
        What the engine answers of its scenarios; without it, whoever reopens is not told whether
        something has changed.
    day : date, optional
        On which it is made.

    Examples
    --------
    >>> one = Seance.of(personas()["claire_vasseur"])
    >>> letters_of(one) == packed(one)
    True
    """
    content: dict[str, Any] = {"k": __version__, "r": rules_version(), "s": _document(seance)}
    if isinstance(content["s"]["persona"], str):
        content["p"] = _persona_print(seance.persona)
    if day is not None:
        content["d"] = day.isoformat()
    if answer is not None:
        kept = in_short(results_of(answer))
        content["e"] = {letter: [one.net, one.digest] for letter, one in kept.items()}
    letters = f"{VERSION}.{_pressed(content)}"
    return f"{letters}.{checksum(letters)}"


def unpacked(letters: str) -> Seance:
    """Return the séance of an address: `reopened` without what was true when it was made.

    Raises
    ------
    InputError
        These are not the letters of a séance, or they were changed.
    """
    return reopened(letters).seance


def reopened(letters: str) -> Reopened:
    """Return the séance of an address, of this version or of an earlier one.

    Raises
    ------
    InputError
        These are not the letters of a séance, they were changed, or a later kit made them.

    Examples
    --------
    >>> one = Seance.of(personas()["claire_vasseur"])
    >>> reopened(packed(one, day=date(2026, 11, 28))).made
    datetime.date(2026, 11, 28)
    """
    version, mark, rest = letters.partition(".")
    if not mark:
        return _read_address(lambda: Reopened(_seance(_unpressed(letters))))
    if version != VERSION:
        if version.isascii() and version.isdigit() and len(version) < len(VERSION) + 3:
            raise _of_a_later_kit(f"Ce lien est au format {version}")
        raise _no_address()
    pressed, _, rest = rest.partition(".")
    written, _, signature = rest.partition(".")
    if written != checksum(f"{version}.{pressed}"):
        raise InputError(
            f"Ce lien a été modifié ou coupé en chemin : ses lettres ne vont plus ensemble. "
            f"{_NOTHING_CHANGED}",
            remedy="Copiez-le de nouveau en entier, ou rouvrez le fichier de la séance.",
        )
    return _read_address(lambda: _of_content(_unpressed(pressed), signature))


def _read_address(read: Callable[[], Reopened]) -> Reopened:
    try:
        return read()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _no_address() from error


def _of_content(content: dict[str, Any], signature: str) -> Reopened:
    kept = content.get("e", {})
    results = {
        letter: KeptResult(amount_of(kept[letter][0]), str(kept[letter][1])) for letter in kept
    }
    seance = _seance(content["s"])
    persona = content.get("p")
    return Reopened(
        seance,
        date.fromisoformat(content["d"]) if "d" in content else None,
        str(content["k"])[:_OF_A_VERSION],
        str(content["r"])[:_OF_A_VERSION],
        results,
        persona is not None and persona != _persona_print(seance.persona),
        signature,
    )


def exported(seance: Seance, answer: EtSiAnswer, day: date | None = None) -> bytes:
    """Return the file of a séance: hypotheses, results, day, version of the rules, one JSON.

    Parameters
    ----------
    answer : EtSiAnswer
        What the engine answers of its scenarios.
    day : date, optional
        On which it is made.
    """
    content = {
        "format": FORMATS[-1],
        "fait_le": day and day.isoformat(),
        "kit": __version__,
        "regles": rules_version(),
        "textes_verifies_le": verified_until().isoformat(),
        "seance": _document(seance, whole=True),
        "resultats": results_of(answer),
    }
    content["empreinte"] = digest_of(content)
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def imported(content: bytes | None) -> Reopened:
    """Return the séance of a file, of this version or of an earlier one.

    Raises
    ------
    InputError
        It is too large, is not a séance, or was changed since it was written.
    """
    if content is None or len(content) > LARGEST_FILE:
        raise InputError(
            f"Ce fichier dépasse {LARGEST_FILE // MEGABYTE}{NBSP}Mo : une séance n’en "
            f"approche pas. {_NOTHING_CHANGED}",
            remedy="Vérifiez que c’est le bon fichier.",
        )
    try:
        read = json.loads(content)
        known = read["format"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _not_a_seance() from error
    if known not in FORMATS:
        raise _of_a_later_kit(f"Cette séance est au format « {str(known)[:40]} »")
    if read.pop("empreinte", "") != digest_of(read):
        raise InputError(
            "Ce fichier a été modifié depuis son enregistrement, ou il est incomplet. "
            f"{_NOTHING_CHANGED}",
            remedy="Rouvrez le fichier d’origine, ou enregistrez de nouveau la séance.",
        )
    try:
        return Reopened(
            _seance(read["seance"]),
            date.fromisoformat(read["fait_le"]) if read.get("fait_le") else None,
            str(read["kit"])[:_OF_A_VERSION],
            str(read["regles"])[:_OF_A_VERSION],
            in_short(read["resultats"]),
        )
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise _not_a_seance() from error


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
    given = _of_the_kit(persona) if isinstance(persona, str) else Persona.model_validate(persona)
    try:
        return Seance.model_validate({**document, "persona": given})
    except ValidationError as error:
        raise ValueError from error


def _of_the_kit(name: str) -> Persona:
    persona = personas().get(name)
    if persona is None:
        raise InputError(
            f"Ce lien montre « {name[:40]} », une persona que ce kit n’a pas. {_NOTHING_CHANGED}",
            remedy="Ouvrez le fichier de la séance : il porte la persona entière.",
        )
    return persona


def _persona_print(persona: Persona) -> str:
    return digest_of(persona.model_dump(mode="json", exclude_defaults=True))[:_OF_A_PERSONA]


def _pressed(content: dict[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def _unpressed(letters: str) -> Any:
    """Return what was pressed, never more than a séance may hold.

    Raises
    ------
    ValueError
        These are no such letters, or they hold too much.
    """
    machine = zlib.decompressobj()
    try:
        pressed = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
        text = machine.decompress(pressed, _LARGEST_UNPACKED)
    except (binascii.Error, zlib.error) as error:
        raise ValueError from error
    if machine.unconsumed_tail or not machine.eof:
        raise ValueError
    return json.loads(text)


def checksum(letters: str) -> str:
    """Return what changes with any letter: against accidents, since anybody can write it anew.

    Examples
    --------
    >>> checksum("2.abc") == checksum("2.abd")
    False
    """
    digest = hashlib.sha256(letters.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()[:_OF_A_SUM]


def _of_a_later_kit(what: str) -> InputError:
    return InputError(
        f"{what}, que ce kit ne lit pas. {_NOTHING_CHANGED}",
        remedy=f"Il vient d’une version plus récente : mettez ce kit à jour. Formats lus"
        f" : {', '.join(FORMATS)}.",
    )


def _no_address() -> InputError:
    return InputError(
        "Cette adresse n’est pas celle d’une séance, ou elle a été coupée ou modifiée.",
        remedy="Choisissez une personne, ou rouvrez le fichier de la séance.",
    )


def _not_a_seance() -> InputError:
    return InputError(
        f"Ce fichier n’est pas une séance de l’atelier. {_NOTHING_CHANGED}",
        remedy="Choisissez un fichier que « Enregistrer la séance » a fait.",
    )
