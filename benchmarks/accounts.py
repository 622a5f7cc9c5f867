"""How long an academy's files and accounts take: made from a file, the same file again, letters.

python benchmarks/accounts.py [--people N]

People are made up by their numbers. Each command is a process of its own, as an administrator
runs it; processor times are those of the command and of what it started.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SURNAMES, NAMES, SCHOOLS = 9_000, 26, 100
DOSSIERS = {
    "civilite": "Madame", "date_naissance": "1985-03-14", "statut": "Fonctionnaire",
    "academie": "06", "departement": "063", "source": "AGAPE", "lu_le": "2026-11-12",
    "corps": "pe", "entree_corps": "2010-09-01", "titularisation": "2011-09-01",
    "grade": "classe_normale", "echelon": "7", "date_effet": "2024-09-01",
    "position": "En activité", "position_debut": "2011-09-01",
    "affectation": "Affectation à titre définitif", "type_etablissement": "École élémentaire",
    "fonction": "Adjoint", "affectation_debut": "2015-09-01",
}  # fmt: skip


def letters(number: int) -> str:
    """Return a number in letters: names of people hold no digit."""
    text = ""
    while True:
        number, rest = divmod(number, 26)
        text = chr(ord("a") + rest) + text
        if not number:
            return text


def write_files(folder: Path, people: int) -> tuple[Path, Path]:
    """Write the file of dossiers and that of accounts."""
    dossiers, accounts = folder / "dossiers.csv", folder / "comptes.csv"
    names = ("numero", "prenom", "nom", "uai", "etablissement", *DOSSIERS)
    with dossiers.open("w", newline="") as one, accounts.open("w", newline="") as other:
        files, wanted = csv.DictWriter(one, names), csv.writer(other)
        files.writeheader()
        wanted.writerow(("compte", "dossier", "role"))
        for number in range(people):
            school = number % SCHOOLS
            files.writerow(
                DOSSIERS
                | {
                    "numero": f"B{number:06}",
                    "prenom": letters(number % NAMES) + "nne",
                    "nom": "Dupont" + letters(number % SURNAMES),
                    "uai": f"063{school:04}X",
                    "etablissement": f"École {school}",
                }
            )
            wanted.writerow(("", f"B{number:06}", "enseignant"))
    return dossiers, accounts


def run(environment: dict[str, str], *words: str) -> tuple[float, float, str]:
    """Return the wall and processor seconds of a command, and the last line that it said."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "iprof_kit", *words],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    wall = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, processor, " ".join(done.stdout.split("\n")[:2]).strip()


def main() -> None:
    """Print the measures as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        dossiers, accounts = write_files(folder, options.people)
        environment = os.environ | {"IPROF_VAR": str(folder / "var")}
        made = ("account", "importer", str(accounts))
        sent = ("--dossier", str(folder / "lettres"), "--adresse", "https://kit.example")
        orders = {
            "`iprof import dossiers`": ("import", "dossiers", str(dossiers)),
            "the same files again": ("import", "dossiers", str(dossiers)),
            "`iprof account importer --essai`": (*made, "--essai"),
            "`iprof account importer`": made,
            "the same accounts again": made,
            "`iprof account delivrer` (100 schools)": ("account", "delivrer", *sent),
            "`iprof account list --sans-raison`": ("account", "list", "--sans-raison"),
        }
        print("| what | wall | processor | it said |")
        print("|---|---:|---:|---|")
        for what, words in orders.items():
            wall, processor, answer = run(environment, *words)
            print(f"| {what} | {wall:.1f} s | {processor:.1f} s | {answer} |", flush=True)


if __name__ == "__main__":
    main()
