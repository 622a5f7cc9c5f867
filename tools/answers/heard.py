"""All that the kit says to one person, by every channel, as facts: nothing is read from words.

Screens are built without a browser by a guichet in memory; the agenda is read from its events, a
letter from the days that it names, `ask` and the command from their answers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from click.testing import CliRunner

from answers.page import Fact, Read, read_page
from answers.papers import HOME, MEETING, REQUESTS, agenda, letters, meeting_agenda
from answers.people import Drawn
from iprof_kit.base.errors import KitError
from iprof_kit.calculate import ask, subject
from iprof_kit.calculate.career.by_right import pronounced_on
from iprof_kit.calculate.career.question import CareerAnswer, CareerQuestion, Scenario
from iprof_kit.calculate.pension.why import gross_bounds
from iprof_kit.calculate.requests.catalogue import requests
from iprof_kit.commands.calculate import calculate
from iprof_kit.services.contract.carnet import CarnetEnregistre, CarnetLu
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.standing import situation_of
from iprof_kit.ui.own_situation.pay_entry import read_pay
from iprof_kit.ui.own_situation.pay_start import pay_start
from iprof_kit.ui.own_situation.positions import unpaid_position
from iprof_kit.ui.own_situation.told import Told
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.rehearsal import Understudy
from iprof_kit.ui.screens.ma_paie.figures import FULL, pay_month
from iprof_kit.ui.screens.retraite.entry import Start, read_pension
from iprof_kit.ui.shared.guarded import UNAVAILABLE
from iprof_kit.ui.shared.held import next_echelon
from iprof_kit.ui.visit.visiting import Visit

PAY, PENSION, TRIED = "/perspectives/ma-paie", "/perspectives/retraite", "/perspectives/et-si"
SCREENS = (
    HOME, "/perspectives/promotions", TRIED, PAY, PENSION, "/perspectives/autres-affectations",
    "/perspectives/autres-parcours", "/services", MEETING, "/services/siam",
    "/services/avancement", "/services/siac", "/services/formation", "/services/carte-scolaire",
    "/services/candidature", "/services/remplacement", REQUESTS,
)  # fmt: skip
AGENDA, MEETING_AGENDA, ASKED, COMMAND = "agenda", f"{MEETING}, agenda", "ask", "commande"
_BROKEN = "n’a pas pu être préparé"
Ask = Callable[[str, Any], Any]


class Guichet(Understudy):
    """A guichet of one person that keeps what she types, as hers would."""

    def __init__(self, one: Drawn) -> None:
        super().__init__(one.dossier, one.today)
        self._kept: dict[str, CarnetLu] = {}

    def ask(self, op: str, **args: Any) -> Any:
        """Return the answer of the server; a carnet is what was kept."""
        if op == "carnet_lire" and args["sujet"] in self._kept:
            return self._kept[args["sujet"]]
        if op == "carnet_enregistrer":
            subject, plain = args["sujet"], json.loads(json.dumps(args["contenu"], default=str))
            revision = args["revision"] + 1
            self._kept[subject] = CarnetLu(sujet=subject, contenu=plain, revision=revision)
            return CarnetEnregistre(issue="enregistre", revision=revision, enregistre_le=None)
        return super().ask(op, **args)


@dataclass
class Heard:
    """What each channel says to one person, and what could not be shown."""

    by: dict[str, Read] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    """The screens that could not be prepared, each a fault."""
    refused: list[str] = field(default_factory=list)
    """The screens that say in words why they show nothing: « instituteur, 2e échelon »."""

    def facts(self) -> Iterator[tuple[str, Fact]]:
        """Yield each fact with the channel that says it."""
        for channel, read in self.by.items():
            for fact in read.facts:
                yield channel, fact


def heard(one: Drawn) -> Heard:
    """Return all that the kit says to a person.

    Parameters
    ----------
    one : Drawn
        Whose file is opened on her day, once she has typed what she tells.
    """
    said = Heard()
    guichet = Guichet(one)
    portal = Portal(lambda: guichet)
    _tell(portal, one)
    for path in SCREENS:
        said.by[path] = _shown(portal, one, said, {"path": path})
    said.by[AGENDA] = agenda(portal, one, said.by[HOME])
    said.by[MEETING_AGENDA] = meeting_agenda(portal, one)
    for request in requests():
        address = {"path": REQUESTS, "query": f"?demande={request}"}
        said.by["".join(address.values())] = _shown(portal, one, said, address)
    said.by |= letters(portal, one)
    said.by[ASKED] = _answered(one, guichet)
    said.by[COMMAND] = _answered(one, guichet, _by_command)
    return said


def _shown(portal: Portal, one: Drawn, said: Heard, address: dict[str, str]) -> Read:
    html = portal.handle({"kind": "route", **address}).html
    if UNAVAILABLE in html:
        (said.failed if _BROKEN in html else said.refused).append("".join(address.values()))
    return read_page(html, one.dossier.numero)


def _tell(portal: Portal, one: Drawn) -> None:
    """Type what she tells, in the screen where it is asked."""
    told = {
        PAY: ("paie", one.pay),
        PENSION: ("retraite", {"autres_trimestres": one.quarters}),
        MEETING: ("rdv_dates", one.meeting),
    }
    for path, (name, values) in told.items():
        given = {field: value for field, value in values.items() if value}
        if given and one.dossier.corps:
            portal.handle({"kind": "route", "path": path})
            portal.handle({"kind": "intent", "name": name, "values": given, "path": path,
                           "changed": next(iter(given))})  # fmt: skip


def _answered(one: Drawn, guichet: Guichet, put: Ask = ask) -> Read:
    """Return what `ask`, or the command, answers of the same file and of what she told."""
    read, number, visit = Read(), one.dossier.numero, Visit(lambda: guichet)
    dossier, start = visit.dossier(), situation_of(visit.dossier(), one.today)
    if start is None:
        return read
    told = Told(visit)
    with suppress(KitError):
        question = CareerQuestion(situation=start, aujourdhui=one.today, scenarios=(Scenario(),))
        career = put("career", question)
        read.facts += _of_career(number, career)
        read.facts += _of_pay(one, dossier, career, told.pay_facts(), put)
        values = told.pension_values() | told.borrowed_by_pension()
        read.facts += _of_pension(number, Start(dossier, career, one.today), values, put)
    return read


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
    given = (FULL,) if unpaid_position(dossier, month) else ()
    for quantity, amount in (("net", totals.net_avant_impot), ("gross", totals.brut)):
        yield Fact(one.dossier.numero, quantity, pay_month(month), given, repr(round(amount, 2)))


def _of_pension(number: str, start: Start, told: dict[str, str], put: Ask) -> Iterator[Fact]:
    """Yield the gross pension of each date that Retraite compares by itself."""
    for question in read_pension(told, start).questions.values():
        for departure in put("pension", question).departs:
            bounds = gross_bounds(departure)
            if bounds is not None and departure.possible:
                value = "/".join(dict.fromkeys(repr(round(float(b), 2)) for b in bounds))
                day = departure.date_cessation.isoformat()
                yield Fact(number, "pension.gross", day, (), value)


def _by_command(name: str, question: Any) -> Any:
    """Return the answer of `iprof calculate`, in this process, of the question as JSON."""
    asked = question.model_dump_json(exclude_none=True)
    done = CliRunner().invoke(calculate, [name, "--input", "-"], input=asked)
    if done.exit_code or done.exception:
        raise KitError(str(done.exception or done.output))
    return subject(name).answer.model_validate_json(done.stdout)
