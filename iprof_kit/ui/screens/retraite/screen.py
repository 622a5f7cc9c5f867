"""Vos perspectives › Retraite: departure dates compared; what is typed is kept by the carnet."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.ui.kit.fields import chosen, left_out, told_elsewhere
from iprof_kit.ui.kit.parts import Notice, failed
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.own_situation.not_projected import once_paid_notice
from iprof_kit.ui.own_situation.pay.entry import mean_month, read_pay
from iprof_kit.ui.own_situation.pay.start import pay_start
from iprof_kit.ui.own_situation.pension_person import law_day
from iprof_kit.ui.own_situation.reader import OwnReader
from iprof_kit.ui.screens.retraite.entry import PensionStart, answered, quotites, read_pension
from iprof_kit.ui.screens.retraite.form import ASKED, levers_of, pension_groups, pension_supposed
from iprof_kit.ui.screens.retraite.table import LastPay
from iprof_kit.ui.screens.retraite.view import (
    TITLE,
    RetraiteView,
    departures,
    filled,
    no_corps,
)
from iprof_kit.ui.screens.retraite.words import ASKED_WHY, hypothesis_text
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

_READ_ON = "La pension se lit sur l’échelon du départ, connu"


class Retraite(KitScreen[State]):
    """Up to four departure dates, each asked with the position held on its day."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._person = OwnReader(visit)
        self._told = self._person.typed
        self._carnet = self._told.pension
        self.carnets = (self._carnet,)
        self._unpaid: tuple[Notice, ...] = ()
        """What is said of somebody whose échelon of today has no known index."""

    def page(self) -> Shown:
        """Return the screen."""
        start = self._start()
        if start is None:
            return "retraite", no_corps()
        borrowed = self._told.borrowed_by_pension()
        values = self._carnet.typed_here() | borrowed
        entry = read_pension(values, start)
        answers = answered(entry)
        groups = pension_groups(values, entry, start)
        fields = [field for group in groups for field in group.fields]
        self._carnet.show(fields)
        view = RetraiteView(
            TITLE,
            levers=levers_of(fields),
            lines=told_elsewhere(
                pension_supposed(fields, entry), borrowed, self._told.lends_to_pension()
            ),
            lines_note=groups[0].note,
            born=text.dated(start.dossier.identite.date_naissance, "birth"),
            form_key=f"retraite-{self._carnet.turn}",
            carnet=self._carnet.view(),
            supposed=entry.supposed,
            hypothesis=hypothesis_text(law_day(values, start.today), start.today),
        )
        if not answers:
            notices = (*self._unpaid, *map(failed, entry.errors.values()))
            return "retraite", replace(view, notices=notices)
        refused = left_out([f.label for f in fields if f.error])
        view = replace(view, notices=(*self._unpaid, *refused))
        quotite = int(chosen(values, "quotite", quotites(start)))
        pay = self._last_pay(start, entry.questions, quotite)
        lines = departures(entry.questions, answers, pay)
        academy = self._visit.who().academie
        place = academy.lien_officiel, academy.services
        return "retraite", filled(
            view, lines, answers, place, start.today, self.state.opened & ASKED_WHY
        )

    @intent("retraite")
    def take(self, asked: Intent) -> None:
        """Keep what is typed."""
        start = self._start()
        filed = start is not None and asked.values.get("quotite") == str(start.quotite)
        self._told.take_pension(asked, drop=("quotite",) if filed else ())

    @intent("retraite_dossier")
    def come_back(self, _asked: Intent) -> None:
        """Come back to what the file says."""
        self._told.forget_pension()

    @intent("retraite_ne_sais_pas")
    def forget(self, _asked: Intent) -> None:
        """Forget the services that she does not know."""
        self._carnet.forget(ASKED)

    def _start(self) -> PensionStart | None:
        comparison = self._person.comparison()
        if comparison is None:
            return None
        self._unpaid = ()
        try:
            career = comparison.answer()
        except KitError as error:
            later = self._person.own().once_paid
            if later is None:
                raise
            career, self._unpaid = later, (once_paid_notice(error, later, _READ_ON),)
        return PensionStart(self._visit.dossier(), career, comparison.today)

    def _last_pay(
        self, start: PensionStart, questions: Mapping[str, PensionQuestion], quotite: int
    ) -> dict[str, LastPay]:
        """Return the pay of the position held at each departure, at the quotité of the form.

        Neither the supplément familial nor a refund: a pension replaces none of them.
        """
        month = start.today.replace(day=1)
        typed = self._told.pay_facts()
        pay_of_file = pay_start(start.dossier, start.steps, month, start.today)
        last_pays: dict[str, LastPay] = {}
        for name, question in questions.items():
            place = {
                "grade": question.grade,
                "echelon": question.echelon,
                "chevron": question.chevron,
                "quotite": quotite,
                "surcotisation": False,
                "enfants": 0,
                "naissances_enfants": (),
                "abonnement_transport": 0.0,
            }
            with suppress(KitError):
                asked = read_pay(typed, pay_of_file).question
                totals = mean_month(asked.model_copy(update=place))
                last_pays[name] = LastPay(totals.brut, totals.net_avant_impot, quotite)
        return last_pays
