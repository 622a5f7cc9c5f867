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
from iprof_kit.ui.shared.worded import Worded, figure, worded

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


@dataclass(frozen=True)
class PensionCell:
    """What a date gives for one fact."""

    words: str
    note: str = ""
    verify: bool = False


@dataclass(frozen=True)
class PensionRow:
    """One fact at each date; `part` opens a group of rows."""

    label: str
    cells: tuple[PensionCell, ...]
    strong: bool = False
    part: str = ""


Read = Callable[[Departure], PensionCell]
_NONE = PensionCell("non calculé")


def pension_rows(lines: Sequence[Departure]) -> tuple[PensionRow, ...]:
    """Return the table; a row that concerns no date is left out."""
    rows = []
    for part, label, read, strong in _table():
        cells = tuple(_cell(read, line) for line in lines)
        if any(cell.words for cell in cells):
            rows.append(PensionRow(label, cells, strong, part))
    return tuple(rows)


def _cell(read: Read, line: Departure) -> PensionCell:
    """Return a cell; what the law computes of a right that is not open has no object."""
    return _NO_OBJECT if read in _COMPUTED and not line.depart.possible else read(line)


def _table() -> Iterable[tuple[str, str, Read, bool]]:
    """Yield group, label and reader of each row."""
    yield "Le droit", "Pension due à partir du", _effect, False
    yield "", "Âge au départ", _age, False
    yield "", "Droit à pension", _right, False
    yield "", "Droit ouvert le", _day_of("date_ouverture", "age_ouverture"), False
    yield "", "Effet au plus tôt", _day_of("date_effet_au_plus_tot"), False
    yield "", "Décote annulée par l’âge le", _day_of("age_annulation_decote_le"), False
    yield "", "Limite d’âge", _day_of("date_limite_age", "limite_age"), False
    yield "La durée", "Trimestres, tous régimes", _insured, False
    yield "", "Trimestres de services, pour le montant", _services, False
    yield "Le calcul", "Indice majoré retenu", _index, False
    yield "", "Traitement de référence", _salary, False
    yield "", "Taux de liquidation", _rate, False
    yield "", "Pension avant décote ou surcote, par mois", _before, False
    yield (
        "",
        "Trimestres manquants jusqu’à l’âge sans décote",
        _count("trimestres_decote_age"),
        False,
    )
    yield "", "Trimestres manquants pour la durée", _count("trimestres_decote_duree"), False
    yield "", "Décote", _decote, False
    yield "", "Surcote", _surcote, False
    yield "", "Minimum garanti", _minimum, False
    yield "", "Minimum d’une invalidité", _invalidity, False
    yield "", "Majoration pour enfants", _children, False
    yield "Le montant", "Pension brute, par mois", _pension, True
    yield "", "Pension nette avant impôt, par mois", _net, False
    yield "", "Dernière paie brute", _gross_pay, False
    yield "", "Pension brute, en part de la paie brute", _share, False
    yield "", "Dernière paie, net avant impôt", _net_pay, False
    yield "", "Pension nette, en part de la paie nette", _net_share, False
    yield "", "Retraite additionnelle (RAFP)", _additional, False
    yield "", "Retraite progressive", _progressive, False


def amount_of(line: Departure) -> float:
    """Return the gross pension of a departure that has one, euros a month."""
    return line.depart.pension_brute or 0.0


def _effect(line: Departure) -> PensionCell:
    day, left = line.depart.date_effet, line.depart.date_cessation
    note = worded("départ le {}", figure(text.day(left), "departure.compared", left, line.key))
    return PensionCell(_dated(line, "pension.effect", day), "" if day == left else note)


def _age(line: Departure) -> PensionCell:
    return PensionCell(
        text.age_of_months(months_between(line.question.naissance, line.depart.date_cessation))
    )


def months_between(birth: date, day: date) -> int:
    """Return the whole months of an age."""
    return (day.year - birth.year) * 12 + day.month - birth.month - (day.day < birth.day)


def _right(line: Departure) -> PensionCell:
    depart = line.depart
    return PensionCell("ouvert" if depart.possible else "non ouvert", depart.motif)


def _day_of(name: str, age: str = "") -> Read:
    def read(line: Departure) -> PensionCell:
        day = getattr(line.depart, name)
        months = getattr(line.depart, age) if age else None
        moment = "" if name in _DAYS else line.depart.date_cessation
        words = ""
        if day:
            words = figure(text.day(day), _DAYS.get(name, f"departure.{name}"), day, moment)
        return PensionCell(words, text.age_of_months(months) if months else "")

    return read


