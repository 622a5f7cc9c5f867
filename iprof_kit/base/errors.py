"""Errors that a user may read: what is wrong, where, what to do. In French."""

# ruff: noqa: N818  # the names say what happened: BadTable, Refused

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

_SYSTEM = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.ENOENT: "il n’existe pas",
    errno.EEXIST: "il existe déjà",
    errno.EISDIR: "c’est un dossier",
    errno.ENOTDIR: "ce n’est pas un dossier",
    errno.EROFS: "le disque est en lecture seule",
    errno.EBUSY: "il est occupé",
    errno.EADDRNOTAVAIL: "cette machine n’a pas cette adresse",
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, for a program: a code that keeps its word, the field, its value.

    Parameters
    ----------
    code : str
        Stable from a version to the next: « champ_obligatoire » (docs/promise.md).
    path : tuple of str or int
        The field, from the outside in; a rank of a list is a number. Empty where there is none.
    message, remedy : str
        What a person reads, in French.
    value : object
        What was written there; None where nothing was.

    Examples
    --------
    >>> from iprof_kit import Fault
    >>> Fault("hors_bornes", ("listes", 0, "effectif"), "au moins 0", value=-1).path
    ('listes', 0, 'effectif')
    """

    code: str
    path: tuple[str | int, ...]
    message: str
    remedy: str = ""
    value: Any = None


class KitError(Exception):
    """An error whose message is written for the person at the screen.

    Parameters
    ----------
    message : str
        What is wrong, in French, without blame.
    where : str
        The field, the line or the key concerned; empty where there is none.
    remedy : str
        What to do next, in French.
    faults : sequence of Fault
        Each thing that is wrong, where they are several; else the error itself is the one.

    Examples
    --------
    >>> from iprof_kit import KitError
    >>> error = KitError("ce jour est férié.", where="date", remedy="Prenez la veille.")
    >>> str(error), error.code
    ('date : ce jour est férié. Prenez la veille.', 'erreur')
    """

    code: ClassVar[str] = "erreur"
    """What programs know a kind of error by: it does not change (docs/promise.md)."""

    def __init__(
        self, message: str, *, where: str = "", remedy: str = "", faults: Sequence[Fault] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.remedy = remedy
        self._faults = tuple(faults)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Each thing that is wrong; the error itself where it says one."""
        path = tuple(self.where.split(".")) if self.where else ()
        return self._faults or (Fault(self.code, path, self.message, self.remedy),)

    def as_json(self) -> dict[str, Any]:
        """Return what a program reads of it: `code`, `message`, and its `fautes` one by one."""
        return {"code": self.code, "message": str(self), "fautes": [*map(_written, self.faults)]}

    def __str__(self) -> str:
        """Return the three parts as one text."""
        head = f"{self.where} : {self.message}" if self.where else self.message
        return f"{head} {self.remedy}".strip()


def _written(fault: Fault) -> dict[str, Any]:
    return {
        "code": fault.code,
        "chemin": list(fault.path),
        "valeur": fault.value,
        "message": fault.message,
        "remede": fault.remedy,
    }


def system_reason(error: OSError) -> str:
    """Return in French why the system refused, its own words where the kit knows no better."""
    return _SYSTEM.get(error.errno or 0, error.strerror or str(error))


class InputError(KitError):
    """What was entered cannot be used as it is.

    Examples
    --------
    >>> from iprof_kit import InputError, ask
    >>> try:
    ...     ask("quota", {})
    ... except InputError as error:
    ...     print(error.code, [fault.code for fault in error.faults])
    saisie ['champ_obligatoire']
    """

    code = "saisie"


def unreadable(
    error: OSError | UnicodeDecodeError, where: str, what: str = "ce fichier"
) -> InputError:
    """Return why a text file cannot be read: its encoding, or what the system says of it.

    Parameters
    ----------
    error : OSError or UnicodeDecodeError
    where : str
        The file, as the person named it.
    what : str, optional
        What it is to her.

    Examples
    --------
    >>> try:
    ...     "é".encode("latin-1").decode("utf-8")
    ... except UnicodeDecodeError as error:
    ...     print(unreadable(error, "moi.csv"))
    moi.csv : ce fichier n’est pas écrit en UTF-8, à la ligne 1. Enregistrez-le en UTF-8, puis \
recommencez.
    """
    if isinstance(error, UnicodeDecodeError):
        line = error.object[: error.start].count(b"\n") + 1
        return InputError(
            f"{what} n’est pas écrit en UTF-8, à la ligne {line}.",
            where=where,
            remedy="Enregistrez-le en UTF-8, puis recommencez.",
        )
    return InputError(
        f"{what} ne peut pas être lu : {system_reason(error)}.",
        where=where,
        remedy="Vérifiez son nom et vos droits.",
    )


class BadBackup(InputError):
    """A backup cannot be trusted; there is one remedy."""

    def __init__(self, message: str) -> None:
        super().__init__(message, remedy="Prenez une autre sauvegarde.")


class LawError(KitError):
    """The tables of the law do not answer this question.

    Examples
    --------
    >>> from iprof_kit import LawError
    >>> LawError("aucune ligne ne couvre ce jour.").code
    'droit'
    """

    code = "droit"


class PeriodNotCovered(LawError):
    """The date lies outside the periods that the tables cover."""

    code = "periode_non_couverte"


class BadTable(LawError):
    """A reference table is malformed; raised when it is loaded, never later."""

    code = "table"


class Refused(KitError):
    """The person asking may not do or see this."""

    code = "refus"


class Conflict(KitError):
    """Somebody else changed the same thing in the meantime."""

    code = "conflit"


class Unavailable(KitError):
    """A means (database, port, file) does not answer for now.

    `seconds`: after which it is worth asking again, where that is known.
    """

    code = "indisponible"

    seconds: int | None = None
