"""The papers of a message or report: received slice by slice, checked when whole, kept as sent."""

from __future__ import annotations

import base64
import binascii
import hashlib
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, undefer

from iprof_kit.base.errors import InputError, Refused, Unavailable
from iprof_kit.records.cases import Paper, PaperSlice
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.cases.acting import CASES
from iprof_kit.services.cases.life import OWNER, acts_open
from iprof_kit.services.contract.own_file import (
    LARGEST_PIECE,
    MOST_PIECES,
    DeposerPiece,
    ErreurChamp,
    Piece,
    PieceDeposee,
    PiecesLues,
    RetirerPiece,
)
from iprof_kit.services.cv.versions import public_name
from iprof_kit.services.reports.antivirus import refuse_infected
from iprof_kit.services.reports.piece_checks import clean_name, media_type_of, too_large
from iprof_kit.services.workers.later import Later
from iprof_kit.services.workers.opening import OPENING

MOST_WAITING = 10
"""Papers of one person that may wait for one message, draft or report."""
MOST_WAITING_ANYWHERE = 30
REPORT_PLACE, NEW_PLACE, CAMPAIGN_PLACE = "signalement", "nouveau", "campagne"
"""What a paper may be received for, besides a thread of one's own, by its name."""
FIELD = "pieces"
WITH_PAPERS = frozenset({"envoyer", "envoyer_piece", "completer", "rouvrir"})
"""What the owner of a thread may do with papers joined."""


@dataclass(frozen=True)
class StoredFile:
    """A paper as it came, to be given back."""

    name: str
    media_type: str
    content: bytes


def receive(
    owner: Owner, wanted: DeposerPiece, now: datetime
) -> PieceDeposee | Later[PieceDeposee]:
    """Keep one slice; after the last one, have the whole opened: what is refused is not kept.

    A slice sent again is received once. Slices come in order. A whole paper whose check was not
    awaited to its end is checked again when its last slice comes again.
    """
    name = public_name(owner, "piece", f"{wanted.pour}\0{wanted.cle}")
    last = wanted.part == wanted.parts - 1
    try:
        size, received, done = _received(owner, name)
        if done is not None:
            return PieceDeposee(recues=received, piece=done)
        if wanted.part > received:
            raise InputError(
                "Une partie de ce fichier n’est pas arrivée.", remedy="Choisissez-le de nouveau."
            )
        if wanted.part == received:
            content = _decoded(wanted.contenu)
            if size + len(content) > LARGEST_PIECE:
                raise InputError(
                    too_large(size + len(content)),
                    remedy="Réduisez-le, ou découpez-le en plusieurs pièces.",
                )
            one = _Slice(clean_name(wanted.nom), wanted.pour, wanted.part, content)
            _keep(owner, name, one, now)
        elif not last:
            return PieceDeposee(recues=min(received, wanted.parts - 1))
    except InputError as error:
        return _not_kept(owner, name, error)
    if not last:
        return PieceDeposee(recues=wanted.part + 1)
    looked = OPENING.submit(owner.numero, name, partial(_looked_at, owner, name))
    return Later(looked, partial(_concluded, owner, name, now), _still_looked_at())


def _looked_at(owner: Owner, name: str) -> _Known:
    """Return what a whole paper is; done in its turn, without a transaction."""
    with reading() as session:
        row = _own(session, owner, name)
        if row is None:
            raise _gone()
        content, file_name = _whole(session, row), row.file_name
    digest = hashlib.sha256(content).hexdigest()
    try:
        kind = media_type_of(content, file_name)
        refuse_infected(content)
    except InputError as refused:
        return _Known(digest, refused=refused)
    return _Known(digest, kind)


