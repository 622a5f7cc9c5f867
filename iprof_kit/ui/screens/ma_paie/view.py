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
from iprof_kit.ui.screens.ma_paie.figures import ABSENT, FULL, MEAN, net_of, pay_figures, pay_month
from iprof_kit.ui.screens.ma_paie.form import MonthSwitch
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
from iprof_kit.ui.shared.worded import Worded, figure, joined, worded

TITLE = "Ma paie"
Given = tuple[str, ...]
"""Hypotheses of a figure."""
_LEFT_OUT = (
    "Les rappels ne sont pas demandés : un bulletin qui en porte est différent.",
    "Les congés de longue maladie et de longue durée ne sont pas demandés.",
    "Retenues volontaires et prestations d’action sociale ne sont pas comptées.",
)


@dataclass(frozen=True)
class MaPaieView(Page):
    """The pay of one person."""

    switch: MonthSwitch | None = None
    supposed: SupposedView = field(default=SupposedView())
    supposed_note: str = ""
    form_key: str = ""
    assumed: tuple[str, ...] = ()
    month: str = ""
    rows: tuple[FallRow, ...] = ()
    beside: tuple[str, ...] = ()
    """The other amounts of the month, and the net of an ordinary one."""
    every: tuple[SlipRow, ...] = ()
    """Each line with its base, its rate, its rule and its source; the employer's too."""
    employer: tuple[SlipRow, ...] = ()
    employer_total: str = ""
    motive: str = ""
    months: tuple[Field, ...] = ()
    compared: Change | None = None
    steps: tuple[Change, ...] = ()
    steps_note: str = ""
    no_step: str = ""
    bulletin: tuple[Field, ...] = ()
    gap: GapView | None = None
    left_out: tuple[str, ...] = ()
    reminder: str = ""
    verified: str = ""
    """When the value of the point was last compared with the texts."""
    carnet: CarnetView | None = None
    empty: str = ""

    @property
    def ruled(self) -> bool:
        """Tell whether the rule of every line is known: it is asked with the reasons."""
        return all(row.why for row in self.every if row.asks)

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
    mean: PayTotaux | None,
    unpaid: str = "",
    lacks: str = "",
) -> MaPaieView:
    """Return the view with the payslip of an answer.

    Parameters
    ----------
    mean : PayTotaux, optional
        An ordinary month: the other net of the kit, named beside that of the month.
    unpaid : str
        The position in which no service is paid, where the file says one.
    lacks : str
        What the file says is paid and the payslip has not.
    """
    strong, rest = _headline(answer, question, unpaid, lacks)
    full: Given = (FULL,) if unpaid else ()
    employer = employer_rows(answer, question, full)
    own = [row for row in slip_rows(answer, question, full) if not row.total or row.remark]
    return replace(
        view,
        lead_strong=strong,
        lead=rest,
        month=text.month(question.date),
        rows=waterfall(answer, question, full),
        beside=_beside(answer, mean, question.date, full),
        every=(*own, *(row for row in employer if not row.total)),
        employer=employer,
        employer_total=figure(
            text.euros(answer.totaux.cout_employeur),
            "cost.employer",
            answer.totaux.cout_employeur,
            pay_month(question.date),
            full,
        ),
        motive=answer.motif_a_verifier,
        left_out=(
            *(text.sentence(line) for line in answer.non_calcules),
            *(*_LEFT_OUT, *_sick_leave(question.date)),
        ),
        steps_note=_steps_note(mean, question.date, full),
        reminder=text.sentence(answer.rappel),
        verified=text.day(pay_choices.point_verified()),
    )


def with_arrears(view: MaPaieView, owed: Arrears | None) -> MaPaieView:
    """Return the view with what the month pays in arrears, on top of its payslip."""
    if owed is None:
        return view
    return replace(
        view, lead=worded("{} {}", view.lead, owed.brief), beside=(owed.sentence, *view.beside)
    )


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


def _beside(
    answer: PayAnswer, mean: PayTotaux | None, month: date, given: Given
) -> tuple[str, ...]:
    """Return the other amounts of the month, each named, and the net of an ordinary month."""
    totals = answer.totaux
    taxed = _amount("net.taxable", totals.net_imposable, month, given)
    sentences = [worded("Net imposable : {}, base de l’impôt.", taxed)]
    if totals.indemnites:
        primes = _amount("primes", totals.indemnites, month, given)
        sentences.append(worded("Dans le brut, {} de primes, indemnités et heures.", primes))
    if mean is not None:
        words = "Un mois moyen, primes de l’année réparties par douzièmes : {} nets avant impôt."
        sentences.append(worded(words, mean_net(mean, month, given)))
    return tuple(sentences)


def _amount(quantity: str, amount: float, month: date, given: Given) -> Worded:
    return figure(text.money(amount), quantity, amount, pay_month(month), given)


def mean_net(mean: PayTotaux, month: date, given: Given) -> Worded:
    """Return the net of an ordinary month, to the cent."""
    return net_of(mean.net_avant_impot, month, (MEAN, *given), text.money)


def _steps_note(mean: PayTotaux | None, month: date, given: Given) -> str:
    """Return what the gains of the next steps are added to."""
    if mean is None:
        return "Net par mois, avant impôt, à situation égale"
    return worded("Net avant impôt d’un mois moyen, aujourd’hui {}", mean_net(mean, month, given))


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
