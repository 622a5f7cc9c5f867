"""What evaluators prepare about the person who asks: what she was shown, what is being written."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import select

from iprof_kit.base.clock import paris
from iprof_kit.records.database import writing
from iprof_kit.records.evaluation.projects import OpinionProject
from iprof_kit.records.journal import audit
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.contract.evaluation import (
    Contenu,
    EnPreparation,
    Partie,
    ProjetMontre,
    ProjetsLus,
)
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.evaluation.keeping import alive


def read(owner: Owner, _wanted: NoArguments, now: datetime) -> ProjetsLus:
    """Return what is prepared about her; what she reads for the first time is dated."""
    with writing() as session:
        hers = (OpinionProject.numero == owner.numero, alive(paris(now).date()))
        query = select(OpinionProject).where(*hers).order_by(OpinionProject.name)
        rows = list(session.scalars(query.with_for_update()))
        for row in rows:
            if row.shown is not None and row.seen_at is None:
                row.seen_at = now
        if rows:
            audit.note(
                session,
                at=now,
                actor=owner.compte,
                action="projets_avis_lus",
                subject=f"dossier:{owner.numero}",
            )
        return ProjetsLus(
            montres=[
                ProjetMontre(
                    objet=row.matter,
                    partie=cast(Partie, row.part),
                    contenu=Contenu.model_validate(row.shown),
                    montre_le=row.shown_at,
                    efface_le=row.erased_on,
                )
                for row in rows
                if row.shown is not None and row.shown_at is not None
            ],
            en_preparation=[
                EnPreparation(
                    objet=row.matter,
                    partie=cast(Partie, row.part),
                    depuis=row.begun_at,
                    efface_le=row.erased_on,
                )
                for row in rows
                if row.shown is None
            ],
        )
