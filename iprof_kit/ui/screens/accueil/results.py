"""The three answers under the stair: the next step, the pay of the month, the next grade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from iprof_kit.calculate.career.by_right import pronounced_on
from iprof_kit.calculate.career.question import CareerAnswer, Retirement, Step
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.services.contract.dossier import Dossier, EchelonTenu
from iprof_kit.services.contract.standing import current_echelon
from iprof_kit.ui.own_situation.positions import UNCOUNTED
from iprof_kit.ui.scenarios.table import row_id
from iprof_kit.ui.screens.accueil.dates import PROMOTIONS, early_effect
from iprof_kit.ui.screens.ma_paie.figures import FULL, pay_figures
from iprof_kit.ui.screens.ma_paie.this_month import MonthPay
from iprof_kit.ui.screens.promotions.instrument import decides
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import kept_figure, next_echelon
from iprof_kit.ui.shared.worded import figure, worded

OPENS = "departure.opens"
"""What the day of the right to a pension is called where its fact is said."""
PAY, RETIREMENT = "/perspectives/ma-paie", "/perspectives/retraite"


@dataclass(frozen=True)
class Glance:
    """One answer: a value to read at once, how far one is, a sentence, where it is explained.

    `share` is the part, per cent, that is full in the bar; None: no bar. `bar` says it in words.
    """

    label: str
    value: str
    unit: str
    words: str
    act: str
    path: str
    share: float | None = None
    bar: str = ""
    deducted: bool = False
    """What is not full was taken away, rather than to come."""
    verify: bool = False
    estimate: str = ""
    """A last sentence that is to verify, where the value is not."""


def results(
    dossier: Dossier, answer: CareerAnswer, pay: MonthPay | None, today: date, usual: str = ""
) -> Iterator[Glance]:
    """Yield what is known of a career: at most three results.

    `usual` says when the hors classe usually comes, where that is known.
    """
    echelon = current_echelon(dossier)
    if echelon is not None:
        coming = next_echelon(answer, today)
        yield _next(echelon, coming, answer, today) if coming else _last(echelon, today)
    if pay is not None:
        yield _pay(pay, answer)
    if answer.eligibilites:
        yield _grade(answer, usual)
    elif answer.retraite is not None:
        yield _leaving(answer.retraite, today)


def now(answer: CareerAnswer, today: date) -> Step:
    """Return the step on which one stands today."""
    steps = answer.scenarios[0].etapes
    past = [step for step in steps if pronounced_on(step) <= today]
    return past[-1] if past else steps[0]


def _next(echelon: EchelonTenu, coming: Step, answer: CareerAnswer, today: date) -> Glance:
    day = pronounced_on(coming)
    spent = text.seniority(echelon.date_effet, today, echelon.reliquat_jours)
    whole = max(text.seniority(echelon.date_effet, day, echelon.reliquat_jours), spent, 1)
    since = figure(text.day(echelon.date_effet), "echelon.since", echelon.date_effet)
    passed = worded(
        "{} passés depuis le {}{}, sur {}",
        figure(text.elapsed(spent), "echelon.spent", spent, today),
        since,
        _kept(echelon),
        figure(text.elapsed(whole), "echelon.length", whole, day),
    )
    early = early_effect(coming)
    ahead = worded(" ; {}", early) if early else ""
    gained = coming.traitement - now(answer, today).traitement
    gain = figure(text.signed_euros(gained), "traitement.gain", gained, coming.date)
    return Glance(
        f"Prochaine marche : {place_words(coming)}",
        figure(text.delay(today, day).removeprefix("dans "), "echelon.next", day),
        worded("au {}", figure(text.day(day), "echelon.next", day)),
        worded("{}{}. Puis {} bruts par mois.", passed, ahead, gain),
        "Pourquoi cette date ?",
        f"{PROMOTIONS}#w-{row_id(coming.date)}",
        share=round(100 * spent / whole, 1),
        bar=str(passed),
        verify="date" in coming.a_verifier,
    )


def _kept(echelon: EchelonTenu) -> str:
    kept = echelon.reliquat_jours
    return worded(", avec {}", kept_figure(text.kept(kept), echelon)) if kept else ""


def _last(echelon: EchelonTenu, today: date) -> Glance:
    """Return where one stays: the last échelon of a grade."""
    spent = text.seniority(echelon.date_effet, today, echelon.reliquat_jours)
    return Glance(
        "Votre échelon, le dernier de son grade",
        echelon.chevron or text.nth(echelon.echelon),
        worded("depuis le {}", text.dated(echelon.date_effet, "echelon.since")),
        worded(
            "Ancienneté dans l’échelon : {}{}.",
            figure(text.elapsed(spent), "echelon.spent", spent, today),
            _kept(echelon),
        ),
        "Voir votre carrière",
        "/dossier/carriere",
    )


def place_words(step: Step) -> str:
    """Return « 8e échelon », « chevron HEA3 »."""
    return f"chevron {step.chevron}" if step.chevron else text.echelon_label(step.echelon)


def _pay(pay: MonthPay, answer: CareerAnswer) -> Glance:
    label = f"Votre paie de {text.month(pay.month)}"
    totals = pay.totals
    full = (FULL,) if pay.unpaid else ()
    net, gross = pay_figures(totals, pay.month, full)
    if pay.uncounted:
        return Glance(label, "non calculée", "", UNCOUNTED, "Voir Ma paie", PAY)
    if pay.unpaid:
        pattern = f"En {pay.unpaid}, aucun service n’est payé. À service complet, {{}} nets."
        words = worded(pattern, net)
        return Glance(label, "aucune", "", text.sentence(words), "Voir ligne par ligne", PAY)
    kind = answer.situation.type_temps_partiel
    paid = law_facts.paid_as(int(pay.share), kind) if pay.share == int(pay.share) else ""
    share = f"à {text.percent(pay.share)}" + (f", {paid}" if paid else "")
    return Glance(
        label,
        net,
        "nets",
        worded("Sur {} bruts, {}, avant impôt{}.", gross, share, pay.lacks and f", {pay.lacks}"),
        "Indiquer vos classes" if pay.lacks else "Voir ligne par ligne",
        PAY,
        share=round(100 * totals.net_avant_impot / totals.brut, 1) if totals.brut else None,
        bar=str(worded("{} nets sur {} bruts", net, gross)),
        deducted=True,
        verify=pay.doubtful,
    )


def _grade(answer: CareerAnswer, usual: str) -> Glance:
    """Return when the next grade may come, who decides, and what closes it today."""
    chance = answer.eligibilites[0]
    label = text.sentence(text.grade_words(chance.grade)).removesuffix(".")
    year = getattr(answer.scenarios[-1].scenario, chance.grade, None) or chance.premiere_campagne
    words: str = f"{text.sentence(decides(chance))} {chance.candidature}"
    if chance.promouvable is None and chance.non_calcule:
        return Glance(
            label, "non calculée", "", text.sentence(chance.non_calcule), "Voir", PROMOTIONS
        )
    if not year:
        condition = text.seen(text.sentence(chance.condition), chance.campagne)
        words = worded("{} {}", condition, words)
        return Glance(label, "pas à ce rythme", "", words, "Essayer une année", PROMOTIONS)
    possible = figure(f"dès {year}", f"promotion.{chance.grade}", str(year))
    if chance.empechement:
        words = "Sauf si votre position d’aujourd’hui dure. " + words
    elif chance.promouvable:
        words = "Vous remplissez les conditions. " + words
    estimate = usual if chance.grade == "hors_classe" and not chance.empechement else ""
    return Glance(label, possible, "possible", words.strip(),
                  "Essayer une année", PROMOTIONS, estimate=estimate)  # fmt: skip


def _leaving(ages: Retirement, today: date) -> Glance:
    """Return when one may leave: what comes next in the last grade of a corps."""
    opens, limit = ages.date_ouverture, ages.date_limite_age
    value = "possible" if opens <= today else figure(f"dès {opens.year}", OPENS, opens)
    words = worded(
        f"{'Depuis le' if opens <= today else 'Le'} {{}}", figure(text.day(opens), OPENS, opens)
    )
    return Glance(
        "Départ à la retraite",
        value,
        "",
        worded("{}, à {}. Limite d’âge : {}.", words, text.age_of_months(ages.age_ouverture_mois),
             figure(text.day(limit), "departure.limit", limit)),
        "Comparer des dates",
        RETIREMENT,
        verify=ages.a_verifier,
    )  # fmt: skip
