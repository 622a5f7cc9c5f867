"""The environment of OpenFisca-France, and what it answers there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).parent
LOCK = HERE / "requirements.txt"
FOLDER = Path(os.environ.get("IPROF_PEERS", HERE.parents[1] / ".venv" / "peers"))


def answers(asked: dict[str, Any]) -> dict[str, Any]:
    """Return what OpenFisca-France answers to a question of `theirs.py`."""
    with TemporaryDirectory() as name:
        question, answer = Path(name, "question.json"), Path(name, "answer.json")
        question.write_text(json.dumps(asked), encoding="utf-8")
        command = [_python(), HERE / "theirs.py", question, answer]
        subprocess.run([str(word) for word in command], check=True)
        made: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return made


def _python() -> Path:
    """Return the interpreter of the environment, made where its lock has changed."""
    home = FOLDER / "openfisca"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    seal, digest = home / "seal", hashlib.sha256(LOCK.read_bytes() + sys.version.encode())
    if not seal.is_file() or seal.read_text() != digest.hexdigest():
        shutil.rmtree(home, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet"]
        if uv := shutil.which("uv"):
            install = [uv, "pip", "install", "--quiet", "--python", str(python)]
        subprocess.run([*install, "--require-hashes", "-r", str(LOCK)], check=True)
        seal.write_text(digest.hexdigest())
    return python
