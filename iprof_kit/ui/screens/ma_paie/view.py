"""Vos perspectives › Ma paie: the payslip of a month, what it supposes, and what explains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from iprof_kit.calculate.career.by_right import pronounced_on
from iprof_kit.calculate.career.question import CareerAnswer
from iprof_kit.calculate.et_si.question import EtSiQuestion
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.pay import choices as pay_choices
from iprof_kit.calculate.pay.question import PayAnswer, PayQuestion, PayTotaux
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.fields import SupposedView
from iprof_kit.ui.kit.parts import Field, Page
from iprof_kit.ui.own_situation.positions import UNCOUNTED
from iprof_kit.ui.screens.ma_paie.changes import Change
from iprof_kit.ui.screens.ma_paie.figures import ABSENT, FULL, MEAN, pay_figures, pay_month
from iprof_kit.ui.screens.ma_paie.hypotheses import GapView
from iprof_kit.ui.screens.ma_paie.slip import (
    FallRow,
    SlipRow,
    doubtful_total,
    employer_rows,
    slip_rows,
    waterfall,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, joined, worded

TITLE = "Ma paie"
Given = tuple[str, ...]
"""Hypotheses of a figure."""
_LEFT_OUT = (
    "Les rappels ne sont pas demandés : un bulletin qui en porte est différent.",
    "Un congé de santé qui dure n’est pas demandé ici : « Une année de maladie » le compte.",
    "Retenues volontaires et prestations d’action sociale ne sont pas comptées.",
)


@dataclass(frozen=True)
class MaPaieView(Page):
    """The pay of one person."""

    month: date | None = None
    around: tuple[date | None, date | None] = (None, None)
    """The months before and after it, where they may be calculated."""
    supposed: SupposedView = field(default=SupposedView())
    supposed_note: str = ""
    form_key: str = ""
    assumed: tuple[str, ...] = ()
    answer: PayAnswer | None = None
    mean: PayTotaux | None = None
    """An ordinary month: the other net of the kit, named beside that of the month."""
    owed: Arrears | None = None
    given: Given = ()
    """What every amount of the payslip supposes."""
    rows: tuple[FallRow, ...] = ()
    every: tuple[SlipRow, ...] = ()
    """Each line with its base, its rate, its rule and its source; the employer's too."""
    employer: tuple[SlipRow, ...] = ()
    months: tuple[Field, ...] = ()
    compared: Change | None = None
    steps: tuple[Change, ...] = ()
    no_step: str = ""
    bulletin: tuple[Field, ...] = ()
    gap: GapView | None = None
    left_out: tuple[str, ...] = ()
    verified: date | None = None
    """When the value of the point was last compared with the texts."""
    carnet: CarnetView | None = None
    empty: str = ""

    @property
    def ruled(self) -> bool:
        """Tell whether the rule of every line is known: it is asked with the reasons."""
        return all(row.line.explication for row in self.every if row.line)

    @property
    def moment(self) -> str:
        """Return the month as facts write it."""
        return pay_month(self.month) if self.month else ""

    @property
    def mean_given(self) -> Given:
        """Return what the amounts of an ordinary month suppose."""
        return (MEAN, *self.given)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return every field of the situation."""
        return tuple(one.field for one in self.supposed.every)


def no_corps() -> MaPaieView:
    """Return the screen of a person who has no corps."""
    return MaPaieView(
        TITLE,
        lead_strong="Pas de corps, donc pas de paie calculée.",
        lead="Ce kit calcule la paie des fonctionnaires d’un corps.",
        empty="Votre contrat fixe votre rémunération : votre service gestionnaire répond, et votre "
        "bulletin de paie fait foi.",
    )


_ANOTHER_MONTH = "Un mois où un service est payé se calcule : choisissez-le au-dessus."


def uncounted(view: MaPaieView, month: date, resumed: str) -> MaPaieView:
    """Return the screen of a month in a position whose pay the kit does not count: no amount."""
    return replace(
        view,
        lead_strong=f"Paie de {text.month(month)} : non calculée.",
        lead=f"{UNCOUNTED} Votre bulletin officiel fait foi.",
        empty=worded("{} {}", resumed, _ANOTHER_MONTH) if resumed else _ANOTHER_MONTH,
    )


def slip_view(
    view: MaPaieView,
    answer: PayAnswer,
    question: PayQuestion,
    unpaid: str = "",
    lacks: str = "",
) -> MaPaieView:
    """Return the view with the payslip of an answer.

    Parameters
    ----------
    unpaid : str
        The position in which no service is paid, where the file says one.
    lacks : str
        What the file says is paid and the payslip has not.
    """
    strong, rest = _headline(answer, question, unpaid, lacks)
    employer = employer_rows(answer)
    own = [row for row in slip_rows(answer, question.date) if row.line or row.remark]
    return replace(
        view,
        lead_strong=strong,
        lead=rest,
        answer=answer,
        given=(FULL,) if unpaid else (),
        rows=waterfall(answer, question.date),
        every=(*own, *(row for row in employer if row.line)),
        employer=employer,
        left_out=(
            *(text.sentence(line) for line in answer.non_calcules),
            *(*_LEFT_OUT, *_sick_leave(question.date)),
        ),
        verified=pay_choices.point_verified(),
    )


def with_arrears(view: MaPaieView, owed: Arrears | None) -> MaPaieView:
    """Return the view with what the month pays in arrears, on top of its payslip."""
    if owed is None:
        return view
    return replace(view, lead=worded("{} {}", view.lead, owed.brief), owed=owed)


def _headline(answer: PayAnswer, question: PayQuestion, unpaid: str, lacks: str) -> tuple[str, str]:
    """Return the sentence of the head: the net, of what gross, and whose word counts."""
    totals, month = answer.totaux, question.date
    doubt = doubtful_total(answer.lignes, "net_avant_impot")
    given = [*([FULL] if unpaid else []), *([ABSENT] if question.absence else [])]
    net, gross = pay_figures(totals, month, given)
    net, gross = worded("{} nets", net), worded("sur {} bruts", gross)
    if unpaid:
        return (
            f"Aucun service n’est payé en {text.month(month)} : {unpaid}.",
            worded("À service complet : {} avant impôt, {}.", text.marked(net, doubt), gross),
        )
    return (
        net,
        worded(
            "{}{}, {}{}. Votre bulletin officiel fait foi.",
            text.marked("avant impôt", doubt),
            f", {ABSENT}" if question.absence else "",
            gross,
            f", {lacks}" if lacks else "",
        ),
    )


def _sick_leave(on: date) -> tuple[str, ...]:
    """Return what a sick leave would be paid, as the tables say it."""
    leave = pay_choices.sick_leave(on)
    if leave is None:
        return ()
    days = "un jour non payé" if leave.waiting == 1 else f"{leave.waiting} jours non payés"
    sentence = (
        f"En congé de maladie ordinaire : {days} (carence), puis "
        f"{text.percent(leave.first_percent)} du traitement pendant {leave.first_months} mois et "
        f"{text.percent(leave.next_percent)} les "
        f"{leave.next_months} mois suivants (vérifié le {text.day(leave.verified)})."
    )
    return (sentence,)


def wrong_labels(fields: Sequence[Field]) -> list[str]:
    """Return what the refused fields are called."""
    return [field.label for field in fields if field.error]


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
