#!/usr/bin/env python3
"""Set up and run the kit with the standard library alone, on any system.

`python3 bootstrap.py serve` opens the portal, `lab` JupyterLab, `test` runs every test.
Each target has its own environment under `.venv/`, made from a hashed lock of `locks/` and made
anew only when that lock, the project file or Python itself has changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
import venv
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent
SUPPORTED, UNTRIED = ((3, 11), (3, 15)), (3, 14)
"""Pythons that the kit may run on, and the first of them that no test has run on."""
ENVIRONMENT_OF = {"serve": "serve", "lab": "lab"}  # every other target works in "test"
PORT, LAST_PORT = 8866, 65_535
SAID_AGAIN, WIDEST = 15, 300
"""Lines of each failure that are repeated at the end of all stages, and their characters."""
STAGES = {
    "navigateur": ["tests/browser"],
    "donnees": ["tests/records", "tests/services"],
    "ecrans": ["tests/notebooks", "tests/ui"],
    "droit": ["tests/base", "tests/law", "tests/careers", "tests/calculate", "tests/analytics"],
    "pannes": ["tests/faults"],
    "serveur": ["tests/server"],
    "securite": ["tests/security"],
    "cv": ["tests/documents", "tests/cv"],
    "paquet": ["tests/package"],
    "qualite": ["tests/quality"],
}
"""Longest first: three go at a time, and the short ones fill what is left at the end."""
AT_ONCE = 3
"""One more than two cores: a browser, a server and a disk are waited for two fifths of the time."""
TO_THE_DISK = ("donnees",)
"""A thousand databases, each of which waits for the disk at each write: theirs is in memory."""
MEMORY, ROOM = Path("/dev/shm"), 4 << 30
"""Linux's disk in memory, and how much must be free there: the files of a stage take a quarter."""
SLOW_CHECKS = ("qualite",)
"""Few tests, minutes each: the name of one is said before it begins."""
BESIDE_EACH_OTHER = ("-n", "2", "--dist", "worksteal")
BY_FILE = ("-n", "2", "--dist", "loadfile")
"""Tests of one file share a server that they start, or hurt."""
BESIDE = {
    **dict.fromkeys(("droit", "donnees", "cv", "ecrans"), BESIDE_EACH_OTHER),
    **dict.fromkeys(("serveur", "pannes", "navigateur"), BY_FILE),
}
"""How the tests of a stage run alone are cut between two processes; the others are few."""

USAGE = "Usage\u00a0: python3 bootstrap.py CIBLE [ARGUMENTS DE LA CIBLE]…\nCibles\u00a0: {targets}."


def main() -> int:
    """Run the target named on the command line and return its exit code."""
    target, *rest = sys.argv[1:] or [""]
    if target not in TARGETS:
        asked = target in ("-h", "--help")
        told = sys.stdout if asked else sys.stderr
        print(USAGE.format(targets=", ".join(sorted(TARGETS))), file=told)
        return 0 if asked else 2
    low, high = SUPPORTED
    if not low <= sys.version_info[:2] < high:
        print("Il faut Python 3.11, 3.12 ou 3.13 : relancez avec l’un d’eux.", file=sys.stderr)
        return 2
    if sys.version_info >= UNTRIED:
        print("Le kit n’a pas été essayé sur ce Python : 3.11 à 3.13 le sont.", file=sys.stderr)
    return TARGETS[target](rest)


def serve(rest: list[str]) -> int:
    """Open the portal on the loopback address with the fictitious people."""
    port = asked_port(rest)
    if port is not None and not is_free(port):
        print(
            f"Le port {port} est déjà pris : fermez ce qui l’emploie, ou choisissez-en un autre "
            f"(make serve PORT={port + 1 if port < LAST_PORT else port - 1}).",
            file=sys.stderr,
        )
        return 2
    return run(python_of("serve"), "-m", "iprof_kit", "serve", "--sample", *rest)


def asked_port(rest: list[str]) -> int | None:
    """Return the port that the portal will listen on; None where the kit itself must refuse it."""
    words = [part for word in rest for part in word.split("=", 1)]
    if "--port" not in words:
        return PORT
    given = words[words.index("--port") + 1 :]
    return int(given[0]) if given and given[0].isdigit() and int(given[0]) <= LAST_PORT else None


def is_free(port: int) -> bool:
    """Tell whether nobody listens on a port of the loopback address."""
    with socket.socket() as ours:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, os.name == "posix")
        try:
            ours.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def lab(rest: list[str]) -> int:
    """Open JupyterLab on the notebooks."""
    if os.name == "posix" and os.geteuid() == 0:
        print(
            "Vous êtes root : les notebooks pourront tout sur cette machine. Un compte "
            "ordinaire est plus sûr.",
            file=sys.stderr,
        )
        rest = ["--allow-root", *rest]
    options = [
        "--ip=127.0.0.1",
        f"--notebook-dir={ROOT / 'notebooks'}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    python = python_of("lab")
    quiet(Path(python).parents[1])
    return run(python, "-m", "jupyterlab", *options, *rest)


def quiet(home: Path) -> None:
    """Have JupyterLab ask nothing in English at its first opening: no news, no updates."""
    settings = home / "share" / "jupyter" / "lab" / "settings"
    settings.mkdir(parents=True, exist_ok=True)
    chosen = {"@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false", "checkForUpdates": False,
    }}  # fmt: skip
    (settings / "overrides.json").write_text(json.dumps(chosen, indent=2), encoding="utf-8")


