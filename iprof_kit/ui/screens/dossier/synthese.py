"""Votre dossier › Synthèse: what the administration has recorded, since when, from where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.clock import paris
from iprof_kit.services.contract.dossier import (
    AffectationTenue,
    Dossier,
    EchelonTenu,
    PositionTenue,
)
from iprof_kit.services.contract.own_file import Saisie
from iprof_kit.services.contract.posts import posted_on
from iprof_kit.services.contract.standing import COMPUTED, current_echelon, current_position
from iprof_kit.ui.kit.parts import Fact, Page, Section, since
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import (
    NO_CORPS,
    capital,
    grade_label,
    grade_since,
    kept_figure,
    modality,
    origin_text,
)
from iprof_kit.ui.shared.worded import figure, worded
from iprof_kit.ui.visit.provenance import said_once


@dataclass(frozen=True)
class SyntheseView(Page):
    """The synthesis: its opening, the origin of the data, its sections."""

    origin: str = ""
    sections: tuple[Section, ...] = ()


def synthese(
    dossier: Dossier, today: date, saisies: Sequence[Saisie] = (), brought_up: Dossier | None = None
) -> SyntheseView:
    """Return the synthesis of a file as it stands today.

    `saisies` stand in its address; `brought_up` is the file with the échelons due since its last.
    """
    sections = (
        Section("Vous êtes", _identity(dossier, today)),
        Section("Votre situation administrative", _situation(dossier, today, brought_up)),
        _postings(dossier, today),
        Section(
            "Votre adresse",
            _address(dossier, saisies),
            "Le courriel professionnel est fourni par l’académie ; le courriel personnel "
            "est le vôtre. Ce kit ne les confond pas.",
        ),
    )
    return SyntheseView(
        title="Synthèse",
        lead_strong=_where_one_stands(dossier, today),
        origin=worded("{} Une donnée venue d’ailleurs le dit.", origin_text(dossier)),
        sections=tuple(said_once(one, dossier.source) for one in sections),
    )


def _where_one_stands(dossier: Dossier, today: date) -> str:
    """Return grade, échelon and post in one line, as the file records them."""
    echelon = current_echelon(dossier)
    grade = grade_label(dossier, echelon.grade) if echelon else ""
    corps = (dossier.libelle_corps or "") or capital(dossier.statut)
    level = f", {_named(echelon)[:1].lower()}{_named(echelon)[1:]}" if echelon else ""
    places = [
        ", ".join(filter(None, (one.etablissement, one.commune)))
        for one in posted_on(dossier, today)
    ]
    post = f" ; {' et '.join(places[:2])}" if places else ""
    return f"{grade or corps}{level}{post}."


def _identity(dossier: Dossier, today: date) -> tuple[Fact, ...]:
    who = dossier.identite
    born = "Née le" if who.civilite == "Madame" else "Né le"
    return (
        Fact(
            "Civilité, prénom, nom",
            f"{who.civilite} {who.prenom} {who.nom}",
            source=dossier.source,
            key="identite.nom",
        ),
        Fact(
            born,
            text.dated(who.date_naissance, "birth"),
            since=(text.age(who.date_naissance, today),),
            source=dossier.source,
            key="identite.date_naissance",
        ),
    )


def _situation(
    dossier: Dossier, today: date, brought_up: Dossier | None = None
) -> tuple[Fact, ...]:
    facts = [
        Fact(
            "Statut",
            capital(dossier.statut),
            since=since(dossier.titularisation, of="tenure"),
            source=dossier.source,
            key="situation.statut",
        )
    ]
    echelon = current_echelon(dossier)
    if dossier.corps is None:
        facts.append(Fact("Corps", "Aucun", source=dossier.source, key="situation.corps"))
        facts.append(Fact("Échelon", NO_CORPS, muted=True, source=COMPUTED))
    else:
        facts.append(
            Fact(
                "Corps",
                (dossier.libelle_corps or dossier.corps),
                since=since(dossier.entree_corps, of="corps"),
                source=dossier.source,
                key="situation.corps",
            )
        )
        if echelon:
            facts += _standing(dossier, echelon, today, current_echelon(brought_up or dossier))
        else:
            facts.append(Fact("Échelon", None, source=dossier.source))
    position = current_position(dossier, today)
    if position:
        stays = [p for p in dossier.positions if p.position == position.position]
        facts.append(
            Fact(
                "Position",
                capital(position.position),
                detail=f"({position.motif})" if position.motif else "",
                since=since(_continuous_start(stays), of="position.unbroken"),
                source=position.source,
                key="situation.position",
            )
        )
        facts.append(
            Fact(
                "Modalité de service",
                modality(position),
                since=since(position.debut, position.fin, of="position"),
                source=position.source,
                key="situation.modalite",
            )
        )
    else:
        facts.append(Fact("Position", None, source=dossier.source))
    return tuple(facts)


def _standing(
    dossier: Dossier, recorded: EchelonTenu, today: date, now: EchelonTenu | None
) -> list[Fact]:
    """Return grade and échelon as recorded, and the seniority in the échelon of today."""
    facts = [
        Fact(
            "Grade",
            grade_label(dossier, recorded.grade),
            since=since(grade_since(dossier), of="grade") or ("date absente du dossier",),
            source=recorded.source,
            key="situation.grade",
        ),
        Fact(
            "Échelon",
            _named(recorded),
            since=since(recorded.date_effet, of="echelon.recorded"),
            source=recorded.source,
            key="situation.echelon",
        ),
    ]
    current = recorded
    if now is not None and now != recorded:
        label = "Échelon d’aujourd’hui, à l’ancienneté"
        day = since(now.date_effet, of="echelon")
        facts.append(Fact(label, _named(now), since=day, source=COMPUTED, verify=True))
        current = now
    days = text.seniority(current.date_effet, today, current.reliquat_jours)
    kept: str = ""
    if left := current.reliquat_jours:
        kept = worded("dont {} à l’entrée", kept_figure(text.kept(left), current))
    facts.append(
        Fact(
            "Ancienneté d’échelon",
            figure(text.elapsed(days), "echelon.spent", days, today),
            detail=kept,
            since=(worded("au {}", text.dated(today, "today")),),
            source=COMPUTED,
        )
    )
    return facts


def _named(line: EchelonTenu) -> str:
    chevron = f", chevron {line.chevron}" if line.chevron else ""
    return f"{capital(text.echelon_label(line.echelon))}{chevron}"


def _continuous_start(stays: list[PositionTenue]) -> date:
    """Return the start of the unbroken run of lines that ends the list."""
    start = stays[-1].debut
    for earlier in reversed(stays[:-1]):
        if earlier.fin is None or (start - earlier.fin).days != 1:
            break
        start = earlier.debut
    return start


def _postings(dossier: Dossier, today: date) -> Section:
    if not dossier.affectations:
        nothing = Fact(
            "Affectation",
            f"Aucune dans {dossier.source}",
            muted=True,
            source=dossier.source,
        )
        return Section("Vos affectations", (nothing,))
    numbered = list(enumerate(dossier.affectations, 1))
    now = posted_on(dossier, today)
    current = [one for one in numbered if one[1] in now] or numbered[-1:]
    facts = tuple(
        fact for number, posting in reversed(current) for fact in _posting(number, posting)
    )
    past = len(dossier.affectations) - len(current)
    words = {0: "", 1: "Une affectation plus ancienne est enregistrée."}
    return Section(
        "Vos affectations",
        facts,
        words.get(past, f"{past} affectations plus anciennes sont enregistrées."),
    )


def _posting(number: int, posting: AffectationTenue) -> tuple[Fact, ...]:
    where = ", ".join(part for part in (posting.commune, posting.uai) if part)
    when = since(posting.debut, posting.fin, of=f"posting.{number}")
    key = f"affectations.{number}"
    share = f"{posting.quotite}{text.NBSP}% du service" if posting.quotite < 100 else ""
    return (
        Fact(
            "Établissement",
            posting.etablissement,
            detail=", ".join(p for p in (capital(posting.type_etablissement), where) if p),
            since=when,
            source=posting.source,
            key=f"{key}.etablissement {key}.dates",
        ),
        Fact(
            "Type",
            capital(posting.type),
            detail=share,
            since=when,
            source=posting.source,
            key=f"{key}.type",
        ),
        Fact(
            "Fonction",
            capital(posting.fonction),
            detail=(posting.discipline or ""),
            since=when,
            source=posting.source,
            key=f"{key}.fonction",
        ),
    )


def _address(dossier: Dossier, saisies: Sequence[Saisie]) -> tuple[Fact, ...]:
    """Return the ways to reach her, what she wrote in place of what the file says."""
    home = dossier.adresse.model_dump()
    own = {str(one.champ): one for one in saisies}
    shown = home | {name: one.valeur or None for name, one in own.items()}
    town = " ".join(part for part in (shown["code_postal"], shown["ville"]) if part)
    postal = ", ".join(part for part in (shown["rue"], town, shown.get("pays")) if part)
    rows = (
        ("Adresse", postal, ("rue", "code_postal", "ville", "pays")),
        ("Téléphone", shown["telephone"], ("telephone",)),
        ("Portable", shown["portable"], ("portable",)),
        ("Courriel professionnel", shown["courriel_professionnel"], ()),
        ("Courriel personnel", shown["courriel_personnel"], ("courriel_personnel",)),
    )
    return tuple(
        _reached(dossier, label, value, [own[n] for n in names if n in own])
        for label, value, names in rows
    )


def _reached(dossier: Dossier, label: str, value: str | None, written: list[Saisie]) -> Fact:
    key = "adresse.courriel_professionnel" if label == "Courriel professionnel" else ""
    if not written:
        return Fact(label, value or None, source=dossier.source, key=key)
    day = max(paris(one.le).date() for one in written)
    return Fact(label, value or None, since=since(day, of=f"own.{label}"), source="Saisi par vous")
