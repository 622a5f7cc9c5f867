"""A fictitious decree entered by data alone in a copy of the tables, as the guide says.

Points of index from 1 January 2027, the 7th échelon of the professeurs des écoles in 30 months from
1 September 2027, and the fixed part of the ISAE withdrawn on that day.
"""

import csv
import shutil

from iprof_kit.base.paths import ROOT

SOURCE = "décret fictif de l’essai"


def entered(folder):
    """Copy the tables of the kit, whatever those in use, and enter the decree in the copy."""
    shutil.copytree(ROOT / "data" / "reference", folder)
    rewritten(
        folder,
        "point_indice",
        lambda row: not row["valide_au"],
        "2026-12-31",
        {"valide_du": "2027-01-01", "valeur_annuelle_point": "60.0000",
         "valeur_annuelle_indice_100": "6000.00", "valeur_mensuelle_point": "5.00000"},
    )  # fmt: skip
    seventh = {"corps": "pe", "grade": "classe_normale", "echelon": "7", "valide_au": ""}
    rewritten(
        folder,
        "durees_echelon",
        lambda row: seventh.items() <= row.items(),
        "2027-08-31",
        {"valide_du": "2027-09-01", "duree_mois": "30"},
    )
    isae = {"code": "ISAE_FIXE", "valide_au": ""}
    rewritten(folder, "primes", lambda row: isae.items() <= row.items(), "2027-08-31", None)
    return folder


def rewritten(folder, table, chosen, last_day, new):
    """Close the one row that is chosen, and open another where there is one."""
    file = folder / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as reading:
        rows = list(csv.DictReader(reading))
    ((place, row),) = [(place, row) for place, row in enumerate(rows) if chosen(row)]
    opened = [] if new is None else [row | {"source": SOURCE, "note": ""} | new]
    rows[place : place + 1] = [row | {"valide_au": last_day}, *opened]
    with file.open("w", encoding="utf-8", newline="") as writing:
        out = csv.DictWriter(writing, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
