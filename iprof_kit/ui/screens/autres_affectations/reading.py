"""The file, the wishes and the answers become one question of mobility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from iprof_kit.base.errors import InputError
from iprof_kit.base.reference import those
from iprof_kit.services.contract.carnet import SENSITIVE
from iprof_kit.ui.kit.fields import Read
from iprof_kit.ui.screens.autres_affectations.fields import (
    BOTH,
    COMING,
    FAMILY,
    MOST_YEARS,
    SHARED,
    TOGETHER,
)
from iprof_kit.ui.screens.autres_affectations.start import MovementFacts


@dataclass(frozen=True)
class Priority:
    """A recognised priority: nothing, the duty of employment, or a file for some wishes."""

    kind: str = ""
    wishes: tuple[str, ...] = ()


def question_of(
    start: MovementFacts, wishes: Sequence[str], read: Read, priority: Priority
) -> dict[str, Any]:
    """Return the question that the file, the wishes and the answers ask.

    Raises
    ------
    InputError
        The file gives no échelon of the day that the campaign looks at.
    """
    echelon = start.echelon
    if echelon is None or not echelon.echelon.isdigit():
        raise InputError(
            f"Votre dossier ne dit pas l’échelon détenu au 31 août {start.campagne - 1}.",
            remedy="Sans lui, aucun barème n’est calculé.",
        )
    known = {
        "corps": start.corps,
        "grade": echelon.grade,
        "echelon": echelon.echelon,
        "echelon_depuis": echelon.date_effet,
        "echelon_par": start.echelon_par,
    }
    own = _first if start.degre == "1d" else _second
    name = "premier_degre" if start.degre == "1d" else "second_degre"
    return {
        "degre": start.degre,
        "campagne": start.campagne,
        "voeux": tuple(wishes),
        "aujourdhui": start.aujourdhui,
        name: known | own(start, read, priority),
        "local": {"territoire": start.lieu} if start.lieu else None,
    }


def _first(start: MovementFacts, read: Read, priority: Priority) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "departement": start.lieu,
        "departement_depuis": read.get("departement_depuis"),
        "absences": tuple(
            {"motif": a.motif, "debut": a.debut, "fin": a.fin} for a in start.absences
        ),
        "poste_a_profil_depuis": read.get("pop_depuis"),
    }
    family = _first_family(start, read)
    if family:
        facts["famille"] = (family,)
    if priority.kind:
        facts["handicap"] = {
            "boe": priority.kind == "boe",
            "dossier": "agent" if priority.kind == "dossier" else None,
            "voeux_ameliorant": priority.wishes if priority.kind == "dossier" else (),
        }
    if read.get("label") and read.get("label_depuis"):
        facts["ecoles"] = ({"ecoles": (read.get("label"),), "debut": read.get("label_depuis")},)
    if read.get("ancien_voeu") and read.get("demandes_avant"):
        facts["anciens_voeux"] = tuple(
            {"campagne": start.campagne - back, "departement": read.get("ancien_voeu")}
            for back in range(1, read.get("demandes_avant") + 1)
        )
    if read.get("cimm"):
        facts["cimm"] = {
            "departement": read.get("cimm"),
            "irreversibles": read.get("cimm_irreversibles"),
            "reversibles": read.get("cimm_reversibles"),
            "reconnu_le": read.get("cimm_le"),
        }
    if read.get("outre_mer") and read.get("outre_mer_depuis"):
        facts["outre_mer"] = {
            "departement": read.get("outre_mer"),
            "depuis": read.get("outre_mer_depuis"),
            "suite_mobilite": read.get("suite_mobilite") == "oui",
            "poste_isole_depuis": read.get("isole_depuis"),
        }
    return facts


def _first_family(start: MovementFacts, read: Read) -> dict[str, Any] | None:
    if not (read.get(FAMILY) and read.get("conjoint_lieu")):
        return None
    born = tuple({"naissance": day} for day in _births(read))
    coming = tuple({"a_naitre": True} for _ in range(read.get(COMING) or 0))
    return {
        "demande": read.get(FAMILY),
        "departement": read.get("conjoint_lieu"),
        "lien": _plain(read.get("lien")) or None,
        "lien_depuis": read.get("lien_depuis"),
        "activite": read.get("activite") or "emploi",
        "enfants": (*born, *coming),
        "separation": _separation(start, read),
    }


def _plain(choice: str | None) -> str:
    """Return a choice as the question names it."""
    return (choice or "").removeprefix(SENSITIVE)


def _births(read: Read) -> tuple[date, ...]:
    return tuple(day for name, day in read.values.items() if name.startswith("enfant-"))


def _separation(start: MovementFacts, read: Read) -> tuple[dict[str, Any], ...]:
    years = range(start.campagne - 1, start.campagne - 1 - MOST_YEARS, -1)
    return tuple(
        {
            "annee": year,
            "mois": read.get(f"separation-{year}"),
            "position": read.get(f"position-{year}") or "activite",
        }
        for year in years
        if read.get(f"separation-{year}") is not None
    )


def discipline_of(start: MovementFacts) -> str:
    """Return the discipline by which the bars of the second degree are published."""
    if start.degre == "1d":
        return ""
    own = (start.poste.discipline or "") if start.poste else ""
    return own or those("discipline_des_barres").get(start.corps, "")


def _second(start: MovementFacts, read: Read, priority: Priority) -> dict[str, Any]:
    statut = "stagiaire" if start.stagiaire else "titulaire"
    facts: dict[str, Any] = {
        "statut": statut,
        "academie": "" if start.stagiaire else start.academie,
        "academie_stage": start.academie if start.stagiaire else "",
        "departement": start.departement,
        "discipline": discipline_of(start),
        "anciennete_poste_annees": read.get("poste_annees"),
        "boe": priority.kind == "boe",
    }
    for name in ("interruption", "origine", "academie_concours", "ancienne_academie", "cimm"):
        facts[name] = _plain(read.get(name))
    if read.get("retour") and read.get("ancienne_academie"):
        facts["retour"] = read.get("retour")
    if facts["origine"] == "ex_titulaire_autre_corps" and not facts["ancienne_academie"]:
        facts["origine"] = ""
    for name in (
        "annees_avant_interruption",
        "contractuel_annees_etp",
        "mayotte_annees",
        "guyane_annees",
        "guyane_site_isole_annees",
        "sportif_annees_atp",
    ):
        facts[name] = read.get(name) or 0
    for name in ("bonification_stagiaire", "bonification_stagiaire_deja_utilisee"):
        facts[name] = read.get(name) == "oui"
    facts["echelon_classement"] = read.get("echelon_classement") or None
    facts["demandes_consecutives"] = 1 + (read.get("demandes_avant") or 0)
    facts["demandes_corse"] = read.get("demandes_corse") or 1
    if read.get("doit_etre_affecte"):
        facts["doit_etre_affecte"] = read.get("doit_etre_affecte") == "oui"
    if read.get("label"):
        facts["education_prioritaire"] = (
            {
                "label": read.get("label"),
                "annees": read.get("label_annees") or 0,
                "affecte": read.get("label_quitte") != "oui",
            },
        )
    if priority.kind == "dossier" and priority.wishes:
        facts["dossier_handicap"] = "agent"
        facts["academies_handicap"] = priority.wishes
    return facts | _second_family(start, read)


def _second_family(start: MovementFacts, read: Read) -> dict[str, Any]:
    asked, where = read.get(FAMILY), read.get("conjoint_lieu")
    if asked not in (TOGETHER, SHARED, BOTH) or not where:
        return {}
    births = _births(read)
    if asked == SHARED and not (births or read.get(COMING)):
        return {}
    same = {"oui": True, "non": False}
    return {
        "demandes": (asked,),
        "conjoint": {
            "academie": where,
            "departement": read.get("conjoint_departement") or "",
            "activite": read.get("activite") or "activite",
            "teletravail": read.get("teletravail") == "oui",
            "statut": read.get("conjoint_statut") or "",
            "voeux_identiques": same.get(read.get("conjoint_voeux") or ""),
        },
        "lien": _plain(read.get("lien")),
        "date_lien": read.get("lien_depuis"),
        "naissances": births,
        "enfants_a_naitre": read.get(COMING) or 0,
        "separation": _separation(start, read),
    }


def missing_of(start: MovementFacts, read: Read) -> tuple[str, ...]:
    """Return, in French, what was begun and cannot be counted for want of another answer."""
    sentences = []
    if start.degre == "1d" and start.stagiaire:
        sentences.append(
            "Stagiaire : nos tables ne disent pas si vous pouvez participer ; la note de "
            "service de la campagne le dit."
        )
    if read.get(FAMILY) and not read.get("conjoint_lieu"):
        sentences.append(
            "La demande familiale n’est pas comptée : dites où travaille l’autre personne."
        )
    if (
        read.get(FAMILY) == SHARED
        and start.degre == "2d"
        and not (_births(read) or read.get(COMING))
    ):
        sentences.append(
            "L’autorité parentale conjointe n’est pas comptée : elle suppose un enfant."
        )
    if read.get("label") and start.degre == "1d" and not read.get("label_depuis"):
        sentences.append("L’éducation prioritaire n’est pas comptée : dites depuis quand.")
    if read.get("outre_mer") and not read.get("outre_mer_depuis"):
        sentences.append("L’outre-mer n’est pas compté : dites depuis quand.")
    before = read.get("retour") or read.get("origine") == "ex_titulaire_autre_corps"
    if before and not read.get("ancienne_academie"):
        sentences.append("Le retour n’est pas compté : dites votre ancienne académie.")
    if read.get("ancien_voeu") and not read.get("demandes_avant"):
        sentences.append("Le vœu répété n’est pas compté : dites combien de campagnes.")
    return tuple(sentences)
