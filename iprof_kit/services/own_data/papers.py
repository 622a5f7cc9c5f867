"""What one prints of one's own file: the fiche on one page, the receipt of a report."""

from __future__ import annotations

from datetime import date, datetime

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import Refused
from iprof_kit.base.words import NBSP, counted, weight_text
from iprof_kit.documents.model import Document, Fact, Part, Section
from iprof_kit.records.database import writing
from iprof_kit.records.journal import audit
from iprof_kit.services.access.own_file import Owner, absent_file
from iprof_kit.services.cases.acting import CASES
from iprof_kit.services.contract.addressed import addressed
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.facts import (
    MISSING,
    MISSING_POSTING,
    appreciation_words,
    echelon_words,
    function_words,
    grade_words,
    position_words,
    posting_words,
)
from iprof_kit.services.contract.own_file import Saisie, Signalement
from iprof_kit.services.dossier.contacts import written
from iprof_kit.services.dossier.storing import find_dossier
from iprof_kit.services.reports.reporting import plain
from iprof_kit.services.workers.typesetters import TYPESETTERS

UNOFFICIAL = "Kit libre, non officiel. Rien n’est transmis à l’administration."
_MOST_LINES = 8
_STEPS = (
    ("Envoyé", "envoye_le"),
    ("Pris en charge", "pris_en_charge_le"),
    ("Répondu", "repondu_le"),
    ("Corrigé", "corrige_le"),
)
_LABELS = {
    "rue": "Adresse",
    "code_postal": "Code postal",
    "ville": "Commune",
    "pays": "Pays",
    "telephone": "Téléphone",
    "portable": "Portable",
    "courriel_personnel": "Courriel personnel",
}


def fiche(owner: Owner, now: datetime) -> bytes:
    """Return one's own file on one page, as a PDF; the reading is noted."""
    with writing() as session:
        dossier = find_dossier(session, owner.numero)
        if dossier is None:
            raise absent_file()
        saisies = written(session, owner.numero)
        audit.note(
            session,
            at=now,
            actor=owner.compte,
            action="fiche_imprimee",
            subject=f"dossier:{owner.numero}",
        )
    made = fiche_document(dossier, saisies, paris(now).date())
    return TYPESETTERS.made(owner.numero, lambda press: press.pdf(made, "une_page"))


def receipt(owner: Owner, name: str, now: datetime) -> tuple[str, bytes]:
    """Return the number of one of one's own reports, and its receipt as a PDF.

    Raises
    ------
    Refused
        It does not exist, or is somebody else's.
    """
    with writing() as session:
        row = CASES.find(session, name)
        if row is None or row.numero != owner.numero:
            raise Refused("ce signalement n’est pas un des vôtres.", remedy="Rouvrez la page.")
        dossier = find_dossier(session, owner.numero)
        sent = plain(row)
        audit.note(
            session, at=now, actor=owner.compte, action="recu_lu", subject=f"dossier:{owner.numero}"
        )
    who = dossier.identite if dossier else None
    person = f"{who.prenom} {who.nom}" if who else ""
    made = receipt_document(sent, person, paris(now).date())
    return sent.numero, TYPESETTERS.made(owner.numero, lambda press: press.pdf(made))


def fiche_document(dossier: Dossier, saisies: list[Saisie], today: date) -> Document:
    """Return the fiche: what the administration recorded, and what the person wrote."""
    dossier = addressed(dossier)
    who = dossier.identite
    name = f"{who.prenom} {who.nom}"
    copied = f"Source : {dossier.source}, lue le {date_text(dossier.lu_le)}."
    return Document(
        title=f"Fiche de {name}",
        author=name,
        date=today,
        name=name,
        kind="Fiche du dossier",
        headline=dossier.libelle_corps or dossier.statut,
        summary=f"Imprimée le {date_text(today)}. {copied}",
        sections=(
            fact_section("Identité et situation", _situation(dossier, today)),
            fact_section("Coordonnées", _contact(dossier, saisies), short=True),
            _lines("Échelons", [echelon_words(one) for one in reversed(dossier.echelons)]),
            _lines("Positions", [position_words(one) for one in reversed(dossier.positions)]),
            _lines("Affectations", [posting_words(one) for one in reversed(dossier.affectations)]),
            _lines(
                "Rendez-vous de carrière",
                [
                    f"{one.annee_scolaire} : {appreciation_words(one.appreciation)}"
                    for one in reversed(dossier.rendez_vous)
                ],
            ),
        ),
        notice=UNOFFICIAL,
    )


