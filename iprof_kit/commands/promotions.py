"""`iprof promotions`: the prepared tableau of a campaign, in a file that says PROJET."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click
import pandas as pd

from iprof_kit.analytics.columns import COLUMNS
from iprof_kit.analytics.dossiers import load_dossiers
from iprof_kit.analytics.export_log import checked_reason
from iprof_kit.analytics.promotions.start import campagne
from iprof_kit.analytics.promotions.writing import checked_file
from iprof_kit.analytics.provenance import PROJET
from iprof_kit.analytics.storage import read_parquet
from iprof_kit.base.characters import visible
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.reference import some_codes
from iprof_kit.base.words import counted
from iprof_kit.careers.campaigns import Beyond
from iprof_kit.commands import as_record
from iprof_kit.commands.saying import say

_FILTERS = ("departement", "academie", "discipline")


@dataclass(frozen=True)
class TableauAsked:
    """A tableau to prepare: whose, by which rules, and where to."""

    table: Path
    corps: str
    grade: str
    annee: int
    procedure: str | None
    taux: str | None
    contingent: int | None
    report: str
    suppose: Beyond
    answers: tuple[str, ...]
    vers: Path
    motif: str
    departement: str | None
    academie: str | None
    discipline: str | None


@click.command("promotions")
@click.argument("table", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--corps", required=True, help=f"Code du corps : {some_codes()}")
@click.option(
    "--grade",
    default="hors_classe",
    show_default=True,
    help="hors_classe, classe_exceptionnelle ou avancement_accelere.",
)
@click.option("--annee", type=int, required=True, help="Campagne : 1er septembre de cette année.")
@click.option("--departement", help="Code sur trois caractères : 063.")
@click.option("--academie", help="Code à deux chiffres.")
@click.option("--discipline", help="Cette discipline seulement.")
@click.option("--procedure", help="Identifiant d’une procédure du kit, ou fichier YAML.")
@click.option("--taux", help="Taux en pour cent : 23 ou 9,5.")
@click.option("--contingent", type=int, help="Nombre de places, au lieu d’un taux.")
@click.option("--report", default="0", help="Décimale laissée par l’année précédente : 0,38.")
@click.option(
    "--suppose",
    type=click.Choice(["refuser", "dernier_connu", "projet"]),
    default="refuser",
    show_default=True,
    help="Année sans taux publié.",
)
@click.option(
    "--position",
    "answers",
    multiple=True,
    metavar="MOT=POSITION",
    help="Sens d’une position inconnue : CRCT=En activité ; répétable.",
)
@click.option(
    "--vers",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Fichier nominatif à écrire : .xlsx ou .csv.",
)
@click.option("--motif", default="", help="Pourquoi, pour qui : noté dans le journal des exports.")
@as_record(TableauAsked)
def promotions(asked: TableauAsked) -> None:
    """Préparer le tableau d’une campagne : PROJET, l’autorité décide."""
    checked_reason(asked.motif)
    checked_file(asked.vers)
    filters = {name: value for name in _FILTERS if (value := getattr(asked, name))}
    campaign = campagne(
        read_people(asked.table),
        asked.corps,
        asked.grade,
        asked.annee,
        filtres=filters,
        procedure=asked.procedure,
        taux=asked.taux,
        contingent=asked.contingent,
        report=asked.report,
        suppose=asked.suppose,
        positions=dict(_pair(text) for text in asked.answers),
        source=asked.table.name,
    )
    written = campaign.ecrire(asked.vers, motif=asked.motif)
    (counts,) = campaign.contingent().to_dict("records")
    say(
        f"{PROJET}. {counted(counts['promouvables'], 'promouvable')}, "
        f"{counted(counts['contingent'], 'place')}, "
        f"{counted(counts['proposes'], 'proposition')}, "
        f"{counted(counts['non_classes'], 'ligne')} hors du classement."
    )
    for warning in campaign.provenance.avertissements:
        say(visible(f"Avertissement : {warning}."), err=True)
    say(f"Écrit : {', '.join(path.name for path in written)}.")


def _pair(text: str) -> tuple[str, str]:
    word, mark, position = text.partition("=")
    if not mark or not word.strip():
        raise InputError(
            f"« {text} » ne dit pas le sens d’une position.",
            where="--position",
            remedy="Écrivez MOT=POSITION, par exemple « CRCT=En activité ».",
        )
    return word.strip(), position.strip()


def read_people(path: Path) -> pd.DataFrame:
    """Read a table of people: Parquet, CSV of one row a person, or dossiers (JSON lines).

    Raises
    ------
    Unavailable
        The file cannot be read.
    """
    try:
        if path.suffix == ".parquet":
            return read_parquet(path)
        if path.suffix == ".jsonl":
            return load_dossiers(path)
        table = pd.read_csv(path, sep=None, engine="python", dtype=str, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise Unavailable(
            "la table ne peut pas être lue.",
            where=path.name,
            remedy="Vérifiez son nom et son format ; iprof import nettoie un extrait.",
        ) from error
    for name in [name for name in table if name in COLUMNS]:
        if COLUMNS[name].kind == "date":
            table[name] = pd.to_datetime(table[name], format="ISO8601", errors="coerce")
    return table
