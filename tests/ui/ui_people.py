"""Jean Dupont as the brief of the guide describes him, a person without corps, a guichet in memory.

The figures of `answer` are those of the design's mockup (perspectives-promotions), checked there
by hand against the tables: 629 × 59,0734 ÷ 12 × 6/7 = 2 654,08 €.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from iprof_kit.base.errors import InputError, Refused, Unavailable
from iprof_kit.calculate.career.question import (
    CareerAnswer,
    CareerQuestion,
    Difference,
    Eligibility,
    Lever,
    Refusal,
    Retirement,
    Scenario,
    ScenarioAnswer,
    Step,
)
from iprof_kit.calculate.interface.explained import Explanation, Line, Reference
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.services.contract.bars import BarreLue, BarresLues
from iprof_kit.services.contract.bureau.fils import BureauLu, FilEnAttente
from iprof_kit.services.contract.campagnes import (
    NoteLue,
    NoteRetiree,
    NoterService,
    ServiceNote,
    ServicesLus,
)
from iprof_kit.services.contract.carnet import CarnetEnregistre, CarnetLu, EnregistrerCarnet
from iprof_kit.services.contract.courrier import Correspondant, CourrierLu
from iprof_kit.services.contract.dossier import (
    Academie,
    Adresse,
    AffectationTenue,
    Dossier,
    DossierLu,
    EchelonTenu,
    Identite,
    PositionTenue,
    Qui,
    RendezVous,
)
from iprof_kit.services.contract.evaluation import ProjetsLus
from iprof_kit.services.contract.facts import data_of
from iprof_kit.services.contract.formation import FormationsLues
from iprof_kit.services.contract.homes import GestionLue, ServiceLu, Travail
from iprof_kit.services.contract.links.scenario import LienScenario, ScenarioOuvert
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.services.contract.own_file import SignalementsLus, VisiteLue

TODAY = date(2026, 11, 25)
READ = date(2026, 11, 12)
SAVED = datetime(2026, 11, 25, 13, 32, tzinfo=UTC)
ENDS = datetime(2026, 12, 25, 13, 32, tzinfo=UTC)
FIRST = date(2024, 9, 1)
HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'
POINT = 59.0734

ACADEMIE = Academie(
    code="06",
    nom="Clermont-Ferrand",
    assistance_nom="Assistance de démonstration",
    assistance_telephone="04 65 71 00 00",
    lien_officiel="https://iprof.example/clermont",
    liens={name: f"https://{name.lower()}.example/clermont" for name in ("SIAM", "SIAC", "GAIA")},
)


def held(echelon: str, day: date, mode: str, kept: int = 0) -> EchelonTenu:
    return EchelonTenu(
        corps="pe",
        grade="classe_normale",
        echelon=echelon,
        date_effet=day,
        reliquat_jours=kept,
        mode=mode,
        source="AGAPE",
        lu_le=READ,
    )


def _position(name: str, modality: str, share: int, start: date, end: date | None, why: str = ""):
    return PositionTenue(
        position=name,
        motif=why or None,
        modalite=modality,
        quotite=share,
        debut=start,
        fin=end,
        source="AGAPE",
        lu_le=READ,
    )


JEAN = Dossier(
    numero="D0001",
    identite=Identite(
        civilite="Monsieur", prenom="Jean", nom="Dupont", date_naissance=date(1991, 5, 20)
    ),
    statut="Fonctionnaire de l’Éducation nationale",
    corps="pe",
    libelle_corps="Professeur des écoles",
    academie="06",
    departement="063",
    entree_corps=date(2014, 9, 1),
    titularisation=date(2015, 9, 1),
    adresse=Adresse(
        rue="12 rue des Ormeaux",
        code_postal="63000",
        ville="Clermont-Ferrand",
        telephone="04 65 71 20 20",
        courriel_professionnel="jean.dupont@ac-clermont.example",
    ),
    echelons=(
        held("4", date(2017, 1, 16), "nomination"),
        held("4", date(2017, 9, 1), "reclassement_ppcr", 180),
        held("5", date(2019, 3, 1), "anciennete"),
        held("6", date(2021, 9, 1), "anciennete"),
        held("7", FIRST, "anciennete"),
    ),
    positions=(
        _position("En activité", "Temps complet", 100, date(2014, 9, 1), date(2015, 8, 31)),
        _position(
            "Disponibilité",
            "Aucun service",
            0,
            date(2015, 9, 1),
            date(2016, 1, 15),
            "suivre son conjoint",
        ),
        _position("En activité", "Temps complet", 100, date(2016, 1, 16), date(2025, 8, 31)),
        _position("En activité", "Temps partiel sur autorisation", 80, date(2025, 9, 1), None),
    ),
    affectations=(
        AffectationTenue(
            type="Affectation à titre définitif",
            uai="0639999X",
            etablissement="École élémentaire Les Ormeaux",
            type_etablissement="école élémentaire",
            commune="Clermont-Ferrand",
            fonction="Enseignant classe élémentaire",
            debut=date(2019, 9, 1),
            source="AGAPE",
            lu_le=READ,
        ),
    ),
    rendez_vous=(
        RendezVous(
            numero=1,
            annee_scolaire="2022-2023",
            appreciation="très satisfaisant",
            notifiee_le=date(2023, 9, 14),
        ),
    ),
    source="AGAPE",
    lu_le=READ,
)

SANS_CORPS = JEAN.model_copy(
    update={
        "numero": "D0040",
        "statut": "Agent contractuel",
        "corps": None,
        "libelle_corps": None,
        "entree_corps": None,
        "titularisation": None,
        "echelons": (),
    }
)


class FakeGuichet:
    """A guichet in memory: one file, or the refusal given."""

    def __init__(
        self,
        dossier: Dossier = JEAN,
        refusal: Exception | None = None,
        role: str = "enseignant",
        hidden: bool = False,
    ) -> None:
        self.role = role
        self.hidden = hidden
        self.services: dict[str, Any] = {
            "ajoutees": (), "incidents": (), "notes": [], "lu_a": SAVED,
        }  # fmt: skip
        self.dossier = dossier
        self.refusal = refusal
        self.asked: list[str] = []
        self.carnets: dict[str, CarnetLu] = {}
        self.shared: dict[str, Any] = {}
        self.barres: tuple[BarreLue, ...] = ()
        self.jobs: list[Travail] = []
        self.plan = FormationsLues()
        self.projects: ProjetsLus | Exception = ProjetsLus()

    def ask(self, op: str, **args: object) -> Any:
        OPERATIONS[op].read(args)
        self.asked.append(op)
        if self.refusal:
            raise self.refusal
        if op == "session.qui":
            who = self.dossier.identite
            return Qui(
                prenom=who.prenom,
                nom=who.nom,
                libelle_corps=self.dossier.libelle_corps,
                role=self.role,
                roles=(self.role,),
                aujourdhui=TODAY,
                academie=ACADEMIE,
            )
        if op == "formation_chercher":
            kept = [one for one in self.plan.formations if one.cle in args.get("cles", ())]
            return self.plan.model_copy(update={"relues": tuple(kept)})
        if op == "services_lire":
            return ServicesLus(**self.services)
        if op == "services_noter":
            return self._note(NoterService.model_validate(args))
        if op == "services_retirer":
            kept = [one for one in self.services["notes"] if one.id != args["id"]]
            gone = len(kept) < len(self.services["notes"])
            self.services["notes"] = kept
            return NoteRetiree(retiree=gone)
        if op == "barres_lire":
            return BarresLues(barres=self.barres)
        if op == "carnet_lire":
            empty = CarnetLu(sujet=args["sujet"], contenu=None, revision=0)
            return self.carnets.get(args["sujet"], empty)
        if op == "scenario_lien":
            self.shared[token := f"jeton-{len(self.shared)}"] = args["evenements"]
            return LienScenario(jeton=token, expire_le=ENDS)
        if op == "scenario_ouvrir":
            if args["jeton"] not in self.shared:
                raise Unavailable("ce lien de scénario est incomplet ou a été modifié.")
            events = self.shared[args["jeton"]]
            return ScenarioOuvert(evenements=events, cree_le=SAVED, expire_le=ENDS)
        if op == "carnet_enregistrer":
            return self._keep(EnregistrerCarnet.model_validate(args))
        if op == "dossier.lire" and self.hidden:
            raise Refused("Ce compte n’ouvre pas de dossier personnel.")
        if op == "dossier.lire":
            return DossierLu(dossier=self.dossier, lu_a=datetime(2026, 11, 25, 9, 0))
        if op in ("contact", "consultations", "mes_donnees", "evaluations"):
            return OPERATIONS[op].answer()
        if op == "projets_avis":
            if isinstance(self.projects, Exception):
                raise self.projects
            return self.projects
        if op == "signalements":
            return SignalementsLus(donnees=data_of(self.dossier))
        if op == "gestion":
            return GestionLue(portefeuilles=["équipe B"], dossiers=12, lus_le=READ)
        if op == "bureau":
            oldest = FilEnAttente(
                id="f1", numero="2026-0001", personne="Paul Lefèvre", dossier="D0009",
                nature="question", objet="Reclassement", etat="envoye", libelle="Envoyé",
                depuis=datetime(2026, 11, 12, 9, tzinfo=UTC), jours=13, age="depasse",
            )  # fmt: skip
            return BureauLu(
                service="équipe B", suivies=12, delai_jours=10, fils=[oldest], trouves=3,
                en_attente=3, depasses=2,
            )  # fmt: skip
        if op == "service":
            return ServiceLu(dossiers=12, comptes=9, sessions=2, sauvegarde=SAVED,
                             scelle_le=SAVED, a_sceller=3, travaux=self.jobs)  # fmt: skip
        if op == "courrier":
            service = Correspondant(service="Division des enseignants (fictive)", delai_jours=10)
            return CourrierLu(correspondant=service, donnees=data_of(self.dossier))
        if op == "visite":
            return VisiteLue(precedente=None)
        raise Refused("Opération inconnue.")

    def _note(self, wanted: NoterService) -> ServiceNote:
        """Keep a note as the server does, at its moment; the same key again is kept once."""
        for number, one in enumerate(self.services["notes"], 1):
            if one.id == f"D0001:{wanted.cle}":
                return ServiceNote(recu=number, note=one)
        if wanted.le is not None and wanted.le > TODAY:
            raise InputError("ce jour n’est pas encore venu.", remedy="Notez ce qui est fait.")
        note = NoteLue(
            id=f"D0001:{wanted.cle}",
            note_le=self.services["lu_a"] or SAVED,
            **{k: v for k, v in wanted.model_dump().items() if k != "cle"},
        )
        self.services["notes"].append(note)
        return ServiceNote(recu=len(self.services["notes"]), note=note)

    def _keep(self, wanted: EnregistrerCarnet) -> CarnetEnregistre:
        """Keep a document as the server does: never over another revision."""
        kept = self.carnets.get(wanted.sujet)
        if kept is not None and kept.revision != wanted.revision:
            return CarnetEnregistre(
                issue="conflit",
                revision=kept.revision,
                enregistre_le=kept.enregistre_le,
                autre=kept.contenu,
            )
        self.carnets[wanted.sujet] = CarnetLu(
            sujet=wanted.sujet,
            contenu=json.loads(json.dumps(wanted.contenu)),
            revision=wanted.revision + 1,
            enregistre_le=(now := self.services["lu_a"] or SAVED),
        )
        return CarnetEnregistre(issue="enregistre", revision=wanted.revision + 1, enregistre_le=now)


ARTICLE = Reference(texte="décret 90-680, art. 25", valide_du=date(2023, 8, 6), confiance="A")
WHY = Explanation(
    question="Pourquoi le 2e échelon de la hors classe, avec 6 mois d’ancienneté ?",
    regle="Un professeur des écoles promu à la hors classe depuis le 9e échelon est classé au "
    "2e échelon. Il garde l’ancienneté qui dépasse 2 ans",
    lignes=(
        Line(libelle="Échelon détenu au 31 août 2033", valeur="9e"),
        Line(libelle="Indice brut", valeur="757", a_verifier=True),
        Line(libelle="À 80 %, payé 6/7", valeur="2 654,08 €"),
    ),
    sources=(ARTICLE,),
)


def _step(day: date, echelon: str, index: int, nature: str = "echelon", **more: Any) -> Step:
    full = round(index * POINT / 12, 2)
    return Step(
        date=day,
        nature=nature,
        corps="pe",
        echelon=echelon,
        indice_majore=index,
        traitement_temps_plein=full,
        traitement=round(full * 6 / 7, 2),
        **{"grade": "classe_normale", **more},
    )


COMMON = (
    _step(FIRST, "7", 524, "depart"),
    _step(date(2027, 9, 1), "8", 562),
    _step(date(2031, 3, 1), "9", 595),
)
_HC = {"grade": "hors_classe"}
STEPS_A = (*COMMON, _step(date(2035, 3, 1), "10", 634), _step(date(2039, 3, 1), "11", 678))
STEPS_B = (
    *COMMON,
    _step(
        date(2033, 9, 1),
        "2",
        629,
        "grade",
        anciennete_conservee_jours=180,
        sous_reserve_de="recteur de l’académie, tableau arrêté par département",
        a_verifier=("indice_brut",),
        textes=(ARTICLE,),
        explication=WHY,
        **_HC,
    ),
    _step(date(2035, 3, 1), "3", 673, **_HC),
    _step(date(2037, 9, 1), "4", 720, **_HC),
    _step(date(2040, 3, 1), "5", 768, **_HC),
    _step(date(2043, 3, 1), "6", 811, **_HC),
    _step(
        date(2046, 3, 1),
        "7",
        826,
        a_verifier=("indice", "traitement"),
        motif_a_verifier="l’indice du 7e échelon de la hors classe n’a qu’une source",
        **_HC,
    ),
)
SITUATION = Situation(
    corps="pe",
    grade="classe_normale",
    echelon="7",
    date_effet=FIRST,
    date_naissance=date(1991, 5, 20),
    quotite=80,
    academie="06",
)
CLOSED_6 = "Le 6e échelon a déjà été quitté, le 1er septembre 2024."
YEARS = (None, *range(2033, 2041))
NOT_2032 = Refusal(
    scenario="B",
    levier="hors_classe",
    valeur=2032,
    motif="Au 31 août 2032, l’ancienneté sera de 1 an 6 mois au 9e échelon ; il faut 2 ans "
    "(décret 90-680, art. 25).",
    premiere_valeur_possible=2033,
)


def _levers(bonification_8: bool) -> tuple[Lever, ...]:
    years = (None, *range(2032, 2041)) if bonification_8 else YEARS
    return (
        Lever(nom="quotite", valeurs=(100, 90, 80, 70, 60, 50)),
        Lever(nom="bonification_6", valeurs=(False,), ferme=CLOSED_6),
        Lever(nom="bonification_8", valeurs=(False, True)),
        Lever(nom="hors_classe", valeurs=years),
    )


def answer(question: CareerQuestion) -> CareerAnswer:
    """Answer like the mockup: hors classe in 2033 or never; 2032 only with the bonification."""
    found = []
    for wanted in question.scenarios:
        applied = wanted.model_copy(update={"quotite": wanted.quotite or 80})
        refused: tuple[Refusal, ...] = ()
        if wanted.hors_classe == 2032 and not wanted.bonification_8:
            refused = (NOT_2032.model_copy(update={"scenario": wanted.nom}),)
            applied = applied.model_copy(update={"hors_classe": None})
        found.append(
            ScenarioAnswer(
                scenario=applied,
                etapes=STEPS_B if applied.hors_classe else STEPS_A,
                leviers=_levers(wanted.bonification_8),
                refus=refused,
                cumul_brut=0,
            )
        )
    two = len(found) == 2
    return CareerAnswer(
        situation=question.situation,
        libelle_corps="Professeurs des écoles",
        libelle_grade="classe normale",
        aujourdhui=question.aujourdhui,
        fin=date(2046, 8, 31),
        scenarios=tuple(found),
        eligibilites=(
            Eligibility(
                grade="hors_classe",
                libelle_grade="hors classe",
                promouvable=False,
                premiere_campagne=2033,
                condition="il faut 2 ans au 9e échelon au 31 août de l’année",
                decide_par="recteur de l’académie, tableau arrêté par département",
                candidature="Aucun acte de candidature n’est requis.",
                textes=(ARTICLE,),
                explication=WHY,
            ),
        ),
        retraite=Retirement(
            age_ouverture_mois=768,
            date_ouverture=date(2055, 5, 20),
            limite_age_mois=804,
            date_limite_age=date(2058, 5, 20),
            a_verifier=True,
        ),
        difference=Difference(
            cumul=53799.06,
            debut=date(2033, 9, 1),
            fin=date(2046, 8, 31),
            ecart_premier=143.46,
            ecart_dernier=624.49,
        )
        if two
        else None,
        valeur_point=POINT,
        annee_point=2026,
        textes_verifies_le=date(2026, 11, 24),
    )


SCENARIOS = (
    Scenario(nom="A", quotite=80),
    Scenario(nom="B", quotite=80, hors_classe=2033),
)
MOCKUP = answer(CareerQuestion(situation=SITUATION, scenarios=SCENARIOS, aujourdhui=TODAY))
