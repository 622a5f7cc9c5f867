"""The position held on a day, and what it does to the pay: one wording for every screen."""

from __future__ import annotations

from datetime import date, timedelta

from iprof_kit.calculate.et_si.question import PositionActuelle
from iprof_kit.calculate.pay.positions import PaidPosition, paid_position, resumed_on
from iprof_kit.services.contract.dossier import Dossier, PositionTenue
from iprof_kit.services.contract.standing import COMPUTED, position_on, share_on
from iprof_kit.ui.kit.parts import Notice
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, worded

UNCOUNTED = "Votre position change ce qui est payé : ce kit ne le calcule pas."
"""Said in the place of an amount."""
_UNKNOWN_END = ", faute de dernier jour dans votre dossier"
_A_DAY = timedelta(days=1)
_FULL = 100


def pay_day(month: date, today: date) -> date:
    """Return the day on which the pay of a month is read: today in its own month, else the first.

    Every screen reads it, so that a step or a position begun within the month is read by all.
    """
    return today if (month.year, month.month) == (today.year, today.month) else month


def paid_on(dossier: Dossier, day: date) -> PaidPosition | None:
    """Return what the payslip counts in the position held on a day; None without position."""
    position = position_on(dossier.positions, day)
    if position is None:
        return None
    return paid_position(
        position.position, position.motif, position.modalite, position.quotite, dossier.corps
    )


def unpaid_position(dossier: Dossier, day: date) -> str:
    """Return the position in which no service is paid on a day: « disponibilité »; else ""."""
    paid, position = paid_on(dossier, day), position_on(dossier.positions, day)
    if paid is None or position is None or paid.paid != "aucune":
        return ""
    return position.position.lower()


def unpaid_note(dossier: Dossier, day: date) -> str:
    """Return what to say of a day on which no service is paid; "" where one is."""
    position = unpaid_position(dossier, day)
    if not position:
        return ""
    return (
        f"En {text.month(day)}, votre dossier dit : {position}. Aucun service n’est alors payé ; "
        "ce calcul montre ce que donnerait un service complet."
    )


def past_note(dossier: Dossier, day: date) -> str:
    """Return what is supposed of a day after the last position of a file; "" of another."""
    position = position_on(dossier.positions, day)
    if position is None or position.fin is None or position.fin >= day:
        return ""
    return worded(
        "La dernière position de votre dossier s’arrête le {} : elle est supposée continuer.",
        text.dated(position.fin, "position.last"),
    )


def position_changes(dossier: Dossier, month: date) -> str:
    """Return what to say of a month within which another position begins; "" of another."""
    begun = [
        p.debut
        for p in dossier.positions
        if (p.debut.year, p.debut.month) == (month.year, month.month) and p.debut > month
    ]
    if not begun:
        return ""
    return worded(
        "Votre position change le {} : ce calcul ne partage pas le mois.",
        text.dated(begun[-1], "position.begins", f"{month:%Y-%m}"),
    )


def is_uncounted(dossier: Dossier, day: date) -> bool:
    """Tell whether the kit does not count what is paid in the position held on a day."""
    paid = paid_on(dossier, day)
    return paid is not None and paid.paid == "non_calculee"


def resumed_note(dossier: Dossier, today: date) -> str:
    """Return until when the position of today changes the pay; "" where a service is paid."""
    position = position_of_today(dossier, today)
    if position is None:
        return ""
    pays = f"Aucun service n’est payé aujourd’hui ({position.nom})"
    if position.paie == "non_calculee":
        pays = f"Votre paie d’aujourd’hui n’est pas calculée ({position.nom})"
    return worded("{}. {}", pays, resumption(dossier, today))


def resumption(dossier: Dossier, today: date) -> str:
    """Return when a service is supposed resumed, naming no position; "" where one is paid."""
    position = position_of_today(dossier, today)
    if position is None:
        return ""
    return worded(
        f"Une reprise à {share_on(dossier, today)} % est supposée le {{}}{{}}.",
        text.dated(position.fin + _A_DAY, "position.resumed"),
        "" if _ends(dossier, today) else _UNKNOWN_END,
    )


def as_resumed(dossier: Dossier, today: date) -> Dossier:
    """Return the file with the service that is supposed after the position of today.

    Nothing is supposed after one that pays a service, that has no last day, or that the file
    itself follows with another.
    """
    position = position_of_today(dossier, today)
    follows = any(one.debut > today for one in dossier.positions)
    if position is None or follows or not _ends(dossier, today):
        return dossier
    share = share_on(dossier, today)
    service = PositionTenue(
        position="En activité",
        modalite="Temps complet" if share == _FULL else "Temps partiel",
        quotite=share,
        debut=position.fin + _A_DAY,
        source=COMPUTED,
        lu_le=today,
    )
    return dossier.model_copy(update={"positions": (*dossier.positions, service)})


def supposed_note(dossier: Dossier, day: date) -> str:
    """Return what to say of a day on which a service is supposed resumed; "" of another."""
    position = position_on(dossier.positions, day)
    if position is None or position.source != COMPUTED:
        return ""
    return worded(
        f"Une reprise à {position.quotite} % est supposée le {{}}.",
        text.dated(position.debut, "position.resumed"),
    )


def position_notice(dossier: Dossier, today: date) -> Notice | None:
    """Return what every perspective says of a position that changes the pay; None for a service.

    The sentence names no position: what the file says is read on demand.
    """
    paid, position = paid_on(dossier, today), position_on(dossier.positions, today)
    if paid is None or position is None or paid.paid == "service":
        return None
    since = figure(text.day(position.debut), "position.since", position.debut)
    until: str = ", sans dernier jour"
    if position.fin:
        until = worded(
            ", jusqu’au {}", figure(text.day(position.fin), "position.until", position.fin)
        )
    counts = "Aucun service n’est payé aujourd’hui."
    if paid.paid == "non_calculee":
        counts = "Ce qui est payé n’est pas calculé ici."
    return Notice(
        "Votre position change votre paie.",
        counts,
        kind="",
        asks="Ce que dit votre dossier",
        detail=worded(
            "{}, depuis le {}{}. Votre bulletin et votre service gestionnaire disent ce qui est "
            "payé.",
            text.sentence(paid.name).removesuffix("."),
            since,
            until,
        ),
    )


def _ends(dossier: Dossier, today: date) -> bool:
    position = position_on(dossier.positions, today)
    return bool(position and position.fin and position.fin >= today)


def position_of_today(dossier: Dossier, today: date) -> PositionActuelle | None:
    """Return the position of today that changes the pay; None where a service is paid."""
    paid, position = paid_on(dossier, today), position_on(dossier.positions, today)
    if paid is None or position is None or paid.paid == "service":
        return None
    end = position.fin if position.fin and position.fin >= today else None
    last = resumed_on(end, today) - _A_DAY
    name = "position non calculée" if paid.health else paid.name
    return PositionActuelle(nom=name, paie=paid.paid, fin=last)
