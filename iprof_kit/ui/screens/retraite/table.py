"""The table of departure dates: one column a date, one row a fact, nothing folded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.pension import choices as pension_choices
from iprof_kit.calculate.pension.answer import Depart, PensionAnswer
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.calculate.pension.why import bounds_text, gross_bounds
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Value, Worded, figure, worded

LETTERS = "ABCD"
"""Of the departures compared, in their order."""


@dataclass(frozen=True)
class LastPay:
    """The pay of an ordinary month before a departure, primes by twelfths, and its quotité."""

    gross: float
    net: float
    quotite: int

    @property
    def words(self) -> str:
        """Return « par mois, à temps plein », « par mois, à 80 % »."""
        at = "à temps plein" if self.quotite == 100 else f"à {self.quotite} %"
        return f"par mois, {at}"


@dataclass(frozen=True)
class Departure:
    """One departure: its letter, what was answered, what was asked, the last pay."""

    key: str
    answer: PensionAnswer
    question: PensionQuestion
    pay: LastPay | None = None

    @property
    def depart(self) -> Depart:
        """Return the only departure of the answer."""
        return self.answer.departs[0]

    @property
    def left(self) -> date:
        """Return its day, the moment of each of its figures."""
        return self.depart.date_cessation

    @property
    def day(self) -> Worded:
        """Return its day in words, under its letter."""
        return text.dated(self.left, "departure.compared", self.key)

    @property
    def age(self) -> str:
        """Return the age on that day."""
        return text.age_of_months(months_between(self.question.naissance, self.left))

    @property
    def extra(self) -> int:
        """Return the quarters of its surcote, a parent's counted."""
        depart = self.depart
        return (depart.trimestres_surcote or 0) + (depart.trimestres_surcote_parentale or 0)

    @property
    def decote(self) -> Worded:
        """Return the quarters of its décote."""
        count = self.depart.trimestres_decote or 0
        return figure(text.quarters(count), "decote.quarters", count, self.left)

    @property
    def surcote(self) -> Worded:
        """Return the quarters of its surcote."""
        return figure(text.quarters(self.extra), "surcote.quarters", self.extra, self.left)

    @property
    def surcote_rate(self) -> str:
        """Return the per cent of its surcote, a parent's counted."""
        depart = self.depart
        return text.percent(
            (depart.taux_surcote_pct or 0) + (depart.taux_surcote_parentale_pct or 0)
        )

    @property
    def gross_range(self) -> tuple[float, float] | None:
        """Return the gross pension without another quarter, and with all that are required."""
        bounds = self.depart.fourchette
        if bounds is None or bounds.sans_autre_trimestre is None or bounds.duree_atteinte is None:
            return None
        return bounds.sans_autre_trimestre, bounds.duree_atteinte

    @property
    def gross(self) -> str:
        """Return the gross pension to the cent, its range to the euro; "" where it has none."""
        if self.depart.pension_brute is not None:
            return self.euros(self.depart.pension_brute, "pension.gross")
        return self.gross_in(span(*both), both) if (both := self.gross_range) else ""

    def gross_in(self, words: str, value: Value) -> Worded:
        """Return the gross pension in some words, with its fact."""
        return figure(words, "pension.gross", value, self.left)

    def euros(self, amount: float | None, quantity: str) -> str:
        """Return an amount to the cent, "" where there is none."""
        return "" if amount is None else figure(text.money(amount), quantity, amount, self.left)

    def count(self, number: int | None, quantity: str) -> str:
        """Return a count, "" where there is none."""
        return "" if number is None else figure(str(number), quantity, number, self.left)


def span(low: float, high: float) -> str:
    """Return two amounts to the euro as one range, one amount where they are the same."""
    if round(low) == round(high):
        return text.euros(low)
    return f"{text.euros(low).removesuffix('€').strip()} à {text.euros(high)}"


@dataclass(frozen=True)
class PensionCell:
    """What a date gives for one fact."""

    words: str
    note: str = ""


Read = Callable[[Departure], PensionCell]
Row = tuple[str, str, tuple[PensionCell, ...], bool]
"""Group that it opens or "", label, one cell a date, whether it is the amount."""
_NONE, _EMPTY = PensionCell("non calculé"), PensionCell("")


def pension_rows(lines: Sequence[Departure]) -> tuple[Row, ...]:
    """Return the table; a row that concerns no date is left out."""
    rows = []
    for part, label, read in _table():
        cells = tuple(_cell(read, line) for line in lines)
        if any(cell.words for cell in cells):
            rows.append((part, label, cells, read is _pension))
    return tuple(rows)


def _cell(read: Read, line: Departure) -> PensionCell:
    """Return a cell; what the law computes of a right that is not open has no object."""
    return _NO_OBJECT if read in _COMPUTED and not line.depart.possible else read(line)


