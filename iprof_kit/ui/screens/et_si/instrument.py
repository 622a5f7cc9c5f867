"""Et si… in one look: the sentence, three differences, the figure that is read, one line a date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from iprof_kit.base.calendar import rentree_day
from iprof_kit.calculate.et_si.answer import EcartEtSi, EtSiAnswer, ScenarioCalcule, Tranche
from iprof_kit.calculate.et_si.naming import event_name
from iprof_kit.calculate.et_si.question import Evenement
from iprof_kit.ui.kit.parts import KEYS, Day, Reading, Result, day_of
from iprof_kit.ui.scenarios.table import shortened
from iprof_kit.ui.screens.et_si.essais import in_order
from iprof_kit.ui.screens.et_si.words import (
    AVERAGE,
    departure_said,
    doubtful_pay,
    flag_words,
    given_of,
    pension_gap_said,
)
from iprof_kit.ui.screens.ma_paie.figures import MEAN, net_of, pay_month
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, joined, kept_of, worded

HORIZON = "d’ici"


@dataclass(frozen=True)
class Place:
    """Where a scenario stands on a day, in a line of the table."""

    standing: str
    note: str
    amount: str
    same: bool
    verify: bool = False


@dataclass(frozen=True)
class Row:
    """One date: the two places and their difference; `equal` where a phone shows one."""

    id: str
    day: Day
    places: tuple[Place, ...]
    gap: str = ""
    asks: str = ""
    """How the reasons of this date are asked for; "" once one of them has left."""

    @property
    def equal(self) -> bool:
        """Whether both stand at one place with one amount."""
        return len({(one.standing, one.note, one.amount) for one in self.places}) == 1


@dataclass(frozen=True)
class Compared:
    """The first scenario, and the one whose events are shown."""

    answer: EtSiAnswer
    rank: int

    @cached_property
    def scenarios(self) -> tuple[ScenarioCalcule, ...]:
        """The two scenarios, or the only one."""
        every = self.answer.scenarios
        return (every[0], every[self.rank]) if self.rank else every[:1]

    @cached_property
    def gap(self) -> EcartEtSi | None:
        """What the second changes."""
        return next((one for one in self.answer.ecarts if one.scenario == self.rank), None)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Their letters."""
        return (KEYS[0], KEYS[self.rank]) if self.rank else KEYS[:1]

    @cached_property
    def reading_days(self) -> tuple[date, ...]:
        """Each rentrée that may be read, from the next one to the first of the two departures."""
        begin = self.answer.aujourdhui
        end = min(one.depart for one in self.scenarios)
        days = (rentree_day(year) for year in range(begin.year, end.year + 1))
        return tuple(day for day in days if begin < day < end)


def compared(answer: EtSiAnswer, shown: int) -> Compared:
    """Return the two scenarios to compare; the second is B where A is shown."""
    return Compared(answer, min(max(shown, 1), len(answer.scenarios) - 1))


def results(two: Compared) -> tuple[Result, ...]:
    """Return the three differences; one mark « à vérifier » for the three."""
    gap, kind = two.gap, two.keys[-1].lower()
    if gap is None:
        return _alone(two.scenarios[0])
    doubtful = any(doubtful_pay(one, gap.jusqu_au) for one in two.scenarios)
    pension = any(bool(one.pension and one.pension.a_verifier) for one in two.scenarios)
    known, label = bool(gap.pension), sum_label(two)
    if gap.debut is None:
        sums = (Result(label, "égal", kind="none"), Result(f"Net {AVERAGE}", "égal", kind="none"))
    else:
        sums = (
            Result(label, gap_said(two, gap.cumul_net, "sum"), kind=kind, verify=doubtful),
            Result(
                f"{AVERAGE[:1].upper()}{AVERAGE[1:]}, dès {text.month(gap.debut)}",
                gap_said(two, gap.ecart_premier, "net", gap.debut),
                kind=kind,
                again=doubtful,
            ),
        )
    doubtful = doubtful and gap.debut is not None
    words = pension_gap(gap.pension)
    shown: str = words
    if known:
        shown = pension_gap_said(words, gap, two.scenarios[-1])
    return (
        *sums,
        Result(
            "Pension brute par mois",
            shown,
            kind=kind if known and words != "égal" else "none",
            verify=pension and known and not doubtful,
            again=pension and known and doubtful,
        ),
    )


def gap_said(two: Compared, amount: float, what: str, moment: date | str = "") -> Worded:
    """Return what the second scenario changes, to the euro, with its fact."""
    quantity = f"scenario.{what}_gap"
    return figure(text.signed_euros(amount), quantity, amount, moment, given_of(two.scenarios[-1]))


def net_said(one: ScenarioCalcule, piece: Tranche, day: date, words: str) -> Worded:
    """Return the net of an ordinary month, with its fact; « non calculé » where it is not."""
    if piece.non_calculee:
        return worded(UNCOUNTED)
    given = (MEAN, *given_of(one))
    if (piece is one.tranches[0] and piece.quotite) or day.day == 1:
        return net_of(piece.net, day, given, lambda _: words)
    # Within a month the pay of an ordinary one changes: its day says which is meant.
    return figure(words, "net", piece.net, day, given)


