"""`iprof promotions`: the prepared tableau of a campaign, in a file that says PROJET."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pandas as pd

from iprof_kit.analytics.dossiers import load_dossiers
from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.promotions.provenance import PROJET, legende
from iprof_kit.analytics.promotions.start import campagne
from iprof_kit.analytics.publication.workbook import inert
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.private_files import owner_only

_DATES = ("date_naissance", "date_effet", "entree_corps", "entree_grade", "debut_services")
_FILTERS = ("departement", "academie", "discipline")


@click.command("promotions")
@click.argument("table", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--corps", required=True, help="Code du corps : pe, certifie, agrege…")
@click.option(
    "--grade",
    default="hors_classe",
    show_default=True,
    help="hors_classe, classe_exceptionnelle ou avancement_accelere.",
)
@click.option("--annee", type=int, required=True, help="Campagne : 1er septembre de cette année.")
@click.option("--departement", help="Code sur trois caractères : 063.")
@click.option("--academie", help="Code à deux chiffres.")
@click.option("--discipline")
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
@click.option("--vers", type=click.Path(dir_okay=False, path_type=Path), required=True,
              help="Fichier à écrire : .xlsx ou .csv.")  # fmt: skip
def promotions(
    table: Path, corps: str, grade: str, annee: int, procedure: str | None, taux: str | None,
    contingent: int | None, report: str, suppose: str, vers: Path, **given: str | None,
) -> None:  # fmt: skip
    """Prépare le tableau d’une campagne : PROJET, l’autorité décide."""
    if vers.suffix.lower() not in (".csv", ".xlsx"):
        raise InputError("le fichier à écrire est .csv ou .xlsx.", where=str(vers))
    filters = {name: value for name in _FILTERS if (value := given.get(name))}
    campaign = campagne(
        read_people(table), corps, grade, annee, filtres=filters, procedure=procedure, taux=taux,
        contingent=contingent, report=report, suppose=suppose,  # type: ignore[arg-type]
        source=table.name,
    )  # fmt: skip
    written = write(campaign, vers)
    (counts,) = campaign.contingent().to_dict("records")
    click.echo(
        f"{PROJET}. {counts['promouvables']} promouvables, {counts['contingent']} places, "
        f"{counts['proposes']} propositions, {counts['non_classes']} lignes non classées."
    )
    click.echo(f"Écrit : {', '.join(path.name for path in written)}.")


def read_people(path: Path) -> pd.DataFrame:
    """Read a table of people: Parquet, CSV of one row a person, or dossiers (JSON lines).

    Raises
    ------
    Unavailable
        The file cannot be read.
    """
    try:
        if path.suffix == ".parquet":
            return pd.read_parquet(path)
        if path.suffix == ".jsonl":
            return load_dossiers(path)
        table = pd.read_csv(path, sep=None, engine="python", dtype=str, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise Unavailable(
            "La table ne peut pas être lue.", where=path.name,
            remedy="Vérifiez son nom et son format ; iprof import nettoie un extrait.",
        ) from error  # fmt: skip
    for name in _DATES:
        if name in table:
            table[name] = pd.to_datetime(table[name], format="ISO8601", errors="coerce")
    return table


def write(campaign: Campagne, path: Path) -> list[Path]:
    """Write the tableau: XLSX with its captions, or CSV with its provenance beside it.

    Raises
    ------
    Unavailable
        A file cannot be written.
    """
    tables = {
        "Tableau proposé": campaign.tableau(), "Contingent": campaign.contingent(),
        "Liste complémentaire": campaign.liste_complementaire(), "Étapes": campaign.etapes(),
        "Non classés": _refused(campaign),
    }  # fmt: skip
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix.lower() == ".xlsx":
            return _workbook(tables, path)
        return csv_with_provenance(tables["Tableau proposé"], path)
    except OSError as error:
        raise Unavailable(
            "le tableau ne peut pas être écrit.", where=str(path),
            remedy="Fermez le fichier s’il est ouvert, ou choisissez un autre dossier.",
        ) from error  # fmt: skip


def _workbook(tables: dict[str, pd.DataFrame], path: Path) -> list[Path]:
    with pd.ExcelWriter(owner_only(path), engine="openpyxl") as book:
        for name, table in tables.items():
            table.to_excel(book, sheet_name=name, index=False, startrow=2)
            page = book.sheets[name]
            page.cell(1, 1, legende(table))
            for cell in (cell for row in page.iter_rows() for cell in row):
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # a text of the extract is never run as a formula
    return [path]


def csv_with_provenance(table: pd.DataFrame, path: Path, **how: str) -> list[Path]:
    """Write a CSV that says PROJET on each row, and its `attrs` beside; `how` is for `to_csv`."""
    beside = path.with_suffix(".provenance.json")
    beside.write_text(json.dumps(table.attrs, ensure_ascii=False, indent=1), encoding="utf-8")
    texts = table.map(lambda value: inert(value) if isinstance(value, str) else value)
    texts = texts.rename(columns=inert).assign(statut=PROJET)
    texts.to_csv(owner_only(path), index=False, sep=";", encoding="utf-8-sig", **how)  # type: ignore[call-overload]
    return [path, beside]


def _refused(campaign: Campagne) -> pd.DataFrame:
    table = campaign.classement()
    ranked = table.loc[table["erreur"] != "", ["numero", "erreur"]]
    found = pd.concat([campaign.non_lues(), ranked], ignore_index=True)
    found.attrs.update(table.attrs)
    return found
