"""What is somebody else's is named in NOTICE, with its licence, and leaves with it in the wheel."""

import re
import subprocess
import tomllib
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[2]
NOTICE = ROOT / "NOTICE"
FONT = re.compile(r"\.(?:woff2?|ttf|otf|ttc|eot)$")
LICENCE_FILE = re.compile(
    r"(?:licen[cs]es?[^/]*|OFL[^/]*|copying[^/]*)\.(?:txt|md)$", re.IGNORECASE
)
SOMEBODY_ELSE = re.compile(r"copyright|@license|licensed under|\bMIT license", re.IGNORECASE)
OUR_OWN = {"LICENSE", "NOTICE", "data/LICENCE.md"}
SHIPPED = ("iprof_kit", "voila_templates", "data", "notebooks")
TEXTS = {".css", ".html", ".j2", ".js", ".json", ".mjs", ".py", ".svg", ".typ", ".xsd"}


def tracked(*folders):
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *folders],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def family(name):
    """Return the name of a font: its own, or that of its file where it is packed for the web."""
    path = ROOT / name
    if path.suffix in {".ttf", ".otf"}:
        return TTFont(path)["name"].getDebugName(1)
    return re.sub(r"-(?:latin(?:-ext)?-)?\d+-.*$", "", path.stem).replace("-", " ")


def missing(notice, name, *words):
    """Return what of a file NOTICE does not say: its folder, or a word on the same subject."""
    folder = str(Path(name).parent)
    subject = "\n".join(part for part in re.split(r"\n(?=\S)", notice) if folder in part)
    return [word for word in words if word.lower() not in subject.lower()] if subject else [folder]


def test_notice_names_every_font_with_its_folder_and_its_licence():
    fonts = [name for name in tracked() if FONT.search(name)]
    notice = NOTICE.read_text(encoding="utf-8")
    assert {Path(name).suffix for name in fonts} == {".ttf", ".woff2"}
    for name in fonts:
        assert not missing(notice, name, family(name), "SIL Open Font License"), name
        beside = [one.name for one in (ROOT / name).parent.glob("OFL*.txt")]
        assert beside, name
        assert not missing(notice, name, *beside), name


def test_notice_names_every_font_that_a_document_asks_for():
    notice = NOTICE.read_text(encoding="utf-8")
    typst = (ROOT / "iprof_kit/documents/templates/commun.typ").read_text(encoding="utf-8")
    (families,) = re.findall(r"#let families = \((.*?)\n\)\n", typst, re.DOTALL)
    asked = re.findall(r'"([A-Z][\w ]+)"', re.sub(r"regex\([^)]*\)", "", families))
    charts = (ROOT / "iprof_kit/ui/figures/charts_plot.py").read_text(encoding="utf-8")
    asked += re.findall(r'"font\.family": "([^"]+)"', charts)
    assert {"Vazirmatn", "DejaVu Sans"} <= set(asked)
    assert not [name for name in asked if name not in notice]


def test_notice_points_at_every_licence_of_somebody_else():
    notice = NOTICE.read_text(encoding="utf-8")
    licences = [name for name in tracked(*SHIPPED) if LICENCE_FILE.search(name)]
    for name in set(licences) - OUR_OWN:
        assert not missing(notice, name, Path(name).name), name


def test_notice_names_every_file_that_says_it_is_somebody_else_s():
    notice = NOTICE.read_text(encoding="utf-8")
    theirs = [
        name
        for name in tracked(*SHIPPED)
        if Path(name).suffix in TEXTS
        and SOMEBODY_ELSE.search((ROOT / name).read_text(encoding="utf-8"))
    ]
    assert theirs, "reveal.js says its licence in its first line"
    for name in theirs:
        assert not missing(notice, name), name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("iprof_kit/ui/new/lib.js", ()),
        ("iprof_kit/documents/fonts/Inter_400.ttf", ("Inter",)),
        ("voila_templates/iprof/static/fonts/inter-400.woff2", ("SIL Open Font License", "inter")),
    ],
)
def test_a_file_that_notice_forgets_is_seen(name, words):
    assert missing(NOTICE.read_text(encoding="utf-8"), name, *words)


def test_the_licence_of_the_data_is_in_the_wheel_and_in_its_metadata(wheel):
    archive = zipfile.ZipFile(wheel)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (metadata,) = (one for one in archive.namelist() if one.endswith(".dist-info/METADATA"))
    said = HeaderParser().parsestr(archive.read(metadata).decode("utf-8"))
    assert said["License-Expression"] == project["license"]
    assert {"etalab-2.0", "OFL-1.1"} <= set(project["license"].split(" AND "))
    carried = set(said.get_all("License-File"))
    shipped = tracked("iprof_kit", "voila_templates/iprof")
    theirs = {name for name in shipped if LICENCE_FILE.search(name)}
    assert carried == theirs | OUR_OWN
    folder = metadata.removesuffix("METADATA") + "licenses/"
    assert all(archive.read(folder + name) for name in carried)
    assert "etalab-2.0" in archive.read("iprof_kit/_installed/data/LICENCE.md").decode("utf-8")
