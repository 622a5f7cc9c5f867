"""Votre dossier › Anciennetés: six durations at a chosen date, and how each was counted."""

from __future__ import annotations

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
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.standing import known_department
from iprof_kit.ui.kit.parts import (
    Field,
    Page,
    Pair,
    Why,
    discreet,
    reference_text,
    why_of,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import origin_text
from iprof_kit.ui.shared.worded import Worded, figure, placed, worded
from iprof_kit.ui.visit.provenance import correction

HINT = "Au format jj/mm/aaaa, par exemple 31/08/2026."


@dataclass(frozen=True)
class AnciennetesView(Page):
    """The durations on one axis, at the date chosen."""

    origin: str = ""
    field: Field | None = None
    days: tuple[date, ...] = ()
    """Those that a link offers."""
    today: date | None = None
    answer: AnciennetesAnswer | None = None
    named: tuple[Worded, ...] = ()
    """The days that a sentence of the calculation may name."""
    correction: str = ""

    @property
    def every(self) -> tuple[Anciennete, ...]:
        """The anciennetés counted."""
        return self.answer.anciennetes if self.answer else ()

    @property
    def years(self) -> int:
        """How long the axis is."""
        return max(1, -(-max(one.jours or 0 for one in self.every) // YEAR))

    @property
    def sources(self) -> tuple[str, ...]:
        """Each text once."""
        sources = (source for one in self.every for source in one.sources)
        return tuple(dict.fromkeys(map(reference_text, sources)))

    def width(self, one: Anciennete) -> float:
        """Return how wide its bar is, in hundredths of the axis."""
        return round(100 * (one.jours or 0) / (self.years * YEAR), 2)

    def missing(self, one: Anciennete) -> str:
        """Return why one cannot be counted, each day with its fact."""
        return placed(one.non_calculable, *self.named)

    def why(self, one: Anciennete) -> Why | None:
        """Return how it was counted, once opened: as the lists write it, what it is used for."""
        if one.explication is None:
            return None
        why = discreet(why_of(one.explication))
        if one.jours is not None:
            listed = "Dans les listes de l’administration (années, mois, jours)"
            why = replace(why, pairs=(Pair(listed, _in_lists(one.jours)), *why.pairs))
        return replace(why, rule=f"{why.rule} Sert à : {one.sert_a[:1].lower()}{one.sert_a[1:]}.")


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
        departement=known_department(dossier) or None,
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
    return AnciennetesView(
        title="Anciennetés",
        lead=_lead(by_code["services"], by_code["grade"], by_code["echelon"], answer.au),
        origin=origin_text(dossier),
        field=field,
        days=_offered(today),
        today=today,
        answer=answer,
        named=tuple(named),
        correction=correction(dossier, "les arrêtés qui prouvent la période"),
    )


def date_field(typed: str, error: str = "", remedy: str = "") -> Field:
    """Return the field of the date."""
    return Field(
        "au", "Compter au", "day", HINT, needed=True, value=typed, error=error, remedy=remedy
    )


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
    """Return how long it is on a day, as a fact."""
    days = one.jours or 0
    return figure(text.duration(days), f"seniority.{one.code}", days, on)


def _offered(today: date) -> tuple[date, ...]:
    """Return today between the two 31 August that campaigns read."""
    rentree = eve_of_rentree(today.year)
    last = rentree if rentree < today else rentree.replace(year=today.year - 1)
    return last, today, last.replace(year=last.year + 1)


def _in_lists(days: int) -> str:
    """Return « 07a05m12j », as the administration's lists write it."""
    years, rest = divmod(days, YEAR)
    months, left = divmod(rest, MONTH)
    return f"{years:02d}a{months:02d}m{left:02d}j"
