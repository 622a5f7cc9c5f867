"""The opinions that an evaluator prepares: read, written, shown to the person, erased."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.base.characters import name_of, tidy, unfit
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import Conflict, InputError
from iprof_kit.base.words import corps_label, counted
from iprof_kit.records.agents import Agent
from iprof_kit.records.database import reading, writing
from iprof_kit.records.evaluation.projects import EvaluatorPortfolio, OpinionProject
from iprof_kit.records.repository import Order, Repository, remove
from iprof_kit.services.academies import academie_names
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.rights import never_seen
from iprof_kit.services.contract.evaluation import (
    Contenu,
    EffacerProjet,
    EtatProjet,
    EvaluationLue,
    EvaluationsLues,
    GarderProjet,
    LireEvaluation,
    LireEvaluations,
    MontrerProjet,
    Partie,
    Portefeuille,
    Projet,
    ProjetEfface,
    ProjetGarde,
)
from iprof_kit.services.desk.noting import note, note_list
from iprof_kit.services.evaluation.keeping import alive, check_matter, erased_on
from iprof_kit.services.evaluation.reach import (
    EVALUATOR,
    HEAD,
    INSPECTION,
    PARTS,
    Reach,
    person_of,
    reach_of,
    seen,
    sought,
)
from iprof_kit.services.kept.document import Shelf

_ROWS: Repository[OpinionProject] = Repository(OpinionProject, OpinionProject.name)
_SHELF = Shelf(_ROWS, "ce projet d’avis")
_WORDS: dict[str, str] = {INSPECTION: "inspection", HEAD: "chef d’établissement"}
_LONGEST_KEY = 150


def read_all(identity: Identity, wanted: LireEvaluations, now: datetime) -> EvaluationsLues:
    """Return the people of the portfolio of the day, and the projects of her part about them."""
    today = paris(now).date()
    with writing() as session:
        reach = reach_of(session, identity, today)
        agents, number = sought(session, reach.people(), wanted.cherche)
        parts = _parts(session, reach, [one.id for one in agents])
        people = seen(session, agents, parts, today)
        note_list(session, identity, now, "evaluations_lues", counted(len(people), "personne"))
        return EvaluationsLues(
            portefeuilles=[_line(one) for one in reach.lines],
            gens=people,
            trouves=number,
            projets=_projects(
                session, identity, {one.numero: parts[one.id] for one in agents}, today
            ),
        )


def read(identity: Identity, wanted: LireEvaluation, now: datetime) -> EvaluationLue:
    """Return one person and the project of her part; the person sees who read, and for what.

    Raises
    ------
    Refused
        She is not in the portfolio of the day.
    InputError
        What is asked is not of this year.
    """
    today = paris(now).date()
    check_matter(wanted.objet, today)
    with writing() as session:
        agent, part = _allowed(session, identity, wanted.dossier, today)
        (person,) = seen(session, [agent], {agent.id: part}, today)
        row = _ROWS.find(session, _name(session, identity, agent.numero, wanted.objet, part))
        note(session, identity, now, "evaluation_lue", agent.numero, why(wanted.objet, part))
        return EvaluationLue(
            personne=person,
            projet=_plain(row) if row is not None else None,
            efface_le=erased_on(wanted.objet),
            caches=never_seen(EVALUATOR),
        )


def keep(identity: Identity, wanted: GarderProjet, now: datetime) -> ProjetGarde:
    """Keep a project as it is now, dated by the server; never over newer writing.

    Raises
    ------
    Refused
        The person is not in the portfolio of the day.
    InputError
        What is asked is not of this year, or a character that nobody sees is in the words.
    Unavailable
        The database does not answer; nothing has been written.
    """
    today = paris(now).date()
    check_matter(wanted.objet, today)
    content = _checked(wanted.contenu)
    with reading() as session:
        agent, part = _allowed(session, identity, wanted.dossier, today)
        numero = agent.numero
        name = _name(session, identity, numero, wanted.objet, part)

    def begin(row: OpinionProject) -> None:
        if not row.version:
            row.numero, row.matter, row.part = numero, wanted.objet, part
            row.begun_at, row.erased_on = now, erased_on(wanted.objet)

    order = Order(_key("projet", identity, name, wanted.cle), identity.compte, now, wanted.revision)
    saved = _SHELF.save(name, content.model_dump(mode="json"), order, begin)
    issue = "enregistre" if saved.other is None else "conflit"
    with reading() as session:
        return ProjetGarde.model_validate({"issue": issue, "projet": _there(session, name)})


def show(identity: Identity, wanted: MontrerProjet, now: datetime) -> ProjetGarde:
    """Show a project to the person as it is kept: she reads it from now on, until its day.

    Raises
    ------
    Refused
        The person is not in the portfolio of the day.
    InputError
        Nothing is written yet.
    """
    today = paris(now).date()
    check_matter(wanted.objet, today)
    with reading() as session:
        agent, part = _allowed(session, identity, wanted.dossier, today)
        numero = agent.numero
        name = _name(session, identity, numero, wanted.objet, part)

    def change(_session: Session, row: OpinionProject) -> None:
        if not row.version or Contenu.model_validate(row.content).vide:
            raise InputError("ce projet est vide.", remedy="Écrivez-le, puis montrez-le.")
        if Contenu.model_validate(row.content).deux_ecritures:
            raise InputError(
                "deux écritures attendent votre choix.", remedy="Choisissez, puis montrez-le."
            )
        row.shown, row.shown_at, row.seen_at = row.content, now, None

    def also(session: Session) -> None:
        note(session, identity, now, "projet_montre", numero, why(wanted.objet, part))

    key = _key("projet-montre", identity, name, wanted.cle)
    try:
        receipt = _ROWS.store(
            name, change, Order(key, identity.compte, now, wanted.revision), also
        ).number
    except Conflict:
        receipt = None
    with reading() as session:
        issue = "conflit" if receipt is None else "enregistre"
        return ProjetGarde.model_validate(
            {"issue": issue, "projet": _there(session, name), "recu": receipt}
        )


def erase(identity: Identity, wanted: EffacerProjet, now: datetime) -> ProjetEfface:
    """Erase a project before its day, with its history and what the person was shown of it."""
    today = paris(now).date()
    with writing() as session:
        agent, part = _allowed(session, identity, wanted.dossier, today)
        name = _name(session, identity, agent.numero, wanted.objet, part)
        chosen = OpinionProject.name == name
        there = session.scalar(select(OpinionProject.id).where(chosen)) is not None
        if there:
            remove(session, OpinionProject.name, chosen)
            note(session, identity, now, "projet_efface", agent.numero, why(wanted.objet, part))
    return ProjetEfface(efface=there)


def name_of_project(numero: str, matter: str, part: str, account: int) -> str:
    """Return the name of the project of one account: a note is its author's alone.

    Examples
    --------
    >>> name_of_project("D0019", "rdv-2-2026", "inspection", 26)
    'D0019:rdv-2-2026:inspection:1a'
    """
    return f"{_name_of_part(numero, matter, part)}:{account:x}"


def why(matter: str, part: str) -> str:
    """Return why an evaluator reads or writes, as the person reads it.

    Examples
    --------
    >>> why("hors_classe-2027", "inspection")
    'préparer un avis (inspection), hors classe, campagne 2027'
    """
    kind, *rest = matter.split("-")
    year = int(rest[-1])
    if kind == "rdv":
        about = f"rendez-vous de carrière n° {rest[0]}, {year}-{year + 1}"
    else:
        about = f"{kind.replace('_', ' ')}, campagne {year}"
    return f"préparer un avis ({_WORDS[part]}), {about}"


def _allowed(
    session: Session, identity: Identity, numero: str, today: date
) -> tuple[Agent, Partie]:
    return person_of(session, reach_of(session, identity, today), numero)


def _parts(session: Session, reach: Reach, keys: Sequence[int]) -> dict[int, Partie]:
    """Return the part that is written about each person; the inspection's where she holds both."""
    parts: dict[int, Partie] = {}
    for part in reversed(PARTS):
        query = select(Agent.id).where(Agent.id.in_(keys), reach.people(part))
        parts |= dict.fromkeys(session.scalars(query), part)
    return parts


