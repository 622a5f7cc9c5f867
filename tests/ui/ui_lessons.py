"""A lesson written by hand, and a guichet that leads it as the server does."""

from datetime import UTC, date, datetime, timedelta

from iprof_kit.base.errors import Unavailable
from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.atelier.seance import Seance, packed
from iprof_kit.calculate.lessons.played import (
    Ecran,
    LeconJouee,
    Question,
    Reponse,
    Revelation,
)
from iprof_kit.services.contract.lecons import Compte, EtatLecon

CODE = "KJ7M4"
LAW = date(2026, 11, 25)
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def answer(*choix, valeur=None, words="8 405 € nets", **more):
    return Revelation(juste=Reponse(choix=choix, valeur=valeur), valeur=words, droit_du=LAW, **more)


def lesson(**changes):
    """One question of each form, a figure, what to keep."""
    figure = packed(Seance.of(personas()["claire_vasseur"]))
    ecrans = (
        Ecran(titre="La hors classe", texte="Claire Vasseur, certifiée, 10e échelon."),
        Ecran(
            titre="Combien",
            question=Question(
                forme="choix",
                texte="Promue un an plus tôt, que gagne Claire sur toute sa carrière ?",
                precision="Certifiée, 10e échelon. Euros nets de 2026.",
                choix=("1 800 €", "8 400 €", "40 000 €", "rien du tout"),
            ),
            revelation=answer(
                1,
                chapeau="Un an d’avance, 45 mois de différence.",
                texte="L’avance se garde et revient à chaque échelon.",
                sources=("décret 2017-786 du 5 mai 2017 (confiance A)",),
            ),
            figure=figure,
        ),
        Ecran(
            titre="À 80 %",
            question=Question(
                forme="estimation", texte="À 80 %, quelle part du traitement est payée ?",
                minimum=50, maximum=100, pas=5, unite="%",
            ),
            revelation=answer(valeur=85.7, words="85,7 %", chapeau="Six septièmes."),
        ),
        Ecran(
            titre="L’ordre",
            question=Question(
                forme="ordre", texte="Rangez du plus court au plus long",
                choix=("3e échelon", "1er échelon", "7e échelon"),
            ),
            revelation=answer(1, 0, 2, words="1, 2, 3 ans"),
        ),
        Ecran(titre="L’écart s’arrête, puis revient", figure=figure),
        Ecran(
            titre="À retenir",
            retenir=(("8 405 €", "Un an d’avance."), ("7e", "Rien ne les sépare.")),
        ),
    )  # fmt: skip
    return LeconJouee(
        **(
            {"id": "hors_classe", "titre": "La hors classe", "jour": LAW, "ecrans": ecrans}
            | changes
        )
    )


class Server:
    """The operations of lessons as the server answers them, and what it was asked."""

    def __init__(self):
        self.state = EtatLecon()
        self.asked = []
        self.silent = False
        self.counts = {}

    def ask(self, op, **args):
        self.asked.append((op, args))
        if self.silent:
            raise Unavailable("le serveur ne répond pas.", remedy="Rechargez la page.")
        getattr(self, "_" + op.replace(".", "_"))(**args)
        return self.state

    def join(self, present, answers=0):
        self.state = self.state.model_copy(update={"presents": present, "reponses": answers})

    def _lecon_ouvrir(self, lecon):
        self.state = EtatLecon(code=CODE, lecon=LeconJouee.model_validate(lecon), ouverte_le=NOON)

    def _lecon_etat(self):
        pass

    def _lecon_aller(self, code, ecran, revele=False, chrono=None):
        assert code == self.state.code
        until = self.state.reponses_jusqua if ecran == self.state.ecran else None
        if chrono is not None:
            until = NOON + timedelta(seconds=chrono)
        self.state = self.state.model_copy(
            update={
                "lancee": True, "ecran": ecran, "revele": revele, "reponses_jusqua": until,
                "compte": self.counts.get(ecran, Compte()) if revele else None,
            }
        )  # fmt: skip

    def _lecon_fermer(self, code):
        assert code == self.state.code
        self.state = EtatLecon()
