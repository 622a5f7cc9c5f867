"""Fields of the CV's forms: a specification, a value and what is wrong with it, ready to show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pydantic import BaseModel

from iprof_kit.base.asked import Asked, Kind
from iprof_kit.cv.remarks.remark import Remarque
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.screens.cv.compare import month_words
from iprof_kit.ui.screens.cv.values import shown_day, split_month
from iprof_kit.ui.shared import text

_WRITE: dict[Kind, str] = {
    "month": "Choisissez le mois et écrivez l’année sur quatre chiffres ; l’année suffit.",
    "day": "Écrivez le jour, le mois et l’année, par exemple 01/09/2024.",
}
_WRITTEN = re.compile(r"(?<![\d-])\d{4}-\d{2}(?:-\d{2})?(?![\d-])")


Remarks = Mapping[str, Remarque]


def cv_fields(
    form: Iterable[Asked],
    values: BaseModel,
    remarks: Remarks,
    *,
    only: frozenset[str] | None = None,
) -> tuple[Field, ...]:
    """Return the fields of a form.

    Parameters
    ----------
    values : BaseModel
        The part of the CV that the form writes.
    remarks : mapping
        Remarks by name of field.
    only : frozenset of str, optional
        The fields whose remarks are shown: those that the person has left. None: all.
    """
    shown = {name: one for name, one in remarks.items() if only is None or name in only}
    return tuple(
        _field(asked, str(getattr(values, asked.name)), shown.get(asked.name)) for asked in form
    )


def of_part(remarks: Iterable[Remarque], where: str) -> dict[str, Remarque]:
    """Return the remarks of one part (« faits.diplomes.<id> ») by field, the gravest first."""
    order = ("erreur", "avertissement", "conseil")
    by_field: dict[str, Remarque] = {}
    for one in sorted(remarks, key=lambda remark: order.index(remark.gravite)):
        if one.ou == where or one.ou.startswith(where + "."):
            by_field.setdefault(one.ou[len(where) + 1 :], one)
    return by_field


def sentence(remark: Remarque) -> str:
    """Return what a remark says, its dates in words: « juin 2021 »."""
    return text.sentence(_WRITTEN.sub(lambda written: month_words(written[0]), remark.message))


def wrong(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return the fields that are to be mended."""
    return tuple(field for field in fields if field.error)


def _field(asked: Asked, value: str, remark: Remarque | None) -> Field:
    month, year = split_month(value) if asked.kind == "month" else ("", value)
    message = sentence(remark) if remark else ""
    remedy = remark.remede if remark else ""
    if asked.kind == "month" and month and not year.strip():
        message = message and "Il manque l’année."
    if message and asked.kind in _WRITE and "comprend" in (remark.message if remark else ""):
        remedy = _WRITE[asked.kind]
    grave = remark is not None and remark.gravite == "erreur"
    wrong = {"error" if grave else "warning": message, "remedy": remedy}
    typed = shown_day(year) if asked.kind == "day" else year
    return Field(**vars(asked) | {"value": typed, "month": month} | wrong)
