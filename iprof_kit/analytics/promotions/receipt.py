"""« Enregistrer la campagne »: a dated receipt of what was asked and what came of it, no name.

Its file says how to ask the same again, and by the digests whether the same people and the same
proposal come out.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.provenance import PROJET
from iprof_kit.analytics.publication.publish import digest_of
from iprof_kit.base.configuration.data_folder import var_dir
from iprof_kit.base.errors import Unavailable
from iprof_kit.base.private_files import private_folder, write_private
from iprof_kit.base.version import __version__
from iprof_kit.base.words import dashed
from iprof_kit.law.tables.verified import verified_until


def receipt(campaign: Campagne, now: datetime) -> dict[str, Any]:
    """Return what a receipt says: the campaign, its parameters, its counts, its digests."""
    settings = campaign.reglages
    ranking = campaign.classement()
    (places,) = campaign.contingent().to_dict("records")
    proposed = ranking.loc[ranking["propose"], "numero"].astype(str)
    return {
        "statut": PROJET,
        "campagne": campaign.titre,
        "enregistree_le": now.isoformat(timespec="seconds"),
        "source": campaign.source,
        "filtres": dict(campaign.filtres),
        "corps": campaign.corps,
        "grade": campaign.grade,
        "annee": campaign.annee,
        "procedure": settings.procedure.id,
        "taux_pour_cent": None if settings.share is None else settings.share / 100,
        "report": settings.carried,
        "hypotheses": list(campaign.hypotheses),
        "promouvables": int(places["promouvables"]),
        "places": int(places["contingent"]),
        "proposes": int(places["proposes"]),
        "sha256_promouvables": digest_of(campaign.gens),
        "sha256_tableau": hashlib.sha256("\n".join(proposed).encode()).hexdigest(),
        "regles_verifiees_jusqu_au": verified_until().isoformat(),
        "version": f"iprof-kit {__version__}",
    }


def receipt_file(campaign: Campagne, now: datetime) -> tuple[str, bytes]:
    """Return the name and the content of a receipt."""
    name = f"PROJET-{dashed(campaign.titre).lower()}-{now:%Y-%m-%d-%Hh%M%S}.json"
    content = json.dumps(receipt(campaign, now), ensure_ascii=False, indent=1, default=str)
    return name, content.encode()


def keep_receipt(campaign: Campagne, now: datetime) -> Path:
    """Write a receipt among those of the workshop, where its owner alone reads it.

    Raises
    ------
    Unavailable
        It cannot be written.
    """
    name, content = receipt_file(campaign, now)
    path = var_dir() / "campagnes" / name
    try:
        private_folder(path.parent)
        write_private(path, content)
    except OSError as error:
        raise Unavailable(
            "la campagne ne peut pas être enregistrée.",
            where=str(path),
            remedy="Vérifiez que ce dossier peut être écrit, puis recommencez.",
        ) from error
    return path
