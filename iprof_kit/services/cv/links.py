"""The links to one's CV: made with an end, shown once, counted, revoked at any moment."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records import cvs
from iprof_kit.records.database import reading, writing
from iprof_kit.records.repository import Order, Repository, remove
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.access.sessions import token_hash
from iprof_kit.services.access.signing import sign
from iprof_kit.services.contract.cv import (
    LONGEST_LINK_DAYS,
    ApercuLienCv,
    CreerLienCv,
    CvApercu,
    CvLien,
    RevoquerLienCv,
)
from iprof_kit.services.cv.draft import order_key
from iprof_kit.services.cv.pages import SharedVersion, check_target, title_of
from iprof_kit.services.cv.shared_pages import SHARED_PAGES
from iprof_kit.services.cv.versions import note, one_line, own_version, public_name
from iprof_kit.services.workers.later import Later

PURPOSE = "cv"
LINK = "/cv/lien"
"""The page where a link leads; its secret follows « # », which no server's log holds."""
MOST_LIVE = 50
FORGOTTEN_AFTER = timedelta(days=365)
"""After its end, a link is still listed for a year."""
_LINKS: Repository[cvs.CvLink] = Repository(cvs.CvLink, cvs.CvLink.name)
_LONGEST_TITLE = 200


def create(owner: Owner, wanted: CreerLienCv, now: datetime) -> CvLien:
    """Make a link to one target of one version, for some days.

    The address is signed with its end, and holds 256 random bits of which only a hash is kept:
    the same order sent again gives the same link without its address.

    Raises
    ------
    InputError
        The number of days is not from 1 to 365.
    Refused
        The version or the target is not one's own, or too many links work already.
    """
    if not 1 <= wanted.jours <= LONGEST_LINK_DAYS:
        raise InputError(
            f"la durée du lien est de 1 à {LONGEST_LINK_DAYS} jours.", remedy="Corrigez la durée."
        )
    until = now + timedelta(days=wanted.jours)
    token = sign(PURPOSE, secrets.token_urlsafe(32), until)
    name = public_name(owner, "lien", wanted.cle)

    def change(session: Session, row: cvs.CvLink) -> None:
        version = own_version(session, owner, wanted.version_id)
        title = title_of(version.content, wanted.cible_id)
        _room(session, owner, now)
        row.cv_version_id, row.target, row.contact = version.id, wanted.cible_id, wanted.coordonnees
        row.target_title = one_line(title, _LONGEST_TITLE)
        row.token_hash, row.readings = token_hash(token), 0
        row.made_at, row.expires_at = now, until

    def journal(session: Session) -> None:
        note(session, owner, now, "cv_lien_cree", name)

    order = Order(order_key(owner, "lien", wanted.cle), owner.compte, now)
    receipt = _LINKS.store(name, change, order, journal)
    made = _read(owner, name)
    return made if receipt.repeated else made.model_copy(update={"adresse": f"{LINK}#{token}"})


def revoke(owner: Owner, wanted: RevoquerLienCv, now: datetime) -> CvLien:
    """End one link of one's own at once; doing it again changes nothing.

    Raises
    ------
    Refused
        It does not exist, or is somebody else's.
    """
    name = wanted.id
    if _read(owner, name).revoque_le is not None:
        return _read(owner, name)

    def change(_session: Session, row: cvs.CvLink) -> None:
        row.revoked_at = now

    def journal(session: Session) -> None:
        note(session, owner, now, "cv_lien_revoque", name)

    order = Order(order_key(owner, "revocation", name), owner.compte, now)
    _LINKS.store(name, change, order, journal)
    SHARED_PAGES.forget(owner.numero)
    return _read(owner, name)


def preview(owner: Owner, wanted: ApercuLienCv, now: datetime) -> Later[CvApercu]:
    """Return, once they are set, the pages that a reader of such a link would see; it is noted.

    Raises
    ------
    Refused
        The version or the target is not one's own.
    TooHeavy
        They take more time than pages may.
    Unavailable
        Too many pages are being made.
    """
    with writing() as session:
        version = own_version(session, owner, wanted.version_id)
        check_target(version.content, wanted.cible_id)
        note(session, owner, now, "cv_apercu_lu")
        seen = SharedVersion(
            person=owner.numero,
            version=version.name,
            content=version.content,
            made_at=version.made_at,
            target=wanted.cible_id,
            contact=wanted.coordonnees,
        )
    return Later(
        seen.ask("pages"),
        lambda made: CvApercu(pages=[page.decode() for page in made.result().parts]),
    )


def all_of(session: Session, owner: Owner) -> list[CvLien]:
    """Return the links, newest first."""
    rows = session.execute(_own(owner).order_by(cvs.CvLink.id.desc())).all()
    return [_plain(link, version) for link, version in rows]


def _read(owner: Owner, name: str) -> CvLien:
    with reading() as session:
        row = session.execute(_own(owner).where(cvs.CvLink.name == name)).one_or_none()
        if row is None:
            raise Refused("ce lien n’est pas un lien de votre CV.", remedy="Rechargez la page.")
        return _plain(*row)


def _own(owner: Owner) -> Select[cvs.CvLink, str]:
    return (
        select(cvs.CvLink, cvs.CvVersion.name)
        .join(cvs.CvVersion, cvs.CvLink.cv_version_id == cvs.CvVersion.id)
        .join(cvs.Cv, cvs.CvVersion.cv_id == cvs.Cv.id)
        .where(cvs.Cv.numero == owner.numero)
    )


def _room(session: Session, owner: Owner, now: datetime) -> None:
    own_versions = select(cvs.CvVersion.id).join(cvs.Cv).where(cvs.Cv.numero == owner.numero)
    own = cvs.CvLink.cv_version_id.in_(own_versions)
    old = now - FORGOTTEN_AFTER
    ended = or_(cvs.CvLink.expires_at < old, cvs.CvLink.revoked_at < old)
    remove(session, cvs.CvLink.name, own, ended)
    live = (own, cvs.CvLink.revoked_at.is_(None), cvs.CvLink.expires_at > now)
    if (
        session.scalar(select(func.count()).select_from(cvs.CvLink).where(*live)) or 0
    ) >= MOST_LIVE:
        raise Refused(
            f"{MOST_LIVE} liens vers votre CV fonctionnent déjà, le nombre le plus grand possible.",
            remedy="Révoquez un lien qui ne sert plus, puis recommencez.",
        )


def _plain(link: cvs.CvLink, version: str) -> CvLien:
    return CvLien(
        id=link.name,
        version_id=version,
        cible_id=link.target,
        cible_titre=link.target_title,
        coordonnees=link.contact,
        cree_le=link.made_at,
        expire_le=link.expires_at,
        revoque_le=link.revoked_at,
        lectures=link.readings,
    )
