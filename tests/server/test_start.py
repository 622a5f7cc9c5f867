"""Starting: what is refused, in French, with exit code 2."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from iprof_kit.records import database as db
from iprof_kit.records.readiness import revision_of
from iprof_kit.server.app import Portal
from iprof_kit.server.pages.gate import set_common_headers
from iprof_kit.server.settings import LOOPBACK, Settings
from iprof_kit.server.visitors import set_private_cookie


def serve(tmp_path, *words, **environment):
    command = [sys.executable, "-m", "iprof_kit", "serve", *words]
    environment = os.environ | {"IPROF_VAR": str(tmp_path / "var")} | environment
    return subprocess.run(
        command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120
    )


def test_a_busy_port_is_said_in_french(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = serve(tmp_path, "--sample", "--port", str(port))
    assert done.returncode == 2
    assert f"Erreur\u00a0: 127.0.0.1:{port}\u00a0: ce port est déjà pris." in done.stderr
    assert f"--port {port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("revision", "why"),
    [("0020", "d’une version plus ancienne du kit (tables 0020"), ("base", "n’est pas préparée")],
)
def test_tables_are_left_as_they_are_where_it_is_asked(tmp_path, monkeypatch, revision, why):
    monkeypatch.setenv("IPROF_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("IPROF_DATABASE_URL", raising=False)
    db.prepare_database()
    db.migrate(revision, down=True)
    done = serve(tmp_path, "--ne-pas-migrer")
    with db.reading() as session:
        assert (revision_of(session.connection()) or "base") == revision
    db.engine().dispose()
    assert done.returncode == 2
    assert why in done.stderr.replace("\u00a0", " ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "beyond", [["--ip", "0.0.0.0"], ["--host", "carriere.example"], ["--https"]]
)
def test_demonstration_accounts_do_not_leave_this_machine(tmp_path, beyond):
    done = serve(tmp_path, "--sample", *beyond)
    assert done.returncode == 2
    assert "les comptes de démonstration ne s’ouvrent que sur cette machine." in done.stderr


@pytest.mark.parametrize("every", ["0.0.0.0", "::"])
def test_every_card_of_the_network_is_the_name_of_no_site(tmp_path, every):
    done = serve(tmp_path, "--ip", every)
    assert done.returncode == 2
    assert "n’est le nom d’aucun site" in done.stderr
    assert "--host carriere.example.fr" in done.stderr


def test_a_library_that_is_missing_is_said_with_what_installs_it(tmp_path):
    """As in an environment of `[kit]` alone, where `serve` has no Voilà."""
    alone = "import sys; sys.modules['voila'] = None; from iprof_kit.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", alone, "serve", "--sample"],
        env=os.environ | {"IPROF_VAR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert "voila n’est pas installé" in done.stderr
    assert 'pip install ".[serve]"' in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("kit", "here"),
    [
        (Settings(), True),
        (Settings(ip="::1"), True),
        (Settings(ip="0.0.0.0"), False),
        (Settings(ip="192.0.2.1"), False),
        (Settings(https=True), False),
        (Settings(hosts=(*LOOPBACK, "carriere.example")), False),
    ],
)
def test_a_server_knows_whether_others_can_reach_it(kit, here):
    assert kit.loopback is here


def test_the_day_is_frozen_for_the_sample_only(tmp_path):
    done = serve(tmp_path, "--today", "2026-11-25")
    assert done.returncode == 2
    assert "le jour ne se fige qu’avec les personnes fictives." in done.stderr
    done = serve(tmp_path, "--sample", "--today", "25/11/2026")
    assert done.returncode == 2
    assert "«\u00a025/11/2026\u00a0» n’est pas une date (aaaa-mm-jj)." in done.stderr


def test_a_folder_that_cannot_be_written_is_said_in_french(tmp_path):
    (tmp_path / "file").write_text("")
    done = serve(tmp_path, "--sample", IPROF_VAR=str(tmp_path / "file" / "var"))
    assert done.returncode == 2
    assert "le dossier de données ne peut pas être écrit" in done.stderr
    assert "Traceback" not in done.stderr


class Handler:
    """The little of a handler that cookies and headers need."""

    def __init__(self, protocol="http", kit=None):
        self.request = type("Request", (), {"protocol": protocol})
        self.settings = {"kit": kit or Settings()}
        self.cookies = {}
        self.headers = {}

    def set_cookie(self, name, value, **words):
        self.cookies[name] = words

    def set_header(self, name, value):
        self.headers[name] = value


@pytest.mark.parametrize(("protocol", "secure"), [("http", False), ("https", True)])
def test_behind_https_the_session_never_travels_in_clear(protocol, secure):
    handler = Handler(protocol)
    set_private_cookie(handler, "iprof_session", "x")
    words = handler.cookies["iprof_session"]
    assert words["secure"] is secure
    assert words["httponly"] is True
    assert words["samesite"] == "Lax"


def test_behind_https_no_cookie_travels_in_clear_whatever_the_proxy_forgot():
    handler = Handler("http", kit=Settings(https=True))
    set_private_cookie(handler, "iprof_session", "x")
    assert handler.cookies["iprof_session"]["secure"] is True


@pytest.mark.parametrize("https", [True, False])
def test_the_form_s_word_is_as_private_as_the_session(https):
    portal = Portal(kit=Settings(https=https), run_dir=Path())
    assert portal.xsrf_words() == {"samesite": "Lax", "path": "/", "secure": https}


def test_behind_https_the_browser_is_told_to_stay_there():
    plain, behind = Handler(), Handler(kit=Settings(https=True))
    set_common_headers(plain)
    set_common_headers(behind)
    assert "Strict-Transport-Security" not in plain.headers
    assert "Strict-Transport-Security" in behind.headers


UNUSED = ("pandas", "pyarrow", "alembic", "zxcvbn", "docx", "matplotlib")
"""Some hundred megabytes, which the zygote, a migration or a new password needs, never a page."""


def test_what_serves_imports_no_table_no_migration_and_no_list_of_words():
    asked = f"import sys, iprof_kit.server.main; print([m for m in {UNUSED} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_server_that_has_answered_has_not_loaded_the_tables_of_the_law(server, opened):
    client, _ = opened
    assert client.get("/connexion").status == 200
    loaded = Path(f"/proc/{server.process.pid}/maps").read_text()
    assert "/numpy/" in loaded  # libraries are seen there
    assert "/pandas/" not in loaded
    assert "/pyarrow/" not in loaded
