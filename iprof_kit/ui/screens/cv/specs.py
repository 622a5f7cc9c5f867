"""The fields of each section of the CV, as a form shows them: no rule, words only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from iprof_kit.cv import lists
from iprof_kit.cv.corps import corps_names
from iprof_kit.cv.model import ItemSection

Kind = Literal["text", "long", "month", "day", "select", "radio", "number", "check"]
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Spec:
    """One field: its name in the model, its words, how it is entered."""

    name: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    optional: bool = True
    choices: Choices = ()
    suggestions: tuple[str, ...] = ()
    autocomplete: str = "off"


@dataclass(frozen=True)
class Words:
    """How a section and its items are named."""

    one: str
    many: str
    feminine: bool
    order: str = ""
    empty: str = ""

    def count(self, number: int) -> str:
        """Return « 4 formations », « Aucun diplôme »."""
        if number == 0:
            return f"{'Aucune' if self.feminine else 'Aucun'} {self.one}"
        return f"{number} {self.one if number == 1 else self.many}"

    @property
    def a(self) -> str:
        """Return « une formation »."""
        return f"{'une' if self.feminine else 'un'} {self.one}"

    @property
    def the(self) -> str:
        """Return « la formation », « l’activité »."""
        if self.one[0] in "aeéiouh":
            return f"l’{self.one}"
        return f"{'la' if self.feminine else 'le'} {self.one}"

    @property
    def e(self) -> str:
        """Return the ending of a participle."""
        return "e" if self.feminine else ""


WORDS: dict[ItemSection, Words] = {
    "diplomes": Words("diplôme ou titre", "diplômes et titres", False),
    "formations": Words("formation", "formations", True),
    "competences": Words("compétence", "compétences", True),
    "fonctions": Words("affectation, fonction ou mission",
                       "affectations, fonctions et missions", True),
    "activites": Words("activité", "activités", True),
    "publications": Words("publication", "publications", True),
    "engagements": Words("engagement", "engagements", False),
    "references": Words("référence", "références", True),
}  # fmt: skip

_DESCRIPTION = Spec("description", "Description", "long", "Quelques lignes, en texte simple.")
_PERIOD = (
    Spec("debut", "Début", "month", optional=False),
    Spec("fin", "Fin", "month", "Laissez vide si cela dure encore."),
)
_LEVELS: Choices = (("", "À choisir"), *lists.NIVEAUX_DIPLOME.items())
SPECS: dict[ItemSection, tuple[Spec, ...]] = {
    "diplomes": (
        Spec("nature", "Nature", "radio", choices=(("diplome", "Diplôme"), ("titre", "Titre")),
             optional=False),
        Spec("intitule", "Intitulé", hint="Par exemple : master MEEF, premier degré. MEEF : métiers"
             " de l’enseignement, de l’éducation et de la formation.", optional=False),
        Spec("specialite", "Spécialité"),
        Spec("niveau", "Niveau", "select", choices=_LEVELS),
        Spec("etablissement", "Établissement"),
        Spec("lieu", "Lieu"),
        Spec("etat", "Où vous en êtes", "radio",
             choices=(("obtenu", "Obtenu"), ("en_cours", "En cours")), optional=False),
        Spec("annee", "Date d’obtention, ou prévue", "month", "L’année suffit.", optional=False),
        Spec("mention", "Mention"),
        _DESCRIPTION,
    ),
    "formations": (
        Spec("intitule", "Intitulé", optional=False),
        Spec("organisme", "Organisme"),
        Spec("lieu", "Lieu"),
        Spec("role", "Votre rôle", "radio",
             choices=(("stagiaire", "Stagiaire"), ("formateur", "Formateur")), optional=False),
        Spec("debut", "Début", "month", optional=False),
        Spec("fin", "Fin", "month", "Laissez vide pour une seule journée ou si elle dure encore."),
        Spec("heures", "Durée, en heures", "number"),
        _DESCRIPTION,
    ),
    "competences": (
        Spec("nature", "Nature", "radio",
             choices=(("langue", "Langue"), ("numerique", "Numérique"), ("autre", "Autre")),
             optional=False),
        Spec("intitule", "Intitulé", hint="Par exemple : anglais, ou montage vidéo.",
             optional=False),
        Spec("niveau", "Niveau",
             hint="Pour une langue, celui du CECRL (cadre européen commun de référence pour les "
             "langues) : de A1 à C2, ou maternelle.", suggestions=(*lists.CECRL, "maternelle")),
        Spec("certificat", "Certificat"),
        Spec("annee", "Date du certificat", "month", "L’année suffit."),
        _DESCRIPTION,
    ),
    "fonctions": (
        Spec("nature", "Nature", "radio",
             choices=(("affectation", "Affectation"), ("fonction", "Fonction"),
                      ("mission", "Mission")), optional=False),
        Spec("type", "Type", hint="Choisissez dans la liste, ou écrivez le vôtre.",
             suggestions=tuple(lists.FONCTIONS)),
        Spec("intitule", "Intitulé", optional=False),
        Spec("etablissement", "Établissement ou école"),
        Spec("lieu", "Commune"),
        Spec("discipline", "Discipline ou niveau de classe"),
        Spec("education_prioritaire", "Éducation prioritaire", "select",
             "REP : réseau d’éducation prioritaire ; REP+ : réseau d’éducation prioritaire "
             "renforcé.",
             choices=(("", "Non"), ("REP", "REP"), ("REP+", "REP+"))),
        Spec("quotite", "Quotité, en pourcentage", "number"),
        *_PERIOD,
        _DESCRIPTION,
    ),
    "activites": (
        Spec("nature", "Nature", "radio",
             choices=(("professionnelle", "Professionnelle"), ("personnelle", "Personnelle")),
             optional=False),
        Spec("type", "Type", hint="Choisissez dans la liste, ou écrivez le vôtre.",
             suggestions=tuple(lists.ACTIVITES)),
        Spec("intitule", "Intitulé", optional=False),
        Spec("organisme", "Organisme"),
        Spec("lieu", "Lieu"),
        *_PERIOD,
        _DESCRIPTION,
    ),
    "publications": (
        Spec("titre", "Titre", optional=False),
        Spec("auteurs", "Auteurs"),
        Spec("editeur", "Éditeur ou revue"),
        Spec("annee", "Date de parution", "month", "L’année suffit."),
        Spec("adresse", "Adresse sur le web"),
        _DESCRIPTION,
    ),
    "engagements": (
        Spec("nature", "Nature", "select",
             "Un mandat syndical est une donnée sensible : ne l’écrivez que si vous le voulez.",
             choices=(("associatif", "Associatif"), ("electif", "Électif"),
                      ("syndical", "Syndical"), ("autre", "Autre")), optional=False),
        Spec("intitule", "Intitulé", optional=False),
        Spec("organisme", "Organisme"),
        *_PERIOD,
        _DESCRIPTION,
    ),
    "references": (
        Spec("nom", "Nom", optional=False),
        Spec("fonction", "Fonction"),
        Spec("organisme", "Établissement ou organisme"),
        Spec("contact", "Comment la joindre", hint="Avec l’accord de cette personne."),
        Spec("texte", "Ce qu’elle a écrit", "long"),
    ),
}  # fmt: skip

IDENTITE = (
    Spec("civilite", "Civilité", "select",
         choices=(("", "Sans"), ("Madame", "Madame"), ("Monsieur", "Monsieur"))),
    Spec("prenom", "Prénom", optional=False, autocomplete="given-name"),
    Spec("nom", "Nom", optional=False, autocomplete="family-name"),
    Spec("date_naissance", "Date de naissance", "day", "Jour, mois, année : 20/05/1991."),
    Spec("titre", "Titre, sous le nom", hint="Par exemple : professeure certifiée d’anglais."),
    Spec("resume", "Présentation", "long", "Quelques lignes, en tête du CV."),
)  # fmt: skip
CONTACT = (
    Spec("courriel", "Courriel", autocomplete="email"),
    Spec("telephone", "Téléphone", autocomplete="tel"),
    Spec("rue", "Rue", autocomplete="street-address"),
    Spec("code_postal", "Code postal", autocomplete="postal-code"),
    Spec("ville", "Ville", autocomplete="address-level2"),
    Spec("pays", "Pays", autocomplete="country-name"),
    Spec("site", "Site ou page professionnelle", autocomplete="url"),
)
PROFIL = (
    Spec("reseau", "Réseau", hint="Par exemple : ORCID, HAL, LinkedIn."),
    Spec("identifiant", "Identifiant"),
    Spec("adresse", "Adresse de la page", autocomplete="url"),
)
SITUATION = (
    Spec(
        "libelle_corps",
        "Corps",
        hint="Il est imprimé, et c’est lui que les conditions examinent.",
        suggestions=corps_names(),
    ),
    Spec("grade", "Grade"),
    Spec("echelon", "Échelon"),
    Spec("date_echelon", "Date d’effet de l’échelon", "day", "Jour, mois, année : 01/09/2024."),
    Spec("discipline", "Discipline"),
    Spec("academie", "Académie"),
    Spec("etablissement", "Établissement"),
    Spec("commune", "Commune"),
    Spec("position", "Position"),
    Spec("quotite", "Quotité, en pourcentage", "number"),
    Spec("entree_corps", "Entrée dans le corps", "day", "Jour, mois, année : 01/09/2024."),
    Spec("titularisation", "Titularisation", "day", "Jour, mois, année : 01/09/2024."),
    Spec("mode_acces", "Mode d’accès au corps", hint="Concours externe, liste d’aptitude…"),
    Spec("annee_acces", "Année d’accès au corps", "number"),
)
LETTRE = (
    Spec("destinataire", "Destinataire", "long", "Une ligne par ligne de l’adresse."),
    Spec("objet", "Objet"),
    Spec("lieu", "Lieu"),
    Spec("date", "Date", "day", "Jour, mois, année : 01/09/2024."),
    Spec("texte", "Texte de la lettre", "long"),
)

USAGES: Choices = (
    ("general", "Usage général"),
    ("liste_aptitude_agreges", "Liste d’aptitude des professeurs agrégés"),
    ("chaires_superieures", "Corps des professeurs de chaires supérieures"),
    ("poste_specifique", "Poste spécifique ou à profil"),
    ("formateur", "Fonctions de formateur"),
    ("mobilite", "Mobilité"),
    ("hors_education_nationale", "Hors de l’Éducation nationale"),
)
MODELES: Choices = (
    ("classique", "Classique"), ("moderne", "Moderne"), ("une_page", "Une page"),
    ("statutaire", "Statutaire"),
)  # fmt: skip
CIBLE = (
    Spec("titre", "Nom de ce CV", hint="Pour le retrouver ici ; il n’est pas imprimé.",
         optional=False),
    Spec("usage", "À quoi il sert", "select", choices=USAGES, optional=False),
    Spec("modele", "Modèle de page", "select", "Statutaire : les cinq rubriques imposées pour la "
         "liste d’aptitude des agrégés.", choices=MODELES, optional=False),
    Spec("coordonnees", "Imprimer vos coordonnées", "check"),
    Spec("date_naissance", "Imprimer votre date de naissance", "check"),
    Spec("photo", "Imprimer votre photo", "check"),
    Spec("discipline", "Discipline demandée"),
    Spec("campagne", "Année de la campagne", "number"),
)  # fmt: skip
