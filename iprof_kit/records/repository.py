"""The one way to write about a subject: transaction, version, idempotency, receipt, history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import JSON, ColumnElement, String, delete, literal, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from iprof_kit.base.errors import Conflict
from iprof_kit.records.base import Base, Moment, snapshot
from iprof_kit.records.database import writing


class Write(Base):
    """One change of one subject: its receipt, and the value it replaced."""

    __tablename__ = "writes"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(150), unique=True)
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(80), index=True)
    version: Mapped[int]
    former: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


@dataclass(frozen=True)
class Order:
    """Who asks for a write, when, and under which key a repetition is recognised.

    Parameters
    ----------
    key : str
        Idempotency key: the same order sent twice is done once.
    by : str
        The account or the command that asks.
    now : datetime
        Aware moment of the order.
    expected_version : int, optional
        The version that the person was looking at; None where nobody looked.
    """

    key: str
    by: str
    now: datetime
    expected_version: int | None = None


@dataclass(frozen=True)
class Receipt:
    """The dated proof of a write; `repeated` where it had already been done."""

    number: int
    at: datetime
    subject: str
    version: int
    repeated: bool = False


M = TypeVar("M", bound=Any)


class Repository(Generic[M]):
    """Reads and writes the subjects of one table by their public key.

    Parameters
    ----------
    model : type
        A versioned mapped class.
    key : InstrumentedAttribute
        The unique column by which people name a subject.
    """

    def __init__(self, model: type[M], key: InstrumentedAttribute[str]) -> None:
        self._model = model
        self._key = key

    def find(self, session: Session, name: str, *, lock: bool = False) -> M | None:
        """Return the subject, or None; locked until the transaction ends if asked."""
        query = select(self._model).where(self._key == name)
        return session.scalars(query.with_for_update() if lock else query).one_or_none()

    def exists(self, session: Session, name: str) -> bool:
        """Return whether there is such a subject."""
        return bool(session.scalar(select(literal(1)).where(self._key == name)))

    def store(
        self,
        name: str,
        change: Callable[[Session, M], None],
        order: Order,
        also: Callable[[Session], None] | None = None,
    ) -> Receipt:
        """Create or change one subject, wholly or not at all.

        Parameters
        ----------
        name : str
            Public key of the subject.
        change : callable
            Sets the new values on the row, inside the transaction.
        order : Order
            Who, when, which key, which version was seen.
        also : callable, optional
            What must be written with it or not at all (its line in the journal).

        Returns
        -------
        Receipt
            Dated; the first one again where the key has already been used.

        Raises
        ------
        Conflict
            Somebody changed the subject in the meantime, or the key served another subject.
        Unavailable
            The database is locked, read-only or absent: nothing has been written.
        """
        subject = f"{self._model.__tablename__}:{name}"
        try:
            with writing() as session:
                return self._once(session, name, subject, change, order, also)
        except StaleDataError as error:
            raise _overtaken(subject) from error
        except IntegrityError as error:
            with writing() as session:
                done = _receipt(session, subject, order)
            if done is None:
                raise _overtaken(subject) from error
            return done

    def _once(
        self,
        session: Session,
        name: str,
        subject: str,
        change: Callable[[Session, M], None],
        order: Order,
        also: Callable[[Session], None] | None,
    ) -> Receipt:
        done = _receipt(session, subject, order)
        if done is not None:
            return done
        row = self.find(session, name, lock=True)
        former = None if row is None else snapshot(row)
        if row is None:
            row = self._model(version=0, **{self._key.key: name})
            session.add(row)
        if order.expected_version not in (None, row.version):
            raise _overtaken(subject)
        with session.no_autoflush:
            change(session, row)
        row.version += 1
        write = Write(
            key=order.key,
            at=order.now,
            by=order.by,
            subject=subject,
            version=row.version,
            former=former,
        )
        session.add(write)
        if also is not None:
            also(session)
        session.flush()
        return Receipt(write.id, write.at, subject, write.version)


def remove(session: Session, key: InstrumentedAttribute[str], *chosen: ColumnElement[bool]) -> None:
    """Delete the chosen rows of a table and their history, which only their names lead to.

    Parameters
    ----------
    session : Session
        That of the transaction.
    key : InstrumentedAttribute
        The column of the table by which its subjects are named.
    *chosen : ColumnElement
        The conditions of the rows.
    """
    subjects = select(literal(f"{key.class_.__tablename__}:") + key).where(*chosen)
    for rows in (
        delete(Write).where(Write.subject.in_(subjects)),
        delete(key.class_).where(*chosen),
    ):
        session.execute(rows.execution_options(synchronize_session=False))


def _receipt(session: Session, subject: str, order: Order) -> Receipt | None:
    write = session.scalars(select(Write).where(Write.key == order.key)).one_or_none()
    if write is None:
        return None
    if write.subject != subject:
        raise Conflict(
            "cette demande porte la clé d’une autre demande, déjà enregistrée.",
            where=subject,
            remedy="Rechargez la page, puis recommencez.",
        )
    return Receipt(write.id, write.at, write.subject, write.version, repeated=True)


def _overtaken(subject: str) -> Conflict:
    return Conflict(
        "ces données ont été modifiées entre-temps ; rien n’a été remplacé.",
        where=subject,
        remedy="Rechargez la page pour voir la version actuelle, puis recommencez.",
    )
