"""Vos perspectives › Promotions: the answer as a sentence, the levers, the proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.calculate.career.question import CareerAnswer, Eligibility, Refusal, ScenarioAnswer
from iprof_kit.calculate.interface.official_texts import official
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.controls import Control, controls, refusal_text, scenario_words
from iprof_kit.ui.kit.parts import (
    KEYS,
    Field,
    Notice,
    Page,
    discreet,
    reference_text,
)
from iprof_kit.ui.own_situation.said import BY_HER
from iprof_kit.ui.scenarios.figure import figure_note, figure_title, figures, table_note
from iprof_kit.ui.scenarios.table import DatedRow, csv_link, rows
from iprof_kit.ui.screens.promotions.instrument import (
    Instrument,
    first_gap,
    instrument,
    last_gain,
    leading,
    names,
    sum_gap,
)
from iprof_kit.ui.screens.promotions.when import When
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import kept_figure, with_open_position
from iprof_kit.ui.shared.worded import figure, joined, kept_of, worded


@dataclass(frozen=True)
class Standpoint:
    """One sentence on one promotion, with its reason; of none where the grade is the last."""

    strong: str
    rest: str
    of: Eligibility | None = None

    @property
    def why_label(self) -> str:
        """The question of its reason: of the first campaign where she waits for one."""
        waits = self.of and self.of.promouvable is False and self.of.premiere_campagne
        return f"Pourquoi {waits} ?" if waits else "Pourquoi ?"


@dataclass(frozen=True)
class PromotionsView(Page):
    """The perspectives of one person."""

    career: CareerAnswer | None = None
    """What is shown; None where nothing could be calculated."""
    keys: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    standpoints: tuple[Standpoint, ...] = ()
    start: str = ""
    instrument: Instrument | None = None
    own_date: bool = False
    controls: tuple[Control, ...] = ()
    refusals: tuple[tuple[str, str], ...] = ()
    difference_strong: str = ""
    difference: tuple[str, str] = ("", "")
    otherwise: tuple[str, ...] = ()
    """Past decisions that a scenario supposes otherwise."""
    deciders: tuple[str, ...] = ()
    chart_title: str = ""
    charts: tuple[str, ...] = ()
    chart_note: str = ""
    table_note: str = ""
    rows: tuple[DatedRow, ...] = ()
    motives: tuple[str, ...] = ()
    csv: str = ""
    retirement: str = ""
    sources: tuple[str, ...] = ()
    """Everything that the page rests on, with the letter of our confidence."""
    texts: int = 0
    """How many official texts are among them."""
    date_fields: tuple[Field, ...] = ()
    empty: str = ""
    by_hand: bool = False
    when: When | None = None
    carnet: CarnetView | None = None
    """What is kept of the scenarios; None on a screen that keeps nothing."""
    kept: bool = False
    """Whether the scenarios are no longer the first ones."""
    counted: str = ""
    """What she told of her ages on another screen and that is counted here."""
    untold: str = ""
    """What she told on another screen and that cannot be counted here."""
    people: tuple[str, ...] = ()
    """Whose each scenario is, where it is not one person's."""
    chosen: tuple[str, ...] = ()
    """What each scenario supposes, in words: the sheet that is printed has no controls."""

    @property
    def doubtful(self) -> bool:
        """Whether a date or an amount of the table must be verified."""
        cells = [cell for row in self.rows for cell in row.cells]
        return any(row.day.verify for row in self.rows) or any(c.amount_verify for c in cells)

    @property
    def when_question(self) -> str:
        """The question of the first fold."""
        if self.when and self.when.known:
            return "Quand passe-t-on à la hors classe ?"
        if self.when and self.when.exceptional:
            return "Quand passe-t-on à la classe exceptionnelle ?"
        return "Quelles promotions me restent ouvertes ?"

    @property
    def when_answer(self) -> str:
        """Its answer, in a few words."""
        if self.when and self.when.known:
            return self.when.answer
        exceptional = self.when.exceptional_answer if self.when else ""
        return exceptional or ("l’échelon seul" if self.standpoints == (TOP,) else "selon le grade")


TOP = Standpoint(
    "Votre grade est le dernier de votre corps.",
    "Il ne reste que l’avancement d’échelon, de plein droit.",
)


def no_corps(title: str = "Promotions") -> PromotionsView:
    """Return the screen of a person who has no corps."""
    return PromotionsView(
        title=title,
        lead_strong="Pas de corps, donc pas d’échelon calculé.",
        lead="Les promotions d’échelon et de grade concernent les fonctionnaires d’un corps.",
        empty="Votre contrat fixe votre rémunération ; votre service répond de son réexamen.",
    )


