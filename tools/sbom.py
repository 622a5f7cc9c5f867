"""The bill of materials of what is served, in CycloneDX, made from the locks.

`python tools/sbom.py FILE` writes it: the Python packages of `locks/serve.txt` (or of the lock
named after it: `lab`, `engine`, `test`), those of the front end that its own lock names, and the
two libraries that stand in the repository, as NOTICE says them. Twice from the same locks, the same
bytes.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.utils import canonicalize_name

from iprof_kit.base.version import __version__

ROOT = Path(__file__).resolve().parents[1]
FRONT = ROOT / "voila_templates" / "front" / "package-lock.json"
CARRIED = ("morphdom", "reveal.js")
_LOCKED = re.compile(r"^([\w.-]+)(?:\[[\w,]+\])?==([^\s;\\]+)(.*?)(?=^\S|\Z)", re.M | re.S)
_SUMS = {"sha512": HashAlgorithm.SHA_512, "sha256": HashAlgorithm.SHA_256}


def main() -> int:
    """Write the bill in the file named; return the exit code."""
    if not 2 <= len(sys.argv) <= 3:
        print("usage : python tools/sbom.py FICHIER [serve|lab|engine|test]", file=sys.stderr)
        return 2
    Path(sys.argv[1]).write_text(bill(*sys.argv[2:3]), "utf-8")
    return 0


def bill(lock: str = "serve") -> str:
    """Return the bill of what a lock, the front end and the repository hold."""
    application = ComponentType.APPLICATION
    kit = Component(name="iprof-kit", version=__version__, type=application, bom_ref="iprof-kit")
    made = Bom(components=[*python_packages(lock), *front_packages(), *carried()])
    made.metadata.component = kit
    made.register_dependency(kit, made.components)
    written = json.loads(JsonV1Dot6(made).output_as_string())
    del written["serialNumber"], written["metadata"]["timestamp"]  # drawn anew each time
    return json.dumps(written, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def python_packages(lock: str) -> Iterator[Component]:
    """Give each package of a lock, with the sums by which it is installed."""
    text = (ROOT / "locks" / f"{lock}.txt").read_text("utf-8")
    for name, version, rest in _LOCKED.findall(text):
        sums = re.findall(r"--hash=sha256:([0-9a-f]{64})", rest)
        yield package("pypi", canonicalize_name(name), version, {"sha256": sums})


def front_packages() -> Iterator[Component]:
    """Give each package of which the front end is built, not what builds it."""
    for place, one in json.loads(FRONT.read_text("utf-8"))["packages"].items():
        if place and not one.get("dev"):
            name = place.rpartition("node_modules/")[2]
            kind, _, coded = one.get("integrity", "").partition("-")
            sums = {kind: [base64.b64decode(coded).hex()]} if coded else {}
            yield package("npm", name, one["version"], sums)


def carried() -> Iterator[Component]:
    """Give the libraries of others that stand in the repository, as NOTICE says them."""
    notice = (ROOT / "NOTICE").read_text("utf-8")
    for name in CARRIED:
        (version,) = re.findall(rf"{re.escape(name)} (\d[\d.]*\d)", notice)
        yield package("npm", name, version, {})


def package(kind: str, name: str, version: str, sums: dict[str, list[str]]) -> Component:
    """Return a package as the bill has it."""
    space, _, alone = name.rpartition("/")
    hashes = [HashType(alg=_SUMS[alg], content=one) for alg, all_ in sums.items() for one in all_]
    purl = PackageURL(kind, space or None, alone, version)
    return Component(name=name, version=version, purl=purl, bom_ref=purl.to_string(), hashes=hashes)


if __name__ == "__main__":
    sys.exit(main())
