"""Vos perspectives › Promotions: two scenarios, from the file or from one's own date."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.career.direction import given_after
from iprof_kit.calculate.guides import law_facts
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.ui.fields.carnet import Carnet
from iprof_kit.ui.fields.forms import chosen, read_past_day
from iprof_kit.ui.fields.situation_fields import date_fields
from iprof_kit.ui.own_situation.reader import OwnReader
from iprof_kit.ui.own_situation.said import ages_said, direction_said
from iprof_kit.ui.scenarios.asking import Comparison
from iprof_kit.ui.screens.promotions.tirages import exceptional_from, ranges
from iprof_kit.ui.screens.promotions.tried import described, document_of, scenarios_of
from iprof_kit.ui.screens.promotions.view import no_corps, promotions, with_early
from iprof_kit.ui.screens.promotions.when import REASON, when
from iprof_kit.ui.screens.rendez_vous.kept import Kept
from iprof_kit.ui.screens.rendez_vous.known import last_level
from iprof_kit.ui.shared.messages import Intent, texts
from iprof_kit.ui.visit.visiting import Shown, Visit


class Promotions:
    """Two scenarios compared, kept at each change; « Ma date est fausse » changes no file."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._person = OwnReader(visit)
        self._carnet = Carnet(visit, "promotions", described)
        self._meetings = Kept(visit)
        self._comparison: Comparison | None = None
        self._made_of: tuple[Situation, dict[str, Any], dict[str, str] | None] | None = None
        self._unsaved = False
        """Whether something was chosen that the carnet could not keep yet."""
        self._own: dict[str, str] | None = None
        """What is typed in « Ma date est fausse »; it stays on this page."""
        self._date_error: KitError | None = None
        self._seed = 0
        """Number of the last draw asked for; 0: none yet."""
        self._explained = False
        """Whether the reason of the campaigns is open."""

    def show(self, path: str) -> Shown:
        """Return the screen."""
        del path
        comparison = self._now()
        if comparison is None:
            return "promotions", no_corps()
        if self._unsaved:
            self._keep(comparison)
        own, error = self._own, self._date_error
        errors = {"date_effet": error} if error else {}
        fields = date_fields(comparison.situation, own, errors)
        here, today, level = comparison.situation, comparison.today, self._own_level()
        drawing = ranges(
            here, today, self._visit.dossier(), self._seed, level, explained=self._explained
        )
        first = drawing.premiere_campagne if drawing else None
        after = exceptional_from(comparison.answer(), first)
        view = promotions(
            comparison.answer(),
            date_fields=fields,
            refusals=comparison.refusals,
            own_date=own is not None and error is None,
            ranges=when(drawing, comparison.answer(), after, level),
        )
        kept, one = bool(scenarios_of(self._carnet.load())), self._person.own()
        view = replace(view, counted=ages_said(one), untold=direction_said(one))
        if one.early is not None:
            view = replace(view, retirement=with_early(view.retirement, one.early))
        return "promotions", replace(view, carnet=self._carnet.view(), kept=kept)

    def receive(self, intent: Intent) -> None:
        """Move a control, open a reason, take one's own date, come back to the file."""
        try:
            comparison = self._now()
        except KitError:
            if intent.name == "scenarios" and self._comparison is not None:
                self._unsaved = self._choose(self._comparison, intent)
            raise
        if self._carnet.receive(intent) or comparison is None:
            return
        if intent.name == "pourquoi":
            of = intent.values.get("of", "")
            self._explained = self._explained or of == REASON
            comparison.open(of)
        elif intent.name == "scenarios":
            if self._choose(comparison, intent):
                self._keep(comparison)
        elif intent.name == "ma_date":
            self._own = texts(intent.values)
        elif intent.name == "date_du_dossier":
            self._own = None
        elif intent.name == "promotions_effacer":
            self._carnet.write({})
        elif intent.name == "promotions_ages":
            self._person.typed.forget_ages()
        elif intent.name == "tirer":
            self._seed += 1

    def _own_level(self) -> str:
        """Return the appréciation that counts for the hors classe; "" where it is not read."""
        with suppress(KitError):
            today = self._visit.who().aujourdhui
            return last_level(self._visit.dossier(), self._meetings, today)
        return ""

    def _now(self) -> Comparison | None:
        """Return what is compared now, made anew where the file or the carnet has changed."""
        today = self._visit.who().aujourdhui
        base = self._person.own().start
        if base is None:
            return None
        document = self._carnet.load()
        made_of = (base, document, self._own)
        if self._made_of != made_of or self._comparison is None:
            self._comparison, self._made_of = self._made(base, document, today), made_of
        return self._comparison

    def _made(self, base: Situation, document: dict[str, Any], today: date) -> Comparison:
        """Return the scenarios kept, from one's own date where it can be used."""
        ask, scenarios, self._date_error = self._visit.calculate, scenarios_of(document), None
        opened = self._comparison.opened if self._comparison else ()
        if self._own is not None:
            try:
                own_base = _with_own(base, self._own, today)
                from_own = Comparison(own_base, today, ask, scenarios=scenarios, opened=opened)
                from_own.answer()
            except KitError as error:
                self._date_error = error
            else:
                return from_own
        return Comparison(base, today, ask, scenarios=scenarios, opened=opened)

    def _choose(self, comparison: Comparison, intent: Intent) -> bool:
        """Take the controls, which outlive a database that does not answer; tell of a change."""
        comparison.answer()
        before = comparison.scenarios
        comparison.change(intent.values, intent.changed)
        return comparison.scenarios != before

    def _keep(self, comparison: Comparison) -> None:
        """Have the carnet keep the choices; what is calculated is not to be made anew."""
        if self._made_of is None:
            return
        self._unsaved = True
        self._carnet.write(document_of(comparison.scenarios))
        self._made_of = (self._made_of[0], self._carnet.load(), self._own)
        self._unsaved = False


def _with_own(base: Situation, values: Mapping[str, str], today: date) -> Situation:
    """Return the situation with the échelon and the date that the person typed."""
    echelons = law_facts.echelons(base.corps or "", base.grade or "")
    echelon = chosen(values, "echelon", echelons)
    chevrons = law_facts.chevrons(base.corps or "", base.grade or "", echelon)
    chevron = values.get("chevron") or None
    if chevrons and chevron not in chevrons:
        raise InputError("Cet échelon a des chevrons.", remedy=f"Choisissez {', '.join(chevrons)}.")
    effect = read_past_day(values.get("date_effet", ""), today)
    return base.model_copy(
        update={
            "echelon": echelon,
            "chevron": chevron if chevrons else None,
            "date_effet": effect,
            "reliquat_jours": 0,
            "annees_direction": given_after(base.annees_direction, effect),
        }
    )
