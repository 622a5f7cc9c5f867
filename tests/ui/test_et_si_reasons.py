"""« Pourquoi ? » of « Et si… » and of the atelier: made when opened, its last line the number."""

import re

import pytest
import ui_people as people
from changed_tables import plain
from ui_html import check

from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.et_si import why as module
from iprof_kit.ui.kit.notebook import nobody
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.atelier.screen import BoardPage
from iprof_kit.ui.screens.atelier.view import view_of
from iprof_kit.ui.screens.atelier_rooms.screen import Atelier
from iprof_kit.ui.screens.desk.screen import sample_people
from iprof_kit.ui.screens.et_si.reasons import MOST_OPEN, askable
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

ET_SI = "/perspectives/et-si"
WAITS = "La raison se calcule…"


def asks_in(html):
    return list(dict.fromkeys(re.findall(r'data-asks="pourquoi" data-of="([^"]+)"', html)))


@pytest.fixture
def board():
    return BoardPage(Visit(nobody), personas())


def opened(board, *reasons):
    for of in reasons:
        board.receive(Intent("pourquoi", {"of": of}))
    return view_of(board, board.answer(), None)


def test_each_day_of_the_gap_leads_to_its_reason_whose_last_line_is_the_net(board):
    view = opened(board)
    days = [told.asks for told in view.why if told.asks]
    assert len(days) >= 2
    assert view.opened == {}
    shown = opened(board, *days, *(row.asks for row in view.rows))
    for row in shown.rows:
        *_, month, whole = shown.opened[row.asks].whys
        assert (month.pairs[-1].value, whole.pairs[-1].value) == (row.net, row.whole)
    for told in shown.why:
        if told.asks:
            assert told.when in told.text
            last = shown.opened[told.asks].whys[-1].pairs[-1].value
            assert last in {row.whole for row in shown.rows} | {"égal"}
    total = opened(board, "total").opened["total"].whys[0].pairs[-1].value
    assert total == text.signed_money(view.pair.gap.net)


def test_a_line_of_pay_of_the_gap_opens_the_reason_of_both_scenarios(board):
    day = opened(board).rows[0].asks
    (line, *_) = opened(board, day).opened[day].lines
    assert line.whys == ()
    (line, *_) = opened(board, line.asks).opened[day].lines
    assert [plain(why.question)[:4] for why in line.whys] == ["A : ", "B : "]


def test_nothing_is_calculated_before_a_reason_is_opened(board, monkeypatch):
    monkeypatch.setattr(module.Reasons, "gap", lambda *_: pytest.fail("nobody asked"))
    page = Atelier(personas()).handle({"kind": "route", "path": "/atelier", "query": ""}).html
    assert WAITS in page
    assert "total" in asks_in(page)


@pytest.mark.parametrize("of", ["", "demain", "2026-09-01/", "<b>", "2026-09-01/" + "X" * 50])
def test_what_no_page_asks_opens_nothing(board, of):
    assert askable(of) == ""
    opened(board, of)
    assert board.state.reasons == ()


def test_reasons_that_stand_open_are_bounded(board):
    opened(board, *(f"2026-09-{day:02}/L{rank}" for day in range(1, 31) for rank in range(20)))
    assert len(board.state.reasons) == MOST_OPEN


def test_p27_a_reason_opens_however_many_were_opened_before(board):
    day = opened(board).rows[-1].asks
    opened(board, *(f"2060-09-{rank % 28 + 1:02}/L{rank}" for rank in range(MOST_OPEN)))
    assert opened(board, day).opened[day].whys


def test_p27_each_line_of_pay_opens_after_the_dates_of_scenarios_left_behind(board):
    left = [f"{2061 + rank}-09-01" for rank in range(38)]
    days = [row.asks for row in opened(board).rows]
    asks = [line.asks for one in opened(board, *left, *days).opened.values() for line in one.lines]
    shown = opened(board, *asks).opened
    assert asks
    assert all(line.whys for day in days for line in shown[day].lines)


def test_p27_a_reason_is_made_once_and_again_where_what_it_reads_has_changed(monkeypatch):
    made = []
    gap = module.Reasons.gap
    monkeypatch.setattr(
        module.Reasons, "gap", lambda self, *of: made.append(of[-1]) or gap(self, *of)
    )
    dossier = next(one for one in sample_people().values() if one.numero == "D0019")
    portal = Portal(lambda: people.FakeGuichet(dossier))

    def sent(name, of):
        message = {"kind": "intent", "name": name, "values": {"of": of}, "path": ET_SI}
        return portal.handle(message).html

    html = portal.handle({"path": ET_SI, "kind": "route"}).html
    days = [of for of in asks_in(html) if re.fullmatch(r"\d{4}-\d\d-\d\d", of)]
    assert len(days) > 2
    for of in days:
        html = sent("pourquoi", of)
    assert [day.isoformat() for day in made] == days
    assert not set(days) & set(asks_in(html))
    plus = re.search(r'data-intent="es_plus_tard" data-of="([^"]+)"', html)[1]
    moved = sent("es_plus_tard", plus)
    assert "Raison non donnée" not in plain(moved)
    assert len(made) > len(days)


def test_each_date_of_the_scenarios_of_a_teacher_leads_to_its_reason():
    portal = Portal(lambda: guichet)
    guichet = people.FakeGuichet()
    html = []

    def page(**message):
        html.append(portal.handle({"path": ET_SI, **message}).html)
        return check(html[-1])

    first = page(kind="route", query="")
    asked_for = [one["data-of"] for one in first.all("button") if one.get("data-asks")]
    assert len(asked_for) > 2
    for of in [*asked_for, "total"]:
        shown = page(kind="intent", name="pourquoi", values={"of": of}, changed="")
    assert "carnet_enregistrer" not in guichet.asked
    reasons = [one for one in shown.all("button") if one.get("class") == "whybtn"]
    assert reasons
    assert not [one for one in reasons if one.get("data-asks")]
    words = plain(shown.text)
    results = [plain(one) for one in re.findall(r'<div class="res"><dt>(.*?)</dt>', html[-1])]
    assert results.count("Écart net, mois moyen") == len(reasons)
    assert "Raison non donnée" not in words


def test_the_fold_of_the_pension_opens_the_reason_of_each_range():
    portal = Portal(lambda: guichet)
    guichet = people.FakeGuichet()
    first = portal.handle({"path": ET_SI, "kind": "route", "query": ""}).html
    assert 'data-of="pension"' in first
    intent = {"kind": "intent", "name": "pourquoi", "values": {"of": "pension"}, "path": ET_SI}
    shown = portal.handle(intent).html
    assert 'data-of="pension"' not in shown
    fold = re.search(r'<details id="pension".*?(?=<details id=|</section>)', shown, re.S)[0]
    lasts = [
        plain(value) for value in re.findall(r'<div class="res">.*?<dd>(.*?)</dd>', fold, re.S)
    ]
    assert lasts
    # the two ranges stand rounded to the euro in the table of the departures
    cells = re.findall(r'<tr class="leaving">.*?</tr>', shown, re.S)[0]
    for last in lasts:
        low, high = (round(float(re.sub(r"[^\d,]", "", one).replace(",", "."))) for one in
                     last.split(" à "))  # fmt: skip
        assert f"{low:,} à {high:,} €".replace(",", " ") in plain(cells)
    assert "de quoi atteindre la durée requise" in plain(fold)
