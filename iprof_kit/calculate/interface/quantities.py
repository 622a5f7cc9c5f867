"""What a line of a reason shows, read back as a number: an amount, a rate, a length, a day."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from iprof_kit.base.calendar import MONTH, MONTHS, add_months_civil
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NARROW_NBSP, NBSP

Unit = Literal["€", "%", "/", "n", "jours"]
_NUMBER = r"\d+(?: \d{3})*(?:,\d+)?"
_EUROS = re.compile(rf"([−+-]?) ?({_NUMBER}) €(?! à)")
_RATE = re.compile(rf"(?:.*\bsoit )?({_NUMBER}) %")
_SHARE = re.compile(r"(\d+)/(\d+)")
_COUNT = re.compile(rf"([−+-]?) ?({_NUMBER})(?: (?:points?|trimestres?|semaines?|heures?|h))?")
_UNIT = "(?: [€%])?"
_FORMULA = re.compile(rf"(.*?) ?((?:{_NUMBER}{_UNIT})(?: [×÷+−] {_NUMBER}{_UNIT})+)")
WRITTEN_DAY = rf"(?:1er|\d\d?) (?:{'|'.join(MONTHS)}) \d{{4}}"
_DAY = re.compile(
    rf"(?:le |avant le )?(?P<day>(1er|\d\d?) ({'|'.join(MONTHS)}) (\d{{4}}))(?:, .*)?"
)
_BOUNDS = re.compile(rf"({_NUMBER} €) à ({_NUMBER} €)")
_LENGTH = re.compile(
    r"(?:(?P<ans>\d+) (?:ans?|(?P<civiles>années civiles|ans dès le mois suivant)))?"
    r"(?: ?(?:et )?(?P<mois>\d+) mois(?P<revolus> révolus)?)?(?: ?(?:et )?(?P<jours>\d+) jours?)?"
    r"(?P<francs> francs)?"
)


@dataclass(frozen=True)
class Amount:
    """A number as it is written, and its worth: a rate as a share, a length in days of the axis."""

    written: str
    worth: Fraction
    unit: Unit
    yearly: bool = False


@dataclass(frozen=True)
class Length:
    """A length of time, in months of the calendar and days."""

    written: str
    months: int
    days: int
    beyond: int = 0
    """Days between its length and its last day: one more if franc, one less in civil years."""

    def after(self, day: date) -> date:
        """Return the day that comes when this length has passed."""
        return add_months_civil(day, self.months) + timedelta(self.days + self.beyond)

    def before(self, day: date) -> date:
        """Return the day that stands this length before."""
        back = add_months_civil(day, -self.months)
        return back - timedelta(self.days + self.beyond)


def plain(words: str) -> str:
    """Return words with ordinary spaces, to be read back."""
    return " ".join(words.replace(NBSP, " ").replace(NARROW_NBSP, " ").split())


def amount_of(words: str) -> Amount | None:
    """Return the number that a value begins with; None for words, for two bounds.

    Examples
    --------
    >>> amount_of("2 371,36 €").worth, amount_of("11,1 %").worth, amount_of("6/7").worth
    (Fraction(59284, 25), Fraction(111, 1000), Fraction(6, 7))
    >>> amount_of("de 18 à 30 mois") is None
    True
    """
    words_read = plain(words)
    if share := _SHARE.fullmatch(words_read):
        return Amount(words_read, Fraction(int(share[1]), int(share[2])), "/")
    if euros := _EUROS.match(words_read):
        worth = _worth(euros[2]) * (-1 if euros[1] in ("−", "-") else 1)
        return Amount(f"{euros[2]} €", worth, "€", yearly="par an" in words_read)
    if rate := _RATE.match(words_read):
        return Amount(f"{rate[1]} %", _worth(rate[1]) / 100, "%")
    if length := length_of(words_read.removeprefix("+ ")):
        return Amount(length.written, Fraction(MONTH * length.months + length.days), "jours")
    if count := _COUNT.fullmatch(words_read):
        return Amount(words_read, _worth(count[2]) * (-1 if count[1] in ("−", "-") else 1), "n")
    return None


def formula_of(label: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return a label without its formula, and the formula's signs and terms.

    Examples
    --------
    >>> formula_of("Traitement à temps complet 524 × 59,0734 € ÷ 12")
    ('Traitement à temps complet', (('', '524'), ('×', '59,0734 €'), ('÷', '12')))
    >>> formula_of("Indice majoré")
    ('Indice majoré', ())
    """
    words_read = plain(label)
    match = _FORMULA.fullmatch(words_read)
    if not match:
        return words_read, ()
    parts = re.split(r" ([×÷+−]) ", match[2])
    return match[1], (("", parts[0]), *zip(parts[1::2], parts[2::2], strict=True))


def bounds_of(words: str) -> tuple[Amount, Amount] | None:
    """Return the two amounts between which a value is, or None.

    Examples
    --------
    >>> [one.written for one in bounds_of("1 889,66 € à 2 173,11 €")]
    ['1 889,66 €', '2 173,11 €']
    """
    match = _BOUNDS.fullmatch(plain(words))
    low, high = (amount_of(match[1]), amount_of(match[2])) if match else (None, None)
    return (low, high) if low and high else None


def day_written(words: str) -> str:
    """Return the day of a value as it is written, without the words around it.

    Examples
    --------
    >>> day_written("1er septembre 2027, la prochaine rentrée")
    '1er septembre 2027'
    """
    match = _DAY.fullmatch(plain(words))
    return match["day"] if match else plain(words)


def day_of(words: str) -> date | None:
    """Return the day that a value is, or None; what is said after a comma is no part of it.

    Examples
    --------
    >>> day_of("1er mars 2031"), day_of("avant le 31 mars 2026"), day_of("2033")
    (datetime.date(2031, 3, 1), datetime.date(2026, 3, 31), None)
    """
    match = _DAY.fullmatch(plain(words))
    if not match:
        return None
    day, month, year = int(match[2].removesuffix("er")), MONTHS.index(match[3]) + 1, int(match[4])
    return date(year, month, day) if 0 < day <= monthrange(year, month)[1] else None


def length_of(words: str) -> Length | None:
    """Return the length of time that a value is, or None.

    Examples
    --------
    >>> length_of("3 ans 6 mois").months, length_of("62 ans et 9 mois").months
    (42, 753)
    >>> length_of("2 mois francs").after(date(2026, 2, 23))
    datetime.date(2026, 4, 24)
    >>> length_of("6 mois révolus").after(date(2026, 9, 1))
    datetime.date(2027, 2, 28)
    >>> length_of("aucun") is None
    True
    """
    words_read = plain(words)
    match = _LENGTH.fullmatch(words_read)
    if not words_read or not match or not words_read[0].isdigit():
        return None
    years, months, days = (int(match[name] or 0) for name in ("ans", "mois", "jours"))
    beyond = bool(match["francs"]) - bool(match["civiles"] or match["revolus"])
    return Length(words_read, 12 * years + months, days, beyond)


def after_or_before(length: Length, begin: date, end: date) -> bool:
    """Tell whether a length leads from one day to another, forwards or backwards."""
    try:
        return end in (length.after(begin), length.before(begin))
    except (InputError, ValueError, OverflowError):
        return False


def _worth(number: str) -> Fraction:
    return Fraction(number.replace(" ", "").replace(",", "."))
