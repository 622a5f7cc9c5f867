"""From questions about pay to the columns of one payslip run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import MONTHS
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.explanation import datum
from iprof_kit.base.reference import unsure
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import NBSP, number_text
from iprof_kit.calculate.pay.lines import missing_for_compensation, months_text
from iprof_kit.calculate.pay.question import PaySituation, Prime
from iprof_kit.calculate.pay.start import PaidIndex, standing
from iprof_kit.law.career.traitement import Euros, fraction_confidence
from iprof_kit.law.payroll import allowances, compensation, overseas
from iprof_kit.law.payroll.family import opens_supplement
from iprof_kit.law.payroll.gains import (
    NINTHS,
    PaidMonth,
    allowance_line,
    attractivity_line,
    hourly_line,
    installation_line,
    overtime_lines,
    transport_line,
    yearly_line,
)
from iprof_kit.law.payroll.health_leave import LeaveDays
from iprof_kit.law.payroll.lines import PayLine, explained_lines, lines_or_reason, recorded
from iprof_kit.law.payroll.overtime import FIRST_DEGREE_CODES, first_degree_hour, scale_of
from iprof_kit.law.payroll.people import Habits, Payees
from iprof_kit.law.payroll.sick_leave import Absence
from iprof_kit.law.payroll.tables import GRIDS, PARAMETERS, RATES, line_label
from iprof_kit.law.payroll.transport import TRANSPORT
from iprof_kit.law.tables.cells import CELLS, Cell
from iprof_kit.law.tables.facts import Fact

_SERVICE = ("ISAE_FIXE", "ISOE_FIXE", "IND_STAGIAIRE")
"""Primes paid to a stagiaire in the share of the service before pupils."""
_FULL = 100
_NO_REEVALUATION = "calculée sans les réévaluations postérieures à 2018"
_UNSURE_HOURS = "une seule source dit que ce corps fait des heures année sur un service adapté"


@dataclass
class Sheet:
    """The columns of one run, what could not be computed, and what is paid in other months."""

    payees: Payees
    unknown: list[str]
    not_due: dict[str, str]
    """Code of a prime that pays nothing this month → why, in French."""


def sheet(
    people: Sequence[PaySituation], on: date, *, smoothed: bool, habits: Habits | None = None
) -> Sheet:
    """Return the columns of people who differ only by position, quotité, zone, children, NBI.

    Parameters
    ----------
    people : sequence of PaySituation
        See `same_run` for what they must share.
    on : date
        First day of the month.
    smoothed : bool
        Primes by twelfths.
    habits : Habits, optional
        What happened since January.
    """
    who = people[0]
    with recorded() as position:
        stands = [standing(person, on) for person in people]
    num, den = (np.array([getattr(s, name) for s in stands]) for name in ("num", "den"))
    made = _Maker(who, PaidMonth(on, num, den, smoothed), [], {})
    cell = np.array([s.cell for s in stands])
    zone = np.array([person.zone for person in people])
    gains = made.gains(cell, zone)
    with recorded() as index_points:
        bi, bi_rows = made.points(allowances.BONUS_INDEX)
    with recorded() as new_points:
        nbi, nbi_rows = made.points(allowances.BONUS_NEW)
        if who.nbi:
            datum("Points indiqués", str(who.nbi))
    with recorded() as family:
        children = np.array([children_of(person, on) for person in people])
        datum("Enfants qui comptent ce mois", str(children[0]))
    with recorded() as place:
        datum("Zone de résidence", str(who.zone))
    with explained_lines(gains, *family.steps):
        gains += made.corsica(children)
    with explained_lines(gains):
        gains += made.compensation(people)
    with explained_lines(gains):
        gains += made.transport(people)
    made.say_what_is_not_counted()
    payees = Payees(
        on,
        np.array([s.indice for s in stands]),
        num,
        den,
        zone,
        children,
        np.full(len(people), bi),
        nbi + np.array([person.nbi for person in people]),
        cell,
        _grid_rows(stands, on),
        _uncertain(people),
        bi_rows,
        nbi_rows,
        tuple(gains),
        made.territory,
        who.quotite if who.surcotisation else None,
        who.surcotisation_demande,
        _absence(who),
        who.psc,
        who.psc_reference,
        who.psc_plafond,
        who.taux_pas,
        habits or _habits(who),
        {
            "TIB": tuple(position.steps),
            "BI": tuple(index_points.steps),
            "NBI": tuple(new_points.steps),
            "SFT": tuple(family.steps),
            "IR": tuple(place.steps),
        },
    )
    return Sheet(payees, made.unknown, made.not_due)


def children_of(who: PaySituation, on: date) -> int:
    """Return the children that count in a month: their number, or those whose births count."""
    if not who.naissances_enfants:
        return who.enfants
    births = np.array(who.naissances_enfants, dtype="datetime64[D]")
    return int(opens_supplement(births, on).sum())


def _uncertain(people: Sequence[PaySituation]) -> npt.NDArray[np.bool_]:
    letters = [fraction_confidence(p.quotite, p.type_temps_partiel, p.corps) for p in people]
    return np.array([to_verify(letter) for letter in letters])


def _grid_rows(stands: Sequence[PaidIndex], on: date) -> dict[int, tuple[Fact, ...]]:
    return {
        cell: (
            GRIDS.read(
                on, CELLS.corps[cell], CELLS.grade[cell], CELLS.echelon[cell], CELLS.chevron[cell]
            ),
        )
        for cell in {s.cell for s in stands}
        if cell >= 0
    }


def _absence(who: PaySituation) -> Absence | None:
    if who.absence is None:
        return None
    given = who.absence
    return Absence(
        given.cmo_trois_premiers_mois,
        given.cmo_neuf_mois_suivants,
        given.carence,
        given.greve,
        given.prescrit_le,
        tuple(LeaveDays(one.conge, one.mois, one.jours) for one in given.conges),
        given.traitement_complete,
    )


def _habits(who: PaySituation) -> Habits:
    if who.cumul is None:
        return Habits(capped=who.rafp_plafonnee)
    return Habits(
        who.rafp_plafonnee,
        True,
        who.cumul.assiette_rafp,
        who.cumul.traitement,
        who.cumul.heures_exonerees,
    )


@dataclass
class _Maker:
    """Makes the lines of gains of a run; what it cannot compute goes to `unknown`.

    `not_due` says of each prime that pays nothing this month when it is paid.
    """

    who: PaySituation
    paid: PaidMonth
    unknown: list[str]
    not_due: dict[str, str]

    @property
    def on(self) -> date:
        """A day of the month."""
        return self.paid.on

    @property
    def territory(self) -> str:
        """Territory, refused where unknown."""
        if self.who.territoire:
            overseas.overseas_fact("MAJORATION_TRAITEMENT", self.who.territoire, self.on)
        return self.who.territoire

    @cached_property
    def asked(self) -> tuple[Prime, ...]:
        """Return the primes listed and those that other fields imply; no code twice."""
        who = self.who
        codes = list(who.primes)
        if who.primes_usuelles and who.corps is not None:
            codes += [
                Prime(code=code)
                for code in allowances.usual_codes(who.corps, self.on)
                if allowances.begun(code, self.on)
            ]
            for row in allowances.unspecified_primes(who.corps, self.on):
                code, told_by = (str(row.values[name]) for name in ("code", "motif"))
                if not self._has(codes, code):
                    by = told_by.removeprefix("selon ")
                    self.unknown.append(f"{line_label(code)} : à ajouter aux primes avec {by}")
        if who.education_prioritaire != "aucune":
            codes.append(Prime(code=allowances.REP_CODES[who.education_prioritaire]))
        if who.pacte:
            codes.append(Prime(code="PACTE", nombre=who.pacte))
        if who.direction_classes is not None:
            codes += self._direction(who.direction_classes)
        return self._refuse_twice(codes)

    @staticmethod
    def _has(codes: list[Prime], code: str) -> bool:
        return any(prime.code == code for prime in codes)

    def _refuse_twice(self, codes: list[Prime]) -> tuple[Prime, ...]:
        seen: set[tuple[str, str | None]] = set()
        for prime in codes:
            key = (prime.code, prime.variante)
            if key in seen:
                raise InputError(
                    f"la prime « {prime.code} » est demandée deux fois.",
                    where="primes",
                    remedy="Retirez-la de la liste : un autre champ l’ajoute peut-être déjà.",
                )
            seen.add(key)
        return tuple(codes)

    def _direction(self, classes: int) -> list[Prime]:
        variable = allowances.band_of("DIR_ISS_VARIABLE", classes, self.on)
        codes = [Prime(code="DIR_ISS_FIXE"), Prime(code="DIR_ISS_VARIABLE", variante=variable)]
        if not self.who.direction_interim:
            points = allowances.band_of("DIR_BI", classes, self.on)
            codes += [Prime(code="DIR_BI", variante=points), Prime(code="DIR_NBI")]
        return codes

    def points(self, codes: tuple[str, ...]) -> tuple[int, tuple[Fact, ...]]:
        """Return the index points that some codes give, and their rows."""
        rows = tuple(self._row(prime) for prime in self.asked if prime.code in codes)
        return sum(int(allowances.written_amount(row)) for row in rows), rows

    def _row(self, prime: Prime) -> Fact:
        return allowances.find_allowance(prime.code, prime.variante, self.who.corps, self.on)

    def gains(self, cell: Cell, zone: Cell) -> list[PayLine]:
        """Return the lines of primes and heures supplémentaires."""
        lines: list[PayLine] = []
        for prime in self.asked:
            if prime.code not in allowances.BONUS_INDEX + allowances.BONUS_NEW:
                with explained_lines(lines):
                    lines += self._prime(prime, cell, zone)
        with explained_lines(lines):
            lines += self._overtime()
        return lines

    def _prime(self, prime: Prime, cell: Cell, zone: Cell) -> list[PayLine]:
        make = partial(self._lines, prime, cell, zone)
        if prime in self.who.primes:  # asked by name: refused where it has no value
            return make()
        if self.who.primes_usuelles and self.who.corps is not None:
            allowances.note_as_usual(prime.code, self.who.corps, self.on)
        return lines_or_reason(line_label(prime.code), make, self.unknown)

    def _lines(self, prime: Prime, cell: Cell, zone: Cell) -> list[PayLine]:
        line = self._line(prime, cell, zone)
        return [] if line is None else [line]

    def _line(self, prime: Prime, cell: Cell, zone: Cell) -> PayLine | None:
        who, on = self.who, self.on
        if prime.code in FIRST_DEGREE_CODES:
            return self._first_degree(prime)
        if prime.code == allowances.ATTRACTIVITY:
            if (cell < 0).any():
                raise InputError(
                    "la prime d’attractivité dépend du corps, du grade et de l’échelon.",
                    where="echelon",
                    remedy="Indiquez la position, ou retirez cette prime.",
                )
            return attractivity_line(cell, self.paid)
        row = self._row(prime)
        periodicity = str(row.values["periodicite"])
        if periodicity != allowances.DAILY:
            self._say_when(prime.code, periodicity, prime.mois)
        if prime.code == allowances.INSTALLATION:
            if self.paid.smoothed:
                self.unknown.append(
                    f"{line_label(prime.code)} : versée une fois, hors d’un mois moyen"
                )
                return None
            return installation_line(row, zone, on, prime.mois)
        coefficient = 1.0
        if prime.code in ("DIR_ISS_FIXE", "DIR_ISS_VARIABLE"):
            coefficient = allowances.direction_coefficient(
                who.education_prioritaire, on, interim=who.direction_interim
            )
        part = prime.part
        if who.service_devant_eleves is not None and prime.code in _SERVICE:
            part = who.service_devant_eleves
        if prime.nombre != 1:
            datum("Nombre", number_text(prime.nombre))
        if part != _FULL:
            datum("Part du service qui y ouvre droit", f"{number_text(part)}{NBSP}%")
        return allowance_line(
            row,
            self.paid,
            count=prime.nombre,
            part=part,
            coefficient=coefficient,
            month=prime.mois,
        )

    def _say_when(self, code: str, periodicity: str, month: int | None = None) -> None:
        """Say of what is paid in some months only that it is not due, and of a month its effect."""
        if self.paid.smoothed:
            return
        due = allowances.due_share(periodicity, self.on, smoothed=False, month=month)
        label, months = line_label(code), months_text(due.months)
        if not due.months:
            self.unknown.append(f"{label} : non placée, mois de versement à indiquer (« mois »)")
        elif not due.numerator:
            when = f"{MONTHS[self.on.month - 1]} {self.on.year}"
            self.not_due[code] = f"{label} : rien en {when}, versement {months}"
        if month is not None and due.months != (month,):
            self.unknown.append(
                f"{label} : « mois » sans effet, les textes fixent le versement {months}"
            )

    def _first_degree(self, prime: Prime) -> PayLine | None:
        who = self.who
        if who.corps is None or who.grade is None:
            raise InputError(
                "les heures du premier degré dépendent du corps et du grade.",
                where="corps",
                remedy="Indiquez le corps et le grade.",
            )
        try:
            row = first_degree_hour(prime.code, who.corps, who.grade, self.on)
        except LawError as error:
            self.unknown.append(f"{line_label(prime.code)} : non calculée, {error.message}")
            return None
        return hourly_line(row, prime.nombre, len(self.paid.num))

    def _overtime(self) -> list[PayLine]:
        who = self.who
        if not (who.hsa or who.hse) or who.corps is None or who.grade is None:
            return []
        ends = None
        if who.hsa_indices is not None:
            ends = (who.hsa_indices.debut, who.hsa_indices.fin)
        scale = scale_of(who.corps, who.grade, self.on, hours=who.ors, eps=who.eps, ends=ends)
        if who.hsa:
            self._say_when("HSA", NINTHS)
        lines = overtime_lines(scale, self.paid, annual_hours=who.hsa, single_hours=who.hse)
        if unsure("heures_annee_adaptees", who.corps):
            return [replace(line, doubt=_UNSURE_HOURS) for line in lines]
        return lines

    def corsica(self, children: Cell) -> list[PayLine]:
        """Return the annual allowance of Corsica in the months in which it is paid."""
        row = None
        if self.who.territoire:
            row = overseas.overseas_fact("ICFT_CORSE", self.who.territoire, self.on)
        if row is None:
            return []
        yearly = {
            n: overseas.corsica_transport(
                self.who.territoire, n, self.on, partner=self.who.conjoint_sans_indemnite
            )
            for n in set(children.tolist())
        }
        annual = np.array([yearly[n] for n in children.tolist()])
        self._say_when("ICFT_CORSE", "icft_corse")
        line = yearly_line(
            "ICFT_CORSE",
            line_label("ICFT_CORSE"),
            annual,
            (row,),
            self.paid,
            periodicity="icft_corse",
            follows=False,
        )
        return [] if line is None else [line]

    def transport(self, people: Sequence[PaySituation]) -> list[PayLine]:
        """Return the refund of a season ticket, or say that its rate is not known that day."""
        tickets = np.array([person.abonnement_transport for person in people])
        if not tickets.any():
            return []
        if PARAMETERS.find(self.on, "transport_taux") is None:
            self.unknown.append(
                f"{line_label(TRANSPORT)} : non calculé, taux connu depuis septembre 2023 seulement"
            )
            return []
        worked = np.array([person.quotite for person in people])
        return [transport_line(tickets, worked, self.on)]

    def say_what_is_not_counted(self) -> None:
        """Say, once, which primes of the corps are counted only where the person tells them."""
        who = self.who
        if who.territoire and overseas.increase_lost(who.territoire):
            self.unknown.append(
                "Majoration de traitement outre-mer : non calculée, les totaux ne la comptent pas "
                f"(aucune ligne pour {who.territoire}, table outre_mer)"
            )
        if not who.primes_usuelles or who.corps is None:
            return
        if not allowances.knows_primes_of(who.corps):
            self.unknown.append(
                "primes de votre corps : non calculées, aucune ligne ne dit lesquelles (table "
                "primes_usuelles)"
            )
        codes = [
            code
            for code in allowances.codes_to_say(who.corps, self.on)
            if not self._has(list(self.asked), code) and allowances.variants(code, self.on)
        ]
        if codes:
            names = " ; ".join(line_label(code) for code in codes)
            self.unknown.append(
                f"primes qui dépendent du poste ou du début de carrière, comptées "
                f"seulement si elles sont indiquées : {names}"
            )
        missing = allowances.missing_primes(who.corps, self.on)
        if missing:
            names = " ; ".join(str(row.values["motif"]) for row in missing)
            self.unknown.append(f"primes non calculées, montants absents des tables : {names}")

    def compensation(self, people: Sequence[PaySituation]) -> list[PayLine]:
        """Return the indemnité compensatrice of the CSG, or say what misses."""
        who, on = self.who, self.on
        if who.eleve or RATES.find(on, "IC_CSG_AVANT_2018") is None:
            return []
        missing = missing_for_compensation(who)
        if missing:
            self.unknown.append(f"indemnité compensatrice de la CSG : non calculée, {missing}")
            return []

        def column(name: str) -> Euros:
            return np.array([getattr(person, name) for person in people], float)

        if who.nomme_avant_2018:
            gross, solidarity = column("brut_2017"), column("ces_2017")
            amount = compensation.compensation_before_2018(
                gross, solidarity, on, self.paid.num, self.paid.den
            )
            row = PARAMETERS.read(on, "ic_csg_taux")
        else:
            gross = column("brut_premier_mois")
            amount = compensation.compensation_since_2018(gross, on, self.paid.num, self.paid.den)
            row = RATES.read(on, "IC_CSG_DEPUIS_2018")
        monthly = None if who.nomme_avant_2018 else gross
        return [
            PayLine(
                "IC_CSG",
                line_label("IC_CSG"),
                "gain",
                amount,
                "compensatrice",
                base=monthly,
                follows=True,
                facts=(row,),
                doubt=_NO_REEVALUATION,
            )
        ]
