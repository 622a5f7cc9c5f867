"""A séance goes into an address or a file and comes back the same; an altered one is refused."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.atelier.seance import (
    LONGEST_ADDRESS,
    Seance,
    exported,
    imported,
    packed,
    unpacked,
)
from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.calculate.et_si.question import Evenement, ScenarioEtSi

CLAIRE = Seance.of(personas()["claire_vasseur"])
DAYS = st.dates(date(2026, 9, 1), date(2045, 12, 1))
EVENTS = st.one_of(
    st.builds(lambda day: Evenement(nature="hors_classe", debut=day), DAYS),
    st.builds(lambda day, q: Evenement(nature="temps_partiel", debut=day, quotite=q), DAYS,
              st.sampled_from([50, 80, 100])),
    st.builds(lambda day: Evenement(nature="retraite", debut=day), DAYS),
    st.builds(lambda day, z: Evenement(nature="mutation", debut=day, zone=z), DAYS,
              st.integers(1, 3)),
)  # fmt: skip
SCENARIOS = st.builds(
    lambda name, events: ScenarioEtSi(nom=name, evenements=tuple(events)),
    st.text(min_size=1, max_size=40),
    st.lists(EVENTS, max_size=4),
)
SEANCES = st.builds(
    lambda who, scenarios, day, horizon: Seance(
        persona=who, jour=day, horizon=horizon, compares=("A", "A"), scenarios=tuple(scenarios)
    ),
    st.sampled_from([*personas().values()]),
    st.lists(SCENARIOS, min_size=1, max_size=4),
    DAYS,
    st.integers(2027, 2060),
)


def altered(change):
    content = json.loads(exported(CLAIRE, results()))
    change(content)
    return json.dumps(content).encode()


def results():
    return answer(CLAIRE.persona.question(CLAIRE.scenarios, CLAIRE.jour))


def refused(content):
    with pytest.raises(InputError) as error:
        imported(content)
    return error.value.message


@settings(max_examples=80, deadline=None)
@given(SEANCES)
def test_an_address_gives_the_same_board_back(seance):
    letters = packed(seance)
    assert len(letters) <= LONGEST_ADDRESS
    assert not letters or unpacked(letters) == seance


@settings(max_examples=40, deadline=None)
@given(SEANCES)
def test_a_file_gives_the_same_board_and_the_same_results_back(seance):
    claire = CLAIRE.model_copy(update={"scenarios": seance.scenarios, "compares": ("A", "A")})
    lived = answer(claire.persona.question(claire.scenarios, claire.jour))
    reopened = imported(exported(claire, lived))
    assert reopened.seance == claire
    assert reopened.changed(lived) == ()


def test_a_persona_of_a_trainer_travels_with_her_file():
    own = CLAIRE.persona.model_copy(update={"id": "a_moi", "prenom": "Zoé"})
    seance = Seance.of(own)
    assert unpacked(packed(seance)).persona == own
    lived = answer(own.question(seance.scenarios, seance.jour))
    assert imported(exported(seance, lived)).seance.persona == own


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["seance"].update(horizon=2040),
        lambda c: c["resultats"]["A"].update(cumul_net=1.0),
        lambda c: c.update(regles="0" * 16),
        lambda c: c.pop("kit"),
        lambda c: c.pop("empreinte"),
    ],
)
def test_a_file_that_was_altered_is_refused_and_nothing_changes(change):
    message = refused(altered(change))
    assert "modifié depuis son enregistrement" in message
    assert "Rien n’a changé" in message


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b'{"format": 1}', b"\xff\xfe", b"[" * 100_000, b'"x"', b"null"]
)
def test_what_is_no_seance_is_refused(content):
    assert "Rien n’a changé" in refused(content)


def test_a_file_too_large_is_refused_unread():
    assert "dépasse 1\u00a0Mo" in refused(b" " * 1_000_001)
    assert "dépasse 1\u00a0Mo" in refused(None)


def test_another_format_is_named():
    message = refused(altered(lambda c: c.update(format="iprof-atelier-9")))
    assert "iprof-atelier-9" in message


def test_results_that_the_rules_of_today_do_not_give_are_told_by_letter():
    lived = results()
    reopened = imported(exported(CLAIRE, lived))
    one = lived.scenarios[1].model_copy(update={"cumul_net": 0.0})
    other = lived.model_copy(
        update={"scenarios": (lived.scenarios[0], one, *lived.scenarios[2:])}
    )  # fmt: skip
    assert reopened.changed(other) == ("B",)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300) | st.binary(max_size=200).map(lambda b: b.hex()))
def test_any_letters_are_a_board_or_refused(letters):
    with pytest.raises(InputError, match="adresse"):
        unpacked(letters)


def test_letters_that_unpack_to_too_much_are_refused():
    import base64
    import zlib

    bomb = base64.urlsafe_b64encode(zlib.compress(b" " * 50_000_000)).decode()
    with pytest.raises(InputError):
        unpacked(bomb)
