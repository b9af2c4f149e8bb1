"""Reading order and tables from boxes alone, with no picture and no network."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearling.core.geometry import Box
from nearling.engines.local.joining import Found, joined
from nearling.engines.local.layout import Placed, Region, regions
from nearling.engines.local.levelling import levelled
from nearling.engines.local.page import Page
from nearling.engines.local.tables import grids


def placed(*boxes: tuple[float, float, float]) -> list[Placed]:
    """Lines of height 20 given as left, top and right; ten pixels a letter."""
    return [
        Placed(number, left, top, right, top + 20, letters=round((right - left) / 10))
        for number, (left, top, right) in enumerate(boxes)
    ]


def order(found: Sequence[Region]) -> list[int]:
    return [line.index for region in found for block in region for row in block for line in row]


def column(left: float, right: float, top: float, count: int) -> list[tuple[float, float, float]]:
    return [(left, top + 26 * number, right - 7 * (number % 3)) for number in range(count)]


def test_two_columns_under_a_heading() -> None:
    left, right = column(0, 400, 80, 6), column(460, 860, 80, 6)
    lines = placed((200, 0, 700), *left, *right)
    assert order(regions(lines[::-1])) == list(range(13))


def test_three_columns_of_running_text() -> None:
    sides = ((0, 400), (430, 830), (860, 1260))
    lines = placed(*(line for left, right in sides for line in column(left, right, 0, 9)))
    assert order(regions(lines[::-1])) == list(range(27))


def test_a_heading_between_columns_parts_them() -> None:
    above = [*column(0, 400, 0, 4), *column(460, 860, 0, 4)]
    below = [*column(0, 400, 160, 4), *column(460, 860, 160, 4)]
    lines = placed(*above, (100, 112, 800), *below)
    assert order(regions(lines)) == list(range(17))


def test_a_form_is_read_row_by_row() -> None:
    rows = [[(0, 40 * n, 90 + 25 * (n % 3)), (300, 40 * n, 420 + 30 * (n % 4))] for n in range(7)]
    lines = placed(*(box for row in rows for box in row))
    assert order(regions(lines[::-1])) == list(range(14))


def test_a_menu_at_the_side_is_read_by_itself() -> None:
    menu = [(0, 33 * n, 60 + 10 * (n % 4)) for n in range(6)]
    text = column(200, 700, 0, 12)
    assert order(regions(placed(*menu, *text))) == list(range(18))


def test_paragraphs_never_become_tables() -> None:
    pages = (
        column(0, 600, 0, 12),
        [*column(0, 400, 0, 8), *column(460, 860, 0, 8)],
        [(0, 30 * n, 300 + 40 * (n % 4)) for n in range(10)],
    )
    for page in pages:
        assert [grids(region) for region in regions(placed(*page))] == [()] * len(
            regions(placed(*page))
        )


def table_of(rows: Sequence[Sequence[tuple[float, float] | None]], step: float = 40) -> Region:
    boxes = [
        (cell[0], step * number, cell[1])
        for number, row in enumerate(rows)
        for cell in row
        if cell is not None
    ]
    (region,) = regions(placed(*boxes))
    return region


def test_a_table_with_empty_cells_and_numbers_to_the_right() -> None:
    rows = [
        [(0, 80), (240, 300), (380, 440)],
        [(0, 120), (270, 300), None],
        [(0, 60), None, (410, 440)],
        [(0, 150), (250, 300), (390, 440)],
    ]
    (grid,) = grids(table_of(rows))
    filled = [[bool(cell) for cell in row] for row in grid.rows]
    assert filled == [[cell is not None for cell in row] for row in rows]


def test_eight_columns() -> None:
    rows = [[(100 * n, 100 * n + 40 + (row % 3) * 8) for n in range(8)] for row in range(5)]
    (grid,) = grids(table_of(rows))
    assert len(grid.rows) == 5
    assert {len(row) for row in grid.rows} == {8}


def test_a_cell_on_two_lines_stays_one_cell() -> None:
    boxes = [(0, 0, 90), (300, 0, 360), (0, 60, 150), (300, 60, 360), (0, 84, 110),
             (0, 140, 120), (300, 140, 360), (0, 200, 100), (300, 200, 360)]  # fmt: skip
    (region,) = regions(placed(*boxes))
    (grid,) = grids(region)
    assert len(grid.rows) == 4
    assert [line.index for line in grid.rows[1][0]] == [2, 4]


def test_a_title_above_and_a_note_below_are_no_rows() -> None:
    rows = [[(0, 80), (240, 300), (380, 440)] for _ in range(4)]
    boxes = [(cell[0], 100 + 40 * n, cell[1]) for n, row in enumerate(rows) for cell in row]
    (region,) = regions(placed((0, 0, 420), *boxes, (0, 300, 430)))
    (grid,) = grids(region)
    assert len(grid.rows) == 4


def test_what_stands_far_above_belongs_to_no_table() -> None:
    heads = [(0, 0, 150), (380, 0, 440)]
    rows = [(x, 100 + 40 * n, x + 60) for n in range(4) for x in (0, 240, 380)]
    (region,) = regions(placed(*heads, *rows))
    (grid,) = grids(region)
    assert len(grid.rows) == 4


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        (["Item Price", "Bread 3.10", "Milk 1.29"], True),
        (["Region 2024", "North 1,204", "South 870"], True),
        (["Region Q1", "North 1,204", "South 870"], True),
        (["Bread 3.10", "Milk 1.29", "Sum 4.39"], False),
        (["Braga 65km", "Porto 105km", "Faro 140km"], False),
        (["Guest Brandt", "Room Double", "City Ludlow"], False),
    ],
)
def test_words_above_numbers_are_a_header(rows: list[str], header: bool) -> None:
    words = [word for row in rows for word in row.split()]
    cells = [(300 * (n % 2), 40 * (n // 2), 300 * (n % 2) + 80) for n in range(len(words))]
    (grid,) = grids(regions(placed(*cells))[0])
    assert grid.header(lambda line: words[line.index]) is header


def test_a_top_row_out_of_line_does_not_spoil_the_table() -> None:
    letters = [(40, 0, 50), (190, 0, 200), (340, 0, 350)]
    rows = [(x, 40 + 40 * n, x + 60) for n in range(5) for x in (0, 210, 360)]
    (region,) = regions(placed(*letters, *rows))
    (grid,) = grids(region)
    assert len(grid.rows) == 5


def found(text: str, left: float, top: float, right: float, height: float = 20) -> Found:
    bottom = top + height
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    return Found(text, 0.9, corners)


def test_words_a_space_apart_are_one_line() -> None:
    parts = [found("Day", 0, 0, 40), found("3", 46, 1, 56), found("Coimbra", 90, 0, 160)]
    whole = joined(parts[::-1])
    assert [line.text for line in whole] == ["Day 3", "Coimbra"]
    assert whole[0].corners[[0, 2]].tolist() == [[0, 0], [56, 21]]


def test_neighbours_of_another_size_stay_apart() -> None:
    parts = [found("Prices", 0, 0, 60), found("with tax", 64, 4, 110, 12)]
    assert [line.text for line in joined(parts)] == ["Prices", "with tax"]


edges = st.floats(0, 2000, allow_nan=False).map(lambda value: round(value, 1))
sizes = st.floats(1, 400, allow_nan=False).map(lambda value: round(value, 1))
boxes = st.lists(
    st.tuples(edges, edges, sizes, st.floats(1, 60), st.floats(-0.2, 0.2)), max_size=40
)


@settings(max_examples=120, deadline=None)
@given(boxes, st.sampled_from([0, 90, 180, 270]))
def test_any_lines_are_kept_once_and_stay_in_the_picture(
    spots: list[tuple[float, float, float, float, float]], turn: int
) -> None:
    spread = []
    for number, (x, y, width, height, slope) in enumerate(spots):
        along, below = np.array([width, slope * width]), np.array([-slope * height, height])
        start = np.array([x, y])
        corners = np.array([start, start + along, start + along + below, start + below])
        spread.append(Found(f"line{number}", 0.9, corners))
    lines, tables = Page(2000, 1500, turn).laid_out(spread)
    words = sorted(" ".join(line.text for line in lines).split())
    assert words == sorted(line.text for line in spread)
    blocks = [line.block for line in lines]
    assert blocks == sorted(blocks)
    picture = Box(0, 0, 2000, 1500)
    assert all(picture.intersection(line.box) == line.box for line in lines)
    celled = [n for table in tables for row in table.rows for cell in row for n in cell.lines]
    assert len(celled) == len(set(celled))
    for table in tables:
        assert len({len(row) for row in table.rows}) == 1
        assert picture.intersection(table.box) == table.box


@settings(max_examples=60, deadline=None)
@given(st.floats(-5, 5), st.integers(3, 7), st.integers(2, 5))
def test_a_slant_changes_no_row(degrees: float, rows: int, columns: int) -> None:
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    lines = []
    for row in range(rows):
        for cell in range(columns):
            left, top = 250 * cell, 50 * row
            square = [(left, top), (left + 100, top), (left + 100, top + 20), (left, top + 20)]
            lines.append((np.array(square) @ turn + 500, 10))
    (region,) = regions(levelled(lines))
    (grid,) = grids(region) or (None,)
    if rows > 2 or columns > 2:
        assert grid is not None
        assert [[cell[0].index for cell in row] for row in grid.rows] == [
            [row * columns + cell for cell in range(columns)] for row in range(rows)
        ]
