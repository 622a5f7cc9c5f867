"""Why: what is recorded, and that nothing is when nobody asks."""

import numpy as np

from iprof_kit.base.explanation import (
    Parameter,
    abandon,
    begin,
    datum,
    end,
    explain,
    explaining,
    hypothesis,
    kept_unless_explained,
    note,
    record,
    unexplained,
)
from iprof_kit.base.sources import to_verify, worst

POINT = Parameter("point", 59.0734, "décret 2023-519", confidence="A")
DOUBT = Parameter("indice brut", 757, "une source", confidence="D")


def test_nothing_is_recorded_when_nobody_asked():
    assert not explaining()
    note(POINT)
    record(rule="r", source="s")
    with explain() as trace:
        assert explaining()
    assert trace.steps == []


def test_parameters_belong_to_the_innermost_rule():
    with explain() as trace:
        outer = begin("outer", "", "", {})
        note(POINT)
        inner = begin("inner", "", "", {})
        note(DOUBT)
        end(inner, 1)
        note(POINT)
        end(outer, 2)
    assert [(s.rule, s.parameters) for s in trace.steps] == [("inner", [DOUBT]), ("outer", [POINT])]


def test_a_step_is_as_sure_as_its_weakest_parameter():
    with explain() as trace:
        record(rule="r", source="s", parameters=(POINT, DOUBT), result=3)
    assert trace.steps[0].confidence == "D"


def test_inputs_and_results_are_copied():
    column = np.array([1, 2])
    with explain() as trace:
        end(begin("r", "", "s", {"x": column}), column)
    column[0] = 99
    assert trace.steps[0].inputs["x"].tolist() == [1, 2]
    assert trace.steps[0].result.tolist() == [1, 2]


def test_an_abandoned_rule_leaves_no_trace():
    with explain() as trace:
        abandon(begin("r", "", "", {}))
    assert trace.steps == []


def test_a_refusal_stays_in_the_trace():
    with explain() as trace:
        abandon(begin("r", "Une phrase.", "un texte", {}), "période non couverte.")
    (step,) = trace.steps
    assert (step.kind, step.words) == ("refus", (("Réponse", "période non couverte."),))


def test_data_and_hypotheses_are_told_apart_from_the_law():
    datum("Échelon", "7e")  # nobody asked: nothing is kept
    with explain() as trace:
        datum("Échelon", "7e")
        hypothesis("Retour", "aujourd’hui")
        record(rule="r", source="s")
    assert [step.kind for step in trace.steps] == ["donnee", "hypothese", "loi"]
    assert trace.steps[1].confidence == "D"


def test_an_explanation_inside_another_is_part_of_it():
    with explain() as outer:
        record(rule="before", source="s")
        with explain() as inner:
            record(rule="r", source="s")
        assert [step.rule for step in inner.steps] == ["r"]
    assert [step.rule for step in outer.steps] == ["before", "r"]


def test_two_explanations_in_turn_do_not_mix():
    with explain() as first:
        record(rule="r", source="s")
    with explain() as second:
        pass
    assert len(first.steps) == 1
    assert second.steps == []


def test_c_and_d_are_to_verify():
    assert [to_verify(letter) for letter in "ABCD"] == [False, False, True, True]
    assert worst("ABD") == "D"
    assert worst(()) == "A"


def test_an_explanation_inside_another_hands_it_its_steps():
    with explain() as outer:
        with explain() as inner:
            record(rule="inside", source="text")
        record(rule="outside", source="text")
    assert [step.rule for step in inner.steps] == ["inside"]
    assert [step.rule for step in outer.steps] == ["inside", "outside"]


def test_a_walk_may_stay_out_of_an_explanation():
    with explain() as trace:
        with unexplained():
            assert not explaining()
            record(rule="hidden", source="text")
        assert explaining()
    assert trace.steps == []


def test_what_is_kept_is_read_anew_where_somebody_asks_why():
    asked = []

    @kept_unless_explained(4)
    def read(key):
        asked.append(key)
        record(rule=key, source="text")
        return key

    assert [read("a"), read("a")] == ["a", "a"]
    assert asked == ["a"]
    with explain() as trace:
        read("a")
    assert [step.rule for step in trace.steps] == ["a"]
