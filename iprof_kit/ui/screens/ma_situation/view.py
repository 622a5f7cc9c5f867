"""Ma situation: the same perspectives from what a person types, without account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iprof_kit.base.errors import KitError
from iprof_kit.ui.fields.situation_fields import situation_fields
from iprof_kit.ui.screens.promotions.view import PromotionsView
from iprof_kit.ui.shared.parts import Field, Notice, Page

PRIVACY = (
    "Rien n’est enregistré : ce que vous saisissez disparaît quand vous quittez cet écran. "
    "Sans compte, il n’est pas possible de le conserver ; le fichier CSV du tableau reste "
    "à vous."
)


@dataclass(frozen=True)
class MaSituationView(Page):
    """The form, and the perspectives once calculated."""

    fields: tuple[Field, ...] = ()
    privacy: str = PRIVACY
    answer: PromotionsView | None = None


def ma_situation(
    values: Mapping[str, str],
    errors: Mapping[str, KitError] | None = None,
    answer: PromotionsView | None = None,
    notices: Sequence[Notice] = (),
) -> MaSituationView:
    """Return the form with the values kept, its errors and the answer, if there is one."""
    return MaSituationView(
        title="Ma situation",
        lead="Saisissez votre situation : le kit calcule vos échelons et vos promotions "
        "possibles, sans compte.",
        notices=tuple(notices),
        fields=situation_fields(values, errors or {}),
        answer=answer,
    )
