"""`iprof taille`: what machines a number of people ask for, from what was measured.

Every figure is a row of `data/mesures/tailles.csv`, with where it was measured; what is no measure
is said to be a hypothesis, and what goes beyond what was measured together, to be extrapolated.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from math import ceil

import click

from iprof_kit.base.calendar import date_text
from iprof_kit.base.configuration.in_force import setting_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import ROOT
from iprof_kit.base.words import number_text
from iprof_kit.commands.saying import say
from iprof_kit.commands.settings import settings_file

MEASURES = ROOT / "data" / "mesures" / "tailles.csv"
_MOST = 2_000_000
"""More people than teach in France: a slip of the keyboard."""
_SPARE = 1
"""Copies beyond those that serve: one may stop, or be replaced."""
_LEAST_COPIES = 2


@dataclass(frozen=True)
class Measure:
    """A figure: its value, its unit, whether it was measured, of what, where it is written."""

    value: float
    unit: str
    kind: str
    what: str
    source: str
    day: str
    machine: str


@dataclass(frozen=True)
class Sizes:
    """What some people at once ask for; `share` is the part of the processor of each act."""

    people: int
    peak: int
    copies: int
    processors: float
    a_copy: int
    memory_of_a_copy: float
    connections: int
    disk: float
    share: dict[str, float]

    @property
    def memory(self) -> float:
        """Return the memory of all the copies, in gigabytes."""
        return self.copies * self.memory_of_a_copy


def measures() -> dict[str, Measure]:
    """Return the figures of the table, by their keys."""
    with MEASURES.open(encoding="utf-8", newline="") as file:
        return {
            row["cle"]: Measure(
                float(row["valeur"]),
                row["unite"],
                row["nature"],
                row["ce_que_c_est"],
                row["source"],
                row["date"],
                row["machine"],
            )
            for row in csv.DictReader(file)
        }


def sizes(people: int, peak: int, connections_of_a_copy: int) -> Sizes:
    """Return what some people ask for, so many of them at once.

    Parameters
    ----------
    people : int
        With an account.
    peak : int
        Of them, at once, one page each.
    connections_of_a_copy : int
        That one copy of the kit may open.

    Raises
    ------
    InputError
        More people at once than there are.
    """
    if peak > people:
        raise InputError(
            "plus de personnes à la fois que de personnes.",
            where=f"--pointe {peak}",
            remedy="Donnez au plus le nombre de --personnes.",
        )
    known = {key: one.value for key, one in measures().items()}
    seconds = {
        "gestes": peak / known["geste_toutes_les"] * known["geste"] / 1000,
        "pages ouvertes": peak / known["page_toutes_les"] * known["ouverture"] / 1000,
        "entrées": peak / known["entrees_en"] * known["essais_processeur"] / known["essais"],
    }
    busy = sum(seconds.values())
    serving = max(_LEAST_COPIES, ceil(peak / known["pages_ensemble"]))
    copies = max(_LEAST_COPIES, ceil(peak / known["pages_ensemble"]) + _SPARE)
    processors = busy / known["processeur_occupe"] * 100
    pages = peak / serving
    memory = (known["copie"] + pages * known["page"]) * (1 + known["memoire_de_plus"] / 100)
    kept = known["dossier"] + known["lignes_par_an"] * known["ans"] * known["ligne_de_journal"]
    return Sizes(
        people,
        peak,
        copies,
        processors,
        max(int(known["processeurs_mesures"]), ceil(processors / serving)),
        memory / 1000,
        copies * connections_of_a_copy + int(known["connexions_reservees"]),
        people * kept / 1_000_000,
        {name: one / busy for name, one in seconds.items()},
    )


def bottleneck(asked: Sizes) -> str:
    """Return, in French, what ends first as people grow, and by how much."""
    known = {key: one.value for key, one in measures().items()}
    act = max(asked.share, key=lambda name: asked.share[name])
    processors = asked.processors / known["processeurs_mesures"]
    connections = asked.connections / known["connexions_d_origine"]
    if connections > processors:
        return (
            f"les connexions à PostgreSQL : {number_text(asked.connections)}, pour "
            f"{number_text(known['connexions_d_origine'])} qu’il a d’origine (max_connections, ou "
            "base.connexions et base.connexions_de_plus à réduire)"
        )
    return (
        f"le processeur des copies, pris à {asked.share[act] * 100:.0f} % par : {act} ; "
        f"{number_text(round(processors, 1))} fois la machine des mesures"
    )


@click.command("taille")
@click.option(
    "--personnes",
    "people",
    type=click.IntRange(1, _MOST),
    required=True,
    metavar="N",
    help="Personnes qui ont un compte.",
)
@click.option(
    "--pointe",
    "peak",
    type=click.IntRange(1, _MOST),
    required=True,
    metavar="N",
    help="Combien d’entre elles ont une page ouverte à la fois.",
)
@settings_file
def taille(people: int, peak: int) -> None:
    """Compter les machines qu’il faut, d’après ce qui a été mesuré ; nommer ce qui manque d’abord.

    Rien n’est essayé ici : ce sont des calculs, dont chaque chiffre est dit avec sa source.
    """
    connections = setting_of("base.connexions") + setting_of("base.connexions_de_plus")
    asked = sizes(people, peak, connections)
    for line in (*table_of(asked), "", *_said(asked), "", *_figures()):
        say(line)


def table_of(asked: Sizes) -> list[str]:
    """Return the lines of the table of what is asked for, as Markdown."""
    rows = {
        "copies du kit, dont une de réserve": number_text(asked.copies),
        "processeurs d’une copie": number_text(asked.a_copy),
        "processeurs à prévoir en tout": number_text(round(asked.processors, 1)),
        "mémoire d’une copie": f"{number_text(round(asked.memory_of_a_copy, 1))} Go",
        "mémoire de toutes": f"{number_text(round(asked.memory))} Go",
        "connexions à PostgreSQL (max_connections)": number_text(asked.connections),
        "disque de la base, sans pièces jointes": f"{number_text(round(asked.disk, 1))} Go",
    }
    head = f"{number_text(asked.people)} personnes, {number_text(asked.peak)} à la fois"
    return [
        f"| {head} | |",
        "|---|---:|",
        *(f"| {name} | {value} |" for name, value in rows.items()),
    ]


def _said(asked: Sizes) -> list[str]:
    known = measures()
    together = int(known["pages_ensemble"].value)
    lines = [f"Ce qui manque d’abord : {bottleneck(asked)}."]
    lines.append(
        f"Extrapolé : une copie a été mesurée, à {together} pages sur "
        f"{number_text(known['processeurs_mesures'].value)} processeurs ; plusieurs sont supposées "
        "n’avoir en commun que la base."
    )
    lines.append(
        "Non mesuré, donc non compté : le processeur et la mémoire de PostgreSQL, le réseau, les "
        "pièces jointes, un historique de plus d’une ligne par personne."
    )
    return lines


def _figures() -> list[str]:
    lines = ["D’où viennent ces chiffres (docs/benchmarks.md) :"]
    for one in measures().values():
        value = f"{number_text(one.value)} {one.unit}"
        where = {
            "mesure": f"mesuré, {one.machine}, « {one.source} »",
            "fait": one.source,
            "hypothese": "hypothèse",
        }[one.kind]
        if one.day:
            where += f", {date_text(date.fromisoformat(one.day))}"
        lines.append(f"- {one.what} : {value} ({where})")
    return lines
