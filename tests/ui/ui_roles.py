"""The guichets of who is no teacher, in memory: a board, messages to many, an evaluator."""

from datetime import UTC, date, datetime

import ui_people as people
from ui_desk import NOW, SERVICE, FakeDesk

from iprof_kit.base.errors import Refused
from iprof_kit.services.contract.bureau.campagnes import (
    BUREAU_CAMPAGNES_OPERATIONS,
    ActeDeCampagne,
    ApercuActe,
    CampagneEnBref,
    CampagnesGerees,
    EnvoiGere,
    Regle,
)
from iprof_kit.services.contract.bureau.envois import (
    ENVOIS_OPERATIONS,
    Destinataire,
    Envoi,
    EnvoiEnBref,
    EnvoiFait,
    EnvoisLus,
)
from iprof_kit.services.contract.dossier import Qui
from iprof_kit.services.contract.evaluation import (
    EVALUATION_OPERATIONS,
    EvaluationLue,
    EvaluationsLues,
    Evalue,
    GarderProjet,
    Portefeuille,
    Projet,
    ProjetEfface,
    ProjetGarde,
    Tenu,
)
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.services.evaluation.keeping import check_matter

INTER, MATTER = "interdepartemental_1d_2027", "rdv-2-2026"
ROW = EnvoiGere(
    fil="f1", numero="2026-0007", personne="Jean Dupont", corps="Professeur des écoles",
    etat="envoye", libelle="Envoyé", depuis=NOW, recu_le=NOW, pieces=["preuve du mariage"],
    manquent=["demande signée"], annoncees=["attestation"], tard=["preuve du mariage"],
    cloture=datetime(2026, 11, 24, 23, tzinfo=UTC),
)  # fmt: skip
RULE = Regle(etape="Retour de la demande signée", cloture=datetime(2026, 11, 24, 23, tzinfo=UTC),
             sans="la participation est annulée", source="note de service d’essai")  # fmt: skip


class FakeBoard(FakeDesk):
    """A desk with one campaign, whose people are in several groups."""

    def __init__(self, people_=(ROW,), **more):
        super().__init__(**more)
        self.people = list(people_)

    def ask(self, op, **args):
        if op not in BUREAU_CAMPAGNES_OPERATIONS:
            return super().ask(op, **args)
        if self.refusal:
            raise self.refusal
        self.asked.append((op, args))
        return getattr(self, op)(BUREAU_CAMPAGNES_OPERATIONS[op].read(args))

    def bureau_campagnes(self, wanted):
        count = len(self.people)
        brief = CampagneEnBref(id=INTER, titre="Mouvement interdépartemental", annee=2027,
                               suivies=412, envois=count)  # fmt: skip
        return CampagnesGerees(
            campagnes=[brief], campagne=INTER, groupe=wanted.groupe, gens=self.people,
            comptes={"tous": count, "a_voir": count, "manque": count, "tard": count}, regle=RULE,
        )  # fmt: skip

    def bureau_campagne_apercu(self, wanted):
        return ApercuActe(nombre=len(self.people), gens=["Jean Dupont"], ecartes=2,
                          texte=wanted.texte.replace("{prenom}", "Jean"), premier="f1",
                          empreinte="marque")  # fmt: skip

    def bureau_campagne_agir(self, wanted):
        if wanted.compte != len(self.people):
            return ActeDeCampagne(erreurs=[ErreurChamp(champ="compte", message="Le nombre.")])
        return ActeDeCampagne(faits=len(self.people), recu=64, le=NOW)


WRITTEN = Envoi(
    id="e1", revision=1, etat="brouillon", libelle="Brouillon", depuis=NOW, par_vous=True,
    auteur="l’équipe B (gmorel)", service=SERVICE, objet="Réunion", texte="Bonjour {prenom}.",
    reponse=False, ou_demander="au secrétariat", nombre=412, suivies=742,
    facettes={"corps": {"Professeur des écoles": 412}},
    choix={"corps": {"Professeur des écoles": 412, "Instituteur": 330}},
    filtre={"corps": "Professeur des écoles"}, criteres="corps Professeur des écoles",
    gens=[Destinataire(personne="Jean Dupont", corps="Professeur des écoles")],
    apercu_pour="Jean Dupont", apercu="Bonjour Jean.", actes=["proposer", "abandonner"],
)  # fmt: skip


