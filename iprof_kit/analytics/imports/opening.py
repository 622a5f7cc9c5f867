"""A file opened by what it holds, whatever its name says."""

from __future__ import annotations

import re
from pathlib import Path

from iprof_kit.analytics.imports.files.delimited import read_delimited
from iprof_kit.analytics.imports.files.encoding import to_utf8
from iprof_kit.analytics.imports.files.fixed import read_fixed
from iprof_kit.analytics.imports.files.raw import Raw
from iprof_kit.analytics.imports.files.sheets import read_parquet, read_xlsx
from iprof_kit.analytics.imports.hidden import hide_lines
from iprof_kit.analytics.imports.listing import looks_like_a_listing, pdf_text, read_listing
from iprof_kit.analytics.imports.source import Source
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.words import NBSP

LARGEST_FILE = 1_500_000_000
_OLD_BOOK, _LOCKED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
"""How an old workbook begins, and what a new one holds there where a password closes it."""
_OTHERS = (
    (_OLD_BOOK, "un ancien classeur (.xls)", "Enregistrez-le en .xlsx ou en CSV."),
    (b"\x89PNG", "une image", "Demandez l’extrait d’origine."),
    (b"\xff\xd8\xff", "une image", "Demandez l’extrait d’origine."),
    (b"{\\rtf", "un texte mis en forme (.rtf)", "Enregistrez-le en CSV."),
    (b"\x1f\x8b", "une archive compressée", "Décompressez-la, puis importez son contenu."),
    (b"Rar!", "une archive compressée", "Décompressez-la, puis importez son contenu."),
    (b"7z\xbc\xaf", "une archive compressée", "Décompressez-la, puis importez son contenu."),
)
_SUFFIXES = {".csv": "CSV", ".txt": "CSV", ".tsv": "CSV", ".xlsx": "XLSX", ".parquet": "Parquet"}


def open_raw(path: Path, source: Source) -> Raw:
    """Read a file into a table of texts, recognising what it is by its contents.

    Raises
    ------
    Unavailable
        The file is not there, or may not be read.
    InputError
        It is not an extract: an image, an old spreadsheet, a web page, nothing.
    """
    try:
        too_large = path.stat().st_size > LARGEST_FILE
        data = b"" if too_large else path.read_bytes()
    except OSError as error:
        raise Unavailable(
            "ce fichier n’existe pas ou ne peut pas être lu.",
            where=path.name,
            remedy="Vérifiez son nom et vos droits sur le dossier.",
        ) from error
    if too_large:
        raise InputError(
            f"le fichier dépasse {LARGEST_FILE // 1_000_000} Mo.",
            where=path.name,
            remedy="Demandez l’extrait en plusieurs fichiers.",
        )
    raw = _opened(data, path.name, source)
    hide_lines(raw)
    expected = _SUFFIXES.get(path.suffix.lower(), "")
    if expected and raw.kind in ("CSV", "XLSX", "Parquet") and raw.kind != expected:
        raw.notes.append(
            f"Le nom finit par {path.suffix}, le contenu est du {raw.kind}{NBSP}: il "
            "est lu comme tel."
        )
    return raw


def _opened(data: bytes, name: str, source: Source) -> Raw:
    if not data.strip():
        raise InputError("le fichier est vide.", where=name, remedy="Refaites l’extraction.")
    if data.startswith(b"PAR1"):
        return read_parquet(data, name)
    if data.startswith(b"PK\x03\x04"):
        if b"xl/" in data[-(1 << 16) :]:
            return read_xlsx(data, name, source.sheet)
        raise _refused(name, "une archive ou un document", "Extrayez le CSV ou le classeur .xlsx.")
    if data.startswith(b"%PDF"):
        text = pdf_text(data, name)
        if looks_like_a_listing(text):
            return read_listing(text, name)
        raise _refused(
            name,
            "un PDF, sans liste d’avancement d’échelon",
            "Demandez l’extrait en CSV ou en .xlsx.",
        )
    if data.startswith(_OLD_BOOK) and _LOCKED in data:
        raise InputError(
            "ce classeur est protégé par un mot de passe.",
            where=name,
            remedy="Enlevez la protection dans un tableur, puis enregistrez-le en .xlsx.",
        )
    for magic, what, remedy in _OTHERS:
        if data.startswith(magic):
            raise _refused(name, what, remedy)
    head = to_utf8(data[:30_000]).data.decode("utf-8", errors="replace")
    if re.match(r"\s*(<\?xml|<!doctype|<html|<table)", head, re.IGNORECASE):
        raise _refused(
            name, "une page web ou du XML", "Ouvrez-la dans un tableur, enregistrez en .xlsx."
        )
    if head.lstrip().startswith(("{", "[")):
        raise _refused(name, "du JSON", "Employez load_dossiers, ou demandez un CSV.")
    if "\x00" in head:
        raise _refused(name, "un fichier binaire", "Demandez l’extrait en CSV ou en .xlsx.")
    return _text(data, head, name, source)


def _text(data: bytes, head: str, name: str, source: Source) -> Raw:
    if source.slots or source.format == "largeur_fixe":
        return read_fixed(data, name, source.slots, source.skip)
    if source.format == "liste" or looks_like_a_listing(head):
        return read_listing(data, name)
    return read_delimited(data, name, source.separator)


def _refused(name: str, what: str, remedy: str) -> InputError:
    return InputError(f"ce fichier est {what}, pas un extrait.", where=name, remedy=remedy)
