"""Promotions in one look: the sentence, three results, the figure that is read, its levers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.base.calendar import rentree_day
from iprof_kit.calculate.career.question import CareerAnswer, Eligibility, Step
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.promotion.first_promotion import Gain, first_gain
from iprof_kit.ui.figures.charts import Career
from iprof_kit.ui.figures.charts_svg import career_charts
from iprof_kit.ui.kit.levers import Controls, Dial, levers
from iprof_kit.ui.kit.parts import Reading, Result
from iprof_kit.ui.scenarios.figure import career, figure_title, share_text
from iprof_kit.ui.scenarios.table import at, given_of, shortened, traitement_said
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, kept_of, worded

LONGEST = 25
"""Words of the sentence that answers."""
_PLAIN = "à l’ancienneté"


@dataclass(frozen=True)
class Instrument:
    """The one surface of the screen."""

    results: tuple[Result, ...]
    caption: str
    shortened: str
    """What the labels of the figure stand for."""
    doubtful: bool
    charts: tuple[str, ...]
    readings: tuple[Reading, ...]
    read_first: int
    controls: Controls

    @property
    def marked_elsewhere(self) -> bool:
        """Whether the years that are usual have the one mark « à vérifier » of the surface."""
        return any(isinstance(one, Dial) and one.proposals for one in self.controls)


def instrument(answer: CareerAnswer, usual: Mapping[str, str] | None = None) -> Instrument | None:
    """Return the instrument of two scenarios of one person; None where they are not that."""
    if answer.difference is None or len(answer.scenarios) != len(("A", "B")):
        return None
    days = read_days(answer)
    first = _first_read(answer, days)
    drawn = replace(_named(answer), readings=days, read_first=first)
    doubtful = any(point.verify for one in drawn.series for point in one.points)
    return Instrument(
        results=_results(answer),
        caption=_caption(answer),
        shortened=_shortened(answer),
        doubtful=doubtful,
        charts=career_charts(drawn, wide="instrument"),
        readings=tuple(reading(answer, day) for day in days),
        read_first=first.year if first else 0,
        controls=levers(answer, usual),
    )


def _caption(answer: CareerAnswer) -> str:
    """Return what the figure counts."""
    return f"Traitement brut par mois {share_text(answer)}, en euros de {answer.annee_point}"


def _shortened(answer: CareerAnswer) -> str:
    """Return « HC : hors classe ; CE : classe exceptionnelle », of the grades that are drawn."""
    grades = {step.grade for one in answer.scenarios for step in one.etapes}
    short = {"hors_classe": "HC", "classe_exceptionnelle": "CE"}
    return " ; ".join(
        f"{name} : {text.grade_words(one)}" for one, name in short.items() if one in grades
    )


def names(answer: CareerAnswer) -> tuple[str, str]:
    """Return what the scenarios are called at the head of a column."""
    second = answer.scenarios[-1].scenario
    promoted = second.hors_classe or second.classe_exceptionnelle
    if not _is_plain(answer):
        return "scénario A", "mon choix"
    return _PLAIN, "avec promotion" if promoted else "mon choix"


def _is_plain(answer: CareerAnswer) -> bool:
    one = answer.scenarios[0].scenario
    return not (one.hors_classe or one.classe_exceptionnelle or one.bonifications)


def _named(answer: CareerAnswer) -> Career:
    """Return the figure, its lines named by what they suppose."""
    drawn = career(answer, figure_title(answer))
    second = answer.scenarios[1].scenario
    choice = "mon choix"
    if second.classe_exceptionnelle and not second.hors_classe:
        choice = f"cl. except. {second.classe_exceptionnelle}"
    elif second.hors_classe:
        more = " +" if second.classe_exceptionnelle else ""
        choice = f"hors classe {second.hors_classe}{more}"
    elif second.bonifications:
        choice = f"{law_facts.bonification_length()} plus tôt"
    heads = (names(answer)[0], choice)
    return replace(
        drawn,
        unit="",
        window=answer.retraite.date_ouverture if answer.retraite else None,
        window_words=_leaving(answer),
        series=tuple(
            replace(one, end_head=head, end_text=text.money(one.points[-1].amount))
            for one, head in zip(drawn.series, heads, strict=True)
        ),
    )


def _leaving(answer: CareerAnswer) -> str:
    """Return « départ possible dès 2055, à 64 ans »."""
    ages = answer.retraite
    if ages is None:
        return ""
    opens = ages.date_ouverture
    if opens <= answer.aujourdhui:
        return f"départ possible depuis {opens.year}"
    return f"départ possible dès {opens.year}, à {text.age_of_months(ages.age_ouverture_mois)}"


def _results(answer: CareerAnswer) -> tuple[Result, ...]:
    gap, last = answer.difference, answer.fin.year
    what = _supposed(answer)
    if not answer.eligibilites:
        return _without_promotion(answer)
    if gap is None or gap.debut is None:
        none = Result(f"{what}, d’ici {last}", "aucun écart", kind="none")
        months = ("Par mois", "Par mois, en fin de carrière")
        return (none, *(Result(label, "égal", kind="none") for label in months))
    gain = first_gain(answer) or Gain(gap.debut, gap.ecart_premier, None)
    return (
        Result(f"{what}, d’ici {last}", sum_gap(answer), kind="b"),
        Result(f"Par mois, dès {text.month(gain.day)}", gain_said(answer), kind="b"),
        Result("Par mois, en fin de carrière", last_gain(answer), kind="b"),
    )


def gain_said(answer: CareerAnswer) -> str:
    """Return what the second scenario adds a month at first, with its fact."""
    gain = first_gain(answer)
    return "" if gain is None else _gap(answer, gain.amount, "gain", gain.day)


def first_gap(answer: CareerAnswer) -> str:
    """Return what parts the scenarios a month on the first day that does, with its fact."""
    gap = answer.difference
    if gap is None or gap.debut is None:
        return ""
    return _gap(answer, gap.ecart_premier, "gap", gap.debut)


def last_gain(answer: CareerAnswer) -> str:
    """Return what the second scenario adds a month at the end, with its fact."""
    gap = answer.difference
    return "" if gap is None else _gap(answer, gap.ecart_dernier, "last", answer.fin)


def sum_gap(answer: CareerAnswer) -> str:
    """Return what the second scenario adds until the end, with its fact."""
    gap = answer.difference
    return "" if gap is None else _gap(answer, gap.cumul, "sum", answer.fin)


def _gap(answer: CareerAnswer, amount: float, what: str, moment: date) -> Worded:
    given = given_of(answer, -1)
    return figure(text.signed_euros(amount), f"promotion.{what}", amount, moment, given)


def _without_promotion(answer: CareerAnswer) -> tuple[Result, ...]:
    """Return what comes to somebody whose grade is the last: today, the next step, the end."""
    run = answer.scenarios[0]
    today = at(run, answer.aujourdhui).traitement
    gains = [s for s in run.etapes if s.date > answer.aujourdhui and s.traitement > today]
    following = tuple(
        Result(
            f"Dès {text.month(step.date)}",
            figure(
                text.signed_euros(step.traitement - today),
                "traitement.gain",
                step.traitement - today,
                step.date,
            ),
            kind="b",
        )
        for step in gains[:1]
    )
    return (
        Result("Traitement brut par mois", traitement_said(answer, 0, answer.aujourdhui), kind="b"),
        *following,
        Result(
            f"En fin de carrière, en {answer.fin.year}",
            traitement_said(answer, 0, answer.fin),
            kind="b",
        ),
    )


def _gained(count: int) -> str:
    each = f"de {law_facts.bonification_length()}"
    return f"bonification {each}" if count == 1 else f"{count} bonifications {each}"


def _supposed(answer: CareerAnswer) -> str:
    """Return « Hors classe en 2033 »: what B supposes and A does not."""
    first, second = (one.scenario for one in answer.scenarios)
    parts = [
        f"{text.grade_words(name)} en {getattr(second, name)}"
        for name in ("hors_classe", "classe_exceptionnelle")
        if getattr(second, name) and getattr(second, name) != getattr(first, name)
    ]
    gained = len(second.bonifications) - len(first.bonifications)
    if gained > 0:
        parts.append(_gained(gained))
    if not parts and second.quotite != first.quotite:
        parts.append(
            f"à {second.quotite or answer.situation.quotite} % au lieu de "
            f"{first.quotite or answer.situation.quotite} %"
        )
    words = ", ".join(parts) or "sans promotion"
    return words[:1].upper() + words[1:]


def read_days(answer: CareerAnswer) -> tuple[date, ...]:
    """Return each rentrée that may be read, from the next one to the last."""
    begin, end = answer.aujourdhui, answer.fin
    rentrees = (rentree_day(year) for year in range(begin.year, end.year + 1))
    return tuple(on for on in rentrees if begin < on < end)


def _first_read(answer: CareerAnswer, days: tuple[date, ...]) -> date | None:
    """Return the rentrée read at first: some years into the difference, else the middle."""
    if not days:
        return None
    gap = answer.difference
    if gap is None or gap.debut is None:
        return days[len(days) // 2]
    after = [day for day in days if day >= gap.debut] or [days[-1]]
    return after[len(after) // 3]


def reading(answer: CareerAnswer, day: date) -> Reading:
    """Return what the two scenarios give on a day."""
    steps = [at(one, day) for one in answer.scenarios]
    lines = tuple(
        (key, traitement_said(answer, rank, day), _standing(steps[rank]))
        for rank, key in enumerate(("A", "B"))
    )
    if lines[0][1:] == lines[1][1:]:
        return Reading(day.year, lines[:1])
    more = steps[1].traitement - steps[0].traitement
    given = given_of(answer, 1)
    gap = figure(text.signed_euros(more), "traitement.gap", more, day, given)
    return Reading(day.year, lines, gap)


def _standing(step: Step) -> str:
    return shortened(text.position_label(step.grade, step.echelon, step.chevron))


def leading(answer: CareerAnswer) -> tuple[str, str]:
    """Return the sentence that answers, its first words strong: what is possible, and when."""
    eligibility = answer.eligibilites[0] if answer.eligibilites else None
    if eligibility is None:
        return _alone(answer, "Votre grade est le dernier de votre corps.")
    grade = f"la {text.grade_words(eligibility.grade)}"
    head = f"{grade[:1].upper()}{grade[1:]}"
    if eligibility.promouvable is None and eligibility.non_calcule:
        return _alone(answer, f"Promotion à {grade} : non calculée.")
    who = decides(eligibility)
    if eligibility.promouvable:
        year = first_year(answer, eligibility)
        possible = figure(year, f"promotion.{eligibility.grade}", year)
        return _now_possible(answer, worded(f"{head} est possible dès {{}}", possible), who)
    if eligibility.premiere_campagne is None:
        return _alone(answer, f"{head} : aucune campagne à ce rythme.")
    first = str(eligibility.premiere_campagne)
    possible = figure(first, f"promotion.{eligibility.grade}", first)
    strong = worded(f"{head} devient possible en {{}}", possible)
    if eligibility.empechement:
        return strong, ", sauf si votre position d’aujourd’hui dure."
    coming = _coming(answer, eligibility.premiere_campagne)
    for many in (2, 1):
        place, _, year = coming[0].rpartition(" en ") if coming else ("", "", "")
        comes = (
            f"vos échelons viennent seuls : {', '.join(coming[:many])}"
            if len(coming[:many]) > 1
            else f"{_full(place)} vient de plein droit en {year}"
        )
        rest = f", {who}. D’ici là, {comes}."
        if coming and len(f"{strong}{rest}".replace(" :", "").split()) <= LONGEST:
            return strong, rest
    return strong, f", {who}."


def first_year(answer: CareerAnswer, eligibility: Eligibility) -> str:
    """Return the first year that may still be chosen for a grade that is open today: one answer."""
    lever = next((one for one in answer.scenarios[0].leviers if one.nom == eligibility.grade), None)
    years = [year for year in (lever.valeurs if lever else ()) if year]
    return str(min(years)) if years else "aujourd’hui"


def _now_possible(answer: CareerAnswer, strong: str, decides: str) -> tuple[str, str]:
    gain = first_gain(answer)
    if gain and gain.day > answer.aujourdhui and gain.amount > 0:
        more = kept_of(gain_said(answer), text.euros(gain.amount))
        rest = worded(
            f", {decides} : {{}} bruts de plus par mois dès {text.month(gain.day)}.", more
        )
        return strong, rest
    coming = _coming(answer, answer.fin.year)
    following = f" Prochain échelon : {coming[0]}." if coming else ""
    return strong, f", {decides}.{following}"


def _alone(answer: CareerAnswer, rest: str) -> tuple[str, str]:
    """Return the next échelon, which comes of right, then what cannot be said of a grade."""
    coming = _coming(answer, answer.fin.year)
    if coming:
        place, _, year = coming[0].rpartition(" en ")
        head = _full(place)
        strong = f"{head[:1].upper()}{head[1:]} vient de plein droit en {year}."
        return strong, rest
    pay = traitement_said(answer, 0, answer.aujourdhui)
    return worded("{} bruts par mois, au sommet de votre grade.", pay), rest


def _full(place: str) -> str:
    """Return « le 9e échelon », « le chevron HEA2 »."""
    return f"{place} échelon" if place.startswith("le ") else f"le chevron {place}"


def _coming(answer: CareerAnswer, until: int) -> list[str]:
    """Return « le 8e en 2027 » for each échelon that comes of right before a year."""
    return [
        f"{step.chevron or f'le {text.nth(step.echelon)}'} en {step.date.year}"
        for step in answer.scenarios[0].etapes
        if step.nature in ("echelon", "chevron")
        and step.date > answer.aujourdhui
        and step.date.year <= until
    ]


def decides(eligibility: Eligibility) -> str:
    """Return « sur décision du recteur »: who decides, in two words."""
    who = eligibility.decide_par.partition(",")[0].partition(" (")[0]
    for more in (" de l’académie", " de l’académie", " chargé de l’Éducation nationale"):
        who = who.removesuffix(more)
    return f"sur décision {text.of(who)}"
