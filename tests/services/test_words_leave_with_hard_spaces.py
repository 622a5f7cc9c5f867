"""Mails, messages and templates: no page sets their spaces, so they leave with them."""

import re
from types import SimpleNamespace

import pytest

from iprof_kit.base.paths import SAMPLE
from iprof_kit.services.configured import Courriels
from iprof_kit.services.desk.templates import templates
from iprof_kit.services.mailings.people import PURPOSE
from iprof_kit.services.mailings.wording import as_read
from iprof_kit.services.notices.carrier import Letter, written

BREAKING = re.compile(r" [:;?!%€»](?=\s|[.,)]|$)|« ")
HOW = Courriels(expediteur="kit@academie.example", adresse="https://kit.example")


@pytest.mark.parametrize("waiting", [1, 3])
def test_a_mail(waiting):
    message = written(Letter(1, "a1", "x@y.example", waiting), HOW)
    for words in (str(message["Subject"]), message.get_content()):
        assert "\u00a0:" in words
        assert not BREAKING.search(words)


def test_a_message_to_many_and_not_what_its_writer_typed():
    mailing = SimpleNamespace(
        text="Bonjour {prenom} !", answers=False, ask_at="un@deux.example",
        chosen={PURPOSE: "la campagne : les pièces", "corps": "pe"},
    )  # fmt: skip
    typed, *ours = as_read(mailing, "Awa", "Diop", "DPE 1", 40).split("\n\n")
    assert typed == "Bonjour Awa !"
    assert "".join(ours).count("\u00a0:") == 4
    assert not BREAKING.search("".join(ours))


def test_a_template_of_a_service():
    (corrects, *_) = templates(SAMPLE / "modeles_courrier.yml")
    assert "«\u00a0{objet}\u00a0» est corrigé depuis le {corrige_le}\u00a0: " in corrects.texte
