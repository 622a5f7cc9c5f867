"""Ma situation: the perspectives without account, from a worked example; nothing is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.base.calendar import rentree_day
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.ui.components.guichet import portal_today
from iprof_kit.ui.components.screen import Message, Screen
from iprof_kit.ui.kit.asking import Calculate, Comparison, calculate
from iprof_kit.ui.kit.guarded import guarded
from iprof_kit.ui.kit.parts import Field, Notice, Page
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.own_situation.typed import read_situation, situation_fields
from iprof_kit.ui.screens.promotions.view import PromotionsView, promotions
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import texts, word

_AGE, _SINCE = 35, 2
_WAITING = '<p class="sec" role="status">Ouverture de l’écran.</p>'


def example(today: date) -> dict[str, str]:
    """Return what the form says of the worked example: a teacher in the middle of the grid."""
    birth = date(today.year - _AGE, 5, 20)
    since = rentree_day(today.year - _SINCE)
    return {
        "corps": next(iter(law_facts.corps_names())),
        "grade": "classe_normale",
        "echelon": "7",
        "date_effet": text.typed_day(since),
        "date_naissance": text.typed_day(birth),
        "quotite": "100",
    }


class MySituation:
    """The screen without account: a form beside the same perspectives. Nothing is kept."""

    def __init__(self, today: Callable[[], date], ask: Calculate = calculate) -> None:
        self._today = today
        self._ask = ask
        self._example: dict[str, str] = {}
        self._values: dict[str, str] = {}
        self._errors: dict[str, KitError] = {}
        self._comparison: Comparison | None = None

    def handle(self, message: Message) -> str:
        """Return the HTML that answers a message of the browser; never raises."""
        return guarded(lambda: self._handle(message))

    def _handle(self, message: Message) -> str:
        if not self._example:
            self._open_on_the_example()
        values = texts(message.get("values"))
        name = message.get("name") if message["kind"] == "intent" else None
        if name == "scenarios" and self._comparison:
            self._comparison.change(values, word(message.get("changed")))
        elif name == "pourquoi" and self._comparison is not None:
            self._comparison.open(values.get("of", ""))
        elif name == "situation_choix":
            self._take(values)
            self._errors = {}
        elif name == "situation":
            self._take(values)
        return self._show()

    def _open_on_the_example(self) -> None:
        """Show a person who is nobody, with a promotion tried: a figure is there at once."""
        self._example = example(self._today())
        self._take(self._example, proposes=True)
        self._errors = {}

    def _take(self, values: dict[str, str], *, proposes: bool = False) -> None:
        opened = self._comparison.opened if self._comparison else ()
        self._values, self._comparison = values, None
        situation, self._errors = read_situation(values, self._today())
        if situation is None:
            return
        comparison = Comparison(
            situation, self._today(), self._ask, proposes=proposes, opened=opened
        )
        try:
            comparison.answer()
        except KitError as error:
            self._errors = {"date_effet": error}
        else:
            self._comparison = comparison

    def _show(self) -> str:
        comparison = self._comparison
        answer = (
            promotions(comparison.answer(), refusals=comparison.refusals, by_hand=True)
            if comparison
            else None
        )
        view = ma_situation(self._values, self._errors, answer, example=self._example)
        return render("ma_situation", view)


def open_my_situation() -> Screen:
    """Return the screen without account, on the portal's day."""
    return Screen(MySituation(portal_today).handle, html=_WAITING, routed=False)


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
