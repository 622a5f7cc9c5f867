"""The carnet « voeux », with the children that a person told on another screen.

What she told elsewhere is read beside what is kept, and never kept a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from iprof_kit.ui.fields.carnet import Carnet, Document
from iprof_kit.ui.own_situation.told import PAY, PENSION, Told
from iprof_kit.ui.visit.visiting import Visit

BORN = "naissances_dites"
"""The part of the document that no carnet keeps: births told on Ma paie or Retraite."""
ELSEWHERE = f"{PAY} ou {PENSION}"
_CHILD, _HAS = "enfant-", "enfants"


class WishesCarnet(Carnet):
    """The document of « voeux »: wishes, and what other paths ask.

    Parameters
    ----------
    visit, describe
        See `Carnet`.
    """

    def __init__(self, visit: Visit, describe: Callable[[Document], Sequence[str]]) -> None:
        super().__init__(visit, "voeux", describe)
        self._told = Told(visit)

    def load(self) -> Document:
        """Return the document, the births told elsewhere beside what is kept."""
        kept, births = super().load(), self._told.births()
        return {**kept, BORN: list(births)} if births else kept

    def write(self, content: Document) -> None:
        """Keep a new writing, what was told elsewhere left out."""
        super().write({name: part for name, part in content.items() if name != BORN})


def children_told(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the births told elsewhere, by the fields that ask them: « enfant-1 ».

    Examples
    --------
    >>> children_told({"naissances_dites": ["04/03/2012"]})
    {'enfant-1': '04/03/2012'}
    """
    births = document.get(BORN)
    listed = births if isinstance(births, list) else []
    return {f"{_CHILD}{rank}": str(day) for rank, day in enumerate(listed, 1)}


def told_words(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what is said of children told elsewhere; nothing where none is.

    Examples
    --------
    >>> told_words({"naissances_dites": ["04/03/2012", "09/08/2020"]})
    ('2 enfants, que vous avez indiqués dans Ma paie ou Retraite.',)
    """
    count = len(children_told(document))
    many = "s" if count > 1 else ""
    words = f"{count} enfant{many}, que vous avez indiqué{many} dans {ELSEWHERE}."
    return (words,) if count else ()


def completed(answers: Mapping[str, str], document: Mapping[str, Any]) -> dict[str, str]:
    """Return the answers of other paths, with the children told elsewhere where none is said.

    Examples
    --------
    >>> completed({}, {"naissances_dites": ["04/03/2012"]})
    {'enfants': 'oui', 'enfant-1': '04/03/2012'}
    >>> completed({"enfants": "aucun"}, {"naissances_dites": ["04/03/2012"]})
    {'enfants': 'aucun'}
    """
    children = children_told(document)
    if not children or answers.get(_HAS, "").strip():
        return dict(answers)
    return {**answers, _HAS: "oui", **children}


def own_alone(answers: Mapping[str, str], document: Mapping[str, Any]) -> dict[str, str]:
    """Return answers without the children that still are those told elsewhere."""
    children = children_told(document)
    same = {name: v for name, v in answers.items() if name.startswith(_CHILD) and v.strip()}
    if not children or same != children or answers.get(_HAS) != "oui":
        return dict(answers)
    return {n: v for n, v in answers.items() if n != _HAS and not n.startswith(_CHILD)}
