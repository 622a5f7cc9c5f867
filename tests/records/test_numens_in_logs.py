"""Marked NUMENs go through imports, logins, operations, jobs, commands that fail: no log has one.

The log is the one that a server and a command write, at its most talkative, with warnings.
"""

import asyncio
import io
import json
import logging
import re
import sys
import warnings
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from test_import import file_of, row

from iprof_kit.base import logs
from iprof_kit.base.errors import InputError
from iprof_kit.base.logs import LEVEL
from iprof_kit.cli import iprof
from iprof_kit.records import database as db
from iprof_kit.server.guichet import Guichet
from iprof_kit.server.jobs import Worker
from iprof_kit.services.access.accounts import NewAccount, authenticate, create_account
from iprof_kit.services.dossier import imports
from iprof_kit.services.dossier.imports import import_dossiers
from iprof_kit.services.guichet.operations import run
from iprof_kit.services.jobs.runner import Task, prepare

NUMEN, LONGER, SPACED = "17E9907143ZQX", "17E99071435ZQX", "17 E 99 07143 ZQX"
MARKS = (NUMEN, LONGER, SPACED, NUMEN.lower())
TRACES = re.compile(r"99\s?07143|zqx", re.IGNORECASE)


class Log(io.StringIO):
    """What was written."""

    def check(self, *expected):
        """Nothing of a mark is there, and what the failure is called is: the log was listening."""
        said = self.getvalue()
        assert not TRACES.search(said), said
        for word in expected:
            assert word in said


@pytest.fixture
def log(monkeypatch):
    """The log of a server."""
    root, ours = logging.getLogger(), logging.getLogger("iprof_kit")
    handlers, levels, hook = root.handlers[:], (root.level, ours.level), sys.excepthook
    monkeypatch.setattr(logging, "raiseExceptions", True)
    monkeypatch.setenv(LEVEL, "debug")
    logs.configure("essai")
    written = Log()
    root.handlers[0].setStream(written)
    yield written
    logging.captureWarnings(False)
    root.handlers[:], sys.excepthook = handlers, hook
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


def broken(mark):
    """Fail as a database does: with all the values of a statement in the words of the error."""
    with db.writing() as session:
        session.execute(text("INSERT INTO login_attempts (pair) VALUES (:numen)"), {"numen": mark})


def raised(mark):
    raise RuntimeError(f"valeur inattendue : {mark}") from ValueError(mark)


def test_w18_an_import_that_refuses_or_breaks_logs_no_numen(database, now, log, monkeypatch):
    for mark in MARKS:
        columns = [name for name in row() if name != "numero"]
        import_dossiers(file_of(*(row(numero=f"R{n}", **{c: mark}) for n, c in enumerate(columns))),
                        "essai", now)  # fmt: skip
        import_dossiers(file_of(row(numero=mark)), "essai", now)
        with pytest.raises(InputError) as refusal:
            import_dossiers(f"{mark};rien\n{mark};2\n".encode(), "essai", now)
        logging.getLogger("iprof_kit.commands").warning("import : %s", refusal.value)
    for mark in MARKS:
        monkeypatch.setattr(imports, "save_files", lambda *_, of=mark, **__: raised(of))
        with pytest.raises(RuntimeError) as fault:
            import_dossiers(file_of(row(nom="Martin")), "essai", now)
        sys.excepthook(fault.type, fault.value, fault.tb)  # as the command that imports ends
    log.check("import : ", "fin imprévue", "builtins.RuntimeError", "builtins.ValueError")


def test_w18_an_account_or_a_login_that_is_refused_logs_no_numen(teachers, now, log):
    for mark in MARKS:
        authenticate("jdupont", mark, "192.0.2.1", now)
        authenticate(mark, mark, "192.0.2.1", now + timedelta(hours=1))
        with pytest.raises(InputError) as refusal:
            create_account(
                NewAccount("nouveau", ("enseignant",), "R1", numen=f"{mark}!"), "essai", now
            )
        logging.getLogger("iprof_kit.commands").warning("compte : %s", refusal.value)
    log.check("compte : ")


@pytest.mark.parametrize("fails", [raised, broken], ids=lambda one: one.__name__)
def test_w18_an_operation_that_breaks_logs_no_numen(teachers, now, log, fails):
    jean = teachers["jdupont"]
    for mark in MARKS:
        orders = (
            ("signaler", {"donnee": "identite.nom", "indique": mark, "cle": "cle-signaler"}),
            ("signaler", {"donnee": mark, "indique": mark, "cle": mark}),
            ("courrier_ecrire", {"nature": mark, "texte": mark}),
            ("carnet_lire", {"sujet": mark}),
        )
        breaking = Guichet(lambda *_, of=mark: fails(of), lambda: now)
        for one in (Guichet(run, lambda: now), breaking):
            for op, args in orders:
                asked = json.dumps({"id": 1, "op": op, "args": args}).encode()
                asyncio.run(one.answer(asked, lambda: jean))
    log.check("opération signaler", "l’opération carnet_lire a échoué")


@pytest.mark.parametrize("fails", [raised, broken], ids=lambda one: one.__name__)
def test_w18_a_job_that_breaks_logs_no_numen(database, now, log, fails):
    task = Task("essai", "Essayer", timedelta(hours=1), timedelta(minutes=5),
                lambda _now: fails(NUMEN), lambda _session, _now: True)  # fmt: skip
    prepare([task], now)
    worker = Worker({"essai": task})
    worker.work()
    worker.close()
    log.check("Travail essai")


def test_w18_a_log_that_cannot_be_written_says_nothing_elsewhere(log, capsys):
    log.close()
    try:
        raised(NUMEN)
    except RuntimeError:
        logging.getLogger("iprof_kit.commands").exception("essai %s", NUMEN)
    assert capsys.readouterr().err == ""


def test_w18_a_command_that_fails_logs_no_numen(teachers, log, tmp_path):
    for mark in MARKS:
        given = tmp_path / "extrait.csv"
        given.write_bytes(file_of(row(numero=mark, nom=mark, grade=mark)))
        for words in (["import", "dossiers", str(given)], ["import", "extrait", str(given)],
                      ["import", "barres", str(given)], ["emporter", mark, str(tmp_path / "x.zip")],
                      ["effacer", mark, "--motif", mark]):  # fmt: skip
            done = CliRunner().invoke(iprof, words)
            if done.exception and not isinstance(done.exception, SystemExit):
                sys.excepthook(*done.exc_info)
        warnings.warn("ancien", stacklevel=1)
    log.check("ancien")