def promotions(
    answer: CareerAnswer,
    *,
    date_fields: Sequence[Field] = (),
    own_date: bool = False,
    refusals: Sequence[Refusal] = (),
    notices: Sequence[Notice] = (),
    by_hand: bool = False,
    ranges: When | None = None,
) -> PromotionsView:
    """Return the perspectives that an answer holds.

    `refusals` adds refusals that the screen has already undone to those of the answer; `ranges` is
    when the promotions could come.
    """
    refused = tuple(refusals) + tuple(r for s in answer.scenarios for r in s.refus)
    keys = KEYS[: len(answer.scenarios)]
    title = figure_title(answer)
    shown = instrument(answer, ranges.usual if ranges else {})
    papers = _papers(answer, ranges)
    strong, rest = leading(answer)
    return PromotionsView(
        title="Promotions",
        lead_strong=strong,
        lead=rest,
        notices=tuple(notices),
        career=answer,
        otherwise=_otherwise(answer),
        keys=keys,
        names=names(answer) if shown else tuple(f"Scénario {key}" for key in keys),
        standpoints=tuple(_standpoint(e, answer.situation) for e in answer.eligibilites) or (TOP,),
        start=_start(answer.situation),
        instrument=shown,
        own_date=own_date,
        controls=controls(answer, refused),
        refusals=tuple(refusal_text(r) for r in refused),
        difference_strong=kept_of(sum_gap(answer), text.money(abs(answer.difference.cumul)))
        if answer.difference
        else "",
        difference=_difference(answer),
        deciders=_deciders(answer),
        chart_title=title,
        charts=() if shown else figures(answer, title),
        chart_note=figure_note(answer),
        table_note=table_note(answer),
        rows=tuple(map(_discreet, rows(answer))),
        motives=_motives(answer),
        csv=csv_link(answer),
        retirement=_retirement(answer),
        sources=papers,
        texts=len({text.split(", en vigueur")[0] for text in map(official, papers) if text}),
        date_fields=tuple(date_fields),
        by_hand=by_hand,
        when=ranges,
        chosen=tuple(
            f"Scénario {key} : {supposed(answer, one)}."
            for key, one in zip(keys, answer.scenarios, strict=True)
        ),
    )


def _discreet(row: DatedRow) -> DatedRow:
    return replace(row, whys=tuple(map(discreet, row.whys)))


def _papers(answer: CareerAnswer, ranges: When | None) -> tuple[str, ...]:
    """Return every source of the page, each once, in the order of the page."""
    sources = [text for one in answer.eligibilites for text in one.textes]
    sources += [text for one in answer.scenarios for step in one.etapes for text in step.textes]
    sources += answer.retraite.sources if answer.retraite else ()
    sources += ranges.sources if ranges else ()
    return tuple(dict.fromkeys(map(reference_text, sources)))


def _otherwise(answer: CareerAnswer) -> tuple[str, ...]:
    """Say each past decision that a scenario supposes otherwise than it was taken."""
    return tuple(
        f"Scénario {key} : {decision[:1].lower()}{decision[1:]}"
        for key, scenario in zip(KEYS, answer.scenarios, strict=False)
        for decision in scenario.contrefactuel
    )


def supposed(answer: CareerAnswer, one: ScenarioAnswer) -> str:
    """Return every choice of a scenario, its hours first."""
    share = one.scenario.quotite or answer.situation.quotite
    hours = f"temps de travail de {share} %"
    more = scenario_words(one.scenario.model_copy(update={"quotite": None}))
    return f"{hours}, {more or 'ni bonification ni promotion de grade'}"


def _standpoint(eligibility: Eligibility, who: Situation) -> Standpoint:
    target = f"à la {text.grade_words(eligibility.grade)}"
    years = eligibility.premiere_campagne, eligibility.campagne
    condition = text.seen(eligibility.condition.rstrip("."), *years)
    rest = text.sentence(condition)
    if eligibility.promouvable:
        since = f", depuis la campagne {eligibility.depuis}" if eligibility.depuis else ""
        strong = f"Vous êtes promouvable {target} aujourd’hui{since}."
    elif eligibility.promouvable is None:
        strong = f"Promotion {target} aujourd’hui : non calculée."
        rest = worded("{} {}", text.sentence(f"{eligibility.non_calcule}"), rest)
    else:
        strong = f"Vous n’êtes pas promouvable {target} aujourd’hui."
        if eligibility.empechement:
            words = text.seen(text.sentence(eligibility.empechement), *years)
            closed = with_open_position(words, who.periodes)
            rest = worded("{} {}", closed, _waits(eligibility, condition))
        else:
            rest = _waits(eligibility, condition)
    return Standpoint(strong, rest, eligibility)


