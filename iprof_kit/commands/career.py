"""`iprof career`: the dated steps of a career, from a JSON question or from a few options."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click
from pydantic import ValidationError

from iprof_kit.base.calendar import date_text, duration_text
from iprof_kit.base.clock import paris_today
from iprof_kit.base.errors import unreadable
from iprof_kit.base.reference import some_codes
from iprof_kit.base.words import NBSP, corps_and_grade_label, euros_text, position_label
from iprof_kit.calculate.career.calculation import answer
from iprof_kit.calculate.career.question import (
    CareerAnswer,
    CareerQuestion,
    Scenario,
    ScenarioAnswer,
    Step,
)
from iprof_kit.calculate.interface.explained import Explanation
from iprof_kit.calculate.interface.reading import question_of, refused
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.commands.saying import say


class _Day(click.ParamType[date]):
    """A day written year-month-day."""

    name = "aaaa-mm-jj"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"« {value} » n’est pas une date (aaaa-mm-jj).", param, ctx)


DAY = _Day()


@click.command("career")
@click.option(
    "--json",
    "source",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Question en JSON (fichier, ou « - » pour l’entrée standard) ; réponse en JSON.",
)
@click.option("--corps", help=f"Code du corps : {some_codes()}")
@click.option("--grade", default="classe_normale", show_default=True)
@click.option("--echelon", help="Échelon détenu : 7")
@click.option("--chevron", help="Chevron détenu, aux échelons hors échelle : HEA2")
@click.option("--depuis", type=DAY, help="Date d’effet de l’échelon (ou du chevron).")
@click.option(
    "--reliquat",
    type=click.IntRange(min=0),
    default=0,
    help="Ancienneté conservée à cette date, en jours.",
)
@click.option("--naissance", type=DAY, help="Date de naissance : donne la limite d’âge.")
@click.option("--quotite", type=int, default=100, show_default=True, help="En pour cent.")
@click.option(
    "--hors-classe", type=int, metavar="ANNÉE", help="Promotion supposée au 1er septembre."
)
@click.option(
    "--classe-exceptionnelle",
    type=int,
    metavar="ANNÉE",
    help="Promotion supposée au 1er septembre.",
)
@click.option("--bonification-6", is_flag=True, help="Bonification supposée au 6e échelon.")
@click.option("--bonification-8", is_flag=True, help="Bonification supposée au 8e échelon.")
@click.option("--jusqu-au", type=DAY, help="Dernier jour projeté.")
@click.option("--today", "today", type=DAY, help="Jour qui compte comme aujourd’hui.")
@click.option("--explain", is_flag=True, help="Ajouter la raison de chaque étape.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def career(source: str | None, form: str, **options: object) -> None:
    """Projeter une carrière. Le kit simule ; l’administration décide."""
    if source is not None:
        click.echo(answer(_read(source)).model_dump_json(indent=2))
        return
    projection = answer(_question(options))
    if form == "json":
        click.echo(projection.model_dump_json(indent=2))
    else:
        say("\n".join(_text(projection)))


def _read(source: str) -> CareerQuestion:
    """Read a question; a malformed one is refused with the place of each fault."""
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(error, source) from error
    return question_of(CareerQuestion, text)


def _question(options: dict[str, object]) -> CareerQuestion:
    """Make a question of the options."""
    try:
        return CareerQuestion(
            situation=Situation(
                corps=options["corps"],
                grade=options["grade"],
                echelon=options["echelon"],
                chevron=options["chevron"],
                date_effet=options["depuis"],
                reliquat_jours=options["reliquat"],
                date_naissance=options["naissance"],
                quotite=options["quotite"],
            ),
            scenarios=(
                Scenario(
                    hors_classe=options["hors_classe"],
                    classe_exceptionnelle=options["classe_exceptionnelle"],
                    bonification_6=options["bonification_6"],
                    bonification_8=options["bonification_8"],
                ),
            ),
            aujourdhui=options["today"] or paris_today(),
            jusqu_au=options["jusqu_au"],
            expliquer=bool(options["explain"]),
        )
    except ValidationError as error:  # pragma: no cover - click has typed the options
        raise refused(error) from error


def _text(projection: CareerAnswer) -> list[str]:
    """Write an answer as lines."""
    situation, scenario = projection.situation, projection.scenarios[0]
    euros = f"Euros constants, point de {projection.annee_point}."
    lines = [
        corps_and_grade_label(str(situation.corps), str(situation.grade)),
        f"Aujourd’hui : {date_text(projection.aujourdhui)}.",
        f"Projection jusqu’au {date_text(projection.fin)}.",
        f"Traitement brut mensuel, hors primes. {euros}",
        "",
    ]
    for step in scenario.etapes:
        lines.extend(_step(step, scenario))
    lines.append("")
    lines += _last_doubts(scenario)
    lines += [*scenario.contrefactuel, *(f"{reason}." for reason in projection.non_calcules)]
    for refusal in scenario.refus:
        lines.append(f"{refusal.levier}, {refusal.valeur} : refusé. {refusal.motif}")
    for one in projection.eligibilites:
        first = f" Première campagne : {one.premiere_campagne}." if one.premiere_campagne else ""
        unsaid = f" {one.non_calcule}." if one.promouvable is None else ""
        lines.append(f"Accès à la {one.libelle_grade} : {one.condition}.{first}{unsaid}")
    lines.append(
        f"Simulation d’un kit non officiel. Textes vérifiés jusqu’au "
        f"{date_text(projection.textes_verifies_le)}."
    )
    return lines


def _last_doubts(scenario: ScenarioAnswer) -> list[str]:
    """Say once why the indices bruts that explanations show are doubtful, or that nothing is.

    The other doubts are said under the steps.
    """
    explained = (step for step in scenario.etapes if step.explication and step.indice_brut)
    reasons = (reason for step in explained for reason in step.motif_a_verifier.split(" ; "))
    doubts = dict.fromkeys(reason for reason in reasons if reason.startswith("indice brut"))
    if not doubts and not any(step.doubt for step in scenario.etapes):
        return ["Aucune des valeurs montrées n’est à vérifier."]
    return [f"À vérifier : {reason}." for reason in doubts]


def _step(step: Step, scenario: ScenarioAnswer) -> list[str]:
    place = position_label(step.grade, step.echelon, step.chevron)
    kept = step.anciennete_conservee_jours
    with_kept = f", avec {duration_text(kept)} d’ancienneté" if kept else ""
    if step.nature == "limite_age":
        place = f"limite d’âge ({place})"
    share = f" à {scenario.scenario.quotite}{NBSP}%" if scenario.scenario.quotite != 100 else ""
    line = (
        f"{date_text(step.date):>20}  {place}{with_kept}  IM {step.indice_majore}  "
        f"{euros_text(step.traitement)}{share}"
    )
    notes = []
    if step.sous_reserve_de:
        notes.append(f"sous réserve d’une décision : {step.sous_reserve_de}")
    if step.date_decision:
        notes.append(f"décision d’ici le {date_text(step.date_decision)}, effet rétroactif")
    if step.doubt:
        notes.append(f"à vérifier : {step.doubt}")
    return [line, *(f"{'':>22}{note}" for note in notes), *_why(step.explication)]


def _why(why: Explanation | None) -> list[str]:
    if why is None:
        return []
    pad = f"{'':>22}| "
    doubt = " (à vérifier)"
    return [
        f"{pad}{why.question}",
        f"{pad}{why.regle}",
        *(f"{pad}{p.libelle} -> {p.valeur}{doubt if p.a_verifier else ''}" for p in why.lignes),
        *(f"{pad}Source : {s.texte} (confiance {s.confiance})" for s in why.sources),
    ]
