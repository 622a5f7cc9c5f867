"""The private folder where a backup or a restoration works, one at a time."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from iprof_kit.base.configuration.data_folder import var_dir
from iprof_kit.base.errors import Unavailable
from iprof_kit.base.private_files import private_folder
from iprof_kit.services.backup.archive import disk_in_french
from iprof_kit.services.backup.kept import WORKING


@contextmanager
def workshop() -> Iterator[Path]:
    """Return an empty private folder beside the data, taken away at the end.

    What a killed one had left goes first: it holds personal data.

    Raises
    ------
    Unavailable
        Another one is at work, or the disk refuses.
    """
    home = var_dir().absolute()
    with disk_in_french(home):
        lock = FileLock(private_folder(home) / "sauvegarde.lock", timeout=0, mode=0o600)
        try:
            lock.acquire()
        except Timeout as error:
            raise Unavailable(
                "une sauvegarde ou une restauration est déjà en cours.",
                where=str(home),
                remedy="Attendez qu’elle se termine, puis recommencez.",
            ) from error
        try:
            for left in home.glob(f"{WORKING}*"):
                shutil.rmtree(left, ignore_errors=True)
            with tempfile.TemporaryDirectory(prefix=WORKING, dir=home) as folder:
                yield Path(folder)
        finally:
            lock.release()
