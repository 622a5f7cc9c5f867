"""A file in the words for the person it is about: « Professeure certifiée » for a woman.

What the administration recorded stays as it is in the database; names of corps, status and
functions take the gender of the civility where it is read to somebody. A name that
`feminins.csv` does not have stays as it came.
"""

from __future__ import annotations

from iprof_kit.base.words import feminine
from iprof_kit.services.contract.dossier import Dossier

_MADAME = "Madame"


def addressed(dossier: Dossier) -> Dossier:
    """Return the file with its names in the gender of the person; twice is the same as once."""
    if dossier.identite.civilite != _MADAME:
        return dossier
    return dossier.model_copy(
        update={
            "statut": feminine(dossier.statut),
            "libelle_corps": corps_of(_MADAME, dossier.libelle_corps),
            "affectations": tuple(
                one.model_copy(update={"fonction": feminine(one.fonction)})
                for one in dossier.affectations
            ),
        }
    )


def corps_of(civilite: str, libelle: str | None) -> str | None:
    """Return the name of a corps in the gender of the person, None where she has none.

    >>> corps_of("Madame", "Professeur certifié")
    'Professeure certifiée'
    """
    return feminine(libelle) if libelle is not None and civilite == _MADAME else libelle