def _table() -> Iterable[tuple[str, str, Read]]:
    """Yield group, label and reader of each row."""
    yield "Le droit", "Pension due à partir du", _effect
    yield "", "Âge au départ", lambda line: PensionCell(line.age)
    yield "", "Droit à pension", _right
    yield "", "Droit ouvert le", _day_of("date_ouverture", "age_ouverture")
    yield "", "Effet au plus tôt", _day_of("date_effet_au_plus_tot")
    yield "", "Décote annulée par l’âge le", _day_of("age_annulation_decote_le")
    yield "", "Limite d’âge", _day_of("date_limite_age", "limite_age")
    yield "La durée", "Trimestres, tous régimes", _insured
    yield "", "Trimestres de services, pour le montant", _services
    yield "Le calcul", "Indice majoré retenu", _index
    yield "", "Traitement de référence", _salary
    yield "", "Taux de liquidation", _rate
    yield "", "Pension avant décote ou surcote, par mois", _before
    yield "", "Trimestres manquants jusqu’à l’âge sans décote", _count("trimestres_decote_age")
    yield "", "Trimestres manquants pour la durée", _count("trimestres_decote_duree")
    yield "", "Décote", _decote
    yield "", "Surcote", _surcote
    yield "", "Minimum garanti", _minimum
    yield "", "Minimum d’une invalidité", _invalidity
    yield "", "Majoration pour enfants", _children
    yield "Le montant", "Pension brute, par mois", _pension
    yield "", "Pension nette avant impôt, par mois", _net
    yield "", "Dernière paie brute", _pay_of("gross")
    yield "", "Pension brute, en part de la paie brute", _share
    yield "", "Dernière paie, net avant impôt", _pay_of("net")
    yield "", "Pension nette, en part de la paie nette", _net_share
    yield "", "Retraite additionnelle (RAFP)", _additional
    yield "", "Retraite progressive", _progressive


def _effect(line: Departure) -> PensionCell:
    day = line.depart.date_effet
    note = "" if day == line.left else worded("départ le {}", line.day)
    return PensionCell(text.dated(day, "pension.effect", f"{line.left}"), note)


def months_between(birth: date, day: date) -> int:
    """Return the whole months of an age."""
    return (day.year - birth.year) * 12 + day.month - birth.month - (day.day < birth.day)


def _right(line: Departure) -> PensionCell:
    return PensionCell("ouvert" if line.depart.possible else "non ouvert", line.depart.motif)


def _day_of(name: str, age: str = "") -> Read:
    def read(line: Departure) -> PensionCell:
        day = getattr(line.depart, name)
        months = getattr(line.depart, age) if age else None
        moment = "" if name in _DAYS else f"{line.left}"
        words = text.dated(day, _DAYS.get(name, f"departure.{name}"), moment) if day else ""
        return PensionCell(words, text.age_of_months(months) if months else "")

    return read


_DAYS = {"date_ouverture": "departure.opens", "date_limite_age": "departure.limit"}
"""What other screens call the same days."""


def _insured(line: Departure) -> PensionCell:
    depart = line.depart
    if depart.duree_requise is None:
        return _EMPTY
    required = line.count(depart.duree_requise, "quarters.required")
    if depart.trimestres_assurance is None:
        return PensionCell(worded("inconnus, {} requis", required), "autres régimes à indiquer")
    known = line.count(depart.trimestres_assurance, "quarters")
    return PensionCell(worded("{}, {} requis", known, required))


def _services(line: Departure) -> PensionCell:
    served, bonus = line.depart.trimestres_services, line.depart.trimestres_bonifications
    more = line.count(bonus, "quarters.bonus")
    note = worded("et {} de bonifications", more) if served is not None and bonus else ""
    return PensionCell(line.count(served, "quarters.served"), note)


def _index(line: Departure) -> PensionCell:
    asked, index = line.question, line.depart.indice_retenu
    place = text.position_label(asked.grade or "", asked.echelon or "", asked.chevron)
    return PensionCell(f"{index:.0f}" if index is not None else "", place)


def _salary(line: Departure) -> PensionCell:
    amount = line.euros(line.depart.traitement_annuel, "pension.salary")
    return PensionCell(worded("{} par an", amount)) if amount else _EMPTY


def _rate(line: Departure) -> PensionCell:
    return PensionCell(text.percent(line.depart.taux_liquidation_pct))


def _before(line: Departure) -> PensionCell:
    return PensionCell(line.euros(line.depart.pension_avant_decote, "pension.before"))


def _count(name: str) -> Read:
    return lambda line: PensionCell(line.count(getattr(line.depart, name), name))


def _decote(line: Departure) -> PensionCell:
    depart, count = line.depart, line.depart.trimestres_decote
    if count is None:
        known = depart.trimestres_assurance is not None
        return _NONE if depart.duree_requise is not None and not known else _EMPTY
    rate = f"{text.MINUS}{text.NBSP}{text.percent(depart.taux_decote_pct)}" if count else "aucune"
    if depart.decote_ecartee:
        return PensionCell(rate, "écartée : invalidité ou incapacité")
    return PensionCell(rate, line.decote if count else "")


