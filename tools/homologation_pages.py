"""The pages of `docs/homologation` that say what the code holds, made from the code itself.

`python tools/homologation_pages.py` writes them anew, in the environment of the tests;
`tests/quality/test_homologation.py` holds them equal. A table, a route, an operation, a job, a
length of time or a program called that comes is then on its page, or the test is red.
"""

from __future__ import annotations

import ast
import csv
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import Column, Table
from tornado.web import RequestHandler

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import hard_spaces
from iprof_kit.records.base import Base
from iprof_kit.records.database import prepare_database
from iprof_kit.records.person import BY_SUBJECT, NOT_ABOUT_A_PERSON, reachable_tables
from iprof_kit.records.tables import METADATA
from iprof_kit.server.app import Portal
from iprof_kit.server.kernels.notebooks import NotebookPage
from iprof_kit.services.academies import Conservation
from iprof_kit.services.access import accounts, attempts, own_password, sessions
from iprof_kit.services.access.rights import rights
from iprof_kit.services.contract import cv as contract_cv
from iprof_kit.services.contract.links import scenario
from iprof_kit.services.contract.operation import (
    Anybody,
    AnyOperation,
    OfRole,
    OwnFile,
    OwnFileOrTrainer,
)
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.services.cv import shared_pages
from iprof_kit.services.jobs.tasks import TASKS
from iprof_kit.services.notices import outbox
from iprof_kit.services.own_data.retention import Sweep, sweeps

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "homologation"
MADE = (
    "Cette page est écrite par `tools/homologation_pages.py` d’après le code ; un test la compare."
)
WORDS = Environment(  # pages in Markdown: nothing of a stranger is in them
    loader=FileSystemLoader(Path(__file__).with_name("homologation")),
    undefined=StrictUndefined,
    keep_trailing_newline=True,
    autoescape=False,
)
"""The words of each page, around the tables that are made here."""
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
"""A day of the sample: lengths of time are read on it, none is shown with its date."""
SENDERS = {
    "smtplib": "courriels",
    "psycopg": "base PostgreSQL",
    "subprocess": "programmes de la machine",
    "socket": "prises entre processus de la machine, et écoute du serveur",
    "urllib.request": "HTTP sortant",
    "http.client": "HTTP sortant",
    "tornado.httpclient": "HTTP sortant",
    "tornado.tcpclient": "TCP sortant",
    "requests": "HTTP sortant",
    "httpx": "HTTP sortant",
    "aiohttp": "HTTP sortant",
    "authlib": "HTTP sortant",
    "ftplib": "FTP sortant",
    "paramiko": "SSH sortant",
}
"""Libraries by which a module reaches something outside its process, and what that is."""
ASVS_STATES = {"fait": "faites", "sans objet": "sans objet", "ouvert": "ouvertes"}
"""The state of a requirement, as one has it and as several do."""
RGAA_STATES = {
    "automatic": "testé",
    "tried by hand": "essayé à la main",
    "open": "ouvert",
    "not applicable": "sans objet",
}
RGAA_SEVERAL = {
    "automatic": "testés",
    "tried by hand": "essayés à la main, non testés",
    "open": "ouverts",
}


def main() -> int:
    """Write each page; return the exit code."""
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
    return 0


def pages() -> dict[str, str]:
    """Return each page that is made, by its name."""
    given = {
        "modele-de-donnees.md": data_model(),
        "flux.md": flows(),
        "conservation.md": retention(),
        "droits.md": rights_of_roles(),
        "asvs.md": asvs(),
        "rgaa.md": rgaa(),
    }
    return {name: written(name, values) for name, values in given.items()}


def written(name: str, values: dict[str, object]) -> str:
    """Return a page: its words, around what was read of the code."""
    return hard_spaces(WORDS.get_template(f"{name}.j2").render(made=MADE, **values))


def table_of(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(cell, line))} |" for line in lines)


def cell(value: object) -> str:
    """Return a value as one cell holds it."""
    return re.sub(r"\s+", " ", str(value)).replace("|", r"\|").strip()


def first_line(documented: object) -> str:
    """Return the first sentence of a docstring, which is in English as the code is."""
    return (getattr(documented, "__doc__", None) or "").strip().partition("\n")[0]


