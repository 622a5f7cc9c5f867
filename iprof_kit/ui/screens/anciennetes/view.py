"""Votre dossier › Anciennetés: six durations at a chosen date, and how each was counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.base.calendar import MONTH, YEAR, eve_of_rentree
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.anciennetes.calculation import SUBJECT
from iprof_kit.calculate.anciennetes.question import (
    AffectationConnue,
    Anciennete,
    AnciennetesAnswer,
    AnciennetesQuestion,
    Code,
    EchelonConnu,
    PeriodeTenue,
)
from iprof_kit.calculate.interface.explained import Explanation
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.kit.parts import (
    Day,
    Field,
    Page,
    Pair,
    Why,
    day_of,
    discreet,
    reference_text,
    why_of,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import origin_text
from iprof_kit.ui.shared.worded import Worded, figure, placed, worded
from iprof_kit.ui.visit.provenance import correction

COUNTING = (
    "Les durées sont comptées en années de 360 jours et en mois de 30 jours, comme le fait "
    "l’administration ; le premier jour et le jour choisi comptent. Le temps partiel compte comme "
    "un temps plein."
)
HINT = "Au format jj/mm/aaaa, par exemple 31/08/2026."


@dataclass(frozen=True)
class Choice:
    """One date offered by a link: as the address writes it, and as it is read."""

    value: str
    label: str
    current: bool = False


@dataclass(frozen=True)
class AncienneteRow:
    """One seniority: its length in words and as a bar, or why it is not counted."""

    code: str
    name: str
    about: str
    length: str
    width: float
    """Of its bar, in hundredths of the axis."""
    kept: str
    since: Day | None
    missing: str
    used_for: str
    verify: bool
    why: Why | None = None
    """How it was counted, once it was opened."""


@dataclass(frozen=True)
class AnciennetesView(Page):
    """The durations on one axis, at the date chosen."""

    origin: str = ""
    counting: str = COUNTING
    field: Field | None = None
    choices: tuple[Choice, ...] = ()
    day: str = ""
    rows: tuple[AncienneteRow, ...] = ()
    years: int = 1
    """Of the axis."""
    verify: bool = False
    sources: tuple[str, ...] = ()
    correction: str = ""


def question_of(
    dossier: Dossier, on: date, today: date, opened: tuple[Code, ...] = ()
) -> AnciennetesQuestion:
    """Return what a file says, as the calculation asks it; `opened` are the reasons asked for."""
    return AnciennetesQuestion(
        expliquer=False,
        raisons=opened,
        au=on,
        aujourdhui=today,
        libelle_corps=dossier.libelle_corps or "",
        entree_corps=dossier.entree_corps,
        titularisation=dossier.titularisation,
        departement=dossier.departement,
        echelons=tuple(
            EchelonConnu(
                corps=e.corps,
                grade=e.grade,
                echelon=e.echelon,
                chevron=e.chevron,
                date_effet=e.date_effet,
                reliquat_jours=e.reliquat_jours,
                mode=e.mode,
            )
            for e in dossier.echelons
        ),
        periodes=tuple(
            PeriodeTenue(
                position=p.position, motif=p.motif, quotite=p.quotite, debut=p.debut, fin=p.fin
            )
            for p in dossier.positions
        ),
        affectations=tuple(
            AffectationConnue(
                type=a.type, uai=a.uai, lieu=a.etablissement, debut=a.debut, fin=a.fin
            )
            for a in dossier.affectations
        ),
    )


def years_in_post(dossier: Dossier, on: date, today: date) -> int | None:
    """Return the whole years in the post or the zone that count on a day; None where unknown.

    Parameters
    ----------
    dossier : Dossier
    on : date
        The last day that counts.
    today : date
    """
    try:
        counted = SUBJECT.one(question_of(dossier, on, today))
    except KitError:
        return None
    days = next((one.jours for one in counted.anciennetes if one.code == "poste"), None)
    return None if days is None else days // YEAR


def anciennetes(
    dossier: Dossier, answer: AnciennetesAnswer, today: date, field: Field
) -> AnciennetesView:
    """Return the screen; `field` holds the date as it was typed, with its error if any."""
    by_code = {one.code: one for one in answer.anciennetes}
    named = [text.dated(answer.au, "seniority.on")]
    named += [text.dated(one.date_effet, "file.first_line") for one in dossier.echelons[:1]]
    years = max(1, -(-max(one.jours or 0 for one in answer.anciennetes) // YEAR))
    return AnciennetesView(
        title="Anciennetés",
        lead=_lead(by_code["services"], by_code["grade"], by_code["echelon"], answer.au),
        origin=origin_text(dossier),
        field=field,
        choices=_choices(today, answer.au),
        day=text.dated(answer.au, "seniority.on"),
        rows=tuple(_row(one, years, answer.au, named) for one in answer.anciennetes),
        years=years,
        verify=any(one.a_verifier for one in answer.anciennetes),
        sources=tuple(
            dict.fromkeys(
                reference_text(source) for one in answer.anciennetes for source in one.sources
            )
        ),
        correction=correction(dossier, "les arrêtés qui prouvent la période"),
    )


def date_field(typed: str, error: str = "", remedy: str = "") -> Field:
    """Return the field of the date."""
    return Field("au", "Compter au", typed, hint=HINT, error=error, remedy=remedy, numeric=True)


_PROMOTED = ("hors classe", "classe exceptionnelle")


def _lead(services: Anciennete, grade: Anciennete, echelon: Anciennete, on: date) -> str:
    if services.jours is None:
        words = "Au {}, votre dossier ne permet pas de compter vos services."
        return worded(words, text.dated(on, "seniority.on"))
    services_counted = worded("{} de services", _length(services, on))
    sentence = worded(
        "Au {} : {}",
        text.dated(on, "seniority.on"),
        text.marked(services_counted, services.a_verifier),
    )
    if echelon.jours is not None:
        where = text.at_place(echelon.objet)
        if grade.objet in _PROMOTED:
            where += f"{',' if 'chevron' in where else ''} de la {grade.objet}"
        in_echelon = worded("{} d’ancienneté {}", _length(echelon, on), where)
        sentence = worded("{}, dont {}", sentence, text.marked(in_echelon, echelon.a_verifier))
    return worded("{}.", sentence)


def _length(one: Anciennete, on: date) -> str:
    """Return how long it is on a day, as a fact; "" where it cannot be counted."""
    days = one.jours
    if days is None:
        return ""
    return figure(text.duration(days), f"seniority.{one.code}", days, on)


def _choices(today: date, on: date) -> tuple[Choice, ...]:
    """Offer today and the two 31 August that campaigns read."""
    rentree = eve_of_rentree(today.year)
    last = rentree if rentree < today else rentree.replace(year=today.year - 1)
    days = (last, today, last.replace(year=last.year + 1))
    return tuple(
        Choice(day.isoformat(), "aujourd’hui" if day == today else _at(day), day == on)
        for day in days
    )


def _at(day: date) -> str:
    return worded("au {}", text.dated(day, "seniority.on", f"{day}"))


def _row(one: Anciennete, years: int, on: date, named: Sequence[Worded]) -> AncienneteRow:
    days = one.jours
    return AncienneteRow(
        code=one.code,
        name=one.libelle,
        about=one.objet,
        length=_length(one, on),
        width=round(100 * (days or 0) / (years * YEAR), 2),
        kept=f"soit {one.retenu}" if one.retenu else "",
        since=day_of(one.depuis) if one.depuis else None,
        missing=placed(one.non_calculable, *named),
        used_for=one.sert_a,
        verify=one.a_verifier,
        why=_why(one, one.explication) if one.explication else None,
    )


def _why(one: Anciennete, reason: Explanation) -> Why:
    """Return how it was counted; its length as the lists write it, and what it is used for."""
    why = discreet(why_of(reason))
    if one.jours is not None:
        written = Pair(
            "Dans les listes de l’administration (années, mois, jours)", _in_lists(one.jours)
        )
        why = replace(why, pairs=(written, *why.pairs))
    return replace(why, rule=f"{why.rule} Sert à : {_small(one.sert_a)}.")


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _in_lists(days: int) -> str:
    """Return « 07a05m12j », as the administration's lists write it."""
    years, rest = divmod(days, YEAR)
    months, left = divmod(rest, MONTH)
    return f"{years:02d}a{months:02d}m{left:02d}j"
