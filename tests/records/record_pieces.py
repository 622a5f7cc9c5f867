"""Papers for the tests: real ones, and those that lie."""

import base64
import io
import zipfile
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

TEAM_B = "Service des enseignants du premier degré, équipe B"


def image(kind, size=(40, 30)):
    out = io.BytesIO()
    Image.new("RGB", size, "#0b5c6b").save(out, kind)
    return out.getvalue()


def pdf(change=lambda writer: None):
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def acting(kind, key):
    """Return a change that makes a PDF act as soon as it opens."""

    def change(writer):
        action = {NameObject("/S"): NameObject(kind), NameObject(key): TextStringObject("x")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)

    return change


def annotated(words):
    """Return a change that hangs something on the page, in the words of PDF."""

    def change(writer):
        held = DictionaryObject.read_from_stream(io.BytesIO(words), None)
        writer.pages[0][NameObject("/Annots")] = ArrayObject([held])

    return change


def linked(address):
    """Return a change that puts a link on the page."""
    return annotated(b"<</Subtype /Link /A <</S /URI /URI (%s)>> >>" % address)


def archive(before, after=b""):
    """Return a file that is also an archive: what is before, then a ZIP, whose comment ends it."""
    out = io.BytesIO(before)
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("x.exe", b"MZ")
        packed.comment = after
    return out.getvalue()


def swollen():
    """A PDF of some kilobytes that holds seven million numbers once inflated."""
    held = zlib.compress(b"5 0 [" + (b"[" + b"0 " * 9_000 + b"]") * 800 + b"]", 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R/Names 5 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        stream(b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode", held),
    ]
    whole, rows = b"%PDF-1.5\n", [(0, 0, 0)]
    for number, part in enumerate(parts, 1):
        rows.append((1, len(whole), 0))
        whole += b"%d 0 obj%sendobj\n" % (number, part)
    rows += [(2, 4, 0), (1, len(whole), 0)]
    table = b"".join(
        bytes([kind]) + at.to_bytes(4, "big") + bytes([last]) for kind, at, last in rows
    )
    end = stream(b"/Type/XRef/W[1 4 1]/Size 7/Root 1 0 R", table)
    return whole + b"6 0 obj%sendobj\nstartxref\n%d\n%%%%EOF" % (end, len(whole))


def stream(words, content):
    return b"<<%s/Length %d>>stream\n%s\nendstream\n" % (words, len(content), content)


HOSTILE = {
    "programme.pdf": (b"MZ\x90\x00" + b"\0" * 100, "un programme"),
    "page.gif": (b"<html><script>alert(1)</script></html>", "une page web"),
    "vide.pdf": (b"", "vide"),
    "abime.pdf": (b"%PDF-1.7\nrien", "abîmé"),
    "abime.png": (image("PNG")[:60], "abîmée"),
    "script.pdf": (pdf(acting("/JavaScript", "/JS")), "un programme"),
    "porteur.pdf": (pdf(lambda w: w.add_attachment("x.exe", b"MZ")), "un autre fichier"),
    "cache.pdf": (pdf(annotated(b"<</FS <</F (x) /EF <</F (MZ)>> >> >>")), "un autre fichier"),
    "epingle.pdf": (pdf(annotated(b"<</Subtype /FileAttachment /FS (x)>>")), "un autre fichier"),
    "renvoi.pdf": (pdf(acting("/GoToR", "/F")), "ouvrir un fichier"),
    "poupee.pdf": (pdf(acting("/GoToE", "/F")), "ouvrir un fichier"),
    "lanceur.pdf": (pdf(acting("/Launch", "/F")), "ouvrir un programme"),
    "ferme.pdf": (pdf(lambda w: w.encrypt("secret", algorithm="RC4-128")), "mot de passe"),
    "photo.pdf": (image("JPEG"), "son contenu est une image JPEG"),
    "acte.jpg": (pdf(), "son contenu est un PDF"),
    "acte.exe": (pdf(), "son contenu est un PDF"),
    "image.bmp": (image("BMP"), "une image BMP"),
    "lien.pdf": (pdf(linked(b"javascript:app.alert(1)")), "un lien qui n’est pas"),
    "lien-local.pdf": (pdf(linked(b"file:///etc/passwd")), "un lien qui n’est pas"),
    "lien-cache.pdf": (pdf(linked(b"java\\nscript:x")), "un lien qui n’est pas"),
    "base.pdf": (pdf(annotated(b"<</URI <</Base (javascript:x//)>> >>")), "un lien qui n’est pas"),
    "media.pdf": (pdf(acting("/Rendition", "/R")), "un média actif"),
    "double.pdf": (archive(pdf()), "après sa fin"),
    "double-fini.pdf": (archive(pdf(), b"%%EOF"), "après sa fin"),
    "suite.pdf": (pdf() + b"<script>alert(1)</script>", "après sa fin"),
    "avant.pdf": (b"<html>" + pdf(), "une page web"),
    "double.jpg": (archive(image("JPEG")), "aussi une archive"),
    "page.jpg": (image("JPEG") + b"<Script>alert(1)</script>", "aussi une page web"),
    "acte.gif": (image("GIF", (1, 1)) + pdf(), "aussi un PDF"),
}
"""What must be refused, and a part of the reason."""


def slices(content, size=600_000):
    parts = [content[i : i + size] for i in range(0, len(content), size)] or [b""]
    return [base64.b64encode(part).decode() for part in parts]
