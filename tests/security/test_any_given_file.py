"""Any file at any door: an answer, or a refusal in French, in its time; never a fault of ours."""

import base64
import io
import json
import random
import re
import time
import zipfile
import zlib
from contextlib import suppress
from datetime import date

import openpyxl
import pytest
from record_pieces import HOSTILE, image, pdf, swollen
from tiring_pictures import many_scans
from written_pdf import written_pdf

from iprof_kit.analytics.imports.opening import open_raw
from iprof_kit.analytics.imports.source import Source
from iprof_kit.base.errors import KitError
from iprof_kit.base.paths import PERSONAS
from iprof_kit.calculate.atelier.files import check_text
from iprof_kit.calculate.atelier.seance import imported, reopened
from iprof_kit.cv.inputs import read
from iprof_kit.cv.model import Cv, Faits
from iprof_kit.cv.outputs import json_resume, own
from iprof_kit.cv.person import Identite, Photo
from iprof_kit.cv.photo import kept, read_photo
from iprof_kit.given import elsewhere, papers, tables, workbook, yaml_files
from iprof_kit.services.workers.opening import paper_of

TODAY = date(2026, 12, 1)
LONGEST = 6.0
"""Seconds of processor of one file, as in a process of its own."""
WHOLE_CV = Cv(faits=Faits(identite=Identite(prenom="Ana", nom="Leroux", titre="Professeure")))


def photo_of(content):
    """Have a photo that came inside a CV looked at."""
    text = base64.b64encode(content).decode()
    return kept(Photo(type_media="image/jpeg", base64=text, largeur=600, hauteur=800))


def extract_of(content, folder):
    """Read an extract as a session does: it may start no process, so that time is counted here."""
    file = folder / "extrait.csv"
    file.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(elsewhere, "BoundedProcess", refused_a_process)
        return open_raw(file, Source("essai"))


def refused_a_process(*_):
    raise PermissionError


def values_in(content):
    """Read a YAML file as its own process does."""
    with suppress(elsewhere.TooHeavyError):
        assert yaml_files.answer(content)


def table_in(content):
    """Read a table as its own process does."""
    with suppress(tables.UnreadableError):
        assert all(tables.unpacked(tables.answer(content)))


def book():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
            packed.writestr(name, "<a/>" * 50)
    return out.getvalue()


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"<a>" + bytes(60_000_000))
    return out.getvalue()


def text_bomb():
    """Return a PNG whose words inflate to fifty megabytes."""
    whole = image("PNG")
    words = b"Comment\0\0" + zlib.compress(bytes(50_000_000), 9)
    part = len(words).to_bytes(4, "big") + b"zTXt" + words
    return whole[:33] + part + zlib.crc32(b"zTXt" + words).to_bytes(4, "big") + whole[33:]


def aliases():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    return "\n".join(lines).encode()


NESTED = (b"[" * 200_000, b'{"a":' * 100_000, b"- " * 50_000, b"<<" * 100_000)
SEEDS = (
    image("JPEG"), image("PNG"), image("GIF"), pdf(), written_pdf(b"/A<</S/GoTo>>"),
    own.dump(WHOLE_CV), json_resume.dump(WHOLE_CV), b"diplome;annee\nMaster;2012\n",
    b"numero;corps;grade;echelon\n1;pe;classe_normale;7\n", book(),
    (PERSONAS / "bruno_lacroix.yml").read_bytes(),
    *(content for content, _ in HOSTILE.values()),
)  # fmt: skip
BOMBS = (
    bomb(), text_bomb(), aliases(), many_scans((7000, 7000), 300), many_scans((600, 800), 6_000),
    b"PAR1" + bytes(200) + b"PAR1", b"1.a.b", *NESTED,
)  # fmt: skip
DOORS = {
    "a paper": lambda content, _: papers.unpacked(papers.answer(content)),
    "a photo": lambda content, _: read_photo(content),
    "a photo inside a CV": lambda content, _: photo_of(content),
    "a CV": lambda content, _: read(content, Cv(), TODAY),
    "a séance": lambda content, _: imported(content),
    "the address of a séance": lambda content, _: reopened(content.decode("latin-1")),
    "a persona": lambda content, _: check_text(content.decode("utf-8", "replace"), "essai.yml"),
    "an extract": extract_of,
    "a table to import": lambda content, _: table_in(content),
    "a configuration, a source": lambda content, _: values_in(content),
}


