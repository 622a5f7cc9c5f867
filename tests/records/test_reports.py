"""« Signaler une erreur »: kept with its papers, answered step after step, both values kept."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from record_pieces import image, slices
from sqlalchemy import text

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.commands.dossier import signalement
from iprof_kit.records import database as db
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import Write
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.contract.facts import data_of
from iprof_kit.services.guichet.operations import NotLoggedIn, run
from iprof_kit.services.own_data.papers import receipt
from iprof_kit.services.reports import answers, reporting

DATUM = "affectations.1.dates"
SERVICE = "Division des enseignants du premier degré"


def sent(jean, cle="cle-premiere", **words):
    given = {"donnee": DATUM, "indique": "1er septembre 2018", "explication": "Voir l’arrêté."}
    return jean("signaler", cle=cle, **(given | words))


def actions(numero="D0001"):
    with db.reading() as session:
        return [
            (one.actor, one.action) for one in audit.lines(session, subject=f"dossier:{numero}")
        ]


def test_a_report_keeps_what_the_file_showed_and_what_she_says(jean, dossiers, now):
    made = sent(jean).signalement
    shown = {one.cle: one.valeur for one in data_of(dossiers["D0001"])}
    assert (made.donnee, made.valeur) == (DATUM, shown[DATUM])
    assert (made.indique, made.explication) == ("1er septembre 2018", "Voir l’arrêté.")
    assert made.envoye_le == now
    assert made.numero == "2026-0001"
    assert (made.pris_en_charge_le, made.repondu_le, made.corrige_le) == (None, None, None)
    assert jean("signalements").signalements == [made]


def test_its_papers_go_with_it_and_no_longer_wait(jean):
    piece = jean(
        "piece_deposer",
        nom="scan.png",
        part=0,
        parts=1,
        contenu=slices(image("PNG"))[0],
        cle="piece-premiere",
    ).piece
    made = sent(jean, pieces=[piece.id]).signalement
    assert [one.nom for one in made.pieces] == ["scan.png"]
    assert jean("signalements").en_attente == []
    assert jean("piece_retirer", id=piece.id).en_attente == []
    assert len(jean("signalements").signalements[0].pieces) == 1


def test_the_same_order_sent_twice_is_one_report(jean):
    first, again = sent(jean), sent(jean)
    assert first == again
    assert len(jean("signalements").signalements) == 1


def test_another_text_under_the_same_key_is_not_lost(jean):
    sent(jean)
    sent(jean, indique="1er septembre 2017")
    said = [one.indique for one in jean("signalements").signalements]
    assert said == ["1er septembre 2017", "1er septembre 2018"]


WRONG = [
    ({"indique": "  "}, "indique", "Ce que vous indiquez manque."),
    ({"indique": "x" * 301}, "indique", "Ce texte compte 301 caractères."),
    ({"explication": "x" * 2001}, "explication", "Ce texte compte 2001 caractères."),
    ({"indique": "a\x00b"}, "indique", "Ce texte contient un caractère invisible."),
    ({"indique": "2018\nsigné : la division"}, "indique", "Ce texte contient un saut de ligne."),
    ({"explication": "a\x1b[2Jb"}, "explication", "Ce texte contient un caractère invisible."),
    ({"explication": "a\U000e0041b"}, "explication", "Ce texte contient un caractère invisible."),
    (
        {"explication": "\u202ea"},
        "explication",
        "Ce texte contient un caractère invisible, qui change l’ordre des mots.",
    ),
    ({"donnee": "paie.net"}, "donnee", "Cette donnée n’est pas dans votre dossier."),
    ({"pieces": ["0" * 24]}, "pieces", "Une pièce n’est plus là."),
    ({"pieces": [f"{n}" for n in range(6)]}, "pieces", "Vous joignez 6 pièces."),
]


def test_a_wrong_field_is_named_and_nothing_is_kept(jean):
    for words, field, message in WRONG:
        answer = sent(jean, **words)
        assert answer.signalement is None
        assert [(one.champ, one.message) for one in answer.erreurs] == [(field, message)]
    assert jean("signalements").signalements == []


def test_the_four_steps_are_dated_and_both_values_stay(jean, now):
    number = sent(jean).signalement.numero
    for day, step in enumerate(
        (
            lambda at: answers.take(number, SERVICE, "iprof signalement", at),
            lambda at: answers.answer(
                number, "L’arrêté vous donne raison.", "iprof signalement", at
            ),
            lambda at: answers.correct(number, "1er septembre 2018", "iprof signalement", at),
        ),
        1,
    ):
        step(now + timedelta(days=day))
    [told] = jean("signalements").signalements
    assert told.pris_en_charge_le == now + timedelta(days=1)
    assert told.repondu_le == now + timedelta(days=2)
    assert told.corrige_le == now + timedelta(days=3)
    assert (told.service, told.reponse) == (SERVICE, "L’arrêté vous donne raison.")
    assert told.valeur_corrigee == "1er septembre 2018"
    assert told.valeur.startswith("du ") or told.valeur.startswith("depuis ")
    with db.reading() as session:
        former = [
            one.former for one in session.query(Write).where(Write.subject == f"cases:{told.id}")
        ]
    assert [one and one["state"] for one in former] == [
        None, "envoye", "pris_en_charge", "repondu",
    ]  # fmt: skip
    assert actions()[1][1] == "signalement_corrige"


def test_a_text_of_several_lines_forges_none_in_the_list(jean):
    sent(jean, explication="Voir l’arrêté.\n2026-0002  dossier D0009  Nom")
    shown = CliRunner().invoke(signalement, ["list"]).output
    assert "  explication\u00a0: Voir l’arrêté.\\n2026-0002  dossier D0009  Nom\n" in shown
    assert [line[:9] for line in shown.splitlines() if not line.startswith(" ")] == ["2026-0001"]


def test_what_was_stored_before_reaches_no_terminal(jean):
    sent(jean)
    with db.writing() as session:
        session.execute(text("UPDATE cases SET claimed = :said"), {"said": "a\x1b[2J\u202eb"})
    shown = CliRunner().invoke(signalement, ["list"]).output
    assert "  indiqué\u00a0: a\\x1b[2J\\u202eb\n" in shown


def test_what_a_paste_brings_is_taken_away(jean):
    made = sent(jean, indique="\ufeff1er\u200b septembre", explication="un\r\ndeux").signalement
    assert (made.indique, made.explication) == ("1er septembre", "un\ndeux")


def test_a_service_writes_no_line_that_is_not_seen(jean, now):
    number = sent(jean).signalement.numero
    with pytest.raises(InputError, match="saut de ligne"):
        answers.take(number, "Division\nautre", "iprof signalement", now)
    with pytest.raises(InputError, match="ordre des mots"):
        answers.answer(number, "non\u202e", "iprof signalement", now)


def test_a_report_is_taken_once(jean, now):
    number = sent(jean).signalement.numero
    answers.take(number, SERVICE, "iprof signalement", now)
    with pytest.raises(InputError, match="déjà pris en charge"):
        answers.take(number, "Une autre division", "iprof signalement", now)


def test_a_number_that_does_not_exist_is_said(jean, now):
    sent(jean)
    for number in ("2026-0002", "2025-0001", "1", "", "2026-0001; x"):
        with pytest.raises(InputError, match="n’existe pas"):
            answers.take(number, SERVICE, "iprof signalement", now)


def test_open_reports_are_bounded(jean, monkeypatch):
    monkeypatch.setattr(reporting, "MOST_OPEN", 2)
    for number in range(2):
        sent(jean, cle=f"cle-{number:04d}")
    with pytest.raises(Refused, match="attendent déjà"):
        sent(jean, cle="cle-de-trop")


def test_the_receipt_is_dated_numbered_and_one_s_own(jean, now):
    from io import BytesIO

    from pypdf import PdfReader

    made = sent(jean).signalement
    number, content = receipt(Owner("D0001", "jdupont"), made.id, now)
    page = " ".join(PdfReader(BytesIO(content)).pages[0].extract_text().split())
    assert number == "2026-0001"
    assert "Enregistré dans ce kit le 25 novembre 2026 à 10 h 00, heure de Paris" in page
    assert "1er septembre 2018" in page
    with pytest.raises(Refused):
        receipt(Owner("D0003", "jdupont2"), made.id, now)


def test_nobody_else_sees_or_sends_it(jean, teachers, now):
    sent(jean)
    assert run(teachers["jdupont2"], "signalements", {}, now).signalements == []
    for op, args in (
        ("signalements", {}),
        ("signaler", {"donnee": DATUM, "indique": "x", "cle": "cle-autre-1"}),
        ("piece_deposer", {"nom": "x", "part": 0, "parts": 1, "contenu": "", "cle": "cle-autre-1"}),
        ("piece_retirer", {"id": "0" * 24}),
        ("consultations", {}),
        ("mes_donnees", {}),
    ):
        with pytest.raises(NotLoggedIn):
            run(None, op, args, now)


def command(*arguments):
    return CliRunner().invoke(signalement, arguments, catch_exceptions=False).output


def test_a_service_answers_by_commands(jean, tmp_path):
    piece = jean(
        "piece_deposer",
        nom="scan.png",
        part=0,
        parts=1,
        contenu=slices(image("PNG"))[0],
        cle="piece-premiere",
    ).piece
    number = sent(jean, pieces=[piece.id]).signalement.numero
    assert "2026-0001  dossier D0001" in command("list")
    assert SERVICE in command("prendre", number, "--service", SERVICE)
    assert "scan.png" in command("pieces", number, str(tmp_path / "pieces"))
    assert (tmp_path / "pieces" / "01-scan.png").read_bytes() == image("PNG")
    command("repondre", number, "--texte", "Nous corrigeons.")
    assert "Valeur d’avant, gardée" in command("corriger", number, "--valeur", "2018")
    assert "Aucun signalement" in command("list")
    assert "corrigé le" in command("list", "--tous")
    assert ("iprof signalement", "piece_lue") in actions()
