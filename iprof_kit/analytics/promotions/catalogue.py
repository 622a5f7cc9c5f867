"""The procedures of ranking that are known, as a table."""

from __future__ import annotations

import pandas as pd

from iprof_kit.base.sources import to_verify
from iprof_kit.law.promotion.procedures.files import known_procedures, read_procedure

lire_procedure = read_procedure


def procedures() -> pd.DataFrame:
    """Return the procedures seen in use, one row a file of data/procedures.

    Returns
    -------
    DataFrame
        `id`, `titre`, `autorite`, `operation`, `corps`, `campagne_du`, `campagne_au`,
        `classement` and `etapes` (in French), `source`, `confiance`, `a_verifier`, `note`.

    Examples
    --------
    >>> import iprof_kit
    >>> iprof_kit.procedures().set_index("id").loc["ce_avis", "autorite"]
    'ministère'
    """
    rows = [
        {
            "id": one.id,
            "titre": one.title,
            "autorite": one.authority,
            "operation": one.operation,
            "corps": ", ".join(one.corps),
            "campagne_du": one.campaigns.since,
            "campagne_au": one.campaigns.until,
            "classement": one.order_text,
            "etapes": one.steps_text,
            "source": one.source.text,
            "confiance": one.source.confidence,
            "a_verifier": to_verify(one.source.confidence),
            "note": one.note,
        }
        for one in known_procedures()
    ]
    return pd.DataFrame(rows).astype({"campagne_au": "Int64"})
