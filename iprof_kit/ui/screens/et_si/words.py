"""Supposed events and their consequences in sentences: each amount is one of the answer's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from iprof_kit.calculate.et_si.answer import EcartEtSi, EtSiAnswer, ScenarioCalcule
from iprof_kit.calculate.et_si.naming import event_text
from iprof_kit.calculate.et_si.question import Evenement
from iprof_kit.calculate.et_si.words import SINGLE
from iprof_kit.calculate.guides import law_facts
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import KEYS
from iprof_kit.ui.shared.worded import figure, worded

_OTHERS = "les trimestres des autres régimes"
AVERAGE = "par mois moyen"
"""What a net of these screens is of: the primes of a year by twelfths, not one payslip."""


def interrupted_by(event: Evenement, events: Sequence[Evenement]) -> str:
    """Return « sauf du 1er septembre 2028 au 31 août 2029 »: what a later position takes of it."""
    if event.nature not in SINGLE or event.fin is not None or event.debut is None:
        return ""
    later = [
        other for other in events
        if other.nature in SINGLE and other.debut is not None
        and (other.debut > event.debut or (other.debut == event.debut and other.fin))
    ]  # fmt: skip
    spans = [f"du {text.day(one.debut)} au {text.day(one.fin)}"
             for one in later if one.debut and one.fin]  # fmt: skip
    ends = [one.debut for one in later if one.debut and one.fin is None]
    until = [f"jusqu’au {text.day(min(ends) - timedelta(days=1))}"] if ends else []
    return ", ".join(until + ([f"sauf {' et '.join(spans)}"] if spans else []))


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
    given = (two[1].nom,) if two[1].evenements else ()
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
            return (
                f"En {key}, la position « {place} » prend effet le {text.day(step.date)}, au lieu "
                f"du {text.day(days[where])} en A."
            )
    return ""


def arrears_words(scenarios: Sequence[ScenarioCalcule]) -> tuple[str, ...]:
    """Say each échelon whose effect is earlier than the day on which it is pronounced and paid."""
    lines = []
    for one in scenarios:
        paid = {piece.debut: piece.rappel_net for piece in one.tranches if piece.rappel_net}
        for step in one.etapes:
            if step.prononcee_le in paid:
                place = text.position_label(step.grade, step.echelon, step.chevron)
                how = "décidée d’ici au" if step.nature == "bonification" else "prononcée le"
                owed = text.money(paid[step.prononcee_le])
                lines.append(
                    f"La position « {place} » est {how} {text.day(step.prononcee_le)}, avec effet "
                    f"au {text.day(step.date)} : la paie change ce jour-là, avec un rappel de "
                    f"{owed} nets pour les mois d’avant. Le net cumulé le compte."
                )
    return tuple(dict.fromkeys(map(text.french, lines)))


def _departure(first: ScenarioCalcule, second: ScenarioCalcule, key: str) -> str:
    if first.depart == second.depart:
        return ""
    return (
        f"En {key}, le départ est le {text.day(second.depart)}, au lieu du "
        f"{text.day(first.depart)} en A ; la paie est comparée jusqu’au premier des deux."
    )


def _pension(gap: EcartEtSi, two: tuple[ScenarioCalcule, ScenarioCalcule], key: str) -> str:
    """Say how a pension differs: one amount, or between which two."""
    second = two[1]
    if not any(gap.pension) or second.pension is None:
        return ""
    each = text.marked(
        "bruts par mois", any(one.pension is not None and one.pension.a_verifier for one in two)
    )
    when = f"En {key}, la pension de l’État au {text.day(second.depart)}"
    shown = dict.fromkeys(text.money(abs(one)) for one in sorted(gap.pension, key=abs))
    if min(gap.pension) < 0 < max(gap.pension):
        signed = " et ".join(text.signed_money(one) for one in sorted(gap.pension))
        return f"{when} différerait, entre {signed} {each}, selon {_OTHERS}."
    side = "plus haute" if max(gap.pension) > 0 else "plus basse"
    why = f", selon {_OTHERS}" if len(shown) > 1 else ""
    return f"{when} serait {side} de {' à '.join(shown)} {each}{why}."


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


def refusal_lines(scenario: ScenarioCalcule, events: Sequence[Evenement]) -> tuple[str, ...]:
    """Return each event that could not be applied, why, and the first choice possible."""
    lines = []
    for refusal in scenario.refus:
        reason, first = text.sentence(refusal.motif), refusal.premiere_date
        if first is not None and "possible" not in reason and text.day(first) not in reason:
            reason += f" Premier choix possible : {text.day(first)}."
        lines.append(text.french(f"{event_text(events[refusal.rang])} : {reason}"))
    return tuple(lines)
