"""Vos perspectives › Retraite: departure dates side by side, and what explains them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from iprof_kit.calculate.interface.official_texts import official_texts
from iprof_kit.calculate.pension import choices as pension_choices
from iprof_kit.calculate.pension.answer import PensionAnswer
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.ui.fields.carnet_view import CarnetView
from iprof_kit.ui.fields.supposed import SupposedView
from iprof_kit.ui.screens.retraite.dates import DatesView, dates_view
from iprof_kit.ui.screens.retraite.supposed import Levers
from iprof_kit.ui.screens.retraite.table import (
    Departure,
    LastPay,
    PensionRow,
    amount_of,
    pension_rows,
)
from iprof_kit.ui.screens.retraite.words import sentences, version_text
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Page, Pair, Why, reference_text

TITLE = "Retraite"
OFFICIAL = (
    ("retraitesdeletat.gouv.fr", "Service des retraites de l’État, qui arrête la pension"),
    ("info-retraite.fr", "relevé de carrière de tous les régimes"),
)
"""Sites that the reference tables and the notes of the calculation name."""
_LEFT_OUT = (
    "Invalidité, handicap et maladie ne sont pas demandés, ni leurs règles appliquées.",
    "Le service national n’est compté que pour une carrière longue.",
)


@dataclass(frozen=True)
class RetraiteView(Page):
    """The departure dates of one person."""

    levers: Levers | None = None
    lines: SupposedView = field(default=SupposedView())
    lines_note: str = ""
    born: str = ""
    form_key: str = ""
    dates: DatesView = field(default=DatesView())
    heads: tuple[tuple[str, str], ...] = ()
    sentences: tuple[str, ...] = ()
    rows: tuple[PensionRow, ...] = ()
    whys: tuple[tuple[str, Why], ...] = ()
    motives: tuple[str, ...] = ()
    pay_note: str = ""
    net_note: str = ""
    sources: tuple[str, ...] = ()
    hypothesis: str = ""
    version: str = ""
    supposed: tuple[str, ...] = ()
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
        Departure("ABCD"[int(name[-1]) - 1], answer, questions[name], pay.get(name))
        for name, answer in answers.items()
    )


def whys(lines: Sequence[Departure]) -> tuple[tuple[str, Why], ...]:
    """Return how each amount is made: its factors, the rule, the texts."""
    rule = f"{pension_choices.rule_sentence('liquidation_rate')} " + (
        pension_choices.rule_sentence("gross_pension")
    )
    return tuple(
        (
            f"Pourquoi{text.NBSP}? Départ {line.key}, {text.day(line.depart.date_cessation)}",
            Why(
                f"Départ {line.key}",
                text.french(rule),
                _pairs(line),
                tuple(
                    dict.fromkeys(
                        paper
                        for source in line.answer.sources
                        for paper in official_texts(source.texte)
                    )
                ),
            ),
        )
        for line in lines
        if line.depart.pension_brute is not None
    )


def _pairs(line: Departure) -> tuple[Pair, ...]:
    depart = line.depart
    pairs = [
        ("Traitement de référence, par an", _money(depart.traitement_annuel)),
        ("Taux de liquidation", text.percent(depart.taux_liquidation_pct)),
        ("Pension avant décote ou surcote, par mois", _money(depart.pension_avant_decote)),
        ("Décote", text.percent(depart.taux_decote_pct)),
        ("Surcote", text.percent(depart.taux_surcote_pct)),
        ("Surcote parentale", text.percent(depart.taux_surcote_parentale_pct)),
        ("Pension calculée, par mois", _money(depart.pension_calculee)),
        ("Minimum garanti pour ces services", _money(depart.minimum_garanti)),
        ("Majoration pour enfants", _money(depart.majoration_enfants)),
    ]
    last = Pair("Pension brute, par mois", text.money(amount_of(line)), depart.a_verifier, True)
    return (*(Pair(label, words) for label, words in pairs if words), last)


def _money(amount: float | None) -> str:
    return "" if amount is None else text.money(amount)


def filled(
    view: RetraiteView,
    lines: tuple[Departure, ...],
    answers: Mapping[str, PensionAnswer],
    place: tuple[str | None, Mapping[str, str]],
    today: date,
) -> RetraiteView:
    """Return the view with its departures; `place` is the academy's link and its services."""
    answer = next(iter(answers.values()))
    notes = dict.fromkeys(note for each in answers.values() for note in each.notes)
    out = (*notes, *_LEFT_OUT)
    motives = dict.fromkeys(text.sentence(m) for line in lines for m in line.depart.motifs)
    dates = dates_view(lines, today)
    return replace(
        view,
        lead_strong=dates.strong,
        lead=dates.rest,
        dates=dates,
        heads=tuple((f"Départ {line.key}", text.day(line.depart.date_cessation)) for line in lines),
        sentences=sentences(lines),
        rows=pension_rows(lines),
        whys=whys(lines),
        pay_note=text.french(
            "La dernière paie est celle de fin de carrière"
            f"{_quotite(lines)}, primes réparties sur l’année, sans supplément familial ni "
            "remboursement, d’après ce que vous avez saisi dans"
        ),
        net_note=_net_note(lines),
        motives=tuple(motives),
        version=version_text(lines),
        left_out=tuple(map(text.french, out)),
        official=_official(place),
        sources=_sources(lines),
        decides=f"Décide : {answer.decide_par}.",
    )


def _net_note(lines: Sequence[Departure]) -> str:
    """Return how the net is made, and what is supposed where no income is typed."""
    rule = text.french(pension_choices.rule_sentence("levies"))
    if any(line.question.foyer for line in lines):
        return rule
    return text.french(
        f"{rule} Votre revenu fiscal de référence n’est pas indiqué : le taux le plus élevé est "
        "supposé, et le net est peut-être un peu plus haut."
    )


def _sources(lines: Sequence[Departure]) -> tuple[str, ...]:
    """Return the texts of every date, each once, with its letter."""
    return tuple(
        dict.fromkeys(reference_text(source) for line in lines for source in line.answer.sources)
    )


def _quotite(lines: Sequence[Departure]) -> str:
    """Return « , à 80 % » where the pay beside the pension is not that of a full time."""
    pay = next((line.pay for line in lines if line.pay is not None), None)
    return "" if pay is None or pay.quotite == 100 else text.french(f", à {pay.quotite} %")


def _official(place: tuple[str | None, Mapping[str, str]]) -> tuple[tuple[str, str, str], ...]:
    """Return address, name and what it is: the academy's own first."""
    link, services = place
    own = [("", name, words) for name, words in services.items() if "etraite" in name]
    portal = [(link, "Portail officiel de votre académie", "")] if link else []
    return (*own, *portal, *((f"https://{site}", site, words) for site, words in OFFICIAL))
