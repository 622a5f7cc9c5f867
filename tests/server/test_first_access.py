"""The page where somebody types the code of her letter and chooses her password."""

import re

import pytest
from pypdf import PdfReader

CHOSEN_SAID = "Votre mot de passe est choisi"
CHOSEN, WRONG = "cinq mots tranquilles du soir", "0000-0000-0000-0000-0000-0000-0000"


@pytest.fixture
def letter(server, tmp_path):
    """Return a function: an account without password gets a letter; its code."""

    def one(compte):
        file = tmp_path / "comptes.csv"
        file.write_text(f"compte;dossier;role\n{compte};;evaluateur\n", "utf-8")
        server.command("account", "importer", str(file))
        folder = tmp_path / "lettres"
        server.command("account", "delivrer", "--dossier", str(folder),
                       "--adresse", "https://kit.example", "--compte", compte)  # fmt: skip
        [pdf] = folder.glob("*.pdf")
        text = PdfReader(pdf).pages[0].extract_text()
        return re.search(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}", text)[0]

    return one


def choose(client, compte, code, word=CHOSEN, again=None):
    return client.post("/premier-acces", compte=compte, code=code, mdp=word, mdp2=again or word)


def test_the_login_page_leads_to_it_and_it_needs_no_javascript(visit):
    assert 'href="/premier-acces"' in visit().get("/connexion").text
    page = visit().get("/premier-acces")
    assert page.status == 200
    assert re.findall(r'<input id="(\w+)"', page.text) == ["compte", "code", "mdp", "mdp2"]


def test_a_code_opens_once_then_one_enters_by_the_password(visit, server, letter):
    code = letter("evalune")
    client = visit()
    client.get("/premier-acces")
    poor = choose(client, "evalune", code, "court")
    assert poor.status == 400
    assert code in poor.text
    differ = choose(client, "evalune", code, again="autre chose que cela")
    assert "Les deux saisies diffèrent." in differ.text
    done = choose(client, "evalune", code.lower().replace("-", " "))
    assert (done.status, done.place) == (303, "/connexion")
    assert CHOSEN_SAID in client.get("/connexion").text
    assert CHOSEN_SAID not in client.get("/connexion").text
    assert CHOSEN_SAID not in visit().get("/connexion?choisi=oui").text
    assert "iprof_session" not in client.cookies
    assert choose(visit(), "evalune", code, "six autres mots bien choisis").status == 401
    assert visit().log_in("evalune", CHOSEN).status == 303
    assert code not in server.log.read_text()


def test_a_typing_mistake_is_said_at_once_and_all_else_alike(visit):
    assert "28 signes" in choose(visit(), "jdupont", "1234").text
    refused = [choose(visit(), one, WRONG) for one in ("personneici", "jdupont")]
    assert [one.status for one in refused] == [401, 401]
    plain = {
        re.sub(r'(value|nonce)="[^"]*"', "", one.text[one.text.index("<main") :]) for one in refused
    }
    assert len(plain) == 1


def test_who_is_logged_in_as_somebody_else_gains_nothing(visit, letter):
    code = letter("evaldeux")
    client = visit()
    client.log_in("aadministrateur")
    assert choose(client, "ggestionnaire", code).status == 401
    assert choose(client, "evaldeux", code).place == "/connexion"
