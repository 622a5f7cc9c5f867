"""What a table does not say is refused, or supposed aloud: nought is no silent default."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from iprof_kit.base.errors import LawError
from iprof_kit.law.career.positions import interrupts_asa, position_code
from iprof_kit.law.career.traitement import INDICES
from iprof_kit.law.mobility.first import score
from iprof_kit.law.mobility.first.person import Cimm, Partner, Person1D
from iprof_kit.law.mobility.first.personal import cimm_validity
from iprof_kit.law.paths import circumstances
from iprof_kit.law.paths.rows import conditions, paths
from iprof_kit.law.pension import amounts
from iprof_kit.law.requests import delays

DAY = date(2026, 11, 28)


def without(fact, column):
    """Return a row that says nothing in a column."""
    return replace(fact, values={**fact.values, column: ""})


def test_a_delay_without_a_length_is_refused(monkeypatch):
    row = without(delays.DELAYS.read(DAY, "recours"), "valeur")
    monkeypatch.setattr(delays.DELAYS, "read", lambda *_: row)
    with pytest.raises(LawError, match="aucune valeur"):
        delays.delay_of("recours", DAY)


def test_a_minimum_is_unknown_where_one_of_its_rates_is(monkeypatch):
    read = amounts.numbers

    def lacking(code, days, label=""):
        return read(code, days, label) * (np.nan if code == "mg_taux_15_ans" else 1)

    effect = np.array(["2026-01-01"], dtype="datetime64[D]")
    monkeypatch.setattr(amounts, "numbers", lacking)
    assert np.isnan(amounts.minimum_garanti([120], [170], [False], effect)).all()


def test_a_path_without_a_greatest_length_is_refused(monkeypatch):
    condition = next(one for code in paths() for one in conditions(code) if one.kind == "cumul")
    silent = replace(paths()[condition.code], row={})
    monkeypatch.setattr(circumstances, "paths", lambda: {condition.code: silent})
    with pytest.raises(LawError, match="durée maximale"):
        circumstances.months_left(condition, None, 0)


def test_wishes_linked_by_a_child_wait_for_the_row_that_opens_them(monkeypatch):
    other = Person1D(corps="pe", grade="classe_normale", echelon=7, departement="93")
    linked = Partner(other, ("44",), "enfant_commun")
    assert score.linked_refusal(linked, ("44",), 2026) == ""
    monkeypatch.setattr(score, "first_campaign", lambda *_: None)
    assert score.linked_refusal(linked, ("44",), 2026).startswith("aucune source")


def test_criteria_that_nobody_gave_are_not_none():
    few = Cimm("974", irreversibles=2)
    assert "réversibles non donné" in cimm_validity(few, 2025)
    assert "reconnaissance pour" in cimm_validity(replace(few, reversibles=2), 2025)
    assert "trop peu nombreux" in cimm_validity(replace(few, reversibles=0), 2025)


def test_what_a_position_does_to_asa_is_said_or_not_known():
    assert interrupts_asa(position_code("congé parental")) is True
    assert interrupts_asa(position_code("en activité")) is False
    assert interrupts_asa(position_code("mise à disposition")) is None
    assert interrupts_asa(position_code("position que nul ne connaît")) is None


def test_a_value_absent_from_a_grid_is_what_each_reader_says():
    # The grids have every index: the indices bruts of hors échelle are the values that are absent.
    assert INDICES.column("brut", -1).min() == -1
    assert INDICES.column("brut", 0).min() == 0