def _surcote(line: Departure) -> PensionCell:
    depart = line.depart
    if depart.trimestres_surcote is None:
        return _EMPTY
    if not line.extra:
        return PensionCell("aucune")
    parental = ", dont parentale" if depart.trimestres_surcote_parentale else ""
    return PensionCell(f"+{text.NBSP}{line.surcote_rate}", worded("{}{}", line.surcote, parental))


def _minimum(line: Departure) -> PensionCell:
    depart = line.depart
    if depart.minimum_garanti is None:
        return _EMPTY
    words = "non appliqué" if depart.minimum_garanti_ouvert else "non ouvert"
    amount = line.euros(depart.minimum_garanti, "pension.minimum")
    return PensionCell("appliqué" if depart.minimum_garanti_applique else words, amount)


def _invalidity(line: Departure) -> PensionCell:
    if line.question.taux_invalidite is None or line.depart.pension_brute is None:
        return _EMPTY
    return PensionCell("appliqué" if line.depart.minimum_invalidite_applique else "non appliqué")


def _children(line: Departure) -> PensionCell:
    return PensionCell(line.euros(line.depart.majoration_enfants or None, "pension.children"))


def _pension(line: Departure) -> PensionCell:
    bounds = gross_bounds(line.depart)
    if bounds is None:
        return _NONE
    note = "" if line.depart.pension_brute is not None else "selon les autres régimes"
    return PensionCell(line.gross_in(bounds_text(bounds), bounds), note)


def _net(line: Departure) -> PensionCell:
    if taken := line.depart.prelevements:
        withheld = line.euros(taken.csg + taken.crds + taken.casa, "pension.withheld")
        words = worded("{} de prélèvements sociaux", withheld)
        return PensionCell(line.euros(taken.net, "pension.net"), words)
    net = _full_csg(line)
    note = line.depart.motif_net if net is None else "CSG au taux plein supposée"
    return PensionCell(line.euros(net, "pension.net"), note)


def _full_csg(line: Departure) -> float | None:
    """Return the net at the highest CSG, as the figure supposes it, where no income is known.

    None where one is, or where the tables hold no rate at this date.
    """
    gross = line.depart.pension_brute
    if gross is None or line.question.foyer is not None:
        return None
    try:
        return pension_choices.net_of(gross, None, line.depart.date_effet)
    except KitError:
        return None


def _pay_of(kind: str) -> Read:
    def read(line: Departure) -> PensionCell:
        if line.pay is None:
            return _EMPTY
        return PensionCell(line.euros(getattr(line.pay, kind), f"last_pay.{kind}"), line.pay.words)

    return read


def _share(line: Departure) -> PensionCell:
    return _part(line.depart.pension_brute, line.pay.gross if line.pay else None)


def _net_share(line: Departure) -> PensionCell:
    taken = line.depart.prelevements
    return _part(taken.net if taken else _full_csg(line), line.pay.net if line.pay else None)


def _part(pension: float | None, pay: float | None) -> PensionCell:
    """Return a pension in per cent of a pay of the same kind: gross and gross, net and net."""
    if pension is None or pay is None or pay <= 0:
        return _EMPTY
    return PensionCell(f"{round(pension / pay * 100)} %")


def _additional(line: Departure) -> PensionCell:
    additional = line.depart.rafp
    if additional is None:
        return _EMPTY
    since = worded("à partir du {}", text.dated(additional.ouverture, "rafp.opens", f"{line.left}"))
    if yearly := line.euros(additional.rente_annuelle, "rafp.yearly"):
        return PensionCell(worded("{} par an", yearly), worded("rente, {}", since))
    if capital := line.euros(additional.capital, "rafp.capital"):
        return PensionCell(capital, worded("capital, {}", since))
    if first := line.euros(additional.premiere_fraction, "rafp.first"):
        return PensionCell(first, worded("première fraction, {}", since))
    nature = additional.nature.replace("_", " ").replace("fractionne", "fractionné")
    return PensionCell(nature, additional.manque)


_OPEN = {True: "possible", False: "non ouverte", None: "non calculée"}


def _progressive(line: Departure) -> PensionCell:
    progressive = line.depart.retraite_progressive
    if progressive is None:
        return _EMPTY
    if amount := line.euros(progressive.montant, "pension.progressive"):
        return PensionCell(worded("{} par mois", amount), text.percent(progressive.fraction_pct))
    return PensionCell(_OPEN[progressive.possible], progressive.motif)


_COMPUTED = (_rate, _before, _decote, _surcote, _minimum, _children, _net)
_NO_OBJECT = PensionCell("sans objet")
