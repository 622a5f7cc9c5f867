"""The carnet: one small document for each subject, kept for the person who writes it."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from iprof_kit.base.characters import name_of, unfit
from iprof_kit.base.errors import InputError
from iprof_kit.records import carnets
from iprof_kit.records.database import writing
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import Order, Repository
from iprof_kit.services.access.own_file import Owner, absent_file
from iprof_kit.services.contract.carnet import (
    LARGEST_CARNET,
    CarnetEnregistre,
    CarnetLu,
    EnregistrerCarnet,
    LireCarnet,
    holds_sensitive,
)
from iprof_kit.services.dossier.storing import AGENTS
from iprof_kit.services.kept.document import Shelf, order_key

_SHELF = Shelf(Repository(carnets.Carnet, carnets.Carnet.name), "votre carnet")


def read(owner: Owner, wanted: LireCarnet, now: datetime) -> CarnetLu:
    """Return the document of one subject; the reading is noted.

    Raises
    ------
    Unavailable
        The database does not answer, or the person's file is not in it.
    """
    with writing() as session:
        if not AGENTS.exists(session, owner.numero):
            raise absent_file()
        _note(session, owner, wanted, now)
        kept = _SHELF.find(session, _name(owner, wanted.sujet))
    if kept is None:
        return CarnetLu(sujet=wanted.sujet, contenu=None, revision=0)
    return CarnetLu(
        sujet=wanted.sujet,
        contenu=kept.content,
        revision=kept.revision,
        enregistre_le=kept.saved_at,
    )


def save(owner: Owner, wanted: EnregistrerCarnet, now: datetime) -> CarnetEnregistre:
    """Save the document of one subject, unless somebody saved since the writer's revision.

    Raises
    ------
    InputError
        It is too long, or no plain JSON.
    Unavailable
        The database does not answer; nothing has been written.
    """
    digest = _checked(wanted.contenu)
    key = order_key("carnet", owner, wanted.sujet, wanted.cle, digest)
    order = Order(key, owner.compte, now, expected_version=wanted.revision)

    def begin(row: carnets.Carnet) -> None:
        row.numero, row.subject = owner.numero, wanted.sujet

    saved = _SHELF.save(_name(owner, wanted.sujet), wanted.contenu, order, begin)
    return CarnetEnregistre(
        issue="enregistre" if saved.other is None else "conflit",
        revision=saved.revision,
        enregistre_le=saved.saved_at,
        autre=saved.other,
    )


def _name(owner: Owner, sujet: str) -> str:
    return f"{owner.numero}:{sujet}"


def _note(session: Session, owner: Owner, wanted: LireCarnet, now: datetime) -> None:
    audit.note(
        session,
        at=now,
        actor=owner.compte,
        action="carnet_lu",
        subject=f"carnet:{_name(owner, wanted.sujet)}",
    )


def _checked(content: dict[str, Any]) -> str:
    """Return the digest of a document that may be kept."""
    if holds_sensitive(content):
        raise InputError(
            "ce qui touche à votre santé ou à une grève n’est jamais enregistré.",
            remedy="Rechargez la page. Le reste de votre saisie est gardé.",
        )
    try:
        text = json.dumps(content, ensure_ascii=False, allow_nan=False, sort_keys=True)
        written = text.encode()
    except (TypeError, ValueError, RecursionError):
        raise InputError(
            "ce carnet n’a pas la forme attendue et n’a pas été enregistré.",
            remedy="Rechargez la page.",
        ) from None
    if len(written) > LARGEST_CARNET:
        size = f"{len(written) / 1000:.0f}"
        limit = f"{LARGEST_CARNET / 1000:.0f}"
        raise InputError(
            (f"votre carnet pèse {size} ko, la limite est de {limit} ko ; rien n’a été remplacé."),
            remedy="Retirez ce dont vous n’avez plus besoin.",
        )
    if unseen := unfit(_texts(content), lines=True):
        raise InputError(
            f"votre carnet contient {name_of(unseen)} et n’a pas été enregistré.",
            remedy="Effacez le dernier texte saisi, puis tapez-le au clavier.",
        )
    return hashlib.sha256(written).hexdigest()[:32]


def _texts(part: Any) -> str:
    """Return every text of a document, one a line."""
    if isinstance(part, dict):
        return "\n".join(f"{key}\n{_texts(value)}" for key, value in part.items())
    if isinstance(part, list):
        return "\n".join(map(_texts, part))
    return part if isinstance(part, str) else ""
