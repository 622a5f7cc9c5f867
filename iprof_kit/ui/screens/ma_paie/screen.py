"""Vos perspectives › Ma paie: the payslip of a month, two months, the next step, the real one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.career.question import CareerAnswer, Step
from iprof_kit.calculate.pay.calculation import answer
from iprof_kit.calculate.pay.question import EVERY, PayAnswer, PayQuestion, PaySituation
from iprof_kit.calculate.pay.why import explain_lines
from iprof_kit.calculate.promotion.first_promotion import first_promotion
from iprof_kit.services.contract.carnet import SENSITIVE
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.kit.fields import left_out, told_elsewhere
from iprof_kit.ui.kit.parts import Notice, failed
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.own_situation.not_projected import first_whole_month, once_paid_notice
from iprof_kit.ui.own_situation.pay.entry import (
    PLACE,
    answered,
    mean_month,
    month_of,
    read_bulletin,
    read_pay,
    same_as_file,
)
from iprof_kit.ui.own_situation.pay.fields import ABSENCES
from iprof_kit.ui.own_situation.pay.start import PayStart, lacking, pay_start
from iprof_kit.ui.own_situation.positions import (
    as_resumed,
    is_uncounted,
    pay_day,
    supposed_note,
    unpaid_position,
)
from iprof_kit.ui.own_situation.reader import OwnReader
from iprof_kit.ui.screens.ma_paie.changes import Change, change, next_step, promoted
from iprof_kit.ui.screens.ma_paie.form import (
    bulletin_fields,
    month_fields,
    month_fields_of,
    months_around,
    pay_groups,
    pay_supposed,
)
from iprof_kit.ui.screens.ma_paie.hypotheses import GapView, gap_view, locate
from iprof_kit.ui.screens.ma_paie.view import (
    TITLE,
    Arrears,
    MaPaieView,
    arrears_of,
    no_corps,
    slip_view,
    uncounted,
    with_arrears,
    wrong_labels,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

OTHER = "_2"
_ABSENT_IN = f"{SENSITIVE}mois_des_absences"
"""The month of the absences typed: no other is paid with them."""
_SITUATION = frozenset(PaySituation.model_fields)


class MaPaie(KitScreen[State]):
    """What is typed is kept in the carnet; each figure is calculated again at each change."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._person = OwnReader(visit)
        self._told = self._person.typed
        self._carnet = self._told.pay
        self.carnets = (self._carnet,)
        self._unpaid: tuple[Notice, ...] = ()

    def page(self) -> Shown:
        """Return the screen."""
        career = self.career()
        if career is None:
            return "ma_paie", no_corps()
        today, borrowed = self._visit.who().aujourdhui, self._told.borrowed_by_pay()
        kept = self._first_paid(career) | self._carnet.typed() | borrowed
        month = month_of(kept, today)
        absent_in = self._visit.sensitive.typed().get(_ABSENT_IN)
        here = self._first_paid(career) | self._carnet.typed_here() | borrowed
        values = here if str(month) == absent_in else kept
        start = self._start(career, month)
        payslip, entry = answered(values, start)
        groups = pay_groups(values, entry, start, today)
        fields = [field for group in groups for field in group.fields]
        self._carnet.show(fields)
        view = MaPaieView(
            TITLE,
            month=start.month,
            around=months_around(start.month, today),
            supposed=told_elsewhere(
                pay_supposed(fields, entry.question, start, today),
                borrowed,
                self._told.lends_to_pay(),
            ),
            supposed_note=groups[0].note,
            form_key=f"paie-{self._carnet.turn}",
            assumed=(*start.notes, *self._resumed(start.month)),
            notices=self._unpaid,
            carnet=self._carnet.view(),
        )
        if payslip is None:
            return "ma_paie", replace(
                view, notices=(*view.notices, *map(failed, entry.errors.values()))
            )
        if is_uncounted(self._dossier(), pay_day(start.month, today)):
            return "ma_paie", uncounted(view, start.month, supposed_note(self._dossier(), date.max))
        with suppress(KitError):
            view = replace(view, mean=mean_month(entry.question))
        payslip = self._with_reasons(payslip, entry.question)
        unpaid = unpaid_position(self._dossier(), pay_day(start.month, today))
        view = slip_view(view, payslip, entry.question, unpaid, lacking(start, entry.question))
        view = with_arrears(view, self._arrears(career, _present(entry.question)))
        view = replace(view, notices=(*self._unpaid, *left_out(wrong_labels(fields))))
        return "ma_paie", self._around(view, values, entry.question, career)

    @intent("paie")
    def take(self, asked: Intent) -> None:
        """Keep what is typed of the month."""
        moved = asked.changed in ("mois", "annee")
        if not moved and asked.values.keys() & set(ABSENCES):
            month = month_of(asked.values, self._visit.who().aujourdhui)
            self._visit.sensitive.take({_ABSENT_IN: str(month)})
        self._told.take_pay(asked, drop=PLACE if moved else self._as_filed(asked))
        self._carnet.turn += moved

    @intent("paie_mois", "paie_bulletin")
    def compare(self, asked: Intent) -> None:
        """Keep the other month, or what is read on the real payslip."""
        self._carnet.take_fields(asked)

    @intent("paie_dossier")
    def come_back(self, _asked: Intent) -> None:
        """Come back to what the file says."""
        self._told.forget_pay()

    def _with_reasons(self, payslip: PayAnswer, question: PayQuestion) -> PayAnswer:
        """Return the payslip with the reasons that are open; what is no line of it opens none."""
        self.state.opened &= {EVERY, *(line.code for line in payslip.lignes)}
        if not self.state.opened:
            return payslip
        asked = question.model_copy(update={"raisons": tuple(sorted(self.state.opened))})
        return payslip.model_copy(update={"lignes": explain_lines(payslip.lignes, asked)})

    @intent("paie_aller")
    def go(self, asked: Intent) -> None:
        """Show the month that the switch names; the position is then that of the file."""
        today = self._visit.who().aujourdhui
        if month_fields := month_fields_of(asked.values.get("of", ""), today):
            this_month = month_of(month_fields, today) == today.replace(day=1)
            dropped = (*PLACE, "mois", "annee") if this_month else PLACE
            self._carnet.take_fields(replace(asked, values=month_fields), drop=dropped)
            self._carnet.turn += 1

    def _as_filed(self, intent: Intent) -> tuple[str, ...]:
        """Return the fields that say what the file says: they must follow it when it changes."""
        career, today = self.career(), self._visit.who().aujourdhui
        month = month_of(intent.values, today)
        this_month = ("mois", "annee") if month == today.replace(day=1) else ()
        if career is None:
            return this_month
        return (*this_month, *same_as_file(intent.values, self._start(career, month)))

    def career(self) -> CareerAnswer | None:
        """Return what seniority gives from the file, and with the first promotion that opens.

        Where no index of today's échelon is known, it begins with the first one to come that is.
        """
        comparison = self._person.comparison()
        self._unpaid = ()
        try:
            return comparison.answer() if comparison else None
        except KitError as error:
            later = self._person.own().once_paid
            if later is None:
                raise
            self._unpaid = (once_paid_notice(error, later, "La paie se calcule"),)
            return later

    def _first_paid(self, career: CareerAnswer) -> dict[str, str]:
        """Return the fields of the first month of a career that is not paid yet; {} else."""
        if not self._unpaid:
            return {}
        first = first_whole_month(career.scenarios[0].etapes[0].date)
        return _month_fields(first) | _month_fields(first, OTHER)

    def _dossier(self) -> Dossier:
        return as_resumed(self._visit.dossier(), self._visit.who().aujourdhui)

    def _resumed(self, month: date) -> tuple[str, ...]:
        note = supposed_note(self._dossier(), pay_day(month, self._visit.who().aujourdhui))
        return (note,) if note else ()

    def _start(self, career: CareerAnswer, month: date) -> PayStart:
        steps = career.scenarios[0].etapes
        return pay_start(self._dossier(), steps, month, self._visit.who().aujourdhui)

    def _around(
        self,
        view: MaPaieView,
        values: Mapping[str, str],
        question: PayQuestion,
        career: CareerAnswer,
    ) -> MaPaieView:
        """Return the view with the two months, the next steps and the real payslip."""
        today, notices = self._visit.who().aujourdhui, list(view.notices)
        read, errors = read_bulletin(values)
        compared = None
        try:
            compared = self._two_months(values, question, career)
        except KitError as error:
            notices.append(failed(error))
        steps, no_step = self._steps(question, career)
        return replace(
            view,
            months=month_fields(values, today, {}, OTHER),
            compared=compared,
            steps=steps,
            no_step=no_step,
            bulletin=bulletin_fields(values, errors),
            gap=self._gap(question, read, notices),
            notices=tuple(notices),
        )

    def _two_months(
        self,
        values: Mapping[str, str],
        question: PayQuestion,
        career: CareerAnswer,
    ) -> Change | None:
        month = month_of(values, self._visit.who().aujourdhui, OTHER)
        if month == question.date:
            return None
        unplaced = {name: value for name, value in values.items() if name not in PLACE}
        follows = read_pay(unplaced, self._start(career, question.date)).question == question
        other = read_pay(unplaced if follows else values, self._start(career, month)).question
        other = _present(other)
        first, second = sorted((question, other), key=lambda asked: asked.date)
        heads = (text.month(first.date), text.month(second.date))
        note = "La position que vous avez choisie vaut pour les deux mois."
        return change(
            _compared(first, second),
            subject=f"De {heads[0]} à {heads[1]}",
            heads=heads,
            caption="Les lignes qui changent, puis les totaux.",
            more=() if follows else (note,),
        )

    def _arrears(self, career: CareerAnswer, question: PayQuestion) -> Arrears | None:
        today = self._visit.who().aujourdhui
        situation = self._person.own().start
        if situation is None or question.date <= today:
            return None
        with suppress(KitError):
            return arrears_of(career, situation, question, today)
        return None

    def _steps(self, question: PayQuestion, career: CareerAnswer) -> tuple[tuple[Change, ...], str]:
        """Return what the next échelon and the next grade change, at the law of the month.

        Nothing where no pay of today is known: the next échelon would not be the one to come.
        """
        if self._unpaid:
            return (), ""
        made, no_step = [], ""
        question = _present(question)
        try:
            compared = answer(question.model_copy(update={"mode": "gain_prochain_echelon"}))
        except KitError as error:
            no_step = text.sentence(error.message)
        else:
            made.append(next_step(compared, question, career))
        promotion = first_promotion(career)
        if promotion:
            before, after = promotion
            with suppress(KitError):  # a grid that does not hold the place yet
                compared = _compared(_placed(question, before), _placed(question, after))
                made.append(promoted(compared, question, before, after))
        return tuple(made), no_step

    def _gap(
        self, question: PayQuestion, read: Mapping[str, float], notices: list[Notice]
    ) -> GapView | None:
        if not read:
            return None
        try:
            return gap_view(locate(question, read))
        except KitError as error:
            notices.append(failed(error))
            return None


def _compared(first: PayQuestion, second: PayQuestion) -> PayAnswer:
    """Return two payslips, each on its own month."""
    other = PaySituation.model_construct(**{n: getattr(second, n) for n in _SITUATION})
    return answer(
        first.model_copy(
            update={
                "mode": "comparaison",
                "comparee": other,
                "date_comparee": second.date,
            }
        )
    )


def _month_fields(month: date, suffix: str = "") -> dict[str, str]:
    return {f"mois{suffix}": str(month.month), f"annee{suffix}": str(month.year)}


def _present(question: PayQuestion) -> PayQuestion:
    """Return the question of a month without absence."""
    return question.model_copy(update={"absence": None})


def _placed(question: PayQuestion, step: Step) -> PayQuestion:
    return question.model_copy(
        update={"grade": step.grade, "echelon": step.echelon, "chevron": step.chevron}
    )
