"""Each operation is said once: who may is listed here again, so that none opens by itself."""

import asyncio
import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter

from iprof_kit.base.errors import Refused
from iprof_kit.server.guichet import LONGEST_LINE, Guichet
from iprof_kit.services.access import own_file
from iprof_kit.services.access.identity import Closing, Identity
from iprof_kit.services.access.own_file import NotLoggedIn, served
from iprof_kit.services.contract.dossier import Qui
from iprof_kit.services.contract.operation import (
    LONG,
    Anybody,
    NoArguments,
    OfRole,
    Operations,
    OwnFile,
    OwnFileOrTrainer,
)
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.services.guichet.handlers import HANDLERS, of_each

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
ROLES = ("enseignant", "gestionnaire", "evaluateur", "analyste", "formateur", "administrateur")
WHO_MAY = {
    "everybody": "session.qui seance.verifier",
    "enseignant": """dossier.lire visite contact contact_enregistrer signalements signaler
        piece_deposer piece_retirer consultations mes_donnees avis avis_choisir messages_kit
        messages_kit_choisir courrier courrier_comptes courrier_fil courrier_ecrire courrier_agir
        cv cv_enregistrer cv_version_creer cv_version_lire cv_lien_creer cv_lien_revoquer
        cv_lien_apercu carnet_lire carnet_enregistrer barres_lire services_lire services_noter
        services_retirer services_envoyer formation_chercher scenario_lien projets_avis""",
    "enseignant, analyste, formateur, administrateur": "scenario_ouvrir",
    "gestionnaire": """gestion bureau bureau_fil bureau_agir bureau_transmettre bureau_brouillon
        bureau_note
        bureau_dossier bureau_portefeuille bureau_modeles bureau_absences bureau_absence
        bureau_ensemble_apercu bureau_ensemble bureau_campagnes bureau_campagne_apercu
        bureau_campagne_agir relectures relecture relecture_agir envois envoi envoi_garder
        envoi_agir""",
    "evaluateur": "evaluations evaluation evaluation_garder evaluation_montrer evaluation_effacer",
    "formateur": "seance.signer lecon.ouvrir lecon.etat lecon.aller lecon.fermer",
    "administrateur": "service",
}
"""A new operation is not open before somebody writes here to whom."""
OPEN = {op: tuple(roles.split(", ")) for roles, ops in WHO_MAY.items() for op in ops.split()}


class Reached(Exception):  # noqa: N818  # no error: the work was reached
    pass


@pytest.fixture
def passes(monkeypatch):
    """Tell whether somebody comes to the work of an operation, which is not done."""
    monkeypatch.setattr(own_file, "must_change_password", lambda _identity: False)

    def reached(*_given):
        raise Reached

    def asked(op, identity):
        _, handler = served(OPERATIONS[op], reached)
        try:
            handler(identity, None, NOW)
        except Refused:
            return False
        except Reached:
            return True

    return asked


def of(role):
    own = "D0001" if role == "enseignant" else None
    return Identity(compte=role, roles=(role,), numero_dossier=own, account_id=1)


@pytest.mark.parametrize("op", OPERATIONS)
def test_k04_an_operation_is_open_to_the_roles_written_here_and_to_no_other(passes, op):
    assert op in OPEN, "write in WHO_MAY who may ask this"
    to_all = OPEN[op] == ("everybody",)
    assert passes(op, None) is to_all
    for role in ROLES:
        assert passes(op, of(role)) is (to_all or role in OPEN[op]), role


STAYS = """session.qui seance.verifier dossier.lire visite contact signalements consultations
    mes_donnees avis avis_choisir messages_kit messages_kit_choisir courrier courrier_comptes
    courrier_fil cv cv_version_lire cv_lien_apercu cv_lien_revoquer carnet_lire barres_lire
    services_lire formation_chercher projets_avis"""


@pytest.mark.parametrize("op", OPERATIONS)
def test_what_a_closed_account_may_still_ask_is_listed_here(passes, op):
    closing = Closing(NOW.date(), NOW.date())
    for role in ROLES:
        identity = of(role)
        left = identity.on(NOW.date(), closing)
        assert passes(op, left) is (op in STAYS.split() and passes(op, identity)), role


def test_k04_a_teacher_without_file_and_a_role_beside_a_file_open_none(passes):
    assert not passes("dossier.lire", replace(of("enseignant"), numero_dossier=None))
    assert not passes("dossier.lire", replace(of("gestionnaire"), numero_dossier="D0001"))


@pytest.mark.parametrize("who", [OwnFile("un essai"), OwnFileOrTrainer("un essai"),
                                 OfRole("analyste", "un essai")])  # fmt: skip
def test_k04_nobody_comes_to_what_asks_for_an_account(who):
    operation = Operations(who).add("essai", NoArguments, Qui)
    with pytest.raises(NotLoggedIn):
        served(operation, lambda *_: pytest.fail("was run"))[1](None, NoArguments(), NOW)


def test_k04_the_server_does_not_start_where_an_operation_has_no_answer_or_two():
    pairs = list(HANDLERS.items())
    assert of_each(pairs, OPERATIONS) == HANDLERS
    for wrong in (pairs[1:], [*pairs, pairs[3]], [*pairs, ("essai", pairs[0][1])]):
        with pytest.raises(RuntimeError, match="answered once"):
            of_each(wrong, OPERATIONS)


def test_k04_a_request_longer_than_its_operation_allows_is_refused_before_it_is_read():
    guichet = Guichet(lambda *_: pytest.fail("was run"), lambda: NOW)
    line = json.dumps({"id": 7, "op": "visite", "args": {"x": "é" * 40_000}}).encode()
    assert OPERATIONS["visite"].largest < len(line) < LONGEST_LINE
    answer = asyncio.run(guichet.answer(line, lambda: None))
    assert (answer.id, answer.error.code) == (7, "trop_long")


def longest(schema, kinds):
    """Return the bytes that the longest value of a schema takes; infinite where it says none."""
    if "$ref" in schema:
        return longest(kinds[schema["$ref"].rpartition("/")[2]], kinds)
    if ways := schema.get("anyOf"):
        return max(longest(one, kinds) for one in ways)
    if "enum" in schema or "const" in schema or schema.get("format"):
        return 64
    match schema.get("type"):
        case "object" if "properties" in schema:
            return sum(
                len(name) + 8 + longest(one, kinds) for name, one in schema["properties"].items()
            )
        case "array" if "maxItems" in schema:
            one = schema.get("items") or {"anyOf": schema["prefixItems"]}
            return schema["maxItems"] * (4 + longest(one, kinds))
        case "string" if "maxLength" in schema:
            return 6 * schema["maxLength"] + 2
        case "string" if "pattern" in schema:
            if re.search(r"[*+]", schema["pattern"]):
                return float("inf")
            most = re.findall(r"(\d+)\}", schema["pattern"])
            return 6 * (len(schema["pattern"]) + sum(map(int, most)))
        case "integer" | "boolean" | "null":
            return 32
    return float("inf")


@pytest.mark.parametrize("op", OPERATIONS)
def test_k04_what_an_operation_takes_fits_in_its_limit_or_it_is_one_of_the_long(op):
    schema = TypeAdapter(OPERATIONS[op].arguments).json_schema()
    fits = longest(schema, schema.get("$defs", {})) + 200 <= OPERATIONS[op].largest
    assert fits or OPERATIONS[op].largest == LONG
    assert isinstance(OPERATIONS[op].who, Anybody | OwnFile | OwnFileOrTrainer | OfRole)