def asking(inside, head=""):
    """Return a workbook of one cell, with words of ours before its sheet."""
    out, swapped = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.save(out)
    cell = f'<c r="A1" t="inlineStr"><is><t>avant {inside} ensuite</t></is></c>'
    with zipfile.ZipFile(out) as before, zipfile.ZipFile(swapped, "w") as after:
        for name in before.namelist():
            text = before.read(name).decode()
            if name.endswith("sheet1.xml"):
                text, count = re.subn(r"<c r=\"A1\".*?</c>", cell, text)
                assert count == 1
                text = head + text
            after.writestr(name, text)
    return b"\n" + swapped.getvalue()


def test_a_workbook_reads_no_file_of_this_machine(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("mot de passe de la base")
    assert b"avant puis ensuite" in workbook.answer(asking("puis"))
    for kind in (f'SYSTEM "{secret.as_uri()}"', '"de l’intérieur"'):
        read_here = workbook.answer(asking("&e;", f"<!DOCTYPE x [<!ENTITY e {kind}>]>"))
        assert b"mot de passe" not in read_here, kind


def changed(chance, content):
    """Return a file with some of its bytes changed, cut, repeated, moved, or another's put in."""
    whole = bytearray(content[:400_000])
    for _ in range(chance.randint(1, 6)):
        begin, end = sorted(chance.randrange(len(whole) + 1) for _ in range(2))
        how = chance.randrange(6)
        if how == 0 and whole:
            for _ in range(8):
                whole[chance.randrange(len(whole))] = chance.randrange(256)
        elif how == 1:
            del whole[begin : min(end, begin + 400)]
        elif how == 2:
            whole[end:end] = whole[begin : begin + 300] * chance.randint(1, 20)
        elif how == 3:
            other = chance.choice(SEEDS)
            at = chance.randrange(len(other) + 1)
            whole[begin:begin] = other[at : at + 500]
        elif how == 4:
            whole[begin : begin + 4] = chance.choice([b"\0\0\0\0", b"\xff" * 4, b"9999", b"-1  "])
        else:
            del whole[end:]
    return bytes(whole)


def opened(door, content, folder):
    begun = time.process_time()
    with suppress(KitError):
        DOORS[door](content, folder)
    assert time.process_time() - begun < LONGEST


@pytest.mark.parametrize("door", DOORS)
def test_w12_what_swells_nests_loops_or_lies_is_answered_at_every_door(door, tmp_path):
    for content in (*BOMBS, *SEEDS):
        opened(door, content, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("seed", range(20))
def test_w12_any_change_of_any_file_is_answered_at_every_door(door, seed, tmp_path):
    chance = random.Random(f"{door} {seed}")
    for _ in range(200):
        opened(door, changed(chance, chance.choice(SEEDS)), tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(40))
def test_w12_any_paper_is_answered_by_its_own_process_in_time(seed):
    chance = random.Random(seed)
    for _ in range(5):
        begun = time.monotonic()
        kind, fault = paper_of(changed(chance, chance.choice((*SEEDS, *BOMBS, swollen()))))
        assert kind or fault
        assert time.monotonic() - begun < 10


def test_w12_the_files_of_this_test_are_what_they_say():
    words = text_bomb()[50:]
    assert len(words) < 60_000 < 50_000_000 == len(zlib.decompressobj().decompress(words))
    assert json.loads(own.dump(WHOLE_CV))["faits"]["identite"]["nom"] == "Leroux"
    assert read(own.dump(WHOLE_CV), Cv(), TODAY).cv_propose.faits.identite.prenom == "Ana"