def test(rest: list[str]) -> int:
    """Run the stages named, or all of them; an empty machine package skips by name."""
    python = python_of("test")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes start: compiled once
    stages = rest or list(STAGES)
    with tempfile.TemporaryDirectory(prefix="iprof-tests-", dir=disk_in_memory()) as folder:
        reports = [Path(folder, f"{stage}.xml") for stage in stages]
        if len(stages) == 1:
            codes = [stage_alone(python, stages[0], reports[0])]
        else:
            beside = zip(stages, reports, strict=True)
            codes = a_few_at_a_time([partial(stage_beside, python, *one) for one in beside])
        failed = [at for at, code in enumerate(codes) if code]
        sys.stdout.flush()
        say_again([reports[at] for at in failed])
    if failed:
        print(f"Étapes en échec : {', '.join(stages[at] for at in failed)}", file=sys.stderr)
    return 1 if failed else 0


def stage_alone(python: str, stage: str, report: Path) -> int:
    """Run one stage, its tests cut between two processes where they can be."""
    return run(*pytest_of(python, stage, report), *BESIDE.get(stage, ()))


def stage_beside(python: str, stage: str, report: Path) -> int:
    """Run one stage in one process while another runs; its name is before each of its lines."""
    started = time.monotonic()
    last: deque[str] = deque(maxlen=SAID_AGAIN)
    with subprocess.Popen(
        pytest_of(python, stage, report),
        cwd=ROOT,
        text=True,
        encoding="utf-8",
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        for line in process.stdout or ():
            last.append(line)
            print(f"{stage:<10} | {line}", end="", flush=True)
    print(f"=== {stage} : {time.monotonic() - started:.0f} s", flush=True)
    report.with_suffix(".log").write_text("".join(last), encoding="utf-8")
    return process.returncode


def pytest_of(python: str, stage: str, report: Path) -> list[str]:
    """Return the command that runs a stage; it writes each word at once, even into a pipe."""
    folders = [folder for folder in STAGES[stage] if (ROOT / folder).is_dir()]
    told = "-v" if stage in SLOW_CHECKS else "-q"
    noted = (f"--junitxml={report}", "-o", "junit_family=xunit1")  # this form names the file
    place = [f"--basetemp={report.with_suffix('')}"] if stage in TO_THE_DISK else []
    return [python, "-u", "-m", "pytest", told, "-m", "not soak", *noted, *place, *folders]


def disk_in_memory() -> str | None:
    """Return a folder that is kept in memory; None where there is none, or little room."""
    if not hasattr(os, "statvfs") or not MEMORY.is_dir():
        return None
    disk = os.statvfs(MEMORY)
    small = disk.f_bavail * disk.f_frsize < ROOM
    return None if small or disk.f_flag & getattr(os, "ST_NOEXEC", 0) else str(MEMORY)


def say_again(reports: list[Path]) -> None:
    """Repeat what failed in each stage, last of all: the end of a log always tells.

    First the end of each traceback, then one line a test. A stage that left no report, because it
    was killed or could not begin, has its own last lines.
    """
    lines = []
    for report in reports:
        failures = list(failures_of(report))
        for name, reason, text in failures:
            lines.append(f"{report.stem} | {name} : {reason}")
            say(f"--- {report.stem} | {name}", *text[-SAID_AGAIN:])
        log = report.with_suffix(".log")
        if not failures and log.is_file():
            ending = log.read_text(encoding="utf-8").splitlines()
            say(f"--- {report.stem} : aucun test nommé en échec ; ses dernières lignes :", *ending)
    if lines:
        say("", *lines)


def failures_of(report: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Give the name, the short reason and the traceback of each failure in a report of pytest."""
    try:
        cases = ElementTree.parse(report).iter("testcase")
    except (OSError, ElementTree.ParseError):
        return
    for case in cases:
        for fault in (*case.iter("failure"), *case.iter("error")):
            reason = (fault.get("message") or "sans message").strip().splitlines()[0]
            place = (case.get("file") or case.get("classname"), case.get("name"))
            yield "::".join(filter(None, place)), reason, (fault.text or "").splitlines()


def say(*lines: str) -> None:
    """Write lines to where errors go, none longer than a screen or two."""
    for line in lines:
        print(line[:WIDEST], file=sys.stderr)


def a_few_at_a_time(tasks: list[Callable[[], int]]) -> list[int]:
    """Run tasks in their order, some at a time, and return their codes; Ctrl-C starts no other."""
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        running = [pool.submit(task) for task in tasks]
        try:
            return [task.result() for task in running]
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            return [130] * len(tasks)


def soak(rest: list[str]) -> int:
    """Run the large counts: those that use both cores by themselves, then the others."""
    large = ("-m", "pytest", "-q", "-m", "soak", "--timeout=1500", "--durations=0", *rest)
    alone = ["tests/law", "tests/server"]
    others = sorted({folder for folders in STAGES.values() for folder in folders} - {*alone})
    python = python_of("test")
    codes = [run(python, *large, *alone), run(python, *large, *BESIDE_EACH_OTHER, *others)]
    return max(codes)


def lint(rest: list[str]) -> int:
    """Check style, types and the direction of dependencies."""
    return run(python_of("test"), "-u", "-m", "pytest", "-v", "tests/quality", *rest)


def bench(rest: list[str]) -> int:
    """Run the benchmarks; their tables go to docs/benchmarks.md by hand, with the machine."""
    python = python_of("test")
    scripts = rest or sorted(str(path) for path in (ROOT / "benchmarks").glob("*.py"))
    return max(run(python, script) for script in scripts)


def screenshots(rest: list[str]) -> int:
    """Take a picture of every screen at two widths, into the folder named."""
    return run(python_of("test"), "tools/screenshots.py", *rest)


def docs(rest: list[str]) -> int:
    """Write the documentation as a site, into the folder named or `dist/docs`."""
    return run(python_of("test"), "tools/docs_site.py", *rest)


def environment(rest: list[str]) -> int:  # noqa: ARG001
    """Write environment.yml anew from pyproject.toml."""
    (ROOT / "environment.yml").write_text(conda_environment(), encoding="utf-8")
    return 0


def lock(rest: list[str]) -> int:  # noqa: ARG001
    """Compile the locks anew with uv, which writes no address in them unless it is asked to.

    That of the engine holds the lowest versions that its ranges allow: they are what is proved.
    """
    for name, extras in (("serve", "serve pg"), ("lab", "lab pg"), ("test", "test")):
        options = [word for extra in extras.split() for word in ("--extra", extra)]
        if code := compiled(name, "locks/build.in", *options):
            return code
    return compiled("engine", "--resolution", "lowest-direct") or environment([])


def compiled(name: str, *options: str) -> int:
    """Compile one lock from the needs of pyproject.toml, at the oldest Python."""
    return run(
        shutil.which("uv") or "uv",
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--upgrade",
        "pyproject.toml",
        *options,
        "--output-file",
        f"locks/{name}.txt",
    )


TARGETS = {
    "serve": serve, "lab": lab, "test": test, "soak": soak, "lint": lint, "bench": bench,
    "environment": environment, "lock": lock, "screenshots": screenshots,
    "docs": docs,
}  # fmt: skip


def python_of(target: str) -> str:
    """Return the interpreter of a target's environment, making it first where needed."""
    name = ENVIRONMENT_OF.get(target, "test")
    lock_file = ROOT / "locks" / f"{name}.txt"
    home = ROOT / ".venv" / name
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    seal = hashlib.sha256(
        lock_file.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + sys.version.encode()
    ).hexdigest()
    stamp = home / "iprof-kit.seal"
    if stamp.is_file() and stamp.read_text() == seal and python.is_file():
        return str(python)
    print(f"Préparation de l’environnement « {name} » (une seule fois)…", flush=True)
    venv.create(home, with_pip=True, clear=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if uv := shutil.which("uv"):
        install = [uv, "pip", "install", "--quiet", "--python", str(python)]
    check(*install, "--require-hashes", "-r", str(lock_file))
    check(*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    stamp.write_text(seal)
    return str(python)


def conda_environment() -> str:
    """Return environment.yml: the direct needs of the portal and of the workshop."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needs = [*extras["kit"], *extras["serve"], *extras["lab"], *extras["pg"]]
    needs = sorted(need for need in needs if not need.startswith("iprof-kit"))
    plain = "\n".join(f'  - "{need}"' for need in needs if "[" not in need)
    by_pip = "\n".join(f'      - "{need}"' for need in needs if "[" in need)
    pythons = ">={}.{},<{}.{}".format(*SUPPORTED[0], *UNTRIED)
    return (
        "# Generated from pyproject.toml by `python3 bootstrap.py environment`; do not edit.\n"
        "name: iprof-kit\n"
        "channels:\n  - conda-forge\n"
        "dependencies:\n"
        f'  - "python{pythons}"\n  - pip\n{plain}\n'
        f"  - pip:\n{by_pip}\n      - -e .\n"
    )


def run(*command: str) -> int:
    """Run a command in the project's root and return its exit code; Ctrl-C reaches it."""
    try:
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 130


def check(*command: str) -> None:
    """Run a command and stop with its exit code if it fails."""
    if code := run(*command):
        raise SystemExit(code)


if __name__ == "__main__":
    sys.exit(main())
