"""The board of a campaign as it is shown: groups with their count, people, one act on a group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from iprof_kit.services.contract.bureau.campagnes import (
    MOST_AT_ONCE,
    ActeDeCampagne,
    ActeDeGroupe,
    ApercuActe,
    CampagnesGerees,
    Groupe,
    Regle,
)
from iprof_kit.services.contract.bureau.ensemble import MOST_TOGETHER
from iprof_kit.services.contract.courrier import ON_A_PAGE
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.filters import last_day_before
from iprof_kit.ui.kit.parts import Field, Option
from iprof_kit.ui.screens.bureau.words import DeskPage, counted, desk_field
from iprof_kit.ui.shared import text

ASK, ADMIT, REJECT, ANSWER = "demander_piece", "admettre", "ecarter", "repondre"
GROUPS: dict[Groupe, str] = {
    "tous": "Tous",
    "a_voir": "À voir",
    "manque": "Pièce manquante",
    "annoncees": "Pièce annoncée",
    "tard": "Hors délai",
    "demandees": "Pièce demandée",
    "recevables": "Notés recevables",
    "irrecevables": "Notés irrecevables",
}


class _Act(NamedTuple):
    """An act on a group: what it is called before and after, and what follows."""

    label: str
    done: str
    after: str


_ACTS: dict[ActeDeGroupe, _Act] = {
    "demander_piece": _Act(
        "Demander la pièce qui manque",
        "Pièce demandée",
        "Chaque fil attend ensuite la personne.",
    ),
    "admettre": _Act(
        "Noter recevable",
        "Noté recevable",
        "Noté dans ce kit seulement : l’administration décide, par sa propre voie.",
    ),
    "ecarter": _Act(
        "Noter irrecevable",
        "Noté irrecevable",
        "La personne lit le motif ; la décision lui est notifiée par l’administration.",
    ),
    "repondre": _Act("Répondre", "Réponse envoyée", "Signé du nom du service, jamais du vôtre."),
}
_FIRST: dict[Groupe, ActeDeGroupe] = {
    "manque": "demander_piece",
    "annoncees": "demander_piece",
    "tard": "ecarter",
    "demandees": "repondre",
    "recevables": "repondre",
    "irrecevables": "repondre",
}
_HINT = "Champs remplis pour chacune : {prenom}, {nom}, {service}, {pieces} (ce qui manque)."


@dataclass(frozen=True)
class ActForm:
    """The act on the group: its choice, its words, its day, the count to type; what follows."""

    key: str
    act: Field
    words: Field
    due: Field | None
    count: Field
    button: str
    after: str


@dataclass(frozen=True, kw_only=True)
class CampaignBoard(DeskPage):
    """The board; `form` where the group holds somebody."""

    read: CampagnesGerees
    today: date
    campaigns: tuple[Option, ...]
    rule: str
    groups: tuple[Option, ...]
    group: str
    page: int
    more: bool
    form: ActForm | None
    seen: ApercuActe | None


def board(
    read: CampagnesGerees,
    typed: Mapping[str, str],
    seen: ApercuActe | None,
    faults: Sequence[ErreurChamp],
    today: date,
    *,
    page: int,
    turn: int,
) -> CampaignBoard:
    """Return the board; the form of an act where the group holds somebody."""
    strong, rest = _lead(read)
    count = read.comptes.get(read.groupe, 0)
    return CampaignBoard(
        title="Campagnes",
        lead_strong=strong,
        lead=rest,
        read=read,
        today=today,
        campaigns=tuple(
            Option(one.id, f"{one.titre} {one.annee} ({one.envois})", one.id == read.campagne)
            for one in read.campagnes
        ),
        rule=_rule(read.regle),
        groups=tuple(_groups(read)),
        group=GROUPS[read.groupe].lower(),
        page=page,
        more=bool(read.gens) and page * ON_A_PAGE + len(read.gens) < count,
        form=_form(read, typed, faults, turn) if count else None,
        seen=seen,
        faults=tuple(faults),
    )


def _groups(read: CampagnesGerees) -> Iterator[Option]:
    """Yield the groups that hold somebody, all and the one that is shown."""
    if read.comptes.get("tous"):
        for key, label in GROUPS.items():
            if read.comptes.get(key) or key in ("tous", read.groupe):
                yield Option(key, label, key == read.groupe)


def first_act(group: Groupe) -> ActeDeGroupe:
    """Return the act that a group most often calls for."""
    return _FIRST.get(group, "admettre")


def proposed(read: CampagnesGerees, act: str) -> str:
    """Return the words that the kit proposes for an act: they are read again before it is done."""
    regle = read.regle
    closing = ""
    if regle.cloture is not None:
        closing = f"l’étape « {regle.etape} » était close depuis le {_closing(regle)}"
        closing += f" ({regle.source})" if regle.source else ""
    words = {
        ASK: "Bonjour {prenom},\nIl manque à votre envoi : {pieces}. Envoyez ce document depuis "
        "la page de la campagne, dans « Les services ».\n{service}",
        ADMIT: "Bonjour {prenom},\nVos pièces sont arrivées et sont notées recevables. La "
        "décision de l’administration vous est notifiée par sa propre voie.\n{service}",
        REJECT: "Bonjour {prenom},\nVotre envoi est noté irrecevable : "
        + (closing or "[écrivez la règle et sa date]")
        + ". La décision de l’administration vous est notifiée par sa propre voie. Vous "
        "pouvez répondre dans ce fil.\n{service}",
        ANSWER: "Bonjour {prenom},\n\n{service}",
    }
    return words.get(act, "")


def done(answer: ActeDeCampagne, act: str) -> str:
    """Return the receipt of an act on a group."""
    label = next((one.done for name, one in _ACTS.items() if name == act), "Fait")
    if answer.tenus:
        label = "Rien n’est parti, une autre personne du service le relit"
    people = counted(answer.faits or answer.tenus, "personne")
    when = f", {text.moment(answer.le)}" if answer.le else ""
    return f"{label} : {people}. Reçu n° {answer.recu}{when}."


def _lead(read: CampagnesGerees) -> tuple[str, str]:
    chosen = next((one for one in read.campagnes if one.id == read.campagne), None)
    if chosen is None:
        return "Aucune campagne ne concerne les personnes que vous suivez.", ""
    count = read.comptes
    sent, waiting = count.get("tous", 0), count.get("a_voir", 0)
    if not sent:
        return f"Personne n’a encore envoyé de pièce sur {text.whole(chosen.suivies)}.", ""
    waits = counted(waiting, "envoi attend", "envois attendent")
    missing = f", {counted(count['manque'], 'incomplet')}" if count.get("manque") else ""
    received = f"{counted(sent, 'envoi reçu')} sur {counted(chosen.suivies, 'personne')}"
    return f"{waits if waiting else 'Aucun envoi n’attend'} votre service.", f"{received}{missing}."


def _closing(regle: Regle) -> str:
    if regle.cloture is None:
        return ""
    if regle.a_l_heure:
        return text.moment(regle.cloture)
    return f"{text.day(last_day_before(regle.cloture))} au soir"


def _rule(regle: Regle) -> str:
    if not regle.etape:
        return "Aucune étape de cette campagne n’arrête la réception des pièces."
    if regle.cloture is None:
        return f"{regle.etape} : aucune date connue de ce kit. Rien n’est dit tardif."
    missed = f" Sans elle, {regle.sans}." if regle.sans else ""
    return f"{regle.etape} : jusqu’au {_closing(regle)}.{missed}"


def _form(
    read: CampagnesGerees, typed: Mapping[str, str], faults: Sequence[ErreurChamp], turn: int
) -> ActForm:
    act = next((one for one in _ACTS if one == typed.get("acte")), first_act(read.groupe))
    acts = tuple((name, one.label) for name, one in _ACTS.items())
    words, due = typed.get("texte", proposed(read, act)), typed.get("avant", "")
    asks, count = "Combien de personnes cela concerne-t-il ?", typed.get("compte", "")
    return ActForm(
        key=f"acte-{turn}",
        act=desk_field("acte", "Ce que vous faites", "select", act, (), choices=acts),
        words=desk_field("texte", "Texte", "long", words, faults, _HINT),
        due=desk_field("avant", "Pièce avant le", "day", due, faults, optional=True)
        if act == ASK
        else None,
        count=desk_field("compte", asks, "text", count, faults, "Écrivez le nombre lu ci-dessus."),
        button=_ACTS[act].label,
        after=f"{_ACTS[act].after} {MOST_AT_ONCE} personnes au plus à la fois ; au-delà de "
        f"{MOST_TOGETHER}, une seconde personne de votre service relit.",
    )
