"""The papers of a report: checked by content, received in slices, one's own only."""

import base64
import re
import sys
from pathlib import Path
from time import monotonic

import pytest
from PIL import Image
from record_pieces import HOSTILE, image, linked, pdf, slices, swollen
from tiring_pictures import many_scans
from written_pdf import written_pdf

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.given import elsewhere
from iprof_kit.records import database as db
from iprof_kit.records.cases import Paper
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.contract.own_file import LARGEST_PIECE, DeposerPiece
from iprof_kit.services.guichet.operations import run
from iprof_kit.services.reports import piece_checks
from iprof_kit.services.reports.files import MOST_WAITING, receive, stored_file
from iprof_kit.services.reports.piece_checks import clean_name, media_type_of
from iprof_kit.services.workers import opening
from iprof_kit.services.workers.later import settled

JEAN = Owner("D0001", "jdupont")


def left(jean, name, content, cle="piece-premiere", size=600_000):
    parts = slices(content, size)
    for number, part in enumerate(parts):
        answer = jean(
            "piece_deposer", nom=name, part=number, parts=len(parts), contenu=part, cle=cle
        )
    return answer


def kept():
    with db.reading() as session:
        return session.query(Paper).count()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("arrêté.pdf", pdf(), "application/pdf"),
        ("photo.JPG", image("JPEG"), "image/jpeg"),
        ("scan.png", image("PNG"), "image/png"),
        ("scan.gif", image("GIF"), "image/gif"),
        ("sans-extension", image("PNG"), "image/png"),
    ],
)
def test_what_may_be_joined_is_known_by_its_content(name, content, kind):
    assert media_type_of(content, name) == kind


@pytest.mark.parametrize(
    "link", [b"https://www.education.gouv.fr", b"MAILTO:a@b.fr", b"www.example.org"]
)
def test_a_pdf_may_link_to_the_web(link):
    assert media_type_of(pdf(linked(link)) + b"\r\n\0", "acte.pdf") == "application/pdf"


def test_what_a_telephone_writes_after_a_picture_is_left_there():
    assert media_type_of(image("JPEG") + b"\0\0SEFHe\0SEFT", "photo.jpg") == "image/jpeg"


@pytest.mark.parametrize("name", HOSTILE)
def test_what_lies_or_acts_is_refused_with_its_reason(name):
    content, said = HOSTILE[name]
    with pytest.raises(InputError, match=said) as refused:
        media_type_of(content, name)
    assert refused.value.remedy


def test_a_picture_that_would_fill_the_memory_is_refused():
    small = image("GIF")
    huge = small[:6] + (60_000).to_bytes(2, "little") * 2 + small[10:]
    with pytest.raises(InputError, match="trop de points"):
        media_type_of(huge, "grande.gif")


def test_a_small_pdf_that_would_hold_up_the_server_is_refused_in_time():
    from iprof_kit.server.guichet import LONGEST_SECONDS

    content, start = swollen(), monotonic()
    assert len(content) < 20_000
    with pytest.raises(InputError, match="trop compliqué pour être vérifié") as refused:
        media_type_of(content, "petit.pdf")
    assert "Imprimez-le" in refused.value.remedy
    assert monotonic() - start < LONGEST_SECONDS


def test_a_pdf_that_takes_too_long_is_refused_where_the_system_bounds_nothing(monkeypatch):
    monkeypatch.setattr(opening, "LONGEST_SECONDS", 0.001)
    with pytest.raises((InputError, Unavailable), match=r"trop compliqué|pas pu être vérifiée"):
        media_type_of(pdf(), "acte.pdf")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems bound no addresses")
def test_the_process_that_reads_a_pdf_is_bounded_and_holds_no_secret(monkeypatch):
    monkeypatch.setenv("IPROF_DATABASE_URL", "postgresql://kit:secret@base/kit")
    started = []

    class Kept(elsewhere.BoundedProcess):
        def ask(self, message):
            made = super().ask(message)
            started.append(
                (
                    Path(f"/proc/{self.pid}/limits").read_text(),
                    Path(f"/proc/{self.pid}/environ").read_bytes(),
                )
            )
            return made

    monkeypatch.setattr(elsewhere, "BoundedProcess", Kept)
    assert media_type_of(pdf(), "acte.pdf") == "application/pdf"
    ((limits, held),) = started
    assert re.search(rf"Max address space +{opening.MOST_MEMORY} ", limits)
    assert b"secret" not in held


