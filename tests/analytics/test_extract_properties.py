"""Whatever the form of a file and its defects, every row is accepted, mended or refused."""

import io
from contextlib import suppress

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iprof_kit.analytics.imports.extract import read_extract
from iprof_kit.analytics.imports.files.fixed import Slot
from iprof_kit.analytics.imports.report import ROW_SAID
from iprof_kit.analytics.imports.source import Source
from iprof_kit.base.errors import KitError

COLUMNS = ["numero", "nom", "prenom", "sexe", "date_naissance", "corps", "grade", "echelon",
           "date_effet", "entree_corps", "departement", "quotite"]  # fmt: skip
WIDTH = 24
NAMES = st.sampled_from(["LEFÈVRE", "D'ŒUVRE", "NOËL", "ÇELIK", "MARTIN", "DE LA TOUR"])
PLACES = st.sampled_from(
    [
        ("pe", "classe_normale", "7"),
        ("certifie", "hors_classe", "4"),
        ("agrege", "classe_normale", "11"),
        ("cpe", "classe_normale", "9"),
    ]
)
FORMS = ("latin-1", "cp1252", "utf-8", "utf-8-sig", "utf-16", "tab", "comma", "xlsx", "parquet",
         "fixed")  # fmt: skip
REFUSED = {"grade", "date", "numero", "echelon", "order"}
MENDED = {"zero", "quotite", "tableur"}


@st.composite
def staff(draw):
    size = draw(st.integers(1, 8))
    rows = []
    for number in range(size):
        corps, grade, echelon = draw(PLACES)
        rows.append(
            [
                f"E{number:03}",
                draw(NAMES),
                draw(st.sampled_from(["Zoé", "José"])),
                draw(st.sampled_from("FH")),
                f"0{draw(st.integers(1, 9))}/05/1985",
                corps,
                grade,
                echelon,
                "01/09/2024",
                "01/09/2010",
                "063",
                draw(st.sampled_from(["100", "80"])),
            ]
        )
    return rows


def spoil(row, defect):
    row = list(row)
    place, value = {
        "grade": (6, "adjoint"),
        "date": (8, "31/02/2024"),
        "numero": (0, ""),
        "echelon": (7, "15"),
        "order": (9, "01/09/2025"),
        "zero": (10, "3"),
        "quotite": (11, "0,8"),
        "tableur": (10, '="063"'),
        "doubt": (4, "01/05/1930"),
    }[defect]
    row[place] = value
    return row


def written(rows, form):
    if form == "xlsx":
        out = io.BytesIO()
        pd.DataFrame(rows, columns=COLUMNS).to_excel(out, index=False)
        return out.getvalue()
    if form == "parquet":
        return pd.DataFrame(rows, columns=COLUMNS).to_parquet(index=False)
    if form == "fixed":
        return "\n".join("".join(c.ljust(WIDTH) for c in row) for row in rows).encode("cp1252")
    mark = {"tab": "\t", "comma": ","}.get(form, ";")
    text = pd.DataFrame(rows, columns=COLUMNS).to_csv(sep=mark, index=False)
    encoding = {"tab": "utf-8", "comma": "utf-8", "latin-1": "cp1252"}.get(form, form)
    return text.encode(encoding)


SLOTS = tuple(Slot(name, 1 + n * WIDTH, WIDTH) for n, name in enumerate(COLUMNS))


def read_back(rows, form, folder):
    file = folder / "extrait"
    file.write_bytes(written(rows, form))
    source = Source("largeur", slots=SLOTS) if form == "fixed" else Source("essai")
    return read_extract(file, source)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(staff(), st.sampled_from(FORMS), st.data())
def test_every_row_is_accounted_for(tmp_path_factory, rows, form, data):
    kinds = st.sampled_from([None, *sorted(REFUSED | MENDED), "doubt", "double"])
    chosen = data.draw(st.lists(kinds, min_size=len(rows), max_size=len(rows)))
    out = []
    for row, defect in zip(rows, chosen, strict=True):
        out.append(row if defect in (None, "double") else spoil(row, defect))
        if defect == "double":
            out.append(spoil(row, "doubt"))
    report = read_back(out, form, tmp_path_factory.mktemp("extrait")).report
    counts = report.counts
    refused = sum(1 for d in chosen if d in REFUSED) + 2 * chosen.count("double")
    mended = sum(1 for d in chosen if d in MENDED)
    assert counts["lignes"] == len(out) == len(report.rows())
    assert (counts["refusees"], counts["reparees"]) == (refused, mended)
    assert counts["acceptees"] + counts["reparees"] + counts["refusees"] == len(out)
    assert set(report.rows()["resultat"]) <= set(ROW_SAID)
    details = report.details()
    spoken = set(details.loc[details["resultat"] == "refusée", "ligne"])
    rows_said = report.rows()
    assert spoken == set(rows_said.loc[rows_said["resultat"] == "refusée", "ligne"])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(staff(), st.sampled_from(FORMS))
def test_a_clean_population_is_read_as_it_was(tmp_path_factory, rows, form):
    extract = read_back(rows, form, tmp_path_factory.mktemp("extrait"))
    assert extract.report.counts["acceptees"] == len(rows)
    table = extract.table
    assert table["numero"].tolist() == [row[0] for row in rows]
    assert table["nom"].tolist() == [row[1] for row in rows]
    assert table["echelon"].tolist() == [row[7] for row in rows]
    assert table["date_naissance"].dt.strftime("%d/%m/%Y").tolist() == [row[4] for row in rows]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_no_bytes_break_the_import(tmp_path_factory, content):
    file = tmp_path_factory.mktemp("octets") / "extrait.csv"
    head = ";".join(COLUMNS).encode() + b"\n"
    file.write_bytes(head + content)
    with suppress(KitError):
        report = read_extract(file, "essai").report
        assert report.counts["lignes"] == len(report.rows())
