"""What the sigles of pay and pension mean, said where they are read."""

from __future__ import annotations

import re

from iprof_kit.ui import text

SIGLES = {
    "ENSAP": "espace numérique sécurisé de l’agent public",
    "CASA": "contribution additionnelle de solidarité pour l’autonomie",
    "IUFM": "institut universitaire de formation des maîtres",
    "CSG": "contribution sociale généralisée",
    "CRDS": "contribution au remboursement de la dette sociale",
    "RAFP": "retraite additionnelle de la fonction publique",
    "ISAE": "indemnité de suivi et d’accompagnement des élèves",
    "ISOE": "indemnité de suivi et d’orientation des élèves",
    "CPE": "conseiller principal d’éducation",
    "NBI": "nouvelle bonification indiciaire",
    "REP": "réseau d’éducation prioritaire",
    "IMP": "indemnité pour mission particulière",
    "DDFPT": "directeur délégué aux formations professionnelles et technologiques",
    "MEEF": "métiers de l’enseignement, de l’éducation et de la formation",
    "FNAL": "fonds national d’aide au logement",
}


def sigles_text(words: str, known: str = "") -> str:
    """Return what the sigles of a text mean, those of `known` left out: « CSG : … ; CRDS : … »."""
    new = [sigle for sigle in SIGLES if _in(sigle, words) and not _in(sigle, known)]
    found = [f"{sigle} : {SIGLES[sigle]}" for sigle in new]
    return text.french(" ; ".join(found))


def _in(sigle: str, words: str) -> bool:
    return re.search(rf"\b{sigle}\b", words) is not None
