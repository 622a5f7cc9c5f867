"""What the file says of the pay of a month: position, quotité, post; and what it does not say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from iprof_kit.calculate.career.by_right import pronounced_on
from iprof_kit.calculate.career.question import Step
from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.calculate.pay import choices as pay_choices
from iprof_kit.calculate.pay.choices import heads_schools
from iprof_kit.calculate.pay.positions import part_time_kind
from iprof_kit.calculate.pay.question import PayQuestion
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.posts import posted_on, taught_at
from iprof_kit.services.contract.standing import heads_school, position_on, share_on
from iprof_kit.ui.own_situation.positions import past_note, pay_day, position_changes, unpaid_note
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import worded

_REP_PLUS, _REP = re.compile(r"\bREP\s?\+"), re.compile(r"\bREP\b")
_BY_RIGHT = ("depart", "echelon", "chevron")


@dataclass(frozen=True)
class PayStart:
    """The file at the first day of a month.

    `coming` is True for a month to come: the position is then the one that seniority alone gives.
    """

    month: date
    today: date
    standing: Standing
    coming: bool
    quotite: int
    part_time: Literal["sur_autorisation", "de_droit"]
    priority: Literal["aucune", "REP", "REP+"]
    head: bool
    territory: str
    before_2018: bool | None
    taught_at: str = ""
    """Where the file says that she teaches."""
    notes: tuple[str, ...] = ()


def pay_start(dossier: Dossier, steps: Sequence[Step], month: date, today: date) -> PayStart:
    """Return what a file with a corps says of the pay of a month.

    Parameters
    ----------
    dossier : Dossier
        With at least one échelon.
    steps : sequence of Step
        Where seniority leads from today's position, oldest first.
    month : date
        First day of the month.
    """
    day = pay_day(month, today)
    standing, notes = _standing(dossier, steps, day, today)
    position = position_on(dossier.positions, day)
    notes += [
        note
        for note in (
            unpaid_note(dossier, day),
            past_note(dossier, day),
            position_changes(dossier, month),
        )
        if note
    ]
    posts = posted_on(dossier, day)
    taught = taught_at(dossier, day)
    posts_in_words = " ".join(
        f"{p.type} {p.etablissement} {p.type_etablissement} {p.fonction}" for p in taught
    )
    return PayStart(
        month=month,
        today=today,
        standing=standing,
        coming=month > today,
        quotite=share_on(dossier, day),
        part_time=part_time_kind(position.modalite if position else ""),
        priority=_network(posts_in_words, standing.corps, month),
        head=any(map(heads_school, posts)),
        territory=pay_choices.territory_of(dossier.departement),
        before_2018=_in_post_before_2018(dossier, month),
        taught_at=" ; ".join(one.etablissement for one in taught),
        notes=tuple(worded("{}", note) for note in notes),
    )


def lacking(start: PayStart, question: PayQuestion) -> str:
    """Return what the file says is paid and the payslip lacks: a direction without classes."""
    if (
        start.head
        and heads_schools(start.standing.corps, start.month)
        and not question.direction_classes
    ):
        return "sans l’indemnité de direction, faute du nombre de classes"
    return ""


def _standing(
    dossier: Dossier, steps: Sequence[Step], read: date, today: date
) -> tuple[Standing, list[str]]:
    """Return the position held on the day that a month is read, and what had to be supposed."""
    standings = [
        (e.date_effet, Standing(e.corps, e.grade, e.echelon, e.chevron)) for e in dossier.echelons
    ]
    if read > today:
        standings += [
            (day, Standing(step.corps, step.grade, step.echelon, step.chevron))
            for step in steps
            if step.nature in _BY_RIGHT and today < (day := pronounced_on(step))
        ]
    past = [place for since, place in standings if since <= read]
    if not past:
        first = text.month(standings[0][0])
        return standings[0][1], [
            f"Votre dossier ne dit pas votre échelon avant {first} : celui de {first} est pris."
        ]
    changing = [
        since
        for since, _ in standings
        if (since.year, since.month) == (read.year, read.month) and since.day > 1
    ]
    notes: list[str] = [
        worded(
            "Votre échelon change le {} : ce calcul ne partage pas le mois.",
            text.dated(since, "echelon.changes", f"{read:%Y-%m}"),
        )
        for since in changing
    ]
    return past[-1], notes


def _network(posts: str, corps: str, month: date) -> Literal["aucune", "REP", "REP+"]:
    """Return the network of a post, where its corps is paid for it."""
    network: Literal["aucune", "REP", "REP+"] = (
        "REP+" if _REP_PLUS.search(posts) else "REP" if _REP.search(posts) else "aucune"
    )
    paid = network != "aucune" and pay_choices.network_paid(network, corps, month)
    return network if paid else "aucune"


def _in_post_before_2018(dossier: Dossier, month: date) -> bool | None:
    """Tell whether the person was paid before the rise of the CSG; None where nothing says it."""
    days = [dossier.entree_corps, dossier.titularisation, *(p.debut for p in dossier.positions)]
    known = [day for day in days if day is not None]
    since = pay_choices.compensated_since(month)
    return min(known) < since if known and since else None
