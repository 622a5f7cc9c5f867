"""The one value that says who a person is: her file, what she told, and the questions it makes.

Screens ask their questions of it, so that a pay, a service or a child is the same on each.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.career.by_right import (
    DatedStep,
    dated_steps,
    once_paid,
    pronounced_on,
)
from iprof_kit.calculate.career.question import CareerAnswer, CareerQuestion, Retirement
from iprof_kit.calculate.career.start import retirement_of
from iprof_kit.calculate.et_si.question import EtSiQuestion, ScenarioEtSi
from iprof_kit.calculate.interface.reading import question_of
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.pay.choices import zones
from iprof_kit.calculate.pay.question import PayQuestion, PaySituation
from iprof_kit.calculate.pay.sheet import children_of
from iprof_kit.calculate.pension import choices as pension_choices
from iprof_kit.calculate.pension.answer import Depart
from iprof_kit.calculate.pension.calculation import answers
from iprof_kit.calculate.pension.question import Enfant, Instituteur, PensionQuestion
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.standing import instituteur_since, situation_of
from iprof_kit.ui.kit.asking import calculate
from iprof_kit.ui.own_situation.pay.entry import Values, answered, read_pay
from iprof_kit.ui.own_situation.pay.start import pay_start
from iprof_kit.ui.own_situation.pension_person import (
    IN_CHARGE,
    LONG_CAREER,
    SERVICES,
    pension_numbers,
    read_children,
    read_person,
)
from iprof_kit.ui.own_situation.positions import position_of_today

_SITUATION = frozenset(PaySituation.model_fields)
_TRIED = ("retraite_progressive_quotite", "rachat_etudes")
"""What Retraite tries at a departure: no fact about her."""


@dataclass(frozen=True)
class OwnSituation:
    """One person on a day.

    Attributes
    ----------
    dossier : Dossier
        Her file, brought up to the day.
    today : date
    pay, pension : mapping of str to str
        What she told, as Ma paie and Retraite call it (`Told.pay_facts`, `Told.pension_values`).
    """

    dossier: Dossier
    today: date
    pay: Values
    pension: Values

    def says(self, dossier: Dossier, today: date, pay: Values, pension: Values) -> bool:
        """Tell whether it still is what is known: screens then keep it."""
        unchanged = (self.today, self.pay, self.pension) == (today, pay, pension)
        return self.dossier is dossier and unchanged

    @cached_property
    def filed(self) -> Situation | None:
        """Return where her file alone begins a projection; None without corps."""
        return situation_of(self.dossier, self.today)

    @cached_property
    def start(self) -> Situation | None:
        """Return where every projection begins, with what she told of its ages; None without corps.

        The services that she told give the category of her pension, the children that she told to
        be in charge at the age limit put it off.
        """
        if self.filed is None or not any(self.pension.values()):
            return self.filed
        numbers = pension_numbers(self.pension, {})
        changes: dict[str, Any] = {"enfants_a_charge": int(numbers[IN_CHARGE] or 0)}
        if numbers[SERVICES] and self.leaving is not None:
            changes["categorie_retraite"] = self.leaving.categorie
            changes["instituteur_depuis"] = None  # those that she typed stand for those of the file
        return self.filed.model_copy(update=changes)

    @cached_property
    def ages(self) -> Retirement | None:
        """Return the ages that bound her career: they need no échelon; None where unknown."""
        with suppress(KitError):
            return retirement_of(self.start, self.today) if self.start else None
        return None

    @cached_property
    def dated(self) -> tuple[DatedStep, ...]:
        """Return the échelons to come of right, paid or not; none where the tables give none."""
        if self.start is None:
            return ()
        with suppress(KitError):
            steps = dated_steps(self.start, self.today)
            return tuple(step for step in steps if pronounced_on(step) > self.today)
        return ()

    @cached_property
    def once_paid(self) -> CareerAnswer | None:
        """Return the career from the first échelon to come whose index is known; None else."""
        if self.start is None:
            return None
        with suppress(KitError):
            later = once_paid(self.start, self.today)
            if later is not None and later.date_effet is not None:
                asked = CareerQuestion(situation=later, aujourdhui=later.date_effet)
                return calculate(asked)
        return None

    @property
    def tells_category(self) -> bool:
        """Tell whether the category of her pension is what she told, not what her file says."""
        start, filed = self.start, self.filed
        if start is None or filed is None:
            return False
        decides = ("categorie_retraite", "instituteur_depuis")
        return any(getattr(start, name) != getattr(filed, name) for name in decides)

    @cached_property
    def leaving(self) -> Depart | None:
        """Return what a departure of today is answered, by what she told; None where she did not.

        It is read for what does not follow the day: her category, an early career.
        """
        asked = self._pension()
        if asked is None:
            return None
        services = asked.instituteur or self._as_instituteur()
        asked = asked.model_copy(update={"instituteur": services})
        with suppress(KitError):
            return answers([asked])[0].departs[0]
        with suppress(KitError):  # no index of her échelon is known: her ages need none
            later = once_paid(self.filed, self.today) if self.filed else None
            if later is not None:
                places = ("corps", "grade", "echelon", "chevron")
                place = {name: getattr(later, name) for name in places}
                return answers([asked.model_copy(update=place)])[0].departs[0]
        return None

    @cached_property
    def early(self) -> date | None:
        """Return the first day on which a long career that she told lets her leave, if any."""
        if not self.pension.get(LONG_CAREER, "").strip():
            return None
        leaving = self.leaving
        if leaving is None or leaving.date_effet_au_plus_tot is None:
            return None
        first, opens = leaving.date_effet_au_plus_tot, leaving.date_ouverture
        return first if opens and first < opens else None

    @cached_property
    def payslip(self) -> PayQuestion | None:
        """Return the question of this month's pay, without what the law refuses of it."""
        if self.start is None:
            return None
        month = self.today.replace(day=1)
        filed = pay_start(self.dossier, (), month, self.today)
        if not any(self.pay.values()):
            return read_pay({}, filed).question
        payslip, entry = answered(self.pay, filed)
        return entry.question if payslip is not None else None

    @cached_property
    def children(self) -> tuple[Enfant, ...]:
        """Return the children whose births are known."""
        if not any(self.pension.values()):
            return ()
        born = self.dossier.identite.date_naissance
        return read_children(self.pension, pension_numbers(self.pension, {}), born, self.today, {})

    def services(self, later: int | None = None) -> pension_choices.Services:
        """Return the services of the file; `later` is the quotité supposed from tomorrow on."""
        share = later or (self.filed.quotite if self.filed else 100)
        return services_of(self.dossier, self.children, self.today, share)

    def supposing(self, scenarios: Sequence[ScenarioEtSi]) -> EtSiQuestion | None:
        """Return the question about supposed scenarios; None without corps."""
        alone = self._alone
        return alone and alone.model_copy(update={"scenarios": tuple(scenarios)})

    @cached_property
    def _alone(self) -> EtSiQuestion | None:
        """Return what every scenario starts from."""
        if self.start is None:
            return None
        slip = self.payslip
        paid: dict[str, Any] = {"zone": max(zone.number for zone in zones(self.today))}
        if slip is not None:
            paid = {
                "zone": slip.zone,
                "enfants": children_of(slip, self.today),
                "outre_mer": slip.territoire,
                "paie": PaySituation.model_construct(
                    **{n: v for n, v in vars(slip).items() if n in _SITUATION}
                ),
            }
        return EtSiQuestion(
            situation=self.start,
            aujourdhui=self.today,
            services=self.services().periods,
            position=position_of_today(self.dossier, self.today),
            pension=self._pension(),
            instituteur=self._as_instituteur(),
            **paid,
        )

    def _as_instituteur(self) -> Instituteur | None:
        """Return the services of an instituteur that her file shows, unless she types others."""
        typed = read_person(self.pension, pension_numbers(self.pension, {}), {})["instituteur"]
        filed = None if typed else services_as_instituteur(self.dossier, self.today)
        return Instituteur(**filed) if filed else None

    def _pension(self) -> PensionQuestion | None:
        """Return what a pension has besides its dates, its position and its services."""
        start = self.filed
        if start is None or not any(self.pension.values()):
            return None
        known = read_person(self.pension, pension_numbers(self.pension, {}), {})
        asked = {
            "naissance": self.dossier.identite.date_naissance,
            "aujourdhui": self.today,
            "departs": (self.today,),
            **{name: getattr(start, name) for name in ("corps", "grade", "echelon", "chevron")},
            "enfants": self.children,
            "periodes": self.services().periods,
            **{name: value for name, value in known.items() if name not in _TRIED},
        }
        with suppress(InputError):
            return question_of(PensionQuestion, asked)
        return None


def services_as_instituteur(dossier: Dossier, today: date) -> dict[str, Any] | None:
    """Return the services of an instituteur that a file shows; None where it says none.

    Those of an instituteur run; a file of another corps says « active » of who had enough of them.
    """
    option = {"option_limite_age": dossier.categorie_retraite == "active"}
    since = instituteur_since(dossier)
    if since is not None:
        return option | {"depuis": since}
    if dossier.categorie_retraite == "sedentaire":
        return None
    enough = pension_choices.active_services(dossier.identite.date_naissance, today)
    return option | {"services_mois": enough}


def services_of(
    dossier: Dossier, children: Sequence[Enfant], today: date, later: int
) -> pension_choices.Services:
    """Return the services that a file shows, and what had to be supposed."""
    stays = [
        pension_choices.Held(p.position, p.motif, p.modalite, p.quotite, p.debut, p.fin)
        for p in sorted(dossier.positions, key=lambda p: p.debut)
    ]
    return pension_choices.services_of(
        stays, children, dossier.entree_corps, today, later, dossier.corps
    )
