"""A message to many as it is shown: what is written, whom it is for, one reading, what is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from iprof_kit.services.contract.bureau.envois import Destinataire, Envoi, EnvoiEnBref, EnvoisLus
from iprof_kit.services.contract.courrier import ON_A_PAGE
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.parts import Option, Page
from iprof_kit.ui.screens.bureau.words import BANNER, at, counted, desk_field, facet_value
from iprof_kit.ui.screens.cv.fields import CvField
from iprof_kit.ui.shared import text

FACETS = {
    "corps": "Corps",
    "echelon": "Échelon",
    "departement": "Département",
    "etablissement": "Établissement",
}
_ALL = {"corps": "Tous les corps"}
_LETTERS = (
    "Moins de cinq personnes : chacune reçoit une lettre, sans les critères, qui diraient qui elle "
    "est."
)
_WITH_COUNT = {
    "proposer": ("Proposer", "Combien de personnes le reçoivent ?",
                 "Un autre compte de l’académie le lit et le confirme ; rien ne part avant."),
    "confirmer": ("Confirmer l’envoi", "Combien de personnes le reçoivent ?",
                  "Le message part aussitôt, une fois à chacune."),
}  # fmt: skip
_WITH_REASON = {
    "renvoyer": ("Renvoyer à l’auteur", "Pourquoi le renvoyez-vous ?", "L’auteur lit ce motif."),
    "rappeler": ("Rappeler le message", "Pourquoi le rappelez-vous ?",
                 "Qui ne l’a pas lu ne le lira pas ; chacun lit ce motif."),
}  # fmt: skip
_AT_ONCE = {"reprendre": "Reprendre pour le modifier", "abandonner": "Abandonner"}
_WAITS = {"propose": "un autre compte le confirme", "renvoye": "à reprendre", "brouillon": ""}


@dataclass(frozen=True)
class Line:
    """One message of the list."""

    id: str
    title: str
    state: str
    when: str
    people: str
    yours: bool


@dataclass(frozen=True)
class EnvoisView(Page):
    """The list: what waits for her first."""

    banner: str = BANNER
    lines: tuple[Line, ...] = ()
    may_write: bool = True


@dataclass(frozen=True)
class Deed:
    """One act: its button, and the field that it needs, if any."""

    act: str
    button: str
    field: CvField | None
    after: str
    strong: bool


@dataclass(frozen=True)
class Facet:
    """How many people have each value of a facet."""

    label: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class EnvoiView(Page):
    """One message; `fields` is its form, empty where it is not written any more."""

    banner: str = BANNER
    id: str = ""
    form_key: str = ""
    fields: tuple[CvField, ...] = ()
    filters: tuple[CvField, ...] = ()
    faults: tuple[ErreurChamp, ...] = ()
    kept: str = ""
    meta: str = ""
    people: str = ""
    of_all: str = ""
    chosen: str = ""
    facets: tuple[Facet, ...] = ()
    gone: str = ""
    letters: str = ""
    preview_for: str = ""
    preview_subject: str = ""
    preview: str = ""
    other: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()
    deeds: tuple[Deed, ...] = ()
    listed: tuple[Destinataire, ...] = ()
    before: str = ""
    after: str = ""
    turn: str = ""
    focus: str = ""


def envois(read: EnvoisLus, today: date, **page: Any) -> EnvoisView:
    """Return the list of messages."""
    waiting = sum(one.a_vous and not one.par_vous for one in read.envois)
    lead = (
        counted(waiting, "envoi attend", "envois attendent") + " votre confirmation."
        if waiting
        else "Aucun envoi n’attend votre confirmation."
    )
    rows = sorted(read.envois, key=lambda one: not one.a_vous)
    return EnvoisView(
        title="Envois en nombre",
        lead_strong=read.refus or lead,
        lead="",
        lines=tuple(_line(one, today) for one in rows),
        may_write=not read.refus,
        **page,
    )


def envoi(
    one: Envoi, typed: dict[str, str], faults: list[ErreurChamp], today: date, *,
    page: int, rank: int, key: str, kept: str, **more: Any,
) -> EnvoiView:  # fmt: skip
    """Return one message; the form where its author may still write it."""
    writes = one.par_vous and "proposer" in one.actes
    end = page * ON_A_PAGE + len(one.gens)
    return EnvoiView(
        title=one.objet or "Nouvel envoi",
        lead_strong=f"{one.libelle}.",
        lead=_lead(one),
        id=one.id,
        form_key=key,
        fields=_fields(one, typed, faults) if writes else (),
        filters=_filters(one) if writes else (),
        faults=tuple(faults),
        kept=kept,
        meta=f"{one.service}. Écrit par {'vous' if one.par_vous else one.auteur}.",
        people=counted(one.nombre, "personne"),
        of_all=f"sur {counted(one.suivies, 'suivie')} par l’auteur",
        chosen=_chosen(one),
        facets=tuple(
            Facet(
                FACETS[name],
                tuple((facet_value(name, v), text.whole(n)) for v, n in list(values.items())[:8]),
            )
            for name, values in one.facettes.items()
            if values
        ),
        gone=_gone(one),
        letters=_LETTERS if one.lettres else "",
        preview_for=one.apercu_pour,
        preview_subject=one.objet,
        preview=one.apercu,
        other=str(rank + 1 if rank + 1 < one.nombre else 0) if one.nombre > 1 else "",
        figures=_figures(one),
        steps=tuple(_steps(one, today)),
        deeds=tuple(_deeds(one, typed, faults)),
        listed=tuple(one.gens),
        before=str(page) if page else "",
        after=str(page + 2) if one.gens and end < one.nombre else "",
        **more,
    )


def _lead(one: Envoi) -> str:
    if one.etat == "propose":
        return "Un autre compte le confirme." if one.par_vous else "Relisez, puis décidez."
    return ""


def _line(one: EnvoiEnBref, today: date) -> Line:
    waits = _WAITS.get(one.etat, "") if one.par_vous else ""
    state = f"{one.libelle}, {waits}" if waits else one.libelle
    return Line(
        one.id, one.objet or "Sans objet", state, at(one.depuis, today),
        counted(one.nombre, "personne"), one.a_vous and not one.par_vous,
    )  # fmt: skip


def _chosen(one: Envoi) -> str:
    return one.criteres if one.filtre else "tout le portefeuille de l’auteur"


def _gone(one: Envoi) -> str:
    if not one.partis:
        return ""
    names = ", ".join(one.partis)
    number = counted(len(one.partis), "personne")
    return f"{number} hors du portefeuille ou du filtre depuis : {names}."


def _figures(one: Envoi) -> tuple[tuple[str, str], ...]:
    if not one.recus:
        return ()
    rows = [("Reçu", text.whole(one.recus)), ("Lu", text.whole(one.lus))]
    if one.retires:
        rows.append(("Rappelé avant lecture", text.whole(one.retires)))
    return tuple(rows)


def _steps(one: Envoi, today: date) -> list[str]:
    words = []
    for step in one.etapes:
        line = f"{step.libelle} {at(step.le, today)}, par {step.par}"
        if step.nombre:
            line += f" : {counted(step.nombre, 'personne')}"
        words.append(line + (f". Motif : {step.motif}" if step.motif else ""))
    return words


def _deeds(one: Envoi, typed: dict[str, str], faults: Sequence[ErreurChamp]) -> list[Deed]:
    deeds = []
    for act in one.actes:
        if act in _WITH_COUNT:
            button, label, after = _WITH_COUNT[act]
            hint = "Écrivez le nombre lu à côté de l’aperçu."
            number = desk_field("compte", label, "text", typed.get("compte", ""), faults, hint)
            deeds.append(Deed(act, button, number, after, strong=True))
        elif act in _WITH_REASON:
            button, label, after = _WITH_REASON[act]
            reason = desk_field("motif", label, "text", typed.get("motif", ""), faults)
            deeds.append(Deed(act, button, reason, after, strong=False))
        elif act in _AT_ONCE:
            deeds.append(Deed(act, _AT_ONCE[act], None, "", strong=False))
    return deeds


def _fields(
    one: Envoi, typed: dict[str, str], faults: Sequence[ErreurChamp]
) -> tuple[CvField, ...]:
    answers = typed.get("reponse", "oui" if one.reponse else "non")
    options = (
        Option("non", "Non : dites où demander", answers != "oui"),
        Option("oui", "Oui, dans leur fil", answers == "oui"),
    )
    values = {
        "objet": one.objet,
        "texte": one.texte,
        "ou_demander": one.ou_demander,
        "finalite": one.finalite,
    } | typed
    fields = [
        desk_field(
            "finalite",
            "Pourquoi ce message",
            "text",
            values["finalite"],
            faults,
            "Lu à la fin du message, avec les critères ci-dessus.",
        ),
        desk_field("objet", "Objet", "text", values["objet"], faults),
        desk_field(
            "texte",
            "Texte",
            "long",
            values["texte"],
            faults,
            "Champs remplis pour chacune : {prenom}, {nom}, {service}.",
        ),
        CvField(
            "reponse",
            "Peuvent-elles répondre ?",
            "select",
            answers,
            options=options,
            optional=False,
        ),
    ]
    if answers != "oui":
        fields.append(
            desk_field(
                "ou_demander",
                "Où poser une question",
                "text",
                values["ou_demander"],
                faults,
                "Une adresse ou un service, lu à la fin du message.",
            )
        )
    return tuple(fields)


def _filters(one: Envoi) -> tuple[CvField, ...]:
    fields = []
    for name, label in FACETS.items():
        chosen = one.filtre.get(name, "")
        known = dict(one.choix.get(name, {}))
        if chosen and chosen not in known:
            known[chosen] = 0
        options = [Option("", _ALL.get(name, "Tous"), not chosen)]
        options += [
            Option(v, f"{facet_value(name, v)} ({n})", v == chosen) for v, n in known.items()
        ]
        fields.append(
            CvField(name, label, "select", chosen, options=tuple(options), optional=False)
        )
    return tuple(fields)
