"""Words of calculations: no new quantity of the law there.

Each is read in its table. Other texts are looked over in test_no_quantity_in_texts.py.
"""

import pytest
from quantities import quantities
from readable_texts import texts_of

from iprof_kit.base.paths import ROOT

KIT = ROOT / "iprof_kit"
OF_NO_LAW = {
    "calculate/anciennetes/calculation.py": ["0 jour"],
    "calculate/campaign_game/people.py": ["deux fois"],
    "calculate/campaign_game/rules.py": ["deux fois"],
    "calculate/career/question.py": ["360 jours"],
    "calculate/et_si/answer.py": ["douzièmes", "douzièmes"],
    "calculate/interface/fields.py": ["360 jours"],
    "calculate/interface/equations.py": ["100 %"],
    "calculate/lessons/writing.py": ["360 jours"],
    "calculate/paths/question.py": ["360 jours", "deux fois"],
    "calculate/pay/question.py": ["Douze fois", "douze mois", "douzièmes", "douzièmes"],
    "calculate/pay/sheet.py": ["deux fois"],
    "calculate/played_lesson.py": ["8 405 €"],
}
"""The calendar of services, the whole that shares are of, what is supposed, a way of speaking."""


def written_in(path):
    """Return the quantities of the texts of a file, its documentation apart."""
    return [one for text in texts_of(path) for one in quantities(text)]


def files():
    yield from (KIT / "calculate").rglob("*.py")


def test_no_quantity_of_the_law_is_written_in_the_words_of_a_calculation():
    written = {path.relative_to(KIT).as_posix(): sorted(written_in(path)) for path in files()}
    assert written == {name: sorted(OF_NO_LAW.get(name, [])) for name in written}
    assert set(OF_NO_LAW) <= set(written)


@pytest.mark.parametrize("subject", ["career/why.py", "career/calculation.py", "interface/why.py"])
def test_the_one_why_writes_no_quantity(subject):
    assert written_in(KIT / "calculate" / subject) == []
