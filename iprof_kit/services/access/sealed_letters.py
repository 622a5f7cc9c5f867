"""Sealed letters: one PDF a school and its receipt, each whole under its name or not there.

A slice is written under the names of its delivery, then its codes are kept, then the files get
their names. Cut in between, the next run finds them by the delivery: those whose codes were kept
get their names, the others are removed, so that no letter tells a code that does not serve.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count, groupby
from pathlib import Path

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.base.configuration.sub_path import whole_address
from iprof_kit.base.errors import Conflict, InputError
from iprof_kit.base.private_files import sync_folder
from iprof_kit.base.words import counted
from iprof_kit.documents.typesetting import ACCESS, compile_data
from iprof_kit.documents.words import printed
from iprof_kit.services.academies import academie
from iprof_kit.services.access.delivering import (
    AT_ONCE,
    PAGE,
    Addressee,
    Coded,
    delivered,
    keep_codes,
    last_day,
    with_codes,
)
from iprof_kit.services.access.first_access import grouped
from iprof_kit.services.contract.dossier import Academie

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # a module elsewhere

MOST = 500
"""Letters of one document."""
_NO_SCHOOL = "sans-etablissement"
_PART = re.compile(
    r"\.(?P<name>[\w-]+)\.(?P<delivery>[0-9a-f]{32})\.\d+(?P<kind>\.pdf|\.txt)\.part"
)
_SAFE = re.compile(r"[0-9A-Z]{1,8}")
UNOFFICIAL = "Kit libre, non officiel : ce n’est pas I-Prof. Il simule ; l’administration décide."

_WHAT = (
    "L’assistant carrière est un kit libre et non officiel : ce n’est pas I-Prof. Il lit votre "
    "dossier, explique et simule ; l’administration décide."
)
_WHY = (
    "Un compte est prêt à votre nom. Ce code vous permet d’y entrer la première fois, et d’en "
    "choisir le mot de passe. Ne le confiez à personne."
)


@dataclass(frozen=True)
class Made:
    """What a run made, schools and letters, and how many files of a former run it took up."""

    schools: int
    letters: int
    taken_up: int


def write_letters(
    people: Sequence[Addressee], folder: Path, address: str, by: str, now: datetime
) -> Made:
    """Write the letters of some people, school by school, and keep their codes.

    Parameters
    ----------
    people : sequence of Addressee
        In the order of their schools.
    folder : Path
        Made where it misses, its owner's alone; nothing in it is overwritten.
    address : str
        Of the site, as people type it.
    by : str
        Whom the journal names.
    now : datetime

    Raises
    ------
    InputError
        The folder is not private, or cannot be written.
    Conflict
        One of these accounts changed meanwhile: given again, the order goes on. Another run writes
        in this folder.
    """
    _private(folder)
    with _alone(folder):
        return _written_school_by_school(people, folder, address, by, now)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a folder: a second run would take up what the first one has not named yet."""
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise Conflict(
            "une autre commande écrit déjà des lettres dans ce dossier.",
            where=str(folder),
            remedy="Attendez qu’elle finisse, ou choisissez un autre dossier.",
        ) from error
    finally:
        os.close(handle)


def _written_school_by_school(
    people: Sequence[Addressee], folder: Path, address: str, by: str, now: datetime
) -> Made:
    taken_up, until = take_up(folder), last_day(now)
    schools: set[str] = set()
    for slice_ in _slices(people):
        delivery, files = secrets.token_hex(16), [with_codes(one) for one in slice_]
        written: list[Path] = []
        try:
            for number, coded in enumerate(files):
                written += _write(folder, f"{delivery}.{number}", coded, address, until, now)
            sync_folder(folder)
            keep_codes([one for coded in files for one in coded], delivery, until, by, now)
        except Exception:
            if not delivered(delivery):
                for part in written:
                    part.unlink(missing_ok=True)
            raise
        for part in written:
            _publish(part)
        schools |= {file[0].school.uai for file in slice_}
    sync_folder(folder)
    return Made(len(schools), len(people), taken_up)


def take_up(folder: Path) -> int:
    """Give their names to the letters of a run that was cut, remove those of no use; how many."""
    taken = 0
    for part in sorted(folder.glob(".*.part")):
        match = _PART.fullmatch(part.name)
        if match is None:
            continue
        if delivered(match["delivery"]):
            _publish(part)
            taken += match["kind"] == ".pdf"
        else:
            part.unlink()
    return taken


