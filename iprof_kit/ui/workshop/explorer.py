"""The analysts' explorer: the usual analyses of a question, their options as controls."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from html import escape
from typing import Any, Literal, get_args, get_origin

import ipywidgets as widgets
import pandas as pd
from IPython.display import HTML, display

from iprof_kit.analytics.analyses.catalogue import analyse_de, analyses
from iprof_kit.analytics.analyses.drawing import code_label
from iprof_kit.analytics.analyses.model import Analyse, usage
from iprof_kit.analytics.columns import IDENTITY
from iprof_kit.base.clock import paris_today
from iprof_kit.base.errors import InputError
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import hard_spaces_read
from iprof_kit.ui.workshop.analysis import redraw, shown, svg_of

_EVERYONE = ("tous", "")
_WIDE = widgets.Layout(width="32rem", max_width="100%")


def explorer(
    gens: pd.DataFrame, *numeros: int | str, choix: Mapping[str, Any] | None = None, **fixes: Any
) -> widgets.VBox:
    """Return analyses to choose from, with a control for each option, a table and a figure.

    Parameters
    ----------
    gens : DataFrame
        See `analyser`.
    *numeros : int or str
        Numbers or names of analyses, or the name of a question (« structure »); all by default.
    choix : mapping of option to value, optional
        What the controls hold at first.
    **fixes
        Options given once for all: they have no control.

    Raises
    ------
    InputError
        An unknown analysis or question.
    """
    which = widgets.Dropdown(description="Analyse", options=_named(numeros), layout=_WIDE)
    rule, form, out = widgets.HTML(), widgets.VBox(), widgets.Output()
    controls: dict[str, widgets.Widget] = {}

    def answered() -> list[HTML]:
        options = {name: control.value for name, control in controls.items()}
        return _parts(analyse_de(which.value)(gens, **options, **_accepted(which.value, fixes)))

    def ask(_change: object = None) -> None:
        redraw(out, answered)

    def choose(_change: object = None) -> None:
        controls.clear()
        controls.update(_controls(which.value, gens, fixes))
        for name, value in (choix or {}).items():
            if name in controls:
                controls[name].value = value
        for control in controls.values():
            control.observe(ask, "value")
        form.children = tuple(controls.values())
        rule.value = _rule(which.value)
        ask()

    which.observe(choose, "value")
    choose()
    return widgets.VBox([which, rule, form, out])


def present(answer: Analyse) -> None:
    """Display an answer: its figure, its table, then its details, each under its caption."""
    display(*_parts(answer))


def _parts(answer: Analyse) -> list[HTML]:
    words = f"{answer.titre}. Les valeurs sont dans la table qui suit."
    figure = f'<div role="img" aria-label="{escape(words)}">{svg_of(answer.figure())}</div>'
    tables = (answer.table, *answer.details.values())
    return [HTML(figure), *map(shown, tables)]


def _named(numeros: Iterable[int | str]) -> list[tuple[str, int]]:
    known = analyses()
    asked = list(numeros) or known["numero"].tolist()
    kept = known[
        known["numero"].isin(asked) | known["nom"].isin(asked) | known["question"].isin(asked)
    ]
    names = {*kept["numero"], *kept["nom"], *kept["question"]}
    unknown = [str(one) for one in asked if one not in names]
    if unknown:
        raise InputError(
            f"analyse ou question inconnue : {', '.join(unknown)}.",
            where="numeros",
            remedy=f"Questions : {', '.join(known['question'].unique())}.",
        )
    return [
        (f"{number} · {title}", number)
        for number, title in zip(kept["numero"].tolist(), kept["titre"], strict=True)
    ]


def _rule(number: int) -> str:
    what = usage(number)
    doubt = f" (à vérifier, confiance {what.confiance})" if to_verify(what.confiance) else ""
    return hard_spaces_read(f"<p>{escape(what.fait)} — {escape(what.source)}{doubt}</p>")


def _accepted(number: int, fixes: dict[str, Any]) -> dict[str, Any]:
    """Return, of the options fixed for all, those that this analysis has."""
    return {name: value for name, value in fixes.items() if name in _options(number)}


def _options(number: int) -> dict[str, inspect.Parameter]:
    signature = inspect.signature(analyse_de(number), eval_str=True)
    return {
        name: one
        for name, one in signature.parameters.items()
        if one.kind is inspect.Parameter.KEYWORD_ONLY
    }


def _controls(number: int, gens: pd.DataFrame, fixes: dict[str, Any]) -> dict[str, widgets.Widget]:
    controls = {}
    for name, option in _options(number).items():
        control = None if name in fixes else _control(name, option, gens)
        if control is not None:
            control.style.description_width = "9rem"
            controls[name] = control
    return controls


def _control(name: str, option: inspect.Parameter, gens: pd.DataFrame) -> widgets.Widget | None:
    """Return the control of an option; None where its kind cannot be typed in a form."""
    kind, value, words = option.annotation, option.default, name.replace("_", " ")
    if get_origin(kind) is Literal:
        return widgets.Dropdown(description=words, options=list(get_args(kind)), value=value)
    chosen = name in gens and name not in IDENTITY  # a number is typed: there are thousands
    if kind is str and chosen and value in ("", inspect.Parameter.empty):
        codes = sorted({str(code) for code in gens[name].dropna() if code != ""})
        choices = [_EVERYONE] if value == "" else []
        choices += [(code_label(code), code) for code in codes]
        return widgets.Dropdown(description=words, options=choices, layout=_WIDE)
    made = _TYPED.get(kind)
    return None if made is None else made(words, value)


def _text(words: str, value: object) -> widgets.Widget:
    given = "" if value is inspect.Parameter.empty else str(value)
    return widgets.Text(description=words, value=given, continuous_update=False)


def _whole(words: str, value: Any) -> widgets.Widget:
    given = paris_today().year if value is inspect.Parameter.empty else value
    return widgets.IntText(description=words, value=given, continuous_update=False)


def _number(words: str, value: Any) -> widgets.Widget:
    given = 0.0 if value is inspect.Parameter.empty else value
    return widgets.FloatText(description=words, value=given, continuous_update=False)


def _ticked(words: str, value: Any) -> widgets.Widget:
    return widgets.Checkbox(description=words, value=value is True)


def _day(words: str, value: Any) -> widgets.Widget:
    return widgets.DatePicker(description=words, value=value or None)


_TYPED: dict[object, Callable[[str, Any], widgets.Widget]] = {
    str: _text,
    int: _whole,
    float: _number,
    bool: _ticked,
    date | None: _day,
}
