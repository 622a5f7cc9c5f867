"""Accounts: the name typed at the login page, what else opens them, their roles, their portfolios.

No clear secret.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, String, Text, UniqueConstraint, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from iprof_kit.records.agents import Agent
from iprof_kit.records.base import SECRET, Base, Moment
from iprof_kit.records.evaluation.projects import EvaluatorPortfolio

LONGEST_KEY = 1400
"""Letters of the name of a passkey, 1,023 bytes at most, and room for its public key."""


class LoginAttempt(Base):
    """The failures of one pair, kept as a hash: what was typed may have been a password.

    A row of the same form counts those of a place, or of an account; one more says that an account
    entered from a place, which is then known until `known_until`.
    """

    __tablename__ = "login_attempts"

    pair: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Moment, index=True)
    blocked_until: Mapped[datetime] = mapped_column(Moment)
    known_until: Mapped[datetime | None] = mapped_column(Moment)


class ResetLink(Base):
    """One link, dead once used, replaced by a newer one, or past its date."""

    __tablename__ = "reset_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    issued_by: Mapped[str] = mapped_column(String(60))
    issued_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class FirstCode(Base):
    """The one code that lets somebody choose her first password, as a hash under the server's key.

    A new one takes its place, and using it removes it. `delivery` names the letter, or the slice of
    letters, that tells it.
    """

    __tablename__ = "first_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), unique=True
    )
    code_hash: Mapped[str] = mapped_column(String(64), info=SECRET)
    delivery: Mapped[str] = mapped_column(String(32), index=True)
    delivered_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class SessionRow(Base):
    """One session of one account, dead when revoked, idle too long or past its end.

    `factor_at` is when a second factor opened it; None where none was asked for.
    """

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    opened_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    factor_at: Mapped[datetime | None] = mapped_column(Moment)


class SignOnLink(Base):
    """Whom an account is at a provider: its issuer and its subject, one of each for the other."""

    __tablename__ = "sign_on_links"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        UniqueConstraint("account_id", "issuer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    issuer: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    linked_at: Mapped[datetime] = mapped_column(Moment)
    linked_by: Mapped[str] = mapped_column(String(60))


class SignOnSession(Base):
    """A session that a provider opened; `sid` is its name there, by which it may be ended."""

    __tablename__ = "sign_on_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), unique=True
    )
    link_id: Mapped[int] = mapped_column(
        ForeignKey("sign_on_links.id", ondelete="CASCADE"), index=True
    )
    sid: Mapped[str | None] = mapped_column(String(255))


class SignOnUse(Base):
    """What serves once, kept as a hash until it could serve no more."""

    __tablename__ = "sign_on_uses"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)


class TotpKey(Base):
    """The application of one account that gives codes: its key, sealed by a secret kept elsewhere.

    `last_step` is the period of the last code that was taken: a code serves once.
    """

    __tablename__ = "totp_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), unique=True
    )
    sealed: Mapped[str] = mapped_column(String(255), info=SECRET)
    last_step: Mapped[int] = mapped_column(BigInteger)
    added_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Passkey(Base):
    """One passkey: its name where it was made, its public key, how often it says it has signed.

    `site` is the name of the site that it was made for: a browser offers it there only.
    """

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    credential: Mapped[str] = mapped_column(String(LONGEST_KEY), unique=True)
    public_key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    signed: Mapped[int] = mapped_column(BigInteger)
    site: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(60))
    added_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class RecoveryCode(Base):
    """One code that serves once, a keyed hash of it; `expires_at`: of a letter, None if printed."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    code_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class FactorStep(Base):
    """What one browser has begun: a log-in that waits for its second factor, or a factor to add.

    It opens nothing. `of_version` is that of the account: whatever changes the account ends it.
    `way` is where a log-in leads to, `link_id` the identity of a provider by which it came, `sid`
    its session there. `challenge` is what a passkey is to sign, once; `sealed` the key of an
    application that has not given its first code yet.
    """

    __tablename__ = "factor_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    of_version: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    way: Mapped[str] = mapped_column(Text)
    link_id: Mapped[int | None] = mapped_column(ForeignKey("sign_on_links.id", ondelete="CASCADE"))
    sid: Mapped[str | None] = mapped_column(String(255))
    challenge: Mapped[str | None] = mapped_column(String(100), info=SECRET)
    sealed: Mapped[str | None] = mapped_column(String(255), info=SECRET)


class AccountRole(Base):
    """One thing an account may be: enseignant, gestionnaire, administrateur.

    `since` is when it was given; None where nobody noted it.
    """

    __tablename__ = "account_roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime | None] = mapped_column(Moment)


class Portfolio(Base):
    """The people a gestionnaire answers for; an empty part means all of them.

    `service` is what they read, never her name. Dates are included; `du` is None where nobody
    wrote it down, `au` where the end is not known. A portfolio that ends is closed, never deleted.
    """

    __tablename__ = "portfolios"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    service: Mapped[str] = mapped_column(String(150))
    academie: Mapped[str] = mapped_column(String(3))
    departement: Mapped[str | None] = mapped_column(String(3))
    corps: Mapped[str | None] = mapped_column(String(30))
    du: Mapped[date | None]
    au: Mapped[date | None]


class Absence(Base):
    """Dates of a gestionnaire's absence, both included, and who answers meanwhile.

    One that she takes back stays, with the moment: what was read until then was read by right.
    """

    __tablename__ = "absences"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    delegate_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    du: Mapped[date]
    au: Mapped[date]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class Account(Base):
    """One account. `first_password`: the password is still the NUMEN, and must be replaced.

    `opened_at` is when it was; None where the first password was no NUMEN, or nobody noted it.
    `closed_on` is the first day on which it only reads its own file, `reads_until` the last one.
    `factors_removed_at`: an administrator took its second factors away, and she is not told yet.
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    compte: Mapped[str] = mapped_column(String(60), unique=True)
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agents.id"), index=True)
    password_hash: Mapped[str | None] = mapped_column(String(255), info=SECRET)
    password_set_at: Mapped[datetime | None] = mapped_column(Moment)
    first_password: Mapped[bool]
    first_password_expires_at: Mapped[datetime | None] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    demo: Mapped[bool]
    closed_on: Mapped[date | None]
    reads_until: Mapped[date | None]
    factors_removed_at: Mapped[datetime | None] = mapped_column(Moment)

    agent: Mapped[Agent | None] = relationship()
    roles: Mapped[list[AccountRole]] = relationship(
        order_by=AccountRole.id, cascade="all, delete-orphan"
    )
    portfolios: Mapped[list[Portfolio]] = relationship(
        order_by=Portfolio.id, cascade="all, delete-orphan"
    )
    evaluator_portfolios: Mapped[list[EvaluatorPortfolio]] = relationship(
        order_by=EvaluatorPortfolio.id, cascade="all, delete-orphan"
    )


def open_on(day: date) -> ColumnElement[bool]:
    """Return the condition of the accounts that are not closed on a day."""
    return or_(Account.closed_on.is_(None), Account.closed_on > day)
