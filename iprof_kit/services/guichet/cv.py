"""The operations on one's CV, each for the person asking and about her own file only."""

from __future__ import annotations

from datetime import datetime

from iprof_kit.base.plain import Plain
from iprof_kit.records.database import writing
from iprof_kit.services.access.own_file import Operation, Owner, absent_file, own
from iprof_kit.services.contract.arguments import NoArguments
from iprof_kit.services.contract.cv import EN_ATTENTE, CvLu, RevoquerLienCv
from iprof_kit.services.cv import draft as cv_draft
from iprof_kit.services.cv import links as cv_links
from iprof_kit.services.cv import versions as cv_versions
from iprof_kit.services.dossier.storing import AGENTS

_WHAT = "un CV"


def _read(owner: Owner, _wanted: NoArguments, now: datetime) -> CvLu:
    """Return the draft, the versions and the links of one's CV; the reading is noted."""
    with writing() as session:
        if not AGENTS.exists(session, owner.numero):
            raise absent_file()
        cv_versions.note(session, owner, now, "cv_lu")
        draft = cv_draft.DRAFTS.find(session, owner.numero)
        if draft is None:
            return CvLu(cv=None, revision=0)
        return CvLu(
            cv=cv_draft.plain(draft.content),
            deux_ecritures=draft.content.get(EN_ATTENTE, []),
            revision=draft.version,
            enregistre_le=draft.saved_at,
            versions=cv_versions.all_of(session, owner),
            liens=cv_links.all_of(session, owner),
        )


def _revoke(owner: Owner, wanted: RevoquerLienCv, now: datetime) -> Plain:
    return cv_links.revoke(owner, wanted.id, now)


CV_TABLE: dict[str, Operation] = {
    "cv": own(_WHAT, _read),
    "cv_enregistrer": own(_WHAT, cv_draft.save),
    "cv_version_creer": own(_WHAT, cv_versions.create),
    "cv_version_lire": own(_WHAT, cv_versions.read),
    "cv_lien_creer": own(_WHAT, cv_links.create),
    "cv_lien_revoquer": own(_WHAT, _revoke),
    "cv_lien_apercu": own(_WHAT, cv_links.preview),
}
