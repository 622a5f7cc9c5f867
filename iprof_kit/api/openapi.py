"""What the engine answers over HTTP, as an OpenAPI document made from its schemas."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic.json_schema import models_json_schema

from iprof_kit.base.version import __version__
from iprof_kit.calculate.interface.schemas import complete
from iprof_kit.calculate.subjects import HOMES, subject

_REFERENCE = "#/components/schemas/{model}"
_ERROR: dict[str, Any] = {
    "type": "object",
    "required": ["erreur"],
    "properties": {
        "erreur": {
            "type": "object",
            "required": ["code", "message", "fautes"],
            "properties": {
                "code": {"type": "string", "description": "Ne change pas d’une version à l’autre."},
                "message": {"type": "string", "description": "Pour une personne, en français."},
                "fautes": {"type": "array", "items": {"$ref": _REFERENCE.format(model="Faute")}},
            },
        }
    },
}
_FAULT: dict[str, Any] = {
    "type": "object",
    "required": ["code", "chemin", "valeur", "message", "remede"],
    "properties": {
        "code": {"type": "string", "description": "Ne change pas d’une version à l’autre."},
        "chemin": {
            "type": "array",
            "items": {"type": ["string", "integer"]},
            "description": "Le champ, du dehors au dedans ; un nombre est un rang de liste.",
        },
        "valeur": {"description": "Ce qui y était écrit."},
        "message": {"type": "string"},
        "remede": {"type": "string"},
    },
}
_REFUSALS = {
    "400": "Ce n’est pas du JSON en UTF-8, ou la liste est trop longue.",
    "404": "Ce sujet n’existe pas.",
    "413": "Le texte est trop long.",
    "422": "La question est refusée, ou les tables du droit n’y répondent pas.",
    "500": "La question n’a pas pu être calculée.",
    "503": "Trop de programmes demandent à la fois.",
}


@cache
def document() -> dict[str, Any]:
    """Return the document: a route by subject, each with the schema of its question and answer.

    Examples
    --------
    >>> sorted(document()["paths"])[:3]
    ['/anciennetes', '/bareme', '/bonification']
    """
    chosen = [subject(name) for name in HOMES]
    names, schemas = models_json_schema(
        [(one.question, "validation") for one in chosen]
        + [(one.answer, "serialization") for one in chosen],
        ref_template=_REFERENCE,
    )
    for one in schemas["$defs"].values():
        complete(one)
    components = {**schemas["$defs"], "Erreur": _ERROR, "Faute": _FAULT}
    return {
        "openapi": "3.1.1",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "iprof-kit, moteur du droit des carrières",
            "version": __version__,
            "description": "Kit libre et non officiel : il simule, l’administration décide. Rien "
            "de ce qui est demandé n’est gardé.",
        },
        "paths": {
            f"/{one.name}": {
                "post": _route(
                    one.name,
                    one.title,
                    names[one.question, "validation"],
                    names[one.answer, "serialization"],
                )
            }
            for one in chosen
        },
        "components": {"schemas": components},
    }


def _route(name: str, title: str, question: Any, answer: Any) -> dict[str, Any]:
    error = {"$ref": _REFERENCE.format(model="Erreur")}
    many = {"type": "array", "items": {"anyOf": [answer, error]}}
    return {
        "operationId": name,
        "summary": title,
        "requestBody": {
            "required": True,
            "content": _json({"anyOf": [question, {"type": "array", "items": question}]}),
        },
        "responses": {
            "200": {
                "description": "La réponse ; d’une liste, chaque réponse ou son erreur.",
                "content": _json({"anyOf": [answer, many]}),
            },
            **{
                status: {"description": words, "content": _json(error)}
                for status, words in _REFUSALS.items()
            },
        },
    }


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
