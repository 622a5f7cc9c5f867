"""What a program counts on: today's shapes beside those of the last release (docs/promise.md)."""

import importlib.util
from pathlib import Path

import pytest
from pydantic import Field

from iprof_kit.base.plain import Plain
from iprof_kit.base.version import Former, __version__, formerly

TOOL = Path(__file__).resolve().parents[2] / "tools" / "kept_shapes.py"


@pytest.fixture(scope="module")
def shapes():
    spec = importlib.util.spec_from_file_location("kept_shapes", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def now(shapes):
    return shapes.today()


def test_nothing_that_the_last_release_promised_is_broken(shapes, now):
    lines = shapes.broken(shapes.kept_of(shapes.last_release()), now, __version__)
    assert not lines, "\n".join([*lines, shapes.REMEDY])


def test_no_deprecated_name_outlives_its_version(shapes, now):
    assert not shapes.past_due(now, __version__)


def test_every_kind_of_shape_is_kept(shapes, now):
    kept = shapes.kept_of(shapes.last_release())
    assert set(now) >= set(kept) >= {"commandes", "python", "erreurs", "http", "fichiers"}
    assert kept["sujets/pay"]["given"]["zone"] == {
        "required": True, "type": ["integer"], "minimum": 1, "maximum": 3,
    }  # fmt: skip
    assert "calculate --errors" in kept["commandes"]["given"]
    assert kept["python"]["given"]["iprof_kit.project"] == {"gone_in": "1.0"}
    assert kept["python"]["given"]["iprof_kit.promouvables(year)"] == {"gone_in": "1.0"}


class Wish(Plain):
    """What is asked for."""

    code: str


class Asked(Plain):
    """A question of before."""

    grade: str | None = None
    effectif: int = Field(ge=1, le=10)
    wishes: tuple[Wish, ...] = ()


class Renamed(Asked):
    """The same, a field renamed and the former one kept until its version."""

    grade: str | None = Field(
        default=None, deprecated="grade_detenu", json_schema_extra={"disparait": "1.0"}
    )
    grade_detenu: str | None = None


class Wider(Asked):
    """The same, with more."""

    effectif: float = Field(ge=0, le=20)
    wishes: tuple[Wish, ...] | None = None
    autre: str = ""


class Stricter(Asked):
    """The same, a field more to give."""

    motif: str


def compared(shapes, before, after, *, side="given", released="0.10"):
    kept, now = ({"sujet": {side: shape}} for shape in (before, after))
    return shapes.broken(kept, now, released)


def asked(shapes, model):
    return shapes.flat(model.model_json_schema())


@pytest.mark.parametrize("model", [Asked, Renamed, Wider])
def test_an_addition_and_a_renaming_that_keeps_the_former_name_are_green(shapes, model):
    assert not compared(shapes, asked(shapes, Asked), asked(shapes, model))


def test_a_new_required_field_is_red_unless_it_stands_in_what_is_new(shapes):
    (line,) = compared(shapes, asked(shapes, Asked), asked(shapes, Stricter))
    assert line == "sujet, given, « motif »: is new and required: give it a default."
    without = {path: leaf for path, leaf in asked(shapes, Asked).items() if "wishes" not in path}
    assert not compared(shapes, without, asked(shapes, Asked))


def test_a_field_of_a_list_that_is_gone_is_red(shapes):
    before = asked(shapes, Asked)
    after = {path: leaf for path, leaf in before.items() if path != "wishes[].code"}
    assert compared(shapes, before, after) == ["sujet, given, « wishes[].code »: is gone."]


@pytest.mark.parametrize(("released", "red"), [("0.11", True), ("1.0", False), ("1.1.2", False)])
def test_a_deprecated_name_is_removed_once_its_version_has_come(shapes, released, red):
    before = asked(shapes, Renamed)
    after = {path: leaf for path, leaf in before.items() if path != "grade"}
    assert bool(compared(shapes, before, after, released=released)) is red
    assert bool(shapes.past_due({"sujet": {"given": before}}, released)) is not red


@pytest.mark.parametrize(
    ("side", "before", "after", "why"),
    [
        ("given", {"type": ["integer", "null"]}, {"type": ["integer"]}, "null is no longer taken"),
        ("given", {"type": ["number"]}, {"type": ["integer"]}, "number is no longer taken"),
        ("given", {"enum": ["a", "b"]}, {"enum": ["a"]}, "no longer takes b"),
        ("given", {}, {"enum": ["a"]}, "not on its new list"),
        ("given", {"maximum": 10}, {"maximum": 9}, "its maximum was 10, and is 9"),
        ("given", {}, {"minLength": 1}, "its minLength was none, and is 1"),
        ("given", {}, {"pattern": "x"}, "its pattern was none, and is x"),
        ("given", {}, {"required": True}, "was optional and is required"),
        ("given", {"type": ["rank 1"]}, {"type": ["rank 2"]}, "rank 1 is no longer taken"),
        ("answered", {"type": ["integer"]}, {"type": ["integer", "null"]}, "null may now come"),
        ("answered", {"type": ["integer"]}, {"type": ["number"]}, "number may now come"),
        ("answered", {"type": ["integer"]}, {}, "may now be of any type"),
        ("answered", {"enum": ["a", "b"]}, {"enum": ["a", "c"]}, "no longer answers b"),
        ("answered", {"required": True}, {}, "may be missing"),
    ],
)
def test_what_is_worse_for_who_counts_on_it_is_red(shapes, side, before, after, why):
    (line,) = compared(shapes, {"x": before}, {"x": after}, side=side)
    assert why in line


@pytest.mark.parametrize(
    ("side", "before", "after"),
    [
        ("given", {"type": ["integer"]}, {"type": ["number", "null"]}),
        ("given", {"type": ["date"]}, {"type": ["string"]}),
        ("given", {"enum": ["a"]}, {"enum": ["a", "b"]}),
        ("given", {"enum": ["a"], "required": True}, {}),
        ("given", {"minimum": 1, "maximum": 9}, {"minimum": 0, "maximum": 9}),
        ("answered", {"type": ["integer", "null"]}, {"type": ["integer"]}),
        ("answered", {"enum": ["a"]}, {"enum": ["a", "b"]}),
        ("answered", {}, {"required": True}),
    ],
)
def test_what_takes_more_or_says_no_less_is_green(shapes, side, before, after):
    assert not compared(shapes, {"x": before}, {"x": after}, side=side)


def test_the_tenth_minor_version_comes_after_the_ninth(shapes):
    assert shapes.number_of("0.9.1") < shapes.number_of("0.10") < shapes.number_of("1.0")


def test_a_parameter_by_its_former_name_warns_with_the_version_that_drops_it():
    @formerly("year", Former("annee", gone_in="1.0"))
    def campaign(annee):
        return annee

    assert campaign(2027) == campaign(annee=2027) == 2027
    with pytest.warns(DeprecationWarning, match=r"year.*annee.*1\.0") as warned:
        assert campaign(year=2027) == 2027
    assert warned[0].filename == __file__
