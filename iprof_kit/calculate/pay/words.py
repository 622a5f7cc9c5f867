"""What a payslip says of months of payment, and of what it lacks."""

from __future__ import annotations

from collections.abc import Sequence

from iprof_kit.base.calendar import MONTHS
from iprof_kit.calculate.pay.question import PaySituation


def months_text(months: Sequence[int]) -> str:
    """Return « en janvier », « en novembre et février », « d’octobre à juin »."""
    names = [MONTHS[month - 1] for month in months]
    following = [month % 12 + 1 for month in months]
    if len(months) > 2 and list(months[1:]) == following[:-1]:
        return f"{'d’' if names[0][0] in 'ao' else 'de '}{names[0]} à {names[-1]}"
    listed = filter(None, (", ".join(names[:-1]), *names[-1:]))
    return f"en {' et '.join(listed)}" if names else ""


def missing_for_compensation(who: PaySituation) -> str:
    """Return what the indemnité compensatrice of the CSG lacks, "" where nothing does."""
    if who.nomme_avant_2018 is None:
        return "faute de savoir si la nomination est d’avant 2018"
    if who.nomme_avant_2018:
        if who.brut_2017 is None:
            return "faute de votre brut de 2017"
        return "faute de votre contribution de solidarité de 2017" if who.ces_2017 is None else ""
    return "faute du brut de votre premier mois complet" if who.brut_premier_mois is None else ""
