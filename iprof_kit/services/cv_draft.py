"""The draft of one's CV: saved as one types, never over somebody else's newer writing."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from iprof_kit.base.errors import Conflict, InputError, Unavailable
from iprof_kit.base.typography import french
from iprof_kit.cv.model import Cv
from iprof_kit.records import cvs
from iprof_kit.records.database import reading
from iprof_kit.records.repository import Order, Repository
from iprof_kit.services.contract import LARGEST_CV, CvEnregistre, EnregistrerCv
from iprof_kit.services.own_file import Owner

DRAFTS: Repository[cvs.Cv] = Repository(cvs.Cv, cvs.Cv.numero)
_SHOWN = 5


def save(owner: Owner, wanted: EnregistrerCv, now: datetime) -> CvEnregistre:
    """Save the draft, unless somebody saved since the revision that the writer started from.

    What is already stored is not written again, and a conflict writes nothing.

    Raises
    ------
    InputError
        It is not a CV, or a larger one than is kept.
    Unavailable
        The database does not answer; nothing has been written.
    """
    content, digest = _checked(wanted.cv)
    stored = _stored(owner)
    if stored is not None and stored.autre == content:
        return stored.model_copy(update={"autre": None, "issue": "enregistre"})

    def change(_session: Session, row: cvs.Cv) -> None:
        row.saved_at, row.content = now, content

    # Where nothing is stored (a database begun anew) there is nothing to write over.
    started_from = 0 if stored is None else wanted.revision
    key = order_key(owner, "brouillon", wanted.cle, digest)
    order = Order(key, owner.compte, now, expected_version=started_from)
    try:
        receipt = DRAFTS.store(owner.numero, change, order)
    except Conflict:
        return _conflict(owner, started_from)
    return CvEnregistre(issue="enregistre", revision=receipt.version, enregistre_le=receipt.at)


def order_key(owner: Owner, what: str, cle: str, more: str = "") -> str:
    """Return the idempotency key of an order: the person's own, whatever `cle` others use."""
    return f"cv:{owner.numero}:{what}:{cle}:{more}"[:150]


def _conflict(owner: Owner, started_from: int) -> CvEnregistre:
    stored = _stored(owner)
    if stored is None:
        raise Unavailable(
            "votre dossier n’est pas dans cette base.", remedy="Prévenez votre assistance."
        )
    if stored.revision == started_from:
        raise Conflict("votre CV était occupé.", remedy="Rien n’est perdu\u00a0: réessayez.")
    return stored


def _stored(owner: Owner) -> CvEnregistre | None:
    with reading() as session:
        row = DRAFTS.find(session, owner.numero)
        if row is None:
            return None
        return CvEnregistre(
            issue="conflit", revision=row.version, enregistre_le=row.saved_at, autre=row.content
        )


def _checked(given: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Return the CV as it is stored, and its digest."""
    try:
        written = Cv.model_validate(given)
    except ValidationError as error:
        raise InputError(french(_wrong(error)), remedy="Rechargez la page.") from None
    text = written.model_dump_json().encode()
    if len(text) > LARGEST_CV:
        size = f"{len(text) / 1e6:.1f}".replace(".", ",")
        raise InputError(
            french(f"votre CV pèse {size} Mo, la limite est de 1 Mo ; rien n’a été remplacé."),
            remedy="Retirez ou réduisez la photo, ou raccourcissez les textes les plus longs.",
        )
    return written.model_dump(mode="json"), hashlib.sha256(text).hexdigest()[:32]


def _wrong(error: ValidationError) -> str:
    places = [".".join(map(str, item["loc"])) or "CV" for item in error.errors()]
    more = "…" if len(places) > _SHOWN else ""
    return (
        "ce CV n’a pas la forme attendue et n’a pas été enregistré : "
        f"{', '.join(places[:_SHOWN])[:200]}{more}."
    )
