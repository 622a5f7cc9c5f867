"""Filters of the pages: an answer of a calculation in, French words out, its fact kept.

`{{ answer.net | euros("net", answer.month) }}` writes « 1 850 € » in a `<data>` that says what it
is. Without the name of a quantity a filter writes words alone, and nothing for None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from iprof_kit.base.calendar import school_year_text
from iprof_kit.base.words import counted, points_text, weight_text
from iprof_kit.calculate.interface.explained import Explanation, Reference
from iprof_kit.calculate.interface.in_full import in_full
from iprof_kit.calculate.interface.official_texts import official
from iprof_kit.ui.kit.parts.dates import day_of
from iprof_kit.ui.kit.parts.reasons import Why, discreet, reference_text, why_of
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import capital
from iprof_kit.ui.shared.worded import figure, joined, of_a_text, worded

T = TypeVar("T", int, float, date)


def _written(words: Callable[[T], str]) -> Callable[..., str]:
    """Return the filter that writes a value so; where `of` names its quantity, with its fact."""

    def written(
        value: T | None, of: str = "", on: date | str = "", given: Iterable[str] = ()
    ) -> str:
        if value is None:
            return ""
        in_words = words(value)
        return figure(in_words, of, value, on, given) if of else in_words

    return written


def sentence_with(pattern: str, *pieces: str) -> str:
    """Return a sentence, each `{}` one of the pieces: `"depuis le {}" | avec(start | jour)`.

    Examples
    --------
    >>> sentence_with("depuis le {}", FILTERS["jour"](date(2027, 9, 1)))
    'depuis le 1er septembre 2027'
    """
    return worded(pattern, *pieces)


def echelon(value: str | int | None) -> str:
    """Return « 9e échelon ».

    Examples
    --------
    >>> echelon("9")
    '9e échelon'
    """
    return "" if value is None else text.echelon_label(f"{value}")


def plural(count: int, one: str, many: str = "") -> str:
    """Return « 1 session », « 3 sessions choisies », « 3 vœux ».

    Examples
    --------
    >>> [plural(1, "session"), plural(3, "session choisie"), plural(3, "vœu", "vœux")]
    ['1 session', '3 sessions choisies', '3 vœux']
    """
    words = many if many and count > 1 else counted(count, one).partition(" ")[2]
    return f"{text.whole(count)} {words}"


def points(value: float | None, *, signed: bool = False) -> str:
    """Return « 1 702 », or « +34 » and « −311 » where a gap is written; nothing for None.

    Examples
    --------
    >>> [points(30.5), points(34, signed=True), points(None)]
    ['30,5', '+34', '']
    """
    if value is None:
        return ""
    sign = ("+" if value >= 0 else text.MINUS) if signed else ""
    return f"{sign}{points_text(abs(value) if signed else value)}"


def reason(explanation: Explanation | None) -> Why | None:
    """Return the reason that a trace gives, as screens show it; None while nobody opened it."""
    return discreet(why_of(explanation)) if explanation else None


def official_source(source: Reference) -> str:
    """Return the official text of a source, without our letter."""
    return official(reference_text(source))


def share(count: float, most: float) -> float:
    """Return the length of a bar, per cent of the longest one's.

    Examples
    --------
    >>> share(1, 3), share(2, 0)
    (33.3, 0)
    """
    return round(100 * count / most, 1) if most else 0


def percent(count: float, whole: float) -> str:
    """Return « 33 % »: what a part is of the whole, to the unit; of nothing, « 0 % ».

    Examples
    --------
    >>> percent(1, 3).replace(text.NBSP, " ")
    '33 %'
    """
    return f"{round(100 * count / whole) if whole else 0}{text.NBSP}%"


def heading(words: str) -> str:
    """Return a text with a capital letter and no full stop, as a heading is."""
    return text.sentence(words).rstrip(".")


def in_a_sentence(names: Iterable[str]) -> str:
    """Return names one after another, small first letters, the capitals of sigles kept.

    Examples
    --------
    >>> in_a_sentence(["Carnet", "Vœux", "RQTH"])
    'carnet, vœux, RQTH'
    """
    return ", ".join(one if one[1:2].isupper() else one[:1].lower() + one[1:] for one in names)


def dated_moment(value: datetime, of: str = "", on: str = "") -> str:
    """Return a moment in full; with the name of a quantity, the fact of its day in Paris."""
    words = text.moment(value)
    return figure(words, of, text.in_paris(value), on) if of else words


def last_day_before(closing: datetime) -> date:
    """Return the last day on which what closes at a moment is still open, in Paris."""
    return text.in_paris(closing - timedelta(minutes=1))


def _short_day(day: date) -> str:
    return " ".join(text.short_day(day))


def _this_year(moment: datetime) -> str:
    return text.short_day(text.in_paris(moment))[0]


FILTERS: dict[str, Callable[..., Any]] = {
    "fait": figure,
    "euros": _written(text.euros),
    "centimes": _written(text.money),
    "ecart": _written(text.signed_euros),
    "ecart_centimes": _written(text.signed_money),
    "taux": text.percent,
    "jour": _written(text.day),
    "jour_court": _written(_short_day),
    "deux_longueurs": day_of,
    "capital": capital,
    "mois": _written(text.month),
    "duree": _written(text.duration),
    "jours": _written(text.counted_days),
    "trimestres": _written(text.quarters),
    "moment": dated_moment,
    "quand": text.said_at,
    "heure": text.time_of_day,
    "jour_bref": _this_year,
    "veille": last_day_before,
    "en_paris": text.in_paris,
    "echelon": echelon,
    "appreciation": text.appreciation_label,
    "heures": _written(text.hours),
    "nombre": plural,
    "entier": text.whole,
    "poids": weight_text,
    "part_de": share,
    "sur_cent": percent,
    "titre": heading,
    "cites": in_a_sentence,
    "points": points,
    "de": text.of,
    "liste": text.listed,
    "phrase": text.sentence,
    "annee_scolaire": school_year_text,
    "raison": reason,
    "officiel": official_source,
    "en_entier": in_full,
    "texte_officiel": official,
    "en_vigueur": text.in_force,
    "avec_faits": of_a_text,
    "avec": sentence_with,
    "joints": lambda pieces, between: joined(between, pieces),
}
"""By the name that a page says."""
