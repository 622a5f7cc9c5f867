"""The tools that read the code agree with it."""

import subprocess
import sys
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


def test_dependencies_run_one_way():
    script = "from importlinter.cli import lint_imports_command as lint; lint()"
    tool(sys.executable, "-c", script, "--no-cache")
