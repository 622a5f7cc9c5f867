"""Published parameters of another project may witness a fact; they are never its only source.

OpenFisca's code is under the AGPL: only facts of public law are read there, with the text that each
cites (CONTRIBUTING.md). A row that was read there alone names that text, or says that it was not
found, and is never of confidence A, which says that a text was read.
"""

import csv
import re

import pytest

from iprof_kit.base.paths import REFERENCE

WITNESS = re.compile(r"open[ -]?fisca", re.IGNORECASE)
ADDRESS = re.compile(r"\.ya?ml\b|openfisca/|\bparametres\b|[a-z]+_[a-z]+/[a-z]", re.IGNORECASE)
"""How a file of theirs is named: what is cited is a text, not a file."""
TEXT = re.compile(
    r"\b(?:loi|décret|arrêté|ordonnance|circulaire|lettre ministérielle"
    r"|code du travail|CGI|CSS|CPCMR)\b",
    re.IGNORECASE,
)


def rows():
    for path in sorted(REFERENCE.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                if WITNESS.search(row.get("source") or ""):
                    yield f"{path.name}:{number}", row["source"], row["confiance"]


def faults(source, confidence):
    """Yield what is wrong with a source that cites the witness."""
    if ADDRESS.search(source):
        yield "it names a file of theirs"
    if not TEXT.search(source):
        yield "it names no text"
    if confidence == "A":
        yield "it was not read in a text: confidence A"


def test_no_row_cites_published_parameters_alone():
    cited = {where: list(faults(source, confidence)) for where, source, confidence in rows()}
    assert not {where: why for where, why in cited.items() if why}
    assert cited, "the tables still say what was read there"


@pytest.mark.parametrize(
    ("source", "confidence", "fault"),
    [
        ("openfisca-france-pension", "C", "no text"),
        ("L. 61 CPCMR ; openfisca/openfisca-france parametres retraite/pension.yaml", "B", "file"),
        ("décret n° 2010-761 (cité par les paramètres publiés d’OpenFisca-France)", "A", "A"),
    ],
)
def test_a_source_that_hides_behind_the_witness_is_seen(source, confidence, fault):
    assert any(fault in why for why in faults(source, confidence))
