"""What is asked, answered, exchanged and kept is frozen and says everything it holds."""

import math

import pytest
from pydantic import ValidationError

from iprof_kit.base.plain import Plain


class Paid(Plain):
    euros: float


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_is_refused(number):
    with pytest.raises(ValidationError):
        Paid(euros=number)


def test_an_unknown_field_is_refused():
    with pytest.raises(ValidationError, match="cents"):
        Paid(euros=1, cents=100)


def test_plain_data_do_not_change():
    with pytest.raises(ValidationError):
        Paid(euros=1).euros = 2
