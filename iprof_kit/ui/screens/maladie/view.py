"""Une année de maladie, as it is shown: no gap, no total and no advice between A and B."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.words import number_text
from iprof_kit.calculate.illness.question import (
    DateDeMaladie,
    JoursDuMois,
    MaladieAnswer,
    MoisDeMaladie,
)
from iprof_kit.calculate.illness.texts import row_words
from iprof_kit.services.contract.dossier import Sante
from iprof_kit.ui.kit.fields import shown
from iprof_kit.ui.kit.parts import Acted, Field, Option, Why
from iprof_kit.ui.screens.maladie.entry import ASKED, DEMANDS, MOST_MONTHS, Entry
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, joined, worded

TITLE = "Une année de maladie"
DAYS = "jours"
"""What the reason of the counted days is asked by."""
_WAITED = "au rectorat, service social des personnels"
_LABELS = {
    "aucune": "A seulement",
    "longue_maladie": "longue maladie",
    "longue_duree": "puis longue durée",
}


@dataclass(frozen=True)
class Call:
    """Somebody to call, always shown; `number` is that of the academy's file, "" where unsaid."""

    who: str
    number: str = ""
    words: str = ""

    @property
    def link(self) -> str:
        """The number as a telephone dials it."""
        return "".join(one for one in self.number if one.isdigit() or one == "+")


@dataclass(frozen=True)
class Date:
    """One step: its day, what changes, the net of a whole month paid so; `branch` is its letter."""

    title: str
    words: str
    branch: str = ""
    net: float | None = None
    on: date | None = None
    look: str = ""
    """« done », « now » or « coming »."""


@dataclass(frozen=True)
class Line:
    """One thing supposed: its label, what is read, the field that changes it."""

    field: Field
    value: str


@dataclass(frozen=True)
class MaladieView(Acted):
    """The screen; without `answer`, who decides and whom to call alone."""

    answer: MaladieAnswer | None = None
    today: date | None = None
    standing: str = ""
    calls: tuple[Call, ...] = ()
    dates: tuple[Date, ...] = ()
    levers: tuple[Option, ...] = ()
    months: int = 0
    most_months: int = MOST_MONTHS
    lines: tuple[Line, ...] = ()
    why: Why | None = None
    stopped: str = ""
    """Why nothing is counted."""

    @property
    def begins(self) -> date | None:
        """The month of pay in which B is supposed to begin."""
        return self.answer.accord if self.answer else None

    def months_of(self, one: MoisDeMaladie) -> str:
        """Return « octobre 2026 », « décembre 2026 à février 2027 », « dès mars 2027 »."""
        return months_text(one, goes_on=self._goes_on(one))

    def paid(self, one: MoisDeMaladie) -> str:
        """Return how the days of a month are paid."""
        return paid_words(one)

    def words_of(self, leave: str, key: str) -> str:
        """Return what a row of the leaves of health says, as a sentence."""
        return "" if self.today is None else text.sentence(row_words(leave, key, self.today))

    def _goes_on(self, one: MoisDeMaladie) -> bool:
        """Tell whether a month is the last written of a stoppage that lasts."""
        if self.answer is None or self.answer.passages[-1].passage == "fin_du_conge":
            return False
        of_its_branch = [each for each in self.answer.bulletins if each.branche == one.branche]
        alone = one.branche != "commun" or self.answer.accord is None
        return alone and one == of_its_branch[-1]


def calls(sante: Sante) -> tuple[Call, ...]:
    """Return whom to call: the numbers of the academy's file, none invented."""
    named = (
        ("Assistante sociale", sante.assistante_sociale),
        ("Médecin du travail", sante.medecin_travail),
        ("Correspondant handicap", sante.correspondant_handicap),
    )
    known = [Call(who, number or "", "" if number else _WAITED) for who, number in named]
    return (*known, Call("Syndicat de votre choix", words="à vous de choisir"))


def lead(answer: MaladieAnswer, today: date) -> tuple[str, str]:
    """Return what is kept, then the next date."""
    coming = next((one.jour for one in answer.passages if one.jour > today), None)
    if coming is None:
        return "Votre avancement est gardé.", ""
    when = text.dated(coming, "illness.next")
    return "Votre avancement est gardé.", worded("Prochaine date : le {}.", when)


def dates(answer: MaladieAnswer, today: date) -> tuple[Date, ...]:
    """Return the steps, today among them, in the order of their days."""
    waiting = answer.bulletins[0].carence
    steps = [(one.jour, _step(one, answer, waiting, today)) for one in answer.passages]
    if answer.passages[0].jour <= today:
        steps.append((today, _today(answer, today)))
    return tuple(step for _, step in sorted(steps, key=lambda one: one[0]))


def _today(answer: MaladieAnswer, today: date) -> Date:
    days = text.counted_days(answer.jours_comptes)
    counted = figure(days, "illness.days", answer.jours_comptes, today)
    plural = "s" if answer.jours_comptes > 1 else ""
    words = worded(f"{{}} compté{plural} sur {answer.jours_ouverts}.", counted)
    return Date(f"Aujourd’hui, {text.day(today)}", words, look="now")


