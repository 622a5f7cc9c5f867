"""French formats of the screens: money, signed differences, dates, durations, contractions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from babel.dates import format_date

from iprof_kit.base.calendar import (
    axis_of,
    date_text,
    duration_text,
    eve_of_rentree,
)
from iprof_kit.base.clock import paris
from iprof_kit.base.words import MINUS as MINUS
from iprof_kit.base.words import NBSP as NBSP
from iprof_kit.base.words import NOT_CALCULATED, euros_text, number_text
from iprof_kit.base.words import appreciation_label as appreciation_label
from iprof_kit.base.words import at_echelon as at_echelon
from iprof_kit.base.words import at_place as at_place
from iprof_kit.base.words import echelon_label as echelon_label
from iprof_kit.base.words import grade_words as grade_words
from iprof_kit.base.words import nth as nth
from iprof_kit.base.words import position_label as position_label
from iprof_kit.ui.shared.worded import Worded, figure, placed, worded
from iprof_kit.ui.shared.worded import kept as kept_facts

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = 30
_A_DAY = timedelta(days=1)


def money(amount: float) -> str:
    """Return « 2 371,37 € », to the cent."""
    return euros_text(round(amount, 2))


def signed_money(amount: float) -> str:
    """Return « + 143,46 € », « − 143,46 € » (U+2212), or « égal » for less than a cent."""
    rounded = round(amount, 2)
    if rounded == 0:
        return "égal"
    sign = "+" if rounded > 0 else MINUS
    return f"{sign}{NBSP}{money(abs(rounded))}"


def euros(amount: float) -> str:
    """Return « 141 623 € »: what a figure or a headline says, to the euro."""
    return f"{whole(round(amount))}{NBSP}€"


def whole(number: int) -> str:
    """Return « 2 000 »: a number whose thousands are parted."""
    return f"{number:,}".replace(",", NBSP)


def signed_euros(amount: float) -> str:
    """Return « + 141 623 € », « − 12 € »; cents where there are only cents."""
    if round(amount) == 0:
        return signed_money(amount)
    return f"{'+' if amount > 0 else MINUS}{NBSP}{euros(abs(amount))}"


def percent(rate: float | None) -> str:
    """Return « 13,75 % », nothing for a rate that is not known."""
    return "" if rate is None else f"{rate:g}{NBSP}%".replace(".", ",")


def hours(count: float) -> str:
    """Return « 6 h », « 1,5 h »."""
    return f"{number_text(count)}{NBSP}h"


def quarters(count: int) -> str:
    """Return « 1 trimestre », « 11 trimestres »."""
    return f"{count} trimestre{'s' if count > 1 else ''}"


def day(value: date) -> str:
    """Return « 1er septembre 2027 »."""
    return date_text(value)


def dated(value: date, quantity: str, moment: str = "", given: tuple[str, ...] = ()) -> Worded:
    """Return « 1er septembre 2027 » with what that day is, as `figure` says it."""
    return figure(day(value), quantity, value, moment, given)


def seen(words: str, *campaigns: int | None) -> str:
    """Return words in which the day on which a campaign looks at a career carries its fact.

    Examples
    --------
    >>> seen("il faut 2 ans au 9e échelon au 31 août 2033", 2033).__html__()[-38:]
    Markup('data-moment="2033">31 août 2033</data>')
    """
    eves = {year: eve_of_rentree(year) for year in campaigns if year}
    return placed(words, *(dated(day, "campaign.seen_on", f"{y}") for y, day in eves.items()))


def short_day(value: date) -> tuple[str, str]:
    """Return (« 1er sept. », « 2027 »): the first part does not break on a phone."""
    number = "1er" if value.day == 1 else str(value.day)
    return f"{number}{NBSP}{format_date(value, 'MMM', locale='fr')}", str(value.year)


def marked(words: str, doubtful: bool) -> str:
    """Return the words, with « (à vérifier) » where what they say is not certain."""
    return worded("{} (à vérifier)", words) if doubtful else words


def in_force(since: date | None, until: date | None) -> str:
    """Return « depuis le 6 août 2023 », « du … au … », or the only day: « le 6 août 2023 »."""
    if since and until:
        return f"le {day(since)}" if since == until else f"du {day(since)} au {day(until)}"
    if until:
        return f"jusqu’au {day(until)}"
    return f"depuis le {day(since)}" if since else ""


def dates_in_words(value: str) -> str:
    """Return a text with its ISO dates in words: « du … au … » for two parted by a stroke."""
    if re.fullmatch(rf"{_ISO.pattern}/{_ISO.pattern}", value):
        first, last = value.split("/")
        return f"du {dates_in_words(first)} au {dates_in_words(last)}"
    return _ISO.sub(lambda iso: day(date.fromisoformat(iso[0])), value)


def month(value: date) -> str:
    """Return « septembre 2033 »."""
    return format_date(value, "MMMM y", locale="fr")


def months_between(first: date, last: date) -> str:
    """Return months that follow each other: « janvier et février 2027 ».

    Examples
    --------
    >>> months_between(date(2026, 12, 1), date(2027, 2, 1))
    'décembre 2026 à février 2027'
    >>> months_between(date(2027, 1, 1), date(2027, 2, 1))
    'janvier et février 2027'
    """
    if (first.year, first.month) == (last.year, last.month):
        return month(first)
    if first.year != last.year:
        return f"{month(first)} à {month(last)}"
    link = "et" if last.month - first.month == 1 else "à"
    return f"{month(first).split()[0]} {link} {month(last)}"


def typed_day(value: date | None) -> str:
    """Return « 01/09/2024 », as a person types it."""
    return value.strftime("%d/%m/%Y") if value else ""


def in_paris(value: datetime) -> date:
    """Return the day in Paris of an aware moment."""
    return paris(value).date()


def moment(value: datetime) -> str:
    """Return « 25 novembre 2026 à 14 h 32, heure de Paris » for an aware or a Paris moment."""
    local = paris(value) if value.tzinfo else value
    return f"{day(local.date())} à {local.hour}{NBSP}h{NBSP}{local.minute:02d}, heure de Paris"


def time_of_day(value: datetime) -> str:
    """Return « 14 h 58 », in Paris."""
    return moment(value).partition(" à ")[2].partition(",")[0]


def said_at(value: datetime, today: date) -> str:
    """Return « aujourd’hui à 14 h 58 », « 12 novembre 2026 à 9 h 05 », hours of Paris."""
    of = in_paris(value)
    return f"{'aujourd’hui' if of == today else day(of)} à {time_of_day(value)}"


def duration(days: int) -> str:
    """Return « 2 ans 6 mois 12 jours »."""
    return duration_text(days)


def kept(days: int) -> str:
    """Return « 1 an conservé », « 6 mois conservés », « 1 an 6 mois conservés »."""
    return f"{duration(days)} conservé{'' if _is_one(days) else 's'}"


def were_kept(days: int) -> str:
    """Return « 1 an a été conservé », « 6 mois ont été conservés »."""
    return f"{duration(days)} {'a été conservé' if _is_one(days) else 'ont été conservés'}"


def _is_one(days: int) -> bool:
    """Tell whether a duration is read in the singular: one year, one month or one day."""
    return duration(days).startswith("1 ") and len(duration(days).split()) == 2


def elapsed(days: int) -> str:
    """Return a running duration in whole months: « 2 ans 2 mois »; days below one month."""
    return duration(days - days % _MONTH if days >= _MONTH else days)


def seniority(since: date, until: date, kept: int = 0) -> int:
    """Return the days of the 30/360 calendar between two dates, plus those kept on entry."""
    return axis_of(until) - axis_of(since) + kept


def delay(today: date, target: date) -> str:
    """Return « dans 280 jours » within a year, « dans 4 ans 3 mois » beyond."""
    civil = (target - today).days
    if civil <= 0:
        return "aujourd’hui" if civil == 0 else "passé"
    if civil <= 365:
        return f"dans {civil} jour{'s' if civil > 1 else ''}"
    return f"dans {elapsed(seniority(today, target))}"


def counted_days(count: int) -> str:
    """Return « 1 jour », « 21 jours »."""
    return f"{count}{NBSP}jour{'s' if abs(count) > 1 else ''}"


def age(birth: date, today: date) -> str:
    """Return « 35 ans »."""
    years = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    return f"{years} ans"


def age_of_months(months: int) -> str:
    """Return « 64 ans », « 62 ans 9 mois ».

    Examples
    --------
    >>> [age_of_months(768), age_of_months(753)]
    ['64 ans', '62 ans 9 mois']
    """
    years, rest = divmod(months, 12)
    return f"{years} ans" + (f" {rest} mois" if rest else "")


def listed(names: Iterable[str]) -> str:
    """Return « A », « A et B », « A, B et C »; "" for none."""
    *before, last = [*names] or [""]
    return f"{', '.join(before)} et {last}" if before else last


def of(noun: str) -> str:
    """Return a noun phrase after « de »: « du recteur », « de la ministre », « de l’autorité ».

    Who decides and is not calculated has no noun: « (une décision) dont l’auteur est non calculé ».
    """
    noun = noun.strip()
    if noun.startswith(NOT_CALCULATED):
        return f"dont l’auteur est {noun}"
    for article, contracted in (("le ", "du "), ("les ", "des "), ("la ", "de la ")):
        if noun.startswith(article):
            return contracted + noun.removeprefix(article)
    if noun.startswith("l’"):
        return f"de {noun}"
    return f"de l’{noun}" if noun[:1].lower() in "aeéiouh" else f"du {noun}"


def sentence(text: str) -> str:
    """Return the text with a capital letter and one full stop, or an ellipsis, at the end."""
    return kept_facts(_sentence, text) if isinstance(text, Worded) else _sentence(text)


def without(words: str, end: str) -> str:
    """Return a text without its last words, its facts kept."""
    if isinstance(words, Worded):
        return kept_facts(lambda plain: plain.removesuffix(end), words)
    return words.removesuffix(end)


def _sentence(text: str) -> str:
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "…", "?", "!")) else ".")
