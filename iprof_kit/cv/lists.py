"""The code lists of the CV, from nomenclatures.csv: code → French label, in the order of the file.

Where the source gives no code, the label is the code: it is what a person chooses and reads.
"""

from __future__ import annotations

from iprof_kit.base.reference import written_rows


def _read() -> dict[str, dict[str, str]]:
    """Return every list of the table that the CV uses."""
    lists: dict[str, dict[str, str]] = {}
    for row in written_rows("nomenclatures"):
        label = row["libelle"]
        lists.setdefault(row["liste"], {})[row["code"] or label] = label
    return lists


_TABLE = _read()

NIVEAUX_DIPLOME: dict[str, str] = _TABLE["niveau_diplome"]
"""« 3 » to « 8 » (décret 2019-14)."""
CECRL: dict[str, str] = _TABLE["niveau_langue_cecrl"]
"""« A1 » to « C2 »."""
MATERNELLE = "maternelle"
ACTIVITES: dict[str, str] = _TABLE["cv_activite_type"]
FONCTIONS: dict[str, str] = {**_TABLE["cv_fonction_mission_vivier1_2017"], **ACTIVITES}
"""The functions of a teacher's career (note 2017-175), then the missions that are activities."""
EDUCATION_PRIORITAIRE: dict[str, str] = _TABLE["education_prioritaire"]
RUBRIQUES_STATUTAIRES: tuple[str, ...] = tuple(_TABLE["cv_statutaire_agrege_rubrique"])
"""The five rubriques of the CV of the liste d'aptitude (arrêté of 15 October 1999)."""
RUBRIQUES_LETTRE: tuple[str, ...] = tuple(_TABLE["lettre_motivation_agrege_rubrique"])
"""What the letter of the same application speaks of."""
