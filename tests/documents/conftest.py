"""The person that the tests print."""

import pytest
from document_person import CLAIRE

from iprof_kit.cv.model import Cv


@pytest.fixture(scope="session")
def claire():
    return Cv(faits=CLAIRE)
