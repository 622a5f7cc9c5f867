"""`iprof rapports`: a campaign report by academy, as pages and PDFs that say PROJET."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import pandas as pd

from iprof_kit.base.reference import some_codes
from iprof_kit.commands.saying import say

EVERY = "toutes"


@click.command("rapports")
@click.argument("table", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--corps", multiple=True, required=True, help=f"Code du corps : {some_codes()}")
@click.option(
    "--grade",
    multiple=True,
    default=("hors_classe",),
    show_default=True,
    help="hors_classe, classe_exceptionnelle ou avancement_accelere.",
)
@click.option("--annee", type=int, required=True, help="Campagne : 1er septembre de cette année.")
@click.option(
    "--academie",
    multiple=True,
    default=(EVERY,),
    show_default=True,
    help="Code ou nom ; plusieurs fois, ou 06,10.",
)
@click.option(
    "--vers", type=click.Path(path_type=Path), required=True, help="Dossier des rapports."
)
@click.option(
    "--format", "formats", default="html", show_default=True, help="html, pdf, ou les deux."
)
@click.option("--motif", default="", help="Pourquoi, pour qui : noté dans le journal des exports.")
@click.option("--nominatif", is_flag=True, help="Rapport interne, avec les numéros des personnes.")
@click.option(
    "--processus",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Rapports écrits en même temps.",
)
@click.option("--plan", help="Fichier YAML des sections ; par défaut, celui du kit.")
@click.option("--par", help="Une liste par département, par discipline… : departement.")
@click.option("--procedure", help="Identifiant d’une procédure du kit, ou fichier YAML.")
@click.option("--taux", help="Taux en pour cent : 23 ou 9,5.")
@click.option(
    "--suppose",
    type=click.Choice(["refuser", "dernier_connu", "projet"]),
    default="refuser",
    show_default=True,
    help="Année sans taux publié.",
)
@click.option("--seuil", type=int, help="Effectif sous lequel une case est secrète.")
@click.option("--source", default="", help="Nom de la source, pour le registre des publications.")
def reports(
    table: Path,
    corps: tuple[str, ...],
    grade: tuple[str, ...],
    annee: int,
    academie: tuple[str, ...],
    vers: Path,
    formats: str,
    processus: int,
    **given: Any,
) -> None:
    """Écrire un rapport de campagne par académie, corps et grade : PROJET, l’autorité décide."""
    from iprof_kit.analytics.export_log import checked_reason
    from iprof_kit.analytics.reports.batch import Asked, jobs, made, open_folder
    from iprof_kit.analytics.reports.plan import read_plan
    from iprof_kit.analytics.reports.report import checked_format
    from iprof_kit.commands.promotions import read_people

    checked_reason(given["motif"])
    read_plan(given["plan"])
    suffixes = tuple(checked_format(f".{one}") for one in _split([formats]))
    people = read_people(table)
    people.attrs.setdefault("source", table.stem)
    asked = Asked(
        vers,
        annee,
        given["motif"],
        suffixes,
        given["plan"],
        tuple(_split([given["par"] or ""])),
        given["nominatif"],
        given["seuil"],
        given["source"],
        {name: given[name] for name in ("procedure", "taux", "suppose")},
    )
    codes = _split(academie)
    wanted = jobs(people, asked, _split(corps), _split(grade), () if EVERY in codes else codes)
    open_folder(vers)
    with click.progressbar(
        made(people, wanted, processus),
        length=len(wanted),
        label="Rapports",
        item_show_func=lambda one: one.job.name if one else "",
    ) as bar:
        outcomes = sorted(bar, key=lambda one: wanted.index(one.job))
    _tell(outcomes, people)


def _tell(outcomes: Sequence[Any], people: pd.DataFrame) -> None:
    """Say how each report ended; exit with 1 where one failed."""
    from iprof_kit.analytics.reports.batch import DONE, FAILED, KEPT
    from iprof_kit.analytics.reports.index import write_index

    count = {state: sum(one.state == state for one in outcomes) for state in (DONE, KEPT, FAILED)}
    say(
        f"PROJET. Rapports : faits {count[DONE]}, déjà faits {count[KEPT]}, "
        f"en échec {count[FAILED]}. Page d’ensemble : {write_index(outcomes)}"
    )
    lost = int((people["academie"].isna() | (people["academie"].astype(str) == "")).sum())
    if lost:
        say(f"Lignes sans académie, dans aucun rapport : {lost}.")
    for one in outcomes:
        if one.state == FAILED:
            say(f"Échec {one.job.name} : {one.reason}", err=True)
    if count[FAILED]:
        raise click.exceptions.Exit(1)


def _split(given: Sequence[str]) -> list[str]:
    """Return what is given several times, or with commas."""
    return [one.strip() for text in given for one in text.split(",") if one.strip()]
