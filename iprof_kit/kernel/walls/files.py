"""Files: Landlock (Linux 5.13 and later) leaves the interpreter, the kit and one's own folder.

From Linux 6.7 on it closes TCP too, from 6.12 on signals and abstract sockets of others.
"""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from iprof_kit.base.names import words_in
from iprof_kit.base.paths import (
    ARTICLES,
    CAMPAIGNS,
    EXAMPLES,
    GAME,
    LESSONS,
    NOTEBOOKS,
    PERSONAS,
    PROCEDURES,
    REFERENCE,
    REPORTS,
    REQUESTS,
    SAMPLE,
    SHAPES,
    VOILA_TEMPLATES,
)

if TYPE_CHECKING:
    from py_landlock import RulesetFd

try:
    from py_landlock import (
        AccessFs,
        LandlockError,
        PathBeneathAttr,
        RulesetAttr,
        add_rule,
        create_ruleset,
        get_abi_version,
        restrict_self,
    )
    from py_landlock.abi import get_supported_fs, get_supported_net, get_supported_scope
except ImportError:  # another system than Linux
    get_abi_version = None  # type: ignore[assignment]  # a function on Linux

_PATH_ONLY = getattr(os, "O_PATH", 0) | getattr(os, "O_CLOEXEC", 0)


def close_files(own: Path | None, *readable: Path) -> None:
    """Close every file but those of everybody, `readable`, and one's own folder if there is one.

    It holds for this thread and those that it starts: to be called while there is no other, once
    nothing can be gained by a program.
    """
    if not landlock_version():
        return
    made = _prepared()
    ruleset = create_ruleset(made.handled)
    try:
        for place, rule in made.rules:
            with suppress(OSError):  # what a session cannot reach stays closed
                _open_beneath(ruleset, place, rule)
        for path in readable:
            _open_beneath(ruleset, os.fspath(path), made.read if path.is_dir() else made.read_file)
        if own is not None:
            _open_beneath(ruleset, os.fspath(own), made.own)
        restrict_self(ruleset, None)
    finally:
        os.close(ruleset)


def prepare_files() -> None:
    """Make ahead all that closing files needs: a session then only calls the system.

    What Python makes after a fork is copied into the session's own memory: the library's own
    object, its paths and its flags cost each a megabyte.
    """
    if landlock_version():
        _prepared()


class _Prepared(NamedTuple):
    """What Landlock is told, in the structures that the system reads."""

    handled: RulesetAttr
    rules: tuple[tuple[str, PathBeneathAttr], ...]
    """What everybody may read."""
    read: PathBeneathAttr
    read_file: PathBeneathAttr
    own: PathBeneathAttr


@cache
def _prepared() -> _Prepared:
    version = get_abi_version()
    everything = get_supported_fs(version)
    read_file = AccessFs.READ_FILE
    read = read_file | AccessFs.READ_DIR
    own = read | (
        AccessFs.WRITE_FILE
        | AccessFs.TRUNCATE
        | AccessFs.MAKE_REG
        | AccessFs.MAKE_DIR
        | AccessFs.MAKE_SYM
        | AccessFs.MAKE_SOCK
        | AccessFs.REMOVE_FILE
        | AccessFs.REMOVE_DIR
    )
    handled = RulesetAttr(
        int(everything), int(get_supported_net(version)), int(get_supported_scope(version))
    )
    places = [path for path in for_everybody() if os.access(path, os.R_OK)]
    rules = [(os.fspath(path), read if path.is_dir() else read_file) for path in places]
    return _Prepared(
        handled,
        tuple((place, PathBeneathAttr(int(access))) for place, access in rules),
        *(PathBeneathAttr(int(access & everything)) for access in (read, read_file, own)),
    )


def _open_beneath(ruleset: RulesetFd, place: str, rule: PathBeneathAttr) -> None:
    """Leave a place open."""
    rule.parent_fd = os.open(place, _PATH_ONLY)
    try:
        add_rule(ruleset, rule)
    finally:
        os.close(rule.parent_fd)


@cache
def landlock_version() -> int:
    """Return the version of Landlock that this machine offers, 0 for none.

    Asked once, outside any world: the library looks for the machine's own files to ask it.
    """
    if get_abi_version is None:
        return 0
    try:
        return int(get_abi_version())
    except (LandlockError, OSError):
        return 0


@cache
def for_everybody() -> tuple[Path, ...]:
    """Return what any session may read: the interpreter, its libraries, the kit, the time.

    Found once, before any fork: finding it again would cost each session a megabyte.
    """
    paths = sysconfig.get_paths()
    system = words_in(
        "/usr/lib /lib /lib64 /usr/share/zoneinfo /etc/localtime /etc/ld.so.cache /dev/null "
        "/dev/urandom /dev/zero"
    )
    places = [
        *(paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")),
        sys.prefix,
        f"{sys.base_prefix}/lib",
        *site.getsitepackages(),
        *map(str, of_the_kit()),
        *system,
    ]
    return tuple(Path(place) for place in dict.fromkeys(places))


def of_the_kit() -> tuple[Path, ...]:
    """Return the kit's own folders; never its root, which may hold the database."""
    kit = Path(__file__).resolve().parents[2]
    data = REFERENCE, PROCEDURES, REPORTS, CAMPAIGNS, REQUESTS, PERSONAS, LESSONS, GAME, SAMPLE
    beside_the_law = ARTICLES, EXAMPLES, SHAPES
    return kit, *data, *beside_the_law, NOTEBOOKS, VOILA_TEMPLATES
