"""The filter grants what the table of `docs/security.md` says, and nothing else."""

from __future__ import annotations

import errno
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from iprof_kit.base.paths import ROOT

if sys.platform != "linux" or platform.machine() != "x86_64":
    pytest.skip("the filter is read for x86-64 on Linux", allow_module_level=True)

import pyseccomp

from iprof_kit.kernel.walls import ORDINARY, SESSION, calls, missing, missing_walls
from iprof_kit.kernel.walls.refused import REFUSED

from .filter_machine import verdict

EVERY_SCREEN = Path(__file__).with_name("every_screen.py")
KINDS = pytest.mark.parametrize("granted", [SESSION, ORDINARY], ids=["session", "ordinary"])
LAST = 1 << 10
I386, X32 = 0x40000003, 0x40000000
FOUR_GIB = 1 << 32
"""What the kernel does not read of an `int`."""


def number(name):
    return pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)


def names_of(granted):
    return {name for grant in granted for name in grant.names}


def arguments_of(checks):
    """Arguments that pass the checks."""
    given = [0] * 6
    for check in checks:
        given[check.argument] = check.value
    return given


@KINDS
def test_every_number_is_refused_unless_its_name_is_granted(granted):
    programs, allowed = calls.programs(granted), set(map(number, names_of(granted)))
    known = {number(name) for group in REFUSED.values() for name in group} - allowed
    for one in range(LAST):
        said = verdict(programs, one)
        if one in known:
            assert said == errno.EPERM, one
        elif one not in allowed:
            assert said == errno.ENOSYS, one


@KINDS
def test_what_is_granted_is_granted_with_its_arguments(granted):
    programs = calls.programs(granted)
    for grant in granted:
        for name in filter(calls.exists, grant.names):
            for checks in grant.when or ((),):
                assert verdict(programs, number(name), arguments_of(checks)) == 0, name


def passes(granted, name, arguments):
    """Whether the table grants a call, in its own terms."""
    return any(
        all(arguments[check.argument] & check.mask == check.value for check in checks)
        for grant in granted
        if name in grant.names
        for checks in grant.when or ((),)
    )


@KINDS
def test_other_arguments_are_refused(granted):
    programs = calls.programs(granted)
    conditional = {name for grant in granted if grant.when for name in grant.names}
    values = (*range(64), *(1 << bit for bit in range(64)), 0x5401, 0x5412, 0x5452, 1030, 0x3D0F00)
    refused = set()
    for name in filter(calls.exists, conditional):
        for place in range(6):
            for value in values:
                arguments = [value if at == place else 0 for at in range(6)]
                wanted = 0 if passes(granted, name, arguments) else errno.EPERM
                assert verdict(programs, number(name), arguments) == wanted, (name, arguments)
                refused |= {name} if wanted else set()
    assert refused == set(filter(calls.exists, conditional))


@KINDS
@pytest.mark.parametrize("architecture", [I386, 0xC00000B7], ids=["i386", "aarch64"])
def test_calls_of_another_architecture_are_refused(granted, architecture):
    for one in range(LAST):
        said = verdict(calls.programs(granted), one, architecture=architecture)
        assert said == errno.ENOSYS, one


@KINDS
def test_calls_of_x32_are_refused(granted):
    for one in range(LAST):
        assert verdict(calls.programs(granted), X32 | one) == errno.ENOSYS, one


@KINDS
def test_clone_makes_threads_only(granted):
    programs, clone = calls.programs(granted), number("clone")
    thread = 0x3D0F00
    assert verdict(programs, clone, [thread]) == 0
    for space in (1 << 7, *(1 << bit for bit in (17, 25, 26, 27, 28, 29, 30))):
        assert verdict(programs, clone, [thread | space]) == errno.EPERM, hex(space)
    assert verdict(programs, clone, [17]) == errno.EPERM  # fork
    assert verdict(programs, clone, [thread | 17]) == errno.EPERM
    assert verdict(programs, number("clone3"), [1, 88]) == errno.ENOSYS


@KINDS
def test_the_half_of_an_argument_that_is_not_read_opens_nothing(granted):
    programs = calls.programs(granted)
    setown, steal = [0, FOUR_GIB | 8, 1], [0, FOUR_GIB | 0x5412]
    assert verdict(programs, number("fcntl"), setown) == errno.EPERM
    assert verdict(programs, number("ioctl"), steal) == errno.EPERM
    assert verdict(programs, number("prlimit64"), [0, 7, FOUR_GIB]) == errno.EPERM


def test_a_session_may_do_less_than_an_ordinary_kernel():
    assert names_of(SESSION) < names_of(ORDINARY)
    opened = {"accept4", "socketpair", "epoll_create1", "eventfd2"}
    assert opened <= names_of(ORDINARY) - names_of(SESSION)


def test_nothing_is_both_granted_and_refused():
    refused = [name for group in REFUSED.values() for name in group]
    assert len(refused) == len(set(refused))
    assert not names_of(ORDINARY) & set(refused)


def table():
    """The rows of the page: calls, for whom, why, with which arguments."""
    for grant in ORDINARY:
        who = "every kernel" if grant in SESSION else "ordinary kernels"
        called = ", ".join(f"`{name}`" for name in grant.names)
        yield f"| {called} | {who} | {grant.why} | {grant.only or 'any'} |"


def test_the_page_lists_every_call_that_is_granted_and_no_other():
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    begun = page.split("| System calls | For | Why | Arguments |\n|---|---|---|---|\n")[1]
    assert begun.split("\n\n")[0].splitlines() == list(table())


def test_every_screen_and_every_file_work_behind_the_walls(tmp_path):
    if missing_walls():
        pytest.skip("this machine cannot confine")
    own, fonts = tmp_path / "own", tmp_path / "fonts"
    own.mkdir()
    fonts.mkdir()
    more = {
        "MPLCONFIGDIR": str(fonts),
        "MPLBACKEND": "agg",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    done = subprocess.run(
        [sys.executable, str(EVERY_SCREEN), str(own)],
        env=os.environ | more,
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert shown["screens"] > 100
    assert shown["alone"] == [True] * 5
    assert shown["cv"]["pages"]
    assert {"conditions", "docx", "json", "lettre", "pdf", "texte"} <= set(shown["cv"]["files"])
    assert shown["guichet"] == "VisiteLue"
    assert min(shown["pictures"]) > 1000
    assert shown["process"] == [[0, 1, 2, 3], ["two"], 100 << 20, True]


@pytest.mark.parametrize(
    ("landlock", "filtered", "said"),
    [(7, True, []), (0, True, ["Landlock est absent"]),
     (3, True, ["Landlock ne ferme pas le réseau", "Landlock ne ferme pas les signaux"]),
     (5, True, ["Landlock ne ferme pas les signaux"]),
     (7, False, ["Le filtre des appels au système est absent"])],
)  # fmt: skip
def test_what_a_machine_lacks_is_said(monkeypatch, landlock, filtered, said):
    monkeypatch.setattr(missing, "landlock_version", lambda: landlock)
    monkeypatch.setattr(missing, "filters_calls", lambda: filtered)
    found = missing_walls()
    assert [words[: len(start)] for words, start in zip(found, said, strict=True)] == said
