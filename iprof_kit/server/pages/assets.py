"""The files of the look and of the front end, read once: their bytes, kinds and addresses."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from iprof_kit.base.paths import VOILA_TEMPLATES
from iprof_kit.ui.components.look import sheet_text
from iprof_kit.ui.components.module import PUBLIC, module_name, module_text, module_url

STATIC = VOILA_TEMPLATES / "iprof" / "static"
STATIC_URL = PUBLIC
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
"""What is served; a file of another kind is not."""
_TEXTS = (".css", ".js", ".txt")
_FRONT = "front/"
_VERSION = re.compile(r"([0-9a-f]{12})/(.+)")
_OWN_HASH = re.compile(r".+\.[0-9A-Za-z]{8,12}\.(?:js|css)")


@dataclass(frozen=True)
class Asset:
    """One file: `variants` holds its bytes by content coding, « identity » always among them."""

    kind: str
    digest: str
    variants: dict[str, bytes]

    def variant(self, accepted: str) -> tuple[str, bytes]:
        """Return the shortest variant that an `Accept-Encoding` header admits, and its coding."""
        admitted = codings(accepted)
        usable = {
            coding: data
            for coding, data in self.variants.items()
            if coding == "identity" or coding in admitted
        }
        return min(usable.items(), key=lambda item: len(item[1]))


@dataclass(frozen=True)
class Front:
    """The light front end: its script, and that of screens, to fetch along with it."""

    script: str
    screens: str


@cache
def assets() -> dict[str, Asset]:
    """Return every file that is served under `STATIC_URL`, by name."""
    files = dict(_on_disk())
    files["kit.css"] = _asset(".css", sheet_text().encode())
    module = module_text().encode()
    files[module_name()] = _asset(".js", module)
    return files


def find(path: str) -> tuple[Asset, bool] | None:
    """Return the file of an address and whether the address is its own for ever.

    An address is immutable when it holds the hash of the content: in the name for the front end,
    as first folder for the rest (so that a style sheet leads to the fonts of its own version).
    """
    versioned = _VERSION.fullmatch(path)
    name = versioned[2] if versioned else path
    asset = assets().get(name)
    if asset is None:
        return None
    named = name.startswith(_FRONT) and _OWN_HASH.fullmatch(name) is not None
    return asset, named or (versioned is not None and versioned[1] == look_version())


@cache
def look_version() -> str:
    """Return the hash of every file outside the front end."""
    names = sorted(name for name in assets() if not name.startswith(_FRONT))
    digests = "".join(name + assets()[name].digest for name in names)
    return hashlib.sha256(digests.encode()).hexdigest()[:12]


def look_url(name: str) -> str:
    """Return the immutable address of a file of the look."""
    return f"{STATIC_URL}{look_version()}/{name}"


@cache
def front() -> Front:
    """Return the addresses of the light front end, as its build has named them."""
    built = json.loads((STATIC / _FRONT / "front.json").read_text(encoding="utf-8"))
    return Front(STATIC_URL + _FRONT + built["front"], module_url())


def _on_disk() -> Iterator[tuple[str, Asset]]:
    for path in sorted(STATIC.rglob("*")):
        if path.suffix in TYPES and path.is_file():
            asset = _asset(path.suffix, path.read_bytes())
            brotli = path.with_name(path.name + ".br")
            if brotli.is_file():  # made by the build of the front end
                asset.variants["br"] = brotli.read_bytes()
            yield path.relative_to(STATIC).as_posix(), asset


def _asset(suffix: str, data: bytes) -> Asset:
    variants = {"identity": data}
    if suffix in _TEXTS:
        variants["gzip"] = gzip.compress(data, mtime=0)
    return Asset(TYPES[suffix], hashlib.sha256(data).hexdigest()[:20], variants)


def codings(accepted: str) -> set[str]:
    """Return the codings that an `Accept-Encoding` header admits; a weight of zero refuses."""
    codings = set()
    for part in accepted.lower().split(","):
        coding, *parameters = (word.strip() for word in part.split(";"))
        if not any(re.fullmatch(r"q=0(?:\.0*)?", word) for word in parameters):
            codings.add(coding)
    return codings
