"""Passkeys (WebAuthn): made and used by the browser, for this site only, with the person verified.

The challenge that one signs is kept here, serves once, and belongs to what one browser has begun.
The library is read at the first need: most servers have nobody who uses one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iprof_kit.records.accounts import LONGEST_KEY, Passkey
from iprof_kit.records.database import writing
from iprof_kit.services.access.second_factor.sealing import keyed_hash
from iprof_kit.services.access.second_factor.steps import Step, row_of

if TYPE_CHECKING:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

MOST = 10
"""Passkeys of one person."""
LONGEST_ANSWER = 20_000
LONGEST_NAME = 60
_NAME = "Assistant carrière, kit libre et non officiel"


@dataclass(frozen=True)
class Site:
    """For whom a passkey is made: the site's name, and the origin of its pages."""

    name: str
    origin: str


def to_add(step: Step, site: Site) -> str | None:
    """Return what a browser is asked for to make a passkey, in JSON; None once the step is over."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    with writing() as session:
        row = row_of(session, step)
        if row is None:
            return None
        options = generate_registration_options(
            rp_id=site.name,
            rp_name=_NAME,
            user_name=step.compte,
            user_id=bytes.fromhex(keyed_hash(session, "personne", step.account_id)),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=_descriptors(session, step, site),
        )
        row.challenge = bytes_to_base64url(options.challenge)
        return options_to_json(options)


def to_prove(step: Step, site: Site) -> str | None:
    """Return what a browser is asked for to use a passkey, in JSON; None where there is none."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.structs import UserVerificationRequirement

    with writing() as session:
        row = row_of(session, step)
        keys = _descriptors(session, step, site)
        if row is None or not keys:
            return None
        options = generate_authentication_options(
            rp_id=site.name,
            allow_credentials=keys,
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        row.challenge = bytes_to_base64url(options.challenge)
        return options_to_json(options)


def add(session: Session, step: Step, answer: str, name: str, site: Site, now: datetime) -> bool:
    """Add the passkey that a browser has just made; False where its answer is not to be believed.

    The challenge is used in any case, in the caller's transaction.
    """
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url

    challenge = _challenge(session, step)
    if challenge is None or len(answer) > LONGEST_ANSWER:
        return False
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except _unbelievable():
        return False
    credential = bytes_to_base64url(made.credential_id)
    public_key = bytes_to_base64url(made.credential_public_key)
    if max(len(credential), len(public_key)) > LONGEST_KEY:
        return False
    key = Passkey(
        account_id=step.account_id,
        credential=credential,
        public_key=public_key,
        signed=made.sign_count,
        site=site.name,
        name=name,
        added_at=now,
    )
    try:
        with session.begin_nested():
            session.add(key)
    except IntegrityError:  # another account's, or added twice
        return False
    return True


def take(session: Session, step: Step, answer: str, site: Site, now: datetime) -> bool:
    """Return whether an answer is signed by a passkey of the step's account, for this challenge.

    The challenge is used in any case, in the caller's transaction.
    """
    from webauthn import verify_authentication_response
    from webauthn.helpers import base64url_to_bytes, parse_authentication_credential_json

    challenge = _challenge(session, step)
    if challenge is None or len(answer) > LONGEST_ANSWER:
        return False
    try:
        given = parse_authentication_credential_json(answer)
        own = (Passkey.account_id == step.account_id, Passkey.site == site.name)
        key = session.scalars(
            select(Passkey).where(*own, Passkey.credential == given.id)
        ).one_or_none()
        if key is None:
            return False
        used = verify_authentication_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(key.public_key),
            credential_current_sign_count=key.signed,
            require_user_verification=True,
        )
    except _unbelievable():
        return False
    counted = (
        update(Passkey)
        .where(Passkey.id == key.id, Passkey.signed == key.signed)
        .values(signed=used.new_sign_count, used_at=now)
        .returning(Passkey.id)
    )
    return session.execute(counted).scalar() is not None


def _challenge(session: Session, step: Step) -> bytes | None:
    """Return the challenge of a step, which serves no more."""
    from webauthn.helpers import base64url_to_bytes

    row = row_of(session, step)
    if row is None or row.challenge is None:
        return None
    challenge, row.challenge = row.challenge, None
    session.flush()
    return base64url_to_bytes(challenge)


def _descriptors(session: Session, step: Step, site: Site) -> list[PublicKeyCredentialDescriptor]:
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    own = (Passkey.account_id == step.account_id, Passkey.site == site.name)
    names = session.scalars(select(Passkey.credential).where(*own))
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(name)) for name in names]


def _unbelievable() -> tuple[type[Exception], ...]:
    """Return what the library raises of an answer that is not to be believed, or not readable."""
    from webauthn.helpers.exceptions import WebAuthnException

    return (WebAuthnException, ValueError, TypeError, KeyError, IndexError)
