"""The wheel, installed alone in a fresh environment, serves too."""

import json
import os
import re
import shutil
import socket
import subprocess
import tarfile
import tempfile
import time
import urllib.error
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest
from portal_client import Client

from iprof_kit.base.version import __version__

from .conftest import built

ROOT = Path(__file__).parents[2]
BIN = "Scripts" if os.name == "nt" else "bin"


@pytest.fixture(scope="module")
def python(wheel):
    """The Python of a fresh environment, in a folder that everybody reads, as one installs it.

    Root's sessions become other users; in a private folder the kit rightly refuses to serve.
    """
    with tempfile.TemporaryDirectory(prefix="wheel-") as home:
        Path(home).chmod(0o755)
        yield installed(wheel, Path(home))


def installed(wheel, home):
    venv.create(home, with_pip=True)
    python = home / BIN / "python"
    install = [str(python), "-m", "pip", "install", "--quiet"]
    if uv := shutil.which("uv"):
        install = [uv, "pip", "install", "--quiet", "--python", str(python)]
    lock = str(ROOT / "locks" / "serve.txt")
    subprocess.run([*install, "--require-hashes", "-r", lock], check=True)
    subprocess.run([*install, "--no-deps", str(wheel)], check=True)
    return python


def test_the_wheel_holds_data_notebooks_templates_and_migrations(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "iprof_kit/py.typed",
        "iprof_kit/_installed/data/LICENCE.md",
        "iprof_kit/_installed/data/reference/grilles.csv",
        "iprof_kit/_installed/data/sample/dossiers.jsonl",
        "iprof_kit/_installed/notebooks/portail.ipynb",
        "iprof_kit/_installed/voila_templates/iprof/index.html.j2",
        "iprof_kit/_installed/voila_templates/menu.json",
        "iprof_kit/_installed/data/reference/glossaire.csv",
        "iprof_kit/ui/components/screen.js",
        "iprof_kit/ui/look/tokens.css",
        "iprof_kit/ui/screens/retraite/page.css",
        "iprof_kit/ui/texts/guides.fr.yml",
        "iprof_kit/_installed/voila_templates/iprof/static/front/front.json",
    ):
        assert wanted in names
    assert any(name.startswith("iprof_kit/records/migrations/versions/") for name in names)
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"iprof_kit"}
    assert not any("/tests/" in name or "node_modules" in name for name in names)


def test_the_sources_hold_what_the_repository_holds_and_make_the_same_wheel(
    sources, wheel, tmp_path
):
    with tarfile.open(sources) as archive:
        archive.extractall(tmp_path, filter="data")
    (tree,) = tmp_path.iterdir()
    held = {path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()}
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    names = {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}
    assert held == names | {"PKG-INFO"}
    assert contents(built("--wheel", tree, tmp_path / "out")) == contents(wheel)


def contents(wheel):
    """Return the sum of each file of a wheel."""
    return {one.filename: one.CRC for one in zipfile.ZipFile(wheel).infolist()}


def test_the_wheel_holds_the_built_front_end_so_that_users_need_no_node(wheel):
    archive = zipfile.ZipFile(wheel)
    folder = "iprof_kit/_installed/voila_templates/iprof/static/front/"
    built = json.loads(archive.read(folder + "front.json"))
    manager = re.search(r"manager\.\w{8}\.js", archive.read(folder + built["front"]).decode())[0]
    for name in (built["front"], manager):
        assert len(archive.read(folder + name + ".br")) < len(archive.read(folder + name))
    assert "jquery" in archive.read(folder + "LICENCES.txt").decode()