def _step(one: DateDeMaladie, answer: MaladieAnswer, waiting: int, today: date) -> Date:
    branch = "" if one.branche == "commun" else one.branche
    look = "done" if one.jour <= today else "coming"
    title, words = _words(one, answer, waiting)
    net = None if one.passage == "fin_du_conge" else one.net
    return Date(title, words, branch, net, one.jour, look)


def _words(one: DateDeMaladie, answer: MaladieAnswer, waiting: int) -> tuple[str, str]:
    kept = _kept(one.part_traitement, one.part_primes)
    day = text.dated(one.jour, f"illness.{one.passage}.{one.branche}", one.jour.isoformat())
    match one.passage:
        case "arret":
            carence = ", un jour de carence" if waiting else ""
            return day, f"{kept}{carence}."
        case "accord":
            back = text.euros(answer.rappel_net)
            completed = figure(back, "illness.arrears", answer.rappel_net, one.jour)
            words = worded(
                f"{kept}. Les mois passés sont complétés, une fois : environ {{}}.", completed
            )
            return f"{text.month(one.jour)}, si le congé est accordé", words
        case "fin_des_droits" if one.branche != "B":
            return worded("{}, si l’arrêt se prolonge", day), (
                "Avis du conseil médical avant toute reprise. S’il tarde, cette part est "
                "maintenue, et n’est jamais reprise."
            )
        case "fin_des_droits":
            return worded("{}, en B", day), "Dernier jour de ce congé."
        case "fin_du_conge":
            return day, "Dernier jour d’arrêt."
        case "palier":
            return worded("{}, en B", day), f"{kept}."
    return day, f"{kept}."


def _kept(pay: float | None, primes: float | None) -> str:
    """Return « 90 % du traitement et des primes », « 100 % du traitement, 33 % des primes »."""
    if pay is None or primes is None:
        return ""
    if pay == primes:
        return f"{_percent(pay)} du traitement et des primes"
    if not primes:
        return f"{_percent(pay)} du traitement, sans primes"
    return f"{_percent(pay)} du traitement, {_percent(primes)} des primes"


def _percent(share: float) -> str:
    return f"{number_text(share)}{text.NBSP}%"


def paid_words(one: MoisDeMaladie) -> str:
    """Return how a month is paid: « 90 %, un jour de carence », « 100 %, primes à 33 % »."""
    parts = [_part(each.part_traitement, each.part_primes) for each in one.tranches]
    if len(parts) > 1:
        parts = [
            worded(f"{part} ({{}})", _days(each, one.mois))
            for part, each in zip(parts, one.tranches, strict=True)
        ]
    carence = ", un jour de carence" if one.carence else ""
    waited = ", le temps de l’avis" if one.attente else ""
    return worded(f"{{}}{carence}{waited}", joined(", puis ", parts))


def _days(part: JoursDuMois, month: str) -> str:
    return figure(text.counted_days(part.jours), "illness.part", part.jours, month)


def _part(pay: float, primes: float) -> str:
    if pay == primes:
        return _percent(pay)
    return f"{_percent(pay)}, {f'primes à {_percent(primes)}' if primes else 'sans primes'}"


def months_text(one: MoisDeMaladie, *, goes_on: bool = False) -> str:
    """Return the months of a line in words.

    Examples
    --------
    >>> from types import SimpleNamespace as Months
    >>> months_text(Months(mois="2026-12", dernier="2027-02"))
    'décembre 2026 à février 2027'
    >>> months_text(Months(mois="2027-01", dernier="2027-02"))
    'janvier et février 2027'
    >>> months_text(Months(mois="2027-03", dernier="2027-08"), goes_on=True)
    'dès mars 2027'
    """
    first, last = (date.fromisoformat(f"{name}-01") for name in (one.mois, one.dernier))
    return f"dès {text.month(first)}" if goes_on else text.months_between(first, last)


def lines(entry: Entry, typed: dict[str, str]) -> tuple[Line, ...]:
    """Return what is supposed, one field a line."""
    return tuple(
        Line(
            shown(one, typed.get(one.name, ""), entry.errors.get(one.name)),
            typed.get(one.name, "") or one.default or one.empty,
        )
        for one in ASKED
    )


def levers(entry: Entry) -> tuple[Option, ...]:
    """Return the leaves that B may suppose."""
    chosen = entry.values["demande"]
    return tuple(Option(one, _LABELS[one], one == chosen) for one in DEMANDS)


def steps_in_words(answer: MaladieAnswer, today: date) -> Iterator[tuple[str, str]]:
    """Yield each step as the page that is taken away writes it."""
    for step in dates(answer, today):
        branch = f"{step.branch} : " if step.branch else ""
        net = f" {text.euros(step.net)} nets un mois entier." if step.net is not None else ""
        yield f"{branch}{step.title}", f"{step.words}{net}"
