"""The import of an extract in a notebook: read, correct the columns, confirm, save."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from iprof_kit.analytics.columns import COLUMNS
from iprof_kit.analytics.imports.extract import Extract, read_extract
from iprof_kit.analytics.imports.reporting.report_files import PROJET
from iprof_kit.analytics.imports.reporting.writing import write_extract
from iprof_kit.analytics.imports.source import IGNORED, SPECIAL
from iprof_kit.base.errors import KitError
from iprof_kit.base.words import counted, hard_spaces, hard_spaces_read, number_text

_WIDE = widgets.Layout(width="min(100%, 42rem)")
_BUTTON = widgets.Layout(width="auto", align_self="flex-start")
_LINE = widgets.Layout(flex_flow="row wrap")
_LABEL = {"description_width": "12rem"}
_CHOICES = [
    (f"{name} — {meaning}" if meaning else name, name)
    for name, meaning in [
        (IGNORED, SPECIAL[IGNORED]),
        *((c.name, c.meaning) for c in COLUMNS.values()),
        *((name, meaning) for name, meaning in SPECIAL.items() if name != IGNORED),
    ]
]


class ImportDesk(widgets.VBox):  # type: ignore[misc]  # ipywidgets is untyped
    """Choose a file and a source, see what each heading is taken for, correct it, keep it.

    Parameters
    ----------
    path : str or Path
        File to read first; another may be typed.
    source : str
        Name under which the columns are kept.

    Attributes
    ----------
    extract : Extract or None
        What was read last, for the next cells; None where the file could not be read.
    """

    def __init__(self, path: str | Path, source: str) -> None:
        super().__init__()
        self.extract: Extract | None = None
        self._file = widgets.Text(str(path), description="Fichier", layout=_WIDE, style=_LABEL)
        self._source = widgets.Text(source, description="Source", layout=_WIDE, style=_LABEL)
        self._opinions = widgets.Text(
            description="Avis (facultatif)",
            layout=_WIDE,
            style=_LABEL,
            placeholder="fichier d’avis à joindre par numéro",
        )
        self._output = widgets.Text(
            "population.parquet", description="Table à écrire", layout=_WIDE, style=_LABEL
        )
        self._motif = widgets.Text(
            description="Motif",
            layout=_WIDE,
            style=_LABEL,
            placeholder=hard_spaces("pourquoi, pour qui : noté au journal des exports"),
        )
        self._columns = widgets.VBox()
        self._reading, self._choice, self._saved = (widgets.HTML() for _ in range(3))
        self._chosen: dict[str, widgets.Dropdown] = {}
        self.children = [
            self._file,
            self._source,
            self._opinions,
            self._button("Lire le fichier", self._fresh),
            self._reading,
            self._columns,
            widgets.HBox(
                [
                    self._button("Relire avec ces colonnes", self._again),
                    self._button("Confirmer les colonnes", self._confirm),
                ]
            ),
            self._choice,
            self._output,
            self._motif,
            self._button("Enregistrer la table et le rapport", self._save),
            self._saved,
        ]
        self._fresh()

    def _button(self, label: str, run: Any) -> widgets.Button:
        button = widgets.Button(description=label, layout=_BUTTON)
        button.on_click(lambda _: run())
        return button

    def _fresh(self) -> None:
        self._chosen = {}
        self._read(self._reading)

    def _again(self) -> None:
        """Read the file with the columns chosen; the answer is beside the button."""
        if self._read(self._choice):
            self._try(self._choice, _counts)

    def _read(self, answer: widgets.HTML) -> bool:
        """Read the file, show what became of it, or say in `answer` why it cannot be read."""
        self._choice.value = self._saved.value = ""
        chosen = {heading: box.value for heading, box in self._chosen.items()}
        opinions = [self._opinions.value.strip()] if self._opinions.value.strip() else []
        try:
            self.extract = read_extract(
                self._file.value.strip(),
                self._source.value.strip() or None,
                columns=chosen or None,
                opinions=opinions,
            )
        except KitError as error:
            self.extract = None
            self._reading.value, answer.value = "", _refused(error)
            return False
        self._show_columns(self.extract)
        self._reading.value = _summary(self.extract)
        return True

    def _show_columns(self, extract: Extract) -> None:
        boxes = []
        for guess in extract.mapping.guesses:
            box = widgets.Dropdown(
                options=_CHOICES,
                value=guess.column or IGNORED,
                layout=_WIDE,
                style=_LABEL,
                description=("" if guess.sure else "? ") + guess.heading,
                tooltip=", ".join(guess.examples) or guess.why,
            )
            self._chosen[guess.heading] = box
            seen = f"exemples : {', '.join(guess.examples)}" if guess.examples else guess.why
            boxes.append(widgets.HBox([box, widgets.Label(hard_spaces(seen))], layout=_LINE))
        self._columns.children = boxes

    def _confirm(self) -> None:
        """Keep the columns as they are chosen."""
        if self._read(self._choice):
            self._try(self._choice, lambda extract: f"Colonnes gardées dans {extract.confirm()}.")

    def _save(self) -> None:
        def save(extract: Extract) -> str:
            file = Path(self._output.value.strip() or "population.parquet")
            report = file.with_suffix(".html")
            new = write_extract(extract, motif=self._motif.value, table=file, report=report)
            table = "Table" if new else "Table déjà à jour"
            return (
                f"{table} : {file}. Rapport : {report}. Le motif est noté au journal des exports."
            )

        self._try(self._saved, save)

    def _try(self, answer: widgets.HTML, run: Callable[[Extract], str]) -> None:
        """Do something with what was read, and say right under its button what came of it."""
        if self.extract is None:
            answer.value = _refused("aucun fichier n’est lu. Corrigez-le, puis relisez-le.")
            return
        try:
            answer.value = _done(run(self.extract))
        except KitError as error:
            answer.value = _refused(error)


def _done(text: str) -> str:
    return hard_spaces_read(f"<p role='status'><b>{escape(text)}</b></p>")


def _refused(why: object) -> str:
    return hard_spaces_read(f"<p role='alert'><b>{escape(str(why))}</b></p>")


def _counts(extract: Extract) -> str:
    counts = extract.report.counts
    return (
        f"{counted(counts['lignes'], 'ligne')} : {counted(counts['acceptees'], 'acceptée')}, "
        f"{counted(counts['reparees'], 'réparée')}, {counted(counts['refusees'], 'refusée')}."
    )


def _summary(extract: Extract) -> str:
    """Return what became of a file, in HTML."""
    notes = "".join(f"<li>{escape(note)}</li>" for note in extract.report.notes)
    wrong = extract.report.totals
    off = "".join(
        f"<li>{escape(str(row['libelle']))} : annoncé {number_text(row['annonce'])}, compté "
        f"{number_text(row['calcule'])} ({escape(str(row['porte_sur']))})</li>"
        for row in wrong.to_dict("records")
        if row["concorde"] is False
    )
    totals = f"<p><b>Totaux qui ne concordent pas</b></p><ul>{off}</ul>" if off else ""
    html = f"<p><b>{PROJET}</b></p><p>{_counts(extract)}</p>{totals}<ul>{notes}</ul>"
    return hard_spaces_read(html)
