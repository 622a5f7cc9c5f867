"""What each role sees of a file, as `data/courrier/droits.csv` says: every cell, by the guichet."""

import csv
import json
from dataclasses import replace
from datetime import date

import pytest
from record_pieces import image, slices
from sqlalchemy import select

from iprof_kit.base import paths
from iprof_kit.base.errors import BadTable, KitError
from iprof_kit.records import database as db
from iprof_kit.records.evaluation.projects import EvaluatorPortfolio
from iprof_kit.services.access import rights
from iprof_kit.services.access.accounts import NewAccount, create_account
from iprof_kit.services.contract.dossier import PositionTenue
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.services.dossier.storing import save_dossier
from iprof_kit.services.guichet.operations import run
from iprof_kit.services.mailings import sending

SIGNS = {
    "identite": "Dupont",
    "carriere": "7e échelon",
    "positions": "Temps partiel sur autorisation",
    "affectations": "Les Ormeaux",
    "rendez_vous": "2022-2023",
    "coordonnees": "12 rue des Ormeaux",
    "fils": "Message-à-mon-service",
    "notes_internes": "Note-du-service",
    "coordonnees_saisies": "06 39 98 12 34",
    "cv": "Titre-de-mon-CV",
    "lettres": "Lettre-pas-envoyée",
    "carnet": "Essai-de-carnet",
    "voeux": "Vœu-pas-envoyé",
    "motifs_conges": "suivre son conjoint",
    "rqth": "Reconnaissance de qualité de travailleur handicapé",
    "enfants": "Enfant-du-carnet",
    "iban": "FR7630006000011234567890189",
    "numen": "06E0854321LMN",
    "journal": "afficher les coordonnées",
    "envois": "Envoi-à-plusieurs",
}
"""What tells that a datum was shown: words that the file of `full` holds nowhere else."""
CODED = {("evaluateur", "carriere"): "classe_normale"}
"""What tells it where a role is told the codes, which her screens put in words."""
FOLLOW = {"gestionnaire", "evaluateur"}
"""The roles that open a file under a condition which `stranger` meets."""
NEVER_KEPT = {"iban", "numen"}
"""Data that the kit does not keep: nothing can show them."""


@pytest.fixture
def full(jean, draft, dossiers, manager, now):
    """Jean Dupont with every datum of the table; returns the name of a thread of hers."""
    leave = PositionTenue(
        position="Congé de longue maladie", motif="suivre son conjoint", modalite="Aucun service",
        quotite=0, debut="2015-01-01", fin="2015-02-01", source="AGAPE", lu_le="2026-11-12",
    )  # fmt: skip
    own = dossiers["D0001"]
    situation = {
        "nature": "handicap", "libelle": SIGNS["rqth"], "source": "AGAPE", "lu_le": "2026-11-12",
    }  # fmt: skip
    whole = own.model_dump() | {
        "positions": [leave.model_dump(), *(one.model_dump() for one in own.positions)],
        "situations": [situation],
    }
    save_dossier(type(own).model_validate(whole), "test", now)
    jean("contact_enregistrer", valeurs={"portable": SIGNS["coordonnees_saisies"]}, revision=0,
         cle="contact-1")  # fmt: skip
    draft["faits"]["identite"]["titre"] = SIGNS["cv"]
    draft["cibles"][0]["lettre"]["texte"] = SIGNS["lettres"]
    jean("cv_enregistrer", cv=draft, revision=0, cle="brouillon-un")
    kept = {"essai": SIGNS["carnet"], "voeux": [SIGNS["voeux"]], "enfants": SIGNS["enfants"]}
    jean("carnet_enregistrer", sujet="voeux", contenu=kept, revision=0, cle="carnet-un")
    content = slices(image("PNG"))[0]
    piece = jean("piece_deposer", nom="a.png", pour="nouveau", part=0, parts=1, contenu=content,
                 cle="piece-une").piece  # fmt: skip
    name = jean("courrier_ecrire", nature="question", objet="Question", texte=SIGNS["fils"],
                pieces=[piece.id], cle="cle-premiere").lu.fil.id  # fmt: skip
    desk = manager()
    desk("bureau_note", id=name, texte=SIGNS["notes_internes"], cle="cle-note")
    sent_to_many(desk, manager("groche", ("06",)), now)
    line = {"part": "inspection", "academie": "06", "corps": "pe", "du": date(2026, 9, 1)}
    create_account(NewAccount("einspection", ("evaluateur",), password="quatre mots sans lien",
                              evaluates=[line]), "test", now)  # fmt: skip
    jean("contact")
    return name


def sent_to_many(author, colleague, now):
    words = {
        "objet": SIGNS["envois"],
        "texte": "Bonjour.",
        "ou_demander": "au secrétariat",
        "finalite": "prévenir",
    }
    one = author("envoi_garder", **words, cle="cle-envoi").lu
    for desk, act in ((author, "proposer"), (colleague, "confirmer")):
        one = desk("envoi_agir", id=one.id, acte=act, revision=one.revision, compte=one.nombre,
                   cle=f"cle-{act}").lu  # fmt: skip
    sending.send_due(now)


def asked(name):
    """Return orders that read: those without argument, and those about Jean's file."""
    free = {op: {} for op, one in OPERATIONS.items() if one.arguments is NoArguments}
    return free | {
        "courrier": {},
        "courrier_fil": {"id": name},
        "carnet_lire": {"sujet": "voeux"},
        "bureau": {},
        "bureau_fil": {"id": name},
        "bureau_dossier": {"dossier": "D0001", "motif": "contrôle"},
        "bureau_portefeuille": {},
        "barres": {},
        "evaluations": {},
        "evaluation": {"dossier": "D0001", "objet": "rdv-2-2026"},
    }


