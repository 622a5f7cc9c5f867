"""The version of the kit: written here, read by the build and by all that signs what it makes."""

__version__ = "0.9.0"

WHEEL = f"iprof_kit-{__version__}-py3-none-any.whl"
"""No index has the name of the kit: more of it is installed from its folder or from its wheel."""


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
