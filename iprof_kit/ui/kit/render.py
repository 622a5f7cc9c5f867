"""HTML of the screens: a view in, escaped HTML out."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from iprof_kit.base.configuration.sub_path import outside
from iprof_kit.base.words import hard_spaces_read
from iprof_kit.ui.kit.filters import FILTERS
from iprof_kit.ui.kit.parts import KEYS, Option, Page
from iprof_kit.ui.shared.codes import mark_codes
from iprof_kit.ui.shared.menu import HELP, PORTAL, Tab, answered
from iprof_kit.ui.shared.sigles import expand

_KIT = Path(__file__).parent
_UI = _KIT.parent


def render(
    template: str,
    view: Page,
    *,
    rubrique: str = "",
    tabs: tuple[Tab, ...] = (),
    notebook: str = PORTAL,
    help_at: str = HELP,
    unread: int | None = None,
    person: str = "",
    **more: object,
) -> str:
    """Return the HTML of one screen.

    Parameters
    ----------
    template : str
        Name of the template, without extension.
    view : Page
        What to show; every text is escaped.
    rubrique : str
        Title of the rubrique, above the tabs; empty where there is none.
    tabs : tuple of Tab
        The tabs of the rubrique, with the current one.
    notebook : str
        The notebook that shows it: its kernel answers its own links.
    help_at : str
        Address of the help of this screen, where the header leads.
    unread : int, optional
        What the menu says beside « Votre courrier »; None leaves it as it is.
    person : str
        The number of the file that the screen rests on: whose its figures are.
    """
    html = (
        environment()
        .get_template(f"{template}.html")
        .render(
            view=view,
            rubrique=rubrique,
            tabs=tabs,
            routes=" ".join(map(outside, answered(notebook))),
            help_at=help_at,
            unread=unread,
            person=person,
            **more,
        )
    )
    html = re.sub(r"\n\s*\n+", "\n", html).strip()
    # What is read has its typography set once, here, whatever wrote the words.
    return expand(mark_codes(hard_spaces_read(html)))


@cache
def environment() -> Environment:
    """Return where the templates are rendered, always escaped."""
    environment = Environment(
        loader=FileSystemLoader(template_folders()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Figures are made by us, with their own escaping; nothing else may skip it.
    environment.filters["figure"] = Markup
    environment.filters["verbatim"] = _verbatim
    environment.filters["choices"] = lambda options: _choices(tuple(options))
    environment.filters |= FILTERS
    environment.globals["KEYS"] = KEYS
    environment.globals["parts"] = parts = SimpleNamespace()
    for page in sorted((_KIT / "parts").glob("*.html")):
        macros = environment.get_template(page.name).module
        vars(parts).update({name: one for name, one in vars(macros).items() if callable(one)})
    return environment


def template_folders() -> tuple[Path, ...]:
    """Return the folders that hold templates: beside what each shows, every name once."""
    screens = sorted(folder for folder in (_UI / "screens").iterdir() if folder.is_dir())
    kit = sorted(folder for folder in _KIT.iterdir() if folder.is_dir())
    return (_KIT, *kit, *screens)


@lru_cache(maxsize=128)
def _choices(options: tuple[Option, ...]) -> Markup:
    """Return the choices of a list; those of every place are many, and the same at each act."""
    lines = (
        f'<option value="{escape(one.value)}"{" selected" if one.selected else ""}>'
        f"{escape(one.label)}</option>"
        for one in options
    )
    return Markup("".join(lines))  # noqa: S704  # each value is escaped above


def _verbatim(value: str) -> Markup:
    """Return a text escaped whose spaces and blank lines nobody sets: what a person typed."""
    written = str(escape(value))
    for sign in "\n\r\t \u202f":
        written = written.replace(sign, f"&#{ord(sign)};")
    return Markup(written)  # noqa: S704  # escaped above
