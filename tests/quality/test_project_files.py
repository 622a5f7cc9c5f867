"""The project's own files: generated ones are current, none leaks a machine or an index."""

import csv
import importlib.util
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def tracked(*patterns):
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file()]


def bootstrap():
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_environment_yml_is_what_pyproject_says():
    written = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert written == bootstrap().conda_environment(), "python3 bootstrap.py environment"


def test_each_planted_fault_is_found_once_and_its_test_exists():
    kit = [
        path.read_text("utf-8") for path in tracked("iprof_kit", "data/reference") if readable(path)
    ]
    tests = "".join(path.read_text("utf-8") for path in tracked("tests/*.py"))
    with (ROOT / "tools" / "planted_faults.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = row["search"].replace("\\n", "\n")
            assert sum(content.count(text) for content in kit) == 1, row["fault"]
            assert f"def {row['test']}(" in tests, row["fault"]


def readable(path):
    return path.suffix in {".py", ".csv", ".html", ".js", ".css", ".typ"}


def needs(extra):
    for text in [*PROJECT["dependencies"], *EXTRAS[extra]]:
        need = Requirement(text)
        if need.name == "iprof-kit":
            for inner in need.extras:
                yield from needs(inner)
        else:
            yield need


@pytest.mark.parametrize("name", ["serve", "lab", "test", "engine"])
def test_every_need_is_locked_inside_its_range_and_hashed(name):
    text = (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([^\s;\\]+)", text, re.MULTILINE))
    locked = {canonicalize_name(key): value for key, value in locked.items()}
    for need in needs(name):
        assert need.specifier.contains(locked[canonicalize_name(need.name)]), need
    assert text.count("--hash=sha256:") >= len(locked)
    assert "://" not in text


@pytest.mark.parametrize("version", ["3.10", "3.11", "3.12", "3.13", "3.14", "3.15"])
def test_bootstrap_and_pyproject_support_the_same_pythons(version):
    low, high = bootstrap().SUPPORTED
    inside = low <= tuple(int(part) for part in version.split(".")) < high
    assert inside is (version in Requirement(f"python{PROJECT['requires-python']}").specifier)


def test_no_committed_file_names_an_index_or_a_machine():
    address = r"https?://\S+/(simple|packages)/"
    option = r"--(extra-)?index[-]url[ =]"
    forbidden = re.compile(rf"{option}|{address}|[\s\"'](/root|/home/\w+)/")
    for path in tracked():
        if path.suffix in {".png", ".woff2", ".ico"} or path == Path(__file__):
            continue
        found = forbidden.search(path.read_text(encoding="utf-8", errors="replace"))
        assert not found, f"{path.relative_to(ROOT)} : {found}"


@pytest.mark.parametrize("path", tracked("*.ipynb"), ids=lambda path: path.name)
def test_notebooks_are_thin_and_without_outputs(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    source = "\n".join("".join(cell["source"]) for cell in code)
    assert not any(cell["outputs"] or cell["execution_count"] for cell in code)
    assert not re.search(r"^\s*(def|class) ", source, re.MULTILINE)
    assert len(code) <= 6
    assert len(source.splitlines()) <= 25


def test_nothing_served_is_loaded_from_outside():
    outside = re.compile(r"""(src|href|url\()\s*=?\s*["'(]?(https?:)?//""")
    for path in tracked("voila_templates/*", "iprof_kit/*.js", "iprof_kit/*.css"):
        if path.suffix in {".j2", ".css", ".js", ".html"}:
            assert not outside.search(path.read_text(encoding="utf-8")), path.relative_to(ROOT)


def test_make_names_only_targets_of_bootstrap():
    called = re.findall(r"bootstrap\.py (\w+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert set(called) <= set(bootstrap().TARGETS)


def test_ci_calls_both_commands():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make serve" in script
    assert "make test" in script


def test_addresses_of_the_project_are_real_or_absent():
    invented = re.compile(r"example\.|\.(invalid|example|test|localhost)(/|$)")
    assert not [url for url in PROJECT.get("urls", {}).values() if invented.search(url)]


def test_the_quality_stage_names_each_check_before_it_begins():
    assert "-v" in bootstrap().pytest_of("python", "qualite", Path("qualite.xml"))


def test_checks_of_the_tools_have_no_time_limit(request):
    assert request.node.get_closest_marker("timeout").args == (0,)


def test_every_folder_of_tests_is_in_one_stage():
    named = [Path(folder).name for stage in bootstrap().STAGES.values() for folder in stage]
    folders = {path.parent.relative_to(ROOT / "tests").parts[0] for path in tracked("tests/*/*.py")}
    assert sorted(named) == sorted(folders - {"shared"})  # what tests have in common, no test


def test_no_clock_judges_what_a_property_draws():
    """At the lowest priority a soak failed on « Input generation is slow »."""
    calm = settings.get_profile("here")
    assert calm.deadline is None
    assert HealthCheck.too_slow in calm.suppress_health_check
    own = r"suppress_health_check=\[(?![^\]]*too_slow)"
    assert [path for path in tracked("tests/*.py") if re.search(own, path.read_text())] == []
