"""Let the tests import the person they print and the strategies of the CV."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "cv"))
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def claire():
    from document_person import CLAIRE

    from iprof_kit.cv.model import Cv

    return Cv(faits=CLAIRE)
