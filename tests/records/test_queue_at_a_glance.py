"""The queue of a service at a glance: its waits by day, who holds what, six filters."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from iprof_kit.base.errors import InputError
from iprof_kit.services.contract.bureau.fils import LireBureau

DAY = timedelta(days=1)
PE, CERTIFIES = ("06", None, "pe"), ("06", None, "certifie")
SECOND = "Service du second degré"


@pytest.fixture
def waiting(manager, written, teachers, now):
    """A desk whose people have written on three days; the last two are of one school."""
    desk = manager("gmorel", PE)
    names = [written(f"cle-file-{n}", now + n * 3 * DAY) for n in range(3)]
    return desk, names


def listed(desk, moment, **asked):
    return [one.id for one in desk("bureau", moment, **asked).fils]


def test_p17_waits_are_counted_day_by_day_up_to_the_oldest(waiting, now):
    desk, _ = waiting
    read = desk("bureau", now + 8 * DAY)
    assert read.attentes == [0, 0, 1, 0, 0, 1, 0, 0, 1]
    assert sum(read.attentes) == read.en_attente
    assert desk("bureau", now + 30 * DAY).equipe.vous.depasses == 3


@pytest.mark.parametrize("name", ["echelon", "grade", "departement", "ecole"])
def test_p17_each_value_offered_lists_as_many_threads_as_it_says(waiting, now, name):
    desk, names = waiting
    offered = desk("bureau", now + 8 * DAY).filtres[name]
    assert sum(offered.values()) == len(names)
    for value, count in offered.items():
        assert len(listed(desk, now + 8 * DAY, **{name: value})) == count
    assert listed(desk, now + 8 * DAY, **{name: "aucune de ce nom"}) == []


def test_p17_an_answer_is_due_at_the_end_of_the_delay_or_on_the_day_that_was_announced(
    waiting, now
):
    desk, names = waiting
    moment = now + 12 * DAY
    delay = desk("bureau", moment).delai_jours
    late = [one.id for one in desk("bureau", moment).fils if one.jours > delay]
    assert late
    assert listed(desk, moment, echeance="passee") == late
    promised = (moment + 20 * DAY).date()
    desk("bureau_agir", moment, id=late[0], acte="attendre", texte="Nous cherchons.",
         avant=promised, vus=1, cle="cle-annonce")  # fmt: skip
    assert late[0] not in listed(desk, moment, echeance="passee")
    assert late[0] not in listed(desk, moment, echeance="15")
    assert set(listed(desk, moment, echeance="15")) == set(names) - {late[0]}


def test_p17_what_an_absence_leaves_is_told_apart_and_only_until_it_ends(waiting, manager, now):
    desk, names = waiting
    other = manager("groche", CERTIFIES, service=SECOND)
    moment = now + 8 * DAY
    today = moment.date()
    assert other("bureau", moment).equipe.reprises == []
    said = desk("bureau_absence", moment, du=today, au=today + 3 * DAY, suppleant="groche",
                cle="cle-absence")  # fmt: skip
    assert said.erreurs == []
    [taken] = other("bureau", moment).equipe.reprises
    assert (taken.nombre, taken.au) == (len(names), today + 3 * DAY)
    assert listed(other, moment, chez="absence") == names
    assert listed(other, moment, chez="vous") == []
    assert other("bureau", moment + 4 * DAY).equipe.reprises == []
    assert listed(other, moment + 4 * DAY) == []


def test_p17_the_rest_of_the_service_is_one_number_and_its_absences_have_their_dates(
    waiting, manager, now
):
    desk, names = waiting
    service = desk("bureau", now).service
    colleague = manager("groche", CERTIFIES, service=service)
    rest = colleague("bureau", now + 8 * DAY)
    assert rest.equipe.reste.nombre == len(names)
    assert (rest.fils, rest.equipe.remplacees) == ([], [])
    stranger = manager("gailleurs", ("10",), service="Division de Lyon")
    assert stranger("bureau", now + 8 * DAY).equipe.reste is None
    today = (now + 8 * DAY).date()
    desk("bureau_absence", now + 8 * DAY, du=today + DAY, au=today + 2 * DAY, suppleant="groche",
         cle="cle-plus-tard")  # fmt: skip
    [away] = colleague("bureau", now + 8 * DAY).equipe.remplacees
    assert (away.du, away.au, "groche" in away.par) == (today + DAY, today + 2 * DAY, True)


@pytest.mark.parametrize("asked", [{"echeance": "90"}, {"chez": "groche"}, {"ecole": "x" * 61}])
def test_p17_what_no_filter_offers_is_refused(waiting, now, asked):
    desk, _ = waiting
    with pytest.raises(ValidationError):
        LireBureau.model_validate(asked)
    with pytest.raises(InputError):
        desk("bureau", now, **asked)
