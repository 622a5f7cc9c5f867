"""What a month pays in arrears: an échelon pronounced that month, due since its earlier effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iprof_kit.calculate.career.by_right import pronounced_on
from iprof_kit.calculate.career.question import CareerAnswer
from iprof_kit.calculate.et_si.question import EtSiQuestion
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.pay.question import PayQuestion
from iprof_kit.ui.screens.ma_paie.figures import pay_month
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, joined, worded


@dataclass(frozen=True)
class Arrears:
    """What « Et si… » counts that month on top of the pay, and the échelon that is its cause."""

    net: float
    gross: float
    words: str
    doubtful: bool
    month: str

    @property
    def brief(self) -> str:
        """What the head of the screen adds."""
        net = figure(text.euros(self.net), "arrears.net", self.net, self.month)
        words = text.marked(worded("{} nets", net), self.doubtful)
        return worded("S’y ajoute un rappel de {}.", words)

    @property
    def sentence(self) -> str:
        """Why it is paid."""
        gross = figure(text.money(self.gross), "arrears.gross", self.gross, self.month)
        net = figure(text.money(self.net), "arrears.net", self.net, self.month)
        pattern = "Rappel, hors de ce bulletin : {} bruts, {} nets ; {}"
        return worded(pattern, gross, net, self.words)


def arrears_of(
    career: CareerAnswer, situation: Situation, question: PayQuestion, today: date
) -> Arrears | None:
    """Return what a month to come pays in arrears, None where nothing is.

    The amounts are those of « Et si… »: ordinary months, usual primes, values of today.
    """
    steps = [
        step
        for step in career.scenarios[0].etapes
        if today < pronounced_on(step) != step.date and _same_month(pronounced_on(step), question)
    ]
    if not steps:
        return None
    from iprof_kit.calculate.et_si.calculation import answer  # late: few months need it

    asked = EtSiQuestion.model_validate(
        {
            "situation": situation,
            "aujourdhui": today,
            "zone": question.zone,
            "enfants": question.enfants,
        }
    )
    pieces = answer(asked).scenarios[0].tranches
    owed = [one for one in pieces if one.rappel_net and _same_month(one.debut, question)]
    if not owed:
        return None
    causes = joined(
        " ; ",
        (
            worded(
                "{} prononcé le {}, avec effet au {}",
                text.position_label(s.grade, s.echelon, s.chevron),
                figure(text.day(pronounced_on(s)), "echelon.pronounced", pronounced_on(s), s.date),
                figure(text.day(s.date), "echelon.effect", s.date, pronounced_on(s)),
            )
            for s in steps
        ),
    )
    return Arrears(
        round(sum(piece.rappel_net for piece in owed), 2),
        round(sum(piece.rappel_brut for piece in owed), 2),
        worded("{}.", causes),
        any(piece.a_verifier for piece in owed),
        pay_month(question.date),
    )


def _same_month(day: date, question: PayQuestion) -> bool:
    return (day.year, day.month) == (question.date.year, question.date.month)
