"""Reports of a kit that knew no cases: nothing of them is lost, neither going up nor back down."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import MetaData, Table, inspect, select, text

from iprof_kit.records import database as db
from iprof_kit.services.guichet.operations import run
from iprof_kit.services.own_data.erasure import erase
from iprof_kit.services.reports import answers

SENT = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
SERVICE = "Division des enseignants du premier degré"


def day(number):
    return SENT + timedelta(days=number)


def report(number, numero="D0001", **steps):
    return {
        "id": number, "version": 1, "name": f"{number:024x}", "numero": numero,
        "datum": "identite.nom", "label": "Nom d’usage", "shown": "Dupont", "claimed": "Dupond",
        "reason": f"Voir l’acte n° {number}.", "sent_at": SENT, "service": "", "answer": "",
    } | steps  # fmt: skip


def paper(number, report_id, **more):
    return {
        "id": number, "version": 1, "name": f"{number:024d}", "numero": "D0001",
        "report_id": report_id, "file_name": f"acte-{number}.png", "media_type": "image/png",
        "size": 3, "slices": 1, "digest": "0" * 64, "made_at": SENT, "content": bytes([number] * 3),
    } | more  # fmt: skip


TAKEN = {"taken_at": day(1), "service": SERVICE}
REPORTS = [
    report(1),
    report(2, **TAKEN),
    report(3, **TAKEN, answered_at=day(2), answer="Vous avez raison."),
    report(4, **TAKEN, answered_at=day(3), corrected_at=day(3), corrected="Dupond"),
    report(5, **TAKEN, answered_at=day(2), answer="Oui.", corrected_at=day(4), corrected="Dupond"),
    report(6, **TAKEN, answered_at=day(5), answer="Fait.", corrected_at=day(4), corrected="Dupond"),
    report(7, "D0003", taken_at=day(1), answered_at=day(1), answer="Sans service."),
]
PAPERS = [
    paper(1, 3),
    paper(2, 3),
    paper(3, 5),
    paper(4, None),
    paper(5, None, media_type=None, digest=None),
]
EVENTS = {
    1: ["envoyer"], 2: ["envoyer", "prendre"], 3: ["envoyer", "prendre", "repondre"],
    4: ["envoyer", "prendre", "corriger"], 5: ["envoyer", "prendre", "repondre", "corriger"],
    6: ["envoyer", "prendre", "corriger", "repondre"], 7: ["envoyer", "prendre", "repondre"],
}  # fmt: skip
STATES = ["envoye", "pris_en_charge", "repondu", "decide", "decide", "decide", "repondu"]


def table(name):
    return Table(name, MetaData(), autoload_with=db.engine())


def rows(name):
    """Return what a table holds, as the database gives it: both ways are compared alike."""
    read = table(name)
    with db.engine().connect() as link:
        return [dict(row) for row in link.execute(select(read).order_by(read.c.id)).mappings()]


def fill(name, given):
    read = table(name)
    with db.writing() as session:
        for row in given:
            session.execute(read.insert().values(**row))


@pytest.fixture
def before(teachers):
    """A database of the version before, with reports in every state, papers and a history."""
    db.migrate("0008", down=True)
    fill("reports", [*REPORTS, report(9)])
    with db.writing() as session:  # the last one was erased: its number is never given again
        session.execute(text("DELETE FROM reports WHERE id = 9"))
        if db.engine().dialect.name == "postgresql":
            session.execute(text("SELECT setval('reports_id_seq', 9)"))
    fill("report_files", PAPERS)
    history = {"key": "signalement:1", "at": SENT, "by": "jdupont", "version": 1}
    fill("writes", [history | {"subject": f"reports:{REPORTS[0]['name']}"}])
    return {name: rows(name) for name in ("reports", "report_files", "writes")}


def test_every_report_becomes_a_case_with_its_dates_words_and_papers(before, teachers, now):
    db.migrate("head")
    cases, events, papers = rows("cases"), rows("case_events"), rows("papers")
    assert [(one["id"], one["name"], one["numero"]) for one in cases] == [
        (one["id"], one["name"], one["numero"]) for one in REPORTS
    ]
    assert [one["state"] for one in cases] == STATES
    for former, case in zip(before["reports"], cases, strict=True):
        hers = [one for one in events if one["case_id"] == case["id"]]
        assert [one["act"] for one in hers] == EVENTS[case["id"]]
        dates = {"envoyer": "sent_at", "prendre": "taken_at", "corriger": "corrected_at",
                 "repondre": "answered_at"}  # fmt: skip
        assert all(one["at"] == former[dates[one["act"]]] for one in hers)
        words = {"envoyer": former["reason"], "repondre": former["answer"]}
        assert all(one["text"] == words.get(one["act"], "") for one in hers)
        assert (case["last_at"], case["last_role"]) == (hers[-1]["at"], hers[-1]["role"])
        assert case["unseen_by_owner"] == len(hers) - 1
        assert case["unseen_by_service"] == 1
        for new, old in (("title", "label"), ("shown", "shown"), ("claimed", "claimed"),
                         ("corrected", "corrected"), ("service", "service")):  # fmt: skip
            assert case[new] == former[old]
    sent_by = {one["id"]: one["case_id"] for one in events if one["act"] == "envoyer"}
    coming = {one["paper_id"]: one["content"] for one in rows("paper_slices")}
    for former, one in zip(before["report_files"], papers, strict=True):
        assert sent_by.get(one["event_id"]) == former["report_id"]
        same = former.keys() - {"report_id"}
        found = one | {"content": coming.get(one["id"], one["content"])}
        assert {key: found[key] for key in same} == {key: former[key] for key in same}
        assert one["place"] == "signalement"
    [written] = [one for one in rows("writes") if one["key"] == "signalement:1"]
    assert written["subject"] == f"cases:{REPORTS[0]['name']}"


def test_they_are_read_as_before_searched_answered_and_the_numbers_go_on(before, teachers, now):
    db.migrate("head")

    def jean(op, **args):
        return run(teachers["jdupont"], op, args, now)

    told = jean("signalements")
    assert [one.numero for one in told.signalements] == [f"2026-{n:04d}" for n in range(6, 0, -1)]
    by_number = {one.numero: one for one in told.signalements}
    assert by_number["2026-0004"].repondu_le == by_number["2026-0004"].corrige_le == day(3)
    assert by_number["2026-0006"].repondu_le == day(5)
    assert by_number["2026-0003"].service == SERVICE
    assert by_number["2026-0001"].service == ""
    assert [one.nom for one in by_number["2026-0003"].pieces] == ["acte-1.png", "acte-2.png"]
    assert [one.nom for one in told.en_attente] == ["acte-4.png"]
    assert [one.numero for one in jean("courrier", cherche="ACTE n° 5").fils] == ["2026-0005"]
    assert [one.numero for one in jean("courrier", cherche="acte-2.png").fils] == ["2026-0003"]
    answers.answer("2026-0002", "Vu.", "iprof signalement", now)
    sent = jean("signaler", donnee="identite.nom", indique="Dupond", cle="cle-suivante",
                pieces=[told.en_attente[0].id])  # fmt: skip
    assert sent.signalement.numero == "2026-0010"


def test_going_down_gives_the_same_reports_back(before):
    db.migrate("head")
    db.migrate("0008", down=True)
    for name, former in before.items():
        assert rows(name) == former
    assert not {"cases", "case_events", "papers"} & set(inspect(db.engine()).get_table_names())
    fill("reports", [{k: v for k, v in report(1, name="f" * 24).items() if k != "id"}])
    assert rows("reports")[-1]["id"] == 10


def test_going_down_loses_the_other_threads_with_their_history(teachers, now):
    words = {"nature": "question", "objet": "Un objet", "texte": "Un texte", "cle": "cle-premiere"}
    name = run(teachers["jdupont"], "courrier_ecrire", words, now).lu.fil.id
    sent = {"donnee": "identite.nom", "indique": "Dupond", "cle": "cle-seconde"}
    kept = run(teachers["jdupont"], "signaler", sent, now).signalement
    db.migrate("0008", down=True)
    assert [one["name"] for one in rows("reports")] == [kept.id]
    subjects = {one["subject"] for one in rows("writes")}
    assert f"reports:{kept.id}" in subjects
    assert not [one for one in subjects if name in one]
    db.migrate("head")
    assert [one.id for one in run(teachers["jdupont"], "courrier", {}, now).fils] == [kept.id]


def test_what_came_from_reports_is_erased_with_the_person(before, teachers, now):
    db.migrate("head")
    erase("D0001", "demande", "iprof effacer", now)
    assert {one["numero"] for one in rows("cases")} == {"D0003"}
    assert rows("papers") == []
    assert len(rows("case_events")) == 3
