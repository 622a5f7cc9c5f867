"""The papers of a campaign on a teacher's page, and the board of her case manager."""

import ui_people as people
from ui_desk import NOW, Manager
from ui_roles import INTER, ROW, RULE, FakeBoard
from ui_visitor import Visitor

from iprof_kit.base.errors import Refused
from iprof_kit.services.contract.campagnes import EnvoiLu, EnvoyerPieces, PiecesEnvoyees
from iprof_kit.services.contract.courrier import Correspondant
from iprof_kit.services.contract.own_file import ErreurChamp, Piece

PAPER = Piece(id="p1", nom="livret.pdf", type_media="application/pdf", taille=431, deposee_le=NOW)
FORM = "2027.envoi.interdepartemental_1d."
BOARD = "/bureau/campagnes"


class Sending(people.FakeGuichet):
    """A guichet that takes papers; `sent` holds each order."""

    def __init__(self, mode="kit", **more):
        super().__init__(**more)
        self.sent, self.faults = [], []
        self.services |= {
            "correspondant": Correspondant(service="l’équipe B", mode=mode), "en_attente": (PAPER,),
        }  # fmt: skip

    def ask(self, op, **args):
        if op != "services_envoyer":
            return super().ask(op, **args)
        wanted = EnvoyerPieces.model_validate(args)
        if self.faults:
            return PiecesEnvoyees(erreurs=self.faults)
        self.sent.append(wanted)
        envoi = EnvoiLu(
            campagne=INTER, fil="f1", numero="2026-0007", libelle="Envoyé", depuis=NOW,
            attend="service", pieces=dict.fromkeys(wanted.pieces, NOW), annoncees=wanted.annoncees,
        )  # fmt: skip
        self.services |= {"envois": (envoi,), "en_attente": ()}
        return PiecesEnvoyees(envoi=envoi, recu=12, le=NOW)


class Campaign(Visitor):
    """She is on the page of her campaign."""

    path = "/services/siam"

    def shown(self, message):
        return super().shown({**message, "query": f"?campagne={INTER}"})

    @property
    def seen(self):
        return self.page.text.replace("\xa0", " ")

    @property
    def words(self):
        """What stands in the message to her service."""
        return self.html.partition(f'name="{FORM}texte"')[2].partition(">")[2].partition("</t")[0]


def page(mode="kit"):
    return Campaign(guichet=Sending(mode))


def test_each_paper_of_the_list_is_sent_now_later_or_not():
    screen = page()
    assert "ni vœux, ni barème, ni notes que vous n’avez pas choisies" in screen.seen
    assert "Aucune pièce de santé" in screen.seen
    screen.do("envoi_pieces", **{
        f"{FORM}demande": "p1", f"{FORM}union": "tard", f"{FORM}texte": "Merci.",
    })  # fmt: skip
    (order,) = screen.guichet.sent
    assert (order.pieces, order.annoncees, order.texte) == ({"demande": "p1"}, ["union"], "Merci.")
    assert "Reçu n° 12, 25 novembre 2026 à 10 h 00, heure de Paris." in screen.seen
    assert "envoyé le 25 novembre 2026, fil n° 2026-0007" in screen.seen
    assert 'href="/courrier?fil=f1"' in screen.html
    assert screen.words == ""


def test_what_is_refused_is_said_and_every_choice_stays():
    screen = page()
    screen.guichet.faults = [ErreurChamp(champ="pieces", message="Une pièce de santé.", remede="")]
    screen.do("envoi_pieces", **{f"{FORM}demande": "p1", f"{FORM}texte": "Merci."})
    assert "Rien n’est parti" in screen.seen
    assert "Une pièce de santé." in screen.seen
    assert '<option value="p1" selected>' in screen.html
    assert screen.words == "Merci."


def test_only_a_step_that_she_has_noted_may_be_told_and_only_if_she_ticks_it():
    screen = page()
    assert "Lui dire aussi" not in screen.seen
    screen.do("etape_faite", etape="saisie_voeux_siam", le="2026-11-24", texte="accusé n° 12")
    assert "Lui dire aussi que c’est fait : saisie des vœux" in screen.seen
    fields = {f"{FORM}demande": "p1"}
    screen.do("envoi_choix", **fields, **{f"{FORM}etape.saisie_voeux_siam": "oui"})
    screen.do("envoi_pieces", **fields)  # not ticked any more
    assert screen.guichet.sent[0].etapes == []


def test_where_nobody_reads_a_letter_is_offered_instead():
    screen = page("lettre")
    assert "Aucun service de votre académie ne lit dans ce kit." in screen.seen
    assert 'data-intent="envoi_pieces"' not in screen.html


def board(*people_, **more):
    return Manager(FakeBoard(people_ or (ROW,), **more), BOARD)