UNCOUNTED = "non calculé"
"""In the place of an amount that the kit does not count."""


def sum_label(two: Compared) -> str:
    """Return what the sum of the difference is called."""
    until = "" if two.gap is None else text.month(two.gap.jusqu_au)
    return f"{two.keys[-1]} moins A : net cumulé {HORIZON} {until}"


def _alone(one: ScenarioCalcule) -> tuple[Result, ...]:
    year = text.month(one.depart)
    return (
        Result(f"Net cumulé {HORIZON} {year}", sum_said(one), verify=doubtful_pay(one)),
        Result(f"Net {AVERAGE}, aujourd’hui", today_said(one)),
        Result("Pension brute par mois", pension_range(one)),
    )


def sum_said(one: ScenarioCalcule, write: Callable[[float], str] = text.euros) -> Worded:
    """Return the net of a scenario from today to its departure, with its fact."""
    return figure(write(one.cumul_net), "net.sum", one.cumul_net, one.depart, given_of(one))


def pension_gap(bounds: Sequence[float]) -> str:
    """Return « + 364 à 414 € » for two bounds of one sign, each with its own where they differ."""
    if not bounds:
        return "non calculée"
    ordered = sorted(bounds, key=abs)
    low, high = ordered[0], ordered[-1]
    if len(bounds) == 1 or round(low) == round(high):
        return text.signed_euros(high)
    if min(bounds) < 0 < max(bounds):
        return " à ".join(text.signed_euros(one) for one in sorted(bounds))
    sign = text.signed_euros(high)[:1]
    plain = text.euros(abs(low)).removesuffix(f"{text.NBSP}€")
    return f"{sign}{text.NBSP}{plain} à {text.euros(abs(high))}"


def pension_range(one: ScenarioCalcule) -> str:
    """Return the pension of a scenario to the euro, a range where it is one."""
    pension = one.pension
    if pension is None or (pension.brute is None and pension.basse is None):
        return "non calculée"
    if pension.brute is not None:
        return pension_said(one, text.euros(pension.brute))
    low = text.euros(pension.basse or 0).removesuffix(f"{text.NBSP}€")
    return pension_said(one, f"{low} à {text.euros(pension.haute or 0)}")


def pension_said(one: ScenarioCalcule, words: str) -> str:
    """Return the gross pension of a scenario in some words, with its fact."""
    pension = one.pension
    if pension is None or (pension.brute is None and pension.basse is None):
        return words
    known = pension.brute
    value = (pension.basse or 0.0, pension.haute or 0.0) if known is None else known
    return figure(words, "pension.gross", value, one.depart, given_of(one))


def today_said(one: ScenarioCalcule) -> Worded:
    """Return the net of an ordinary month of today, with its fact."""
    first = one.tranches[0]
    return net_said(one, first, first.debut, text.euros(first.net))


def readings(two: Compared) -> tuple[Reading, ...]:
    """Return what each rentrée says."""
    return tuple(_reading(two, day) for day in two.reading_days)