_DAYS = {"date_ouverture": "departure.opens", "date_limite_age": "departure.limit"}
"""What other screens call the same days."""


def _dated(line: Departure, quantity: str, day: date) -> Worded:
    return figure(text.day(day), quantity, day, line.depart.date_cessation)


def _euros(line: Departure, quantity: str, amount: float) -> Worded:
    return figure(text.money(amount), quantity, amount, line.depart.date_cessation)


def _counted(line: Departure, quantity: str, count: int) -> Worded:
    return figure(str(count), quantity, count, line.depart.date_cessation)


def _insured(line: Departure) -> PensionCell:
    depart = line.depart
    if depart.duree_requise is None:
        return PensionCell("")
    required = _counted(line, "quarters.required", depart.duree_requise)
    if depart.trimestres_assurance is None:
        return PensionCell(worded("inconnus, {} requis", required), "autres régimes à indiquer")
    known = _counted(line, "quarters", depart.trimestres_assurance)
    return PensionCell(worded("{}, {} requis", known, required))


def _services(line: Departure) -> PensionCell:
    depart = line.depart
    if depart.trimestres_services is None:
        return PensionCell("")
    bonus = depart.trimestres_bonifications
    served = _counted(line, "quarters.served", depart.trimestres_services)
    if not bonus:
        return PensionCell(served)
    return PensionCell(
        served, worded("et {} de bonifications", _counted(line, "quarters.bonus", bonus))
    )


def _index(line: Departure) -> PensionCell:
    asked, index = line.question, line.depart.indice_retenu
    place = text.position_label(asked.grade or "", asked.echelon or "", asked.chevron)
    return PensionCell(f"{index:.0f}" if index is not None else "", place)


def _salary(line: Departure) -> PensionCell:
    amount = line.depart.traitement_annuel
    if amount is None:
        return PensionCell("")
    return PensionCell(worded("{} par an", _euros(line, "pension.salary", amount)))


def _rate(line: Departure) -> PensionCell:
    return PensionCell(text.percent(line.depart.taux_liquidation_pct))


def _before(line: Departure) -> PensionCell:
    amount = line.depart.pension_avant_decote
    return PensionCell("" if amount is None else _euros(line, "pension.before", amount))


def _count(name: str) -> Read:
    def read(line: Departure) -> PensionCell:
        count = getattr(line.depart, name)
        return PensionCell("" if count is None else _counted(line, name, count))

    return read


def _decote(line: Departure) -> PensionCell:
    count, rate = line.depart.trimestres_decote, line.depart.taux_decote_pct
    if count is None:
        known = line.depart.trimestres_assurance is not None
        return _NONE if line.depart.duree_requise is not None and not known else PensionCell("")
    words = f"{text.MINUS}{text.NBSP}{text.percent(rate)}" if count else "aucune"
    if line.depart.decote_ecartee:
        return PensionCell(words, "écartée : invalidité ou incapacité")
    quarters = figure(text.quarters(count), "decote.quarters", count, line.depart.date_cessation)
    return PensionCell(words, quarters if count else "")


def _surcote(line: Departure) -> PensionCell:
    depart = line.depart
    if depart.trimestres_surcote is None:
        return PensionCell("")
    own, parental = depart.trimestres_surcote, depart.trimestres_surcote_parentale or 0
    if not own + parental:
        return PensionCell("aucune")
    rate = (depart.taux_surcote_pct or 0) + (depart.taux_surcote_parentale_pct or 0)
    quarters = figure(
        text.quarters(own + parental), "surcote.quarters", own + parental, depart.date_cessation
    )
    note = worded("{}{}", quarters, ", dont parentale" if parental else "")
    return PensionCell(f"+{text.NBSP}{text.percent(rate)}", note)


def _minimum(line: Departure) -> PensionCell:
    depart = line.depart
    if depart.minimum_garanti is None:
        return PensionCell("")
    amount = _euros(line, "pension.minimum", depart.minimum_garanti)
    if depart.minimum_garanti_applique:
        return PensionCell("appliqué", amount)
    return PensionCell("non appliqué" if depart.minimum_garanti_ouvert else "non ouvert", amount)


def _invalidity(line: Departure) -> PensionCell:
    if line.question.taux_invalidite is None or line.depart.pension_brute is None:
        return PensionCell("")
    return PensionCell("appliqué" if line.depart.minimum_invalidite_applique else "non appliqué")


