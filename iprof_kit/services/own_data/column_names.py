"""What the columns of the tables that a person takes away are called in French."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from iprof_kit.base.clock import paris

_FRENCH = {
    "account_id": "compte n°", "added_at": "ajouté le", "act": "acte", "action": "action",
    "actor": "par qui",
    "address": "adresse", "after_closing": "après la clôture", "again_on": "à revoir le",
    "agent_id": "dossier n°", "announced": "pièces annoncées", "at": "le", "attempts": "essais",
    "batch": "lot", "begun_at": "commencé le", "by": "par", "by_account": "par le compte n°",
    "campaign": "campagne", "case_id": "fil n°", "chosen_at": "choisi le", "claimed": "indiqué",
    "closed_on": "fermé à partir du",
    "closes_at": "se ferme le", "contact": "coordonnées montrées", "content": "contenu",
    "code_hash": "empreinte du code",
    "corrected": "corrigé en", "credential": "nom de la clé d’accès", "cv_id": "CV n°",
    "cv_version_id": "version n°",
    "datum": "donnée concernée", "day": "jour", "delegate_id": "compte suppléant n°",
    "delivered_at": "délivré le", "delivery": "remise",
    "demo": "compte de démonstration", "detail": "précision", "digest": "empreinte SHA-256",
    "due": "attendu avant le", "ended_at": "terminé le", "entries": "saisies",
    "erased_on": "effacé le", "event_id": "événement n°", "expires_at": "expire le",
    "factor_at": "seconde preuve le",
    "factors_removed_at": "secondes preuves retirées le",
    "file_name": "nom du fichier", "first_password": "premier mot de passe à changer",
    "first_password_expires_at": "premier mot de passe, expire le", "folded": "mots cherchés",
    "former": "valeur d’avant", "handed_at": "remis le", "id": "n° de ligne",
    "issued_at": "délivré le", "issued_by": "délivré par", "issuer": "fournisseur d’identité",
    "link_id": "lien n°", "linked_at": "relié le", "linked_by": "relié par",
    "session_id": "connexion n°", "sid": "session chez le fournisseur",
    "key": "clé", "kind": "nature",
    "last_at": "dernier échange le", "last_role": "dernier échange par",
    "last_step": "dernier code pris", "launched": "lancé",
    "law": "droit lu", "lesson_id": "leçon n°", "link": "chaînage", "made_at": "déposé le",
    "mailing_id": "envoi n°", "mark": "marque", "mark_hash": "empreinte", "matter": "sujet",
    "media_type": "type de fichier", "name": "nom", "next_at": "prochain essai le",
    "noted_at": "noté le", "of_version": "version lue", "opened_at": "ouvert le", "pace": "rythme",
    "paper_id": "pièce n°", "papers": "pièces", "part": "part",
    "password_hash": "empreinte du mot de passe",
    "password_set_at": "mot de passe choisi le", "phone_id": "téléphone n°", "place": "joint à",
    "prepared_at": "préparé le", "public_key": "clé publique", "readings": "lectures",
    "refused": "refusés",
    "reads_until": "se lit jusqu’au",
    "reminded_event": "dernier événement rappelé", "reply": "réponse du serveur",
    "revealed": "réponse montrée", "revision": "révision", "revoked_at": "révoqué le",
    "role": "rôle", "saved_at": "enregistré le", "screen": "écran", "seen_at": "vu le",
    "sent_at": "envoyé le", "service": "service", "shown": "montré", "shown_at": "montré le",
    "since": "depuis", "signed": "signatures", "site": "site", "size": "taille en octets",
    "slices": "morceaux reçus", "source": "source",
    "state": "état", "step": "étape", "steps": "étapes", "subject": "sujet", "target": "CV choisi",
    "target_title": "titre du CV", "text": "texte", "title": "objet", "token_hash": "empreinte",
    "told_at": "dit le", "told_event": "dernier événement annoncé", "touched_at": "touché le",
    "unseen_by_owner": "non lus par vous", "unseen_by_service": "non lus par le service",
    "used_at": "utilisé le", "value": "valeur", "version": "version enregistrée",
    "way": "page demandée", "waited_days": "jours d’attente", "waiting": "messages en attente",
    "withdrawn_at": "retiré le",
    "words": "mots",
    "passed_to": "transmis à",
    # French already, without accents in the database
    "academie": "académie", "annee_scolaire": "année scolaire", "appreciation": "appréciation",
    "categorie_retraite": "catégorie de retraite", "civilite": "civilité",
    "code_postal": "code postal", "courriel_personnel": "courriel personnel",
    "courriel_professionnel": "courriel professionnel", "date_effet": "date d’effet",
    "date_naissance": "date de naissance", "debut": "début", "departement": "département",
    "echelon": "échelon", "entree_corps": "entrée dans le corps", "etablissement": "établissement",
    "fin_de_service": "dernier jour de service", "libelle": "libellé",
    "libelle_corps": "libellé du corps", "lu_le": "lu le",
    "modalite": "modalité", "notifiee_le": "notifiée le", "numero": "numéro", "prenom": "prénom",
    "quotite": "quotité", "reliquat_jours": "reliquat en jours", "telephone": "téléphone",
    "type_etablissement": "type d’établissement", "uai": "UAI",
}  # fmt: skip


def column_name(name: str) -> str:
    """Return what a column is called in the tables that are read.

    Examples
    --------
    >>> column_name("seen_at"), column_name("date_naissance"), column_name("ville")
    ('vu le', 'date de naissance', 'ville')
    """
    return _FRENCH.get(name, name)


def known_columns() -> frozenset[str]:
    """Return the columns that have a name of their own here."""
    return frozenset(_FRENCH)


def cell_text(value: Any) -> str:
    """Return a value as a French reader writes it: « 25/11/2026 10:00 », « oui », « ».

    Examples
    --------
    >>> cell_text(date(2026, 11, 25)), cell_text(True), cell_text(None)
    ('25/11/2026', 'oui', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        local = paris(value) if value.tzinfo else value
        return local.strftime("%d/%m/%Y %H:%M")
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)
