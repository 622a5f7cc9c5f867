"""`python -m iprof_kit.kernel.warm NOTEBOOK FD`: a warm process, started by the server.

Its environment holds no secret; `forks` says what it does.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(notebook: Path, handle: int) -> None:
    """Serve forks; pandas must not meet pyarrow, whose threads do not survive a fork."""
    sys.modules["pyarrow"] = None  # type: ignore[assignment]
    from iprof_kit.base import logs
    from iprof_kit.kernel.forks import serve

    logs.configure("session")
    serve(notebook, handle)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