def plain(manager):
    return manager.page.text.replace("\xa0", " ")


def test_the_board_says_who_sent_what_what_is_missing_and_by_which_rule():
    seen = plain(board())
    assert "1 envoi attend votre service. 1 envoi reçu sur 412 personnes, 1 incomplet." in seen
    assert "Retour de la demande signée : jusqu’au 24 novembre 2026 au soir." in seen
    assert "Sans elle, la participation est annulée." in seen
    assert "Après la clôture du 24 novembre 2026 : preuve du mariage" in seen
    assert "annoncé : attestation" in seen
    assert "ni vœux, ni barème, ni notes, ni santé" in seen


def test_before_anybody_has_sent_anything_no_act_is_offered():
    empty = FakeBoard()
    empty.people = []
    manager = Manager(empty, BOARD)
    assert "Personne n’a encore envoyé de pièce sur 412." in plain(manager)
    assert "Agir sur le groupe" not in plain(manager)


def test_a_campaign_without_known_date_says_that_nothing_is_late():
    class Undated(FakeBoard):
        def bureau_campagnes(self, wanted):
            read = super().bureau_campagnes(wanted)
            return read.model_copy(update={"regle": RULE.model_copy(update={"cloture": None})})

    assert "Rien n’est dit tardif." in plain(Manager(Undated(), BOARD))


def words(manager):
    return manager.typed.replace("\xa0", " ")


def test_a_group_brings_its_own_act_and_words_that_name_the_rule():
    manager = board()
    manager.do("campagne_groupe", of="tard")
    assert "Agir sur le groupe « hors délai »" in plain(manager)
    assert "était close depuis le 24 novembre 2026 au soir (note de service d’essai)" in words(
        manager
    )
    assert "La décision de l’administration vous est notifiée par sa propre voie." in words(manager)
    manager.do("campagne_groupe", of="manque")
    assert "Il manque à votre envoi : {pieces}." in words(manager)


def test_another_act_has_its_own_words_and_what_was_written_is_never_replaced():
    manager = board()
    manager.do("campagne_groupe", of="manque")
    manager.do("campagne_ecrire", acte="admettre", texte=manager.typed)
    assert "notées recevables" in words(manager)
    manager.do("campagne_ecrire", acte="admettre", texte="À moi.")
    manager.do("campagne_ecrire", acte="repondre", texte="À moi.")
    assert words(manager) == "À moi."


def test_nothing_is_done_before_the_preview_and_the_count():
    manager = board()
    manager.do("campagne_groupe", of="manque")
    manager.do("campagne_faire", compte="1")
    assert manager.guichet.did("bureau_campagne_agir") == []
    manager.do("campagne_apercu", acte="demander_piece", texte="Bonjour {prenom}.", avant="")
    assert "Comme le lit Jean Dupont" in plain(manager)
    assert "2 personnes du groupe sont laissées de côté" in plain(manager)
    manager.do("campagne_faire", compte="2")
    assert "Le nombre." in plain(manager)
    assert words(manager) == "Bonjour {prenom}."
    manager.do("campagne_faire", compte="1")
    assert "Pièce demandée : 1 personne. Reçu n° 64" in plain(manager)
    order = manager.guichet.did("bureau_campagne_agir")[-1]
    assert (order["groupe"], order["premier"], order["empreinte"]) == ("manque", "f1", "marque")


def test_a_day_that_cannot_be_is_said_and_nothing_is_asked():
    manager = board()
    manager.do("campagne_groupe", of="manque")
    manager.do("campagne_apercu", acte="demander_piece", texte="Bonjour.", avant="31/02/2027")
    assert manager.guichet.did("bureau_campagne_apercu") == []
    assert "à reprendre" in plain(manager)


def test_a_refusal_is_said_and_the_words_stay():
    manager = board()
    manager.do("campagne_groupe", of="manque")
    manager.do("campagne_apercu", acte="demander_piece", texte="Mes mots.", avant="")
    refusal = Refused("Ce dossier n’est pas dans vos portefeuilles.")

    def refused(_wanted):
        raise refusal

    manager.guichet.bureau_campagne_agir = refused
    manager.do("campagne_faire", compte="1")
    assert "n’est pas dans vos portefeuilles" in plain(manager)
    assert words(manager) == "Mes mots."


def test_a_long_list_turns_its_pages():
    class Long(FakeBoard):
        def bureau_campagnes(self, wanted):
            read = super().bureau_campagnes(wanted)
            return read.model_copy(update={"comptes": {"tous": 120, "a_voir": 120}})

    manager = Manager(Long([ROW.model_copy(update={"fil": f"f{n}"}) for n in range(50)]), BOARD)
    manager.do("campagne_page", of="2")
    assert manager.guichet.did("bureau_campagnes")[-1]["page"] == 1
