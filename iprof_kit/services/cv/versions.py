"""The versions of one's CV: what the draft was, under a name, for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from iprof_kit.base.characters import tidy, unfit
from iprof_kit.base.errors import Conflict, InputError, Refused
from iprof_kit.records import cvs
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import Order, Repository
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.contract.cv import (
    LONGEST_NAME,
    CreerVersionCv,
    CvVersion,
    CvVersionLue,
    LireVersionCv,
)
from iprof_kit.services.cv.draft import DRAFTS, order_key, plain

MOST_VERSIONS = 300
_VERSIONS: Repository[cvs.CvVersion] = Repository(cvs.CvVersion, cvs.CvVersion.name)


def create(owner: Owner, wanted: CreerVersionCv, now: datetime) -> CvVersion:
    """Keep the stored draft under a name; the same order sent again gives the same version.

    Raises
    ------
    InputError
        The name is empty, too long, or there is no draft.
    Conflict
        The draft is no longer the one that the person was looking at.
    Refused
        There are as many versions as may be kept.
    """
    title = _title(wanted.nom)
    name = public_name(owner, "version", wanted.cle)

    def change(session: Session, row: cvs.CvVersion) -> None:
        draft = _draft(session, owner, wanted.revision)
        _room(session, draft.id)
        row.cv_id, row.title, row.made_at = draft.id, title, now
        row.revision, row.content = draft.version, plain(draft.content)

    def journal(session: Session) -> None:
        note(session, owner, now, "cv_version_creee", title)

    order = Order(order_key(owner, "version", wanted.cle), owner.compte, now)
    _VERSIONS.store(name, change, order, journal)
    with reading() as session:
        return _plain(own_version(session, owner, name))


def read(owner: Owner, wanted: LireVersionCv, now: datetime) -> CvVersionLue:
    """Return one version of one's own with its content; the reading is noted.

    Raises
    ------
    Refused
        It does not exist, or is somebody else's: nothing tells which.
    """
    with writing() as session:
        row = own_version(session, owner, wanted.id)
        note(session, owner, now, "cv_version_lue")
        return CvVersionLue(version=_plain(row), cv=row.content)


def all_of(session: Session, owner: Owner) -> list[CvVersion]:
    """Return the versions, newest first."""
    query = (
        select(cvs.CvVersion)
        .options(defer(cvs.CvVersion.content))
        .join(cvs.Cv)
        .where(cvs.Cv.numero == owner.numero)
        .order_by(cvs.CvVersion.id.desc())
    )
    rows: Sequence[cvs.CvVersion] = session.scalars(query).all()
    return [_plain(row) for row in rows]


def own_version(session: Session, owner: Owner, name: str) -> cvs.CvVersion:
    """Return the row of one version of one's own, or refuse."""
    query = select(cvs.CvVersion).join(cvs.Cv)
    query = query.where(cvs.CvVersion.name == name, cvs.Cv.numero == owner.numero)
    row = session.scalars(query).one_or_none()
    if row is None:
        raise Refused(
            "cette version n’est pas une version de votre CV.", remedy="Rechargez la page."
        )
    return row


def public_name(owner: Owner, what: str, cle: str) -> str:
    """Return the identifier of what an order makes: the same order makes the same thing."""
    return hashlib.sha256(f"{owner.numero}\0{what}\0{cle}".encode()).hexdigest()[:24]


def note(session: Session, owner: Owner, now: datetime, action: str, detail: str = "") -> None:
    """Add a line about one's own CV to the journal."""
    audit.note(
        session,
        at=now,
        actor=owner.compte,
        action=action,
        subject=subject(owner.numero),
        detail=detail[:200],
    )


def subject(numero: str) -> str:
    """Return the name of a CV in the journal."""
    return f"cv:{numero}"


def one_line(text: Any, longest: int) -> str:
    """Return a text on one line, without characters that command, cut."""
    shown = tidy(text)
    while unseen := unfit(shown):
        shown = shown.replace(unseen, " ")
    return " ".join(shown.split())[:longest]


def _title(given: str) -> str:
    title = one_line(given, LONGEST_NAME + 1)
    if not title:
        raise InputError("la version n’a pas de nom.", remedy="Donnez-lui un nom court.")
    if len(title) > LONGEST_NAME:
        raise InputError(
            f"le nom de la version dépasse {LONGEST_NAME} caractères.", remedy="Abrégez-le."
        )
    return title


def _draft(session: Session, owner: Owner, revision: int) -> cvs.Cv:
    draft = DRAFTS.find(session, owner.numero, lock=True)
    if draft is None:
        raise InputError(
            "aucun brouillon de CV n’est enregistré.", remedy="Saisissez d’abord votre CV."
        )
    if draft.version != revision:
        raise Conflict(
            "votre CV a été enregistré ailleurs entre-temps ; la version n’a pas été créée.",
            remedy="Rechargez la page pour voir le CV actuel, puis recommencez.",
        )
    return draft


def _room(session: Session, cv_id: int) -> None:
    kept = select(func.count()).select_from(cvs.CvVersion).where(cvs.CvVersion.cv_id == cv_id)
    if (session.scalar(kept) or 0) >= MOST_VERSIONS:
        raise Refused(
            f"votre CV a déjà {MOST_VERSIONS} versions, le nombre le plus grand possible.",
            remedy="Rien n’est perdu : le brouillon reste. Prévenez votre assistance.",
        )


def _plain(row: cvs.CvVersion) -> CvVersion:
    return CvVersion(id=row.name, nom=row.title, creee_le=row.made_at, revision=row.revision)
