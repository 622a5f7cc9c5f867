"""A fictitious teacher whose CV has every kind of line, and the text read back from a PDF."""

import base64
import io
import unicodedata
from datetime import date

import pypdf
from PIL import Image

from iprof_kit.cv.model import Cible, Faits, Lettre
from iprof_kit.cv.person import Contact, Identite, Photo, Profil
from iprof_kit.cv.sections.activites import Activite
from iprof_kit.cv.sections.competences import Competence
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.engagements import Engagement
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.cv.sections.formations import Formation
from iprof_kit.cv.sections.publications import Publication
from iprof_kit.cv.sections.references import Recommandation
from iprof_kit.cv.sections.situation import Situation

TODAY = date(2026, 11, 25)


def picture(width=60, height=76):
    """Return a small plain JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#0b3f49").save(out, "JPEG")
    return out.getvalue()


PHOTO = Photo(
    type_media="image/jpeg", base64=base64.b64encode(picture()).decode(), largeur=60, hauteur=76
)
CLAIRE = Faits(
    identite=Identite(
        civilite="Madame",
        prenom="Claire",
        nom="Vasseur-Lemoine",
        date_naissance="1984-03-12",
        titre="Professeure certifiée d'anglais",
        photo=PHOTO,
        resume="Quinze ans d'enseignement : collège et lycée.",
    ),
    contact=Contact(
        courriel="claire.vasseur@ac-clermont.example",
        telephone="06 39 98 12 34",
        rue="14 rue des Tilleuls",
        code_postal="63000",
        ville="Clermont-Ferrand",
        site="https://vasseur.example/anglais",
        profils=(Profil(reseau="Mastodon", identifiant="@cvasseur"),),
    ),
    situation=Situation(
        corps="certifie",
        libelle_corps="Professeurs certifiés",
        grade="hors classe",
        echelon="03",
        date_echelon="2024-09-01",
        discipline="Anglais",
        academie="Clermont-Ferrand",
        etablissement="Lycée Blaise-Pascal",
        commune="Clermont-Ferrand",
        position="en activité",
        quotite="80",
        entree_corps="2008-09-01",
        titularisation="2009-09-01",
        mode_acces="concours externe",
        annee_acces="2008",
    ),
    fonctions=(
        Fonction(
            id="f1",
            nature="affectation",
            intitule="Professeure d'anglais",
            etablissement="Lycée Blaise-Pascal",
            discipline="Seconde à BTS",
            debut="2019-09",
            description="Spécialité LLCER.\n- Projet Erasmus+\n- Ateliers d'oral",
        ),
        Fonction(
            id="f2",
            nature="affectation",
            intitule="Professeure d'anglais",
            etablissement="Collège Albert-Camus",
            education_prioritaire="REP+",
            debut="2011-09",
            fin="2019-08",
        ),
        Fonction(
            id="f3", nature="fonction", type="Formateur académique", quotite="30", debut="2021-09"
        ),
        Fonction(
            id="f4",
            nature="mission",
            type="Tutorat",
            intitule="Tutrice de stagiaires",
            debut="2017",
            fin="2021",
        ),
    ),
    diplomes=(
        Diplome(
            id="d1",
            intitule="Master MEEF",
            specialite="anglais",
            niveau="7",
            etablissement="Université Clermont Auvergne",
            annee="2013",
            mention="bien",
        ),
        Diplome(id="d2", nature="titre", intitule="CAFFA", annee="2027", etat="en_cours"),
    ),
    formations=(
        Formation(
            id="s1", intitule="Évaluer l'oral", organisme="Rectorat", debut="2025-02", heures="18"
        ),
        Formation(
            id="s2", intitule="Différencier en langue", debut="2022", fin="2024", role="formateur"
        ),
    ),
    activites=(
        Activite(id="a1", intitule="Jury du CAPES", debut="2020", fin="2024"),
        Activite(id="a2", nature="personnelle", intitule="Chant choral", debut="2015"),
    ),
    competences=(
        Competence(
            id="c1",
            nature="langue",
            intitule="espagnol",
            niveau="B2",
            certificat="DELE",
            annee="2012",
        ),
        Competence(id="c2", nature="numerique", intitule="Pix", niveau="612 points"),
    ),
    publications=(
        Publication(
            id="p1",
            titre="Oser parler",
            auteurs="C. Vasseur-Lemoine",
            editeur="Les Cahiers du Puy",
            annee="2023",
            adresse="https://cahiers.example/oser",
        ),
    ),
    engagements=(Engagement(id="e1", intitule="Trésorière", organisme="Les Amis du livre"),),
    references=(
        Recommandation(
            id="r1",
            nom="Paul Morel",
            fonction="Inspecteur",
            contact="p.morel@exemple.example",
            texte="Un travail exemplaire.",
        ),
    ),
)
LETTER = Lettre(
    destinataire="Madame la rectrice\n3 avenue Vercingétorix",
    objet="Candidature",
    lieu="Clermont-Ferrand",
    date="2026-11-02",
    texte="Madame la rectrice,\n\nJe candidate.",
)


def target(modele="classique", **fields):
    return Cible(id="c", modele=modele, **fields)


def read(pdf):
    """Return the text of every page of a PDF."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def squeezed(text):
    """Return a text without blanks: lines break where the page wants."""
    kept = unicodedata.normalize("NFKC", text)
    return "".join(c for c in kept if not c.isspace() and c not in "\u200b\u00ad")
