"""The tools that read the code agree with it."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def tool(*command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.parametrize("words", [["check", "--no-cache"], ["format", "--check", "--no-cache"]])
def test_ruff_finds_nothing(words):
    tool(sys.executable, "-m", "ruff", *words, ".")


def test_mypy_finds_nothing():
    tool(sys.executable, "-m", "mypy")


def test_k04_mypy_is_strict_everywhere_and_no_type_is_ignored_without_its_reason():
    told = re.compile(r"type: ignore\[[a-z-]+\]  # \w")
    silent = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "iprof_kit").rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "type: ignore" in line and not told.search(line)
    ]
    assert not silent
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert (config["strict"], config["packages"]) == (True, ["iprof_kit"])
    libraries = [name for one in config["overrides"] for name in one["module"]]
    assert not [name for name in libraries if name.startswith(("iprof_kit", "*"))]
    assert not {"exclude", "ignore_missing_imports", "ignore_errors"} & config.keys()


def test_dependencies_run_one_way():
    script = "from importlinter.cli import lint_imports_command as lint; lint()"
    tool(sys.executable, "-c", script, "--no-cache")
