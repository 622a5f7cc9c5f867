"""Files: Landlock (Linux 5.13 and later) leaves the interpreter, the kit and one's own folder.

From Linux 6.7 on it closes TCP too, from 6.12 on signals and abstract sockets of others.
"""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from functools import cache
from pathlib import Path

from iprof_kit.base.paths import (
    NOTEBOOKS,
    PROCEDURES,
    REFERENCE,
    REPORTS,
    ROOT,
    SAMPLE,
    VOILA_TEMPLATES,
)

try:
    from py_landlock import AccessFs, Landlock, LandlockError, get_abi_version
except ImportError:  # another system than Linux
    Landlock = None  # type: ignore[misc, assignment]


def close_files(own: Path, *readable: Path) -> None:
    """Close every file but those of everybody, `readable`, and one's own folder.

    It holds for this thread and those that it starts: to be called while there is no other.
    """
    if not landlock_version():
        return
    places = [path for path in (*for_everybody(), *readable) if os.access(path, os.R_OK)]
    folders = [path for path in places if path.is_dir()]
    plain = [path for path in places if path not in folders]
    walled = Landlock(strict=False).allow_read(*folders).allow_read_write(own)
    walled.add_path_rule(own, access=AccessFs.MAKE_SOCK)
    walled.add_path_rule(*plain, access=AccessFs.READ_FILE).apply()


@cache
def landlock_version() -> int:
    """Return the version of Landlock that this machine offers, 0 for none.

    Asked once, outside any world: the library looks for the machine's own files to ask it.
    """
    if Landlock is None:
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
    system = ("/usr/lib", "/lib", "/lib64", "/usr/share/zoneinfo", "/etc/localtime",
              "/etc/ld.so.cache", "/dev/null", "/dev/urandom", "/dev/zero")  # fmt: skip
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
    return kit, REFERENCE, PROCEDURES, REPORTS, SAMPLE, NOTEBOOKS, VOILA_TEMPLATES, ROOT / "LICENSE"
