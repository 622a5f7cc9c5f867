"""The wheel and the sources of this tree, built once for all that look into them."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    return built("--wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def sources(tmp_path_factory):
    return built("--sdist", ROOT, tmp_path_factory.mktemp("sources"))


def built(kind, tree, out):
    """Build a wheel or an archive of sources, and return its path."""
    build = [sys.executable, "-m", "build", kind, "--no-isolation", "--outdir", str(out)]
    subprocess.run([*build, str(tree)], check=True, capture_output=True)
    return next(one for one in out.iterdir() if one.suffix in {".whl", ".gz"})
