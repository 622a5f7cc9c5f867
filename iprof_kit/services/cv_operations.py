"""The operations on one's CV, each for the person asking and about her own file only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar, cast

from iprof_kit.records.database import writing
from iprof_kit.services import cv_draft, cv_links, cv_versions
from iprof_kit.services.contract import (
    ApercuLienCv,
    CvLu,
    LireVersionCv,
    NoArguments,
    Plain,
    RevoquerLienCv,
)
from iprof_kit.services.dossiers import AGENTS
from iprof_kit.services.identity import Identity
from iprof_kit.services.kept_document import absent_file
from iprof_kit.services.own_file import Owner, owner_of

Operation = Callable[[Identity | None, Plain, datetime], Plain]
_W = TypeVar("_W", bound=Plain)


def _read(owner: Owner, _wanted: NoArguments, now: datetime) -> CvLu:
    """Return the draft, the versions and the links of one's CV; the reading is noted."""
    with writing() as session:
        if AGENTS.find(session, owner.numero) is None:
            raise absent_file()
        cv_versions.note(session, owner, now, "cv_lu")
        draft = cv_draft.DRAFTS.find(session, owner.numero)
        if draft is None:
            return CvLu(cv=None, revision=0)
        return CvLu(
            cv=draft.content, revision=draft.version, enregistre_le=draft.saved_at,
            versions=cv_versions.all_of(session, owner), liens=cv_links.all_of(session, owner),
        )  # fmt: skip


def _own(work: Callable[[Owner, _W, datetime], Plain]) -> Operation:
    """Return an operation that runs `work` on the own file of who is asking, or refuses."""

    def operation(identity: Identity | None, wanted: Plain, now: datetime) -> Plain:
        return work(owner_of(identity, "un CV"), cast(_W, wanted), now)

    return operation


def _version(owner: Owner, wanted: LireVersionCv, now: datetime) -> Plain:
    del now
    return cv_versions.read(owner, wanted.id)


def _revoke(owner: Owner, wanted: RevoquerLienCv, now: datetime) -> Plain:
    return cv_links.revoke(owner, wanted.id, now)


def _preview(owner: Owner, wanted: ApercuLienCv, now: datetime) -> Plain:
    del now
    return cv_links.preview(owner, wanted)


CV_TABLE: dict[str, Operation] = {
    "cv": _own(_read),
    "cv_enregistrer": _own(cv_draft.save),
    "cv_version_creer": _own(cv_versions.create),
    "cv_version_lire": _own(_version),
    "cv_lien_creer": _own(cv_links.create),
    "cv_lien_revoquer": _own(_revoke),
    "cv_lien_apercu": _own(_preview),
}
