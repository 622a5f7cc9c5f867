"""One control group a session, where the administrator gave this server a part of the tree.

The settings name a folder of the second version of control groups that this server may write in
(systemd: `Delegate=yes` with `DelegateSubgroup=serveur`). What a limit of one process cannot say is
then bounded for a session as a whole, and all that it started ends with it.
"""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path

from iprof_kit.base.configuration.in_force import setting_of
from iprof_kit.base.errors import InputError, system_reason

LIMITS = {
    "memory": {"memory.max": str(2 << 30), "memory.swap.max": "0"},
    "pids": {"pids.max": "64"},
    "cpu": {"cpu.weight": "100", "cpu.max": "100000 100000"},
}
"""What each controller bounds: bytes; threads and processes; a share, and one processor at most."""


class ControlGroups:
    """The groups of this server's sessions.

    Parameters
    ----------
    folder : Path
        A group without process of its own.

    Raises
    ------
    InputError
        It is not a group of the second version, or it cannot be written in.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            known = (folder / "cgroup.controllers").read_text().split()
            self.controllers = [name for name in LIMITS if name in known]
            for name in self.controllers:
                (folder / "cgroup.subtree_control").write_text(f"+{name}")
        except OSError as error:
            raise _unusable(folder, error) from error

    @property
    def missing(self) -> list[str]:
        """The controllers that the system did not give: what they would bound is not bounded."""
        return [name for name in LIMITS if name not in self.controllers]

    def enclose(self, name: str, pid: int) -> None:
        """Put a process in a group of its own, with its limits.

        Raises
        ------
        OSError
            The system refuses; no group is left.
        """
        group = self._folder / name
        group.mkdir()
        try:
            for controller in self.controllers:
                for limit, value in LIMITS[controller].items():
                    _set(group / limit, value)
            (group / "cgroup.procs").write_text(str(pid))
            for child in _children(pid):  # born before; those that come will be in it
                with suppress(ProcessLookupError):
                    (group / "cgroup.procs").write_text(child)
        except OSError:
            self.end(name)
            raise

    def end(self, name: str) -> None:
        """End all that is in a group, at once."""
        with suppress(FileNotFoundError):
            (self._folder / name / "cgroup.kill").write_text("1")

    def forget(self, name: str) -> bool:
        """Remove a group; False while what was ended in it has not gone yet."""
        try:
            (self._folder / name).rmdir()
        except FileNotFoundError:
            return True
        except OSError as error:
            if error.errno not in (errno.EBUSY, errno.ENOTEMPTY):
                raise
            return False
        return True


def given() -> ControlGroups | None:
    """Return the groups that the administrator gave this server, None without any.

    Raises
    ------
    InputError
        The settings name something else.
    """
    folder: str = setting_of("emplacements.groupe_de_controle")
    return ControlGroups(Path(folder)) if folder else None


def _children(pid: int) -> list[str]:
    """Return the numbers of the processes that one has forked: none, where it has ended."""
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


def _set(limit: Path, value: str) -> None:
    """Write a limit; one that this system does not have (no swap) is left out."""
    with suppress(FileNotFoundError):
        limit.write_text(value)


def _unusable(folder: Path, error: OSError) -> InputError:
    if error.errno == errno.EBUSY:
        return InputError(
            "ce groupe de contrôle contient déjà des processus.",
            where=str(folder),
            remedy="Démarrez le serveur dans un sous-groupe (DelegateSubgroup=serveur de systemd).",
        )
    return InputError(
        f"ce groupe de contrôle n’est pas utilisable ({system_reason(error)}).",
        where=str(folder),
        remedy="Donnez un dossier de cgroup v2 où ce compte peut écrire (Delegate=yes de systemd).",
    )
