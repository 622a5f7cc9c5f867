"""What is wrong in a lesson as it is written, before the engine is asked anything."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

from iprof_kit.calculate.atelier.files import day_errors, event_errors, personas, unknown
from iprof_kit.calculate.atelier.files import wrong as wrong_at
from iprof_kit.calculate.atelier.sentences import typed_numbers
from iprof_kit.calculate.lessons.conditions import Condition
from iprof_kit.calculate.lessons.markdown import Piece
from iprof_kit.calculate.lessons.playing import NAMED
from iprof_kit.calculate.lessons.values import ALWAYS, PERSON_FACTS
from iprof_kit.calculate.subjects import HOMES
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.marks import Marks, mark_of, place
from iprof_kit.law.tables.rules import rule_names
from iprof_kit.law.tables.shapes import SCHEMAS

Where = tuple[str | int, ...]
_ORIGINS = ("personne", "demande", "table", "de")
_MOST_NAMES = 120
_FEW_NAMES = 20
_CHOOSING = ("choix", "plusieurs")
_OF_QUESTIONS = ("reponse", "choix", "sens", "curseur", "secondes", "revele", "chapeau", "regles")
_OPERATIONS = ("moins", "plus", "sur")


def wrong(marks: Marks, where: Where, what: str) -> str:
    """Return an error with its line and column, its spaces those of French."""
    return wrong_at(marks, where, what)


def head_errors(head: dict[str, Any], marks: Marks) -> Iterator[str]:
    """Yield what a schema cannot say of a front matter: unknown names, values of no origin."""
    yield from day_errors({"jour": head["jour"]}, (), marks)
    for group in ("personnes", "demandes", "valeurs"):
        if len(head.get(group, {})) > _MOST_NAMES:
            yield wrong(marks, (group,), f"{_MOST_NAMES} noms au plus")
    for name, person in head.get("personnes", {}).items():
        yield from _person_errors(name, person, marks)
    requests = head.get("demandes", {})
    for name, request in requests.items():
        yield from _request_errors(name, request, requests, marks)
    for name, value in head.get("valeurs", {}).items():
        yield from _value_errors(name, value, head, marks)


def _person_errors(name: str, person: dict[str, Any], marks: Marks) -> Iterator[str]:
    here = ("personnes", name)
    yield from _name_errors(marks, (*here, "persona"), "persona", person["persona"], personas())
    own = {path[2:]: mark for path, mark in marks.items() if path[:2] == here}
    yield from day_errors(person, (), own)
    yield from event_errors(person.get("scenarios", []), own)


def _request_errors(
    name: str, request: dict[str, Any], every: dict[str, Any], marks: Marks
) -> Iterator[str]:
    here = ("demandes", name)
    if ("sujet" in request) == ("comme" in request):
        yield wrong(marks, here, "« sujet » ou « comme » : l’un des deux est attendu")
        return
    if "sujet" in request:
        yield from _name_errors(marks, (*here, "sujet"), "demande", request["sujet"], HOMES)
        return
    yield from _name_errors(marks, (*here, "comme"), "demande", request["comme"], every)
    seen = [name]
    while (next_one := every.get(seen[-1], {}).get("comme")) in every:
        if next_one in seen:
            yield wrong(marks, here, "cette demande se réfère à elle-même")
            return
        seen.append(next_one)


def _value_errors(
    name: str, value: dict[str, Any], head: dict[str, Any], marks: Marks
) -> Iterator[str]:
    here = ("valeurs", name)
    if name in ALWAYS:
        yield wrong(marks, here, f"« {name} » est déjà un nom de toute leçon : prenez-en un autre")
    origins = [key for key in _ORIGINS if key in value]
    if len(origins) != 1:
        yield wrong(
            marks,
            here,
            "une valeur vient de « personne », « demande », « table » ou « de », et d’un seul",
        )
        return
    yield from day_errors(value, here, marks)
    origin = origins[0]
    known: dict[str, Iterable[str]] = {
        "personne": {**personas(), **head.get("personnes", {})},
        "demande": head.get("demandes", {}),
        "table": SCHEMAS,
        "de": head["valeurs"],
    }
    kind = {"de": "valeur", "personne": "personne"}.get(origin, origin)
    yield from _name_errors(marks, (*here, origin), kind, value[origin], known[origin])
    operations = [key for key in _OPERATIONS if key in value]
    if (len(operations) == 1) != (origin == "de") or len(operations) > 1:
        yield wrong(marks, here, "« de » demande « moins », « plus » ou « sur », un seul")
    for key in operations:
        yield from _name_errors(marks, (*here, key), "valeur", value[key], head["valeurs"])
    if origin != "de" and "lit" not in value:
        yield wrong(marks, here, "il manque la clé « lit »")
    if origin == "personne" and "lit" in value:
        yield from _name_errors(marks, (*here, "lit"), "donnée", value["lit"], PERSON_FACTS)
    if origin == "table" and value[origin] in SCHEMAS:
        columns = list(table(value[origin]).columns)
        for key in ("lit", *value.get("ou", {})):
            where = (*here, "lit") if key == "lit" else (*here, "ou", key)
            column = value.get("lit", "source") if key == "lit" else key
            yield from _name_errors(marks, where, "colonne", column, columns)


def screen_errors(
    piece: Piece, block: dict[str, Any], marks: Marks, head: dict[str, Any]
) -> Iterator[str]:
    """Yield what is wrong in a screen, without asking the engine."""
    values = {**dict.fromkeys(ALWAYS), **head.get("valeurs", {})}
    yield from _word_errors(piece.title, place((piece.line, 1)), values)
    for at, line in (*piece.before, *piece.after):
        yield from _word_errors(line, place((at, 1)), values)
    for key in ("revele", "chapeau"):
        yield from _word_errors(block.get(key, ""), place(mark_of(marks, (key,))), values)
    for rank, line in enumerate(block.get("retenir", ())):
        for key in ("chiffre", "texte"):
            where = place(mark_of(marks, ("retenir", rank, key)))
            yield from _word_errors(line[key], where, values)
    for rank, name in enumerate(block.get("regles", ())):
        yield from _name_errors(marks, ("regles", rank), "règle", name, rule_names())
    for rank, claim in enumerate(block.get("verifie", ())):
        yield from _claim_errors(claim, ("verifie", rank), marks, values)
    if "figure" in block:
        known = {**personas(), **head.get("personnes", {})}
        yield from _name_errors(marks, ("figure",), "personne", block["figure"], known)
    if "forme" in block:
        yield from _question_errors(block, marks, values)
    else:
        for key in (key for key in _OF_QUESTIONS if key in block):
            yield wrong(marks, (f"?{key}",), f"« {key} » demande une question, et sa « forme »")


def _question_errors(block: dict[str, Any], marks: Marks, values: dict[str, Any]) -> Iterator[str]:
    form = block["forme"]
    needed = {"estimation": ("reponse", "curseur"), "ordre": ("choix",)}.get(form, ("choix",))
    for key in (key for key in needed if key not in block):
        yield wrong(marks, ("forme",), f"la forme « {form} » demande « {key} »")
    if "reponse" in block:
        yield from _name_errors(marks, ("reponse",), "valeur", block["reponse"], values)
    if block.get("revele") and "{" not in block["revele"] and "verifie" not in block:
        yield wrong(
            marks,
            ("revele",),
            "rien ne vérifie cette réponse : nommez une valeur entre "
            "accolades, ou ajoutez « verifie »",
        )
    for rank, choice in enumerate(block.get("choix", ())):
        where = ("choix", rank)
        yield from _unnamed(choice["texte"], place(mark_of(marks, where)), values)
        yield from _choice_errors(block, choice, where, marks, values)


def _choice_errors(
    block: dict[str, Any],
    choice: dict[str, Any],
    where: Where,
    marks: Marks,
    values: dict[str, Any],
) -> Iterator[str]:
    """Yield what a choice lacks so that the engine knows whether it is right."""
    form = block["forme"]
    if form == "ordre":
        if "rang" not in choice:
            yield wrong(marks, where, "il manque « rang » : la valeur qui range ce choix")
        else:
            yield from _name_errors(marks, (*where, "rang"), "valeur", choice["rang"], values)
    elif form in _CHOOSING and "reponse" not in block:
        if "si" not in choice:
            yield wrong(
                marks,
                where,
                "rien ne dit si ce choix est juste : ajoutez « si », ou donnez "
                "« reponse » à la question",
            )
        else:
            yield from _claim_errors(choice["si"], (*where, "si"), marks, values)


def _claim_errors(claim: str, where: Where, marks: Marks, values: dict[str, Any]) -> Iterator[str]:
    try:
        condition = Condition.read(claim)
    except ValueError as error:
        yield wrong(marks, where, str(error))
        return
    yield from _name_errors(marks, where, "valeur", condition.left, values)


def _word_errors(words: str, where: str, values: dict[str, Any]) -> Iterator[str]:
    yield from _unnamed(words, where, values)
    for number in typed_numbers(words):
        yield (
            f"{where} : « {number} » est écrit à la main : nommez ce nombre entre "
            "accolades, le calcul l’écrira."
        )


def _unnamed(words: str, where: str, values: dict[str, Any]) -> Iterator[str]:
    for name in NAMED.findall(words):
        if name not in values:
            yield f"{where} : {unknown('valeur', name, values)}."
    if {"{", "}"} & set(NAMED.sub("", words)):
        yield f"{where} : une accolade n’est pas fermée, ou pas ouverte."


def _name_errors(
    marks: Marks, where: Where, kind: str, name: str, known: Iterable[str]
) -> Iterator[str]:
    if name not in known:
        names = list(known)
        near = difflib.get_close_matches(name, names, 1)
        some = "" if near or len(names) > _FEW_NAMES else f" ; possibles : {', '.join(names)}"
        yield wrong(marks, where, unknown(kind, name, names) + (some if names else ""))
