"""How more of the kit is installed: no index has its name, so from its folder or from its wheel."""

from __future__ import annotations

from iprof_kit.base.version import __version__

WHEEL = f"iprof_kit-{__version__}-py3-none-any.whl"


def installed_by(extra: str) -> str:
    """Return the commands that add an extra of `pyproject.toml`, as a remedy ends.

    Examples
    --------
    >>> installed_by("lab")  # doctest: +ELLIPSIS
    'pip install ".[lab]" dans le dossier du dépôt, ou pip install "./iprof_kit-...whl[lab]"...'
    """
    return (
        f'pip install ".[{extra}]" dans le dossier du dépôt, ou '
        f'pip install "./{WHEEL}[{extra}]" dans celui de sa roue'
    )
