"""What a stranger gives is opened in one place: other decoders are listed, with whose they read."""

import ast
import csv
import re
from functools import cache
from pathlib import Path

KIT = Path(__file__).parents[2] / "iprof_kit"
TABLE = Path(__file__).with_name("decoders_elsewhere.csv")
PLACE = "given"
LIBRARIES = frozenset({
    "PIL", "pypdf", "pikepdf", "openpyxl", "docx", "zipfile", "tarfile", "zlib", "gzip", "bz2",
    "lzma", "lxml", "xml", "icalendar", "fontTools", "pickle", "marshal", "shelve", "plistlib",
    "yaml", "pyarrow",
})  # fmt: skip
CALLS = frozenset({
    "csv.reader", "csv.DictReader", "json.load", "json.loads", "read_yaml", "openpyxl",
    "pyarrow_csv", "pyarrow_parquet", "model_validate_json",
})  # fmt: skip
OF_PANDAS = re.compile(r"pd\.read_\w+")
WORDS = re.compile("|".join(map(re.escape, (*LIBRARIES, *CALLS, "pd.read_"))))
"""What a source that decodes says somewhere; the others are not parsed."""
WHY = {
    "ours": "files of the kit or of this installation, and what the kit wrote itself",
    "written": "only writes",
    "session": "in the process of who gives it, behind its walls, within bounds of size and depth",
    "workshop": "on the machine of the analyst who gives it, or in her session",
    "administrator": "a command of who administers the machine",
    "line": "a message bounded in length and in depth before it is read",
    "signed": "signed by this server before it is opened",
}


def dotted(function):
    """Return « csv.reader » of what is called so, the last word of a longer way."""
    if isinstance(function, ast.Attribute):
        home = function.value
        return f"{home.id}.{function.attr}" if isinstance(home, ast.Name) else f".{function.attr}"
    return getattr(function, "id", "")


def decoders(code):
    """Yield the decoders that a source imports or calls."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names = [alias.name.partition(".")[0] for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [(node.module or "").partition(".")[0]]
        elif isinstance(node, ast.Call):
            called = dotted(node.func)
            short = called.rpartition(".")[2]
            by_name = node.args and isinstance(node.args[0], ast.Constant) and node.args[0].value
            asked = str(by_name).partition(".")[0] if short in ("library", "import_module") else ""
            if called in CALLS or short == "model_validate_json":
                yield short if "." not in called or short == "model_validate_json" else called
            elif OF_PANDAS.fullmatch(called):
                yield called
            names = [asked]
        else:
            continue
        yield from (name for name in names if name in LIBRARIES)


@cache
def elsewhere():
    """Return where something is decoded outside the place, and by what."""
    return {
        (path.relative_to(KIT).as_posix(), name)
        for path in KIT.rglob("*.py")
        if path.relative_to(KIT).parts[0] != PLACE
        for code in [path.read_text(encoding="utf-8")]
        if WORDS.search(code)
        for name in decoders(code)
    }


def listed():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row["module"], row["decoder"]): row["whose"] for row in csv.DictReader(file)}


def test_w12_nothing_is_decoded_elsewhere_but_what_is_listed_with_its_reason():
    assert elsewhere() - set(listed()) == set(), "open it in iprof_kit/given, or say whose it is"


def test_w12_the_list_names_nothing_that_is_gone_and_only_reasons_that_are_known():
    assert set(listed()) - elsewhere() == set()
    assert set(listed().values()) <= set(WHY)


def test_w12_a_decoder_is_seen_however_it_is_called():
    seen = decoders(
        "import PIL.Image\nfrom zipfile import ZipFile\nimport csv\nrows = csv.DictReader(f)\n"
        "library('pyarrow.csv', 'x')\npd.read_excel(f)\nModel.model_validate_json(t)\n"
        "read_yaml(t)\njson.loads(t)\n"
        "def later():\n    from pypdf import PdfReader\n"
    )
    assert set(seen) == {
        "PIL", "zipfile", "csv.DictReader", "pyarrow", "pd.read_excel", "model_validate_json",
        "read_yaml", "json.loads", "pypdf",
    }  # fmt: skip


def test_w12_what_the_server_itself_runs_decodes_no_picture_no_document_and_no_archive():
    heavy = {"PIL", "pypdf", "pikepdf", "openpyxl", "docx", "lxml", "xml", "pickle", "pyarrow"}
    inside = {"server", "services", "records"}
    found = {one for one in elsewhere() if one[0].partition("/")[0] in inside and one[1] in heavy}
    assert found == set()
