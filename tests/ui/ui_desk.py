"""A desk in memory: threads that wait, templates of an academy, what each act does."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import ui_people as people
from pydantic import ValidationError
from ui_html import check

from iprof_kit.base.errors import Refused, Unavailable
from iprof_kit.services.contract.bureau.ensemble import (
    ENSEMBLE_OPERATIONS,
    ReponseApercue,
    ReponsesApercues,
    ReponsesFaites,
)
from iprof_kit.services.contract.bureau.fils import (
    BUREAU_OPERATIONS,
    Absence,
    AbsencesLues,
    ActeGere,
    Apercu,
    BrouillonGarde,
    BureauLu,
    Delais,
    DossierGere,
    EquipeLue,
    FilEnAttente,
    FilGere,
    FilTransmis,
    GroupeDeFils,
    Modele,
    ModelesLus,
    Note,
    Part,
    PortefeuilleLu,
    Rubrique,
    ServiceVoisin,
    Suivi,
)
from iprof_kit.services.contract.bureau.relectures import (
    RELECTURES_OPERATIONS,
    Relecture,
    RelectureEnBref,
    RelectureFaite,
    RelecturesLues,
)
from iprof_kit.services.contract.courrier import ON_A_PAGE, Evenement, Fil, FilLu
from iprof_kit.services.contract.dossier import Qui
from iprof_kit.services.contract.own_file import ErreurChamp, Piece
from iprof_kit.ui.screens.bureau.screen import Bureau

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
LEAVES = NOW + timedelta(minutes=12)
"""When what was confirmed leaves."""
SERVICE = "l’équipe B"
WAITED = (("Paul Lefèvre", "Reclassement", 22), ("Jean Dupont", "Affectation absente", 15),
          ("Awa Diarra", "Attestation", 12), ("Louis Garnier", "Temps partiel", 7),
          ("Hugo Perrin", "Adresse", 1))  # fmt: skip
MODELES = [
    Modele(nom="Corrigé", acte="corriger",
           texte="Bonjour {prenom},\n« {objet} » est corrigé depuis le {corrige_le} : {valeur}."),
    Modele(nom="Pièce", acte="demander_piece", texte="Bonjour {prenom},\nEnvoyez l’arrêté."),
    Modele(nom="Attente", acte="attendre", texte="Bonjour {prenom},\nRéponse avant le {avant}."),
    Modele(nom="Ailleurs", acte="repondre", texte="Bonjour {prenom},\nVoyez {bureau}."),
    Modele(nom="Simple", acte="repondre", texte="Bonjour {prenom},\nOui."),
]  # fmt: skip
_OPERATIONS = BUREAU_OPERATIONS | ENSEMBLE_OPERATIONS | RELECTURES_OPERATIONS
ACTS = ["prendre", "attendre", "demander_piece", "repondre", "corriger", "clore"]


class FakeDesk:
    """The guichet of a case manager; `asked` holds each operation with its arguments."""

    def __init__(self, waited=WAITED, delay=10, refusal=None):
        self.delay, self.refusal = delay, refusal
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.days = {f"t{n}": days for n, (_, _, days) in enumerate(waited)}
        self.names = {f"t{n}": name for n, (name, _, _) in enumerate(waited)}
        self.threads = {f"t{n}": self._thread(n, *one) for n, one in enumerate(waited)}
        self.drafts: dict[str, str] = {}
        self.notes: dict[str, list[Note]] = {name: [] for name in self.threads}
        self.faults: list[ErreurChamp] = []
        self.absences: list[Absence] = []
        self.together: list[tuple[str, str]] = []
        self.held: list[Relecture] = []
        self.services = [ServiceVoisin(nom="Retraites", delais=Delais(reponses=2, mediane=6))]
        self.leaves: datetime | None = None
        self.followed = True
        self.team = EquipeLue(vous=Part(nombre=len(waited)))

    def ask(self, op: str, **args: Any) -> Any:
        if self.refusal:
            raise self.refusal
        if op == "session.qui":
            return Qui(
                role="gestionnaire",
                prenom="Nadia",
                nom="Belkacem",
                aujourdhui=people.TODAY,
                academie=people.ACADEMIE,
            )
        try:
            wanted = _OPERATIONS[op].read(args)
        except ValidationError:
            raise Unavailable("la demande ne peut pas être lue.") from None
        self.asked.append((op, args))
        return getattr(self, op)(wanted)

    def did(self, op: str) -> list[dict[str, Any]]:
        return [args for name, args in self.asked if name == op]

    def bureau(self, wanted):
        waiting = [self._waiting(name) for name, one in self.threads.items()
                   if one.fil.attend == "service"]  # fmt: skip
        sought = [one for one in waiting if wanted.cherche.lower() in one.personne.lower()
                 and wanted.etat in ("", one.etat)]  # fmt: skip
        subjects = Counter(one.objet for one in sought) if wanted.par == "sujet" else {}
        late = Counter(one.objet for one in sought if one.age == "depasse")
        groups = [GroupeDeFils(cle=one, titre=one, nombre=many, depasses=late[one])
                  for one, many in subjects.items()]  # fmt: skip
        if wanted.dans in subjects:
            sought = [one for one in sought if one.objet == wanted.dans]
        return BureauLu(
            groupes=groups, service=SERVICE, suivies=742, delai_jours=self.delay,
            fils=sought[50 * wanted.page :][:50],
            trouves=len(sought), en_attente=len(waiting),
            depasses=sum(one.age == "depasse" for one in waiting),
            moitie=sum(one.age == "moitie" for one in waiting),
            par_etat={"envoye": len(waiting), "clos": 2},
            etats={"envoye": "Envoyé", "clos": "Clos"},
            delais=Delais(reponses=10, mediane=4, neuf_sur_dix=9,
                          par_jour=[0, 1, 1, 1, 4, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1]),
            absence=self.absences[0] if self.absences else None,
            attentes=[list(self.days.values()).count(day)
                      for day in range(max(self.days.values(), default=-1) + 1)],
            filtres={"echelon": {"7": 3, "8": 2}, "ecole": {"École Jean Zay, Riom": 4}},
            equipe=self.team,
        )  # fmt: skip

    def bureau_fil(self, wanted):
        if wanted.id not in self.threads:
            raise Refused("Ce fil n’est pas de votre portefeuille.")
        lu, name = self.threads[wanted.id], self.names[wanted.id]
        page = getattr(wanted, "page", 0)
        end = max(len(lu.evenements) - page * ON_A_PAGE, 0)
        start = max(end - ON_A_PAGE, 0)
        lu = lu.model_copy(update={"evenements": lu.evenements[start:end], "plus_anciens": start})
        return FilGere(
            lu=lu, personne=name, dossier="D0001",
            apercu=[Apercu(libelle="Corps et grade", valeur="Professeur des écoles")],
            caches=["NUMEN", "IBAN", "CV"], notes=self.notes[wanted.id],
            champs={"prenom": name.split()[0], "objet": lu.fil.objet, "service": SERVICE},
            brouillon=self.drafts.get(wanted.id, ""), services=self.services,
            part_a=self.leaves, suivie=self.followed,
        )  # fmt: skip

    def bureau_transmettre(self, wanted):
        if not wanted.vers:
            wrong = ErreurChamp(champ="vers", message="Ce service ne peut pas.", remede="Un autre.")
            return FilTransmis(erreurs=[wrong])
        self.threads.pop(wanted.id)
        return FilTransmis(vers=wanted.vers, recu=31, le=NOW)

    def bureau_agir(self, wanted):
        lu = self.threads[wanted.id]
        if len(lu.evenements) != wanted.vus:
            return ActeGere(entre_temps=lu.evenements[wanted.vus :])
        if self.faults:
            return ActeGere(erreurs=self.faults)
        waits = {"prendre": "service", "attendre": "service", "demander_piece": "vous"}
        done = event(len(lu.evenements) + 1, wanted.acte, "service", wanted.texte)
        line = lu.fil.model_copy(update={"attend": waits.get(wanted.acte, "")})
        self.threads[wanted.id] = lu.model_copy(
            update={"evenements": [*lu.evenements, done], "fil": line}
        )
        self.drafts.pop(wanted.id, None)
        return ActeGere(lu=self.bureau_fil(wanted))

    def bureau_ensemble_apercu(self, wanted):
        return ReponsesApercues(
            empreinte="0" * 32, relue=len(wanted.ids) > 4, annuler_minutes=12,
            reponses=[
                ReponseApercue(
                    fil=one, personne=self.names[one], objet=self.threads[one].fil.objet,
                    texte=wanted.texte.replace("{prenom}", self.names[one].split()[0]),
                )
                for one in wanted.ids
            ],
        )  # fmt: skip

    def bureau_ensemble(self, wanted):
        seen = self.bureau_ensemble_apercu(wanted).reponses
        if wanted.compte != len(seen):
            wrong = ErreurChamp(champ="compte", message="Le nombre n’est pas le bon.", remede="")
            return ReponsesFaites(erreurs=[wrong])
        if len(seen) > 4:  # a desk where four is many
            self.held = [*self.held, self.kept_for_a_reader(wanted)]
            return ReponsesFaites(tenues=len(seen), recu=1, le=NOW)
        self.together = [(one.fil, one.texte) for one in seen]
        self.held = [*self.held, self.kept_for_a_reader(wanted, etat="part", part_le=LEAVES)]
        return ReponsesFaites(faites=len(seen), part_le=LEAVES, recu=1, le=NOW)

    def kept_for_a_reader(self, wanted, **changed):
        read = self.bureau_ensemble_apercu(wanted).reponses
        given = {"id": f"r{len(self.held)}", "quoi": f"Réponse à {len(read)} fils", "etat": "tenu",
                 "depuis": NOW, "nombre": len(read), "par_vous": True, "auteur": "groy",
                 "reponses": read, "empreinte": "0" * 32, "actes": ["reprendre"]}  # fmt: skip
        return Relecture(**given | changed)

    def relectures(self, _wanted):
        return RelecturesLues(relectures=[
            RelectureEnBref.model_validate(
                one.model_dump(include=set(RelectureEnBref.model_fields)))
            for one in self.held
        ])  # fmt: skip

    def relecture(self, wanted):
        return next(one for one in self.held if one.id == wanted.id)

    def relecture_agir(self, wanted):
        one = self.relecture(wanted)
        if wanted.acte == "remettre" and wanted.compte != one.nombre:
            wrong = ErreurChamp(champ="compte", message="Le nombre n’est pas le bon.", remede="")
            return RelectureFaite(erreurs=[wrong])
        if wanted.acte == "renvoyer" and not wanted.motif:
            wrong = ErreurChamp(champ="motif", message="Le motif manque.", remede="")
            return RelectureFaite(erreurs=[wrong])
        self.held = [other for other in self.held if other.id != one.id]
        if wanted.acte == "remettre":
            return RelectureFaite(etat="part", faites=one.nombre, part_le=LEAVES, recu=2, le=NOW)
        return RelectureFaite(etat="repris", recu=2, le=NOW)

    def bureau_brouillon(self, wanted):
        self.drafts[wanted.id] = wanted.texte
        return BrouillonGarde(le=NOW)

    def bureau_note(self, wanted):
        self.notes[wanted.id].append(Note(le=NOW, service=SERVICE, texte=wanted.texte))
        return self.bureau_fil(wanted)

    def bureau_modeles(self, _wanted):
        return ModelesLus(modeles=MODELES)

    def bureau_dossier(self, wanted):
        line = Apercu(libelle="Échelon", valeur="7e échelon")
        return DossierGere(
            personne="Jean Dupont", dossier=wanted.dossier,
            rubriques=[Rubrique(titre="Carrière", lignes=[line])],
            caches=["NUMEN"], fils=[self._waiting("t1")],
        )  # fmt: skip

    def bureau_portefeuille(self, wanted):
        people = [Suivi(dossier="D0001", personne="Jean Dupont", corps="Professeur des écoles",
                        fils=1)]  # fmt: skip
        return PortefeuilleLu(
            gens=[one for one in people if wanted.corps in ("", one.corps)], trouves=60,
            facettes={"corps": {"Professeur des écoles": 40, "Professeur certifié": 20}},
            depuis=date(2026, 9, 1),
        )  # fmt: skip

    def bureau_absences(self, _wanted):
        return AbsencesLues(absences=self.absences, suppleants={"gmarc": "Marc Oliveira"})

    def bureau_absence(self, wanted):
        if wanted.retirer is not None:
            self.absences = []
        else:
            self.absences.append(Absence(id=1, du=wanted.du, au=wanted.au,
                                         suppleant=wanted.suppleant))  # fmt: skip
        return self.bureau_absences(wanted)

    def _thread(self, number, name, subject, days):
        at = NOW - timedelta(days=days)
        line = Fil(
            id=f"t{number}", numero=f"2026-0{400 + number}", nature="erreur", objet=subject,
            etat="envoye", libelle="Envoyé", depuis=at, attend="service", dernier_le=at,
            dernier_de="vous", nouveau=True,
        )  # fmt: skip
        paper = Piece(id="p1", nom="arrete.pdf", type_media="application/pdf", taille=2000,
                      deposee_le=at)  # fmt: skip
        sent = event(1, "envoyer", "vous", f"Bonjour, ici {name}.", at, [paper])
        return FilLu(fil=line, service=SERVICE, evenements=[sent], actes=list(ACTS),
                     donnee="affectation", affiche="", indique="École Jean-Moulin")  # fmt: skip

    def _waiting(self, name):
        line, days = self.threads[name].fil, self.days[name]
        age = "recent"
        if self.delay and days > self.delay:
            age = "depasse"
        elif self.delay and 2 * days >= self.delay:
            age = "moitie"
        return FilEnAttente(
            id=name, numero=line.numero, personne=self.names[name], dossier="D0001",
            nature=line.nature, objet=line.objet, etat=line.etat, libelle=line.libelle,
            depuis=line.depuis, jours=days, age=age, nouveau=line.nouveau,
        )  # fmt: skip


def event(rank, act, who, words, at=NOW, pieces=()):
    labels = {"envoyer": "Envoyé", "repondre": "Répondu", "completer": "Complété"}
    return Evenement(rang=rank, acte=act, libelle=labels.get(act, act), le=at, de=who,
                     service=SERVICE if who == "service" else "", texte=words,
                     pieces=list(pieces))  # fmt: skip


class Manager:
    """She opens a screen of the desk, then acts on it; each answer is checked whole."""

    def __init__(self, guichet=None, path="/bureau", query=""):
        self.guichet = guichet or FakeDesk()
        self.desk = Bureau(lambda: self.guichet)
        self.path = path
        self.route(path, query)

    def route(self, path, query=""):
        self.path = path
        return self._shown({"kind": "route", "path": path, "query": query})

    def do(self, name, **values):
        return self._shown({"kind": "intent", "name": name, "values": values, "path": self.path})

    def write(self, name="bureau_envoyer", **values):
        """Send the form of the answer as the browser does: its hidden fields with what is typed."""
        names = ("fil", "tour", "a_clore")
        fields = [one for one in self.page.all("input") if one.get("name") in names]
        hidden = {one["name"]: one.get("value", "") for one in fields}
        return self.do(name, **(hidden | values))

    @property
    def text(self):
        """What is read, with plain spaces."""
        return self.page.text.replace("\u00a0", " ")

    @property
    def typed(self):
        """The text of the answer, as the form shows it."""
        inside = self.html.partition('name="texte"')[2].partition(">")[2]
        return (
            inside.partition("</textarea>")[0]
            .replace("&#10;", "\n")
            .replace("&#32;", " ")
            .replace("&#160;", "\u00a0")
        )

    def _shown(self, message):
        self.html = self.desk.handle(message).html
        self.page = check(self.html)
        return self.page
