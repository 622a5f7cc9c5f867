"""What departure dates give, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from iprof_kit.calculate.pension import choices as pension_choices
from iprof_kit.calculate.pension.answer import Depart
from iprof_kit.ui.screens.retraite.table import Departure, amount_of
from iprof_kit.ui.shared import text

_RULE = "law_version"


def sentences(lines: Sequence[Departure]) -> tuple[str, ...]:
    """Return what each later date changes from the first one that has an amount."""
    with_amount = [line for line in lines if line.depart.pension_brute is not None]
    phrases = []
    if with_amount:
        first = with_amount[0]
        phrases.append(
            f"Départ {first.key}, {text.day(first.depart.date_cessation)} : "
            f"{_marked(f'{text.money(amount_of(first))} bruts par mois', first)}"
            f"{_why_short(first.depart)}."
        )
    for line in with_amount[1:]:
        gap = amount_of(line) - amount_of(with_amount[0])
        words = text.signed_money(gap) if round(gap, 2) else "le même montant"
        words = _marked(f"{words} bruts par mois", line, with_amount[0])
        phrases.append(
            f"Départ {line.key}, {text.day(line.depart.date_cessation)} : {words} par rapport au "
            f"départ {with_amount[0].key}, soit {_marked(text.money(amount_of(line)), line)}"
            f"{_why_short(line.depart)}."
        )
    phrases += [_without_amount(line) for line in lines if line.depart.pension_brute is None]
    return tuple(map(text.french, phrases))


def _marked(words: str, *lines: Departure) -> str:
    return text.marked(words, any(line.depart.a_verifier for line in lines))


def _why_short(depart: Depart) -> str:
    if depart.minimum_garanti_applique:
        return ", au minimum garanti"
    if depart.trimestres_decote:
        return f", décote de {text.quarters(depart.trimestres_decote)} comprise"
    extra = (depart.trimestres_surcote or 0) + (depart.trimestres_surcote_parentale or 0)
    return f", surcote de {text.quarters(extra)} comprise" if extra else ", sans décote"


def _without_amount(line: Departure) -> str:
    head = f"Départ {line.key}, {text.day(line.depart.date_cessation)} : "
    bounds = line.depart.fourchette
    if bounds and bounds.sans_autre_trimestre is not None and bounds.duree_atteinte is not None:
        return (
            f"{head}entre {text.money(bounds.sans_autre_trimestre)} (aucun autre trimestre) et "
            f"{text.money(bounds.duree_atteinte)} (durée requise atteinte) "
            f"{_marked('bruts par mois', line)}, faute des trimestres des autres régimes."
        )
    return f"{head}{line.depart.motif.rstrip('.')}."


def version_text(lines: Sequence[Departure]) -> str:
    """Return which versions of the law were applied, from which effect date, by which texts."""
    names = {line.depart.version for line in lines}
    used = [v for v in pension_choices.law_versions() if v.name in names]
    effects = " ; ".join(f"pensions à effet du {text.day(v.effects)} ou après" for v in used)
    # The texts that chose between versions came later than a version that is supposed.
    old = [v.last_day for v in used if v.last_day]
    papers = f"connue jusqu’au {text.day(max(old))}" if old else pension_choices.rule_source(_RULE)
    return text.french(
        f"Version du droit : {effects} ({papers}). {pension_choices.rule_sentence(_RULE)}"
    )


def hypothesis_text(law: date, today: date) -> str:
    """Return the notice of a law that is not today's, "" where it is."""
    if law == today:
        return ""
    return (
        f"Hypothèse : le droit connu le {text.day(law)}. Une loi plus récente s’applique "
        "aujourd’hui à ces départs."
    )
