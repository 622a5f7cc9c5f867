"""The example of the author's guide, and what a trainer is told of a text."""

import re

import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import ROOT
from iprof_kit.calculate.lessons.files import check_lesson_text

GUIDE = ROOT / "docs" / "atelier.md"


def guide():
    """Return the lesson that docs/atelier.md gives whole."""
    text = GUIDE.read_text(encoding="utf-8")
    return re.search(r"````markdown\n(.*?)````", text, re.DOTALL)[1]


def refused(text):
    """Return what is said to who wrote this."""
    with pytest.raises(InputError) as error:
        check_lesson_text(text, "essai.md")
    return f"{error.value.message} {error.value.remedy}"