def _projects(
    session: Session, identity: Identity, parts: dict[str, Partie], today: date
) -> list[EtatProjet]:
    """Return her own projects, and those of her part that an older version kept without author."""
    query = select(OpinionProject).where(OpinionProject.numero.in_(parts), alive(today))
    rows = session.scalars(query.order_by(OpinionProject.name)).all()
    own: dict[tuple[str, str], OpinionProject] = {}
    for one in rows:  # in the order of names: her own comes after the one without author
        if parts[one.numero] == one.part and one.name in _names(one, identity):
            own[one.numero, one.matter] = one
    return [EtatProjet.model_validate(_state(one)) for one in own.values()]


def _names(row: OpinionProject, identity: Identity) -> tuple[str, str]:
    of_row = (row.numero, row.matter, row.part)
    return _name_of_part(*of_row), name_of_project(*of_row, identity.account_id)


def _name(session: Session, identity: Identity, numero: str, matter: str, part: str) -> str:
    """Return the name under which her project is, or will be."""
    former = _name_of_part(numero, matter, part)
    own = name_of_project(numero, matter, part, identity.account_id)
    is_former = _ROWS.find(session, own) is None and _ROWS.find(session, former) is not None
    return former if is_former else own


def _name_of_part(numero: str, matter: str, part: str) -> str:
    """Return what an older version called a project: one for all the evaluators of a part."""
    return f"{numero}:{matter}:{part}"


