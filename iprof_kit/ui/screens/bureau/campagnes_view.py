"""The board of a campaign as it is shown: groups with their count, people, one act on a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from iprof_kit.services.contract.bureau.campagnes import (
    MOST_AT_ONCE,
    ActeDeCampagne,
    ActeDeGroupe,
    ApercuActe,
    CampagnesGerees,
    EnvoiGere,
    Groupe,
    Regle,
)
from iprof_kit.services.contract.bureau.ensemble import MOST_TOGETHER
from iprof_kit.services.contract.courrier import ON_A_PAGE
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.parts import Option, Page
from iprof_kit.ui.screens.bureau.words import BANNER, at, counted, desk_field, short
from iprof_kit.ui.screens.cv.fields import CvField
from iprof_kit.ui.shared import text

ASK, ADMIT, REJECT, ANSWER = "demander_piece", "admettre", "ecarter", "repondre"
GROUPS: dict[Groupe, str] = {
    "tous": "Tous", "a_voir": "À voir", "manque": "Pièce manquante", "annoncees": "Pièce annoncée",
    "tard": "Hors délai", "demandees": "Pièce demandée", "recevables": "Notés recevables",
    "irrecevables": "Notés irrecevables",
}  # fmt: skip
_ACTS: dict[ActeDeGroupe, tuple[str, str, str]] = {
    "demander_piece": ("Demander la pièce qui manque", "Pièce demandée",
                       "Chaque fil attend ensuite la personne."),
    "admettre": ("Noter recevable", "Noté recevable",
                 "Noté dans ce kit seulement : l’administration décide, par sa propre voie."),
    "ecarter": ("Noter irrecevable", "Noté irrecevable",
                "La personne lit le motif ; la décision lui est notifiée par l’administration."),
    "repondre": ("Répondre", "Réponse envoyée", "Signé du nom du service, jamais du vôtre."),
}  # fmt: skip
_FIRST: dict[Groupe, ActeDeGroupe] = {
    "manque": "demander_piece", "annoncees": "demander_piece", "tard": "ecarter",
    "demandees": "repondre", "recevables": "repondre", "irrecevables": "repondre",
}  # fmt: skip
_HINT = "Champs remplis pour chacune : {prenom}, {nom}, {service}, {pieces} (ce qui manque)."


@dataclass(frozen=True)
class GroupLink:
    """One group: how many people it holds, and whether it is the one that is shown."""

    key: Groupe
    label: str
    count: int
    current: bool


@dataclass(frozen=True)
class Row:
    """One person: what she has sent, what is missing, whether it came in time."""

    id: str
    person: str
    corps: str
    number: str
    state: str
    since: str
    received: str
    late: str
    papers: str
    missing: str
    announced: str
    steps: str


@dataclass(frozen=True)
class ActForm:
    """The act on the group: its choice, its text, its day; then its preview."""

    key: str
    act: CvField
    words: CvField
    due: CvField | None
    button: str
    after: str


@dataclass(frozen=True)
class Preview:
    """Whom the act concerns, what the first one reads, the count to type."""

    count: str
    left: str
    names: str
    first: str
    words: str
    field: CvField
    button: str


@dataclass(frozen=True)
class BoardView(Page):
    """The board."""

    banner: str = BANNER
    campaigns: tuple[Option, ...] = ()
    rule: str = ""
    rule_source: str = ""
    verify: bool = False
    groups: tuple[GroupLink, ...] = ()
    group: str = ""
    rows: tuple[Row, ...] = ()
    before: str = ""
    after: str = ""
    form: ActForm | None = None
    preview: Preview | None = None
    faults: tuple[ErreurChamp, ...] = ()
    turn: str = ""
    focus: str = ""


def board(
    read: CampagnesGerees, typed: Mapping[str, str], seen: ApercuActe | None,
    faults: Sequence[ErreurChamp], today: date, *, page: int, turn: int, focus: str, **more: Any,
) -> BoardView:  # fmt: skip
    """Return the board; the form of an act where the group holds somebody."""
    strong, rest = _lead(read)
    end = page * ON_A_PAGE + len(read.gens)
    count = read.comptes.get(read.groupe, 0)
    form = _form(read, typed, faults, turn) if count else None
    return BoardView(
        title="Campagnes",
        lead_strong=strong,
        lead=rest,
        campaigns=tuple(
            Option(one.id, f"{one.titre} {one.annee} ({one.envois})",
                   one.id == read.campagne)
            for one in read.campagnes
        ),
        rule=_rule(read.regle),
        rule_source=text.sentence(read.regle.source),
        verify=read.regle.a_verifier,
        groups=tuple(
            GroupLink(key, label, read.comptes[key], key == read.groupe)
            for key, label in GROUPS.items()
            if read.comptes.get(key) or key in ("tous", read.groupe)
        ) if read.comptes.get("tous") else (),
        group=GROUPS[read.groupe].lower(),
        rows=tuple(_row(one, today) for one in read.gens),
        before=str(page) if page else "",
        after=str(page + 2) if read.gens and end < count else "",
        form=form,
        preview=_preview(seen, form, typed, faults) if seen and form else None,
        faults=tuple(faults),
        turn=str(turn),
        focus=focus,
        **more,
    )  # fmt: skip


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
    label = next((one[1] for name, one in _ACTS.items() if name == act), "Fait")
    people = counted(answer.faits or answer.tenus, "personne")
    when = f", {text.moment(answer.le)}" if answer.le else ""
    if answer.tenus:
        label = "Rien n’est parti, une autre personne du service le relit"
    return f"{label} : {people}. Reçu n° {answer.recu}{when}."


def _lead(read: CampagnesGerees) -> tuple[str, str]:
    chosen = next((one for one in read.campagnes if one.id == read.campagne), None)
    if chosen is None:
        return "Aucune campagne ne concerne les personnes que vous suivez.", ""
    sent, count = read.comptes.get("tous", 0), read.comptes
    if not sent:
        return (
            f"Personne n’a encore envoyé de pièce sur {text.whole(chosen.suivies)}.",
            "",
        )
    waiting = count.get("a_voir", 0)
    strong = (
        counted(waiting, "envoi attend votre service", "envois attendent votre service")
        if waiting
        else "Aucun envoi n’attend votre service"
    )
    missing = count.get("manque", 0)
    people = counted(chosen.suivies, "personne")
    rest = f"{counted(sent, 'envoi reçu', 'envois reçus')} sur {people}"
    rest += f", {counted(missing, 'incomplet')}." if missing else "."
    return f"{strong}.", rest


def _closing(regle: Regle) -> str:
    if regle.cloture is None:
        return ""
    if regle.a_l_heure:
        return text.moment(regle.cloture)
    return f"{text.day(text.in_paris(regle.cloture - timedelta(minutes=1)))} au soir"


def _rule(regle: Regle) -> str:
    if not regle.etape:
        return "Aucune étape de cette campagne n’arrête la réception des pièces."
    if regle.cloture is None:
        return f"{regle.etape} : aucune date connue de ce kit. Rien n’est dit tardif."
    missed = f" Sans elle, {regle.sans}." if regle.sans else ""
    return f"{regle.etape} : jusqu’au {_closing(regle)}.{missed}"


def _row(one: EnvoiGere, today: date) -> Row:
    return Row(
        id=one.fil,
        person=one.personne,
        corps=one.corps,
        number=one.numero,
        state=one.libelle,
        since=f"le {short(one.depuis)}",
        received=at(one.recu_le, today),
        late=f"Après la clôture du {_moment(one.cloture)} : {_listed(one.tard)}"
        if one.tard and one.cloture
        else "",
        papers=_listed(one.pieces),
        missing=_listed(one.manquent),
        announced=_listed(one.annoncees),
        steps=_listed(one.etapes),
    )


def _moment(value: datetime) -> str:
    last = value - timedelta(minutes=1)
    return text.day(text.in_paris(last))


def _listed(titles: Sequence[str]) -> str:
    return ", ".join(titles)


def _form(
    read: CampagnesGerees, typed: Mapping[str, str], faults: Sequence[ErreurChamp], turn: int
) -> ActForm:
    act = next((one for one in _ACTS if one == typed.get("acte")), first_act(read.groupe))
    label, _, after = _ACTS[act]
    options = tuple(Option(name, words[0], name == act) for name, words in _ACTS.items())
    due = None
    if act == ASK:
        due = desk_field(
            "avant", "Pièce avant le", "day", typed.get("avant", ""), faults, optional=True
        )
    return ActForm(
        key=f"acte-{turn}",
        act=CvField("acte", "Ce que vous faites", "select", act, options=options, optional=False),
        words=desk_field(
            "texte", "Texte", "long", typed.get("texte", proposed(read, act)), faults, _HINT
        ),
        due=due,
        button=label,
        after=(
            f"{after} {MOST_AT_ONCE} personnes au plus à la fois ; au-delà de {MOST_TOGETHER}, une "
            "seconde personne de votre service relit."
        ),
    )


def _preview(
    seen: ApercuActe, form: ActForm, typed: Mapping[str, str], faults: Sequence[ErreurChamp]
) -> Preview:
    more = seen.nombre - len(seen.gens)
    names = _listed(seen.gens) + (f" et {counted(more, 'autre')}" if more > 0 else "")
    left = counted(
        seen.ecartes, "personne du groupe est laissée", "personnes du groupe sont laissées"
    )
    return Preview(
        count=counted(seen.nombre, "personne"),
        left=f"{left} de côté : leur fil ne prend pas cet acte." if seen.ecartes else "",
        names=names,
        first=seen.gens[0] if seen.gens else "",
        words=seen.texte,
        field=desk_field(
            "compte",
            "Combien de personnes cela concerne-t-il ?",
            "text",
            typed.get("compte", ""),
            faults,
            "Écrivez le nombre lu ci-dessus.",
        ),
        button=form.button,
    )
