"""Each peer in an environment of its own, from its locked requirements."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from servers import HERE, ROOT

PEERS = HERE / "peers"
FOLDER = Path(os.environ.get("IPROF_PEERS", ROOT / ".venv" / "peers"))


def environment(name: str) -> Path:
    """Return a peer's environment, made where its locked requirements have changed."""
    locked, home = PEERS / f"{name}.txt", FOLDER / name
    seal = home / "seal"
    digest = hashlib.sha256(locked.read_bytes() + sys.version.encode()).hexdigest()
    if not seal.is_file() or seal.read_text() != digest:
        shutil.rmtree(home, ignore_errors=True)
        for command in _commands(home, locked):
            subprocess.run(command, check=True)
        seal.write_text(digest)
    return home


def _commands(home: Path, locked: Path) -> list[list[str]]:
    python, requirements = str(home / "bin" / "python"), ["--require-hashes", "-r", str(locked)]
    if uv := shutil.which("uv"):
        return [
            [uv, "venv", "-q", "--python", sys.executable, str(home)],
            [uv, "pip", "install", "-q", "--python", python, *requirements],
        ]
    return [
        [sys.executable, "-m", "venv", str(home)],
        [python, "-m", "pip", "install", "-q", *requirements],
    ]
