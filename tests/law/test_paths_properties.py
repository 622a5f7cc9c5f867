"""What must hold of every path: columns, seniority, silence, and the day announced."""

from collections import Counter
from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.explanation import explain
from iprof_kit.law.paths.families import open_from
from iprof_kit.law.paths.opening import CLOSED, DEPENDS, LATER, OPEN, read
from iprof_kit.law.paths.people import NEVER, UNKNOWN, People
from iprof_kit.law.paths.rows import facts_known, months_known, natures, paths
from iprof_kit.law.tables.cells import CELLS

CODES = [path.code for path in paths().values() if not path.attached_to]
DAY = axis_of(date(2026, 11, 25))
CORPS = ["", "pe", "instituteur", "certifie", "agrege", "peps", "plp", "cpe", "psyen", "chaire_sup"]
RANK = {CLOSED: 0, DEPENDS: 1, LATER: 1, OPEN: 2}
"""What may be open already is not behind what opens later."""
COUNT = 100


def crowd(seed, count=COUNT):
    """Return people drawn at random, each thing often unknown."""
    draw = np.random.default_rng(seed)

    def one_of(*choices):
        return draw.choice(np.array(choices, dtype=object), count)

    def days(most):
        return np.where(draw.random(count) < 0.2, UNKNOWN, draw.integers(0, most, count))

    def past(most=60 * 360):
        ago = days(most)
        return np.where(ago < 0, UNKNOWN, DAY - ago)

    def said():
        return draw.choice([UNKNOWN, 0, 1, 1], count)

    agrege = [UNKNOWN, *np.flatnonzero(CELLS.corps == "agrege")]
    tenure = np.where(draw.random(count) < 0.2, DAY + draw.integers(0, 800, count), past())
    return People(
        count=count,
        corps=one_of(*CORPS),
        cell=draw.choice(agrege, count),
        days_in_echelon=days(1200),
        born=past(),
        titularised=np.where(draw.random(count) < 0.1, NEVER, tenure),
        entered_corps=past(1000),
        diploma=draw.choice([UNKNOWN, 0, 5, 6, 7, 8], count),
        enrolled=one_of("", "aucune", "L3", "M1", "M2"),
        position=one_of("", "activite", "activite", "disponibilite"),
        pension_opens=np.where(draw.random(count) < 0.5, DAY + 3600, past(800)),
        services={name: days(12 * 360) for name in natures()},
        ongoing={name: draw.random(count) < 0.5 for name in natures()},
        facts={name: said() for name in facts_known()},
        children={"naissance": past(15 * 360)[:, None], "adoption": past(15 * 360)[:, None]},
        children_known=draw.random(count) < 0.5,
        months_taken={name: draw.choice([UNKNOWN, 0, 12, 200], count) for name in months_known()},
        last_end={name: past(2000) for name in months_known()},
    )


def taken(people, who):
    """Return some people of the columns, in the order asked."""

    def pick(value):
        if isinstance(value, dict):
            return {key: part[who] for key, part in value.items()}
        return value[who] if isinstance(value, np.ndarray) else value

    columns = {field.name: pick(getattr(people, field.name)) for field in fields(People)}
    return People(**columns | {"count": len(who)})


def ranks(code, people, day=DAY):
    return np.array([RANK[state] for state in open_from(code, people, day).state])


@settings(max_examples=5)
@given(st.integers(0, 10**6))
def test_one_row_equals_many_in_any_order(seed):
    people = crowd(seed)
    order = np.random.default_rng(seed).permutation(COUNT)
    for code in CODES:
        whole, turned = (open_from(code, who, DAY) for who in (people, taken(people, order)))
        alone = open_from(code, taken(people, [7]), DAY)
        for name in ("state", "opens", "first", "until", "since"):
            assert getattr(whole, name)[order].tolist() == getattr(turned, name).tolist(), code
            assert getattr(whole, name)[7] == getattr(alone, name)[0], code