def _concluded(owner: Owner, name: str, now: datetime, looked: Future[_Known]) -> PieceDeposee:
    """Keep a paper that may be joined, forget one that is refused."""
    OPENING.forget(name)
    try:
        known = looked.result()
        if known.refused is not None:
            raise known.refused
        with reading() as session:
            there = _own(session, owner, name)
            version, content = (there.version, _whole(session, there)) if there else (0, b"")
        same = hashlib.sha256(content).hexdigest() == known.digest
        with writing() as session:
            row = _own(session, owner, name, lock=True)
            if row is None or (row.media_type is None and not (same and row.version == version)):
                raise _gone()
            if row.media_type is None:  # else it was sent twice at once
                row.version += 1
                row.media_type, row.digest = known.media_type, known.digest
                row.content = content
                session.execute(delete(PaperSlice).where(PaperSlice.paper_id == row.id))
                _note(session, owner, now, "piece_deposee", row.file_name)
            session.flush()
            return PieceDeposee(recues=row.slices, piece=piece_of(row))
    except InputError as error:
        return _not_kept(owner, name, error)


def _not_kept(owner: Owner, name: str, error: InputError) -> PieceDeposee:
    _forget(owner, name)
    wrong = ErreurChamp(champ=FIELD, message=error.message, remede=error.remedy)
    return PieceDeposee(recues=0, erreur=wrong)


def _whole(session: Session, row: Paper) -> bytes:
    """Return what came of a paper that was not looked at yet."""
    query = select(PaperSlice.content).where(PaperSlice.paper_id == row.id)
    return b"".join(session.scalars(query.order_by(PaperSlice.part)))


def _still_looked_at() -> Unavailable:
    return Unavailable(
        "le contrôle de cette pièce dure encore : elle est reçue, et pas encore jointe.",
        remedy="Dans un instant, choisissez-la de nouveau : rien n’est envoyé en double.",
    )


def _gone() -> InputError:
    return InputError("Cette pièce n’est plus là.", remedy="Choisissez-la de nouveau.")


def withdraw(owner: Owner, wanted: RetirerPiece, now: datetime) -> PiecesLues:
    """Forget a paper that is not joined yet; doing it again changes nothing."""
    with writing() as session:
        row = _own(session, owner, wanted.id)
        if row is not None and row.event_id is None:
            session.delete(row)
            _note(session, owner, now, "piece_retiree", row.file_name)
        session.flush()
        return PiecesLues(en_attente=waiting(session, owner.numero, wanted.pour))


def waiting(session: Session, numero: str, place: str) -> list[Piece]:
    """Return the papers of one person that are whole and wait for one message."""
    query = select(Paper).where(
        Paper.numero == numero,
        Paper.place == place,
        Paper.event_id.is_(None),
        Paper.media_type.is_not(None),
    )
    return [piece_of(row) for row in session.scalars(query.order_by(Paper.id))]


def ready(session: Session, owner: Owner, names: list[str], place: str) -> list[Paper]:
    """Return the papers named.

    Raises
    ------
    InputError
        One is not hers, not whole, already joined, or was received for another message.
    """
    rows = [_own(session, owner, name) for name in dict.fromkeys(names)]
    good = [row for row in rows if row and row.media_type and row.event_id is None]
    if len(good) != len(rows) or any(row.place != place for row in good):
        raise InputError("une pièce n’est plus là.", where=FIELD, remedy="Joignez-la de nouveau.")
    return good


def too_many(names: list[str], what: str) -> ErreurChamp | None:
    """Return what is wrong with the number of papers of one message, None where nothing is."""
    count = len(set(names))
    if count <= MOST_PIECES:
        return None
    return ErreurChamp(
        champ=FIELD,
        message=f"Vous joignez {count} pièces.",
        remede=f"{what} en porte {MOST_PIECES} au plus.",
    )


def stored_file(owner: Owner, name: str, now: datetime) -> StoredFile:
    """Return one paper of one's own as it came; the reading is noted.

    Raises
    ------
    Refused
        It does not exist, or is somebody else's.
    """
    with writing() as session:
        row = _own(session, owner, name, whole=True)
        if row is None or row.media_type is None:
            raise Refused("cette pièce n’est pas une des vôtres.", remedy="Rouvrez la page.")
        _note(session, owner, now, "piece_lue", row.file_name)
        return StoredFile(row.file_name, row.media_type, row.content)


