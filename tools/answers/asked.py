"""What `ask` and the command answer of the same person, in the words of the facts of screens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from click.testing import CliRunner

from answers.page import Fact, Read
from answers.people import Drawn
from iprof_kit.base.errors import KitError
from iprof_kit.calculate import subject
from iprof_kit.calculate.career.by_right import once_paid, pronounced_on
from iprof_kit.calculate.career.echelon_question import EchelonQuestion
from iprof_kit.calculate.career.question import CareerAnswer, CareerQuestion, Scenario
from iprof_kit.calculate.et_si.question import ScenarioEtSi
from iprof_kit.calculate.interface.reading import question_of as read_question
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.calculate.mobility.question import MobilityQuestion
from iprof_kit.calculate.paths.question import EligibilityQuestion
from iprof_kit.calculate.pension.why import gross_bounds
from iprof_kit.commands.calculate import calculate
from iprof_kit.law.paths.opening import DEPENDS, OPEN
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.kit.fields import read_fields
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.own_situation.one import OwnSituation
from iprof_kit.ui.own_situation.pay.entry import read_pay
from iprof_kit.ui.own_situation.pay.start import pay_start
from iprof_kit.ui.own_situation.positions import unpaid_position
from iprof_kit.ui.own_situation.reader import OwnReader
from iprof_kit.ui.own_situation.told import Told
from iprof_kit.ui.own_situation.wishes import WishesCarnet
from iprof_kit.ui.screens.autres_affectations.fields import groups
from iprof_kit.ui.screens.autres_affectations.reading import Priority
from iprof_kit.ui.screens.autres_affectations.reading import question_of as mobility_question
from iprof_kit.ui.screens.autres_affectations.start import (
    degree_of,
    offered_campaigns,
    prefilled,
    start_of,
)
from iprof_kit.ui.screens.autres_parcours.question import question_for
from iprof_kit.ui.screens.ma_paie.figures import FULL, MEAN, pay_month
from iprof_kit.ui.screens.retraite.entry import PensionStart, read_pension
from iprof_kit.ui.shared.held import next_echelon

Ask = Callable[[str, Any], Any]
_WISHES = 3


def answered(one: Drawn, visit: Visit, put: Ask) -> Read:
    """Return what `ask`, or the command, answers of the same file and of what she told.

    Parameters
    ----------
    one : Drawn
    visit : Visit
        Hers: what she typed is read there.
    put : callable
        Puts a question to a subject: `ask`, or `by_command`.
    """
    read, number = Read(), one.dossier.numero
    person = OwnReader(visit)
    dossier, start, told = visit.dossier(), person.own().start, person.typed
    with suppress(KitError):
        read.facts += _of_paths(number, visit, one, put)
    with suppress(KitError):
        read.facts += _of_mobility(number, dossier, one, put)
    if start is None:
        return read
    with suppress(KitError):
        read.facts += _of_echelon(number, person.own(), put)
    with suppress(KitError):
        read.facts += _of_scenario(one, person.own(), put)
    with suppress(KitError):
        question = CareerQuestion(situation=start, aujourdhui=one.today, scenarios=(Scenario(),))
        career = put("career", question)
        read.facts += _of_career(number, career)
        read.facts += _of_pay(one, dossier, career, told.pay_facts(), put)
        read.facts += _of_pension(number, PensionStart(dossier, career, one.today), told, put)
        return read
    with suppress(KitError):  # no pay today: the pension is read on the échelon of the departure
        later = once_paid(start, one.today)
        if later is not None:
            asked = CareerQuestion(situation=later, aujourdhui=later.date_effet or one.today)
            start_of_pension = PensionStart(dossier, put("career", asked), one.today)
            read.facts += _of_pension(number, start_of_pension, told, put)
    return read


def _of_echelon(number: str, own: OwnSituation, put: Ask) -> Iterator[Fact]:
    """Yield the day of the next échelon of right: it needs no pay."""
    shared = EchelonQuestion.model_fields.keys() & vars(own.start).keys()
    known = {name: getattr(own.start, name) for name in shared}
    due = put("echelon", EchelonQuestion(**known, aujourdhui=own.today)).date_normale
    if due is not None and due > own.today:
        yield Fact(number, "echelon.next", "", (), due.isoformat())


def _of_career(number: str, career: CareerAnswer) -> Iterator[Fact]:
    ages, today = career.retraite, career.aujourdhui
    if ages is not None:
        yield Fact(number, "departure.opens", "", (), ages.date_ouverture.isoformat())
        yield Fact(number, "departure.limit", "", (), ages.date_limite_age.isoformat())
    coming = next_echelon(career, today)
    if coming is not None:
        yield Fact(number, "echelon.next", "", (), pronounced_on(coming).isoformat())
    for chance in career.eligibilites:
        if chance.premiere_campagne and not chance.promouvable:
            yield Fact(number, f"promotion.{chance.grade}", "", (), str(chance.premiere_campagne))


def _of_pay(
    one: Drawn, dossier: Dossier, career: CareerAnswer, told: dict[str, str], put: Ask
) -> Iterator[Fact]:
    """Yield net and gross of this month, at full service where no service is paid."""
    month = one.today.replace(day=1)
    start = pay_start(dossier, career.scenarios[0].etapes, month, one.today)
    totals = put("pay", read_pay(told, start).question).totaux
    given = (FULL,) if unpaid_position(dossier, one.today) else ()
    for quantity, amount in (("net", totals.net_avant_impot), ("gross", totals.brut)):
        yield Fact(one.dossier.numero, quantity, pay_month(month), given, repr(round(amount, 2)))


def _of_pension(number: str, start: PensionStart, typed: Told, put: Ask) -> Iterator[Fact]:
    """Yield the gross pension of each date that Retraite compares by itself."""
    told = typed.pension_values() | typed.borrowed_by_pension()
    for question in read_pension(told, start).questions.values():
        for departure in put("pension", question).departs:
            bounds = gross_bounds(departure)
            if bounds is not None and departure.possible:
                value = "/".join(dict.fromkeys(repr(round(float(b), 2)) for b in bounds))
                day = departure.date_cessation.isoformat()
                yield Fact(number, "pension.gross", day, (), value)


def by_command(name: str, question: Any) -> Any:
    """Return the answer of `iprof calculate`, in this process, of the question as JSON."""
    asked = question.model_dump_json(exclude_none=True)
    done = CliRunner().invoke(calculate, [name, "--input", "-"], input=asked)
    if done.exit_code or done.exception:
        raise KitError(str(done.exception or done.output))
    return subject(name).answer.model_validate_json(done.stdout)


def _of_scenario(one: Drawn, own: OwnSituation, put: Ask) -> Iterator[Fact]:
    """Yield what « Et si… » gives where nothing is supposed: net of today, its sum, the pension."""
    question = own.supposing((ScenarioEtSi(),))
    if question is None:
        return
    (scenario,) = put("et-si", question).scenarios
    first, left = scenario.tranches[0], scenario.depart.isoformat()
    number = one.dossier.numero
    if first.quotite and not first.non_calculee:
        yield Fact(number, "net", pay_month(one.today), (MEAN,), repr(first.net))
    yield Fact(number, "net.sum", left, (), repr(scenario.cumul_net))
    yield Fact(number, "departure", "", (), left)
    pension = scenario.pension
    if pension is not None and (pension.brute is not None or pension.basse is not None):
        bounds = [pension.basse, pension.haute] if pension.brute is None else [pension.brute]
        value = "/".join(dict.fromkeys(repr(round(float(each or 0), 2)) for each in bounds))
        yield Fact(number, "pension.gross", left, (), value)


def _of_paths(number: str, visit: Visit, one: Drawn, put: Ask) -> Iterator[Fact]:
    """Yield how many other paths are open today, or depend on what nobody said."""
    document = WishesCarnet(visit, lambda _: ()).load()
    question = question_for(visit.dossier(), document, one.today)
    paths = put("eligibility", read_question(EligibilityQuestion, question)).parcours
    count = Counter(path.etat for path in paths)
    yield Fact(number, "paths.open", "", (), str(count[OPEN]))
    if not count[OPEN]:
        yield Fact(number, "paths.asked", "", (), str(count[DEPENDS]))


def _of_mobility(number: str, dossier: Dossier, one: Drawn, put: Ask) -> Iterator[Fact]:
    """Yield the points of the first places of the movement, where they are the same, and its days.

    The screen says points where every place has the same.
    """
    degre = degree_of(dossier.corps)
    if degre is None:
        return
    start = start_of(dossier, offered_campaigns(degre, one.today)[0], one.today)
    if start is None:
        return
    typed = prefilled(start)
    read = read_fields(groups(start, typed), typed, one.today)
    places = [place.key for place in mobility_places.places(degre, start.campagne)]
    wishes = [key for key in places if not start.own_place(key)][:_WISHES]
    question = mobility_question(start, wishes, read, Priority())
    answer = put("mobility", read_question(MobilityQuestion, question))
    if len({wish.total for wish in answer.voeux}) == 1:
        yield Fact(number, "points", "", (), repr(answer.voeux[0].total))
    for step in answer.calendrier:
        where = f"{step.portee}, {step.phase}, {step.etape}"
        for end, day in (("opens", step.debut), ("closes", step.fin)):
            if day:
                yield Fact(number, f"movement.{end}", where, (), day.isoformat())