def shown_to(identity, name, now):
    """Return everything that the guichet shows to somebody, as one text."""
    answers = []
    for op, args in asked(name).items():
        if op in OPERATIONS:
            try:
                answers.append(run(identity, op, args, now).model_dump(mode="json"))
            except KitError:
                continue
    return json.dumps(answers, ensure_ascii=False)


def test_every_cell_is_what_the_guichet_shows(full, teachers, now):
    roles = dict.fromkeys(one.role for one in rights.rights())
    for role in roles:
        identity = teachers["jdupont"] if role == "enseignant" else stranger(teachers, role)
        text = shown_to(identity, full, now).casefold()
        for cell in (one for one in rights.rights() if one.role == role):
            sign = CODED.get((role, cell.datum), SIGNS[cell.datum])
            there = sign.casefold() in text
            met = cell.sees == "condition" and role in FOLLOW
            expected = cell.sees == "oui" or met
            assert there == expected, (role, cell.datum)


LISTS = {
    "bureau": "the queue of a service: who waits, since when; opening a thread is told",
    "bureau_portefeuille": "who is followed: name, corps, school; opening a file is told",
    "evaluations": "who is evaluated: name, step, school; opening a project is told",
    "envois": "what she or her service wrote to many",
}
"""Lists that are not told to each person that they name, and why: the journal counts them."""
OF_A_LIST = {"identite", "carriere", "affectations", "rendez_vous", "positions", "envois"}


def others_readings(jean):
    return sum(one.nombre for one in jean("consultations").consultations if not one.vous)


def test_w17_what_somebody_else_reads_of_a_person_is_in_her_consultations(
    full, jean, teachers, now
):
    told = set()
    for role in sorted({one.role for one in rights.rights()} - {"enseignant"}):
        identity = stranger(teachers, role)
        for op, args in asked(full).items():
            before = others_readings(jean)
            try:
                text = run(identity, op, args, now).model_dump_json()
            except KitError:
                continue
            shown = {datum for datum, sign in SIGNS.items() if sign in text}
            if op in LISTS:
                assert shown <= OF_A_LIST, (role, op)
            elif shown:
                assert others_readings(jean) > before, (role, op)
                told.add(op)
    assert told == {"bureau_fil", "bureau_dossier", "evaluation"}


def stranger(teachers, role):
    """Return an account of a role; a manager and an evaluator are those who follow Jean."""
    account = teachers["jdupont"].account_id
    if role == "gestionnaire":
        account = max(one.account_id for one in teachers.values()) + 1
        return replace(teachers["jdupont2"], account_id=account, compte="gmorel", roles=(role,),
                       numero_dossier=None)  # fmt: skip
    if role == "evaluateur":
        with db.reading() as session:
            line = session.scalars(select(EvaluatorPortfolio)).one()
        return replace(teachers["jdupont2"], account_id=line.account_id, compte="einspection",
                       roles=(role,), numero_dossier=None)  # fmt: skip
    return replace(teachers["jdupont2"], account_id=account, roles=(role,), numero_dossier=None)


def test_every_datum_has_a_sign_that_tells_it(full, jean, teachers, now):
    assert set(SIGNS) == {one.datum for one in rights.rights()}
    own = shown_to(teachers["jdupont"], full, now)
    assert {datum for datum, sign in SIGNS.items() if sign not in own} - NEVER_KEPT == {
        "notes_internes"
    }


def test_the_kind_of_a_leave_is_shown_to_nobody_but_her(full, teachers, now):
    assert "longue maladie" in shown_to(teachers["jdupont"], full, now)
    for role in ("gestionnaire", "evaluateur", "analyste", "formateur", "administrateur"):
        assert "longue maladie" not in shown_to(stranger(teachers, role), full, now)


def test_a_cell_that_changes_changes_what_is_shown(full, teachers, now, tmp_path, monkeypatch):
    with (paths.COURRIER / "droits.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if (row["role"], row["donnee"]) == ("gestionnaire", "coordonnees"):
            row |= {"voit": "non", "condition": ""}
    written(tmp_path, rows, monkeypatch)
    opened = run(stranger(teachers, "gestionnaire"), "bureau_dossier",
                 {"dossier": "D0001", "motif": "contrôle"}, now)  # fmt: skip
    assert SIGNS["coordonnees"] not in opened.model_dump_json()
    assert "Coordonnées de l’administration" in opened.caches


def written(folder, rows, monkeypatch):
    with (folder / "droits.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0])
        out.writeheader()
        out.writerows(rows)
    monkeypatch.setattr(rights, "COURRIER", folder)
    rights.rights.cache_clear()


@pytest.fixture(autouse=True)
def read_again():
    yield
    rights.rights.cache_clear()


@pytest.mark.parametrize("wrong", ["missing", "twice", "word", "no_condition"])
def test_a_table_that_says_too_little_is_refused(wrong, tmp_path, monkeypatch):
    with (paths.COURRIER / "droits.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    changed = {
        "missing": rows[1:],
        "twice": [rows[0], *rows],
        "word": [rows[0] | {"voit": "peut-être"}, *rows[1:]],
        "no_condition": [rows[0] | {"voit": "condition"}, *rows[1:]],
    }[wrong]
    written(tmp_path, changed, monkeypatch)
    with pytest.raises(BadTable):
        rights.rights()
