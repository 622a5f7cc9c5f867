"""A file in the words for the person it is about: « Professeure certifiée » for a woman.

What the administration recorded stays as it is in the database; names of corps, status and
functions take the gender of the civility where it is read to somebody. A name that
`feminins.csv` does not have stays as it came.
"""

from __future__ import annotations

from iprof_kit.base.words import feminine
from iprof_kit.services.contract.dossier import Dossier


def addressed(dossier: Dossier) -> Dossier:
    """Return the file with its names in the gender of the person; twice is the same as once."""
    if dossier.identite.civilite != "Madame":
        return dossier
    corps = dossier.libelle_corps
    return dossier.model_copy(
        update={
            "statut": feminine(dossier.statut),
            "libelle_corps": None if corps is None else feminine(corps),
            "affectations": tuple(
                one.model_copy(update={"fonction": feminine(one.fonction)})
                for one in dossier.affectations
            ),
        }
    )