def test_a_name_is_kept_without_what_a_system_would_obey():
    assert clean_name("../../etc/pass\x00wd.pdf") == "pass wd.pdf"
    assert clean_name("C:\\Users\\x\\acte.pdf") == "acte.pdf"
    assert clean_name('a"b\r\nc.pdf') == "a b c.pdf"
    assert clean_name("é" * 300 + ".pdf").endswith(".pdf")
    assert len(clean_name("é" * 300 + ".pdf")) <= 120
    assert clean_name("///") == "piece"


def test_slices_make_the_paper_again(jean, now):
    content = image("PNG") + b"\0" * 1000
    done = left(jean, "scan.png", content, size=300)
    assert (done.piece.nom, done.piece.taille) == ("scan.png", len(content))
    assert stored_file(JEAN, done.piece.id, now).content == content
    assert [one.nom for one in jean("signalements").en_attente] == ["scan.png"]


def test_a_slice_sent_again_is_received_once(jean, now):
    content = image("PNG")
    first, second = slices(content, len(content) // 2 + 1)
    words = {"nom": "scan.png", "parts": 2, "cle": "piece-premiere"}
    for _ in range(2):
        assert jean("piece_deposer", part=0, contenu=first, **words).recues == 1
    assert jean("piece_deposer", part=1, contenu=second, **words).piece.taille == len(content)
    assert jean("piece_deposer", part=1, contenu=second, **words).piece.taille == len(content)
    assert kept() == 1


def test_a_slice_that_comes_too_early_is_refused_and_nothing_stays(jean):
    answer = jean(
        "piece_deposer",
        nom="acte.pdf",
        part=1,
        parts=3,
        contenu=slices(pdf())[0],
        cle="piece-premiere",
    )
    assert answer.erreur.message == "Une partie de ce fichier n’est pas arrivée."
    assert kept() == 0


def test_a_refused_paper_leaves_nothing_behind(jean):
    answer = left(jean, "acte.pdf", image("PNG"), size=50)
    assert "une image PNG" in answer.erreur.message
    assert kept() == 0
    assert jean("signalements").en_attente == []


def test_a_paper_too_large_is_refused_with_its_weight(jean):
    answer = left(jean, "grand.pdf", b"%PDF-" + b"x" * LARGEST_PIECE, size=590_000)
    assert "pèse 5,0 Mo, la limite est de 5 Mo" in answer.erreur.message
    assert kept() == 0


def test_what_is_not_base64_is_said(jean):
    answer = jean("piece_deposer", nom="x.png", part=0, parts=1, contenu="é*", cle="piece-01")
    assert "pas arrivé entier" in answer.erreur.message


def test_w12_a_whole_paper_whose_check_nobody_awaited_is_checked_when_it_is_sent_again(jean, now):
    content = image("PNG")
    parts = slices(content, len(content) // 2 + 1)
    words = {"nom": "scan.png", "pour": "signalement", "parts": 2, "cle": "piece-premiere"}
    wanted = [DeposerPiece(part=part, contenu=one, **words) for part, one in enumerate(parts)]
    assert receive(JEAN, wanted[0], now).recues == 1
    given_up = receive(JEAN, wanted[1], now)
    given_up.work.result(30)  # and nobody asks for what follows
    assert jean("signalements").en_attente == []
    assert receive(JEAN, wanted[0], now).recues == 1  # it goes on at the last slice
    done = settled(receive(JEAN, wanted[1], now))
    assert [one.id for one in jean("signalements").en_attente] == [done.piece.id]
    assert stored_file(JEAN, done.piece.id, now).content == content


def test_w13_a_signed_paper_is_kept_byte_for_byte(jean, now):
    content = written_pdf(
        b"/AcroForm<</SigFlags 3/Fields[4 0 R]>>",
        b"",
        b"<</FT/Sig/T(Signature)/V 5 0 R>>",
        b"<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 9 9 9]/Contents<0011>>>",
    )
    done = left(jean, "arrêté signé.pdf", content, size=150)
    assert stored_file(JEAN, done.piece.id, now).content == content


def test_w12_a_paper_that_changed_while_it_was_looked_at_is_not_kept(jean, now):
    content = image("GIF")
    words = {"nom": "scan.gif", "pour": "signalement", "cle": "piece-premiere"}
    first = DeposerPiece(part=0, parts=1, contenu=slices(content)[0], **words)
    looked = receive(JEAN, first, now)
    looked.work.result(30)
    more = DeposerPiece(part=1, parts=3, contenu=slices(b"<script>")[0], **words)
    assert receive(JEAN, more, now).recues == 2
    assert "plus là" in settled(looked).erreur.message
    assert kept() == 0


def test_w12_no_transaction_is_open_while_a_paper_is_opened(jean, now, monkeypatch):
    held = []

    def opened(_content):
        held.append(db.engine().pool.checkedout())
        return "image/png", None

    monkeypatch.setattr(piece_checks, "paper_of", opened)
    assert left(jean, "scan.png", image("PNG")).piece is not None
    assert held == [0]


def test_w01_a_photo_that_takes_long_to_decode_is_opened_by_no_order_about_its_cv(
    jean, monkeypatch
):
    held = base64.b64encode(many_scans((800, 600), 900)).decode()
    photo = {"type_media": "image/jpeg", "base64": held, "largeur": 800, "hauteur": 600}
    content = {
        "faits": {"identite": {"prenom": "Jean", "nom": "Dupont", "photo": photo}},
        "cibles": [{"id": "c1", "titre": "Direction d’école", "photo": True}],
    }
    for name in ("open", "new"):
        monkeypatch.setattr(Image, name, lambda *_, **__: pytest.fail("decoded here"))
    saved = jean("cv_enregistrer", cv=content, revision=0, cle="cle-cv-0001")
    version = jean("cv_version_creer", nom="V", revision=saved.revision, cle="cle-v-0001")
    link = jean("cv_lien_creer", version_id=version.id, cible_id="c1", jours=2, cle="cle-l-0001",
                coordonnees=False)  # fmt: skip
    assert link.cible_titre == "Direction d’école"
    shown = jean("cv_lien_apercu", version_id=version.id, cible_id="c1", coordonnees=False)
    assert "<svg" in shown.pages[0]


def test_a_paper_may_be_withdrawn_until_it_is_sent(jean):
    piece = left(jean, "scan.png", image("PNG")).piece
    assert jean("piece_retirer", id=piece.id).en_attente == []
    assert jean("piece_retirer", id=piece.id).en_attente == []


def test_waiting_papers_are_bounded(jean):
    for number in range(MOST_WAITING):
        left(jean, "scan.png", image("PNG"), cle=f"piece-{number:04d}")
    answer = left(jean, "scan.png", image("PNG"), cle="piece-de-trop")
    assert "attendent déjà" in answer.erreur.message


def test_papers_that_never_came_whole_give_their_place(jean):
    whole = left(jean, "entier.png", image("PNG")).piece
    for number in range(MOST_WAITING):
        jean(
            "piece_deposer",
            nom="coupe.png",
            part=0,
            parts=2,
            contenu=slices(image("PNG"))[0],
            cle=f"coupe-{number:04d}",
        )
    done = left(jean, "scan.png", image("PNG"), cle="piece-apres").piece
    assert [one.id for one in jean("signalements").en_attente] == [whole.id, done.id]


def test_the_paper_of_somebody_else_does_not_exist(jean, teachers, now):
    piece = left(jean, "scan.png", image("PNG")).piece
    other = teachers["jdupont2"]
    assert run(other, "piece_retirer", {"id": piece.id}, now).en_attente == []
    assert len(jean("signalements").en_attente) == 1
    answer = run(
        other,
        "signaler",
        {"donnee": "identite.nom", "indique": "x", "pieces": [piece.id], "cle": "cle-autre-1"},
        now,
    )
    assert answer.signalement is None
    assert answer.erreurs[0].champ == "pieces"


def test_base64_of_a_slice_fits_one_line_of_the_guichet():
    from iprof_kit.server.guichet import LONGEST_LINE
    from iprof_kit.services.contract.own_file import LARGEST_SLICE

    assert len(base64.b64encode(b"x" * LARGEST_SLICE)) + 50_000 < LONGEST_LINE