def first_read(two: Compared) -> date | None:
    """Return the rentrée read at first: some years into the difference."""
    days, gap = two.reading_days, two.gap
    if not days:
        return None
    if gap is None or gap.debut is None:
        return days[len(days) // 2]
    after = [day for day in days if day >= gap.debut] or [days[-1]]
    return after[len(after) // 4]


def _reading(two: Compared, day: date) -> Reading:
    pieces = [piece_on(one, day) for one in two.scenarios]
    amounts = tuple(
        (key, net_said(one, piece, day, text.euros(piece.net)), _where(piece))
        for one, key, piece in zip(two.scenarios, two.keys, pieces, strict=True)
        if piece is not None
    )
    nets = [piece.net for piece in pieces if piece is not None]
    if len({one[1:] for one in amounts}) == 1:
        return Reading(day.year, amounts[:1])
    return Reading(day.year, amounts, gap_said(two, nets[-1] - nets[0], "net", day))


def _where(piece: Tranche) -> str:
    return f"{_standing(piece)}, {note_of(piece)}"


def _standing(piece: Tranche) -> str:
    return shortened(text.position_label(piece.grade, piece.echelon, piece.chevron))


def note_of(piece: Tranche) -> str:
    """Return what is worked: « 80 % », « congé parental »."""
    if piece.situation.startswith("activité"):
        return f"{piece.quotite}{text.NBSP}%"
    return piece.situation.partition(" (")[0]


def arrears_of(one: ScenarioCalcule, piece: Tranche, day: date) -> str:
    """Return « rappel de 1 040 € » on the day an échelon is pronounced with an earlier effect."""
    if piece.debut != day or not piece.rappel_net:
        return ""
    owed = piece.rappel_net
    amount = figure(text.euros(owed), "arrears.net", owed, pay_month(day), given_of(one))
    return worded("rappel de {}", amount)


def piece_on(one: ScenarioCalcule, day: date) -> Tranche | None:
    """Return the pay of a scenario on a day; None once she has left."""
    if day >= one.depart:
        return None
    return [piece for piece in one.tranches if piece.debut <= day][-1]


def rows(two: Compared) -> tuple[Row, ...]:
    """Return the dates of the two scenarios, one line each."""
    days = row_days(two)
    return tuple(_row(two, day, first=day == days[0]) for day in days)


def row_days(two: Compared) -> tuple[date, ...]:
    """Return the dates at which the pay of one of the two changes."""
    return tuple(sorted({piece.debut for one in two.scenarios for piece in one.tranches}))


def _row(two: Compared, day: date, *, first: bool) -> Row:
    pieces = [piece_on(one, day) for one in two.scenarios]
    places = tuple(
        _place(one, piece, day, first=first)
        for one, piece in zip(two.scenarios, pieces, strict=True)
    )
    gap = ""
    if len(pieces) > 1 and pieces[0] is not None and pieces[1] is not None:
        more = pieces[1].net - pieces[0].net
        gap = kept_of(gap_said(two, more, "net", day), text.signed_money(more))
    asks = "" if None in pieces else day.isoformat()
    return Row(f"t{day.isoformat()}", day_of(day), places, gap, asks)


def _place(one: ScenarioCalcule, piece: Tranche | None, day: date, *, first: bool) -> Place:
    if piece is None:
        return Place("départ pris", "", "", same=True)
    return Place(
        _standing(piece),
        joined(", ", filter(None, (note_of(piece), arrears_of(one, piece, day)))),
        net_said(one, piece, day, text.money(piece.net)),
        same=piece.debut != day and not first,
        verify=piece.a_verifier,
    )


_SHORT = {
    "conge_maladie": "congé de maladie", "conge_parental": "congé parental",
    "disponibilite": "disponibilité", "disponibilite_activite": "disponibilité",
    "disponibilite_enfant": "disponibilité", "direction": "direction d’école",
    "changement_corps": "changement de corps", "hors_classe": "hors classe",
    "classe_exceptionnelle": "classe exceptionnelle", "bonification": "bonification",
    "retraite": "départ",
}  # fmt: skip


def leading(two: Compared) -> str:
    """Return the sentence that answers: what one event gives a month, or several in all.

    A difference counts the events of both scenarios: those of A are named where it has some.
    """
    gap, last = two.gap, two.scenarios[-1]
    pay, events = today_said(last), applied(last)
    if gap is None:
        left = kept_of(departure_said(last), str(last.depart.year))
        words = f"{{}}{{}} nets {AVERAGE} aujourd’hui, départ en {{}}."
        return worded(words, _head(named(events)), pay, left)
    before = applied(two.scenarios[0])
    if [one.nature for one in events] == ["retraite"] and not before:
        pension = pension_range(last)
        day = departure_said(last)
        return worded("Départ le {} : pension brute de {} par mois.", day, pension)
    head = named(events)
    if before:
        head = f"{head or 'Aucun événement'}, comparé à A ({_lower(named(before))})"
    if gap.debut is None:
        words = f"{_head(head)}même paie que A jusqu’en {gap.jusqu_au.year}"
        words = f"{words[:1].upper()}{words[1:]}, {{}} nets {AVERAGE} aujourd’hui."
        return worded(words, pay)
    if len(events) + len(before) == 1:
        more = _euros(gap_said(two, gap.ecart_premier, "net", gap.debut), gap.ecart_premier)
        return worded(f"{{}} dès {text.month(gap.debut)} : {{}} {AVERAGE}.", head, more)
    more = _euros(gap_said(two, gap.cumul_net, "sum"), gap.cumul_net)
    return worded(f"{{}}{{}} en tout {HORIZON} {text.month(gap.jusqu_au)}.", _head(head), more)


def applied(one: ScenarioCalcule) -> list[Evenement]:
    """Return the events that a scenario counts, in the order of their days."""
    refused = {refusal.rang for refusal in one.refus}
    return [event for rank, event in in_order(one.evenements) if rank not in refused]


def named(events: Sequence[Evenement]) -> str:
    """Return « À 100 % », « Congé parental, à 80 % et hors classe »: every event, at the head."""
    if len(events) == 1:
        return _whole(events[0])
    words = text.listed(map(_in_short, events))
    return f"{words[:1].upper()}{words[1:]}"


def _whole(event: Evenement) -> str:
    if event.nature == "temps_partiel":
        return f"À {event.quotite}{text.NBSP}%"
    name = event_name(event).removeprefix("Passage à la ").removeprefix("Poste en ")
    return f"{name[:1].upper()}{name[1:].partition(' (')[0]}"


def _in_short(event: Evenement) -> str:
    if event.nature == "temps_partiel":
        return f"à {event.quotite}{text.NBSP}%"
    return _SHORT.get(event.nature) or flag_words(event) or _lower(event_name(event))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _head(words: str) -> str:
    return f"{words} : " if words else ""


def _euros(gap: str, amount: float) -> str:
    side = "plus" if amount >= 0 else "moins"
    return worded(f"{{}} nets de {side}", kept_of(gap, text.euros(abs(amount))))