def piece_of(row: Paper) -> Piece:
    """Return what is said of a paper, without its content."""
    return Piece(
        id=row.name,
        nom=row.file_name,
        type_media=row.media_type,
        taille=row.size,
        deposee_le=row.made_at,
    )


@dataclass(frozen=True)
class _Slice:
    file_name: str
    place: str
    part: int
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class _Known:
    """What was found of a paper of this digest: what it is, or why it is refused."""

    digest: str
    media_type: str = ""
    refused: InputError | None = None


def _received(owner: Owner, name: str) -> tuple[int, int, Piece | None]:
    """Return how many bytes and slices are here, and the paper where it is whole."""
    with reading() as session:
        row = _own(session, owner, name)
        if row is None:
            return 0, 0, None
        return row.size, row.slices, piece_of(row) if row.media_type else None


def _keep(owner: Owner, name: str, one: _Slice, now: datetime) -> None:
    with writing() as session:
        row = _own(session, owner, name, lock=True)
        if row is None:
            _room(session, owner, one.place)
            row = Paper(
                name=name,
                numero=owner.numero,
                place=one.place,
                version=0,
                made_at=now,
                slices=0,
                size=0,
                content=b"",
            )
            session.add(row)
        if row.slices == one.part:  # else the same slice came twice at once
            row.version += 1
            row.file_name, row.size = one.file_name, row.size + len(one.content)
            row.slices = one.part + 1
            session.flush()
            session.add(PaperSlice(paper_id=row.id, part=one.part, content=one.content))


def _forget(owner: Owner, name: str) -> None:
    with writing() as session:
        session.execute(
            delete(Paper).where(
                Paper.name == name,
                Paper.numero == owner.numero,
                Paper.event_id.is_(None),
            )
        )


def _own(
    session: Session, owner: Owner, name: str, *, whole: bool = False, lock: bool = False
) -> Paper | None:
    query = select(Paper).where(Paper.name == name, Paper.numero == owner.numero)
    if whole:
        query = query.options(undefer(Paper.content))
    return session.scalars(query.with_for_update() if lock else query).one_or_none()


def _room(session: Session, owner: Owner, place: str) -> None:
    """Refuse one paper too many; those that never came whole give their place first."""
    _known_place(session, owner, place)
    anywhere = (Paper.numero == owner.numero, Paper.event_id.is_(None))
    for most, waits in (
        (MOST_WAITING, (*anywhere, Paper.place == place)),
        (MOST_WAITING_ANYWHERE, anywhere),
    ):
        waiting_pieces = select(func.count()).select_from(Paper).where(*waits)
        if (session.scalar(waiting_pieces) or 0) < most:
            continue
        session.execute(delete(Paper).where(*waits, Paper.media_type.is_(None)))
        if (session.scalar(waiting_pieces) or 0) >= most:
            raise InputError(
                f"{most} pièces attendent déjà d’être jointes.",
                remedy="Retirez-en une, ou envoyez-les.",
            )


def _known_place(session: Session, owner: Owner, place: str) -> None:
    if place in (REPORT_PLACE, NEW_PLACE, CAMPAIGN_PLACE):
        return
    case = CASES.find(session, place)
    if case is None or case.numero != owner.numero:
        raise InputError("Ce fil n’est pas un des vôtres.", remedy="Rouvrez la page.")
    if not set(acts_open(case.kind, case.state, OWNER)) & WITH_PAPERS:
        raise InputError(
            "Ce fil ne reçoit pas de pièce dans l’état où il est.",
            remedy="Rechargez la page pour voir où il en est.",
        )


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise InputError(
            "Ce fichier n’est pas arrivé entier.", remedy="Choisissez-le de nouveau."
        ) from None


def _note(session: Session, owner: Owner, now: datetime, action: str, detail: str) -> None:
    audit.note(
        session,
        at=now,
        actor=owner.compte,
        action=action,
        subject=f"dossier:{owner.numero}",
        detail=detail[:200],
    )
