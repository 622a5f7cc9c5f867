"""What says the release from outside agrees: its version, licences, authors and Pythons."""

import importlib.util
import re
import tomllib
import zipfile
from typing import Literal

import pytest
import yaml
from packaging.metadata import Metadata
from packaging.specifiers import SpecifierSet
from packaging.version import Version
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from trove_classifiers import classifiers

from iprof_kit.base.paths import ROOT
from iprof_kit.base.version import __version__

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


class Entity(BaseModel):
    """An author that is no person, as the Citation File Format 1.2.0 has it."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1)


class Citation(BaseModel):
    """The keys of that format which this file uses; any other is refused."""

    model_config = ConfigDict(extra="forbid")
    cff_version: Literal["1.2.0"] = Field(alias="cff-version")
    message: str = Field(min_length=1)
    title: str = Field(min_length=1)
    type: Literal["software"]
    authors: list[Entity] = Field(min_length=1)
    version: str
    license: Literal["BSD-3-Clause"]
    abstract: str
    keywords: list[str] = Field(min_length=1)


class Closed(BaseModel):
    """A part of publiccode.yml 0.4: the keys of its standard that are used here, and no other."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Described(Closed):
    """What the software is, in one language."""

    localised_name: str = Field(alias="localisedName")
    short: str = Field(alias="shortDescription", min_length=1, max_length=150)
    long: str = Field(alias="longDescription", min_length=150, max_length=10_000)
    features: list[str] = Field(min_length=1)


class Audience(Closed):
    """Whom it is for: values of the lists of the standard."""

    countries: list[Literal["fr"]]
    scope: list[Literal["education", "employment"]]


class Legal(Closed):
    """Its licence and its owners."""

    license: Literal["BSD-3-Clause"]
    owner: str = Field(alias="mainCopyrightOwner")


class Maintenance(Closed):
    """Who maintains it: the other values ask for a person."""

    type: Literal["none"]


class Languages(Closed):
    """What it speaks."""

    ready: bool = Field(alias="localisationReady")
    available: list[Literal["fr"]] = Field(alias="availableLanguages", min_length=1)


class Need(Closed):
    """What must be there to run it."""

    name: str
    at_least: str | None = Field(None, alias="versionMin")
    optional: bool = False


class Needs(Closed):
    """What is needed, under free licences alone."""

    open: list[Need]


class PublicCode(Closed):
    """The keys of publiccode.yml 0.4, mandatory ones and those that are used."""

    format: Literal["0.4"] = Field(alias="publiccodeYmlVersion")
    name: Literal["iprof-kit"]
    url: str = Field(pattern=r"^https://\S+\.git$")
    version: str = Field(alias="softwareVersion")
    released: str = Field(alias="releaseDate", pattern=r"^\d{4}-\d\d-\d\d$")
    platforms: list[Literal["web", "windows", "mac", "linux", "ios", "android"]]
    categories: list[Literal["hr", "employee-management", "data-analytics", "payroll"]]
    status: Literal["concept", "development", "beta", "stable", "obsolete"] = Field(
        alias="developmentStatus"
    )
    kind: Literal["standalone/web"] = Field(alias="softwareType")
    audience: Audience = Field(alias="intendedAudience")
    description: dict[Literal["fr"], Described] = Field(min_length=1)
    legal: Legal
    maintenance: Maintenance
    localisation: Languages
    needs: Needs = Field(alias="dependsOn")


MOST_LINES_OF_A_RELEASE = 200
"""What a reader goes through; how it was made is in the history of the repository."""


def releases(text):
    """Give the lines of each part of a changelog, by its title."""
    parts = re.split(r"^## (.+)\n", text, flags=re.M)[1:]
    return {title: part.splitlines() for title, part in zip(parts[::2], parts[1::2], strict=True)}


def citation():
    return yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))


@pytest.fixture(scope="module")
def metadata(wheel):
    """The metadata of the wheel, each field of it checked by the rules of an index."""
    archive = zipfile.ZipFile(wheel)
    (name,) = (one for one in archive.namelist() if one.endswith(".dist-info/METADATA"))
    return Metadata.from_email(archive.read(name), validate=True)


