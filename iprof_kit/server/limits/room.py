"""What the limits of a server need of the system, and what is left of them where it gives less."""

from __future__ import annotations

from dataclasses import replace

from iprof_kit.server.settings import Settings

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]  # a module elsewhere

_A_KERNEL, _A_WEBSOCKET, _OURS = 32, 12, 500
"""Files and sockets: to a kernel, its guichet, what watches it; a page and its way to its kernel;
the database, what is sent, our own."""


def files_needed(kit: Settings) -> int:
    """Return how many files and sockets a server holds when every place is taken."""
    pages = _A_KERNEL * kit.kernels_in_all + _A_WEBSOCKET * kit.websockets_in_all
    return pages + kit.connections_in_all + _OURS


def open_files(wanted: int) -> int:
    """Let this process hold that many files and sockets; return how many the system admits."""
    if resource is None:
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most


def fitted(kit: Settings, files: int) -> Settings:
    """Return the settings with as many places as so many files allow, each of the same share."""
    share = (files - _OURS) / (files_needed(kit) - _OURS)
    if share >= 1:
        return kit
    return replace(
        kit,
        kernels_in_all=_part(kit.kernels_in_all, share),
        kernels_without_account=_part(kit.kernels_without_account, share),
        websockets_in_all=_part(kit.websockets_in_all, share),
        connections_in_all=_part(kit.connections_in_all, share),
    )


def lack(wanted: Settings, given: Settings, files: int) -> str | None:
    """Return the French sentence about a limit of the system that is too low, None if it is not."""
    if given == wanted:
        return None
    return (
        f"le système n’accorde que {files} fichiers ouverts, il en faudrait "
        f"{files_needed(wanted)} : {given.kernels_in_all} pages et "
        f"{given.websockets_in_all} connexions au plus (ulimit -n, LimitNOFILE)."
    )


def _part(places: int, share: float) -> int:
    return max(1, int(places * share))