def _private(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mode = folder.stat().st_mode
    except OSError as error:
        raise InputError(
            "ce dossier ne peut pas être écrit.",
            where=str(folder),
            remedy="Choisissez-en un autre.",
        ) from error
    if os.name == "posix" and mode & 0o077:
        raise InputError(
            "ce dossier s’ouvre à d’autres que vous : ces lettres sont des secrets.",
            where=str(folder),
            remedy="Choisissez un dossier neuf, ou fermez celui-ci : chmod 700.",
        )


def _slices(people: Sequence[Addressee]) -> Iterator[list[list[Addressee]]]:
    """Yield what is kept at once: whole schools, each as the files that hold it."""
    slice_: list[list[Addressee]] = []
    for _, group in groupby(people, key=lambda one: one.school.uai):
        hers = list(group)
        for first in range(0, len(hers), MOST):
            file = hers[first : first + MOST]
            if slice_ and sum(map(len, slice_)) + len(file) > AT_ONCE:
                yield slice_
                slice_ = []
            slice_.append(file)
    if slice_:
        yield slice_


def _write(
    folder: Path, named: str, some: Sequence[Coded], address: str, until: date, now: datetime
) -> list[Path]:
    """Write the letters of a school and their receipt under the name of their delivery."""
    school = some[0].to.school
    name = school.uai if _SAFE.fullmatch(school.uai) else _NO_SCHOOL
    today = paris(now).date()
    receipt = (
        f"{school.name or 'Sans établissement'}{f' ({school.uai})' if school.uai else ''}\n"
        f"{counted(len(some), 'lettre')} d’accès. Codes délivrés le {date_text(today)}, "
        f"valables jusqu’au {date_text(until)}.\n\nRemises le :\nPar :\n"
    )
    made = {".pdf": letters_pdf(_letters(some, address, until, today)), ".txt": receipt.encode()}
    paths = []
    for kind, content in made.items():
        path = folder / f".{name}.{named}{kind}.part"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(handle)
        paths.append(path)
    return paths


def _publish(part: Path) -> None:
    """Give its name to a file, the first one that is free: nothing is overwritten."""
    match = _PART.fullmatch(part.name)
    if match is None:
        return
    for number in count(1):
        more = f"-{number}" if number > 1 else ""
        try:
            os.link(part, part.with_name(f"{match['name']}{more}{match['kind']}"))
        except FileExistsError:
            continue
        part.unlink()
        return


def _letters(some: Sequence[Coded], address: str, until: date, today: date) -> AccessLetters:
    academy = academie(some[0].to.academie)
    return AccessLetters(
        sender=(f"Académie : {academy.nom}", *help_of(academy)),
        place_and_date=f"Le {date_text(today)}",
        subject="Votre première connexion à l’assistant carrière",
        opening=(_WHAT, _WHY),
        address=whole_address(address, PAGE),
        until=date_text(until),
        steps=(
            "Ouvrez l’adresse ci-dessus, ou « Première connexion » sur la page de connexion.",
            "Tapez votre compte et votre code : majuscules, tirets et espaces sont indifférents.",
            "Choisissez votre mot de passe, puis connectez-vous.",
        ),
        closing=(
            "Si vous recevez une autre lettre, seul le code de la dernière sert.",
            f"Une question, un code qui ne sert plus : {', '.join(help_of(academy))}.",
        ),
        notice=UNOFFICIAL,
        day=today,
        letters=[
            AccessLetter(recipient_of(one.to), one.to.compte, grouped(one.code)) for one in some
        ],
    )


def recipient_of(somebody: Addressee) -> tuple[str, ...]:
    """Return the lines of an address."""
    return tuple(filter(None, (somebody.name, somebody.school.name, somebody.school.commune)))


def help_of(academy: Academie) -> tuple[str, ...]:
    """Return whom to ask, and how."""
    ways = (academy.assistance_nom, academy.assistance_telephone, academy.assistance_courriel)
    return tuple(one for one in ways if one)


@dataclass(frozen=True)
class AccessLetter:
    """What is one person's: the lines of her address, her account, her code."""

    recipient: tuple[str, ...]
    compte: str
    code: str


@dataclass(frozen=True)
class AccessLetters:
    """What is the same for all, then the letters; `address` is that of the page to open."""

    sender: tuple[str, ...]
    place_and_date: str
    subject: str
    opening: tuple[str, ...]
    address: str
    until: str
    steps: tuple[str, ...]
    closing: tuple[str, ...]
    notice: str
    day: date
    letters: Sequence[AccessLetter]


def letters_pdf(them: AccessLetters) -> bytes:
    """Return the letters as a tagged PDF, in their order."""

    def lines(some: Sequence[str]) -> list[str]:
        return [printed(one) for one in some]

    plain = {
        "title": printed(them.subject),
        "author": "iprof-kit",
        "lang": "fr",
        "name": printed(them.subject),
        "notice": printed(them.notice),
        "sender": lines(them.sender),
        "place_and_date": printed(them.place_and_date),
        "opening": lines(them.opening),
        "address": printed(them.address),
        "until": printed(them.until),
        "steps": lines(them.steps),
        "closing": lines(them.closing),
        "letters": [
            {"recipient": lines(one.recipient), "compte": one.compte, "code": one.code}
            for one in them.letters
        ],
    }
    moment = datetime(them.day.year, them.day.month, them.day.day, tzinfo=UTC)
    return compile_data(ACCESS, json.dumps(plain, ensure_ascii=False), int(moment.timestamp()))
