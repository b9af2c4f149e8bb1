"""A figure says what was measured, also when that is bad for us; no test here times anything."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from nearling.bench import command
from nearling.bench.figures import Figure, compared, row
from nearling.bench.speed.bare import bare_engine
from nearling.bench.speed.packaged import packaged_figures
from nearling.bench.speed.pictures import SPEED_PICTURES
from nearling.bench.speed.reading import Times, defaults_figures, interleaved, overhead_figures
from nearling.core.errors import EngineFailure
from nearling.engines.local.bare.rapidocr_engine import serve

FAST = Times("600x200", ours=0.1, tuned=0.2, defaults=0.4)
SLOW = Times("dense", ours=3.0, tuned=2.0, defaults=2.5)
PACKAGED = ("start_ms", "wheel_mb", "folder_mb", "deb_mb")


def clock(*seconds: float) -> Callable[[Path], float]:
    left = iter(seconds)
    return lambda _: next(left)


def test_a_figure_is_ours_beside_the_baseline_and_their_ratio() -> None:
    figure = compared("read.overhead", 30.0, 20.0, "ms", "why")
    assert asdict(figure) == {
        "name": "read.overhead",
        "value": 30.0,
        "unit": "ms",
        "baseline": 20.0,
        "ratio": 1.5,
        "note": "why",
    }
    assert compared("x", 1.0, 0.0, "share", "").ratio is None


def test_the_columns_of_the_table_stand_under_each_other() -> None:
    rows = [
        row(compared("read.overhead", 1234.5, 999.0, "ms", "")),
        row(compared("read.fresh_right", 0.5, 0.25, "share", "")),
    ]
    assert len({line.index("against") for line in rows}) == 1
    assert len({len(line) for line in rows}) == 1
    assert "1.24 ×" in rows[0]
    assert "50.0 %" in rows[1]
    assert "not measured" in row(Figure("read.cold_answer_ms", None, "ms"))


def test_what_was_never_built_is_said_to_be_missing(tmp_path: Path) -> None:
    figures = {figure.name: figure for figure in packaged_figures(tmp_path, tmp_path / "dist")}
    assert set(figures) == {f"packaged.{name}" for name in PACKAGED}
    assert {figure.value for figure in figures.values()} == {None}
    assert all("dev.py build" in figure.note for figure in figures.values())


def test_what_was_built_is_weighed(tmp_path: Path) -> None:
    wheel, deb = tmp_path / "nearling-1-py3-none-any.whl", tmp_path / "nearling_1_amd64.deb"
    wheel.write_bytes(bytes(2_000_000))
    deb.write_bytes(bytes(3_000_000))
    inside = tmp_path / "nearling" / "_internal"
    inside.mkdir(parents=True)
    (inside / "a.so").write_bytes(bytes(4_000_000))
    (inside / "again.so").symlink_to("a.so")
    found = {figure.name: figure.value for figure in packaged_figures(tmp_path, tmp_path)}
    assert [found[f"packaged.{name}"] for name in PACKAGED] == [None, 2, 4, 3]


def test_the_first_round_does_not_count_and_the_median_does() -> None:
    runners = {"ours": clock(9, 1, 5, 2), "bare": clock(1, 7, 8, 90)}
    assert interleaved(runners, Path("a.png"), rounds=3) == {"ours": 2, "bare": 8}


def test_each_round_begins_with_another_engine() -> None:
    order: list[str] = []

    def runner(name: str) -> Callable[[Path], float]:
        return lambda _: float(order.append(name) or 0)

    interleaved({name: runner(name) for name in "abc"}, Path("a.png"), rounds=2)
    assert "".join(order) == "abc" + "bca" + "cab"


def test_a_picture_where_we_are_slower_is_the_one_that_is_named() -> None:
    overhead = {figure.name: figure for figure in overhead_figures([FAST, SLOW])}
    assert overhead["read.overhead"].ratio == 1.5
    assert "dense" in overhead["read.overhead"].note
    assert overhead["read.overhead_600x200"].ratio == 0.5
    defaults = {figure.name: figure for figure in defaults_figures([FAST, SLOW])}
    assert defaults["read.vs_defaults"].ratio == 1.2
    assert defaults["read.vs_defaults_600x200"].ratio == 0.25
    assert "0.35" in defaults["read.vs_defaults_600x200"].note


def test_the_speed_pictures_are_what_their_names_say() -> None:
    sizes = {picture.name: picture.draw().size for picture in SPEED_PICTURES}
    assert sizes["600x200"] == (600, 200)
    assert sizes["1920x1080"] == (1920, 1080)
    assert sizes["dense"] == (1280, 720)
    lines = {picture.name: len(picture.draw().lines) for picture in SPEED_PICTURES}
    assert lines["eight_lines"] == 8
    assert lines["dense"] > 80
    assert all(picture.draw() == picture.draw() for picture in SPEED_PICTURES)


def test_the_bare_engine_answers_line_by_line(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(b"three")
    asked = io.StringIO(json.dumps({"file": str(picture)}) + "\n")
    told = io.StringIO()
    serve(len, asked, told)
    answer = json.loads(told.getvalue())
    assert answer["lines"] == 5
    assert answer["seconds"] >= 0


def test_the_bare_engine_reads_a_picture_in_its_own_process(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(SPEED_PICTURES[1].draw().picture)
    with bare_engine("tuned", threads=1) as engine:
        assert engine.seconds(picture) > 0
        with pytest.raises(EngineFailure, match="baseline"):
            engine.seconds(tmp_path / "missing.png")


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ([], ("startup", "read", "useful", "voice", "write", "cloud")),
        (["all"], ("startup", "read", "useful", "voice", "write", "cloud")),
        (["read"], ("read",)),
        (["read,startup"], ("read", "startup")),
    ],
)
def test_what_to_measure_is_chosen_by_name(words: list[str], groups: tuple[str, ...]) -> None:
    parser = ArgumentParser()
    command.add_arguments(parser)
    assert parser.parse_args(words).groups == groups


def test_an_unknown_group_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    parser = ArgumentParser()
    command.add_arguments(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["moon"])
    assert "moon cannot be measured yet" in capsys.readouterr().err
