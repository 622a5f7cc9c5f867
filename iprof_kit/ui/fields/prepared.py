"""What a person prepares of competitions, in her carnet: those followed, papers, RAEP files."""

from __future__ import annotations

from collections.abc import Mapping

from iprof_kit.calculate.paths.competitions import competitions, label_of
from iprof_kit.ui.fields.carnet import Carnet, Document
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import long_texts, texts

LONGEST = 9_000
"""Characters of one piece of a RAEP file."""
_FOLLOWED, _PAPERS, _FILES = "suivis", "pieces", "dossiers"
_QUOTED = 120


class Prepared(Carnet):
    """The competitions that she prepares; nothing of it leaves this kit."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit, "concours", _described)

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
        return frozenset(texts(_part(self.load(), _PAPERS).get(code)))

    def keep_papers(self, code: str, values: Mapping[str, str]) -> None:
        """Keep which papers are ready over what was known of the others."""
        kept = {**texts(_part(self.load(), _PAPERS).get(code)), **values}
        self._put(_PAPERS, code, {name: value for name, value in kept.items() if value == "oui"})

    def written(self, code: str) -> dict[str, str]:
        """Return the pieces of a RAEP file, as they were typed."""
        return long_texts(_part(self.load(), _FILES).get(code))

    def keep_file(self, code: str, pieces: Mapping[str, str]) -> None:
        """Keep pieces of a RAEP file over those already kept; an empty one is forgotten."""
        kept = {**self.written(code), **{key: value[:LONGEST] for key, value in pieces.items()}}
        self._put(_FILES, code, {key: value for key, value in kept.items() if value.strip()})

    def _put(self, part: str, code: str, values: dict[str, str]) -> None:
        whole = {name: value for name, value in _part(self.load(), part).items() if name != code}
        if values:
            whole[code] = values
        self.write({**self.load(), part: whole})


def _part(content: Document, name: str) -> dict[str, object]:
    part = content.get(name)
    return dict(part) if isinstance(part, dict) else {}


def _followed(content: Document) -> tuple[str, ...]:
    listed = content.get(_FOLLOWED)
    known = competitions()
    chosen = [one for one in listed if one in known] if isinstance(listed, list) else []
    return tuple(dict.fromkeys(chosen))


def _described(content: Document) -> tuple[str, ...]:
    lines = [f"Concours préparé : {label_of(code)}" for code in _followed(content)]
    for part, what in ((_PAPERS, "pièces prêtes"), (_FILES, "dossier RAEP")):
        for code, values in _part(content, part).items():
            if code in competitions():
                lines += _lines(f"{label_of(code)}, {what}", long_texts(values))
    return tuple(map(text.french, lines))


def _lines(head: str, values: Mapping[str, str]) -> list[str]:
    if set(values.values()) == {"oui"}:
        return [f"{head} : {len(values)}"]
    quoted = ((key, f"{v[:_QUOTED]}{'…' if len(v) > _QUOTED else ''}") for key, v in values.items())
    return [f"{head}, {key.replace('_', ' ')} : {words}" for key, words in quoted]
