"""The delays of a request: so many months, days or years from an event, each by its own text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from iprof_kit.base.calendar import MONTHS, add_months_civil, date_text
from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import Parameter, Words
from iprof_kit.base.words import NBSP
from iprof_kit.law.career.meetings_procedure import Deadline
from iprof_kit.law.pension.parameters import amount
from iprof_kit.law.tables.facts import Facts
from iprof_kit.law.tables.rules import rule

DELAYS = Facts("demandes_delais", ("cle",))
FREE_MONTHS, CIVIL_YEARS, BEFORE_DAY = "mois francs", "années civiles", "avant le jour"
FROM_NEXT_MONTH, WHOLE_MONTHS = "ans dès le mois suivant", "mois révolus"
UNITS = (
    "mois",
    FREE_MONTHS,
    WHOLE_MONTHS,
    "jours",
    "jours francs",
    CIVIL_YEARS,
    BEFORE_DAY,
    FROM_NEXT_MONTH,
)
"""Units that can be counted; any other is only said."""
_SAID = {FREE_MONTHS: "mois", WHOLE_MONTHS: "mois", CIVIL_YEARS: "ans", FROM_NEXT_MONTH: "ans"}
PENSION = "demande_pension_delai"
"""The one delay that another table holds: retraite_parametres.csv."""


@dataclass(frozen=True)
class Delay(Deadline):
    """A delay of a request; `month_day` is « 03-31 » where it ends before one day of each year."""

    month_day: str = ""
    rule: ClassVar[str] = "delay_of"

    @property
    def _counting(self) -> tuple[Parameter, ...]:
        return ()  # the sentence of the rule says it

    def opened(self, event: date) -> tuple[Words, ...]:
        """Return the day from which it is counted, where that is no day of the person."""
        if self.unit == CIVIL_YEARS:
            return (("Les années comptent à partir du", date_text(date(event.year + 1, 1, 1))),)
        if self.unit == FROM_NEXT_MONTH:
            return (("Le délai court du", date_text(_next_month(event))),)
        if self.unit == BEFORE_DAY:
            eve = self._eve_before(event)
            return ("Avant le", date_text(eve + timedelta(days=1))), (
                "Soit la veille",
                f"1{NBSP}jour",
            )
        return ()

    @property
    def free(self) -> bool:
        """Whether neither the day that opens the delay nor the one that ends it counts."""
        return super().free or self.unit == FREE_MONTHS

    @property
    def text(self) -> str:
        """« 2 mois », « avant le 31 mars »."""
        if self.unit == BEFORE_DAY:
            month, day = map(int, self.month_day.split("-"))
            return f"avant le {'1er' if day == 1 else day} {MONTHS[month - 1]}"
        unit = _SAID.get(self.unit, self.unit)
        return f"{self.value}{NBSP}{unit}"

    def term(self, event: date) -> date:
        """Return the day on which the delay ends, in the civil calendar.

        Raises
        ------
        LawError
            Its unit is no length of time that is counted here.
        """
        if self.unit not in UNITS:
            raise LawError(f"un délai en {self.unit} ne donne pas de date.", where=self.name)
        sign = -1 if self.counted_from == "avant" else 1
        if self.unit == FREE_MONTHS:
            return add_months_civil(event, sign * self.value) + timedelta(days=sign)
        if self.unit == WHOLE_MONTHS:
            return add_months_civil(event, sign * self.value) - timedelta(days=1)
        if self.unit == CIVIL_YEARS:
            return date(event.year + self.value + 1, 1, 1) - timedelta(days=1)
        if self.unit == FROM_NEXT_MONTH:
            first = _next_month(event)
            return first.replace(year=first.year + self.value) - timedelta(days=1)
        if self.unit == BEFORE_DAY:
            return self._eve_before(event)
        return super().term(event)

    def _eve_before(self, event: date) -> date:
        """Return the eve of the last such day that does not follow an event."""
        month, day = map(int, self.month_day.split("-"))
        year = event.year if (event.month, event.day) >= (month, day) else event.year - 1
        return date(year, month, day) - timedelta(days=1)


def _next_month(event: date) -> date:
    return add_months_civil(event.replace(day=1), 1)


def known_delays() -> tuple[str, ...]:
    """Return the names of the delays that a request may use."""
    keys = tuple(DELAYS.keys())
    return (*(str(key[0]) for key in keys), PENSION)


@rule(
    sentence="Un délai en mois va de quantième à quantième ; un délai franc ne compte ni le jour "
    "qui l’ouvre, ni celui où il s’achève ; en mois, il est reporté au premier jour "
    "ouvrable s’il finit un samedi, un dimanche ou un jour férié. Celui d’une somme versée à tort "
    "court du premier jour du mois qui suit son paiement ; la lettre qui la réclame, notifiée "
    "avant sa fin, en fait courir un nouveau, aussi long.",
    source="CJA, art. R421-1 et R421-2 ; loi 2000-321, art. 37-1 ; code civil, art. 2231 ; "
    "CE, 19 septembre 2014, n° 362568 ; CE, 3 décembre 2018, n° 417292",
    since="2009-08-07",
    tables=("demandes_delais", "retraite_parametres"),
)
def delay_of(key: str, day: date) -> Delay:
    """Return the delay in force on a day.

    Parameters
    ----------
    key : str
        A row of demandes_delais.csv, or `PENSION`.

    Raises
    ------
    LawError
        The tables hold no such delay on that day.
    """
    if key == PENSION:
        return _of_pensions(day)
    row = DELAYS.read(day, key)
    label, unit = row.text("libelle", untold=True), row.text("unite", untold=True)
    delay = Delay(
        key,
        label,
        0 if unit == BEFORE_DAY else row.whole("valeur", label),
        unit,
        row.text("sens", untold=True),
        row.papers,
        carried=unit == FREE_MONTHS,
        month_day=row.text("jour", untold=True),
    )
    if delay.month_day:
        row.tell(label, delay.text)
    return delay


def _of_pensions(day: date) -> Delay:
    label = "Délai avant le départ"
    length = amount(PENSION, day, label)
    return Delay(PENSION, label, int(length.text), length.unit, "avant", length.papers())


def _opened(given: Mapping[str, Any], first: date) -> tuple[Words, ...]:
    del given
    return (("Le délai court du", date_text(first)),)


@rule(
    sentence="Un délai créé après l’évènement qui l’ouvre court du jour où il est créé.",
    source="accord interministériel de 2023 sur la prévoyance",
    since="2026-05-01",
    tables=("demandes_delais",),
    reads=_opened,
)
def open_from(key: str, event: date) -> date:
    """Return the day from which a delay runs: that of its event, not before its own first day."""
    return max(event, DELAYS.first_day(key))


def _oldest(given: Mapping[str, Any], first: date) -> tuple[Words, ...]:
    del given
    return (("Premier jour qui se réclame encore", date_text(first)),)


def _runs_from(given: Mapping[str, Any], day: date | None) -> tuple[Words, ...]:
    del given
    return (("Le recours court du", date_text(day)),) if day else ()


@rule(
    sentence="Une somme due par l’État se perd à la fin de la dernière des années civiles qui "
    "suivent celle où elle a été acquise.",
    source="loi 68-1250, art. 1",
    since="1969-01-01",
    tables=("demandes_delais",),
    reads=_oldest,
)
def oldest_claim(today: date) -> date:
    """Return the first day of the oldest year of which a sum can still be claimed."""
    return date(today.year - delay_of("prescription", today).value, 1, 1)


@rule(
    sentence="Le recours court du refus né du silence ; un refus exprès notifié avant la fin de ce "
    "recours en ouvre un nouveau, un refus plus tardif ne fait que confirmer le premier.",
    source="CJA, art. R421-2, al. 2 ; CE, 3 décembre 2018, n° 417292",
    since="2017-01-01",
    tables=("demandes_delais",),
    reads=_runs_from,
)
def refused_on(born: date | None, notified: date | None, today: date) -> date | None:
    """Return the day from which the recours runs.

    Parameters
    ----------
    born : date or None
        Day on which the silence is worth a refusal; None where it is not.
    notified : date or None
        Day on which an express refusal was notified.
    today : date
        Whose law is read.
    """
    if born is None or notified is None or notified <= born:
        return notified or born
    return notified if notified <= delay_of("recours", today).last_day(born) else born
