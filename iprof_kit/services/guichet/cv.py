"""One's CV as it is opened: its draft, its versions, its links."""

from __future__ import annotations

from datetime import datetime

from iprof_kit.records.database import writing
from iprof_kit.services.access.own_file import Owner, absent_file
from iprof_kit.services.contract.cv import EN_ATTENTE, CvLu
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.cv import draft as cv_draft
from iprof_kit.services.cv import links as cv_links
from iprof_kit.services.cv import versions as cv_versions
from iprof_kit.services.dossier.storing import AGENTS


def read(owner: Owner, _wanted: NoArguments, now: datetime) -> CvLu:
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
