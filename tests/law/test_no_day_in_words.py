"""All that people read: no day of the law is typed there, each is read in its row or its rule.

The days of the texts themselves, of judgments, of pages read are names; those of campaigns are
their data.
"""

import pytest
from quantities import days
from readable_texts import texts_of

from iprof_kit.base.paths import ROOT

from .test_no_quantity_in_texts import files
from .test_no_quantity_in_words import files as of_calculations
from .test_sentences import VARIANTS

APART = ("data/campagnes/", "data/personas/", "data/sample/")
"""Days of campaigns and of people: facts with their source, files of their own."""
OF_NO_LAW = {
    # what a field asks, in a published schema: the reform is called by its day
    "iprof_kit/calculate/interface/situation.py": ["1er septembre 2017", "31 août 2017"],
    "iprof_kit/calculate/reclassement/question.py": ["1er septembre 2017"],
    "iprof_kit/analytics/population/calibration.html": ["1er septembre 2017"],
    "iprof_kit/ui/screens/atelier/atelier_folds.html": ["1er septembre 2017"],
    "data/exemples/avancement.yml": ["31 août 2017"],
    # an example of what a reuse says
    "data/LICENCE.md": ["24 novembre 2026"],
    # schemes that are closed, whose day is in words in their rows
    "iprof_kit/calculate/mobility/second_question.py": ["31 août 2015"],
    "iprof_kit/law/mobility/second/amounts.py": ["31 août 2015"],
    "iprof_kit/law/mobility/second/personal.py": ["31 août 2015"],
    "iprof_kit/calculate/pay/question.py": ["1er janvier 2018"],
    "data/exemples/pension.yml": ["1er janvier 2012"],
    # the rows of one version of the law, chosen by its name
    "iprof_kit/ui/texts/guides.fr.yml": ["1er septembre 2026"],
    # an example of a reason that somebody types
    "iprof_kit/services/journal.py": ["3 novembre 2026"],
    "iprof_kit/services/own_data/erasure.py": ["3 novembre 2026"],
}
"""Days that stay typed, each with why."""
OF_A_CLOSED_SCHEME = {"inter_2d_ex_apv": ["31 août 2015"]}


def written_in(path, name):
    """Return the days that a file says; of a command, its help too."""
    texts = texts_of(path, with_help=name.startswith("iprof_kit/commands"))
    return [day for text in texts for day in days(text)]


def test_no_day_of_the_law_is_typed_in_a_text():
    typed = {}
    for path in (*files(), *of_calculations()):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(APART) and (each := written_in(path, name)):
            typed[name] = sorted(each)
    assert typed == OF_NO_LAW


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: f"{one.name}-{one.since}")
def test_no_day_of_the_law_is_typed_in_the_sentence_of_a_rule(variant):
    assert days(variant.template) == OF_A_CLOSED_SCHEME.get(variant.name, [])


def test_the_check_sees_a_day_and_leaves_the_names_of_texts():
    assert days("due depuis le 1er mars 2021, puis jusqu’au\u00a06\u00a0mai 2024") == [
        "1er mars 2021", "6 mai 2024",
    ]  # fmt: skip
    cited = "arrêté du 4 mai 2016, art. 3 ; CE, 3 avril 2018, n° 41 ; snes.edu (5 mai 2019)"
    assert days(cited) == []
    assert days("Un arrêté le permet ; il vaut depuis le 2 juin 2020.") == ["2 juin 2020"]


def test_the_days_of_a_wording_follow_the_wording():
    last = next(one for one in VARIANTS if one.name == "depart_premier_degre" and one.until)
    assert last.sentence.startswith("Jusqu’au 31 août 2023, ")
    assert "{jusqu_au:date}" in last.template
