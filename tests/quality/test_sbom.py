"""The bill of materials holds what the locks hold, and is what CycloneDX says of one."""

import importlib.util
import json
import re

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from iprof_kit.base.paths import ROOT


def tool():
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "tools" / "sbom.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MAKER = tool()


@pytest.mark.parametrize("lock", ["serve", "lab", "engine", "test"])
def test_each_locked_package_is_in_the_bill_with_its_version_and_hashes(lock):
    parts = {one["purl"]: one for one in json.loads(MAKER.bill(lock))["components"]}
    text = (ROOT / "locks" / f"{lock}.txt").read_text("utf-8")
    lines = re.sub(r" \\\n\s+--hash=sha256:[0-9a-f]+", "", text).splitlines()
    needs = [Requirement(line) for line in lines if line and not line.startswith(("#", " "))]
    assert len(needs) > 4
    for need in needs:
        (version,) = (one.version for one in need.specifier)
        part = parts[f"pkg:pypi/{canonicalize_name(need.name)}@{version}"]
        assert part["hashes"], need
    written = {one["content"] for part in parts.values() for one in part.get("hashes", ())}
    assert set(re.findall(r"sha256:([0-9a-f]{64})", text)) <= written


def test_what_the_front_end_is_built_of_and_what_is_carried_is_in_the_bill():
    parts = {one["purl"] for one in json.loads(MAKER.bill())["components"]}
    locked = json.loads(MAKER.FRONT.read_text("utf-8"))["packages"]
    version = locked["node_modules/@lumino/widgets"]["version"]
    assert f"pkg:npm/%40lumino/widgets@{version}" in parts
    assert "pkg:npm/morphdom@2.7.8" in parts
    built_by = {
        name.rpartition("node_modules/")[2] for name, one in locked.items() if one.get("dev")
    }
    assert "esbuild" in built_by
    assert not [one for one in parts if one.startswith("pkg:npm/esbuild")]


def test_the_bill_is_valid_and_the_same_each_time():
    made = MAKER.bill()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(made) is None
    assert MAKER.bill() == made
    broken = made.replace('"bomFormat": "CycloneDX"', '"bomFormat": "autre"')
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(broken) is not None
