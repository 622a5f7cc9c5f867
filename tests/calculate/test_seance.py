"""A séance goes into an address or a file and comes back the same; an altered one is refused."""

import base64
import json
import zlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.atelier import seance as seances
from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.atelier.results import Change, digest_of
from iprof_kit.calculate.atelier.seance import (
    LONGEST_ADDRESS,
    Seance,
    exported,
    imported,
    packed,
    reopened,
    unpacked,
)
from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.calculate.et_si.question import Evenement, ScenarioEtSi

CLAIRE = Seance.of(personas()["claire_vasseur"])
DAY = date(2026, 11, 28)
EARLIER = Path(__file__).parent / "links_of_earlier_versions"
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
    content = json.loads(exported(CLAIRE, results(), DAY))
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
    reopened = imported(exported(claire, lived, DAY))
    assert reopened.seance == claire
    assert reopened.changed(lived) == ()


def test_a_persona_of_a_trainer_travels_with_her_file():
    own = CLAIRE.persona.model_copy(update={"id": "a_moi", "prenom": "Zoé"})
    seance = Seance.of(own)
    assert unpacked(packed(seance)).persona == own
    lived = answer(own.question(seance.scenarios, seance.jour))
    assert imported(exported(seance, lived, DAY)).seance.persona == own


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


def otherwise(lived, **change):
    """What the engine answered, the second scenario with something else."""
    one = lived.scenarios[1].model_copy(update=change)
    return lived.model_copy(update={"scenarios": (lived.scenarios[0], one, *lived.scenarios[2:])})


@pytest.mark.parametrize("kept", ["link", "file"])
def test_what_the_rules_of_today_answer_otherwise_is_told_by_letter_with_both_amounts(kept):
    lived = results()
    again = imported(exported(CLAIRE, lived, DAY)) if kept == "file" else reopened(linked(lived))
    assert again.made == DAY
    assert again.changed(lived) == ()
    before = lived.scenarios[1].cumul_net
    assert again.changed(otherwise(lived, cumul_net=5.0)) == (Change("B", before, 5.0),)
    pieces = lived.scenarios[1].tranches[:-1]
    assert again.changed(otherwise(lived, tranches=pieces)) == (Change("B", before, before),)


def linked(lived=None, day=DAY):
    return packed(CLAIRE, lived or results(), day)


def test_one_letter_changed_of_a_link_is_told_and_nothing_opens():
    letters = linked()
    for place in range(2, len(letters), 7):
        other = "A" if letters[place] != "A" else "B"
        with pytest.raises(InputError, match=r"modifié|coupé"):
            reopened(letters[:place] + other + letters[place + 1 :])
    with pytest.raises(InputError, match="modifié ou coupé"):
        reopened(letters[:-3])


def test_a_link_of_a_later_version_is_named():
    with pytest.raises(InputError, match="format 3, que ce kit ne lit pas") as error:
        reopened(f"3.{linked()[2:]}")
    assert "plus récente" in error.value.remedy


def test_a_persona_that_the_kit_no_longer_has_or_has_written_anew_is_told(monkeypatch):
    letters, kit = linked(), personas()
    anew = {**kit, "claire_vasseur": CLAIRE.persona.model_copy(update={"enfants": 3})}
    monkeypatch.setattr(seances, "personas", lambda: anew)
    assert reopened(letters).persona_changed
    monkeypatch.setattr(seances, "personas", dict)
    with pytest.raises(InputError, match=r"claire_vasseur.*une persona que ce kit n’a pas"):
        reopened(letters)


@pytest.mark.parametrize("file", sorted(EARLIER.glob("*")), ids=lambda one: one.name)
def test_a_link_or_a_file_of_an_earlier_version_opens(file):
    content = file.read_bytes()
    again = imported(content) if file.suffix == ".json" else reopened(content.decode().strip())
    assert again.made is None
    assert bool(again.results) == (file.suffix == ".json")
    assert EARLIER_BOARDS[file.stem] == (
        again.seance.persona.prenom,
        again.seance.jour,
        again.seance.compares,
        len(again.seance.scenarios),
    )


EARLIER_BOARDS = {
    "version_1_claire_vasseur": ("Claire", date(2026, 8, 31), ("A", "B"), 4),
    "version_1_hugo_lambert_un_autre_jour": ("Hugo", date(2026, 10, 1), ("A", "B"), 3),
    "version_1_nadia_perrin_du_droit_de_2020": ("Nadia", date(2026, 8, 31), ("A", "C"), 3),
    "version_1_une_persona_a_soi": ("Zoé", date(2026, 8, 31), ("A", "B"), 3),
}


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300) | st.binary(max_size=200).map(lambda b: b.hex()))
def test_any_letters_are_a_board_or_refused(letters):
    with pytest.raises(InputError):
        unpacked(letters)


@pytest.mark.parametrize(
    "change",
    [
        {"e": {"A": ["NaN", "x"]}}, {"e": {"A": [1e999, "x"]}}, {"e": {"A": []}}, {"e": [1]},
        {"d": "hier"}, {"s": {}}, {"s": {"persona": ["x"]}}, {"k": None, "s": None},
    ],
)  # fmt: skip
def test_letters_that_somebody_wrote_with_a_right_sum_are_still_checked(change):
    content = json.loads(zlib.decompress(base64.urlsafe_b64decode(linked().split(".")[1] + "==")))
    pressed = base64.urlsafe_b64encode(zlib.compress(json.dumps(content | change).encode()))
    letters = f"2.{pressed.decode().rstrip('=')}"
    with pytest.raises(InputError, match="n’est pas celle d’une séance"):
        reopened(f"{letters}.{seances.check_sum(letters)}")


@pytest.mark.parametrize("many", [
    {"services": [{"debut": "1990-01-01", "fin": "1990-06-30"}] * 41},
    {"regles": ["x"] * 13}, {"phrases": [{"texte": "{ecart}"}] * 13},
])  # fmt: skip
def test_a_persona_larger_than_her_file_may_be_is_refused_in_a_seance_too(many):
    content = json.loads(exported(CLAIRE, results(), DAY))
    content["seance"]["persona"] |= many
    content.pop("empreinte")
    content["empreinte"] = digest_of(content)
    assert "n’est pas une séance" in refused(json.dumps(content).encode())


def test_letters_that_unpack_to_too_much_are_refused():
    bomb = base64.urlsafe_b64encode(zlib.compress(b" " * 50_000_000)).decode()
    with pytest.raises(InputError):
        unpacked(bomb)
