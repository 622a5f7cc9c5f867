"""The links: made once, dated, counted, revocable; what they show and what they never show."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from iprof_kit.base.errors import InputError, Refused, Unavailable
from iprof_kit.records import cvs
from iprof_kit.records import database as db
from iprof_kit.records.journal import audit
from iprof_kit.services.cv import links as cv_links
from iprof_kit.services.cv import pages as cv_pages
from iprof_kit.services.cv.reader import open_link
from iprof_kit.services.cv.shared_pages import SharedPages
from iprof_kit.services.own_data import erasure
from iprof_kit.services.workers import typesetters
from iprof_kit.services.workers.typesetters import Press

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
READER = "192.0.2.7"


@pytest.fixture
def version(jean, draft):
    jean("cv_enregistrer", cv=draft, revision=0, cle="brouillon-un")
    return jean("cv_version_creer", nom="Envoyée", revision=1, cle="version-un").id


@pytest.fixture
def share(jean, version, now):
    """Return a function that makes a link, and its token."""

    def made(when=now, cle="lien-premier", **words):
        words = {"version_id": version, "cible_id": "c1", "coordonnees": False, "jours": 30} | words
        link = jean("cv_lien_creer", when, cle=cle, **words)
        return link, (link.adresse or "").removeprefix("/cv/lien#")

    return made


def test_a_link_says_what_it_shows_and_until_when(share, version, now):
    link, token = share()
    assert re.fullmatch(r"/cv/lien#[A-Za-z0-9_-]{43}\.[0-9a-f]{8}\.[A-Za-z0-9_-]{43}", link.adresse)
    assert (link.version_id, link.cible_id) == (version, "c1")
    assert link.cible_titre == "Poste de maître formateur"
    assert (link.cree_le, link.expire_le, link.revoque_le) == (now, now + 30 * DAY, None)
    assert (link.coordonnees, link.lectures) == (False, 0)
    assert open_link(token, now, READER).shown().target.titre == "Poste de maître formateur"


def test_reading_a_version_again_and_trying_a_link_are_told_as_readings(jean, version):
    jean("cv_version_lire", id=version)
    jean("cv_lien_apercu", version_id=version, cible_id="c1", coordonnees=False)
    with pytest.raises(Refused):
        jean("cv_lien_apercu", version_id=version, cible_id="c9", coordonnees=True)
    told = [(one.motif, one.nombre) for one in jean("consultations").consultations]
    assert told == [("voir ce qu’un lien montrerait", 1), ("relire une version", 1)]


def test_the_address_is_shown_once_and_the_database_does_not_know_it(share, jean):
    link, token = share()
    assert jean("cv").liens == [link.model_copy(update={"adresse": None})]
    with db.reading() as session:
        assert token not in str(session.execute(select(cvs.CvLink.__table__)).all())


def test_the_same_order_sent_again_makes_one_link_and_no_second_address(share, jean, now):
    first, token = share()
    again, _ = share(now + SECOND)
    assert again == first.model_copy(update={"adresse": None})
    assert len(jean("cv").liens) == 1
    assert open_link(token, now, READER) is not None


def test_two_links_have_two_addresses(share, jean):
    first, second = share(cle="lien-un-un"), share(cle="lien-deux-deux")
    assert first[1] != second[1]
    assert [link.id for link in jean("cv").liens] == [second[0].id, first[0].id]


def test_a_link_works_until_its_end_and_not_after(share, now):
    _, token = share(jours=1)
    assert open_link(token, now + DAY - SECOND, READER) is not None
    assert open_link(token, now + DAY, READER) is None


def test_a_revoked_link_is_dead_at_once_and_says_when(share, jean, now):
    link, token = share()
    revoked = jean("cv_lien_revoquer", now + DAY, id=link.id)
    assert revoked.revoque_le == now + DAY
    assert open_link(token, now + DAY, READER) is None
    assert jean("cv_lien_revoquer", now + 2 * DAY, id=link.id) == revoked
    assert jean("cv").liens == [revoked]


def test_another_link_of_the_same_cv_goes_on_working(share, jean, now):
    link, _ = share(cle="lien-un-un")
    _, token = share(cle="lien-deux-deux")
    jean("cv_lien_revoquer", id=link.id)
    assert open_link(token, now, READER) is not None


@pytest.mark.parametrize("token", ["", "x" * 43, "x" * 100_000, "é", "' OR 1=1 --", "\ud800"])
def test_another_token_opens_nothing(share, now, token):
    share()
    assert open_link(token, now, READER) is None


def test_readings_are_counted_and_noted_with_the_address_and_downloads_noted_only(share, jean, now):
    link, token = share()
    for _ in range(2):
        open_link(token, now, READER)
    open_link(token, now, READER, "cv_lien_telecharge")
    (listed,) = jean("cv").liens
    assert listed.lectures == 2
    with db.reading() as session:
        lines = [
            (line.action, line.address)
            for line in audit.lines(session, subject="cv:D0001")
            if line.actor == f"lien:{link.id}"
        ]
    assert lines == [("cv_lien_telecharge", READER), ("cv_lien_lu", READER), ("cv_lien_lu", READER)]


def test_what_cannot_be_noted_is_not_read(share, jean, now, monkeypatch):
    _, token = share()
    with monkeypatch.context() as patched:
        patched.setattr(audit, "note", fails)
        with pytest.raises(Unavailable):
            open_link(token, now, READER)
    assert jean("cv").liens[0].lectures == 0


def fails(*_arguments, **_named):
    raise Unavailable("le journal ne répond pas")


def test_a_link_shows_its_version_whatever_is_written_afterwards(share, jean, now):
    _, token = share()
    jean("cv_enregistrer", cv={}, revision=1, cle="tout-efface")
    assert open_link(token, now, READER).shown().cv.faits.identite.nom == "Dupont"


@pytest.mark.parametrize("cible", ["c1", "c2"])
def test_contact_details_are_not_there_unless_chosen(share, now, cible):
    _, token = share(cible_id=cible)
    hidden = open_link(token, now, READER).shown().cv.model_dump_json()
    assert "example.org" not in hidden
    assert "06 12" not in hidden
    assert "Anne Roux" in hidden


@pytest.mark.parametrize("cible", ["c1", "c2"])
def test_contact_details_chosen_are_there_whatever_the_target_hides(share, now, cible):
    _, token = share(cible_id=cible, coordonnees=True)
    shown = open_link(token, now, READER).shown()
    assert shown.cv.faits.contact.courriel == "jean@example.org"
    assert shown.target.coordonnees is True


def test_neither_the_letter_nor_the_other_targets_are_given_to_a_reader(share, now):
    _, token = share()
    shown = open_link(token, now, READER).shown()
    assert shown.target.lettre.texte == ""
    assert [target.id for target in shown.cv.cibles] == ["c1"]
    assert "Texte de la lettre" not in shown.cv.model_dump_json()


@pytest.mark.parametrize("jours", [0, -1, 366, 10_000_000_000])
def test_a_duration_beyond_the_limits_is_refused(share, jean, jours):
    with pytest.raises(InputError, match="de 1 à 365 jours"):
        share(jours=jours)
    assert jean("cv").liens == []


@pytest.mark.parametrize("jours", [1, 365])
def test_the_limits_themselves_are_admitted(share, now, jours):
    assert share(jours=jours)[0].expire_le == now + jours * DAY


@pytest.mark.parametrize("wrong", [{"version_id": "inconnue"}, {"cible_id": "inconnue"}])
def test_a_link_to_what_does_not_exist_is_refused(share, jean, wrong):
    with pytest.raises(Refused):
        share(**wrong)
    assert jean("cv").liens == []


def test_there_is_an_end_to_the_links_that_work(share, jean, monkeypatch):
    monkeypatch.setattr(cv_links, "MOST_LIVE", 2)
    first, _ = share(cle="lien-numero-1")
    share(cle="lien-numero-2")
    with pytest.raises(Refused, match="Révoquez"):
        share(cle="lien-numero-3")
    jean("cv_lien_revoquer", id=first.id)
    assert share(cle="lien-numero-3")[0].adresse


def test_a_link_that_ended_more_than_a_year_ago_is_forgotten(share, jean, now):
    old, _ = share(jours=1)
    recent, _ = share(now + 300 * DAY, cle="lien-recent", jours=1)
    new, _ = share(now + 367 * DAY, cle="lien-nouveau")
    assert [link.id for link in jean("cv").liens] == [new.id, recent.id]
    assert old.id not in {new.id, recent.id}


def test_making_and_revoking_are_in_the_journal(share, jean):
    link, _ = share()
    jean("cv_lien_revoquer", id=link.id)
    with db.reading() as session:
        lines = [(line.action, line.detail) for line in audit.lines(session, subject="cv:D0001")]
    assert lines[:2] == [("cv_lien_revoque", link.id), ("cv_lien_cree", link.id)]


@pytest.fixture
def settings(monkeypatch):
    """The pages that were set, each time that some were."""
    made = []

    class Counting(Press):
        def pages_svg(self, document, template):
            made.append(document)
            return super().pages_svg(document, template)

    monkeypatch.setattr(typesetters, "Press", Counting)
    line = typesetters.Typesetters(typesetters.start)
    monkeypatch.setattr(cv_pages, "SHARED_PAGES", SharedPages(line))
    for module in (cv_links, erasure):
        monkeypatch.setattr(module, "SHARED_PAGES", cv_pages.SHARED_PAGES)
    yield made
    line.close()


def read_by_link(token, now):
    found = open_link(token, now, READER)
    return found and found.ask("pages").result(60)


def test_six_readers_cost_one_setting_and_are_six_readings(share, jean, now, settings):
    link, token = share()
    seen = [read_by_link(token, now).parts for _ in range(6)]
    preview = jean("cv_lien_apercu", version_id=link.version_id, cible_id="c1", coordonnees=False)
    assert {*seen} == {tuple(page.encode() for page in preview.pages)}
    assert len(settings) == 1
    assert jean("cv").liens[0].lectures == 6
    with db.reading() as session:
        actions = [line.action for line in audit.lines(session, subject="cv:D0001")]
    assert actions.count("cv_lien_lu") == 6


def test_pages_without_contact_never_serve_a_link_that_shows_it(share, now, settings):
    hidden, shown = share()[1], share(cle="lien-numero-2", coordonnees=True)[1]
    assert "example.org" not in read_by_link(hidden, now).html
    assert "example.org" in read_by_link(shown, now).html
    assert "example.org" not in read_by_link(hidden, now).html


def test_a_link_revoked_shows_nothing_at_once_and_its_pages_are_dropped(share, jean, now, settings):
    link, token = share()
    read_by_link(token, now)
    jean("cv_lien_revoquer", id=link.id)
    assert read_by_link(token, now) is None
    assert len(cv_pages.SHARED_PAGES) == 0


def test_erasing_a_person_leaves_no_page_of_hers(share, now, settings):
    _, token = share()
    read_by_link(token, now)
    assert len(cv_pages.SHARED_PAGES) == 1
    erasure.erase("D0001", "demande de la personne", "iprof effacer", now)
    assert len(cv_pages.SHARED_PAGES) == 0
    assert read_by_link(token, now) is None
