"""What a person prepares of competitions, in her carnet: those followed, papers, RAEP files."""

from __future__ import annotations

from collections.abc import Mapping

from iprof_kit.calculate.paths.competitions import competitions, label_of
from iprof_kit.ui.kit.carnet import Carnet, Document
from iprof_kit.ui.kit.visiting import Visit

LONGEST = 9_000
"""Characters of one piece of a RAEP file."""
_FOLLOWED, _PAPERS, _FILES = "suivis", "pieces", "dossiers"


class Prepared(Carnet):
    """The competitions that she prepares; nothing of it leaves this kit."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit, "concours", longest=LONGEST)

    def followed(self) -> tuple[str, ...]:
        """Return the codes that she follows, in the order in which she chose them."""
        return _followed(self.load())

    def follow(self, code: str, *, wanted: bool) -> None:
        """Follow a competition, or no longer; what was written of it stays."""
        others = [one for one in self.followed() if one != code]
        self.turn += 1
        self.write({**self.load(), _FOLLOWED: [*others, code] if wanted else others})

    def papers(self, code: str) -> frozenset[str]:
        """Return the papers that are ready."""
        return frozenset(self.fields(_PAPERS, code))

    def keep_papers(self, code: str, values: Mapping[str, str]) -> None:
        """Keep which papers are ready over what was known of the others."""
        ready = {name: value if value == "oui" else "" for name, value in values.items()}
        self.keep(ready, _PAPERS, code)

    def written(self, code: str) -> dict[str, str]:
        """Return the pieces of a RAEP file, as they were typed."""
        return self.fields(_FILES, code)

    def keep_file(self, code: str, pieces: Mapping[str, str]) -> None:
        """Keep pieces of a RAEP file over those already kept; an empty one is forgotten."""
        self.keep(pieces, _FILES, code)

    def described(self, content: Document) -> tuple[str, ...]:
        """Return what is followed, how many papers are ready, what is written."""
        lines = [f"Concours préparé : {label_of(code)}" for code in _followed(content)]
        papers = _known(content, _PAPERS).items()
        lines += [f"{label_of(code)}, pièces prêtes : {len(ready)}" for code, ready in papers]
        return (*lines, *super().described(_known(content, _FILES)))

    def name_of(self, path: tuple[str, ...]) -> str:
        """Return of which competition a piece is."""
        return f"{label_of(path[0])}, dossier RAEP, {path[-1].replace('_', ' ')}"


def _known(content: Document, part: str) -> Document:
    """Return what is kept of the competitions that there are."""
    kept = content.get(part)
    return (
        {code: kept[code] for code in competitions() if kept.get(code)}
        if isinstance(kept, dict)
        else {}
    )


def _followed(content: Document) -> tuple[str, ...]:
    listed = content.get(_FOLLOWED)
    known = competitions()
    chosen = [one for one in listed if one in known] if isinstance(listed, list) else []
    return tuple(dict.fromkeys(chosen))
