"""The files of data/demandes: each a request, checked where it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import REQUESTS
from iprof_kit.base.words import NBSP
from iprof_kit.law.paths.rows import paths
from iprof_kit.law.requests.delays import known_delays
from iprof_kit.law.requests.model import REFUSAL, Request
from iprof_kit.law.tables.marks import Marks, files_of_the_kit, mark_of, place, read_checked
from iprof_kit.law.tables.rules import rule_names
from iprof_kit.law.tables.written import schema_of

Where = tuple[str | int, ...]
FILLED = frozenset(
    {
        "nom",
        "corps",
        "affectation",
        "academie",
        "aujourdhui",
        "quotite",
        "enfants",
    }
)
"""What a letter takes of the file and of what she told; it may also name steps and delays."""
_NUMBER = (
    r"(?:\d+(?:[ ,]\d+)*|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt"
    r"|trente)"
)
_QUANTITY = re.compile(rf"\b{_NUMBER}\s*(?:mois|jours?|ans?|années?|semaines?|heures?|%|€|euros?)")
_NAMED = re.compile(r"\{([^{}]*)\}")


def read_request(path: str | Path) -> Request:
    """Read a request from a YAML file.

    Parameters
    ----------
    path : str or Path
        See docs/services-demandes.md for what a file holds.

    Raises
    ------
    InputError
        The file cannot be read, or does not hold a request: every error with line and column.

    Examples
    --------
    >>> from iprof_kit.base.paths import REQUESTS
    >>> read_request(REQUESTS / "temps_partiel.yml").paths
    ('TP_DROIT', 'TP_AUTORISATION')
    """
    return Request.model_validate(
        read_checked(Path(path), schema_of(Request), "de demande", _other_errors)
    )


@cache
def requests() -> dict[str, Request]:
    """Return the requests of the kit by id, in the order of their ranks.

    Raises
    ------
    BadTable
        A file of the kit is not a request.
    """
    made = files_of_the_kit(REQUESTS, read_request, lambda one: one.id)
    return {one.id: one for one in sorted(made, key=lambda one: (one.rank, one.id))}


def request_of(key: str) -> Request:
    """Return one request.

    Raises
    ------
    InputError
        There is none of that name; the message lists the known ones.
    """
    request = requests().get(key)
    if request is None:
        raise InputError(
            f"la demande « {key} » n’existe pas.",
            where="demande",
            remedy=f"Demandes : {', '.join(requests())}.",
        )
    return request


def _other_errors(value: dict[str, Any], marks: Marks) -> list[str]:
    """Return what a schema cannot say: a name that nothing bears, a quantity of the law."""
    errors = [
        *_unknown("parcours", value.get("parcours", []), frozenset(paths()), marks),
        *_unknown("regles", value["regles"], rule_names(), marks),
    ]
    for number, step in enumerate(value["etapes"]):
        before = {one["cle"] for one in value["etapes"][:number]}
        errors += _step_errors(step, before, ("etapes", number), marks)
    steps = {one["cle"] for one in value["etapes"]}
    for number, letter in enumerate(value["lettres"]):
        if letter["etape"] not in steps:
            where: Where = ("lettres", number, "etape")
            errors.append(_said(marks, where, f"l’étape « {letter['etape']} » manque"))
    known = steps | set(known_delays()) | FILLED
    for path, words in _texts(value, ()):
        if path[-1] != "source":
            errors += _word_errors(words, known, path, marks)
    return errors


def _unknown(key: str, names: list[str], known: frozenset[str], marks: Marks) -> Iterator[str]:
    kind = {"parcours": "parcours inconnu", "regles": "règle inconnue"}[key]
    for number, name in enumerate(names):
        if name not in known:
            yield _said(marks, (key, number), f"{kind} « {name} »")


def _step_errors(
    step: dict[str, Any], before: set[str], where: Where, marks: Marks
) -> Iterator[str]:
    if step["cle"] in before:
        yield _said(marks, (*where, "cle"), f"l’étape « {step['cle']} » existe déjà")
    if step["cle"] in known_delays():
        yield _said(marks, (*where, "cle"), f"« {step['cle']} » nomme déjà un délai")
    if step.get("delai", known_delays()[0]) not in known_delays():
        yield _said(
            marks,
            (*where, "delai"),
            f"délai inconnu « {step['delai']} », à ajouter à demandes_delais.csv",
        )
    again = step.get("relancee")
    if again and again["delai"] not in known_delays():
        path = (*where, "relancee", "delai")
        yield _said(marks, path, f"délai inconnu « {again['delai']} »")
    named = {
        "depuis": step.get("depuis", ()),
        "interrompue": step.get("interrompue", {}).values(),
        "relancee": [again["par"]] if again else [],
    }
    for part, keys in named.items():
        for key in keys:
            if key not in before | {REFUSAL}:
                yield _said(marks, (*where, part), f"l’étape « {key} » ne vient pas avant celle-ci")
    if "sauf" in step and step["sauf"] not in before:
        yield _said(
            marks,
            (*where, "sauf"),
            f"l’étape « {step['sauf']} » ne vient pas avant celle-ci",
        )
    if ("delai" in step) != ("depuis" in step):
        yield _said(marks, (*where, "cle"), "un délai va avec le départ dont il court")


def _word_errors(words: str, known: set[str], where: Where, marks: Marks) -> Iterator[str]:
    for name in _NAMED.findall(words):
        if name not in known:
            yield _said(marks, where, f"rien ne s’appelle « {name} »")
    plain = words.replace(NBSP, " ")
    if quantity := _QUANTITY.search(plain):
        yield _said(
            marks,
            where,
            f"« {quantity[0]} » est une quantité du droit, à nommer entre "
            "accolades et à écrire dans demandes_delais.csv",
        )


def _texts(value: Any, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(value, str):
        yield where, value
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, (*where, key))
    if isinstance(value, list):
        for number, part in enumerate(value):
            yield from _texts(part, (*where, number))


def _said(marks: Marks, where: Where, what: str) -> str:
    return f"{place(mark_of(marks, where))} : {what}."
