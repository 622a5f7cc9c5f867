"""The figure of careers: one description, two writers that show the same values."""

import itertools
import re
from dataclasses import replace
from datetime import date
from html import unescape

import matplotlib as mpl
import pytest
import ui_people as people

from iprof_kit.ui.figures.charts import YOU, Flag, Point, place, scale_of
from iprof_kit.ui.figures.charts_plot import plotted
from iprof_kit.ui.figures.charts_svg import career_charts
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.scenarios.figure import career
from iprof_kit.ui.screens.desk.screen import sample_people

TITLE = "Traitement brut"
CAREER = replace(
    career(people.MOCKUP, TITLE),
    unit="",
    window=date(2040, 5, 20),
    window_words="dès 2040, à 64 ans",
)
WIDE, NARROW = career_charts(CAREER, wide="instrument")
TEXT = re.compile(r'<text x="([\d.]+)" y="([\d.]+)" font-size="([\d.]+)"([^>]*)>([^<]*)</text>')


def written_lines(svg):
    """Read the corners of each line back from its path, by the marks of the two axes."""
    words = [(float(x), float(y), unescape(w)) for x, y, _, _, w in TEXT.findall(svg)]
    years = [(x, int(w)) for x, _, w in words if re.fullmatch(r"20\d\d", w)]
    levels = [(y, int(w.replace("\u00a0", ""))) for x, y, w in words
              if re.fullmatch(r"\d\u00a0\d{3}", w)]  # fmt: skip
    (x0, year0), (x1, year1) = years[0], years[-1]
    (y0, low), (y1, high) = levels[0], levels[-1]
    y0, y1 = y0 - 4.5, y1 - 4.5
    for key, path in re.findall(r'class="line" data-of="(\w?)" d="([^"]+)"', svg):
        x = y = 0.0
        corners = []
        for move, at in re.findall(r"([MHV])([\d. ]+)", path):
            numbers = [float(n) for n in at.split()]
            x = numbers[0] if move in "MH" else x
            y = numbers[-1] if move in "MV" else y
            corners.append(
                (
                    year0 + (x - x0) / (x1 - x0) * (year1 - year0),
                    low + (y - y0) / (y1 - y0) * (high - low),
                )
            )
        yield key, corners


@pytest.mark.parametrize("svg", [WIDE, NARROW])
def test_both_writers_draw_the_same_values(svg):
    drawn = {
        line.get_label().strip("_").removeprefix("child0") if line.get_label()[0] != "_" else "":
        list(zip(*line.get_data(), strict=True))
        for line in plotted(CAREER).axes[0].lines if line.get_linestyle() != "None"
    }  # fmt: skip
    assert set(drawn) == {"", "A", "B"}
    for key, corners in written_lines(svg):
        steps = drawn[key]
        for year, amount in steps:
            nearest = min(
                abs(year - x) / 0.1 + abs(amount - y) / 10 for x, y in corners
            )  # a tenth of a year and ten euros are less than two pixels
            assert nearest < 1 or (year, amount) == steps[-1], (key, year, amount)
        assert corners[-1][0] == pytest.approx(steps[-1][0], abs=0.1)
        assert corners[-1][1] == pytest.approx(steps[-1][1], abs=10)


def test_both_writers_say_the_same_steps():
    labels = {note.get_text() for note in plotted(CAREER).axes[0].texts}
    for label in ("7e", "8e", "9e", "10e", "11e", "HC 2e", "3e", "4e", "5e"):
        assert label in labels
        assert f">{label}</text>" in WIDE


def test_today_is_a_gold_disc_on_the_line_and_is_said():
    for svg in (WIDE, NARROW):
        (disc,) = re.findall(r'<circle class="you"[^>]*>', svg)
        assert 'fill="var(--gold)"' in disc
        assert f">{YOU}</text>" in svg
    gold = [line for line in plotted(CAREER).axes[0].lines if line.get_markersize() == 14]
    assert gold[0].get_xydata().tolist() == [[place(people.TODAY), people.STEPS_A[0].traitement]]


