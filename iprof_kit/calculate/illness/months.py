"""Month by month: what is paid of each, A without asking, B with the leave that was granted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.calendar import MONTH, axis_of, date_of
from iprof_kit.base.money import sum_in_euros
from iprof_kit.calculate.et_si.pay import Timeline, asked
from iprof_kit.calculate.illness.days import Days, LongLeave, day_after, month_name, month_of
from iprof_kit.calculate.illness.question import (
    Branche,
    JoursDuMois,
    MaladieQuestion,
    MoisDeMaladie,
)
from iprof_kit.calculate.pay.calculation import answers as payslips
from iprof_kit.calculate.pay.question import AbsencePaie, JoursDeConge, PayAnswer
from iprof_kit.law.payroll.health_leave import (
    HALF,
    ORDINARY,
    SPENT,
    WHOLE,
    kept_shares,
)
from iprof_kit.law.payroll.sick_leave import leave_rate
from iprof_kit.law.payroll.tables import parameter

_ALL = 100


@dataclass(frozen=True)
class Stoppage:
    """What months are written from: the days, the leave of B, the career that goes on."""

    question: MaladieQuestion
    days: Days
    long: LongLeave | None
    line: Timeline

    @property
    def law(self) -> date:
        """The day whose law pays: amounts are constant euros."""
        return self.line.law

    @property
    def begin(self) -> int:
        """First day of the stoppage, on the axis."""
        return axis_of(self.question.debut)

    def ordinary(self, month: int) -> AbsencePaie:
        """Return the absences of a month of the ordinary leave; past its rights, half is kept."""
        waiting = int(self.question.carence_due and month == month_of(self.begin))
        whole, half, spent = (self.days.of_month(month, kind) for kind in (WHOLE, HALF, SPENT))
        taken = min(waiting, whole)
        return AbsencePaie(
            cmo_trois_premiers_mois=whole - taken,
            cmo_neuf_mois_suivants=half + spent - (waiting - taken),
            carence=waiting,
            prescrit_le=self.question.debut,
        )

    def granted(self, month: int) -> AbsencePaie:
        """Return the absences of a month of the long leave, none where nothing is asked."""
        if self.long is None:
            return AbsencePaie()
        whole, half = (self.days.of_month(month, kind, self.begin) for kind in (WHOLE, HALF))
        end = month + MONTH
        if self.question.fin is not None:
            end = min(end, day_after(self.question.fin))
        return AbsencePaie(
            cmo_trois_premiers_mois=whole,
            cmo_neuf_mois_suivants=half,
            prescrit_le=self.question.debut,
            conges=tuple(
                JoursDeConge(conge=one.leave, mois=one.month, jours=one.days)
                for one in self.long.days_in(month, end)
            ),
        )

    def slips(self, asked_of: Sequence[tuple[int, AbsencePaie | None]]) -> list[PayAnswer]:
        """Return the payslip of each month with its absences, primes by twelfths."""
        today = self.question.personne.aujourdhui
        questions = []
        for month, absence in asked_of:
            post, _ = self.line.post(min(max(date_of(month), today), self.line.end))
            slip = asked(post, self.law)
            questions.append(slip.model_copy(update={"absence": absence}))
        return list(payslips(questions))

    def paid_as(self, absence: AbsencePaie) -> tuple[JoursDuMois, ...]:
        """Return how the thirty days of a month are paid."""
        parts = [
            (ORDINARY, absence.cmo_trois_premiers_mois, self._first_rate, self._first_rate),
            (ORDINARY, absence.cmo_neuf_mois_suivants, self._half, self._half),
        ]
        for one in absence.conges:
            pay, primes = kept_shares(one.conge, one.mois, self.law)
            parts.append((one.conge, one.jours, pay, primes))
        away = absence.carence + sum(days for _, days, _, _ in parts)
        parts.insert(0, ("", MONTH - away, _ALL, _ALL))
        return tuple(
            JoursDuMois(conge=code, jours=days, part_traitement=pay, part_primes=primes)
            for code, days, pay, primes in parts
            if days
        )

    @property
    def _first_rate(self) -> float:
        return leave_rate(self.question.debut).number("taux_pct", "taux de maintien")

    @property
    def _half(self) -> float:
        return parameter(self.law, "cmo_demi_traitement")


def written(
    stoppage: Stoppage, branche: Branche, months: Iterable[int], *, long: bool
) -> list[MoisDeMaladie]:
    """Return months of one branche, each with its pay."""
    kind = stoppage.granted if long else stoppage.ordinary
    asked_of = [(month, kind(month)) for month in months]
    return [
        _month(stoppage, branche, month, absence, slip)
        for (month, absence), slip in zip(asked_of, stoppage.slips(asked_of), strict=True)
    ]


def _month(
    stoppage: Stoppage, branche: Branche, month: int, absence: AbsencePaie, slip: PayAnswer
) -> MoisDeMaladie:
    totals = slip.totaux
    name = month_name(month)
    return MoisDeMaladie(
        branche=branche,
        mois=name,
        dernier=name,
        tranches=stoppage.paid_as(absence),
        carence=absence.carence,
        attente=not absence.conges and bool(stoppage.days.of_month(month, SPENT)),
        traitement=float(sum_in_euros(totals.brut, -totals.indemnites)),
        indemnites=totals.indemnites,
        retenues=float(sum_in_euros(totals.brut, -totals.net_avant_impot)),
        net=totals.net_avant_impot,
    )


def together(months: Iterable[MoisDeMaladie]) -> tuple[MoisDeMaladie, ...]:
    """Return the months with those that follow each other and are the same written once."""
    kept: list[MoisDeMaladie] = []
    for one in months:
        like = kept[-1].model_copy(update={"mois": one.mois, "dernier": one.mois}) if kept else None
        if like == one:
            kept[-1] = kept[-1].model_copy(update={"dernier": one.mois})
        else:
            kept.append(one)
    return tuple(kept)


def arrears(stoppage: Stoppage, months: Sequence[int]) -> tuple[float, float]:
    """Return what is completed of past months where the long leave is granted: gross, then net.

    The traitement is made whole from the first day; what was paid of the primes stays.
    """
    absences = [stoppage.ordinary(month) for month in months]
    paid = stoppage.slips(list(zip(months, absences, strict=True)))
    whole = [one.model_copy(update={"traitement_complete": True}) for one in absences]
    due = stoppage.slips(list(zip(months, whole, strict=True)))
    both = list(zip(due, paid, strict=True))
    gross = sum_in_euros(0.0, *(a.totaux.brut - b.totaux.brut for a, b in both))
    net = sum_in_euros(0.0, *(a.totaux.net_avant_impot - b.totaux.net_avant_impot for a, b in both))
    return float(gross), float(net)
