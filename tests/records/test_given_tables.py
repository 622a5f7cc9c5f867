"""A table given to be imported: opened elsewhere, before any transaction, within its bounds."""

from datetime import UTC, datetime

import pytest

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.commands import given_files
from iprof_kit.given import elsewhere, tables
from iprof_kit.given.bounded_process import BoundedProcess, Bounds, Ended
from iprof_kit.records import database as db
from iprof_kit.services import given_tables
from iprof_kit.services.bars import importing as bars
from iprof_kit.services.desk import importing as desk
from iprof_kit.services.dossier.columns import DOSSIERS
from iprof_kit.services.dossier.imports import import_dossiers
from iprof_kit.services.evaluation import portfolios as evaluation
from iprof_kit.services.given_tables import Layout, read_rows
from iprof_kit.services.training import importing as training
from iprof_kit.services.workers import opening

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
PLAN = training.Plan("06", 2026)
IMPORTS = {
    "dossiers": lambda content: import_dossiers(content, "essai", NOW),
    "bars": lambda content: bars.import_bars(content, "essai", NOW),
    "plan": lambda content: training.import_plan(content, PLAN, "essai", NOW),
    "managers": lambda content: desk.import_portfolios(content, "essai", NOW),
    "evaluators": lambda content: evaluation.import_portfolios(content, "essai", NOW),
}
HEAD = b"numero;nom\n"
SMALL = Layout(("numero", "nom"), ("numero",), "docs/import.md")


@pytest.mark.parametrize("name", IMPORTS)
def test_w12_no_transaction_is_open_while_a_table_is_opened(database, name, monkeypatch):
    held = []

    def opened(content):
        held.append(db.engine().pool.checkedout())
        return tables.unpacked(tables.answer(content))

    monkeypatch.setattr(given_tables, "table_of", opened)
    with pytest.raises(InputError, match="colonnes"):
        IMPORTS[name](b"quoi;donc\n1;2\n")
    assert held == [0]


@pytest.mark.parametrize("name", IMPORTS)
@pytest.mark.parametrize(
    ("content", "reason", "where"),
    [
        ("compte;é".encode("latin-1"), "UTF-8", ""),
        (b"a;" * 300, "plus de 200 colonnes", "ligne 1"),
        (b'a;b\n1;2\n"' + b"x" * 200_000, "plus lisible à partir de cette ligne", "ligne 3"),
        (b"x" * 1_000_000, "plus lisible", "ligne 1"),
    ],
)  # fmt: skip
def test_w12_one_refusal_of_what_cannot_be_read_whatever_is_imported(name, content, reason, where):
    with pytest.raises(InputError, match=reason) as refused:
        IMPORTS[name](content)
    assert refused.value.where == where
    assert refused.value.remedy


def test_w12_more_rows_than_any_file_has_are_refused_before_they_fill_the_memory(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    with pytest.raises(tables.UnreadableError) as refused:
        tables.unpacked(tables.answer(HEAD + b"1;a\n" * 4))
    assert refused.value.args[0] == tables.TOO_LONG


def test_w12_a_table_that_takes_more_memory_than_it_may_ends_its_process_and_no_other(monkeypatch):
    monkeypatch.setattr(opening, "OF_TABLES", Bounds(30.0, 120_000_000, longest=64_000_000))
    with pytest.raises(InputError, match="trop de temps ou de mémoire") as refused:
        list(read_rows(HEAD + b"1;a\n" * 4_000_000, DOSSIERS))
    assert "Découpez-le" in refused.value.remedy


def test_w12_a_table_that_a_busy_machine_kept_waiting_is_not_called_heavy(monkeypatch):
    class Waiting(BoundedProcess):
        def ask(self, _content):
            ended = Ended()
            ended.kept_waiting = True
            raise ended

    monkeypatch.setattr(elsewhere, "BoundedProcess", Waiting)
    with pytest.raises(Unavailable, match="la machine est très occupée"):
        list(read_rows(HEAD, SMALL))


def test_rows_keep_their_lines_whatever_is_empty_between_them():
    rows = list(read_rows(b'numero;nom\n\n1;"a\nb"\n;;\n2;  \n3;c;d\n', SMALL))
    assert [(row.line, row.values) for row in rows] == [
        (3, {"numero": "1", "nom": "a\nb"}), (6, {"numero": "2"}), (7, {"numero": "3", "nom": "c"}),
    ]  # fmt: skip
    assert [row.faults[0].reason for row in rows if row.faults] == [
        "la ligne a 3 valeurs pour 2 colonnes"
    ]


def test_w12_a_command_opens_what_it_is_given_behind_walls(tmp_path, monkeypatch):
    walls = []
    monkeypatch.setattr(given_files, "put_walls", walls.append)
    (tmp_path / "bars.csv").write_bytes(HEAD)
    assert given_files.read_file(tmp_path / "bars.csv", 100) == HEAD
    assert walls == ["iprof_kit.kernel.walled_worker"]
