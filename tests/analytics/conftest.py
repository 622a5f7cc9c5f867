"""Extracts of the tests: fictitious files, a folder of sources of one's own."""

from pathlib import Path

import pytest

EXTRACTS = Path(__file__).with_name("extracts")


@pytest.fixture(autouse=True, scope="session")
def _own_var(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPROF_VAR", str(tmp_path_factory.mktemp("var")))
        yield


@pytest.fixture(scope="session")
def extracts():
    return EXTRACTS