# ---- the tables


def data_model() -> dict[str, object]:
    """Return the tables, each with its columns and keys."""
    described = {one.local_table.name: one.class_ for one in Base.registry.mappers}
    heads = ("Colonne", "Type", "Vide ?", "Clé", "")
    tables = [
        (
            name,
            first_line(described[name]),
            whose(name),
            table_of(heads, map(column_row, METADATA.tables[name].columns)),
        )
        for name in sorted(METADATA.tables)
    ]
    return {"tables": tables}


def whose(name: str) -> str:
    """Return whether a table is about a person, or why it is not."""
    if name in reachable_tables():
        return "**D’une personne.**"
    if name in BY_SUBJECT:
        return "**D’une personne**, que l’on trouve par son nom plutôt que par une clé."
    if why := NOT_ABOUT_A_PERSON.get(name):
        return f"**De personne** : {why}."
    return "**De personne qui ait un dossier** : aucune clé n’y mène depuis un dossier."


def column_row(column: Column[Any]) -> tuple[str, ...]:
    """Return a column as a row of its table."""
    keys = ["primaire"] if column.primary_key else []
    for one in column.foreign_keys:
        ends = f", suit sa suppression ({one.ondelete})" if one.ondelete else ""
        keys.append(f"vers `{one.column.table.name}.{one.column.name}`{ends}")
    if column.unique or (column.unique is None and alone_unique(column.table, column)):
        keys.append("unique")
    mark = "secret" if column.info.get("secret") else ""
    kind = str(column.type).replace("DATETIME", "moment (UTC)")
    return f"`{column.name}`", kind, "oui" if column.nullable else "non", ", ".join(keys), mark


def alone_unique(table: Table, column: Column[Any]) -> bool:
    """Return whether an index of a table makes one of its columns unique."""
    return any(one.unique and list(one.columns) == [column] for one in table.indexes)


def rights_of_roles() -> dict[str, object]:
    """Return what each role sees of a file."""
    roles = {
        role: table_of(
            ("Donnée", "Voit", "Condition", "Pourquoi"),
            [(it.label, it.sees, it.condition, it.reason) for it in rights() if it.role == role],
        )
        for role in dict.fromkeys(one.role for one in rights())
    }
    return {"roles": roles}


# ---- the flows


def flows() -> dict[str, object]:
    """Return what comes in, what is asked, what runs by itself and what goes out."""
    heads = ("Adresse (expression régulière)", "Méthodes", "Classe", "Ce qu’elle est")
    asked = ("Opération", "Qui", "Taille au plus", "Lit")
    senders = sender_rows()
    return {
        "routes": table_of(heads, route_rows()),
        "operations": table_of(asked, map(operation_row, OPERATIONS.values())),
        "jobs": table_of(("Travail", "Ce qu’il fait", "Regardé toutes les"), job_rows()),
        "libraries": ", ".join(f"`{name}`" for name in SENDERS),
        "asking": ", ".join(module for module, _, where in senders if where == "HTTP sortant"),
        "senders": table_of(("Module", "Par", "Vers"), senders),
    }


def route_rows() -> Iterator[tuple[str, ...]]:
    """Give each route of the portal, in the order in which it is looked for."""
    common = dict.fromkeys(("template_paths", "config", "voila_configuration", "static_paths"))
    portal: Any = SimpleNamespace(**common, labextensions_path=None)
    for address, handler, *_ in Portal.init_handlers(portal):
        yield shown(address), methods_of(handler), f"`{handler.__name__}`", what_it_is(handler)


def shown(address: str) -> str:
    """Return an address as code; those that one notebook answers, each by itself in order."""
    several = re.fullmatch(r"\(((?:/[a-z/-]+\|?)+)\)/\?", address)
    names = sorted(several[1].split("|")) if several else [address]
    return " ".join(f"`{name}`" for name in names)


def methods_of(handler: type[RequestHandler]) -> str:
    """Return the methods that a handler answers."""
    names = ("get", "post", "put", "delete", "patch")
    plain = RequestHandler
    return ", ".join(n.upper() for n in names if getattr(handler, n) is not getattr(plain, n))


