"""What a message of the kit says: the file of its words, checked, and one message made of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Annotated

import yaml
from pydantic import Field, StringConstraints, ValidationError

from iprof_kit.base.errors import BadTable
from iprof_kit.base.paths import COURRIER
from iprof_kit.base.plain import Plain
from iprof_kit.base.words import hard_spaces
from iprof_kit.base.yaml_text import read_yaml

SUBJECT_BEGINS = "Kit libre, non officiel : "
LONGEST_SUBJECT, LONGEST_SOURCE = 120, 300
FILE = COURRIER / "messages.yml"
_FIELD = re.compile(r"\{([a-z_]+)\}")
_SPACES = re.compile(r"[ \n]+")
_SHARED = {"copie", "base", "texte_officiel", "reserves"}
_KNOWN: Mapping[str, frozenset[str]] = {
    "echelon": frozenset(_SHARED | {"lieu", "le_lieu", "jour", "indice"}),
    "rendez_vous": frozenset(_SHARED | {"ordinal", "annee", "au_lieu", "du", "au", "delai"}),
    "mouvement_ouvert": frozenset(_SHARED | {"phase", "etape", "debut", "fin", "heure"}),
    "mouvement_clos": frozenset(_SHARED | {"phase", "etape", "debut", "fin", "heure"}),
    "echeance": frozenset(
        _SHARED
        | {"campagne", "etape", "acte", "ou", "jour", "heure", "reste", "reste_phrase", "sans"}
    ),
    "premiere_connexion": frozenset({"jour", "heure", "assistance"}),
    "suivi": frozenset({"jour", "service", "avant", "lu"}),
}
"""Which fields each message has: those that what deduces it gives."""
_RESERVES: Mapping[str, frozenset[str]] = {
    "ancienne": frozenset({"mois"}),
    "en_retard": frozenset({"au_lieu", "jour"}),
    "a_verifier": frozenset(),
    "position": frozenset({"position"}),
    "sans_position": frozenset(),
}
_Words = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
_Days = Annotated[int, Field(ge=0, le=400)]


class Delays(Plain):
    """When the kit writes, in days; `copie_ancienne_mois`: from when on a copy is called old."""

    echelon_jours_avant: _Days
    mouvement_clos_jours_apres: _Days
    suivi_jours_avant: _Days
    suivi_jours_apres: _Days
    premiere_connexion_jours_apres: _Days
    relecture_jours: Annotated[int, Field(ge=1, le=400)]
    copie_ancienne_mois: Annotated[int, Field(ge=1, le=120)]


class _Message(Plain):
    famille: str | None = None
    objet: _Words
    texte: _Words
    source: _Words
    adresse: Annotated[str, StringConstraints(pattern=r"\A/[a-z/-]*\z", max_length=120)] = ""


class _File(Plain):
    familles: dict[str, _Words]
    delais: Delays
    etapes: list[str]
    reserves: dict[str, _Words]
    fin: _Words
    messages: dict[str, _Message]


class Written(Plain):
    """One message, ready: `key` names what it tells, for ever and for one person."""

    kind: str
    key: Annotated[str, StringConstraints(max_length=120)]
    subject: str
    text: str
    source: str
    address: str
    """The screen that shows it, where there is one."""
    step: str = ""
    """« campaign.step », of what is not written once she has noted that the step is done."""


def families() -> Mapping[str, str]:
    """Return what a person may refuse, by its code, in the order of the file.

    Examples
    --------
    >>> list(families())[0]
    'carriere'
    """
    return read_words().familles


def family_of(kind: str) -> str | None:
    """Return the family of a message, None of one that is always written."""
    return read_words().messages[kind].famille


def delays() -> Delays:
    """Return when the kit writes."""
    return read_words().delais


def stages() -> frozenset[str]:
    """Return the steps of a movement of which it says that they open and close."""
    return frozenset(read_words().etapes)


def reserve(name: str, **fields: str) -> str:
    """Return a sentence that says why what is deduced may be wrong."""
    return _filled(read_words().reserves[name], fields)


def written(kind: str, key: str, fields: Mapping[str, str]) -> Written:
    r"""Return a message of its kind.

    Parameters
    ----------
    kind : str
        One of the file's.
    key : str
        What it tells, once for one person.
    fields : mapping
        A value for each field of its words.

    Examples
    --------
    >>> written("suivi", "k", {"jour": "1er mai", "service": "B", "avant": "A", "lu": "2"}).subject
    'Kit libre, non officiel\xa0: un autre service suit votre dossier à partir du 1er mai'
    """
    words = read_words().messages[kind]
    paragraphs = [*_filled(words.texte, fields).split("\n\n"), hard_spaces(read_words().fin)]
    return Written(
        kind=kind,
        key=key,
        subject=f"{hard_spaces(SUBJECT_BEGINS)}{_filled(words.objet, fields)}"[:LONGEST_SUBJECT],
        text="\n\n".join(_SPACES.sub(" ", one).strip() for one in paragraphs),
        source=_filled(words.source, fields)[:LONGEST_SOURCE],
        address=words.adresse,
    )


def _filled(words: str, fields: Mapping[str, str]) -> str:
    # A message is read as it was written: nothing sets its spaces after it.
    return hard_spaces(_FIELD.sub(lambda field: fields[field[1]], words).strip())


@cache
def read_words() -> _File:
    """Return the file.

    Raises
    ------
    BadTable
        It cannot be read, or one of its messages is wrong: the message says which.
    """
    try:
        read = _File.model_validate(read_yaml(FILE.read_text(encoding="utf-8")))
    except (OSError, UnicodeError, yaml.YAMLError, ValidationError) as error:
        raise _wrong("ce fichier ne peut pas être lu") from error
    _check_names("messages", read.messages, _KNOWN)
    _check_names("reserves", read.reserves, _RESERVES)
    for name, words in read.messages.items():
        if words.famille is not None and words.famille not in read.familles:
            raise _wrong(f"« {name} » est d’une famille que « familles » ne dit pas")
        for text in (words.objet, words.texte, words.source):
            _check_fields(name, text, _KNOWN[name])
    for name, text in read.reserves.items():
        _check_fields(name, text, _RESERVES[name])
    return read


def _check_names(part: str, given: Mapping[str, object], known: Mapping[str, object]) -> None:
    if given.keys() != known.keys():
        raise _wrong(f"« {part} » doit avoir : {', '.join(known)}")


def _check_fields(name: str, text: str, known: frozenset[str]) -> None:
    if unknown := sorted(set(_FIELD.findall(text)) - known):
        raise _wrong(f"« {name} » n’a pas de champ « {unknown[0]} »")


def _wrong(what: str) -> BadTable:
    return BadTable(
        f"{what}.",
        where="data/courrier/messages.yml",
        remedy="Comparez ce fichier à celui que le kit livre.",
    )
