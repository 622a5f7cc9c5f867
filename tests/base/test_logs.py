"""Lines of the log: dated, in French, of one form, with nothing personal and no forged line."""

import io
import json
import logging
import os
import re
import subprocess
import sys

import pytest

from iprof_kit.base import logs
from iprof_kit.base.logs import TRACE, FrenchFormatter, JsonFormatter, short

FORM = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0[12]:00 (\w+) essai \[([0-9a-f-]+)\] (.*)"
)


@pytest.fixture
def written():
    """Return a function that logs and gives what was written."""

    def one(name, level, message, *args, form=FrenchFormatter, **words):
        out = io.StringIO()
        handler = logging.StreamHandler(out)
        handler.setFormatter(form("essai"))
        log = logging.Logger(name)  # of this test alone
        log.addHandler(handler)
        log.log(level, message, *args, **words)
        return out.getvalue().rstrip("\n")

    return one


def test_a_line_has_its_hour_with_its_zone_its_level_its_process_and_its_trace(written):
    token = TRACE.set("3f0a9c1e-00ff00ff")
    try:
        found = FORM.fullmatch(written("iprof_kit.server", 30, "processus chaud de %s", "cv"))
    finally:
        TRACE.reset(token)
    assert found.groups() == ("ATTENTION", "3f0a9c1e-00ff00ff", "processus chaud de cv")


def test_a_program_reads_the_same_parts_as_one_object_a_line(written):
    token = TRACE.set("3f0a9c1e")
    try:
        line = written("iprof_kit.server", 30, 'x\n{"faux": %d}', 1, form=JsonFormatter)
    finally:
        TRACE.reset(token)
    one = json.loads(line)
    assert "\n" not in line
    assert one == {
        "moment": one["moment"], "niveau": "ATTENTION", "processus": "essai",
        "trace": "3f0a9c1e", "message": r'x\n{"faux": 1}',
    }  # fmt: skip
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0[12]:00", one["moment"])


def test_an_error_is_places_in_an_object_too_and_no_value(written):
    try:
        {}["jean.dupont"]
    except KeyError as error:
        line = written("iprof_kit.server", 40, "échec", exc_info=error, form=JsonFormatter)
    assert json.loads(line)["erreur"][0].strip() == "builtins.KeyError"
    assert "jean.dupont" not in line


@pytest.mark.parametrize(("asked", "begins"), [("json", "{"), ("texte", "2"), ("", "2")])
def test_the_form_is_that_of_the_environment(asked, begins):
    code = "import logging; from iprof_kit.base import logs; logs.configure('essai'); "
    code += "logging.getLogger('iprof_kit').warning('dit')"
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {logs.FORM: asked},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr.startswith(begins)


def test_what_a_page_chose_forges_no_line_and_commands_no_terminal(written):
    line = written("iprof_kit.kernel", 30, "message %s", "x\n2026-11-27 ERREUR\x1b[2J\u202e")
    assert "\n" not in line
    assert r"x\n2026-11-27 ERREUR\x1b[2J\u202e" in line
    assert len(written("iprof_kit.kernel", 30, "%s", "x" * 100_000)) < 3_000


@pytest.mark.parametrize(
    "said",
    [
        "Uncaught exception GET /cv/partage/abcdefghijklmnopqrstuvwxyz0123456789 (192.0.2.7)",
        "HTTPServerRequest(protocol='http', host='x', uri='/reinitialiser/s', remote_ip='::1')",
        "403 GET /api/kernels/3 (2001:db8::12:7): refused",
        "No such comm: abcdefghijklmnopqrstuvwxyz\nfaux",
        "cannot write to jean.dupont@exemple.fr",
    ],
)
def test_what_a_library_says_tells_neither_address_nor_secret(written, said):
    line = written("tornado.application", 40, said)
    assert FORM.fullmatch(line)[3].startswith("tornado.application : ")
    for secret in ("partage", "abcdefghij", "192.0.2.7", "reinitialiser", "2001", "::1", "dupont"):
        assert secret not in line


def test_an_error_is_told_by_its_kind_and_its_places_never_by_its_words(written):
    try:
        try:
            raise ValueError("le NUMEN de Jean")
        except ValueError as cause:
            raise RuntimeError("UPDATE agents SET nom = 'Dupont'") from cause
    except RuntimeError:
        lines = written("iprof_kit.server", 40, "l’opération a échoué", exc_info=True).split("\n")
    assert lines[1] == "  builtins.RuntimeError"
    assert re.fullmatch(r"    base/test_logs\.py:\d+ test_an_error_is_told_.*", lines[2])
    assert "  builtins.ValueError" in lines
    assert not {"Dupont", "NUMEN"} & set(re.findall(r"\w+", "\n".join(lines)))


def test_a_short_name_is_always_the_same_and_tells_nothing():
    said = "from iprof_kit.base.logs import short; print(short('3f0a'))"
    other = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == short("3f0a")  # server and sessions name it alike
    assert re.fullmatch("[0-9a-f]{8}", short("\ud800"))


WARNS = """
import logging, warnings
from iprof_kit.base import logs
logs.configure("essai")
logging.getLogger("iprof_kit.base").info("dite")
logging.getLogger("iprof_kit.base").debug("tue")
logging.getLogger("tornado.general").info("tue")
warnings.warn("vieux")
1 / 0
"""


@pytest.mark.parametrize(("level", "said"), [("", 1), ("erreur", 0), ("debug", 2)])
def test_a_whole_process_has_one_form_even_for_its_end(level, said):
    done = subprocess.run(
        [sys.executable, "-c", WARNS],
        capture_output=True,
        text=True,
        env=os.environ | {logs.LEVEL: level},
    )
    lines = [line for line in done.stderr.splitlines() if not line.startswith("  ")]
    assert all(FORM.fullmatch(line) for line in lines), done.stderr
    assert (
        len(
            [
                line
                for line in lines
                if "iprof_kit.base" not in line
                and "py.warnings" not in line
                and "fin imprévue" not in line
            ]
        )
        == said
    )
    assert "GRAVE" in lines[-1]
    assert "  builtins.ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr
