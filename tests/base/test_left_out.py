"""What others would import for nothing is left out while they are imported, and no longer."""

import importlib
import subprocess
import sys

import pytest

from iprof_kit.base.left_out import left_out


def test_a_library_is_left_out_of_a_block_and_imported_afterwards(tmp_path, monkeypatch):
    (tmp_path / "found_by_others.py").write_text("HERE = True\n")
    monkeypatch.syspath_prepend(tmp_path)
    with left_out("found_by_others"), pytest.raises(ImportError):
        importlib.import_module("found_by_others")
    assert importlib.import_module("found_by_others").HERE
    with left_out("found_by_others"):
        assert importlib.import_module("found_by_others").HERE
    assert sys.modules.pop("found_by_others").HERE


@pytest.mark.parametrize(
    "code",
    ["import iprof_kit.law.tables.marks",
     "from iprof_kit.cv.outputs import json_resume; json_resume._validator()"],
)  # fmt: skip
def test_checking_a_file_against_its_schema_compiles_no_grammar_of_addresses(code):
    told = "import sys; print('jsonschema' in sys.modules, 'rfc3987_syntax' in sys.modules)"
    command = [sys.executable, "-c", f"{code}\n{told}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
