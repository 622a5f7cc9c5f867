"""What a person has told of herself: typed on one screen, known on the others, undone on any.

Each fact is kept once, in the carnet of the screen where she typed it. The other screens read it
there (`Told.pay_values`, `Told.pension_values`), say where it comes from (`Told.borrowed`), and
write it there: an emptied field is forgotten where it was typed. What is sensitive is none of this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date

from iprof_kit.base.errors import InputError
from iprof_kit.ui.kit.carnet import Carnet
from iprof_kit.ui.kit.fields import read_past_days
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.own_situation.children import Births, births_kept, without_births
from iprof_kit.ui.own_situation.pay.entry import PLACE
from iprof_kit.ui.own_situation.pension_person import AGES, CHILDREN
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent, texts
from iprof_kit.ui.shared.part import Part

PAY, PENSION = "Ma paie", "Retraite"
COUNT, AT_CHARGE, BIRTHS = "enfants_nombre", "enfants", "naissances_enfants"
_OF_A_MONTH = ("mois", "annee", *PLACE, "temps_partiel", "hse")
"""What she tries for one month in Ma paie: no fact about her."""
_BORN = tuple(f"enfant_{n}_naissance" for n in CHILDREN)


class Told(Part):
    """The carnets in which a person tells who she is, read and written as one.

    Parameters
    ----------
    visit : Visit
        Whose guichet keeps them.
    """

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self.pay = Carnet(visit, "paie")
        self.pension = Carnet(visit, "retraite")
        self._wishes = Carnet(visit, "voeux", lambda _: ())

    def pay_values(self) -> dict[str, str]:
        """Return the fields of Ma paie, those that another screen knows among them."""
        return self.pay.typed() | self.borrowed_by_pay()

    def pay_facts(self) -> dict[str, str]:
        """Return what is true of her pay whatever the month."""
        return {n: v for n, v in self.pay_values().items() if n not in _OF_A_MONTH}

    def pension_values(self) -> dict[str, str]:
        """Return the fields of Retraite, those that another screen knows among them."""
        return self.pension.typed() | self.borrowed_by_pension()

    def borrowed_by_pay(self) -> dict[str, str]:
        """Return what another screen says and Ma paie does not: the births of her children."""
        own = self.pay.typed()
        if own.get(AT_CHARGE, "").strip() or own.get(BIRTHS, "").strip():
            return {}
        births = self._births_of_pension() or self._births_of_wishes()
        return {BIRTHS: " ; ".join(births)} if births else {}

    def lends_to_pay(self) -> str:
        """Return the screen that tells Ma paie her children."""
        return PENSION if self._births_of_pension() else self._kept_in_wishes().screen

    def borrowed_by_pension(self) -> dict[str, str]:
        """Return what another screen says and Retraite does not: her children, their births."""
        own, other = self.pension.typed(), self.pay.typed()
        births = self._days(other.get(BIRTHS, ""))
        if not births and not other.get(AT_CHARGE, "").strip():
            births = self._births_of_wishes()
        births = births[: len(_BORN)]
        typed, counted = own.get(COUNT, "").strip(), other.get(AT_CHARGE, "").strip()
        many = str(len(births)) if births else counted
        borrowed = {}
        if not typed and many.isdecimal() and 0 < int(many) <= len(CHILDREN):
            borrowed[COUNT] = many
        if births and (typed or many) == many and not any(own.get(n, "").strip() for n in _BORN):
            borrowed |= dict(zip(_BORN, births, strict=False))
        return borrowed

    def lends_to_pension(self) -> str:
        """Return the screen that tells Retraite her children."""
        typed = self.pay.typed()
        pays = any(typed.get(name, "").strip() for name in (AT_CHARGE, BIRTHS))
        return PAY if pays else self._kept_in_wishes().screen

    def where(self) -> tuple[str, ...]:
        """Return the screens where she told what the others count; none where she told nothing."""
        facts = {n: v for n, v in self.pay.typed().items() if n not in _OF_A_MONTH}
        typed = {PAY: facts, PENSION: self.pension.typed()}
        if self.borrowed_by_pay():
            typed.setdefault(self.lends_to_pay(), {BIRTHS: BIRTHS})
        return tuple(name for name, values in typed.items() if any(map(str.strip, values.values())))

    def births(self) -> tuple[str, ...]:
        """Return the births of her children that she told in Ma paie or Retraite, as typed."""
        return tuple(self._days(self.pay.typed().get(BIRTHS, "")) or self._births_of_pension())

    def birth_days(self) -> tuple[date, ...]:
        """Return the births of her children, told on any screen; none where one cannot be read."""
        with suppress(InputError):
            return read_past_days(self.pay_values().get(BIRTHS, ""), self._visit.who().aujourdhui)
        return ()

    def take_pay(self, intent: Intent, drop: Sequence[str] = ()) -> None:
        """Keep the form of Ma paie; what Retraite said stays there, or is forgotten there."""
        borrowed = self.borrowed_by_pay()
        given = texts(intent.values)
        self.pay.take_fields(intent, drop=(*drop, *_untouched(borrowed, given)))
        if BIRTHS in borrowed and given.get(BIRTHS, borrowed[BIRTHS]) != borrowed[BIRTHS]:
            self._forget_births()

    def take_pension(self, intent: Intent, drop: Sequence[str] = ()) -> None:
        """Keep the form of Retraite; what Ma paie said stays there, or is changed there."""
        borrowed = self.borrowed_by_pension()
        given = texts(intent.values)
        changed = [name for name in borrowed if given.get(name, borrowed[name]) != borrowed[name]]
        untouched = () if changed else _untouched(borrowed, given)
        self.pension.take_fields(intent, drop=(*drop, *untouched))
        if not changed:
            return
        self._forget_in_wishes()
        fewer = given.get(COUNT, "").strip()
        at_charge = self.pay.typed().get(AT_CHARGE, "").strip()
        if fewer.isdecimal() and at_charge.isdecimal() and int(fewer) < int(at_charge):
            self._elsewhere(self.pay, {AT_CHARGE: fewer}, (BIRTHS,))
        else:
            emptied = (AT_CHARGE,) if COUNT in changed and not fewer else ()
            self._elsewhere(self.pay, {}, (BIRTHS, *emptied))

    def tell_pay(self, values: Mapping[str, str]) -> None:
        """Keep facts that another screen asks and Ma paie keeps: the zone, the children."""
        self._elsewhere(self.pay, values, self._contradicted(values))

    def forget_pay(self) -> None:
        """Come back to what the file says of the pay, what Retraite added included."""
        borrowed = self.borrowed_by_pay()
        self.pay.forget()
        if borrowed:
            self._forget_births()

    def forget_pension(self) -> None:
        """Come back to what the file says of the pension, what Ma paie added included."""
        borrowed = self.borrowed_by_pension()
        self.pension.forget()
        if borrowed:
            self._elsewhere(self.pay, {}, (AT_CHARGE, BIRTHS))
            self._forget_in_wishes()

    def forget_ages(self) -> None:
        """Come back to what the file says of the ages of her pension: they are forgotten there."""
        self.pension.forget(*AGES)

    def _forget_births(self) -> None:
        """Forget the births that another screen than Ma paie keeps."""
        self._elsewhere(self.pension, {}, (COUNT, *_BORN))
        self._forget_in_wishes()

    def _forget_in_wishes(self) -> None:
        kept = self._wishes.load()
        clean = without_births(kept)
        if clean == kept:
            return
        self._wishes.write(clean)
        if self._wishes.other is not None:
            self._wishes.take_other()
            self._wishes.write(without_births(self._wishes.load()))

    def _kept_in_wishes(self) -> Births:
        return births_kept(self._wishes.load())

    def _births_of_wishes(self) -> list[str]:
        return self._days(" ; ".join(self._kept_in_wishes().days))

    def _births_of_pension(self) -> list[str]:
        typed = self.pension.typed()
        count = typed.get(COUNT, "").strip()
        known = _BORN[: int(count)] if count.isdecimal() and len(count) < 3 else ()
        return [typed[name] for name in known if self._days(typed.get(name, ""))]

    def _contradicted(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """Return the births that a number of children replaces."""
        return (BIRTHS,) if AT_CHARGE in values else ()

    def _elsewhere(
        self, carnet: Carnet, values: Mapping[str, str], forgotten: Sequence[str]
    ) -> None:
        """Write in the carnet of another screen, over what another device wrote there meanwhile."""
        kept = carnet.typed()
        wanted = {n: v for n, v in values.items() if kept.get(n, "") != v}
        lost = tuple(name for name in forgotten if name in kept)
        if not wanted and not lost:
            return
        intent = Intent("", dict(wanted))
        carnet.take_fields(intent, drop=lost)
        if carnet.other is not None:
            carnet.take_other()
            carnet.take_fields(intent, drop=lost)
        carnet.turn += 1

    def _days(self, typed: str) -> list[str]:
        """Return the births that can be read, as they are typed; none where one cannot."""
        with suppress(InputError):
            days = read_past_days(typed, self._visit.who().aujourdhui)
            return [text.typed_day(day) for day in days]
        return []


def _untouched(borrowed: Mapping[str, str], given: Mapping[str, str]) -> tuple[str, ...]:
    """Return the fields that still say what another screen told, or that were emptied."""
    return tuple(
        name
        for name, value in borrowed.items()
        if given.get(name, value) == value or not given[name].strip()
    )
