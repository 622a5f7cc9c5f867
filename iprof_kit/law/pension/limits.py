"""When one may or must leave: two years of services, active category, school year, age limit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import MONTH, YEAR, Dates, date_text, rentree, to_dates
from iprof_kit.base.explanation import Words
from iprof_kit.law.pension.dates import MONTHS_OF_A_QUARTER, effect_date, year_of
from iprof_kit.law.pension.parameters import Flags, Numbers, Whole, day_of, find, one, whole
from iprof_kit.law.tables.rules import Reads, rule
from iprof_kit.law.tables.sentences import value, years_text


@rule(
    sentence="Le droit à pension suppose {duree_min_services_pension:an} de services effectifs.",
    source="CPCMR L4",
    since="2011-01-01",
    tables=("retraite_parametres",),
)
def entitled(constitution: npt.ArrayLike, effet: Dates) -> Flags:
    """Tell who has a right to a pension of the State.

    Parameters
    ----------
    constitution : array of int
        Days of effective services.
    """
    months = whole("duree_min_services_pension", effet.max().astype(object))
    opened: Flags = np.asarray(constitution) >= months * MONTH
    return opened


def _months_read(label: str) -> Reads:
    """Write the months that a rule gives to one person."""
    return lambda given, result: (  # noqa: ARG005
        (label, years_text(int(one(result))) or "aucun"),
    )


@rule(
    sentence="La catégorie active suppose {services_actifs_min:an} de services d’instituteur. Il "
    "suffit de {avant_2011:an} à qui les avait avant juillet 2011, ou a été intégré "
    "professeur des écoles avant le {active_integration_pe_avant:date} ; les durées croissent "
    "entre les deux.",
    source="CPCMR L24 ; loi 2010-1330, art. 35",
    since="2011-07-01",
    reads=_months_read("Services d’instituteur exigés"),
    tables=("retraite_ages", "retraite_parametres", "parametres_pension"),
    values={
        "avant_2011": value("retraite_parametres", on="2011-06-30", code="services_actifs_min")
    },
)
def active_services_required(
    de_la_generation: float, quinze_ans_le: date | None, integration_pe: date | None
) -> int:
    """Return the months of active services that one person must have.

    Parameters
    ----------
    de_la_generation : float
        Months of the generation's row.
    quinze_ans_le : date or None
        Day on which she completed 15 years as an instituteur; None: unknown.
    integration_pe : date or None
        Day of her integration into the corps of professeurs des écoles.
    """
    asked = int(de_la_generation)
    if quinze_ans_le is not None:
        by_date = find("services_actifs_min", quinze_ans_le)
        if by_date is not None:
            asked = min(asked, whole("services_actifs_min", quinze_ans_le))
    limit = day_of("active_integration_pe_avant", date.max)
    if integration_pe is not None and integration_pe < limit:
        first = find("services_actifs_min", limit)
        asked = min(asked, int(first.text)) if first else asked
    return asked


def _had_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    del result
    return (("Services exigés acquis le", date_text(np.ravel(given["services"])[0].item())),)


@rule(
    sentence="Le droit de la catégorie active s’ouvre quand l’âge anticipé et les services exigés "
    "sont tous deux acquis, au plus tard à l’âge d’un sédentaire.",
    source="CPCMR L24",
    since="2011-07-01",
    reads=_had_read,
)
def active_opening(anticipe: Dates, services: Dates, sedentaire: Dates) -> Dates:
    """Return the day on which the right opens to people whose active services still run.

    Parameters
    ----------
    anticipe : array of datetime64[D]
        Birthday of the age that the active category opens.
    services : array of datetime64[D]
        Day on which the services that it asks are had.
    sedentaire : array of datetime64[D]
        Birthday of the age that opens the right to everybody.
    """
    opening: Dates = np.minimum(np.maximum(anticipe, services), sedentaire)
    return opening


def option_services_required(effet: date) -> int:
    """Return the months as an instituteur that the option for their age limit asks."""
    return whole("option_limite_age_instituteur_services_min", effet)


@rule(
    sentence="Jusqu’au {jusqu_au:date}, instituteurs et professeurs des écoles restaient en "
    "fonction jusqu’à la fin de l’année scolaire, sauf limite d’âge, invalidité ou départ "
    "anticipé de parent.",
    source="code de l’éducation, art. L921-4",
    since="2011-07-01",
    until="2023-08-31",
    name="depart_premier_degre",
)
def first_degree_departure(
    effet: Dates,
    exempte: npt.ArrayLike,
    day: int,  # noqa: ARG001
) -> Dates:
    """Return the effect date that a teacher of the first degree may obtain.

    Parameters
    ----------
    effet : array of datetime64[D]
        Effect date wanted.
    exempte : array of bool
        Age limit, invalidity, three children.
    day : int
        Axis day of the effect, which picks the wording of the rule.
    """
    years = year_of(effet)
    years = years + (effet.astype("datetime64[M]") > _rentree(years).astype("datetime64[M]"))
    moved: Dates = np.where(np.asarray(exempte, dtype=bool), effet, _rentree(years))
    return moved


@rule(
    sentence="Depuis le {depuis:date}, un enseignant du premier degré part le premier jour de "
    "n’importe quel mois, comme dans le second degré.",
    source="loi 2023-270 (abrogation de L921-4 du code de l’éducation)",
    since="2023-09-01",
    name="depart_premier_degre",
)
def first_degree_departure_2023(
    effet: Dates,
    exempte: npt.ArrayLike,  # noqa: ARG001
    day: int,  # noqa: ARG001
) -> Dates:
    """Return the effect date wanted: same parameters as `first_degree_departure`."""
    return effect_date(effet)


def _rentree(years: Whole) -> Dates:
    return to_dates(years * YEAR + rentree(0))


@rule(
    sentence="La limite d’âge recule de {recul_limite_age_par_enfant:an} par enfant à charge "
    "({recul_limite_age_enfants_max} au plus), ou de {recul_limite_age_3_enfants_a_50_ans:an} "
    "pour {recul_limite_age_enfants_vivants:enfant} vivants à "
    "{recul_limite_age_enfants_vivants_age:an}.",
    source="CGFP L556-2 et L556-3",
    since="2022-03-01",
    reads=_months_read("Recul de la limite d’âge pour enfants"),
    tables=("parametres_pension",),
)
def limit_postponement(
    enfants_a_charge: npt.ArrayLike, trois_a_cinquante: npt.ArrayLike, effet: date
) -> Whole:
    """Return the months by which children postpone the age limit.

    Parameters
    ----------
    enfants_a_charge : array of int
        Children in charge at the age limit.
    trois_a_cinquante : array of bool
        Parent of three living children at 50.
    """
    most = whole("recul_limite_age_enfants_max", effet)
    each = whole("recul_limite_age_par_enfant", effet)
    three = whole("recul_limite_age_3_enfants_a_50_ans", effet)
    by_charge = np.minimum(np.asarray(enfants_a_charge, dtype=np.int64), most) * each
    by_three = np.where(np.asarray(trois_a_cinquante, dtype=bool), three, 0)
    months: Whole = np.maximum(by_charge, by_three)
    return months


@rule(
    sentence="Qui atteint la limite d’âge sans la durée requise peut être prolongé, sur demande, "
    "de {prolongation_carriere_incomplete_max:trimestre} au plus.",
    source="CGFP L556-5",
    since="2022-03-01",
    tables=("parametres_pension",),
)
def last_possible_age(
    limite: npt.ArrayLike, recul: npt.ArrayLike, manquants: npt.ArrayLike, effet: date
) -> Numbers:
    """Return the age that a prolongation for an incomplete career allows, in civil months.

    Parameters
    ----------
    limite, recul : arrays of float
        Age limit and its postponement, in civil months.
    manquants : array of int
        Quarters that miss to reach the required duration.
    """
    most = whole("prolongation_carriere_incomplete_max", effet)
    more = np.clip(np.asarray(manquants, dtype=np.int64), 0, most) * MONTHS_OF_A_QUARTER
    own: Numbers = np.asarray(limite, dtype=np.float64) + np.asarray(recul) + more
    return own


@rule(
    sentence="Un sédentaire peut être maintenu en fonction au-delà de la limite d’âge, sur "
    "autorisation, jusqu’à {maintien_au_dela_limite_age_max:an}.",
    source="loi 2023-270, art. 10",
    since="2023-09-01",
    tables=("retraite_parametres",),
)
def kept_until(effet: date) -> int:
    """Return the age, in civil months, up to which an authorisation may keep somebody."""
    return whole("maintien_au_dela_limite_age_max", effet)
