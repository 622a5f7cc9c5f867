"""Bonifications of services: time spent abroad, technical teachers; their 15 years condition."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import MONTH, Dates
from iprof_kit.law.pension.parameters import Flags, Numbers, day_of, share, whole
from iprof_kit.law.tables.rules import rule

ZONES = ("hors_europe", "hors_zone_origine", "afrique_du_nord")
"""Outside geographic Europe (overseas included), outside the zone of origin, North Africa."""
_CODES = (
    "bonif_depaysement_taux",
    "bonif_depaysement_taux_hors_zone_origine",
    "bonif_depaysement_taux_afrique_nord",
)


@rule(
    sentence="Le service civil rendu hors d’Europe donne une bonification : "
    "{bonif_depaysement_taux:part} de sa durée, {bonif_depaysement_taux_hors_zone_origine:part} "
    "hors de la zone d’origine, {bonif_depaysement_taux_afrique_nord:part} en Afrique du Nord. "
    "Les congés passés hors du territoire sont déduits, et une mission doit durer "
    "{bonif_depaysement_mission_duree_min:mois}.",
    source="CPCMR L12 a, R11, R12 et D9",
    since="1964-12-01",
    tables=("retraite_parametres",),
)
def abroad_days(
    duree: npt.ArrayLike,
    conges: npt.ArrayLike,
    zone: npt.ArrayLike,
    mission: npt.ArrayLike,
    effet: Dates,
) -> Numbers:
    """Return the days of bonification of each stay.

    Parameters
    ----------
    duree, conges : arrays of int
        Days of the stay, days of leave spent out of the territory (360-day year).
    zone : array of int
        Place in `ZONES`.
    mission : array of bool
        A mission, not an assignment.
    """
    if not len(effet):
        return np.zeros(0)
    day = effet.max().astype(object)
    rates = [share(code, day) for code in _CODES]
    top = np.array([rate.numerator for rate in rates])[np.asarray(zone, dtype=np.int64)]
    bottom = np.array([rate.denominator for rate in rates])[np.asarray(zone, dtype=np.int64)]
    stay = np.asarray(duree, dtype=np.float64)
    shortest = whole("bonif_depaysement_mission_duree_min", day) * MONTH
    spent = np.maximum(stay - np.asarray(conges, dtype=np.float64), 0)
    spent = np.where(np.asarray(mission, dtype=bool) & (stay < shortest), 0, spent)
    bonus: Numbers = spent * top / bottom
    return bonus


@rule(
    sentence="Un professeur de l’enseignement technique recruté par le concours externe avant "
    "2011 reçoit en bonification la durée d’activité professionnelle que ce concours exigeait, "
    "{bonif_l12h_max:an} au plus.",
    source="CPCMR L12 h et R25 ; CE 2019-09-25 n° 413850",
    since="1964-12-01",
    tables=("retraite_parametres",),
)
def technical_days(
    exigee: npt.ArrayLike, recrutement: Dates, externe_experience: npt.ArrayLike, effet: Dates
) -> Numbers:
    """Return the days of bonification of a technical teacher.

    Parameters
    ----------
    exigee : array of int
        Months of professional activity that the competition required.
    recrutement : array of datetime64[D]
        NaT: not concerned.
    externe_experience : array of bool
        Admitted to the external competition by professional activity (not by a diploma, not by the
        internal competition).
    """
    day = effet.max().astype(object)
    last = np.datetime64(day_of("bonif_l12h_date_limite_recrutement", day))
    most = whole("bonif_l12h_max", day)
    open_ = (recrutement <= last) & np.asarray(externe_experience, dtype=bool)
    months = np.minimum(np.asarray(exigee, dtype=np.int64), most)
    return np.where(open_, months * MONTH, 0).astype(np.float64)


@rule(
    sentence="Les bonifications de services n’entrent dans la pension qu’après "
    "{bonif_services_duree_min_services_effectifs:an} de services effectifs, ou en cas "
    "d’invalidité.",
    source="CPCMR L12",
    since="2011-01-01",
    tables=("retraite_parametres",),
)
def service_bonuses_open(
    constitution: npt.ArrayLike, invalidite: npt.ArrayLike, effet: Dates
) -> Flags:
    """Tell whose bonifications of services count.

    Parameters
    ----------
    constitution : array of int
        Days of effective services.
    """
    day = effet.max().astype(object)
    needed = whole("bonif_services_duree_min_services_effectifs", day) * MONTH
    opened: Flags = (np.asarray(constitution) >= needed) | np.asarray(invalidite, dtype=bool)
    return opened
