"""`iprof exports`: the log of what was written, by whom, why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import click

from iprof_kit.base.calendar import date_text
from iprof_kit.base.characters import visible
from iprof_kit.base.names import plain_name
from iprof_kit.base.words import counted, hard_spaces
from iprof_kit.commands.saying import say


@click.command("exports")
@click.option("--source", metavar="NOM", help="Seulement les exports de cette source.")
@click.option(
    "--depuis",
    "since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="AAAA-MM-JJ",
    help="Seulement depuis ce jour.",
)
@click.option("--json", "as_json", is_flag=True, help="Une ligne JSON par export.")
def exports_(source: str | None, since: datetime | None, as_json: bool) -> None:
    """Lire le journal des exports : qui, quand, quoi, pourquoi, et comment chacun a fini."""
    from iprof_kit.analytics.export_log import exports, log_file

    entries = exports()
    damaged = entries.attrs["lignes_illisibles"]
    if source:
        entries = entries[entries["source"].map(plain_name) == plain_name(source)]
    if since:
        entries = entries[entries["quand"].str[:10] >= since.date().isoformat()]
    for row in entries.to_dict("records"):
        click.echo(json.dumps(row) if as_json else hard_spaces(_line(row)))
    if entries.empty and not as_json:
        say(f"Aucun export noté dans {log_file()}.")
    if damaged:
        say(f"Le journal a {counted(damaged, 'ligne illisible')}.", err=True)


def _line(row: Mapping[Any, Any]) -> str:
    moment = datetime.fromisoformat(str(row["quand"]))
    files = row["fichiers"]
    listed = ", ".join(files) if isinstance(files, list | dict) else str(files)
    lines = [
        f"{date_text(moment.date())}, {moment:%H:%M}  {row['etat']}  {row['qui']}",
        f"    {row['quoi']} (source {row['source']})",
        f"    Motif : {row['motif']}",
        f"    Fichiers : {listed}",
    ]
    return "\n".join(map(visible, [*lines, f"    {row['detail']}"] if row["detail"] else lines))
