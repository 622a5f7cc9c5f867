"""The formats of what is taken away: what each is called, and who writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from iprof_kit.base.words import dashed
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.screens.atelier.takeaway.contents import Taken


def _html(taken: Taken) -> bytes:
    from iprof_kit.ui.screens.atelier.takeaway.page import html_of

    return html_of(taken)


def _pdf(taken: Taken) -> bytes:
    from iprof_kit.ui.screens.atelier.takeaway.handout import pdf_of

    return pdf_of(taken)


def _slides(taken: Taken) -> bytes:
    from iprof_kit.ui.screens.atelier.takeaway.slides import slides_of

    return slides_of(taken)


def _notebook(taken: Taken) -> bytes:
    from iprof_kit.ui.screens.atelier.takeaway.notebook import notebook_of

    return notebook_of(taken)


@dataclass(frozen=True)
class Format:
    """A format: how its button calls it, in few words too, what it is for, its file, its writer.

    What writes it is imported when it is asked for: a board opens without it.
    """

    label: str
    short: str
    use: str
    suffix: str
    media_type: str
    write: Callable[[Taken], bytes]


FORMATS = {
    "html": Format(
        "Page à emporter",
        "page sans réseau",
        "S’ouvre d’un double clic, sans réseau, sur un téléphone ou un ordinateur d’école.",
        ".html",
        "text/html; charset=utf-8",
        _html,
    ),
    "pdf": Format(
        "Fiche à imprimer (PDF)",
        "fiche PDF",
        "Une à deux pages par personne ; les réponses d’une leçon sur la dernière.",
        ".pdf",
        "application/pdf",
        _pdf,
    ),
    "diapos": Format(
        "Diapositives",
        "diapositives",
        "Un seul fichier, à montrer plein écran, sans réseau ; les flèches avancent.",
        ".diapos.html",
        "text/html; charset=utf-8",
        _slides,
    ),
    "carnet": Format(
        "Carnet Python",
        "carnet Python",
        "Refait le calcul avec le kit, en dix lignes.",
        ".ipynb",
        "application/x-ipynb+json",
        _notebook,
    ),
}
"""By the word of `iprof atelier export --vers`."""


def file_of(taken: Taken, vers: str) -> Download:
    """Return the file of what is taken away.

    Parameters
    ----------
    vers : str
        A key of `FORMATS`.

    Raises
    ------
    InputError, LawError
        It cannot be written; the message says why.
    """
    one = FORMATS[vers]
    named = taken.lesson.id if taken.lesson else taken.showings[0].seance.persona.id
    kind = "lecon" if taken.lesson else "seance"
    name = f"{kind}-{dashed(named)}-{taken.day.isoformat()}{one.suffix}"
    return Download(name, one.media_type, one.write(taken))
