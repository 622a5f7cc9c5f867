"""What several tests take away: séances of the kit's personas, a lesson written by hand."""

from datetime import date

from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.atelier.seance import Seance, packed
from iprof_kit.calculate.lessons.played import Ecran, LeconJouee, Question, Reponse, Revelation
from iprof_kit.ui.screens.atelier.takeaway.contents import of_lesson, of_seances

MADE = date(2026, 11, 25)
HOSTILE = "</script><img src=x>"  # quarante lettres au plus, comme un prénom de persona


def seance(key):
    return Seance.of(personas()[key])


def hostile_seance():
    """A persona whose names are those of somebody who wants to get out of the text."""
    one = seance("claire_vasseur")
    names = (HOSTILE, "\"'><!--*_[a](b)$x$`", "x" * 40, "{{ 7 * 7 }}")
    scenarios = tuple(
        given.model_copy(update={"nom": name})
        for given, name in zip(one.scenarios, names, strict=True)
    )
    persona = one.persona.model_copy(
        update={"prenom": HOSTILE, "nom": "&lt;b&gt; \u2028", "qui": "w" * 120, "id": "hostile"}
    )
    return one.model_copy(update={"persona": persona, "scenarios": scenarios})


def _screen(question, **reveal):
    sources = ("décret n° 72-581 du 4 juillet 1972, art. 34",)
    shown = Revelation(droit_du=date(2026, 11, 20), sources=sources, **reveal)
    return Ecran(titre="Question", question=question, revelation=shown)


def lesson():
    return LeconJouee(
        id="hors_classe",
        titre="La hors classe, une année plus tôt",
        jour=date(2026, 8, 31),
        ecrans=(
            Ecran(titre="Claire", texte="Promouvable.", figure=packed(seance("claire_vasseur"))),
            _screen(
                Question(forme="choix", texte="Combien en plus ?", choix=("1 829 €", "8 405 €")),
                juste=Reponse(choix=(1,)), valeur="8 405 € nets", texte="Un an d’avance.",
            ),
            _screen(
                Question(forme="plusieurs", texte="Que compte le net ?",
                         choix=("le traitement", "les primes", "l’impôt")),
                juste=Reponse(choix=(0, 1)), valeur="Traitement et primes",
            ),
            _screen(
                Question(forme="estimation", texte="À 80 %, quelle part est payée ?", minimum=50,
                         maximum=100, pas=0.5, unite="%"),
                juste=Reponse(valeur=85.7), valeur="85,7 %", a_verifier=True,
            ),
            _screen(
                Question(forme="ordre", texte="Rangez ces grades.",
                         choix=("hors classe", "classe normale", "classe exceptionnelle")),
                juste=Reponse(choix=(1, 0, 2)), valeur="Normale, hors classe, exceptionnelle",
            ),
            Ecran(titre="À retenir", retenir=(("L’écart", "Il s’arrête au dernier échelon."),)),
        ),
    )  # fmt: skip


def taken_seance(*keys):
    return of_seances([seance(key) for key in keys or ("claire_vasseur",)], MADE)


def taken_lesson():
    return of_lesson(lesson(), MADE)


def taken_hostile():
    return of_seances([hostile_seance()], MADE)
