"""What was published of each source: whom each cell counted, and which cells were shown.

People are kept under their pseudonyms: whatever the filters, and even if the source changed in
between, a new table is held against the very people that the earlier ones counted.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock, Timeout

from iprof_kit.analytics.publication.cube import Cube
from iprof_kit.analytics.publication.keys import checked_name
from iprof_kit.analytics.publication.people import Earlier, People
from iprof_kit.base.calendar import date_text
from iprof_kit.base.configuration.data_folder import var_dir
from iprof_kit.base.errors import Unavailable
from iprof_kit.base.names import alike, home_of
from iprof_kit.base.private_files import private_folder, write_private
from iprof_kit.base.words import NBSP

_PATIENCE = 120


class Ledger:
    """The publications of one source."""

    def __init__(self, source: str) -> None:
        self._source = checked_name(source)
        self._root = var_dir() / "publications"
        self.folder = home_of(self._root, self._source)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Keep others from publishing the same source at the same time.

        Raises
        ------
        Unavailable
            Somebody else is still publishing it, or the folder cannot be written.
        """
        try:
            private_folder(self.folder)
            with FileLock(self.folder / "verrou", timeout=_PATIENCE):
                yield
        except Timeout as error:
            raise Unavailable(
                "une autre publication de cette source est en cours.",
                where=str(self.folder),
                remedy="Attendez qu’elle se termine, puis recommencez.",
            ) from error

    def alike(self) -> list[str]:
        """Return the other sources whose name looks like this one, where nothing is noted of it."""
        if any(self.folder.glob("*.json")):
            return []
        return alike(self._source, (path.name for path in self._root.glob("*")))

    def earlier(self) -> list[Earlier]:
        """Return what was published, the oldest first.

        Raises
        ------
        Unavailable
            A file is damaged: nothing can be published without it.
        """
        return [_read(path) for path in sorted(self.folder.glob("*.json"))]

    def add(
        self, people: People, threshold: int, published: dict[str, np.ndarray], title: str
    ) -> list[Path]:
        """Note a publication before its files are written, and return the files of the note."""
        names = [path.stem for path in self.folder.glob("*.json")]
        stem = f"{max((int(name) for name in names), default=0) + 1:04d}"
        buffer = io.BytesIO()
        arrays = {f"part:{k}": v for k, v in people.shares.items()}
        arrays |= {f"connu:{k}": v for k, v in people.known.items()}
        named: dict[str, Any] = {"ids": people.ids, "code": people.code, **arrays}
        np.savez_compressed(buffer, **named)
        note: dict[str, Any] = {
            "titre": title,
            "le": date.today().isoformat(),
            "seuil": threshold,
            "par": people.cube.by,
            "valeurs": people.cube.levels,
            "publiees": {k: np.flatnonzero(v).tolist() for k, v in published.items()},
        }
        files = [self.folder / f"{stem}.npz", self.folder / f"{stem}.json"]
        write_private(files[0], buffer.getvalue())
        write_private(files[1], json.dumps(note, ensure_ascii=False).encode())
        return files


def _read(path: Path) -> Earlier:
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        cube = Cube(tuple(note["par"]), tuple(tuple(values) for values in note["valeurs"]))
        with np.load(path.with_suffix(".npz"), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        published = {layer: np.zeros(cube.size, bool) for layer in note["publiees"]}
        for layer, shown in note["publiees"].items():
            published[layer][shown] = True
        people = People(
            arrays["ids"],
            cube,
            arrays["code"],
            {k.partition(":")[2]: v for k, v in arrays.items() if k.startswith("part:")},
            {k.partition(":")[2]: v for k, v in arrays.items() if k.startswith("connu:")},
        )
        name = f"n° {int(path.stem)} du {date_text(date.fromisoformat(note['le']))}"
        return Earlier(f"{name} ({note['titre']})", people, int(note["seuil"]), published)
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise Unavailable(
            "le registre de ce qui a été publié est abîmé.",
            where=str(path),
            remedy=f"Rétablissez ce fichier d’une sauvegarde{NBSP}: sans lui, le recoupement avec "
            "les tableaux déjà publiés ne peut pas être vérifié.",
        ) from error