def what_it_is(handler: type[RequestHandler]) -> str:
    """Return what is said of a handler, and that a notebook opens a session."""
    return first_line(handler) + (" (carnet)" if issubclass(handler, NotebookPage) else "")


def operation_row(operation: AnyOperation) -> tuple[str, ...]:
    """Return an operation as a row."""
    reads = operation.reads.what if operation.reads else ""
    return f"`{operation.name}`", who_may(operation.who), f"{operation.largest} octets", reads


def who_may(who: object) -> str:
    """Return in French who may ask an operation."""
    match who:
        case Anybody():
            return "tout le monde, avec ou sans compte"
        case OwnFile():
            return "une personne, pour son dossier"
        case OwnFileOrTrainer():
            return "une personne, pour son dossier ; qui travaille sur des personnes fictives"
        case OfRole(role, _):
            return f"le rôle {role}, pour ce qu’il suit"
    raise InputError("qui peut demander une opération n’a pas de nom ici.", where=repr(who))


def job_rows() -> Iterator[tuple[str, ...]]:
    """Give each job."""
    for task in TASKS.values():
        yield f"`{task.name}`", task.label, length(task.every)


def sender_rows() -> list[tuple[str, ...]]:
    """Give each module of the kit that may reach something outside its process."""
    rows = []
    for path in sorted((ROOT / "iprof_kit").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        rows += [(f"`{module}`", f"`{name}`", SENDERS[name]) for name in senders_of(path)]
    return rows


def senders_of(path: Path) -> list[str]:
    """Return the libraries of SENDERS that a file imports, wherever it does."""
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not only_constants(node):
            imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return [name for name in SENDERS if any(f"{one}.".startswith(f"{name}.") for one in imported)]


def only_constants(node: ast.ImportFrom) -> bool:
    """Return whether an import brings numbers alone, as that of HTTP’s own codes does."""
    return bool(node.level) or all(alias.name.isupper() for alias in node.names)


# ---- how long


PAGES_KEPT = timedelta(seconds=shared_pages.KEPT_SECONDS)
AT_MOST = "au plus, au choix de son auteur"
LENGTHS = (
    ("une session sans activité", sessions.IDLE, "elle est close"),
    ("une session", sessions.ABSOLUTE, "elle est close, même si elle sert"),
    ("un NUMEN comme premier mot de passe", accounts.FIRST_PASSWORD_LIFE, "il n’ouvre plus rien"),
    ("un lien de réinitialisation", own_password.LINK_LIFE, "il ne marche plus"),
    ("un lien de CV", timedelta(days=contract_cv.LONGEST_LINK_DAYS), AT_MOST),
    ("un lien de scénario", timedelta(days=scenario.LONGEST_SCENARIO_DAYS), AT_MOST),
    ("l’attente d’un compte et d’une adresse qui se trompent", attempts.LONGEST_DELAY, "au plus"),
    ("une adresse d’où un compte est entré", attempts.FAMILIAR, "elle est oubliée"),
    ("les pages d’un CV partagé, en mémoire", PAGES_KEPT, "oubli"),
    ("un avis que nul serveur ne peut porter", outbox.GIVEN_UP_WITHOUT_SERVER, "il est abandonné"),
)  # fmt: skip
"""What ends by itself without being in the sweep."""


def retention() -> dict[str, object]:
    """Return how long what is kept is kept, read from what the sweep does."""
    fixed, chosen = kept_lengths()
    ends = [(what, length(after), then) for what, after, then in LENGTHS]
    return {
        "fixed": table_of(("Ce qui part", "Après"), [(what, length(it)) for what, it in fixed]),
        "chosen": table_of(
            ("Ce qui part", "Clé de `conservation`"), [(what, f"`{key}`") for what, key in chosen]
        ),
        "ends": table_of(("Quoi", "Après", "Alors"), ends),
    }


@cache
def kept_lengths() -> tuple[list[tuple[str, timedelta]], list[tuple[str, str]]]:
    """Return what the sweep removes after a length of the code, and after a length of a key."""
    with empty_database():
        fixed = [(one.what, NOW - one.before) for one in swept({}) if one.before]
        keys = [name for name in Conservation.model_fields if name.endswith("_mois")]
        chosen = [
            (one.what, key)
            for key in keys
            for one in swept({key: 1})
            if one.before and one.what not in dict(fixed)
        ]
    return fixed, chosen


def swept(months: dict[str, int]) -> list[Sweep]:
    """Return what a sweep would remove with some lengths decided."""
    return sweeps(Conservation.model_validate(months), NOW)


class empty_database:  # noqa: N801  # read as a word after « with »
    """A database of one's own, which is gone afterwards, whatever the environment names."""

    def __enter__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        place = Path(self._folder.name)
        ours = {"IPROF_VAR": str(place), "IPROF_DATABASE_URL": f"sqlite:///{place / 'vide.sqlite'}"}
        self._former = {name: os.environ.get(name) for name in ours}
        os.environ.update(ours)
        prepare_database()

    def __exit__(self, *_error: object) -> None:
        for name, value in self._former.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        self._folder.cleanup()


def length(after: timedelta) -> str:
    """Return a length of time in French, in its largest whole unit."""
    seconds = round(after.total_seconds())
    for unit, size in (("jour", 86_400), ("heure", 3600), ("minute", 60), ("seconde", 1)):
        if seconds % size == 0:
            count = seconds // size
            return f"{count} {unit}{'s' if count > 1 else ''}"
    raise AssertionError(after)


# ---- the two norms, line by line


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of the dossier."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def asvs() -> dict[str, object]:
    """Return each requirement of ASVS 5.0 with its state, its tests and why."""
    answers = {row["id"]: row for row in rows_of("asvs_reponses.csv")}
    norm = rows_of("asvs_5_niveau2.csv")
    states = [answers[one["id"]]["etat"] for one in norm]
    heads = ("Exigence (niveau)", "Texte", "État", "Tests, et pourquoi")
    chapters = {
        chapter: table_of(heads, (asvs_row(one, answers[one["id"]]) for one in rows))
        for chapter, rows in by("chapitre", norm).items()
    }
    counts = {several: states.count(one) for one, several in ASVS_STATES.items()}
    return {"norm": norm, "counts": counts, "chapters": chapters}


def by(column: str, rows: Iterable[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """Return rows by what one of their columns says, in order."""
    groups: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def asvs_row(norm: dict[str, str], answer: dict[str, str]) -> tuple[str, ...]:
    """Return a requirement with its answer."""
    tests = [f"`{name}`" for name in answer["tests"].split()]
    return (
        f"{norm['id']} ({norm['niveau']})",
        norm["exigence"].replace("<", "&lt;"),
        answer["etat"],
        " ".join([*tests, answer["pourquoi"]]),
    )


def rgaa() -> dict[str, object]:
    """Return each criterion of the RGAA with its state and its tests."""
    known = accessibility_rows()
    norm = rows_of("rgaa_41.csv")
    states = [RGAA_STATES[known[one["critere"]][0]] for one in norm]
    heads = ("Critère", "Titre", "État", "Tests")
    themes = {
        theme: table_of(heads, (rgaa_row(one, *known[one["critere"]]) for one in rows))
        for theme, rows in by("theme", norm).items()
    }
    counts = {
        RGAA_SEVERAL.get(name, state): states.count(state) for name, state in RGAA_STATES.items()
    }
    return {"norm": norm, "counts": counts, "themes": themes}


def rgaa_row(norm: dict[str, str], state: str, how: str) -> tuple[str, ...]:
    """Return a criterion with its state and the tests that its page names."""
    return (
        norm["critere"],
        norm["titre"],
        RGAA_STATES[state],
        " ".join(re.findall(r"`test_\w+`", how)),
    )


def accessibility_rows() -> dict[str, tuple[str, str]]:
    """Return the state of each criterion and how it is known, from the page on accessibility."""
    page = (ROOT / "docs" / "accessibility.md").read_text("utf-8")
    lines = re.findall(r"^\| (\d+\.\d+) \| .+? \| (.+?) \| (.*) \|$", page, re.MULTILINE)
    return {number: (state, how) for number, state, how in lines}


if __name__ == "__main__":
    sys.exit(main())