class FakeMailings(FakeDesk):
    """A desk with one message to many; `faults` are what its next act finds wrong."""

    def __init__(self, one=WRITTEN, **more):
        super().__init__(**more)
        self.one = one

    def ask(self, op, **args):
        if op not in ENVOIS_OPERATIONS:
            return super().ask(op, **args)
        if self.refusal:
            raise self.refusal
        self.asked.append((op, args))
        return getattr(self, op)(ENVOIS_OPERATIONS[op].read(args))

    def envois(self, _wanted):
        one = self.one
        line = EnvoiEnBref(id=one.id, objet=one.objet, etat=one.etat, libelle=one.libelle,
                           depuis=NOW, nombre=one.nombre, par_vous=one.par_vous,
                           a_vous=one.etat == "propose" and not one.par_vous)  # fmt: skip
        return EnvoisLus(envois=[line], suivies=742)

    def envoi(self, wanted):
        return self.one.model_copy(
            update={"apercu_pour": ["Jean Dupont", "Awa Diarra"][wanted.rang]}
        )

    def envoi_garder(self, wanted):
        self.one = self.one.model_copy(
            update={"objet": wanted.objet, "texte": wanted.texte, "reponse": wanted.reponse}
        )
        return EnvoiFait(lu=self.one)

    def envoi_agir(self, wanted):
        if wanted.acte in ("proposer", "confirmer") and wanted.compte != self.one.nombre:
            wrong = ErreurChamp(champ="compte", message="Le nombre n’est pas le bon.", remede="")
            return EnvoiFait(erreurs=[wrong])
        self.one = self.one.model_copy(update={"etat": "propose", "libelle": "À confirmer",
                                               "actes": ["reprendre"]})  # fmt: skip
        return EnvoiFait(lu=self.one)


LEA = Evalue(
    dossier="D0019", personne="Léa Fontaine", madame=True, partie="inspection", corps="certifie",
    libelle_corps="Professeure certifiée", grade="classe_normale", echelon="8",
    depuis=date(2026, 1, 1), etablissement="Collège des Coteaux", type_etablissement="Collège",
    fonction="Enseignement", discipline="Anglais", departement="092",
    tenus=(Tenu(numero=1, annee_scolaire="2021-2022"),),
)  # fmt: skip
JACQUES = Evalue(
    dossier="D0004", personne="Jacques Dupont", madame=False, partie="inspection", corps="pe",
    libelle_corps="Professeur des écoles", grade="hors_classe", echelon="5",
    depuis=date(2025, 3, 1), etablissement="École du Puy", type_etablissement="École",
    fonction="Enseignement",
)  # fmt: skip
HEAD_OF_LEA = LEA.model_copy(update={"partie": "chef"})


class FakeEvaluator:
    """The guichet of an evaluator, in memory; `trouble` is raised by each save."""

    def __init__(self, *gens, perimetre="Versailles, Anglais"):
        self.gens = list(gens or [LEA])
        self.perimetre = perimetre
        self.kept = {}
        self.trouble = None
        self.asked = []

    def ask(self, op, **args):
        self.asked.append(op)
        if op == "session.qui":
            return Qui(role="evaluateur", roles=("evaluateur",), aujourdhui=people.TODAY,
                       academie=people.ACADEMIE)  # fmt: skip
        wanted = EVALUATION_OPERATIONS[op].read(args)
        if op == "evaluations":
            lines = [Portefeuille(partie=one.partie, perimetre=self.perimetre)
                     for one in self.gens[:1]]  # fmt: skip
            return EvaluationsLues(portefeuilles=lines, gens=self.gens, trouves=len(self.gens),
                                   projets=list(self.kept.values()))  # fmt: skip
        person = next((one for one in self.gens if one.dossier == wanted.dossier), None)
        if person is None:
            raise Refused("cette personne n’est pas dans votre portefeuille d’aujourd’hui.")
        key = (wanted.dossier, wanted.objet)
        if op == "evaluation":
            check_matter(wanted.objet, people.TODAY)
            return EvaluationLue(personne=person, projet=self.kept.get(key),
                                 efface_le=date(2027, 11, 1), caches=["Vœux", "CV"])  # fmt: skip
        if op == "evaluation_effacer":
            return ProjetEfface(efface=self.kept.pop(key, None) is not None)
        return self._changed(op, wanted, person, key)

    def _changed(self, op, wanted, person, key):
        if self.trouble:
            raise self.trouble
        before = self.kept.get(key)
        revision = before.revision if before else 0
        if revision != wanted.revision:
            return ProjetGarde(issue="conflit", projet=before)
        if isinstance(wanted, GarderProjet):
            new = Projet(
                dossier=wanted.dossier, objet=wanted.objet, partie=person.partie,
                contenu=wanted.contenu, revision=revision + 1, enregistre_le=NOW,
                montre_le=before.montre_le if before else None,
                change_depuis=bool(before and before.montre_le), efface_le=date(2027, 11, 1),
            )  # fmt: skip
        else:
            change = {"montre_le": NOW, "change_depuis": False, "revision": revision + 1}
            new = before.model_copy(update=change)
        self.kept[key] = new
        return ProjetGarde(issue="enregistre", projet=new, recu=7)