def _there(session: Session, name: str) -> Projet:
    row = _ROWS.find(session, name)
    if row is None:
        raise InputError(
            "ce projet vient d’être effacé.", remedy="Rechargez la page pour en écrire un autre."
        )
    return _plain(row)


def _plain(row: OpinionProject) -> Projet:
    content = Contenu.model_validate(row.content)
    return Projet(contenu=content, revision=row.version, **_state(row))


def _state(row: OpinionProject) -> dict[str, Any]:
    content = Contenu.model_validate(row.content)
    return {
        "dossier": row.numero,
        "objet": row.matter,
        "partie": _part(row.part),
        "entretien": content.entretien,
        "vide": content.vide,
        "enregistre_le": row.saved_at,
        "montre_le": row.shown_at,
        "vu_le": row.seen_at,
        "change_depuis": row.shown is not None and row.shown != row.content,
        "efface_le": row.erased_on,
    }


def _checked(content: Contenu) -> Contenu:
    words = tidy(content.texte)
    waiting = "".join(one.ici or "" for one in content.deux_ecritures)
    if unseen := unfit(words + waiting, lines=True):
        raise InputError(
            f"ce texte contient {name_of(unseen)} et n’a pas été enregistré.",
            where="texte",
            remedy="Effacez le dernier texte saisi, puis tapez-le au clavier.",
        )
    return content.model_copy(update={"texte": words})


def _line(one: EvaluatorPortfolio) -> Portefeuille:
    words = [academie_names().get(one.academie, one.academie)]
    words += [f"établissement {one.uai}"] if one.uai else []
    words += [one.discipline] if one.discipline else []
    words += [corps_label(one.corps, plural=True)] if one.corps else []
    words += [f"département {one.departement}"] if one.departement else []
    return Portefeuille(partie=_part(one.part), perimetre=", ".join(words), au=one.au)


def _part(stored: str) -> Partie:
    return HEAD if stored == HEAD else INSPECTION


def _key(kind: str, identity: Identity, name: str, cle: str) -> str:
    return f"{kind}:{identity.compte}:{name}:{cle}"[:_LONGEST_KEY]
