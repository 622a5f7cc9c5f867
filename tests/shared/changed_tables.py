"""One row changed in a copy of a table, and what the reasons that read it then say."""

import csv
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field

from iprof_kit.base.paths import ROOT

NEW = "texte changé dans la copie"


@dataclass(frozen=True)
class Change:
    """One cell of one row, and what a reason then says: a line, a part of a sentence."""

    table: str
    row: dict[str, str]
    column: str
    value: str
    line: tuple[str, str] = ("", "")
    sentence: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def source(self):
        return f"{NEW}, {self.table}"

    def check(self, reasons):
        """Fail where no reason cites the changed row, or none that does says what it holds."""
        citing = [one for one in reasons if self._cited(one)]
        assert citing, f"{self.source} n'est citée par aucune raison"
        shown = [line for one in citing for line in one["lignes"]]
        lines = {(plain(line["libelle"]), plain(line["valeur"])) for line in shown}
        if self.line[0]:
            assert self.line in lines
        assert self.sentence in " ".join(plain(one["regle"]) for one in citing)

    def _cited(self, reason):
        return any(self.source in text["texte"] for text in reason["sources"])


def plain(text):
    return text.replace("\u00a0", " ")


def reasons_with(changes, script, folder):
    """Return the reasons that a script writes, given a copy of the tables with every change."""
    copy = folder / "reference"
    shutil.copytree(ROOT / "data" / "reference", copy)  # the kit’s own, whatever is in use
    for change in changes:
        rewrite(copy / f"{change.table}.csv", change)
    run = subprocess.run(
        [sys.executable, "-c", script, str(copy)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-3000:]
    return json.loads(run.stdout)


def rewrite(file, change):
    with file.open(encoding="utf-8", newline="") as reading:
        rows = list(csv.DictReader(reading))
    (row, *_) = (one for one in rows if change.row.items() <= one.items())
    assert row[change.column] != change.value, f"{change.table} : la ligne a déjà cette valeur"
    row |= {change.column: change.value, "source": change.source} | change.more
    with file.open("w", encoding="utf-8", newline="") as writing:
        out = csv.DictWriter(writing, rows[0].keys())
        out.writeheader()
        out.writerows(rows)
