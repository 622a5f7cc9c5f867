"""What departure dates give, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.career.question import CareerAnswer
from iprof_kit.calculate.pension import choices as pension_choices
from iprof_kit.calculate.pension.answer import Depart
from iprof_kit.ui.kit.parts import Notice
from iprof_kit.ui.screens.retraite.nets import gross_said
from iprof_kit.ui.screens.retraite.table import Departure, amount_of
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, worded

_RULE = "law_version"


def once_paid_notice(error: KitError, career: CareerAnswer) -> Notice:
    """Say that a pension is counted from the first échelon whose index is known, and from when."""
    first = career.scenarios[0].etapes[0]
    where = text.echelon_label(first.echelon, first.chevron)
    day = text.dated(first.date, "echelon.paid_from")
    remedy = worded(
        f"La pension se lit sur l’échelon du départ, connu dès le {where}, le {{}}.", day
    )
    return Notice(text.sentence(error.message), text.sentence(remedy))


def sentences(lines: Sequence[Departure]) -> tuple[str, ...]:
    """Return what each later date changes from the first one that has an amount."""
    with_amount = [line for line in lines if line.depart.pension_brute is not None]
    phrases: list[str] = []
    if with_amount:
        first = with_amount[0]
        amount = worded("{} bruts par mois", _amount(first))
        words = _marked(amount, first)
        phrases.append(worded("{}{}{}.", _head(first), words, _why_short(first.depart)))
    for line in with_amount[1:]:
        gap = amount_of(line) - amount_of(with_amount[0])
        between = f"{with_amount[0].depart.date_cessation} {line.depart.date_cessation}"
        more = figure(text.signed_money(gap), "pension.gross_gap", gap, between)
        words = worded("{} bruts par mois", more if round(gap, 2) else "le même montant")
        phrases.append(
            worded(
                f"{{}}{{}} par rapport au départ {with_amount[0].key}, soit {{}}{{}}.",
                _head(line),
                _marked(words, line, with_amount[0]),
                _marked(_amount(line), line),
                _why_short(line.depart),
            )
        )
    phrases += [_without_amount(line) for line in lines if line.depart.pension_brute is None]
    return tuple(phrases)


def _amount(line: Departure) -> Worded:
    return gross_said(line, text.money(amount_of(line)), amount_of(line))


def _head(line: Departure) -> Worded:
    left = line.depart.date_cessation
    return worded(
        f"Départ {line.key}, {{}} : ", figure(text.day(left), "departure.compared", left, line.key)
    )


def _marked(words: str, *lines: Departure) -> str:
    return text.marked(words, any(line.depart.a_verifier for line in lines))


def _why_short(depart: Depart) -> str:
    if depart.minimum_garanti_applique:
        return ", au minimum garanti"
    if depart.minimum_invalidite_applique:
        return ", au minimum d’une invalidité"
    if depart.decote_ecartee:
        return ", sans décote"
    if depart.trimestres_decote:
        count = depart.trimestres_decote
        lost = figure(text.quarters(count), "decote.quarters", count, depart.date_cessation)
        return worded(", décote de {} comprise", lost)
    extra = (depart.trimestres_surcote or 0) + (depart.trimestres_surcote_parentale or 0)
    gained = figure(text.quarters(extra), "surcote.quarters", extra, depart.date_cessation)
    return worded(", surcote de {} comprise", gained) if extra else ", sans décote"


def _without_amount(line: Departure) -> str:
    bounds = line.depart.fourchette
    if bounds and bounds.sans_autre_trimestre is not None and bounds.duree_atteinte is not None:
        both = (bounds.sans_autre_trimestre, bounds.duree_atteinte)
        return worded(
            "{}entre {} (aucun autre trimestre) et {} (durée requise atteinte) {}, faute des "
            "trimestres des autres régimes.",
            _head(line),
            gross_said(line, text.money(both[0]), both),
            gross_said(line, text.money(both[1]), both),
            _marked("bruts par mois", line),
        )
    return worded("{}{}.", _head(line), line.depart.motif.rstrip("."))


def version_text(lines: Sequence[Departure]) -> str:
    """Return which versions of the law were applied, from which effect date, by which texts."""
    names = {line.depart.version for line in lines}
    used = [v for v in pension_choices.law_versions() if v.name in names]
    effects = " ; ".join(f"pensions à effet du {text.day(v.effects)} ou après" for v in used)
    # The texts that chose between versions came later than a version that is supposed.
    old = [v.last_day for v in used if v.last_day]
    papers = f"connue jusqu’au {text.day(max(old))}" if old else pension_choices.rule_source(_RULE)
    return f"Version du droit : {effects} ({papers}). {pension_choices.rule_sentence(_RULE)}"


def hypothesis_text(law: date, today: date) -> str:
    """Return the notice of a law that is not today's, "" where it is."""
    if law == today:
        return ""
    return (
        f"Hypothèse : le droit connu le {text.day(law)}. Une loi plus récente s’applique "
        "aujourd’hui à ces départs."
    )
