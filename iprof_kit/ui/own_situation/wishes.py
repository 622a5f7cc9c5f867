"""The carnet « voeux », with what a person told on another screen: children, ages of her pension.

What she told elsewhere is read beside what is kept, and never kept a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from iprof_kit.base.errors import KitError
from iprof_kit.ui.kit.carnet import Carnet, Document
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.own_situation.children import CHILD, HAS, PATHS, PLACES, Births, births_kept
from iprof_kit.ui.own_situation.reader import OwnReader
from iprof_kit.ui.own_situation.told import PAY, PENSION

BORN = "naissances_dites"
"""The part of the document that no carnet keeps: births told on Ma paie or Retraite."""
CATEGORY = "categorie_dite"
"""Another: the category of her pension, where the services told on Retraite change it."""
_TOLD = (BORN, CATEGORY)
ELSEWHERE = f"{PAY} ou {PENSION}"


class WishesCarnet(Carnet):
    """The document of « voeux »: wishes, and what other paths ask.

    Parameters
    ----------
    visit, describe
        See `Carnet`.
    """

    def __init__(self, visit: Visit, describe: Callable[[Document], Sequence[str]]) -> None:
        super().__init__(visit, "voeux", describe)
        self._person = OwnReader(visit)

    def load(self) -> Document:
        """Return the document, what was told elsewhere beside what is kept."""
        return {**super().load(), **self._elsewhere()}

    def write(self, content: Document) -> None:
        """Keep a new writing, what was told elsewhere left out."""
        super().write({name: part for name, part in content.items() if name not in _TOLD})

    def _elsewhere(self) -> Document:
        added: Document = {}
        if births := self._person.typed.births():
            added[BORN] = list(births)
        with suppress(KitError):  # nobody's file: there are no ages either
            one = self._person.own()
            if one.start is not None and one.tells_category:
                added[CATEGORY] = one.start.categorie_retraite
        return added


def told_category(document: Mapping[str, Any]) -> str:
    """Return the category of pension that she told services for; "" where she did not.

    Examples
    --------
    >>> told_category({"categorie_dite": "active"}), told_category({})
    ('active', '')
    """
    return str(document.get(CATEGORY) or "")


def told_elsewhere_than(screen: str, document: Mapping[str, Any]) -> Births:
    """Return the births that a screen of the wishes does not keep itself, and where they are.

    Examples
    --------
    >>> told_elsewhere_than("Autres parcours", {"naissances_dites": ["04/03/2012"]})
    Births(days=('04/03/2012',), screen='Ma paie ou Retraite')
    """
    births = document.get(BORN)
    if isinstance(births, list) and births:
        return Births(tuple(map(str, births)), ELSEWHERE)
    return births_kept(document, screen)


def children_told(document: Mapping[str, Any], screen: str = PLACES) -> dict[str, str]:
    """Return the births told elsewhere, by the fields that ask them: « enfant-1 ».

    Examples
    --------
    >>> children_told({"naissances_dites": ["04/03/2012"]})
    {'enfant-1': '04/03/2012'}
    """
    days = told_elsewhere_than(screen, document).days
    return {f"{CHILD}{rank}": day for rank, day in enumerate(days, 1)}


def told_words(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what Autres parcours says of children told elsewhere; nothing where none is.

    Examples
    --------
    >>> told_words({"naissances_dites": ["04/03/2012", "09/08/2020"]})
    ('2 enfants, que vous avez indiqués dans Ma paie ou Retraite.',)
    """
    births = told_elsewhere_than(PATHS, document)
    count = len(births.days)
    many = "s" if count > 1 else ""
    words = f"{count} enfant{many}, que vous avez indiqué{many} dans {births.screen}."
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
    children = children_told(document, PATHS)
    if not children or answers.get(HAS, "").strip():
        return dict(answers)
    return {**answers, HAS: "oui", **children}


def own_alone(answers: Mapping[str, str], document: Mapping[str, Any]) -> dict[str, str]:
    """Return answers without the children that still are those told elsewhere."""
    children = children_told(document, PATHS)
    same = {name: v for name, v in answers.items() if name.startswith(CHILD) and v.strip()}
    if not children or same != children or answers.get(HAS) != "oui":
        return dict(answers)
    return {n: v for n, v in answers.items() if n != HAS and not n.startswith(CHILD)}
