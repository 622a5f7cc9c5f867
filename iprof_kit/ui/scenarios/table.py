"""The dated table of scenarios, the same dates as the chart, and its CSV."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from iprof_kit.base.spreadsheets import TableWriter
from iprof_kit.calculate.career.question import CareerAnswer, ScenarioAnswer, Step
from iprof_kit.ui.kit.controls import scenario_words
from iprof_kit.ui.kit.parts import KEYS, Day, Why, day_of, why_of
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, worded

Moment = tuple[date, tuple[Step, ...]]
"""A date, and where each scenario stands on it."""


@dataclass(frozen=True)
class Cell:
    """Where one scenario stands at one date."""

    standing: str
    index: str
    amount: str
    same: bool
    remarks: tuple[str, ...] = ()
    index_verify: bool = False
    amount_verify: bool = False
    remarks_verify: bool = False
    motive: str = ""

    @property
    def short(self) -> str:
        """The standing as a line of a table has room for it: « hors classe, 2e »."""
        return shortened(self.standing)

    @property
    def seniority(self) -> str:
        """The seniority kept, « avec 6 mois », which no row folds; "" where there is none."""
        kept = next((one for one in self.remarks if one.startswith("avec ")), "")
        return text.without(kept, " d’ancienneté")


@dataclass(frozen=True)
class DatedRow:
    """One date of the table; the reasons of `asks`, its ISO day, open under it as `whys`."""

    id: str
    day: Day
    cells: tuple[Cell, ...]
    gap: str = ""
    event: str = ""
    whys: tuple[Why, ...] = ()
    asks: str = ""

    @property
    def equal(self) -> bool:
        """Whether all scenarios stand at one place, so that a phone shows it once."""
        return len({(cell.standing, cell.amount) for cell in self.cells}) == 1


def shortened(standing: str) -> str:
    """Return « hors classe, 4e HEA2 » for « hors classe, 4e échelon, chevron HEA2 »."""
    short = standing.replace(" échelon", "") if "," in standing else standing
    return short.replace(", chevron ", " ")


def moments(scenarios: Sequence[ScenarioAnswer]) -> tuple[Moment, ...]:
    """Return every date at which something changes, with the standing of each scenario.

    It starts where all have started: two people may not have entered their échelon together.
    """
    start = max(scenario.etapes[0].date for scenario in scenarios)
    changes = {step.date for scenario in scenarios for step in scenario.etapes}
    days = sorted(day for day in changes if day >= start)
    return tuple((on, tuple(at(scenario, on) for scenario in scenarios)) for on in days)


def rows(answer: CareerAnswer) -> tuple[DatedRow, ...]:
    """Return the table of an answer, one row a date."""
    return tuple(_row(answer, on, steps) for on, steps in moments(answer.scenarios))


def csv_link(answer: CareerAnswer) -> str:
    """Return the table as a ``data:`` link: UTF-8 with mark, semicolons, decimal commas."""
    out = io.StringIO()
    table = TableWriter(out)
    keys = [KEYS[i] for i in range(len(answer.scenarios))]
    table.row(
        [
            "date_effet",
            *(
                f"{column}_{key}"
                for key in keys
                for column in (
                    "situation",
                    "indice_majore",
                    "traitement_brut_mensuel",
                    "a_verifier",
                )
            ),
        ]
    )
    for on, steps in moments(answer.scenarios):
        line = [on.isoformat()]
        for step in steps:
            line += [
                text.position_label(step.grade, step.echelon, step.chevron),
                str(step.indice_majore),
                f"{step.traitement:.2f}".replace(".", ","),
                " ".join(step.a_verifier),
            ]
        table.row(line)
    table.row([])
    note = (
        f"Euros constants, valeur du point {answer.annee_point}. Simulation d’un kit libre et non "
    )
    table.row([note + "officiel : rien n’est transmis à l’administration."])
    return "data:text/csv;charset=utf-8," + quote("\ufeff" + out.getvalue())


def at(scenario: ScenarioAnswer, on: date) -> Step:
    """Return where a scenario stands on a day."""
    past = [step for step in scenario.etapes if step.date <= on]
    return past[-1] if past else scenario.etapes[0]


def row_id(on: date) -> str:
    """Return the name of the row of a date in its page; « w- » before it names its reason.

    Examples
    --------
    >>> row_id(date(2027, 9, 1))
    'd-2027-09-01'
    """
    return f"d-{on.isoformat()}"


def _row(answer: CareerAnswer, on: date, steps: tuple[Step, ...]) -> DatedRow:
    first = on == max(s.etapes[0].date for s in answer.scenarios)
    ends = any(step.date == on and step.nature == "limite_age" for step in steps)
    happening = [s for scenario in answer.scenarios for s in scenario.etapes if s.date == on]
    return DatedRow(
        id=row_id(on),
        day=day_of(
            on,
            verify=any("date" in step.a_verifier for step in happening),
            prefix="depuis le" if first and on <= answer.aujourdhui else "",
        ),
        cells=tuple(_cell(step, on, given_of(answer, rank)) for rank, step in enumerate(steps)),
        gap=_gap(answer, steps, on) if len(steps) == 2 else "",
        event="limite d’âge" if ends else "",
        whys=_whys(happening),
        asks=on.isoformat(),
    )


def _gap(answer: CareerAnswer, steps: Sequence[Step], on: date) -> Worded:
    more = steps[1].traitement - steps[0].traitement
    given = given_of(answer, 1)
    return figure(text.signed_money(more), "traitement.gap", more, on, given)


def given_of(answer: CareerAnswer, rank: int) -> tuple[str, ...]:
    """Return what a scenario supposes beside the file: its own choices."""
    scenario = answer.scenarios[rank].scenario
    if scenario.quotite == answer.situation.quotite:
        scenario = scenario.model_copy(update={"quotite": None})
    words = scenario_words(scenario)
    return (words,) if words else ()


def traitement_said(answer: CareerAnswer, rank: int, on: date) -> Worded:
    """Return the traitement brut of a scenario on a day, to the euro, with its fact."""
    amount = at(answer.scenarios[rank], on).traitement
    return figure(text.euros(amount), "traitement", amount, on, given_of(answer, rank))


def _cell(step: Step, on: date, given: tuple[str, ...]) -> Cell:
    changed = step.date == on and step.nature != "limite_age"
    remarks: list[str] = []
    if changed and step.anciennete_conservee_jours:
        days = step.anciennete_conservee_jours
        kept = figure(text.duration(days), "echelon.kept", days, on, given)
        remarks.append(worded("avec {} d’ancienneté", kept))
    if changed and step.date_normale and step.date_normale > step.date:
        normal = figure(text.day(step.date_normale), "echelon.normal", step.date_normale, on)
        remarks.append(worded("effet avancé : date normale, le {}", normal))
    if changed and step.sous_reserve_de:
        remarks.append(
            "contrefactuel, décision passée"
            if step.contrefactuel
            else "sous réserve d’une décision"
        )
    if changed and step.date_decision and step.date_decision > step.date:
        remarks.append(f"décision en {step.date_decision.year}, effet rétroactif")
    return Cell(
        standing=text.position_label(step.grade, step.echelon, step.chevron),
        index=figure(str(step.indice_majore), "indice", step.indice_majore, on, given),
        amount=figure(text.money(step.traitement), "traitement", step.traitement, on, given),
        same=not changed,
        remarks=tuple(remarks),
        index_verify="indice" in step.a_verifier,
        amount_verify="traitement" in step.a_verifier,
        remarks_verify=changed and "anciennete" in step.a_verifier,
        motive=text.sentence(step.motif_a_verifier),
    )


def _whys(steps: Sequence[Step]) -> tuple[Why, ...]:
    whys: list[Why] = []
    for step in steps:
        if step.explication is None:
            continue
        why = why_of(step.explication)
        if why not in whys:
            whys.append(why)
    return tuple(whys)
