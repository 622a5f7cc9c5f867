"""People drawn at random, whom no warm process has shown: nothing about them is memoised.

Each is somebody of the sample at the first grade of a corps whose dates are moved by a number of
days of her own, so that no question that her screens ask has been asked before the fork. The seed
is another at each run unless IPROF_SEED gives it, and is printed.
"""

from __future__ import annotations

import os
import random
import secrets
from datetime import date, timedelta
from typing import Any

COUNT = 200
"""An account each for two hundred sessions."""
SEED = int(os.environ.get("IPROF_SEED") or secrets.randbelow(10**6))
_MOST_DAYS = 700
_FIRST_GRADE = "classe_normale"


def accounts() -> tuple[str, ...]:
    """Return their accounts, of the form that the portal asks for: Anne Fouleaa, afouleaa…"""
    return tuple("a" + _surname(number).lower() for number in range(COUNT))


def _surname(number: int) -> str:
    """Return a name that nobody else has: an account is made of it."""
    return "Foule" + "".join(chr(ord("a") + digit) for digit in divmod(number, 26))


def enter(seed: int) -> None:
    """Put them in the database of the server that is about to open, with the sample."""
    from internals import (
        NewAccount,
        create_account,
        database,
        load_sample,
        save_dossier,
        utc_now,
    )

    database.prepare_database()
    load_sample(utc_now())
    for account, file in zip(accounts(), drawn(seed), strict=True):
        save_dossier(file, "benchmark", utc_now())
        create_account(
            NewAccount(
                compte=account,
                roles=("enseignant",),
                numero_dossier=file.numero,
                numen=None,
                password="demonstration-libre",
                demo=True,
                portfolios=[],
            ),
            "benchmark",
            utc_now(),
        )
    database.engine().dispose()


def drawn(seed: int) -> list[Any]:
    """Return their files."""
    from internals import Dossier, sample_dossiers

    draw = random.Random(seed)
    like = [one for one in sample_dossiers() if one.echelons and _is_first(one)]
    files = []
    for number in range(COUNT):
        moved = _moved(draw.choice(like).model_dump(mode="json"), draw.randint(1, _MOST_DAYS))
        moved["numero"] = f"F{number:04}"
        moved["identite"] |= {"prenom": "Anne", "nom": _surname(number)}
        files.append(Dossier.model_validate(moved))
    return files


def _is_first(dossier: Any) -> bool:
    return str(dossier.echelons[-1].grade) == _FIRST_GRADE


def _moved(dossier: dict[str, Any], days: int) -> dict[str, Any]:
    """Return a file whose career began that many days sooner."""
    earlier = {name: _sooner(dossier[name], days) for name in ("entree_corps", "titularisation")}
    steps = [one | {"date_effet": _sooner(one["date_effet"], days)} for one in dossier["echelons"]]
    positions = [one | {"debut": _sooner(one["debut"], days)} for one in dossier["positions"]]
    kept = {"echelons": steps, "positions": positions[:1], "situations": [], "rendez_vous": []}
    return dossier | earlier | kept


def _sooner(day: str | None, days: int) -> str | None:
    return None if day is None else str(date.fromisoformat(day) - timedelta(days=days))
