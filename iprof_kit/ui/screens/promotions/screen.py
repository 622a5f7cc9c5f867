"""Vos perspectives › Promotions: two scenarios, from the file or one's own date; her carnet."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.career.direction import given_after
from iprof_kit.calculate.career.question import Refusal, Scenario
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.ui.kit.asking import Comparison
from iprof_kit.ui.kit.carnet import Carnet
from iprof_kit.ui.kit.controls import scenario_words
from iprof_kit.ui.kit.fields import chosen, read_past_day
from iprof_kit.ui.kit.parts import KEYS
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.own_situation.reader import OwnReader
from iprof_kit.ui.own_situation.said import ages_said, direction_said
from iprof_kit.ui.own_situation.typed import date_fields
from iprof_kit.ui.screens.promotions.view import no_corps, promotions, with_early
from iprof_kit.ui.screens.promotions.when import REASON, exceptional_from, ranges, when
from iprof_kit.ui.screens.rendez_vous.known import Kept, last_level
from iprof_kit.ui.shared.messages import Intent, texts

Document = Mapping[str, Any]
_SCENARIOS = "scenarios"
_NAMES = KEYS[:2]


def document_of(scenarios: tuple[Scenario, ...]) -> dict[str, Any]:
    """Return what the carnet keeps."""
    return {_SCENARIOS: [one.model_dump(mode="json", exclude_defaults=True) for one in scenarios]}


def scenarios_of(document: Document) -> tuple[Scenario, ...]:
    """Return the two scenarios kept; () where there are none, or none that can be read."""
    given = document.get(_SCENARIOS)
    if not isinstance(given, list) or len(given) != len(_NAMES):
        return ()
    try:
        scenarios = [Scenario.model_validate(one) for one in given]
    except ValidationError:
        return ()
    return tuple(
        one.model_copy(update={"nom": name}) for one, name in zip(scenarios, _NAMES, strict=True)
    )


def described(document: Document) -> tuple[str, ...]:
    """Say the document in short sentences, for a choice between two writings."""
    return tuple(
        f"Scénario {one.nom} : {scenario_words(one) or 'aucun choix'}."
        for one in scenarios_of(document)
    )


@dataclass
class Trying(State):
    """What the scenarios are made of, and what the carnet does not keep of them."""

    of: tuple[Situation, dict[str, Any], dict[str, str] | None, date] | None = None
    """The starting point, what was kept, one’s own date, the day."""
    refusals: tuple[Refusal, ...] = ()
    unkept: tuple[Scenario, ...] = ()
    """What was chosen and could not be kept yet."""
    own: dict[str, str] | None = None
    """What is typed in « Ma date est fausse »; it stays on this page."""
    seed: int = 0
    """Number of the last draw asked for; 0: none yet."""


class Promotions(KitScreen[Trying]):
    """Two scenarios compared, kept at each change; « Ma date est fausse » changes no file."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._person = OwnReader(visit)
        self._carnet = Carnet(visit, "promotions", described)
        self.carnets = (self._carnet,)
        self._meetings = Kept(visit)
        self._made: tuple[object, Comparison, KitError | None] | None = None

    def page(self) -> Shown:
        """Return the screen."""
        comparison = self._now()
        if comparison is None:
            return "promotions", no_corps()
        if self.state.unkept:
            self._keep(comparison)
        own, error = self.state.own, self._made[2] if self._made else None
        errors = {"date_effet": error} if error else {}
        fields = date_fields(comparison.situation, own, errors)
        here, today, level = comparison.situation, comparison.today, self._own_level()
        for reason in sorted(self.state.opened - {REASON}):
            comparison.open(reason)
        explained, dossier = REASON in self.state.opened, self._visit.dossier()
        drawing = ranges(here, today, dossier, self.state.seed, level, explained=explained)
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

    @intent("scenarios")
    def choose(self, asked: Intent) -> None:
        """Take the controls, which outlive a database that does not answer."""
        try:
            comparison = self._now()
        except KitError:
            if (before := self._compared()) is not None:
                self._change(before, asked)
            raise
        if comparison is not None and self._change(comparison, asked):
            self._keep(comparison)

    @intent("ma_date")
    def take_date(self, asked: Intent) -> None:
        """Begin from one’s own date."""
        self.state.own = texts(asked.values)

    @intent("date_du_dossier")
    def come_back(self, _asked: Intent) -> None:
        """Come back to the date of the file."""
        self.state.own = None

    @intent("promotions_effacer")
    def erase(self, _asked: Intent) -> None:
        """Forget the scenarios."""
        self._carnet.write({})

    @intent("promotions_ages")
    def forget_ages(self, _asked: Intent) -> None:
        """Forget the ages told in Retraite."""
        self._person.typed.forget_ages()

    @intent("tirer")
    def draw(self, _asked: Intent) -> None:
        """Draw the campaigns once more."""
        self.state.seed += 1

    def _own_level(self) -> str:
        """Return the appréciation that counts for the hors classe; "" where it is not read."""
        with suppress(KitError):
            today = self._visit.who().aujourdhui
            return last_level(self._visit.dossier(), self._meetings, today)
        return ""

    def _now(self) -> Comparison | None:
        """Return what is compared now; None without corps."""
        today = self._visit.who().aujourdhui
        base = self._person.own().start
        if base is None:
            return None
        of = (base, self._carnet.load(), self.state.own, today)
        if of != self.state.of:
            self.state.of, self.state.refusals = of, ()
        return self._compared()

    def _compared(self) -> Comparison | None:
        """Return the scenarios, made anew where what they are made of has changed."""
        of = self.state.of
        if of is not None and (self._made is None or self._made[0] != of):
            self._made = (of, *self._make(*of))
        return self._made[1] if self._made else None

    def _make(
        self, base: Situation, document: dict[str, Any], own: dict[str, str] | None, today: date
    ) -> tuple[Comparison, KitError | None]:
        """Return the scenarios, from one's own date where it can be used, and why it cannot."""
        ask, tried = self._visit.calculate, self.state.unkept or scenarios_of(document)
        refusals, error = self.state.refusals, None
        if own is not None:
            try:
                own_base = _with_own(base, own, today)
                from_own = Comparison(own_base, today, ask, scenarios=tried, refusals=refusals)
                from_own.answer()
            except KitError as wrong:
                error = wrong
            else:
                return from_own, None
        return Comparison(base, today, ask, scenarios=tried, refusals=refusals), error

    def _change(self, comparison: Comparison, asked: Intent) -> bool:
        """Take the controls, and tell of a change."""
        comparison.answer()
        before = comparison.scenarios
        comparison.change(asked.values, asked.changed)
        self.state.refusals = comparison.refusals
        if comparison.scenarios == before:
            return False
        self.state.unkept = comparison.scenarios
        return True

    def _keep(self, comparison: Comparison) -> None:
        """Have the carnet keep the choices; what is calculated is not to be made anew."""
        of, made = self.state.of, self._made
        if of is None or made is None:
            return
        self._carnet.write(document_of(comparison.scenarios))
        self.state.of = (of[0], self._carnet.load(), *of[2:])
        self._made, self.state.unkept = (self.state.of, *made[1:]), ()


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