def test_words_never_stand_on_one_another():
    for svg in (WIDE, NARROW):
        boxes = []
        for x, y, size, more, words in TEXT.findall(svg):
            wide = len(unescape(words)) * float(size) * (0.56 if "700" in more else 0.5)
            anchor = re.search(r'text-anchor="(\w+)"', more)
            left = (
                float(x)
                - {"start": 0, "middle": wide / 2, "end": wide}[anchor[1] if anchor else "start"]
            )
            boxes.append((left, float(y) - 9, left + wide, float(y) + 2, words))
        for one, other in itertools.combinations(boxes, 2):
            apart = (
                one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
            )
            assert apart, (one[4], other[4])


def test_letters_are_read_at_both_widths():
    assert {float(size) for _, _, size, _, _ in TEXT.findall(WIDE + NARROW)} <= {13, 14}


def test_the_words_of_a_person_are_escaped():
    first = replace(CAREER.series[0], end_head=people.HOSTILE, end_text=people.HOSTILE)
    labelled = replace(
        first, points=(Point(date(2024, 9, 1), 2000, people.HOSTILE), *first.points[1:])
    )
    hostile = replace(CAREER, series=(labelled, CAREER.series[1]), title=people.HOSTILE,
                      desc=people.HOSTILE, you=people.HOSTILE, gap=people.HOSTILE,
                      unit=people.HOSTILE)  # fmt: skip
    for svg in career_charts(hostile):
        assert people.HOSTILE not in svg
        assert set(re.findall(r"<(\w+)", svg)) <= {
            "svg",
            "title",
            "desc",
            "path",
            "text",
            "circle",
            "rect",
            "g",
        }


def test_equal_scenarios_are_one_line_with_one_name():
    same = replace(CAREER, split=None, gap="")
    wide, narrow = career_charts(same)
    for svg in (wide, narrow):
        assert svg.count('class="line"') == 1
        assert "A\u00a0:" in svg
        assert "B\u00a0:" not in svg


def test_one_scenario_alone_is_drawn():
    alone = replace(CAREER, series=CAREER.series[:1], split=None, gap="")
    assert career_charts(alone)[0].count('class="line"') == 1


UNPAID = (date(2030, 9, 1), date(2031, 9, 1))
FLAGGED = replace(
    CAREER,
    series=(
        CAREER.series[0],
        replace(
            CAREER.series[1],
            points=(
                *(p for p in CAREER.series[1].points if p.day < UNPAID[0]),
                Point(UNPAID[0], 0, ""),
                Point(UNPAID[1], 2400, ""),
            ),
        ),
    ),
    split=UNPAID[0],
    flags=(Flag(UNPAID[0], "congé", UNPAID[1]), Flag(UNPAID[1], "80 %")),
)


def test_events_are_flags_under_the_axis_and_unpaid_time_a_thick_segment_for_both_writers():
    for svg in career_charts(FLAGGED, wide="instrument"):
        assert svg.count('class="flag"') == 2
        assert svg.count('class="unpaid"') == 1
        assert ">congé</text>" in svg
        assert ">0</text>" in svg
    axes = plotted(FLAGGED).axes[0]
    drawn = [line for line in axes.lines if line.get_marker() == "^"]
    assert [line.get_xdata()[0] for line in drawn] == [place(day) for day in UNPAID]
    (unpaid,) = [line for line in axes.lines if line.get_linewidth() == 5]
    assert [*unpaid.get_xdata()] == [place(day) for day in UNPAID]
    assert {"congé", "80 %"} <= {note.get_text() for note in axes.texts}


def test_nothing_paid_is_drawn_on_the_axis_and_does_not_flatten_the_rest():
    scale = scale_of(FLAGGED)
    assert scale.broken
    assert scale.level(0) == scale.low > 0
    assert scale.words(scale.low) == "0"
    assert not scale_of(CAREER).broken


