"""The search of the plan: its fields, what was found, what each session is for this person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.training.conflicts import Slot
from iprof_kit.calculate.training.holidays import SchoolHolidays
from iprof_kit.services.contract.formation import MOST_SHOWN, FormationLue, FormationsLues
from iprof_kit.ui.kit.fields import read_day
from iprof_kit.ui.kit.parts import Field, Option
from iprof_kit.ui.screens.formation import words
from iprof_kit.ui.screens.formation.kept import Choice, Kept
from iprof_kit.ui.shared import text

LISTS = ("theme", "niveau", "lieu", "modalite", "public")
NAMES = ("texte", *LISTS, "du")
_LABELS = {"texte": "Mots ou code", "theme": "Thème", "niveau": "Niveau", "lieu": "Lieu",
           "modalite": "Modalité", "public": "Accès", "du": "À partir du"}  # fmt: skip
_ALL = {"theme": "tous", "niveau": "tous", "lieu": "tous", "modalite": "toutes",
        "public": "tous"}  # fmt: skip


@dataclass(frozen=True)
class FoundRow:
    """One session that was found."""

    key: str
    id: str
    title: str
    theme: str
    when: str
    where: str
    codes: str
    clash: str = ""
    chosen: bool = False
    called: bool = False
    """Public désigné: nobody applies for it."""


@dataclass(frozen=True)
class Finding:
    """The search and its page of results."""

    fields: tuple[Field, ...] = ()
    rows: tuple[FoundRow, ...] = ()
    count: str = ""
    page: int = 1
    pages: int = 1
    narrowed: bool = False
    """Whether a filter beside the words is chosen: it stays in sight."""
    asked: bool = False
    """Whether she is searching: the plan stays open then, below a list that has sessions."""
    plan: str = ""
    """What the plan is, or that there is none."""


def asked_of(typed: Mapping[str, str], degree: str, page: int) -> dict[str, Any]:
    """Return the arguments of a search; a date that cannot be read is left out."""
    asked: dict[str, Any] = {name: typed.get(name, "") for name in ("texte", *LISTS)}
    asked["texte"] = asked["texte"][:80]
    try:
        asked["du"] = read_day(typed["du"]) if typed.get("du", "").strip() else None
    except InputError:
        asked["du"] = None
    return asked | {"degre": degree, "page": page}


def finding(
    read: FormationsLues,
    typed: Mapping[str, str],
    kept: Kept,
    week: dict[int, tuple[Slot, ...]],
    holidays: SchoolHolidays,
) -> Finding:
    """Return the search as it is shown."""
    if not read.sessions:
        return Finding(plan=_no_plan(read))
    imported = f", importé le {text.day(text.in_paris(read.importe_le))}" if read.importe_le else ""
    return Finding(
        fields=tuple(_fields(read, typed)),
        rows=tuple(_row(one, kept, week, holidays) for one in read.formations),
        count=_count(read.total),
        page=read.page,
        narrowed=any(typed.get(name, "").strip() for name in NAMES[1:]),
        asked=read.page > 1 or any(typed.get(name, "").strip() for name in NAMES),
        pages=max(1, -(-read.total // MOST_SHOWN)),
        plan=f"{_count(read.sessions)} au plan de votre académie{imported}.",
    )


def _no_plan(read: FormationsLues) -> str:
    last = ""
    if read.dernier is not None:
        last = f" Le dernier importé est celui de {read.dernier}-{read.dernier + 1}."
    return (
        f"Aucun plan de cette année scolaire n’a été donné à ce kit pour votre académie.{last} "
        "Consultez-le dans GAIA ou SOFIA ; vos formations suivies se notent ici quand même."
    )


def _count(number: int) -> str:
    return f"{text.whole(number)} session{'s' if number > 1 else ''}"


def _fields(read: FormationsLues, typed: Mapping[str, str]) -> list[Field]:
    choices: dict[str, list[tuple[str, str]]] = {
        "theme": [(one, one) for one in read.themes],
        "niveau": [(one, one) for one in read.niveaux],
        "lieu": [(one, one) for one in read.lieux],
        "modalite": list(words.MODALITIES.items()),
        "public": list(words.PUBLICS.items()),
    }
    fields = [Field("texte", _LABELS["texte"], typed.get("texte", ""), longest=80)]
    for name in LISTS:
        chosen = typed.get(name, "")
        options = [("", _ALL[name]), *choices[name]]
        fields.append(
            Field(
                name,
                _LABELS[name],
                chosen,
                options=tuple(Option(v, label, v == chosen) for v, label in options),
            )
        )
    return [*fields, _day_field(typed.get("du", ""))]


def _day_field(typed: str) -> Field:
    plain = Field("du", _LABELS["du"], typed, numeric=True)
    if not typed.strip():
        return plain
    try:
        read_day(typed)
    except InputError as error:
        return Field(
            "du", _LABELS["du"], typed, error=text.sentence(error.message),
            remedy=error.remedy, numeric=True,
        )  # fmt: skip
    return plain


def _row(
    one: FormationLue, kept: Kept, week: dict[int, tuple[Slot, ...]], holidays: SchoolHolidays
) -> FoundRow:
    choice = Choice(one)
    return FoundRow(
        one.cle,
        words.element_id(one.cle),
        one.intitule,
        ", ".join(part for part in (one.theme, one.niveau) if part),
        words.when(one),
        words.where(one),
        words.codes(one),
        next(words.clashes(choice, kept.choices, week, holidays), ""),
        kept.choice(one.cle) is not None,
        one.public == "designe",
    )
