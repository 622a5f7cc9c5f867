"""The explorer of analyses: a control for each option, an error that says what to do."""

import re

import pandas as pd
import pytest

import iprof_kit
from iprof_kit.base.errors import InputError
from iprof_kit.ui.workshop.analysis import shown
from iprof_kit.ui.workshop.explorer import explorer

BREAKING = re.compile(r" [;:!?%€»]|« ")


@pytest.fixture(scope="module")
def gens():
    return iprof_kit.generate(300, seed=1)


def parts(box):
    which, rule, form, out = box.children
    return which, rule, {one.description: one for one in form.children}, out


def test_a_question_offers_its_analyses_and_their_options(gens):
    which, rule, form, _ = parts(explorer(gens, "structure"))
    assert [number for _, number in which.options] == [16, 17, 18, 19]
    assert set(form) == {"corps", "grade", "au", "par an"}
    assert "RSU Reims" in rule.value


def test_a_choice_of_corps_is_in_french_and_everybody_is_one_choice(gens):
    _, _, form, _ = parts(explorer(gens, 17))
    assert ("Professeur des écoles", "pe") in form["corps"].options
    assert form["corps"].value == ""


def test_an_option_fixed_for_all_has_no_control_and_holds(gens):
    _, _, form, _ = parts(explorer(gens, 17, corps="pe"))
    assert not form


def test_a_first_choice_is_in_the_control_and_may_be_changed(gens):
    _, _, form, _ = parts(explorer(gens, 17, choix={"corps": "pe", "astre": "Mars"}))
    assert form["corps"].value == "pe"


def test_another_analysis_has_its_own_controls(gens):
    box = explorer(gens, "structure")
    box.children[0].value = 18
    assert set(parts(box)[2]) == {"au"}


def html_of(out):
    return [one["data"]["text/html"] for one in out.outputs]


def test_the_figure_and_the_tables_are_the_state_of_the_widget(gens):
    """Displayed inside it, they would return by the channel of the replies, and hide one."""
    figure, *tables = html_of(parts(explorer(gens, 17))[3])
    assert "<svg" in figure
    assert tables
    assert all("PROJET. " in html for html in tables)


def test_a_table_leaves_with_hard_spaces_in_its_words():
    """Its caption, the words around it and its cells; an answer has ordinary ones."""
    remarks = pd.DataFrame({"remarque": ["75,0 % des promouvables ; écart", None]})
    remarks.attrs["legende"] = "Source : essai"
    html = shown(remarks).data
    for words in ("75,0\u00a0% des promouvables\u00a0; écart", "Chercher\u00a0:", "Source\u00a0: "):
        assert words in html.replace("\\u00a0", "\u00a0")
    assert remarks["remarque"][0] == "75,0 % des promouvables ; écart"


def test_the_rule_and_the_fault_leave_with_hard_spaces(gens):
    _, rule, _, out = parts(explorer(gens.drop(columns="indice_majore"), 19))
    (alert,) = html_of(out)
    assert "\u00a0: " in alert
    assert not BREAKING.search(f"{alert}{rule.value}")


def test_what_is_wrong_is_said_instead_of_the_table(gens):
    (alert,) = html_of(parts(explorer(gens.drop(columns="indice_majore"), 19))[3])
    assert "il manque une colonne" in alert


def test_an_unknown_question_is_refused(gens):
    with pytest.raises(InputError, match=r"inconnue.*astrologie"):
        explorer(gens, "astrologie")


def test_a_person_is_asked_by_a_number_that_is_typed(gens):
    _, _, form, _ = parts(explorer(gens, 29))
    assert type(form["numero"]).__name__ == "Text"