def test_a_screen_draws_its_figure_without_matplotlib(monkeypatch):
    monkeypatch.setattr(mpl.figure, "Figure", None)
    assert "<svg" in career_charts(replace(CAREER, gap="+ 1 €"))[0]


def crossed(svg):
    """Return whether a line of the figure crosses the words of today; None where they lack."""
    texts = [(float(x), float(y), float(size), more) for x, y, size, more, w in TEXT.findall(svg)
             if unescape(w) == YOU]  # fmt: skip
    if not texts:
        return None
    ((x, y, size, more),) = texts
    width = len(YOU) * size * 0.5  # narrower than drawn: an edge may be touched
    left = x - (width if 'text-anchor="end"' in more else 0)
    left -= width / 2 if 'text-anchor="middle"' in more else 0
    lines = r'class="(?:line"|reading"[^>]*><path)[^>]* d="([^"]+)"'
    corners = [corner for path in re.findall(lines, svg)
               for corner in itertools.pairwise(points_of(path))]  # fmt: skip
    return any(
        min(a[0], b[0]) < left + width and max(a[0], b[0]) > left
        and min(a[1], b[1]) < y and max(a[1], b[1]) > y - size / 2
        for a, b in corners
    )  # fmt: skip


def points_of(path):
    """Return the corners of a path of M, H, V and L."""
    x = y = 0.0
    for act, numbers in re.findall(r"([MLHV])([^MLHV]+)", path):
        given = [float(one) for one in re.findall(r"-?[\d.]+", numbers)]
        x = given[0] if act in "MLH" else x
        y = given[-1] if act in "MLV" else y
        yield x, y


@pytest.mark.parametrize("numero", ["D0003", "D0006", "D0010", "D0019", "D0021", "D0044"])
@pytest.mark.parametrize("path", ["/perspectives/promotions", "/perspectives/et-si"])
def test_p14_the_words_of_today_are_there_on_a_phone_and_no_line_crosses_them(numero, path):
    person = next(one for one in sample_people().values() if one.numero == numero)
    html = Portal(lambda: people.FakeGuichet(person)).handle({"kind": "route", "path": path}).html
    drawn = [one for one in re.findall(r"<svg viewBox.*?</svg>", html, re.S) if YOU in one]
    assert [crossed(one) for one in drawn[:2]] == [False, False]
    # wherever the cursor is moved, it passes behind the words
    assert all(one.find('class="reading"') < one.index(f">{YOU}<") for one in drawn[:2])


@pytest.mark.parametrize(("known", "drawn"), [(date(2030, 1, 1), {"", "A", "B"}),
                                              (date(2045, 1, 1), {"A", "B"})])  # fmt: skip
def test_p03_a_line_begins_with_the_first_pay_that_is_known_even_after_lines_part(known, drawn):
    first, *others = CAREER.series
    late = replace(first, points=(Point(known, first.amount(known), ""),))
    split = date(2040, 1, 1)
    one = replace(CAREER, series=(late, *others), split=split, gap="+ 1 €")
    assert {key for key, _ in written_lines(career_charts(one)[0])} == drawn
    assert min(part.begin for part in one.stretches() if part.series is late) == known
    assert one.between()[0][0] == max(known, split)
    assert all(day >= known for day, _ in one.now())


def test_p03_a_scenario_whose_pay_is_never_calculated_is_named_and_not_drawn_at_nothing():
    first, second = CAREER.series
    unknown = replace(second, points=(Point(second.start, 0.0, ""),), end_text="non calculé",
                      uncounted=True)  # fmt: skip
    one = replace(CAREER, series=(first, unknown), gap="+ 1 €")
    svg = career_charts(one)[0]
    assert {key for key, _ in written_lines(svg)} == {"", "A"}
    assert ">non calculé</text>" in svg
    assert ">0</text>" not in svg
    assert one.between() == ()
