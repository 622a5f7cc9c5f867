"""The dates of the movements that concern a person on a day, as far as the tables hold them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from iprof_kit.base.calendar import school_year
from iprof_kit.base.errors import PeriodNotCovered
from iprof_kit.base.reference import department_code, movement_of
from iprof_kit.base.sources import to_verify
from iprof_kit.calculate.interface.papers import citation
from iprof_kit.law.mobility.calendar import Degree, Stage, stages
from iprof_kit.law.tables.loading import load_reference


@dataclass(frozen=True)
class MovementDate:
    """One step of a movement. `opens` and `closes` are its days, None where no source gives one."""

    key: str
    phase: str
    step: str
    opens: date | None
    closes: date | None
    hour: str
    note: str
    source: str
    to_verify: bool


@dataclass(frozen=True)
class Movement:
    """The steps still to come; `unknown` says which campaign has no known date, "" for none."""

    dates: tuple[MovementDate, ...] = ()
    unknown: str = ""


def movement_dates(corps: str, departement: str | None, academie: str, today: date) -> Movement:
    """Return the steps that are open or to come, of the campaign of the coming rentrée.

    Parameters
    ----------
    corps : str
        Code of corps.csv, which gives the movement.
    departement : str, optional
        « 063 », for the dates that a department published.
    academie : str
        Its code, for those that an academy published.
    """
    campaign = school_year(today) + 1
    places = tuple(name for name in (department_code(departement or ""), _name(academie)) if name)
    dates: list[MovementDate] = []
    unknown: list[str] = []
    movement = movement_of(corps)
    for degree in (movement,) if movement else ():
        try:
            steps = stages(degree, campaign, places, today)
        except PeriodNotCovered:
            unknown.append(_missing(degree, campaign))
            continue
        dated = [step for step in steps if step.debut or step.fin]
        if not dated:
            unknown.append(_missing(degree, campaign, *(step.note for step in steps)))
        ahead = [step for step in dated if (step.fin or step.debut or today) >= today]
        dates += [_date(degree, campaign, step) for step in ahead]
    return Movement(tuple(dates), " ".join(unknown))


def _name(academie: str) -> str:
    return _academies().get(academie, "")


@cache
def _academies() -> dict[str, str]:
    table = load_reference("academies")
    names = zip(table["code_academie"], table["libelle_academie"], strict=True)
    return {str(code): str(name) for code, name in names}


def _missing(degree: Degree, campaign: int, *notes: str) -> str:
    name = "interdépartemental" if degree == "1d" else "inter-académique"
    note = next((note for note in notes if ";" in note), "")
    usage = note.partition(";")[2].strip().removesuffix(".")
    usage = f" {usage[0].upper()}{usage[1:]}." if usage else ""
    return citation(f"Mouvement {name} {campaign} : aucune date publiée n’est connue.{usage}")


def _date(degree: Degree, campaign: int, step: Stage) -> MovementDate:
    return MovementDate(
        key=f"{degree}.{step.phase}.{campaign}.{step.etape}.{step.portee}",
        phase=f"{citation(step.libelle_phase)} {campaign}",
        step=citation(step.libelle),
        opens=step.debut,
        closes=step.fin,
        hour=step.heure_fin,
        note=citation(step.note),
        source=citation(step.papers.text),
        to_verify=to_verify(step.papers.confidence),
    )
