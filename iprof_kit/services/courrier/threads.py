"""The list of one's threads: a view of them, what is searched in it, how many each view holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from iprof_kit.base.words import folded
from iprof_kit.records.cases import Case
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.services.access.own_file import Owner, absent_file
from iprof_kit.services.cases.correspondent import own_service
from iprof_kit.services.cases.life import CLOSED, KIT, OWNER, SERVICE, states, waiting_for
from iprof_kit.services.cases.search import containing
from iprof_kit.services.contract.addressed import addressed
from iprof_kit.services.contract.courrier import ON_A_PAGE, Comptes, CourrierLu, LireCourrier, Vue
from iprof_kit.services.contract.facts import data_of
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.courrier.lines import lines
from iprof_kit.services.dossier.storing import find_dossier
from iprof_kit.services.reports.files import NEW_PLACE, waiting

COUNTED_AT_ONCE = 1_000
"""Threads that a search may find before it stops reading them in their order."""


def read(owner: Owner, wanted: LireCourrier, now: datetime) -> CourrierLu:
    """Return a page of one's threads, those that wait for her first, then the newest first."""
    with writing() as session:
        dossier = find_dossier(session, owner.numero)
        if dossier is None:
            raise absent_file()
        service = own_service(session, owner, now)
        counts_now = _counts(session, owner.numero)
        ids, count = _chosen(session, owner.numero, wanted, counts_now)
        page = _page(session, ids)
        audit.note(
            session,
            at=now,
            actor=owner.compte,
            action="courrier_lu",
            subject=f"dossier:{owner.numero}",
        )
        return CourrierLu(
            fils=lines(session, page, service.delai_jours),
            trouves=count,
            comptes=counts_now,
            correspondant=service,
            donnees=data_of(addressed(dossier)),
            en_attente=waiting(session, owner.numero, NEW_PLACE),
        )


def counts(owner: Owner, _wanted: NoArguments, _now: datetime) -> Comptes:
    """Return how many threads each view holds: numbers alone, for a menu."""
    with reading() as session:
        return _counts(session, owner.numero)


def news(session: Session, numero: str) -> tuple[int, int]:
    """Return how many threads their owner has not seen to the end, and how many wait for her."""
    unseen = func.sum(case((Case.unseen_by_owner > 0, 1), else_=0))
    hers = func.sum(case((Case.state.in_(waiting_for(OWNER)), 1), else_=0))
    row = session.execute(select(unseen, hers).where(Case.numero == numero)).one()
    return row[0] or 0, row[1] or 0


def _counts(session: Session, numero: str) -> Comptes:
    new = func.sum(case((Case.unseen_by_owner > 0, 1), else_=0))
    query = select(Case.state, Case.kind, func.count(), new).where(Case.numero == numero)
    number = {"nouveaux": 0, "tous": 0, "vous": 0, "service": 0, "kit": 0, "clos": 0}
    views = {state: view for view, of in _STATES.items() for state in of}
    for state, kind, count, unseen in session.execute(query.group_by(Case.state, Case.kind)):
        number["tous"] += count
        number["nouveaux"] += unseen
        view = "kit" if kind == KIT else views.get(state)
        if view:
            number[view] += count
    return Comptes(**number)


def _chosen(
    session: Session, numero: str, wanted: LireCourrier, counts: Comptes
) -> tuple[list[int], int]:
    """Return the keys of a page of the threads asked for, and how many there are in all.

    Those that wait for her are few, and come first; the others are read newest first from an index
    that holds all that is asked of them, as far as the page goes. Where words are sought, texts
    are read once, unless so many contain them that the count is another reading.
    """
    chosen = [Case.numero == numero, *_view(wanted.vue)]
    query = select(Case.id).order_by(Case.last_at.desc(), Case.id.desc())
    hers, start = waiting_for(OWNER), wanted.page * ON_A_PAGE
    if folded(wanted.cherche):
        chosen += containing(session, wanted.cherche)
    query = query.where(*chosen)
    first = list(session.scalars(query.where(Case.state.in_(hers))))
    others = query.where(Case.state.not_in(hers))
    if folded(wanted.cherche):
        fit = first + list(session.scalars(others.limit(start + COUNTED_AT_ONCE)))
        whole = select(func.count(Case.id)).where(*chosen)
        many = len(fit) - len(first) == start + COUNTED_AT_ONCE
        count = session.scalar(whole) or 0 if many else len(fit)
        return fit[start : start + ON_A_PAGE], count
    ids = first[start : start + ON_A_PAGE]
    if room := ON_A_PAGE - len(ids):
        ids += session.scalars(others.offset(max(0, start - len(first))).limit(room))
    return ids, getattr(counts, wanted.vue)


def _page(session: Session, ids: Sequence[int]) -> list[Case]:
    rows = {row.id: row for row in session.scalars(select(Case).where(Case.id.in_(ids)))}
    return [rows[one] for one in ids]


def _view(view: Vue) -> list[ColumnElement[bool]]:
    if view == "tous":
        return []
    if view == "kit":
        return [Case.kind == KIT]
    others = states().keys() - _STATES[view]  # said so, no engine sorts by state what is dated
    return [Case.kind != KIT, Case.state.not_in(others)]


_STATES: dict[str, frozenset[str]] = {
    "vous": waiting_for(OWNER),
    "service": waiting_for(SERVICE),
    "clos": frozenset({CLOSED}),
}
"""Which states each view of exchanges holds; those where nobody is awaited are in « tous »."""
