"""Our payslips beside OpenFisca-France: each difference has a reading of the law, or is a fault."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[3] / "tools" / "openfisca"


@pytest.fixture
def comparing(monkeypatch):
    monkeypatch.syspath_prepend(TOOL)
    yield importlib.import_module("comparing")
    for name in ("comparing", "drawn", "peer"):
        sys.modules.pop(name, None)


@pytest.fixture
def month(comparing):
    return next(iter(comparing.months(comparing.people(seed=1, number=40))))


@pytest.mark.soak
def test_every_line_that_openfisca_computes_too_is_ours_or_its_difference_is_explained(capsys):
    done = subprocess.run([sys.executable, str(TOOL)], capture_output=True, text=True, check=False)
    with capsys.disabled():
        print(f"\n{done.stdout}")
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_read_our_way_is_the_line_of_the_payslip(comparing, month):
    for line, (_, read) in comparing.READINGS.items():
        assert read(month, ()).tolist() == month[line].tolist(), line


def test_each_kind_of_difference_has_a_reason_and_a_text(comparing):
    kinds = {(line, kind) for line, (kinds, _) in comparing.READINGS.items() for kind in kinds}
    rows = comparing.rows()
    assert {(row["ligne"], row["cas"]) for row in rows} == kinds
    assert all(row["raison"] and row["texte"] and row["confiance"] in "AB" for row in rows)


def test_a_difference_is_explained_to_the_cent_or_not_at_all(comparing, month):
    theirs = comparing.residence(month, ("nbi",))
    assert {kinds for _, kinds in comparing.differences(month, "IR", theirs)} == {("nbi",)}
    more = theirs + 1
    assert {kinds for _, kinds in comparing.differences(month, "IR", more)} == {()}
    assert len(list(comparing.differences(month, "RAFP", month["RAFP"] + 1))) == 40
