"""The shared list of columns of a population table."""

import pandas as pd
import pytest

from iprof_kit.analytics.columns import COLUMNS, needed_for, ordered, require
from iprof_kit.analytics.dossiers import COLUMNS as DOSSIERS
from iprof_kit.base.errors import InputError


def test_each_column_says_what_it_holds():
    assert all(column.meaning for column in COLUMNS.values())
    assert set(DOSSIERS) - {"periodes"} <= set(COLUMNS)


def test_codes_come_from_the_tables_of_the_law():
    assert {"063", "02A", "971"} <= set(COLUMNS["departement"].allowed())
    assert {"pe", "agrege"} <= set(COLUMNS["corps"].allowed())
    assert COLUMNS["nom"].allowed() == ()


def test_each_usual_analysis_but_the_dated_acts_has_its_columns():
    # rh_usages § 1: the matrix of opinions (15) and the promotions by discipline (9)
    assert {"avis_1", "avis_2", "entree_corps", "entree_grade"} <= set(needed_for(15))
    assert "discipline" in needed_for(9)
    assert all(needed_for(number) for number in range(1, 31))


def test_a_whole_number_without_default_may_be_missing():
    assert COLUMNS["date_effet"].dtype.startswith("datetime64")
    assert COLUMNS["reliquat_jours"].dtype == "int64"
    assert COLUMNS["ags_jours"].dtype == "Int64"


def test_a_missing_column_is_named_with_its_meaning():
    frame = pd.DataFrame({"autre": [1], "corps": ["pe"], "numero": ["1"]})
    with pytest.raises(InputError, match="code de discipline"):
        require(frame, ["corps", "discipline"])
    assert list(ordered(frame)) == ["numero", "corps", "autre"]