def test_w05_the_wheel_alone_serves_a_screen_from_an_empty_folder_to_root_too(python, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(python), "-m", "iprof_kit", "serve", "--sample", "--port", str(port)]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=tmp_path, env=alone(python, tmp_path), stdout=log, stderr=log
        )
    try:
        page = wait_for(f"http://127.0.0.1:{port}/connexion", server)
        assert "Se connecter" in page, (tmp_path / "log").read_text()
        visitor = Client(port)
        assert visitor.log_in("jdupont2").status == 303
        assert shown(visitor, "/accueil", "Julie")
        assert {path.name for path in tmp_path.iterdir()} <= {"log", "data", ".cache", ".config"}
        assert (tmp_path / "data" / "iprof" / "iprof.sqlite").is_file()
    finally:
        server.terminate()
        server.wait(timeout=30)


def test_w05_a_wheel_that_sessions_could_not_read_is_named(python, tmp_path):
    if not hasattr(os, "getuid") or os.getuid() != 0:
        pytest.skip("these tests are not run by root")
    home = python.parents[1]
    home.chmod(0o700)
    try:
        done = subprocess.run(
            [str(python), "-m", "iprof_kit", "doctor"],
            cwd=tmp_path, env=os.environ | {"IPROF_VAR": str(tmp_path)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        home.chmod(0o755)
    assert "ne pourraient pas lire" in done.stdout


def shown(visitor, path, words, limit=120):
    """Whether a screen shows some words, once the sessions are ready."""
    started = time.monotonic()
    while time.monotonic() - started < limit:
        if words in visitor.get(path).cells:
            return True
        time.sleep(0.5)
    return False


def wait_for(address, server, limit=90):
    started = time.monotonic()
    while server.poll() is None and time.monotonic() - started < limit:
        try:
            return urllib.request.urlopen(address, timeout=10).read().decode()
        except urllib.error.URLError:
            server_alive_pause(server)
    return ""


def server_alive_pause(server):
    try:
        server.wait(timeout=0.2)
    except subprocess.TimeoutExpired:
        return


@pytest.fixture
def typed(python, tmp_path):
    """Return what runs a program of the fresh environment, in an empty folder."""

    def run(program, *arguments):
        command = [str(python.parent / program), *arguments]
        done = subprocess.run(
            command, cwd=tmp_path, env=alone(python, tmp_path),
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    return run


def alone(python, home):
    """Return an environment whose commands are those of the fresh one, and which knows no tree."""
    here = {key: os.environ[key] for key in ("LANG", "SYSTEMROOT") if key in os.environ}
    path = os.pathsep.join((str(python.parent), os.environ["PATH"]))
    return here | {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "PATH": path}


def test_the_installed_command_says_its_version_and_answers_a_career(typed):
    assert typed("iprof", "--version").strip().endswith(__version__)
    person = ["--corps", "pe", "--grade", "classe_normale", "--echelon", "7"]
    answer = typed("iprof", "career", *person, "--depuis", "2024-09-01", "--today", "2026-11-25")
    assert "1er septembre 2027" in answer


def test_what_the_wheel_shows_of_itself_is_run(wheel, typed, python, tmp_path):
    archive = zipfile.ZipFile(wheel)
    (name,) = (one for one in archive.namelist() if one.endswith(".dist-info/METADATA"))
    shown = dict(
        re.findall(r"^```(python|sh)\n(.*?)^```", archive.read(name).decode(), re.M | re.S)
    )
    assert "39 décisions" in typed("python", "-c", shown["python"])
    done = subprocess.run(
        ["sh", "-ec", shown["sh"]], cwd=tmp_path, env=alone(python, tmp_path),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["listes"][0]["accordees"] == 39


def test_the_installed_engine_answers_other_programs(python, tmp_path):
    server = subprocess.Popen(
        [str(python.parent / "iprof"), "api", "--port", "0"],
        cwd=tmp_path, env=alone(python, tmp_path), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        address = re.search(r"http://[\d.:]+", server.stdout.readline())[0]
        question = json.dumps({"listes": [{"nom": "6e", "effectif": 132}]}).encode()
        with urllib.request.urlopen(f"{address}/quota", question, timeout=30) as answer:
            assert json.load(answer)["listes"][0]["accordees"] == 39
    finally:
        server.terminate()
        server.wait(timeout=30)
        server.stdout.close()