def test_the_citation_is_well_formed_and_says_this_version():
    said = Citation.model_validate(citation())
    assert said.version == __version__
    assert [{"name": one.name} for one in said.authors] == PROJECT["authors"]
    assert said.license == PROJECT["license"].split(" AND ")[0]
    assert said.keywords == PROJECT["keywords"]


@pytest.mark.parametrize(
    ("key", "value"), [("licence", "MIT"), ("authors", []), ("cff-version", "1.1.0")]
)
def test_a_citation_that_the_format_refuses_is_seen(key, value):
    with pytest.raises(ValidationError):
        Citation.model_validate(citation() | {key: value})


def public_code():
    return yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))


def test_publiccode_has_the_keys_of_its_standard_and_says_this_version():
    told = PublicCode.model_validate(public_code())
    assert told.version == __version__
    assert f"## {__version__} — {told.released}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert told.legal.owner.replace("’", "'") == PROJECT["authors"][0]["name"]
    assert told.needs.open[0].at_least == PROJECT["requires-python"].split(",")[0].strip(">=")
    assert f"Development Status :: 4 - {told.status.title()}" in PROJECT["classifiers"]


@pytest.mark.parametrize(
    ("key", "value"),
    [("licence", "MIT"), ("platforms", ["amiga"]), ("url", "ici"), ("description", {}),
     ("softwareVersion", 0.9), ("maintenance", {})],
)  # fmt: skip
def test_what_the_standard_of_publiccode_refuses_is_seen(key, value):
    with pytest.raises(ValidationError):
        PublicCode.model_validate(public_code() | {key: value})


def test_an_index_would_take_the_metadata_of_the_wheel(metadata):
    assert metadata.name == "iprof-kit"
    assert metadata.version == Version(__version__)
    assert metadata.license_expression == PROJECT["license"]
    assert {"LICENSE", "NOTICE", "data/LICENCE.md"} <= set(metadata.license_files)
    assert set(metadata.keywords) == set(PROJECT["keywords"])
    assert set(metadata.classifiers) <= classifiers
    assert not metadata.project_urls, "no address before there is a real one"
    assert not metadata.home_page


LINK = re.compile(r"\]\(([^)]*)\)|\b(?:src|srcset|href)=\"([^\"]*)\"|^\[[^\]]+\]:\s*(\S+)", re.M)


def links_within(text):
    """Return the links of a text that live in the repository alone."""
    targets = ("".join(found) for found in LINK.findall(text))
    return [one for one in targets if not re.match(r"(?:https?|mailto):", one)]


def test_what_the_wheel_says_of_itself_links_to_nothing_of_the_repository(metadata):
    assert metadata.description_content_type == "text/markdown"
    assert len(metadata.description) > 500
    assert not links_within(metadata.description)


def test_a_link_of_the_repository_is_seen():
    within = links_within((ROOT / "README.md").read_text("utf-8"))
    assert {"docs/images/accueil.png", "CHANGELOG.md", "docs/comparaison.md"} <= set(within)
    assert links_within("[a]: docs/b.md\n") == ["docs/b.md"]
    assert not links_within("[a](https://example.org)")


def test_the_pythons_said_are_those_that_the_kit_was_tried_on(metadata):
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bootstrap.py")
    bootstrap = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bootstrap)
    (low, high), untried = bootstrap.SUPPORTED, bootstrap.UNTRIED
    said = [re.fullmatch(r"Programming Language :: Python :: 3\.(\d+)", one)
            for one in metadata.classifiers]  # fmt: skip
    assert [int(one[1]) for one in said if one] == list(range(low[1], untried[1]))
    wanted = f">={low[0]}.{low[1]},<{high[0]}.{high[1]}"
    assert metadata.requires_python == SpecifierSet(wanted)


def test_the_changelog_has_this_release_with_its_day_and_can_be_read():
    parts = releases((ROOT / "CHANGELOG.md").read_text("utf-8"))
    assert next(iter(parts)) == "Unreleased"
    (title,) = (one for one in parts if one.split(" — ")[0] == __version__)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", title.split(" — ")[1])
    long = {title: len(lines) for title, lines in parts.items()}
    assert max(long.values()) <= MOST_LINES_OF_A_RELEASE, long
