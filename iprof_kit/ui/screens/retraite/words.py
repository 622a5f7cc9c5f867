"""What departure dates give, in sentences and in bars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from iprof_kit.calculate.pension import choices as pension_choices
from iprof_kit.calculate.pension.answer import Depart
from iprof_kit.ui.figures.bars import Bar, bar_chart
from iprof_kit.ui.screens.retraite.table import Departure, age_words, amount_of
from iprof_kit.ui.shared import text

_RULE = "law_version"


def leading(lines: Sequence[Departure]) -> tuple[str, str]:
    """Return the opening sentence: when the right opens, and who decides."""
    opening = next((line.depart for line in lines if line.depart.date_ouverture), None)
    decides = "Le montant est arrêté par le Service des retraites de l’État."
    if opening is None or opening.date_ouverture is None:
        return "Le droit à pension ne peut pas être daté.", decides
    first = opening.date_effet_au_plus_tot
    effect = f" Effet au plus tôt le {text.day(first)}." if first else ""
    opens = f"le {text.day(opening.date_ouverture)}, à {age_words(opening.age_ouverture)}"
    return f"Votre droit à pension s’ouvre {opens}.", text.french(f"{effect} {decides}".strip())


def sentences(lines: Sequence[Departure]) -> tuple[str, ...]:
    """Return what each later date changes from the first one that has an amount."""
    said = [line for line in lines if line.depart.pension_brute is not None]
    found = []
    if said:
        first = said[0]
        found.append(
            f"Départ {first.key}, {text.day(first.depart.date_cessation)} : "
            f"{_marked(f'{text.money(amount_of(first))} bruts par mois', first)}"
            f"{_why_short(first.depart)}."
        )
    for line in said[1:]:
        gap = amount_of(line) - amount_of(said[0])
        words = text.signed_money(gap) if round(gap, 2) else "le même montant"
        words = _marked(f"{words} bruts par mois", line, said[0])
        found.append(
            f"Départ {line.key}, {text.day(line.depart.date_cessation)} : {words} par rapport au "
            f"départ {said[0].key}, soit {_marked(text.money(amount_of(line)), line)}"
            f"{_why_short(line.depart)}."
        )
    found += [_without_amount(line) for line in lines if line.depart.pension_brute is None]
    return tuple(map(text.french, found))


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


def charts(lines: Sequence[Departure]) -> tuple[str, tuple[str, ...]]:
    """Return the title of the figure, and the figure for wide screens, then for phones."""
    title = "Pension brute par mois selon la date de départ"
    bars = tuple(map(_bar, lines))
    pays = [line.pay.gross for line in lines if line.pay is not None]
    mark = ("dernière paie brute", max(pays)) if pays else None
    desc = (
        " ".join(f"{bar.label} : {bar.words}." for bar in bars) + " Mêmes valeurs dans le tableau."
    )
    return title, tuple(
        bar_chart(bars, mark=mark, title=title, desc=desc, wide=wide) for wide in (True, False)
    )


def _bar(line: Departure) -> Bar:
    depart, bounds = line.depart, line.depart.fourchette
    label = f"{line.key}, {text.month(depart.date_cessation)}"
    if depart.pension_brute is not None:
        words = _marked(text.money(depart.pension_brute), line)
        return Bar(label, words, depart.pension_brute)
    if bounds and bounds.sans_autre_trimestre is not None and bounds.duree_atteinte is not None:
        words = f"{text.money(bounds.sans_autre_trimestre)} à {text.money(bounds.duree_atteinte)}"
        return Bar(label, _marked(words, line), bounds.sans_autre_trimestre, bounds.duree_atteinte)
    return Bar(label, "droit non ouvert" if not depart.possible else "non calculée", None)


def version_text(lines: Sequence[Departure]) -> str:
    """Return which versions of the law were applied, from which effect date, by which texts."""
    names = {line.depart.version for line in lines}
    used = [v for v in pension_choices.law_versions() if v.name in names]
    said = " ; ".join(f"pensions à effet du {text.day(v.effects)} ou après" for v in used)
    # The texts that chose between versions came later than a version that is supposed.
    old = [v.last_day for v in used if v.last_day]
    papers = f"connue jusqu’au {text.day(max(old))}" if old else pension_choices.rule_source(_RULE)
    return text.french(
        f"Version du droit : {said} ({papers}). {pension_choices.rule_sentence(_RULE)}"
    )


def hypothesis_text(law: date, today: date) -> str:
    """Return the notice of a law that is not today's, "" where it is."""
    if law == today:
        return ""
    return (
        f"Hypothèse : le droit connu le {text.day(law)}. Une loi plus récente s’applique "
        "aujourd’hui à ces départs."
    )