def _children(line: Departure) -> PensionCell:
    amount = line.depart.majoration_enfants
    return PensionCell(_euros(line, "pension.children", amount) if amount else "")


def _pension(line: Departure) -> PensionCell:
    depart, bounds = line.depart, gross_bounds(line.depart)
    if bounds is None:
        return _NONE
    note = "" if depart.pension_brute is not None else "selon les autres régimes"
    words = figure(bounds_text(bounds), "pension.gross", bounds, depart.date_cessation)
    return PensionCell(words, note, depart.a_verifier)


def _net(line: Departure) -> PensionCell:
    taken = line.depart.prelevements
    if taken is None:
        return _supposed_net(line)
    total = taken.csg + taken.crds + taken.casa
    withheld = _euros(line, "pension.withheld", total)
    return PensionCell(
        _euros(line, "pension.net", taken.net), worded("{} de prélèvements sociaux", withheld)
    )


def _supposed_net(line: Departure) -> PensionCell:
    """Return the net at the highest CSG, as the figure supposes it, where no income is known."""
    gross = line.depart.pension_brute
    if gross is None or line.question.foyer is not None:
        return PensionCell("", line.depart.motif_net)
    net = _full_csg(gross, line)
    if net is None:
        return PensionCell("", line.depart.motif_net)
    return PensionCell(_euros(line, "pension.net", net), "CSG au taux plein supposée")


def _full_csg(gross: float, line: Departure) -> float | None:
    """Return the net at the highest CSG; None where the tables hold no rate at this date."""
    try:
        return pension_choices.net_of(gross, None, line.depart.date_effet)
    except KitError:
        return None


def _gross_pay(line: Departure) -> PensionCell:
    pay = line.pay
    if pay is None:
        return PensionCell("")
    return PensionCell(_euros(line, "last_pay.gross", pay.gross), pay.words)


def _net_pay(line: Departure) -> PensionCell:
    pay = line.pay
    if pay is None:
        return PensionCell("")
    return PensionCell(_euros(line, "last_pay.net", pay.net), pay.words)


def _share(line: Departure) -> PensionCell:
    return _part(line.depart.pension_brute, line.pay.gross if line.pay else None)


def _net_share(line: Departure) -> PensionCell:
    taken, gross = line.depart.prelevements, line.depart.pension_brute
    net = taken.net if taken else None
    if net is None and gross is not None and line.question.foyer is None:
        net = _full_csg(gross, line)
    return _part(net, line.pay.net if line.pay else None)


def _part(pension: float | None, pay: float | None) -> PensionCell:
    """Return a pension in per cent of a pay of the same kind: gross and gross, net and net."""
    if pension is None or pay is None or pay <= 0:
        return PensionCell("")
    return PensionCell(f"{round(pension / pay * 100)} %")


def _additional(line: Departure) -> PensionCell:
    additional = line.depart.rafp
    if additional is None:
        return PensionCell("")
    since = worded("à partir du {}", _dated(line, "rafp.opens", additional.ouverture))
    if additional.rente_annuelle is not None:
        yearly = _euros(line, "rafp.yearly", additional.rente_annuelle)
        return PensionCell(worded("{} par an", yearly), worded("rente, {}", since))
    if additional.capital is not None:
        capital = _euros(line, "rafp.capital", additional.capital)
        return PensionCell(capital, worded("capital, {}", since))
    if additional.premiere_fraction is not None:
        first = _euros(line, "rafp.first", additional.premiere_fraction)
        return PensionCell(first, worded("première fraction, {}", since))
    return PensionCell(
        additional.nature.replace("_", " ").replace("fractionne", "fractionné"),
        additional.manque,
    )


def _progressive(line: Departure) -> PensionCell:
    progressive = line.depart.retraite_progressive
    if progressive is None:
        return PensionCell("")
    if progressive.montant is not None:
        share = text.percent(progressive.fraction_pct)
        amount = _euros(line, "pension.progressive", progressive.montant)
        return PensionCell(worded("{} par mois", amount), share)
    return PensionCell(
        "possible"
        if progressive.possible
        else "non ouverte"
        if progressive.possible is False
        else "non calculée",
        progressive.motif,
    )


_COMPUTED = (_rate, _before, _decote, _surcote, _minimum, _children, _net)
_NO_OBJECT = PensionCell("sans objet")
