"""What the payslip of the kit counts in a position: a service, nothing, or it does not know."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from iprof_kit.base.calendar import add_months_civil
from iprof_kit.base.errors import KitError
from iprof_kit.base.words import NBSP, folded, number_text
from iprof_kit.law.career.positions import UNKNOWN, label, position_code, position_name
from iprof_kit.law.career.traitement import FULL_TIME, paid_fraction
from iprof_kit.law.payroll.sick_leave import MATERNITY
from iprof_kit.law.payroll.tables import kept_whole

ABSENT, NOT_KNOWN = "absente, congé", "position inconnue"
"""What others than the person, and whoever follows her file, read of a leave of health, and of a
position that the tables do not know: its word might say one."""
Paid = Literal["service", "aucune", "non_calculee"]
_SERVICE = frozenset({"activite", "temps_partiel", "mise_a_disposition"})
_UNPAID = frozenset(
    {
        "conge_parental",
        "disponibilite",
        "disponibilite_enfant",
        "disponibilite_activite",
        "radiation",
    }
)
_HEALTH = re.compile(
    r"maladi|longue duree|therapeuti|citis|imputable|accident|invalid|maternit|grossesse|"
    r"sante|\bc[lg]?m[o]?\b|\bcld\b|\btpt\b|patholog|reclassement pour inaptitude|prenatal"
)
"""What names a leave or a service of health, however it is written."""
_MATERNITY = re.compile("maternit")
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class PaidPosition:
    """A position and what the kit counts of its pay.

    Attributes
    ----------
    paid : str
        « service »: a service, at its quotité; « aucune »: nothing; « non_calculee »: the kit does
        not count it, and never shows a full pay in its place.
    name : str
        As the law calls it, or as it is written where the tables do not know it.
    health : bool
        Whether its nature says something of her health: for herself alone.
    """

    paid: Paid
    name: str
    health: bool = False


def part_time_kind(modalite: str) -> Literal["sur_autorisation", "de_droit"]:
    """Return the kind of part-time of a service, as an administration writes it.

    Examples
    --------
    >>> part_time_kind("Temps partiel de droit"), part_time_kind("Temps complet")
    ('de_droit', 'sur_autorisation')
    """
    return "de_droit" if "droit" in modalite.lower() else "sur_autorisation"


def is_of_health(modalite: str) -> bool:
    """Tell whether a service is of health, however it is written.

    Examples
    --------
    >>> is_of_health("Temps partiel thérapeutique"), is_of_health("Temps partiel de droit")
    (True, False)
    """
    return bool(_HEALTH.search(folded(modalite)))


def payable_share(quotite: float | None, modalite: str, corps: str | None) -> int | None:
    """Return the per cent at which a service is paid; None where the law pays no such quotité.

    A file may hold one that no table of the part-times knows: it then stops no other answer.

    Examples
    --------
    >>> payable_share(80, "Temps partiel", "certifie")
    80
    >>> payable_share(97, "Temps partiel", "certifie") is None
    True
    """
    try:
        paid_fraction(quotite or FULL_TIME, part_time_kind(modalite), corps)
    except KitError:
        return None
    return int(quotite or FULL_TIME)


def paid_position(
    position: str,
    motif: str | None,
    modalite: str,
    quotite: float | None,
    corps: str | None = None,
) -> PaidPosition:
    """Return what the payslip counts in a position, as an administration writes it.

    Parameters
    ----------
    position, motif, modalite : str
        As the file says them.
    quotite : float or None
        Per cent of a service; 0 where none is done.
    corps : str or None
        Whose part-times are read; without it, any quotité is taken for one that is paid.

    Examples
    --------
    >>> paid_position("Congé parental", None, "Aucun service", 0)
    PaidPosition(paid='aucune', name='congé parental', health=False)
    >>> paid_position("En activité", None, "Temps partiel thérapeutique", 50).paid
    'non_calculee'
    """
    code = position_code(position, motif)
    name = label(code) if code != UNKNOWN else " ".join(position.lower().split())
    if _is_paid_whole(f"{position} {motif or ''}", modalite, quotite):
        return PaidPosition("service", _of_health(name, motif, modalite), health=True)
    if _HEALTH.search(folded(f"{position} {motif or ''} {modalite}")):
        return PaidPosition("non_calculee", _of_health(name, motif, modalite), health=True)
    known = position_name(code) if code != UNKNOWN else ""
    if known in _UNPAID:
        return PaidPosition("aucune", name)
    if known not in _SERVICE:
        return PaidPosition("non_calculee", name)
    if quotite and corps and payable_share(quotite, modalite, corps) is None:
        return PaidPosition("non_calculee", f"{name} à {number_text(quotite)}{NBSP}%")
    return PaidPosition("service" if quotite else "aucune", name)


def without_nature(position: str, motif: str | None = None) -> str:
    """Return a position as others than the person read it: a leave of health has no nature.

    Only a position that the tables know keeps its word: another might name an illness.

    Examples
    --------
    >>> without_nature("Congé de longue maladie"), without_nature("Congé parental")
    ('absente, congé', 'Congé parental')
    >>> without_nature("ALD 30"), without_nature("")
    ('position inconnue', '')
    """
    if not position.strip() or position in (ABSENT, NOT_KNOWN):
        return position
    if paid_position(position, motif, "", None).health:
        return ABSENT
    return position if position_code(position, motif) != UNKNOWN else NOT_KNOWN


def _is_paid_whole(written: str, modalite: str, quotite: float | None) -> bool:
    """Tell whether a leave keeps the pay whole; that of a part-time service is not calculated."""
    leave = _MATERNITY.search(folded(written)) and not is_of_health(modalite)
    return bool(leave) and quotite == FULL_TIME and kept_whole(MATERNITY)


def resumed_on(end: date | None, today: date) -> date:
    """Return the day on which a service is resumed: the one after the last day of a position.

    A position without last day is supposed to end with the month.

    Examples
    --------
    >>> resumed_on(date(2027, 4, 30), date(2026, 12, 1)), resumed_on(None, date(2026, 12, 9))
    (datetime.date(2027, 5, 1), datetime.date(2027, 1, 1))
    """
    if end is not None:
        return end + _A_DAY
    return add_months_civil(today.replace(day=1), 1)


def _of_health(name: str, motif: str | None, modalite: str) -> str:
    """Return what says the leave or the service, as the file writes it, for the person herself."""
    written = (name, motif or "", modalite)
    health = next((words for words in written if _HEALTH.search(folded(words))), name)
    return " ".join(health.lower().split())
