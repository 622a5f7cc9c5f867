"""The notebook: a séance calculated again in ten lines of Python, to the same figure and euros."""

from __future__ import annotations

from typing import Any

from iprof_kit.base.errors import InputError
from iprof_kit.base.version import __version__, installed_by
from iprof_kit.base.words import hard_spaces
from iprof_kit.calculate.atelier.results import rules_version
from iprof_kit.calculate.atelier.seance import letters_of
from iprof_kit.ui.screens.atelier.takeaway.contents import FICTITIOUS, UNOFFICIAL, Showing, Taken
from iprof_kit.ui.screens.atelier.takeaway.markdown import plain
from iprof_kit.ui.shared import text

_IMPORTS = """\
from IPython.display import SVG
from iprof_kit.calculate.atelier.seance import unpacked
from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.ui.screens.atelier.pair import Pair, leading
from iprof_kit.ui.screens.atelier.takeaway.figure import picture
"""
_CALCULATION = """\
seance = unpacked("{letters}")
reponse = answer(seance.persona.question(seance.scenarios, seance.jour))
pair = Pair(reponse, seance.compares, seance.horizon)
print(*leading(pair))
SVG(picture(pair))"""


def notebook_of(taken: Taken) -> bytes:
    """Return the notebook of what is taken away: a cell for each séance.

    Raises
    ------
    InputError
        A lesson shows no séance, or what makes notebooks is not installed.
    """
    book = library()
    if not taken.showings:
        raise InputError(
            "cette leçon ne montre aucune séance : il n’y a rien à recalculer dans un carnet.",
            remedy="Emportez-la en page, en PDF ou en diapositives.",
        )
    cells = [book.new_markdown_cell(hard_spaces(_opening(taken)))]
    for place, showing in enumerate(taken.showings):
        code = _CALCULATION.format(letters=letters_of(showing.seance))
        cells.append(book.new_markdown_cell(hard_spaces(_about(showing))))
        cells.append(book.new_code_cell((_IMPORTS if place == 0 else "") + code))
    made = book.new_notebook(cells=_numbered(cells), metadata=metadata(taken.title))
    return text_of(made).encode()


def library() -> Any:
    """Return what makes notebooks.

    Raises
    ------
    InputError
        It is not installed: it comes with what serves the portal.
    """
    try:
        from nbformat import v4
    except ImportError as error:
        raise InputError(
            "ce qui écrit des carnets n’est pas installé ici.",
            remedy=f"Installez le kit avec son portail : {installed_by('serve')}.",
        ) from error
    return v4


def metadata(title: str) -> dict[str, object]:
    """Return what a notebook says of itself."""
    return {
        "title": title,
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }


def text_of(made: object) -> str:
    """Return a notebook as its file has it.

    The same contents give the same bytes: cells are named by their place.
    """
    import nbformat

    writes: Any = nbformat.writes  # the library has no types
    return str(writes(made))


def _numbered(cells: list[Any]) -> list[Any]:
    for place, cell in enumerate(cells):
        cell["id"] = f"cellule-{place}"
    return cells


def _opening(taken: Taken) -> str:
    return (
        f"# {plain(taken.title)}\n\n"
        f"Ce carnet refait le calcul avec le kit : mêmes scénarios, même jour figé, même figure. "
        f"Écrit le {text.day(taken.made)} avec le kit {__version__} (règles {rules_version()}), "
        f"droit du {text.day(taken.law)} : d’autres règles peuvent donner d’autres euros.\n\n"
        f"{UNOFFICIAL} {FICTITIOUS}"
    )


def _about(showing: Showing) -> str:
    return (
        f"## {plain(showing.person)}\n\nJour figé : {showing.frozen}. Ce jour-là, le kit donnait : "
        f"« {plain(showing.lead)} »"
    )
