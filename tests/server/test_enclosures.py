"""What a kernel gets of its own beside its process, and gives back with it."""

from __future__ import annotations

import asyncio

import pytest

from iprof_kit.base.errors import Unavailable
from iprof_kit.kernel.world import SCRATCH, USER, trial
from iprof_kit.kernel.world.trial import Trial
from iprof_kit.kernel.world.users import Users
from iprof_kit.server.kernels import enclosures
from iprof_kit.server.kernels.enclosures import Enclosures


class Groups:
    """Control groups in which what was ended takes a moment to go."""

    def __init__(self):
        self.said = []
        self.inhabited = 2

    def enclose(self, name, pid):
        self.said.append(("enclose", name, pid))

    def end(self, name):
        self.said.append(("end", name))

    def forget(self, name):
        self.inhabited -= 1
        self.said.append(("forget", name))
        return self.inhabited < 0


def machine(monkeypatch, found, *, root=False):
    monkeypatch.setattr(enclosures, "trial", lambda: found)
    monkeypatch.setattr(trial, "trial", lambda: found)
    monkeypatch.setattr(enclosures.os, "geteuid", lambda: 0 if root else 1000)


def test_where_the_server_is_root_each_kernel_is_lent_a_user(monkeypatch, tmp_path):
    machine(monkeypatch, Trial(made=True), root=True)
    made = Enclosures.of_this_machine(tmp_path, 2, None)
    one, two = made.open("one"), made.open("two")
    assert one != two
    assert made.words(one) == {SCRATCH: str(tmp_path), USER: str(one)}
    assert trial.missing_world() == []


def test_a_plain_account_has_a_world_and_stays_itself(monkeypatch, tmp_path):
    machine(monkeypatch, Trial(made=True))
    made = Enclosures.of_this_machine(tmp_path, 2, None)
    assert made.open("one") is None
    assert made.words(None) == {SCRATCH: str(tmp_path)}


def test_where_no_world_can_be_made_it_is_said(monkeypatch, tmp_path):
    machine(monkeypatch, Trial(made=False), root=True)
    made = Enclosures.of_this_machine(tmp_path, 2, None)
    assert made.open("one") is None
    assert made.words(None) == {}
    [said] = trial.missing_world()
    assert "reste root" in said


def test_a_place_that_sessions_could_not_read_stops_the_start_with_its_name(monkeypatch):
    machine(monkeypatch, Trial(made=True, unreadable="/srv/kit/grilles.csv"), root=True)
    with pytest.raises(Unavailable, match=r"/srv/kit/grilles\.csv"):
        trial.refuse_unreadable()
    machine(monkeypatch, Trial(made=True), root=True)
    trial.refuse_unreadable()


def test_what_a_kernel_had_is_given_back_once_all_of_it_has_gone():
    groups, users = Groups(), Users(1)
    made = Enclosures(users=users, groups=groups, pause=0)
    user = made.open("one")
    made.bound("one", 42)
    with pytest.raises(OSError, match="taken"):
        made.open("two")
    asyncio.run(made.close("one"))
    forgotten = [("forget", "one")] * 3
    assert groups.said == [("enclose", "one", 42), ("end", "one"), *forgotten]
    assert made.open("two") == user
    asyncio.run(made.close("never opened"))
