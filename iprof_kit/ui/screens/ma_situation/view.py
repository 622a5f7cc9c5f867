"""Ma situation: the same perspectives from what a person types, without account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from iprof_kit.base.errors import KitError
from iprof_kit.ui.kit.parts import Field, Notice, Page
from iprof_kit.ui.own_situation.typed import situation_fields
from iprof_kit.ui.screens.promotions.view import PromotionsView

PRIVACY = (
    "Sans compte, rien n’est enregistré : ce que vous saisissez disparaît quand vous quittez cet "
    "écran. Le fichier CSV du tableau reste à vous."
)


@dataclass(frozen=True)
class MaSituationView(Page):
    """The form, and the perspectives once calculated."""

    fields: tuple[Field, ...] = ()
    privacy: str = PRIVACY
    example: bool = False
    """Whether everything is still that of the worked example."""
    answer: PromotionsView | None = None


def ma_situation(
    values: Mapping[str, str],
    errors: Mapping[str, KitError] | None = None,
    answer: PromotionsView | None = None,
    notices: Sequence[Notice] = (),
    example: Mapping[str, str] | None = None,
) -> MaSituationView:
    """Return the form with the values kept, its errors and the answer, if there is one.

    What still stands as in the worked example is said at its field.
    """
    return MaSituationView(
        title="Ma situation",
        lead="Donnez la date d’effet de votre échelon : vos échelons et vos promotions possibles "
        "viennent ici, sans compte.",
        notices=tuple(notices),
        fields=tuple(
            _of_the_example(field, example or {})
            for field in situation_fields(values, errors or {})
        ),
        example=bool(example) and dict(values) == dict(example or {}),
        answer=answer,
    )


def _of_the_example(field: Field, example: Mapping[str, str]) -> Field:
    """Say at a date that it is still the one of the example."""
    if field.options or field.error or not field.value or field.value != example.get(field.name):
        return field
    return replace(field, hint="Date de l’exemple : mettez la vôtre")