def test_what_several_paths_ask_of_people_is_read_once_and_shown_in_each_explanation(monkeypatch):
    asked = Counter()

    def counted(condition, who, day):
        asked[condition.kind, condition.key, condition.value, condition.unit] += 1
        return read(condition, who, day)

    monkeypatch.setattr("iprof_kit.law.paths.opening.read", counted)
    people = crowd(0, 3)
    for code in CODES:
        open_from(code, people, DAY)
    once = {key: times for key, times in asked.items() if key[0] in ("corps", "diplome", "fait")}
    assert once
    assert set(once.values()) == {1}
    silent = asked.total()
    with explain():
        for code in CODES:
            open_from(code, people, DAY)
    assert asked.total() - silent > silent


@settings(max_examples=5)
@given(st.integers(0, 10**6), st.integers(1, 3000))
def test_more_seniority_never_closes_nor_delays(seed, more):
    people = crowd(seed)
    longer = {name: np.where(had < 0, had, had + more) for name, had in people.services.items()}
    richer = replace(people, services=longer)
    for code in CODES:
        before, after = open_from(code, people, DAY), open_from(code, richer, DAY)
        assert (ranks(code, richer) >= ranks(code, people)).all(), code
        assert (after.opens <= before.opens).all(), code


FORGET = {
    "corps": lambda p: np.full(p.count, "", dtype=object),
    "enrolled": lambda p: np.full(p.count, "", dtype=object),
    "position": lambda p: np.full(p.count, "", dtype=object),
    **{
        name: lambda p: p.unknown()
        for name in ("cell", "born", "titularised", "entered_corps", "diploma", "pension_opens")
    },
    "services": lambda p: {},
    "facts": lambda p: {},
    "months_taken": lambda p: {},
    "last_end": lambda p: {},
    "children": lambda p: {},
}


@settings(max_examples=3)
@given(st.integers(0, 10**6), st.sampled_from(sorted(FORGET)))
def test_silence_never_opens(seed, name):
    people = crowd(seed)
    if name == "children":
        people = replace(people, children_known=np.zeros(COUNT, dtype=bool))
    silent = replace(people, **{name: FORGET[name](people)})
    for code in CODES:
        opened = ranks(code, silent) == RANK[OPEN]
        assert (ranks(code, people)[opened] == RANK[OPEN]).all(), code


@settings(max_examples=5)
@given(st.integers(0, 10**6))
def test_the_day_announced_is_the_day_it_opens(seed):
    people = crowd(seed)
    for code in CODES:
        found = open_from(code, people, DAY)
        for person in np.flatnonzero(found.state == LATER)[:3]:
            wait = int(found.opens[person]) - DAY
            one = taken(people, [person])
            aged = {
                name: had + wait * (one.ongoing[name] & (had >= 0))
                for name, had in one.services.items()
            }
            held = one.days_in_echelon
            then = replace(one, services=aged, days_in_echelon=np.where(held < 0, -1, held + wait))
            assert open_from(code, then, DAY + wait).state[0] == OPEN, code


def test_nobody_who_said_nothing_is_told_that_a_path_is_open():
    blank, nothing = np.full(1, "", dtype=object), np.full(1, UNKNOWN)
    nobody = People(
        count=1,
        corps=blank,
        cell=nothing,
        days_in_echelon=nothing,
        born=nothing,
        titularised=nothing,
        entered_corps=nothing,
        diploma=nothing,
        enrolled=blank,
        position=blank,
        pension_opens=nothing,
    )
    states = {code: open_from(code, nobody, DAY).state[0] for code in CODES}
    assert {code for code, state in states.items() if state != DEPENDS} == {"2CA_SH"}


def test_an_unknown_path_lists_the_known_ones():
    with pytest.raises(InputError) as error:
        open_from("AILLEURS", crowd(0), DAY)
    assert "RUPTURE_CONV" in error.value.remedy


def test_a_row_that_completes_a_path_says_which():
    with pytest.raises(LawError) as error:
        open_from("ISRC_PLAFOND", crowd(0), DAY)
    assert "RUPTURE_CONV" in error.value.remedy
