"""A message to many as it is shown: what is written, whom it is for, one reading, what is next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from iprof_kit.services.contract.bureau.envois import Envoi, EnvoiEnBref, EnvoisLus
from iprof_kit.services.contract.courrier import ON_A_PAGE
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.screens.bureau.words import (
    DeskPage,
    counted,
    desk_field,
    facet_choices,
    facet_value,
)

FACETS = {
    "corps": "Corps",
    "echelon": "Échelon",
    "departement": "Département",
    "etablissement": "Établissement",
}
_ALL = {"corps": "Tous les corps"}
_MOST_VALUES = 8
_COUNT, _REASON = "compte", "motif"


class _Act(NamedTuple):
    """An act: its button, the field that it needs, the question of that field, what follows."""

    button: str
    needs: str = ""
    asks: str = ""
    after: str = ""


_ACTS = {
    "proposer": _Act(
        "Proposer",
        _COUNT,
        "Combien de personnes le reçoivent ?",
        "Un autre compte de l’académie le lit et le confirme ; rien ne part avant.",
    ),
    "confirmer": _Act(
        "Confirmer l’envoi",
        _COUNT,
        "Combien de personnes le reçoivent ?",
        "Le message part aussitôt, une fois à chacune.",
    ),
    "renvoyer": _Act(
        "Renvoyer à l’auteur", _REASON, "Pourquoi le renvoyez-vous ?", "L’auteur lit ce motif."
    ),
    "rappeler": _Act(
        "Rappeler le message",
        _REASON,
        "Pourquoi le rappelez-vous ?",
        "Qui ne l’a pas lu ne le lira pas ; chacun lit ce motif.",
    ),
    "reprendre": _Act("Reprendre pour le modifier"),
    "abandonner": _Act("Abandonner"),
}
_HINTS = {_COUNT: "Écrivez le nombre lu à côté de l’aperçu."}
_TEXTS = {
    "finalite": (
        "Pourquoi ce message",
        "Lu à la fin du message, avec les critères ci-dessus.",
    ),
    "objet": ("Objet", ""),
    "texte": ("Texte", "Champs remplis pour chacune : {prenom}, {nom}, {service}."),
    "ou_demander": (
        "Où poser une question",
        "Une adresse ou un service, lu à la fin du message.",
    ),
}
"""What is typed of a message: its label, its hint."""


@dataclass(frozen=True, kw_only=True)
class EnvoisView(DeskPage):
    """The list: what waits for her first."""

    today: date
    lines: tuple[EnvoiEnBref, ...]
    may_write: bool


@dataclass(frozen=True)
class Deed:
    """One act that may be done, and the field that it needs, if any."""

    act: str
    button: str
    field: Field | None
    after: str
    strong: bool


@dataclass(frozen=True, kw_only=True)
class EnvoiView(DeskPage):
    """One message; `fields` is its form, empty where it is not written any more."""

    one: Envoi
    today: date
    fields: tuple[Field, ...]
    filters: tuple[Field, ...]
    kept: str
    facets: tuple[tuple[str, list[tuple[str, int]]], ...]
    """How many people have each value of a facet."""
    deeds: tuple[Deed, ...]
    page: int
    more: bool
    other: str
    """For whom the next preview is."""


def envois(read: EnvoisLus, today: date) -> EnvoisView:
    """Return the list of messages."""
    waiting = sum(one.a_vous and not one.par_vous for one in read.envois)
    waits = counted(waiting, "envoi attend", "envois attendent")
    return EnvoisView(
        title="Envois en nombre",
        lead_strong=read.refus
        or f"{waits if waiting else 'Aucun envoi n’attend'} votre confirmation.",
        today=today,
        lines=tuple(sorted(read.envois, key=lambda one: not one.a_vous)),
        may_write=not read.refus,
    )


def envoi(
    one: Envoi,
    typed: dict[str, str],
    faults: Sequence[ErreurChamp],
    today: date,
    *,
    page: int,
    rank: int,
    kept: str,
) -> EnvoiView:
    """Return one message; the form where its author may still write it."""
    writes = one.par_vous and "proposer" in one.actes
    proposed = "Un autre compte le confirme." if one.par_vous else "Relisez, puis décidez."
    following = rank + 1 if rank + 1 < one.nombre else 0
    return EnvoiView(
        title=one.objet or "Nouvel envoi",
        lead_strong=f"{one.libelle}.",
        lead=proposed if one.etat == "propose" else "",
        one=one,
        today=today,
        fields=tuple(_fields(one, typed, faults)) if writes else (),
        filters=tuple(_filters(one)) if writes else (),
        faults=tuple(faults),
        kept=kept,
        facets=tuple(_facets(one)),
        deeds=tuple(_deeds(one, typed, faults)),
        page=page,
        more=bool(one.gens) and page * ON_A_PAGE + len(one.gens) < one.nombre,
        other=str(following) if one.nombre > 1 else "",
    )


def _facets(one: Envoi) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    for name, values in one.facettes.items():
        if values:
            most = list(values.items())[:_MOST_VALUES]
            yield FACETS[name], [(facet_value(name, value), count) for value, count in most]


def _deeds(one: Envoi, typed: dict[str, str], faults: Sequence[ErreurChamp]) -> Iterator[Deed]:
    for act in one.actes:
        if act in _ACTS:
            button, name, asks, after = _ACTS[act]
            value, hint = typed.get(name, ""), _HINTS.get(name, "")
            field = desk_field(name, asks, "text", value, faults, hint) if name else None
            yield Deed(act, button, field, after, strong=name == _COUNT)


def _fields(one: Envoi, typed: dict[str, str], faults: Sequence[ErreurChamp]) -> Iterator[Field]:
    answers = typed.get("reponse", "oui" if one.reponse else "non")
    for name, (label, hint) in _TEXTS.items():
        if name == "ou_demander":
            yield _may_answer(answers)
            if answers == "oui":
                return
        value = typed.get(name, getattr(one, name))
        yield desk_field(name, label, "long" if name == "texte" else "text", value, faults, hint)


def _may_answer(answers: str) -> Field:
    choices = (("non", "Non : dites où demander"), ("oui", "Oui, dans leur fil"))
    label = "Peuvent-elles répondre ?"
    return desk_field("reponse", label, "select", answers, (), choices=choices)


def _filters(one: Envoi) -> Iterator[Field]:
    for name, label in FACETS.items():
        chosen = one.filtre.get(name, "")
        offered = one.choix.get(name, {})
        if chosen:
            offered = {**offered, chosen: offered.get(chosen, 0)}
        every = _ALL.get(name, "Tous")
        choices = facet_choices(name, every, offered)
        yield Field(name, label, choices=choices, value=chosen)
