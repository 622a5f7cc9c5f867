"""Ordinary kernels, each in a folder of its own that nobody else may enter.

Found by jupyter_client under the entry point `iprof-own-folder`.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner


class OwnFolderProvisioner(LocalProvisioner):
    """Start a kernel whose sockets are in `own`, a folder that is removed with it."""

    async def pre_launch(self, **words: Any) -> dict[str, Any]:
        """Put the kernel's sockets in its own folder."""
        self._own: Path | None = words.get("own")
        if self._own is not None:
            self._own.mkdir(mode=0o700)
            manager: Any = self.parent
            if manager.transport == "ipc":
                manager.ip = str(self._own / "k")
        prepared: dict[str, Any] = await super().pre_launch(**words)
        return prepared

    async def launch_kernel(self, cmd: list[str], **words: Any) -> KernelConnectionInfo:
        """Start it; what it opens once it has become another user is that user's."""
        own, user = words.pop("own", None), words.pop("user", None)
        if user is not None:
            manager: Any = self.parent
            for place in (own, manager.connection_file):
                os.chown(place, user, user)
        connection: KernelConnectionInfo = await super().launch_kernel(cmd, **words)
        return connection

    async def cleanup(self, restart: bool = False) -> None:
        """Remove its folder with it."""
        await super().cleanup(restart=restart)
        if self._own is not None and not restart:
            shutil.rmtree(self._own, ignore_errors=True)
