"""A CV exported and imported again is the same CV, whatever is in it."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from strategies import cvs

from iprof_kit.cv.inputs import read
from iprof_kit.cv.model import Cv
from iprof_kit.cv.outputs import json_resume, own

TODAY = date(2026, 11, 25)


@given(cv=cvs())
@settings(max_examples=60)
def test_the_import_of_our_export_is_the_same_cv(cv):
    preview = read(own.dump(cv), Cv(), TODAY)
    assert preview.cv_propose == cv
    assert preview.inconnus == ()


@given(cv=cvs())
@settings(max_examples=60)
def test_the_import_of_a_json_resume_export_is_the_same_cv(cv):
    preview = read(json_resume.dump(cv), Cv(), TODAY)
    assert preview.cv_propose == cv
    assert preview.inconnus == ()


@given(cv=cvs())
@settings(max_examples=30)
def test_importing_again_what_is_there_changes_nothing(cv):
    for dump in (own.dump, json_resume.dump):
        preview = read(dump(cv), cv, TODAY)
        assert preview.cv_propose == cv
        assert preview.changements == ()


@given(cv=cvs())
@settings(max_examples=60)
def test_every_export_follows_the_published_schema(cv):
    json_resume.validate(json.loads(json_resume.dump(cv)))


@pytest.mark.soak
@pytest.mark.timeout(3600)  # cut in the middle of a draw, Hypothesis calls it inconsistent
@given(cv=cvs(most=6))
@settings(max_examples=1_000)
def test_large_cvs_go_round_too(cv):
    assert read(own.dump(cv), Cv(), TODAY).cv_propose == cv
    assert read(json_resume.dump(cv), Cv(), TODAY).cv_propose == cv
