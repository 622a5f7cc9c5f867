"""The draft of one's CV: saved as one types, never over somebody else's newer writing."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from iprof_kit.base.errors import InputError
from iprof_kit.cv.model import Cv
from iprof_kit.cv.remarks.limits import excesses
from iprof_kit.records import cvs
from iprof_kit.records.repository import Order, Repository
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.contract.cv import EN_ATTENTE, LARGEST_CV, CvEnregistre, EnregistrerCv
from iprof_kit.services.kept import document as kept_document

DRAFTS: Repository[cvs.Cv] = Repository(cvs.Cv, cvs.Cv.numero)
_SHELF = kept_document.Shelf(DRAFTS, "votre CV")
_SHOWN = 5


def save(owner: Owner, wanted: EnregistrerCv, now: datetime) -> CvEnregistre:
    """Save the draft, unless somebody saved since the revision that the writer started from.

    Raises
    ------
    InputError
        It is not a CV, or a larger one than is kept, or one of its texts is too long.
    Unavailable
        The database does not answer; nothing has been written.
    """
    content, digest = _checked(wanted)
    key = order_key(owner, "brouillon", wanted.cle, digest)
    order = Order(key, owner.compte, now, expected_version=wanted.revision)
    saved = _SHELF.save(owner.numero, content, order)
    return CvEnregistre(
        issue="enregistre" if saved.other is None else "conflit",
        revision=saved.revision,
        enregistre_le=saved.saved_at,
        autre=None if saved.other is None else plain(saved.other),
    )


def plain(content: dict[str, Any]) -> dict[str, Any]:
    """Return the CV of a stored draft, without the fields that wait for a choice.

    Examples
    --------
    >>> plain({"faits": {}, "deux_ecritures": [{"ou": ["faits"], "ici": None}]})
    {'faits': {}}
    """
    return {name: one for name, one in content.items() if name != EN_ATTENTE}


def order_key(owner: Owner, what: str, cle: str, more: str = "") -> str:
    """Return the idempotency key of an order about one's CV."""
    return kept_document.order_key("cv", owner, what, cle, more)


def _checked(wanted: EnregistrerCv) -> tuple[dict[str, Any], str]:
    """Return the CV as it is stored, with what waits for a choice, and its digest."""
    try:
        written = Cv.model_validate(wanted.cv)
    except ValidationError as error:
        raise InputError(_wrong(error), remedy="Rechargez la page.") from None
    for excess in excesses(written):
        raise InputError(
            f"{excess.message} Rien n’a été remplacé.", where=excess.where, remedy=excess.remedy
        )
    waiting = [one.model_dump(mode="json") for one in wanted.deux_ecritures]
    text = written.model_dump_json().encode() + (json.dumps(waiting).encode() if waiting else b"")
    if len(text) > LARGEST_CV:
        size = f"{len(text) / 1e6:.1f}".replace(".", ",")
        raise InputError(
            f"votre CV pèse {size} Mo, la limite est de 1 Mo ; rien n’a été remplacé.",
            remedy="Retirez ou réduisez la photo, ou raccourcissez les textes les plus longs.",
        )
    content = written.model_dump(mode="json") | ({EN_ATTENTE: waiting} if waiting else {})
    return content, hashlib.sha256(text).hexdigest()[:32]


def _wrong(error: ValidationError) -> str:
    places = [".".join(map(str, item["loc"])) or "CV" for item in error.errors()]
    more = "…" if len(places) > _SHOWN else ""
    return (
        "ce CV n’a pas la forme attendue et n’a pas été enregistré : "
        f"{', '.join(places[:_SHOWN])[:200]}{more}."
    )
