"""Supposed events and their consequences in sentences: each amount is one of the answer's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from iprof_kit.calculate.et_si.answer import EcartEtSi, EtSiAnswer, ScenarioCalcule
from iprof_kit.calculate.et_si.naming import event_text
from iprof_kit.calculate.et_si.question import Evenement
from iprof_kit.calculate.et_si.words import SINGLE
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.ui.kit.parts import KEYS
from iprof_kit.ui.screens.ma_paie.figures import pay_month
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, joined, placed, worded

_OTHERS = "les trimestres des autres régimes"
AVERAGE = "par mois moyen"
"""What a net of these screens is of: the primes of a year by twelfths, not one payslip."""


def interrupted_by(event: Evenement, events: Sequence[Evenement]) -> str:
    """Return « sauf du 1er septembre 2028 au 31 août 2029 »: what a later position takes of it."""
    if event.nature not in SINGLE or event.fin is not None or event.debut is None:
        return ""
    later = [
        other
        for other in events
        if other.nature in SINGLE
        and other.debut is not None
        and (other.debut > event.debut or (other.debut == event.debut and other.fin))
    ]
    spans = [_span(one.debut, one.fin) for one in later if one.debut and one.fin]
    ends = [one.debut for one in later if one.debut and one.fin is None]
    until = (
        [worded("jusqu’au {}", _day(min(ends) - timedelta(days=1), "event.until", event.debut))]
        if ends
        else []
    )
    return joined(", ", until + ([worded("sauf {}", joined(" et ", spans))] if spans else []))


def _span(first: date, last: date) -> Worded:
    return worded(
        "du {} au {}", _day(first, "event.except", first), _day(last, "event.except.until", first)
    )


def _day(
    value: date, quantity: str, moment: date | str, one: ScenarioCalcule | None = None
) -> Worded:
    return text.dated(value, quantity, f"{moment}", given_of(one) if one else ())


def event_said(words: str, event: Evenement, of: str) -> str:
    """Return what is said of an event, its days with their facts; `of` is « B1 », its place."""
    days = (("event.begins", event.debut), ("event.ends", event.fin))
    return placed(words, *(_day(day, what, of) for what, day in days if day))


def given_of(one: ScenarioCalcule) -> tuple[str, ...]:
    """Return the hypotheses of a scenario beside the file: its own name, where it has events."""
    return (one.nom,) if one.evenements else ()


def departure_said(one: ScenarioCalcule) -> Worded:
    """Return the day on which a scenario leaves, with its fact."""
    return text.dated(one.depart, "departure", given=given_of(one))


_SHORT = {
    "conge_maladie": "maladie", "conge_parental": "congé", "disponibilite": "dispo.",
    "disponibilite_activite": "dispo.", "disponibilite_enfant": "dispo.",
    "direction": "direction", "changement_corps": "corps", "hors_classe": "hors classe",
    "classe_exceptionnelle": "cl. except.", "retraite": "départ",
    "projet_durees": "projet de 2025",
}  # fmt: skip


def flag_words(event: Evenement) -> str:
    """Return the word or two that stand under the axis of the figure."""
    match event.nature:
        case "temps_partiel":
            return f"{event.quotite}{text.NBSP}%"
        case "education_prioritaire":
            return event.reseau or ""
        case "mutation":
            return f"zone {event.zone}"
        case "bonification":
            return f"{law_facts.bonification_length()} plus tôt"
    return _SHORT.get(event.nature, "")


def differences(answer: EtSiAnswer) -> tuple[str, ...]:
    """Return what each scenario changes from the first, in sentences."""
    first = answer.scenarios[0]
    lines: list[str] = []
    for gap in answer.ecarts:
        second, key = answer.scenarios[gap.scenario], KEYS[gap.scenario]
        lines += [
            _pay(gap, (first, second), key, answer.annee_euros),
            _echelon(first, second, key),
            _departure(first, second, key),
            _pension(gap, (first, second), key),
        ]
    return tuple(worded("{}", line) for line in lines if line)


def doubtful_pay(one: ScenarioCalcule, until: date = date.max) -> bool:
    """Tell whether a pay of a scenario before a day is to verify."""
    return any(piece.a_verifier for piece in one.tranches if piece.debut < until)


def _pay(gap: EcartEtSi, two: tuple[ScenarioCalcule, ScenarioCalcule], key: str, year: int) -> str:
    until = text.month(gap.jusqu_au)
    if gap.debut is None:
        return f"Le scénario {key} donne la même paie nette que A jusqu’en {until}."
    side = "plus" if gap.cumul_net >= 0 else "moins"
    doubt = any(doubtful_pay(each, gap.jusqu_au) for each in two)
    given = given_of(two[1])
    whole = worded(
        f"Le scénario {key} donne {{}} nets de {side} que A entre {text.month(gap.debut)} et "
        f"{until}, en euros constants de {year}",
        figure(text.money(abs(gap.cumul_net)), "scenario.sum_gap", gap.cumul_net, "", given),
    )
    last = figure(
        text.signed_money(gap.ecart_dernier) if round(gap.ecart_dernier, 2) else "nul",
        "scenario.last_gap", gap.ecart_dernier, "", given,
    )  # fmt: skip
    first = figure(
        text.signed_money(gap.ecart_premier), "scenario.net_gap", gap.ecart_premier, gap.debut,
        given,
    )  # fmt: skip
    monthly = worded(f"L’écart est de {{}} {AVERAGE}", first)
    if round(gap.ecart_dernier, 2) != round(gap.ecart_premier, 2):
        monthly = worded("{} au début, {} à la fin", monthly, last)
    return worded("{}. {}.", text.marked(whole, doubt), text.marked(monthly, doubt))


def _echelon(first: ScenarioCalcule, second: ScenarioCalcule, key: str) -> str:
    """Say the first position that both reach on different days."""
    days = {(s.corps, s.grade, s.echelon, s.chevron): s.date for s in first.etapes}
    for step in second.etapes:
        where = (step.corps, step.grade, step.echelon, step.chevron)
        if where in days and days[where] != step.date:
            place = text.position_label(step.grade, step.echelon, step.chevron)
            return worded(
                f"En {key}, la position « {place} » prend effet le {{}}, au lieu du {{}} en A.",
                _day(step.date, "echelon.effect", place, second),
                _day(days[where], "echelon.effect", place, first),
            )
    return ""


def arrears_words(scenarios: Sequence[ScenarioCalcule]) -> tuple[str, ...]:
    """Say each échelon whose effect is earlier than the day on which it is pronounced and paid."""
    lines: list[str] = []
    for one in scenarios:
        paid = {piece.debut: piece.rappel_net for piece in one.tranches if piece.rappel_net}
        for step in one.etapes:
            if step.prononcee_le in paid:
                place = text.position_label(step.grade, step.echelon, step.chevron)
                how = "décidée d’ici au" if step.nature == "bonification" else "prononcée le"
                owed, month = paid[step.prononcee_le], pay_month(step.prononcee_le)
                line = worded(
                    f"La position « {place} » est {how} {{}}, avec effet au {{}} : la paie change "
                    "ce jour-là, avec un rappel de {} nets pour les mois d’avant. Le net cumulé le "
                    "compte.",
                    _day(step.prononcee_le, "echelon.pronounced", place, one),
                    _day(step.date, "echelon.effect", place, one),
                    figure(text.money(owed), "arrears.net", owed, month, given_of(one)),
                )
                lines.append(line)
    return tuple(dict.fromkeys(lines))


def _departure(first: ScenarioCalcule, second: ScenarioCalcule, key: str) -> str:
    if first.depart == second.depart:
        return ""
    return worded(
        f"En {key}, le départ est le {{}}, au lieu du {{}} en A ; la paie est comparée jusqu’au "
        "premier des deux.",
        departure_said(second),
        departure_said(first),
    )


def _pension(gap: EcartEtSi, two: tuple[ScenarioCalcule, ScenarioCalcule], key: str) -> str:
    """Say how a pension differs: one amount, or between which two."""
    second = two[1]
    if not any(gap.pension) or second.pension is None:
        return ""
    each = text.marked(
        "bruts par mois", any(one.pension is not None and one.pension.a_verifier for one in two)
    )
    when = worded(f"En {key}, la pension de l’État au {{}}", departure_said(second))
    shown = dict.fromkeys(text.money(abs(one)) for one in sorted(gap.pension, key=abs))
    if min(gap.pension) < 0 < max(gap.pension):
        signed = " et ".join(text.signed_money(one) for one in sorted(gap.pension))
        both = pension_gap_said(signed, gap, second)
        return worded(f"{{}} différerait, entre {{}} {{}}, selon {_OTHERS}.", when, both, each)
    side = "plus haute" if max(gap.pension) > 0 else "plus basse"
    why = f", selon {_OTHERS}" if len(shown) > 1 else ""
    amounts = pension_gap_said(" à ".join(shown), gap, second)
    return worded(f"{{}} serait {side} de {{}} {{}}{why}.", when, amounts, each)


def pension_gap_said(words: str, gap: EcartEtSi, second: ScenarioCalcule) -> Worded:
    """Return in some words what a scenario changes of the pension, with its fact."""
    bounds = (min(gap.pension), max(gap.pension))
    return figure(words, "scenario.pension_gap", bounds, "", given_of(second))


def pension_text(one: ScenarioCalcule) -> str:
    """Return the pension of a scenario, or why it is not computed."""
    pension = one.pension
    if pension is None:
        return "Non calculée : la date de naissance manque."
    if pension.brute is not None:
        return text.money(pension.brute)
    if pension.basse is not None and pension.haute is not None:
        return f"de {text.money(pension.basse)} à {text.money(pension.haute)}"
    return text.sentence(pension.motif)


def refusal_lines(
    scenario: ScenarioCalcule, events: Sequence[Evenement], key: str
) -> tuple[str, ...]:
    """Return each event that could not be applied, why, and the first choice possible."""
    lines: list[str] = []
    for refusal in scenario.refus:
        event, reason = events[refusal.rang], text.sentence(refusal.motif)
        day = refusal.premiere_date
        if day is not None and "possible" not in reason and text.day(day) not in reason:
            reason += f" Premier choix possible : {text.day(day)}."
        of = f"{key}{refusal.rang + 1}"
        first = [_day(day, "event.first_possible", of)] if day else []
        what = event_said(event_text(event), event, of)
        lines.append(worded("{} : {}", what, placed(reason, *first)))
    return tuple(lines)
