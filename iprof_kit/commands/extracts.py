"""`iprof import extrait`, `iprof avis`: an extract becomes a population table, opinions join it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iprof_kit.base.characters import visible
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import counted, number_text
from iprof_kit.commands import as_record
from iprof_kit.commands.saying import say

if TYPE_CHECKING:
    from datetime import datetime

    from iprof_kit.analytics.imports.extract import Extract
    from iprof_kit.analytics.imports.report import Report

_SHOWN = 20


@dataclass(frozen=True)
class ExtractAsked:
    """An extract to import, what goes with it, and what is written of it."""

    file: Path
    source: str
    sortie: Path | None
    rapport: Path | None
    observation: datetime | None
    columns: tuple[str, ...]
    avis: tuple[Path, ...]
    precedent: Path | None
    motif: str
    accepter: bool


@click.command("extrait")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option(
    "--source",
    required=True,
    metavar="NOM|FICHIER.yml",
    help="Origine de l’extrait : sa correspondance est gardée d’une fois à l’autre.",
)
@click.option(
    "--sortie",
    type=click.Path(path_type=Path),
    metavar="FICHIER.parquet",
    help="Table de population à écrire.",
)
@click.option(
    "--rapport",
    type=click.Path(path_type=Path),
    metavar="FICHIER.xlsx|.csv|.html",
    help="Rapport ligne par ligne et colonne par colonne.",
)
@click.option(
    "--observation",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="AAAA-MM-JJ",
    help="Date des situations.",
)
@click.option(
    "--colonne",
    "columns",
    multiple=True,
    metavar="EN-TÊTE=COLONNE",
    help="Colonne d’un en-tête, « - » pour ne pas le reprendre ; répétable.",
)
@click.option(
    "--avis",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Avis et appréciations à joindre par numéro ; répétable.",
)
@click.option(
    "--precedent",
    type=click.Path(path_type=Path),
    metavar="FICHIER.parquet",
    help="Population de l’an dernier, à comparer.",
)
@click.option(
    "--motif",
    default="",
    help="Pourquoi, pour qui, dès qu’un fichier nominatif est écrit : noté au journal.",
)
@click.option(
    "--accepter", is_flag=True, help="Accepter la correspondance proposée, sans question."
)
@as_record(ExtractAsked)
def extrait(asked: ExtractAsked) -> None:
    """Importer un extrait de gestion.

    Il est en CSV, en largeur fixe, en XLSX, en Parquet, ou une liste d’avancement.

    Code de sortie : 0 si toutes les lignes sont acceptées ou réparées, 1 si des lignes sont
    refusées, 2 si le fichier est illisible ou la correspondance à confirmer.
    """  # noqa: D401
    from iprof_kit.analytics.export_log import checked_reason
    from iprof_kit.analytics.imports.extract import read_extract
    from iprof_kit.analytics.imports.reporting.differences import differences
    from iprof_kit.analytics.imports.reporting.writing import write_extract
    from iprof_kit.analytics.storage import load_population

    if asked.sortie or asked.rapport:
        checked_reason(asked.motif)
    day = asked.observation.date() if asked.observation is not None else None
    extract = read_extract(
        asked.file,
        asked.source,
        columns=dict(_pair(text) for text in asked.columns),
        observed=day,
        opinions=asked.avis,
    )
    _confirm(extract, asked.accepter)
    changes = None
    if asked.precedent is not None:
        changes = differences(load_population(asked.precedent), extract.table)
    _print(extract.report)
    if changes is not None:
        counts = changes.attrs
        say(
            f"Depuis l’an dernier : {counted(counts['entrees'], 'entrée')}, "
            f"{counted(counts['sorties'], 'sortie')}, "
            f"{counted(counts['changements'], 'personne')} dont la situation a changé."
        )
    if asked.sortie or asked.rapport:
        new = write_extract(
            extract, motif=asked.motif, table=asked.sortie, report=asked.rapport, changes=changes
        )
    if asked.sortie is not None:
        say(f"Table : {asked.sortie}" if new else f"Table déjà à jour : {asked.sortie}")
    if asked.rapport is not None:
        say(f"Rapport : {asked.rapport}")
    sys.exit(1 if extract.report.counts["refusees"] else 0)


@click.command("avis")
@click.argument("population", metavar="POPULATION.parquet", type=click.Path(path_type=Path))
@click.argument(
    "files", metavar="FICHIER…", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--source", required=True, metavar="NOM", help="Origine de l’extrait et des avis.")
@click.option(
    "--sortie",
    type=click.Path(path_type=Path),
    metavar="FICHIER.parquet",
    help="Table à écrire, plutôt que POPULATION.",
)
@click.option("--motif", required=True, help="Pourquoi, pour qui : noté au journal.")
def avis_(
    population: Path, files: tuple[Path, ...], source: str, sortie: Path | None, motif: str
) -> None:
    """Joindre à une population les avis rendus dans l’application officielle, par numéro.

    Un projet d’avis préparé dans le kit n’y entre jamais. Code de sortie : 0 si tout est joint, 1
    si des avis sont refusés, 2 si un fichier est illisible.
    """
    from iprof_kit.analytics.export_log import checked_reason, logged
    from iprof_kit.analytics.imports.opinions import add_opinions
    from iprof_kit.analytics.imports.source import load_source
    from iprof_kit.analytics.storage import load_population, save_population

    reason = checked_reason(motif)
    written = sortie or population
    table, report = add_opinions(load_population(population), files, load_source(source))
    what = {"quoi": "avis officiels joints", "source": source, "fichiers": [str(written)]}
    with logged(what, reason) as noted:
        new = save_population(table, written)
        noted["detail"] = counted(len(table), "personne")
    for note in report.notes:
        say(visible(f"· {note}"))
    refused = report.opinions[report.opinions["resultat"] == "refusée"]
    for row in refused.head(_SHOWN).to_dict("records"):
        where = f"{row['fichier']}, ligne {row['ligne']} : {row['pourquoi']}."
        say(visible(where), err=True)
    say(f"Table : {written}" if new else f"Table déjà à jour : {written}")
    sys.exit(1 if len(refused) else 0)


def _pair(text: str) -> tuple[str, str]:
    heading, mark, column = text.rpartition("=")
    if not mark or not heading:
        raise InputError(
            f"« {text} » ne dit pas quelle colonne.",
            where="--colonne",
            remedy="Écrivez EN-TÊTE=colonne, par exemple « Dt ech=date_effet ».",
        )
    return heading.strip(), column.strip()


def _confirm(extract: Extract, accept: bool) -> None:
    """Show what each heading is taken for, have it confirmed once, and keep it."""
    if extract.source.confirmed and extract.mapping.confirmed:
        return
    say("Correspondance des colonnes :")
    for row in extract.mapping.table().to_dict("records"):
        mark = "?" if row["a_confirmer"] else " "
        line = f" {mark} {row['en_tete']} → {row['colonne']}  ({row['pourquoi']})"
        say(visible(line))
    if not accept:
        if sys.stdin.isatty():
            asked = "Cette correspondance est-elle juste ?"
            if click.prompt(asked, type=click.Choice(["oui", "non"])) != "oui":
                raise click.Abort
        elif not extract.mapping.confirmed:
            raise InputError(
                "des colonnes restent à confirmer (marquées « ? »).",
                where="--source",
                remedy="Précisez-les par --colonne, ou ajoutez --accepter.",
            )
    say(f"Correspondance gardée : {extract.confirm()}")


def _print(report: Report) -> None:
    for note in report.notes:
        say(visible(f"· {note}"))
    details = report.details(_SHOWN)
    refused = details[details["resultat"] == "refusée"]
    for row in refused.head(_SHOWN).to_dict("records"):
        column = f", colonne {row['colonne']}" if row["colonne"] else ""
        value = f"« {row['valeur']} », " if row["valeur"] else ""
        why = value + str(row["pourquoi"]).rstrip(".")
        line = f"Ligne {row['ligne']}{column} : {why}. {row['que_faire']}".rstrip()
        say(visible(line), err=True)
    counts = report.counts
    if counts["refusees"] > _SHOWN:
        say("… les autres refus sont dans le rapport (--rapport).", err=True)
    for total in report.totals.to_dict("records"):
        if total["concorde"] is False:
            label = visible(str(total["libelle"]))
            say(
                f"Ligne {total['ligne']} : « {label} » annonce "
                f"{number_text(total['annonce'])}, les lignes donnent "
                f"{number_text(total['calcule'])} "
                f"({total['porte_sur']}).",
                err=True,
            )
    say(
        f"{counted(counts['lignes'], 'ligne')} : {counted(counts['acceptees'], 'acceptée')}, "
        f"{counted(counts['reparees'], 'réparée')}, {counted(counts['refusees'], 'refusée')}."
    )
