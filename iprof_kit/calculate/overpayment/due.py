"""What was due while something else was paid: one post beside the other, month by month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from iprof_kit.base.calendar import MONTH, axis_of, date_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.money import share_in_euros, sum_in_euros
from iprof_kit.calculate.et_si.pay import OF_THE_PRIMES, Post, Timeline, asked
from iprof_kit.calculate.illness.days import day_after, days_of, month_of
from iprof_kit.calculate.illness.months import Stoppage
from iprof_kit.calculate.illness.question import MaladieQuestion
from iprof_kit.calculate.overpayment.question import LigneEnTrop, TropPercuQuestion
from iprof_kit.calculate.pay.calculation import answers as payslips
from iprof_kit.calculate.pay.choices import usual_primes
from iprof_kit.calculate.pay.lines import differences
from iprof_kit.calculate.pay.question import PayAnswer, PayLigne, PayQuestion, PaySituation, Prime
from iprof_kit.law.payroll.allowances import variants

_ILLNESS, _DEPARTURE = "conge_maladie", "depart"
_SIGN = {"gain": 1, "a_deduire": -1}
"""The lines of the brut, and how each counts in it."""


@dataclass(frozen=True)
class MonthOfPay:
    """One month: its first day on the axis, the days that the change holds, paid and due."""

    first: int
    days: int
    paid: PayAnswer
    due: PayAnswer | None

    @property
    def lines(self) -> tuple[LigneEnTrop, ...]:
        """The lines of the brut that change, paid less due, for the days of the change."""
        due = _of_the_gross(self.due.lignes) if self.due is not None else ()
        return tuple(
            LigneEnTrop(code=one.code, libelle=one.libelle, montant=self._share(one.ecart))
            for one in differences(due, _of_the_gross(self.paid.lignes))
        )

    @property
    def net(self) -> float:
        """Net before tax, paid less due, for the days of the change."""
        due = self.due.totaux.net_avant_impot if self.due is not None else 0.0
        return self._share(float(sum_in_euros(self.paid.totaux.net_avant_impot, -due)))

    def _share(self, gap: float) -> float:
        return float(share_in_euros(gap, self.days, 1, MONTH))


def _of_the_gross(lines: tuple[PayLigne, ...]) -> tuple[PayLigne, ...]:
    """Return the lines that make the brut, those that take from it being negative."""
    return tuple(
        one.model_copy(update={"montant": _SIGN[one.nature] * one.montant})
        for one in lines
        if one.nature in _SIGN and one.code != OF_THE_PRIMES
    )


@dataclass(frozen=True)
class Change:
    """What months are counted from: the change that is asked, the career that goes on."""

    question: TropPercuQuestion
    line: Timeline

    def months(self) -> Iterator[MonthOfPay]:
        """Yield the months that the change touches before the pay is right, paid and due."""
        spans = list(self._spans())
        paid = [self._asked(first, self._post(first)) for first, _ in spans]
        due = [self._due(first) for first, _ in spans]
        slips = iter(payslips([*paid, *(one for one in due if one is not None)]))
        of_paid = [next(slips) for _ in spans]
        for (first, days), was, one in zip(spans, of_paid, due, strict=True):
            yield MonthOfPay(first, days, was, next(slips) if one is not None else None)

    def today(self) -> PayQuestion:
        """Return the question of the ordinary month of today, as it is paid."""
        return asked(Post.of(self.line.question), self.line.question.aujourdhui)

    def asked_of(self, first: int) -> tuple[PayQuestion, PayQuestion | None]:
        """Return the questions of a month: what is paid, what is due."""
        return self._asked(first, self._post(first)), self._due(first)

    def _spans(self) -> Iterator[tuple[int, int]]:
        """Yield each month by its first day on the axis, and the days of it that change.

        An illness counts its own days in the payslip: its months are taken whole.
        """
        begin, right = axis_of(self.question.debut), month_of(axis_of(self.question.corrige))
        end = right if self.question.fin is None else min(day_after(self.question.fin), right)
        for first in range(month_of(begin), end, MONTH):
            days = min(end, first + MONTH) - max(begin, first)
            yield first, MONTH if self.question.changement == _ILLNESS else days

    def _post(self, first: int) -> Post:
        today = self.line.question.aujourdhui
        return self.line.post(min(max(date_of(first), today), self.line.end))[0]

    def _asked(self, first: int, post: Post) -> PayQuestion:
        """Return the question of an ordinary month of a post, at the law of that month.

        A prime of today that no text gave yet was not paid then.
        """
        law, beside = self._law(first), post.beside
        if beside is not None and beside.primes:
            known = tuple(one for one in beside.primes if variants(one.code, law))
            post = replace(post, beside=beside.model_copy(update={"primes": known}))
        return asked(post, law)

    def _due(self, first: int) -> PayQuestion | None:
        """Return the question of what a month is due; None where nothing is."""
        question, post = self.question, self._post(first)
        match question.changement:
            case "depart":
                return None
            case "conge_maladie":
                absence = self._stoppage.ordinary(first)
                return self._asked(first, post).model_copy(update={"absence": absence})
            case "temps_partiel":
                post = replace(post, quotite=question.quotite or post.quotite)
            case "direction":
                post = replace(post, classes=question.classes)
            case "education_prioritaire":
                post = replace(post, reseau=question.reseau or "aucune")
            case _:
                post = _with_primes(post, question, self._law(first))
        return self._asked(first, post)

    def _law(self, first: int) -> date:
        return min(date_of(first), self.line.question.aujourdhui)

    @cached_property
    def _stoppage(self) -> Stoppage:
        given = self.question
        illness = MaladieQuestion(
            personne=given.personne, debut=given.debut, fin=given.fin, demande="aucune"
        )
        return Stoppage(illness, days_of(illness), None, self.line)


def _with_primes(post: Post, question: TropPercuQuestion, on: date) -> Post:
    """Return the post with the prime that is due, or without the one that has stopped."""
    beside = post.beside or PaySituation(zone=post.zone, primes_usuelles=True)
    usual = usual_primes(post.corps, on) if beside.primes_usuelles else ()
    primes = (*beside.primes, *(Prime(code=one.code) for one in usual))
    wanted = question.prime
    codes = [one.code for one in primes]
    if wanted is None:
        raise InputError("aucune prime n’est nommée.", where="prime", remedy="Nommez-la.")
    if question.changement == "prime_due":
        if wanted.code in codes:
            raise InputError(
                "cette prime est déjà dans votre paie d’aujourd’hui.",
                where="prime",
                remedy="Choisissez celle qui n’a pas été versée, ou une prime qui s’arrête.",
            )
        primes = (*primes, wanted)
    elif wanted.code not in codes:
        raise InputError(
            "cette prime n’est pas dans votre paie d’aujourd’hui : elle ne peut s’arrêter.",
            where="prime",
            remedy=f"Primes connues : {', '.join(codes) or 'aucune'}.",
        )
    else:
        primes = tuple(one for one in primes if one.code != wanted.code)
    return replace(
        post, beside=beside.model_copy(update={"primes": primes, "primes_usuelles": False})
    )
