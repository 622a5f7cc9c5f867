"""What reading a file leaves to say: fields that the kit does not know, and remarks."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from iprof_kit.cv.model import Inconnu
from iprof_kit.cv.plain_text import storable
from iprof_kit.cv.remarks.remark import Remarque, remark

LARGEST_FILE = 3_000_000
"""Bytes of a file: JSON Resume says twice what its own fields and ours both hold."""
LARGEST_CV = 1_000_000
"""Bytes of a CV, written without spaces."""
MOST_ITEMS = 1_000
"""Lines of one list."""


@dataclass
class Notes:
    """Filled while a file is read; `origin` names its format, as « JSON Resume »."""

    origin: str
    unknown: list[Inconnu] = field(default_factory=list)
    remarks: list[Remarque] = field(default_factory=list)

    def keep(self, where: str, value: object) -> None:
        """Keep a value that has no place in the CV, as it was."""
        written = storable(json.dumps(value, ensure_ascii=False))
        one = Inconnu(origine=self.origin, chemin=storable(where), valeur=written)
        if one not in self.unknown:
            self.unknown.append(one)

    def warn(self, where: str, message: str, remedy: str = "") -> None:
        """Tell the person something about the file."""
        self.remarks.append(remark(where, "avertissement", message, remedy))

    def text(self, where: str, value: object) -> str:
        """Return a value as text; what is no text at all is kept apart."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str | int | float):
            return storable(str(value))
        self.keep(where, value)
        self.warn(
            where,
            "un texte était attendu à cet endroit du fichier.",
            "La valeur est gardée dans les champs inconnus.",
        )
        return ""