def receipt_document(sent: Signalement, person: str, today: date) -> Document:
    """Return the receipt of a report, with its steps as they stand today."""
    steps = []
    for label, field in _STEPS:
        at: datetime | None = getattr(sent, field)
        steps.append(Fact(label, moment_words(at) if at else "Pas encore"))
    report_facts = [Fact("Donnée", sent.libelle)]
    if sent.donnee not in (MISSING, MISSING_POSTING):
        report_facts.append(Fact("Valeur affichée ce jour-là", sent.valeur))
    report_facts.append(Fact("Ce que vous indiquez", sent.indique))
    if sent.valeur_corrigee:
        report_facts.append(Fact("Valeur corrigée", sent.valeur_corrigee))
    pieces = [Fact("", f"{one.nom} ({weight_text(one.taille)})") for one in sent.pieces]
    sections = [fact_section("Le signalement", report_facts), fact_section("Où il en est", steps)]
    if sent.explication:
        sections.append(Section("Votre explication", (Part(text=sent.explication),)))
    if sent.reponse:
        sections.append(
            Section(
                f"Réponse de : {sent.service}" if sent.service else "Réponse",
                (Part(text=sent.reponse),),
            )
        )
    sections.append(fact_section("Pièces jointes", pieces or [Fact("", "Aucune")]))
    return Document(
        title=f"Reçu du signalement n° {sent.numero}",
        author=person,
        date=today,
        name=person,
        kind=f"Reçu du signalement n° {sent.numero}",
        summary=(
            f"Enregistré dans ce kit le {moment_words(sent.envoye_le)}. Ce kit ne "
            "transmet rien : ce reçu ne vaut pas dépôt auprès de l’administration."
        ),
        sections=tuple(sections),
        notice=UNOFFICIAL,
    )


def moment_words(at: datetime) -> str:
    """Return « 18 novembre 2026 à 14 h 32, heure de Paris »."""
    local = paris(at)
    hour = f"{local.hour}{NBSP}h{NBSP}{local.minute:02d}"
    return f"{date_text(local.date())} à {hour}, heure de Paris"


def _situation(dossier: Dossier, today: date) -> list[Fact]:
    echelon = dossier.echelons[-1] if dossier.corps and dossier.echelons else None
    rows = (
        (
            "Né le" if dossier.identite.civilite == "Monsieur" else "Née le",
            date_text(dossier.identite.date_naissance),
        ),
        ("Statut", dossier.statut),
        ("Corps", dossier.libelle_corps),
        ("Entrée dans le corps", dossier.entree_corps),
        ("Titularisation", dossier.titularisation),
        ("Grade", grade_words(echelon)),
        ("Échelon", echelon_words(echelon) if echelon else None),
        ("Fonction", _jobs(dossier, today)),
    )
    return [
        Fact(label, date_text(value) if isinstance(value, date) else value)
        for label, value in rows
        if value
    ]


def _jobs(dossier: Dossier, today: date) -> str:
    """Return the functions held today, each with its discipline, once."""
    postings = [
        a for a in dossier.affectations if a.debut <= today and (a.fin is None or a.fin >= today)
    ]
    return " ; ".join(dict.fromkeys(function_words(one) for one in postings))


def _contact(dossier: Dossier, saisies: list[Saisie]) -> list[Fact]:
    home = dossier.adresse.model_dump()
    own: dict[str, Saisie] = {one.champ: one for one in saisies}
    facts = []
    for name, label in _LABELS.items():
        written_by_her = own.get(name)
        value = written_by_her.valeur if written_by_her else home.get(name)
        if value:
            more = " (saisi par vous)" if written_by_her else ""
            facts.append(Fact(label, f"{value}{more}"))
    if home["courriel_professionnel"]:
        facts.append(Fact("Courriel professionnel", home["courriel_professionnel"]))
    return facts or [Fact("", "Rien dans le dossier")]


def fact_section(title: str, facts: list[Fact], *, short: bool = False) -> Section:
    """Return a section of labelled values."""
    return Section(title, (Part(facts=tuple(facts)),), short=short)


def _lines(title: str, lines: list[str]) -> Section:
    shown = lines[:_MOST_LINES]
    if len(lines) > _MOST_LINES:
        shown.append(f"et {counted(len(lines) - _MOST_LINES, 'ligne')} de plus, dans votre dossier")
    facts = tuple(
        Fact("", line[:1].upper() + line[1:]) for line in shown or ["Rien dans le dossier"]
    )
    return Section(title, (Part(facts=facts),))
