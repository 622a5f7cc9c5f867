"""Sessions that obey hostile code: as root, as a plain user, and each as a user in a world."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

from iprof_kit.kernel.walls import missing_walls

from .hostile_session import Hostile


@pytest.fixture(scope="session", params=["root", "plain", "world"])
def hostile(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hostile]:
    if sys.platform != "linux":
        pytest.skip("sessions are forked on Linux only")
    plain = request.param == "plain"
    if not plain and os.getuid() != 0:
        pytest.skip("these tests are not run by root")
    folder = tmp_path_factory.mktemp("h")
    for place in (folder, *folder.parents[:2]):
        place.chmod(0o755)
    world = request.param == "world"
    made = Hostile(folder, plain=plain and os.getuid() == 0, world=world)
    yield made
    made.close()


@pytest.fixture(scope="session")
def walls() -> None:
    if missing := missing_walls():
        pytest.skip(f"this machine cannot confine: {missing}")
