"""How the fields of a CV are named in a sentence."""

from __future__ import annotations

_NAMES = {
    "adresse": "adresse", "annee": "année", "annee_acces": "année d’accès",
    "academie": "académie", "auteurs": "auteurs", "certificat": "certificat",
    "civilite": "civilité", "code_postal": "code postal", "commune": "commune",
    "contact": "contact", "corps": "code du corps", "courriel": "courriel",
    "date_echelon": "date de l’échelon", "date_naissance": "date de naissance", "debut": "début",
    "description": "description", "discipline": "discipline", "echelon": "échelon",
    "editeur": "éditeur", "education_prioritaire": "éducation prioritaire",
    "entree_corps": "entrée dans le corps", "etablissement": "établissement", "etat": "état",
    "fin": "fin", "fonction": "fonction", "grade": "grade", "heures": "heures",
    "intitule": "intitulé", "libelle_corps": "corps", "lieu": "lieu", "mention": "mention",
    "mode_acces": "mode d’accès", "nature": "nature", "niveau": "niveau", "nom": "nom",
    "organisme": "organisme", "pays": "pays", "photo": "photo", "position": "position",
    "prenom": "prénom", "profils": "profils", "quotite": "quotité", "resume": "présentation",
    "role": "rôle", "rue": "rue", "site": "site", "source": "origine", "specialite": "spécialité",
    "telephone": "téléphone", "texte": "texte", "titre": "titre",
    "titularisation": "titularisation", "type": "type", "ville": "ville",
}  # fmt: skip


def field_name(name: str) -> str:
    """Return « année d’accès » for `annee_acces`."""
    return _NAMES.get(name, name)
