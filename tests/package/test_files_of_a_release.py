"""Files that a release left with people: each later version opens them (docs/promise.md)."""

import json
from datetime import date

import pytest

from iprof_kit.base.paths import ROOT
from iprof_kit.calculate.atelier.seance import imported
from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.cv.inputs import own_only
from iprof_kit.cv.outputs import own
from iprof_kit.ui.agenda.calendar_file import uid_of

DATA = ROOT / "tests" / "data"
RELEASES = sorted(folder.name for folder in DATA.iterdir())


def lost(before, after, path=""):
    """Give the paths whose value of before is not there any more; what came since is no loss."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            yield from lost(value, after.get(key, "absent"), f"{path}.{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for rank, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from lost(one, other, f"{path}[{rank}]")
    elif before != after:
        yield path


@pytest.mark.parametrize(
    ("after", "paths"),
    [
        ({"a": [{"b": 1, "c": 2}]}, []),
        ({"a": [{"c": 1}]}, [".a[0].b"]),
        ({"a": []}, [".a"]),
        ({"a": [{"b": 2}]}, [".a[0].b"]),
    ],
)
def test_what_a_later_version_would_lose_is_seen(after, paths):
    assert list(lost({"a": [{"b": 1}]}, after)) == paths


@pytest.mark.parametrize("release", RELEASES)
def test_a_cv_of_a_release_is_read_whole(release):
    content = (DATA / release / "cv.json").read_bytes()
    read = own_only(content, "cv.json")
    assert not read.faits.inconnus
    kept, again = json.loads(content), json.loads(own.dump(read))
    later = {"schema_version", "faits.schema_version"}
    assert {path.lstrip(".") for path in lost(kept, again)} <= later


@pytest.mark.parametrize("release", RELEASES)
def test_a_training_session_of_a_release_opens_and_is_answered(release):
    content = (DATA / release / "seance.json").read_bytes()
    opened = imported(content)
    assert (opened.kit, opened.made) == (
        release,
        date.fromisoformat(json.loads(content)["fait_le"]),
    )
    seance = opened.seance
    assert [one.nom for one in seance.scenarios] == [
        one["nom"] for one in json.loads(content)["seance"]["scenarios"]
    ]
    assert opened.results.keys() == {"A", "B", "C", "D"}
    given = answer(seance.persona.question(seance.scenarios, seance.jour))
    assert len(given.scenarios) == len(seance.scenarios)


def test_an_event_keeps_its_identity_so_that_a_new_calendar_replaces_the_old_one():
    # written by 0.9.0; another one would double each date in the calendars of those who took one
    assert uid_of("D1", "echelon.8") == "aa892b73-5ee9-5d4d-8204-e45a64206859@iprof-kit.invalid"