def _waits(eligibility: Eligibility, condition: str) -> str:
    """Say for which campaign one waits, and under which condition."""
    if not eligibility.premiere_campagne:
        never = "{} Dans le scénario A, aucune campagne ne remplit cette condition."
        return worded(never, text.sentence(condition))
    first = str(eligibility.premiere_campagne)
    return worded(
        "Vous serez promouvable pour la première fois à la campagne {} : {}.",
        figure(first, f"promotion.{eligibility.grade}", first),
        condition,
    )


def _start(situation: Situation) -> str:
    if not (situation.grade and situation.echelon and situation.date_effet):
        return ""
    where = text.position_label(situation.grade, situation.echelon, situation.chevron)
    kept: str = ""
    if days := situation.reliquat_jours:
        length = kept_figure(text.duration(days), situation)
        kept = worded(", avec {} d’ancienneté conservée", length)
    since = figure(text.day(situation.date_effet), "echelon.since", situation.date_effet)
    return text.sentence(worded("{} depuis le {}{}", where, since, kept))


def _difference(answer: CareerAnswer) -> tuple[str, str]:
    gap = answer.difference
    if gap is None:
        return "", ""
    if gap.debut is None or round(gap.cumul, 2) == 0 == round(gap.ecart_dernier, 2):
        return "Les deux scénarios donnent le même traitement brut.", ""
    verb, side = ("rapporte", "plus") if gap.cumul >= 0 else ("donne", "moins")
    first, second = (one.scenario for one in answer.scenarios[:2])
    choices = scenario_words(second, first)
    tail = worded(
        f"bruts de {side} entre {text.month(gap.debut)} et {text.month(gap.fin)}. L’écart va "
        f"de {{}} par mois en {gap.debut.year} à {{}} par mois en {gap.fin.year}.",
        kept_of(first_gap(answer), _gap(gap.ecart_premier)),
        kept_of(last_gain(answer), _gap(gap.ecart_dernier)),
    )
    return f"Le scénario B{f' ({choices})' if choices else ''} {verb}", tail


def _gap(amount: float) -> str:
    return text.money(amount) if amount >= 0 else text.signed_money(amount)


def _deciders(answer: CareerAnswer) -> tuple[str, ...]:
    lines = [
        (
            f"{text.grade_words(e.grade).capitalize()} : sous réserve d’une décision "
            f"{text.of(e.decide_par)}. {e.candidature}"
        ).strip()
        for e in answer.eligibilites
    ]
    for scenario in answer.scenarios:
        for step in scenario.etapes:
            if step.nature == "bonification" and step.sous_reserve_de:
                line = (
                    "Bonification d’ancienneté : sous réserve d’une décision "
                    f"{text.of(step.sous_reserve_de)}."
                )
                if line not in lines:
                    lines.append(line)
    return tuple(lines)


def _motives(answer: CareerAnswer) -> tuple[str, ...]:
    """Return why shown numbers are marked; the indice brut is not shown on this screen."""
    steps = (step for scenario in answer.scenarios for step in scenario.etapes)
    return tuple(dict.fromkeys(text.sentence(step.doubt) for step in steps if step.doubt))


def _retirement(answer: CareerAnswer) -> str:
    ages = answer.retraite
    if ages is None and answer.non_calcules:
        return text.sentence(answer.non_calcules[0])
    if ages is None:
        return (
            "Sans date de naissance, la projection s’arrête au "
            f"{text.day(answer.fin)}, sans limite d’âge."
        )
    put_off = ", recul pour enfants à charge compris" if ages.recul_mois else ""
    past = ages.date_limite_age <= answer.aujourdhui
    stops = "la projection s’y arrête."
    if past:
        stops = "elle est passée : un maintien, sur autorisation, est supposé jusqu’au {}."
    return worded(
        f"Ouverture du droit à pension à {{}}, le {{}}. Limite d’âge à {{}}, le {{}}{put_off} ; "
        f"{stops}",
        text.age_of_months(ages.age_ouverture_mois),
        figure(text.day(ages.date_ouverture), "departure.opens", ages.date_ouverture),
        text.age_of_months(ages.limite_age_mois),
        figure(text.day(ages.date_limite_age), "departure.limit", ages.date_limite_age),
        *([text.dated(answer.fin, "career.kept_until")] if past else []),
    )


def with_early(ages: str, first: date) -> str:
    """Return what is said of the ages with the day of a long career, which no scenario counts."""
    day = figure(text.day(first), "departure.early", first)
    return joined(" ", (ages, worded(f"Pour carrière longue, dès le {{}}, {BY_HER}.", day)))
