"""What the search finds beside texts: requests, services of the year and paths, in their words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from iprof_kit.base.reference import written_rows
from iprof_kit.law.campaigns.files import services
from iprof_kit.law.requests.files import requests


@dataclass(frozen=True)
class Named:
    """One thing that has a name: what it is called, and in which words it is told."""

    key: str
    title: str
    words: str


@cache
def named_requests() -> tuple[Named, ...]:
    """Return the requests, with their question.

    Examples
    --------
    >>> [one.title for one in named_requests() if one.key == "temps_partiel"]
    ['Temps partiel']
    """
    return tuple(Named(one.id, one.title, one.question) for one in requests().values())


@cache
def named_services() -> tuple[Named, ...]:
    """Return the services of the year, with what is done at each step.

    Examples
    --------
    >>> [one.title for one in named_services() if one.key == "ineat_exeat_1d"]
    ['Ineat et exeat']
    """
    return tuple(
        Named(
            one.id,
            one.title,
            ". ".join(dict.fromkeys(f"{step.title} : {step.act}" for step in one.steps)),
        )
        for one in services().values()
    )


@cache
def named_paths() -> tuple[Named, ...]:
    """Return the other paths, with what they are.

    Examples
    --------
    >>> [one.title for one in named_paths() if one.key == "RUPTURE_CONV"]
    ['Rupture conventionnelle']
    """
    rows = [*written_rows("parcours"), *written_rows("concours")]
    return tuple(Named(row["code"], row["libelle"], "") for row in rows)
