"""A past campaign by viviers, replayed: the functions that she types, the years that count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from iprof_kit.base.asked import Asked
from iprof_kit.base.calendar import axis_of, rentree
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.base.words import echelon_label
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.interface.explained import Explanation
from iprof_kit.calculate.promotion.vivier import SUBJECT, function_names
from iprof_kit.calculate.promotion.vivier_question import (
    FonctionTenue,
    VivierAnswer,
    VivierQuestion,
)
from iprof_kit.calculate.promotion.vivier_why import examined_words, explain_vivier
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.kit.fields import read_day, read_number, shown
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.screens.avancement.standing import place_on_eve
from iprof_kit.ui.shared import text

MOST = 12
"""Functions that a person may type."""
_HC, _WHOLE = "hors_classe", 100
_PARTS = ("fonction", "debut", "fin", "part", "nomination")
_DECISIONS = (("", "pas dite"), ("recevable", "recevable"), ("irrecevable", "irrecevable"))
_APPLIED = (("", "pas dit"), ("oui", "déposée"), ("non", "pas déposée"))


@dataclass(frozen=True)
class Row:
    """One function: its fields, then what it counts, where it can be read."""

    number: int
    fields: tuple[Field, ...]
    counted: str = ""
    why: str = ""


@dataclass(frozen=True)
class Replay:
    """The replay of one campaign: its questions, its answer, its reasons."""

    fields: tuple[Field, ...]
    rows: tuple[Row, ...]
    answer: VivierAnswer | None = None
    trouble: str = ""
    examined: str = ""
    form_key: str = ""
    verify: bool = False
    explain: Callable[[], Explanation] | None = None
    """Calculates the answer again, to say why; None without answer."""

    @property
    def years(self) -> str:
        """« 6 sur 8 »."""
        return f"{self.answer.annees} sur {self.answer.annees_requises}" if self.answer else ""

    @property
    def until(self) -> str:
        """The last day to complete after a refusal, "" where no text gives it."""
        day = self.answer.completer_avant if self.answer else None
        return text.day(day) if day else ""


@dataclass
class _Read:
    """What could be read of the fields, and what is wrong with the others."""

    functions: list[FonctionTenue] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    errors: dict[str, KitError] = field(default_factory=dict)


def replay(year: int, dossier: Dossier, typed: Mapping[str, str], turn: int) -> Replay:
    """Return a campaign replayed with what was typed; what cannot be read is said and left out.

    Parameters
    ----------
    year : int
        Campaign, 2017 to 2023.
    dossier : Dossier
    typed : mapping
        Fields of the carnet « services », by their names.
    turn : int
        Grows where the kit itself changes the fields.
    """
    corps = dossier.corps or ""
    names = function_names(year, corps)
    read = _read(typed, names)
    supposed = _supposed(dossier, year)
    chosen = typed.get(f"vivier.{year}.echelon", "") or supposed
    answer, trouble, explain = None, "", None
    if chosen:
        question = _question(year, dossier, typed, chosen, read)
        answer, trouble = _answer(question)
        if answer is not None:
            explain = partial(explain_vivier, question, answer)
    else:
        trouble = (
            f"Au 31 août {year}, votre dossier ne vous place pas hors classe. Choisissez votre "
            "échelon si le dossier se trompe."
        )
    return Replay(
        tuple(_fields(year, corps, typed, supposed, read)),
        tuple(_rows(names, typed, read, answer)),
        answer,
        trouble,
        examined_words(answer) if answer else "",
        f"viviers-{year}-{turn}",
        bool(answer and answer.a_verifier),
        explain,
    )


def _answer(question: VivierQuestion) -> tuple[VivierAnswer | None, str]:
    try:
        return SUBJECT.one(question), ""
    except KitError as error:
        return None, f"{text.sentence(error.message)} {error.remedy}"


def _question(
    year: int, dossier: Dossier, typed: Mapping[str, str], chosen: str, read: _Read
) -> VivierQuestion:
    echelon, _, chevron = chosen.partition(":")
    place = place_on_eve(dossier, year)
    days = 0
    if place and chosen == _name(place.echelon, place.chevron):
        days = max(0, rentree(year) - axis_of(place.date_effet) + place.reliquat_jours)
    notified = typed.get(f"vivier.{year}.notifiee", "")
    applied = typed.get(f"vivier.{year}.candidature", "")
    decision = typed.get(f"vivier.{year}.decision", "")
    return VivierQuestion(
        corps=dossier.corps or "",
        campagne=year,
        echelon=echelon,
        chevron=chevron or None,
        anciennete_jours=days,
        fonctions=tuple(read.functions),
        candidature_deposee={"oui": True, "non": False}.get(applied),
        decision=decision if decision in ("recevable", "irrecevable") else None,
        notifiee_le=_day_or_none(f"vivier.{year}.notifiee", notified, read),
    )


def _read(typed: Mapping[str, str], names: Mapping[str, str]) -> _Read:
    read = _Read()
    for number in range(1, MOST + 1):
        given = {part: typed.get(_field(number, part), "").strip() for part in _PARTS}
        if not (given["fonction"] or given["debut"] or given["fin"]):
            continue
        one = _function(number, given, names, read)
        if one is not None:
            read.functions.append(one)
            read.places.append(number)
    return read


def _function(
    number: int, given: Mapping[str, str], names: Mapping[str, str], read: _Read
) -> FonctionTenue | None:
    """Return a function, None where one of its fields cannot be read: it is then said."""
    if not given["fonction"]:
        read.errors[_field(number, "fonction")] = InputError(
            "La fonction n’est pas choisie.", remedy="Choisissez-la, ou videz la ligne."
        )
    elif given["fonction"] not in names:
        read.errors[_field(number, "fonction")] = InputError(
            "Cette campagne ne comptait pas encore cette fonction.",
            remedy="La ligne est laissée de côté.",
        )
    begins = _day_or_none(_field(number, "debut"), given["debut"], read, needed=True)
    ends = _day_or_none(_field(number, "fin"), given["fin"], read, needed=True)
    share = _share(number, given["part"], read)
    if begins and ends and ends < begins:
        read.errors[_field(number, "fin")] = InputError(
            "Cette date précède le début.", remedy="Vérifiez les deux dates."
        )
    if any(_field(number, part) in read.errors for part in _PARTS) or not (begins and ends):
        return None
    return FonctionTenue(
        fonction=given["fonction"],
        debut=begins,
        fin=ends,
        part=share,
        faisant_fonction=given["nomination"] == "faisant",
    )


def _share(number: int, typed: str, read: _Read) -> int:
    try:
        return int(read_number(typed, least=1, most=_WHOLE, whole=True) or _WHOLE)
    except KitError as error:
        read.errors[_field(number, "part")] = error
        return _WHOLE


def _day_or_none(name: str, typed: str, read: _Read, *, needed: bool = False) -> date | None:
    if not typed and not needed:
        return None
    try:
        return read_day(typed)
    except KitError as error:
        read.errors[name] = error
        return None


def _field(number: int, part: str) -> str:
    return f"vivier.{number}.{part}"


def _name(echelon: str, chevron: str | None) -> str:
    return f"{echelon}:{chevron}" if chevron else echelon


def _supposed(dossier: Dossier, year: int) -> str:
    place = place_on_eve(dossier, year)
    return _name(place.echelon, place.chevron) if place and place.grade == _HC else ""


def _fields(
    year: int, corps: str, typed: Mapping[str, str], supposed: str, read: _Read
) -> Iterator[Field]:
    names = [
        (_name(e, c), echelon_label(e, c))
        for e in law_facts.echelons(corps, _HC)
        for c in law_facts.chevrons(corps, _HC, e) or (None,)
    ]
    chosen = typed.get(f"vivier.{year}.echelon", "") or supposed
    first = () if supposed else (("", "pas hors classe"),)
    yield _choice(
        f"vivier.{year}.echelon", f"Échelon hors classe au 31 août {year}", (*first, *names), chosen
    )
    for part, label, options in (
        ("candidature", "Candidature au premier vivier", _APPLIED),
        ("decision", "Décision sur la recevabilité", _DECISIONS),
    ):
        name = f"vivier.{year}.{part}"
        yield _choice(name, label, options, typed.get(name, ""))
    name = f"vivier.{year}.notifiee"
    yield _text(name, "Notifiée le", typed, read, hint="jj/mm/aaaa")


def _rows(
    names: Mapping[str, str],
    typed: Mapping[str, str],
    read: _Read,
    answer: VivierAnswer | None,
) -> Iterator[Row]:
    choices = (("", "choisir"), *names.items())
    lines = dict(zip(read.places, answer.lignes, strict=True)) if answer else {}
    filled = [n for n in range(1, MOST + 1) if any(typed.get(_field(n, p)) for p in _PARTS[:3])]
    shown = min(MOST, max(filled, default=0) + 1)
    for number in range(1, shown + 1):
        line = lines.get(number)
        yield Row(
            number,
            (
                _choice(_field(number, "fonction"), "Fonction", choices,
                        typed.get(_field(number, "fonction"), ""), read),
                _text(_field(number, "debut"), "Premier jour", typed, read),
                _text(_field(number, "fin"), "Dernier jour", typed, read),
                _text(_field(number, "part"), "Part du service, %", typed, read),
                _choice(_field(number, "nomination"), "À quel titre",
                        (("", "nommé"), ("faisant", "faisant fonction")),
                        typed.get(_field(number, "nomination"), "")),
            ),
            f"{line.annees} année{'s' if line.annees > 1 else ''}" if line else "",
            line.pourquoi if line else "",
        )  # fmt: skip


def _choice(
    name: str,
    label: str,
    options: tuple[tuple[str, str], ...],
    chosen: str,
    read: _Read | None = None,
) -> Field:
    error = read.errors.get(name) if read else None
    return shown(Asked(name, label, choices=options), chosen, error)


def _text(name: str, label: str, typed: Mapping[str, str], read: _Read, hint: str = "") -> Field:
    asked = Asked(name, label, "number", hint, needed=True)
    return shown(asked, typed.get(name, ""), read.errors.get(name))
