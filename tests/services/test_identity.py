from pathlib import Path

import pytest
import yaml

from iprof_kit.base.errors import InputError
from iprof_kit.services.access.identity import ACCOUNT_NAME, account_name, free_account_name

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases_account_names.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['prenom']} {case['nom']}")
def test_an_account_is_first_initial_and_surname(case):
    assert account_name(case["prenom"], case["nom"]) == case["compte"]


def test_homonyms_are_numbered_from_two():
    taken = set()
    for expected in ("jdupont", "jdupont2", "jdupont3"):
        assert free_account_name("Jean", "Dupont", taken) == expected
        taken.add(expected)


@pytest.mark.parametrize(
    ("prenom", "nom"), [("", "Dupont"), ("Jean", ""), ("明", "李"), ("-", "'")]
)
def test_a_name_that_leaves_no_letter_is_refused(prenom, nom):
    with pytest.raises(InputError):
        account_name(prenom, nom)


def test_an_endless_name_still_gives_a_valid_account():
    assert ACCOUNT_NAME.fullmatch(account_name("Jean", "x" * 500))
