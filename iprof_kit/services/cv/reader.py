"""What the holder of a link reads: one CV, and nothing else of the person; each reading noted."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import select, update

from iprof_kit.records import cvs
from iprof_kit.records.database import writing
from iprof_kit.records.journal import audit
from iprof_kit.services.access.sessions import token_hash
from iprof_kit.services.access.signing import signed_text
from iprof_kit.services.cv.links import PURPOSE
from iprof_kit.services.cv.pages import SharedVersion
from iprof_kit.services.cv.versions import subject

Action = Literal["cv_lien_lu", "cv_lien_telecharge"]


def open_link(
    token: str, now: datetime, address: str, action: Action = "cv_lien_lu"
) -> SharedVersion | None:
    """Return what a link shows, or None: unknown, revoked or expired, nothing tells which.

    An address that this installation did not sign, or whose end is past, opens no transaction.

    Parameters
    ----------
    token : str
        The secret part of the address.
    now : datetime
        Aware.
    address : str
        Address of the reader, for the journal.
    action : str
        « cv_lien_lu » counts as one reading of the link; a download does not.

    Raises
    ------
    Unavailable
        The database does not answer: what cannot be noted is not read.
    """
    if signed_text(PURPOSE, token, now) is None:
        return None
    usable = (
        cvs.CvLink.token_hash == token_hash(token),
        cvs.CvLink.revoked_at.is_(None),
        cvs.CvLink.expires_at > now,
    )
    query = (
        select(cvs.CvLink, cvs.CvVersion, cvs.Cv.numero)
        .join(cvs.CvVersion, cvs.CvLink.cv_version_id == cvs.CvVersion.id)
        .join(cvs.Cv, cvs.CvVersion.cv_id == cvs.Cv.id)
    )
    with writing() as session:
        row = session.execute(query.where(*usable)).one_or_none()
        if row is None:
            return None
        link, version, numero = row
        if action == "cv_lien_lu":
            more = update(cvs.CvLink).where(cvs.CvLink.id == link.id)
            session.execute(more.values(readings=cvs.CvLink.readings + 1))
        audit.note(
            session,
            at=now,
            actor=f"lien:{link.name}",
            action=action,
            subject=subject(numero),
            address=address[:45],
        )
        return SharedVersion(
            person=numero,
            version=version.name,
            content=version.content,
            made_at=version.made_at,
            target=link.target,
            contact=link.contact,
        )
