"""Vos perspectives › Retraite: departure dates side by side, and what explains them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from iprof_kit.calculate.pension import choices as pension_choices
from iprof_kit.calculate.pension.answer import DepartParent, PensionAnswer
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.fields import SupposedView
from iprof_kit.ui.kit.parts import Page, Reason, reference_text
from iprof_kit.ui.screens.retraite.dates import DatesView, dates_view
from iprof_kit.ui.screens.retraite.form import Levers
from iprof_kit.ui.screens.retraite.table import (
    LETTERS,
    Departure,
    LastPay,
    Row,
    pension_rows,
)
from iprof_kit.ui.screens.retraite.words import (
    reasons_of_amounts,
    reasons_of_nets,
    sentences,
    version_text,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, placed

TITLE = "Retraite"
OFFICIAL = (
    ("retraitesdeletat.gouv.fr", "Service des retraites de l’État, qui arrête la pension"),
    ("info-retraite.fr", "relevé de carrière de tous les régimes"),
)
"""Sites that the reference tables and the notes of the calculation name."""
_LEFT_OUT = ("Le service national n’est compté que pour une carrière longue.",)


@dataclass(frozen=True)
class RetraiteView(Page):
    """The departure dates of one person."""

    levers: Levers | None = None
    lines: SupposedView = field(default=SupposedView())
    lines_note: str = ""
    born: str = ""
    form_key: str = ""
    dates: DatesView = field(default=DatesView())
    sentences: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    whys: tuple[Reason, ...] = ()
    net_whys: tuple[Reason, ...] = ()
    motives: tuple[str, ...] = ()
    pay_note: str = ""
    sources: tuple[str, ...] = ()
    hypothesis: str = ""
    version: str = ""
    supposed: tuple[str, ...] = ()
    parent: DepartParent | None = None
    """The early departure of a parent, for whoever types enough children."""
    left_out: tuple[str, ...] = ()
    official: tuple[tuple[str, str, str], ...] = ()
    decides: str = ""
    carnet: CarnetView | None = None
    empty: str = ""


def no_corps() -> RetraiteView:
    """Return the screen of a person who has no corps."""
    return RetraiteView(
        TITLE,
        lead_strong="Pas de corps, donc pas de pension civile calculée.",
        lead="Un contractuel relève du régime général et de la retraite complémentaire.",
        empty="Votre relevé de carrière, tous régimes, se lit sur info-retraite.fr.",
    )


def departures(
    questions: Mapping[str, PensionQuestion],
    answers: Mapping[str, PensionAnswer],
    pay: Mapping[str, LastPay],
) -> tuple[Departure, ...]:
    """Return the departures answered, each under the letter of its field.

    Parameters
    ----------
    questions, answers : mapping
        Field → question and answer.
    pay : mapping of str to float
        Field → last pay.
    """
    return tuple(
        Departure(LETTERS[int(name[-1]) - 1], answer, questions[name], pay.get(name))
        for name, answer in answers.items()
    )


def filled(
    view: RetraiteView,
    lines: tuple[Departure, ...],
    answers: Mapping[str, PensionAnswer],
    place: tuple[str | None, Mapping[str, str]],
    today: date,
    opened: Collection[str] = (),
) -> RetraiteView:
    """Return the view with its departures.

    `place` is the academy's link and its services; `opened` are the reasons that are open.
    """
    answer = next(iter(answers.values()))
    notes = dict.fromkeys(note for each in answers.values() for note in each.notes)
    out = (*notes, *_LEFT_OUT)
    motives = dict.fromkeys(text.sentence(m) for line in lines for m in line.depart.motifs)
    dates = dates_view(lines, today)
    law_day = next(iter(lines)).question.aujourdhui
    closed = text.dated(pension_choices.parents_closing_day(law_day), "law.parent_departure.closed")
    return replace(
        view,
        lead_strong=dates.strong,
        lead=dates.rest,
        dates=dates,
        sentences=sentences(lines),
        rows=pension_rows(lines),
        whys=reasons_of_amounts(lines, opened),
        net_whys=reasons_of_nets(lines, opened),
        pay_note=(
            "La dernière paie est celle de fin de carrière"
            f"{_quotite(lines)}, primes réparties sur l’année, sans supplément familial ni "
            "remboursement, d’après ce que vous avez saisi dans"
        ),
        motives=tuple(motives),
        version=version_text(lines),
        parent=_parent(answer.depart_parent, closed),
        left_out=tuple(placed(one, closed) for one in out),
        official=_official(place),
        sources=_sources(lines, answer.depart_parent),
        decides=f"Décide : {answer.decide_par}.",
    )


def _parent(early: DepartParent | None, closed: Worded) -> DepartParent | None:
    """Return the early departure of a parent, the day on which it closed with its fact."""
    if early is None:
        return None
    conditions = tuple(
        one.model_copy(update={"libelle": placed(one.libelle, closed)}) for one in early.conditions
    )
    phrase = placed(early.phrase, closed)
    return early.model_copy(update={"phrase": phrase, "conditions": conditions})


def _sources(lines: Sequence[Departure], parent: DepartParent | None) -> tuple[str, ...]:
    """Return the texts of every date and of a parent's departure, each once, with its letter."""
    sources = [source for line in lines for source in line.answer.sources]
    sources += [parent.source] if parent else []
    return tuple(dict.fromkeys(map(reference_text, sources)))


def _quotite(lines: Sequence[Departure]) -> str:
    """Return « , à 80 % » where the pay beside the pension is not that of a full time."""
    pay = next((line.pay for line in lines if line.pay is not None), None)
    return "" if pay is None or pay.quotite == 100 else f", à {pay.quotite} %"


def _official(place: tuple[str | None, Mapping[str, str]]) -> tuple[tuple[str, str, str], ...]:
    """Return address, name and what it is: the academy's own first."""
    link, services = place
    own = [("", name, words) for name, words in services.items() if "etraite" in name]
    portal = [(link, "Portail officiel de votre académie", "")] if link else []
    return (*own, *portal, *((f"https://{site}", site, words) for site, words in OFFICIAL))
