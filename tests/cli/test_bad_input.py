"""Whatever is handed in: one calm sentence, a remedy, the right exit code, nothing lost."""

import json
import os
import shlex
import shutil
import sqlite3
import subprocess

import pytest

from cli.conftest import QUESTION
from scripted.pictures import draw, encoded, png_header, saved
from scripted.product import COMMAND, NOBODY

SMALL_DISK = "24m"
"""Holds what is kept in reserve for open turns and one question more."""
ANSWER = "12.50"


def refused(ended, kind, code=1):
    """The failure is one sentence with a remedy and the exit code is right."""
    error = ended.error
    assert ended.code == code
    assert error["kind"] == kind
    assert error["sentence"].strip().endswith((".", "!", "?"))
    assert "\n" not in error["sentence"]
    assert error["remedy"].strip()
    return error


def bad_file(kind, folder):
    path = folder / f"{kind}.png"
    match kind:
        case "missing":
            pass
        case "folder":
            path.mkdir()
        case "empty":
            path.touch()
        case "text":
            path.write_text("I only say that I am a picture.\n" * 50)
        case "truncated":
            path.write_bytes(encoded(draw("Half of me is missing", "and the rest is gone"))[:900])
        case "bomb":
            path.write_bytes(png_header(30_000, 30_000))
        case "pipe":
            os.mkfifo(path)
    return path


@pytest.mark.parametrize(
    "kind", ["missing", "folder", "empty", "text", "truncated", "bomb", "pipe"]
)
@pytest.mark.parametrize("verb", ["ask", "read"])
def test_a_file_that_is_no_picture_is_told(product, tmp_path, kind, verb):
    path = bad_file(kind, tmp_path)
    if (verb, kind) == ("read", "text"):
        # What it is called is one thing, what it is another: it can be read.
        assert "I only say" in product.run("read", path).out
        return
    if verb == "ask":
        error = refused(product.run("ask", QUESTION, "--picture", path, "--json"), "file")
    else:
        ended = product.run("read", path, "--json")
        assert ended.code == 1
        error = ended.json["files"][0]["error"]
    assert path.name in error["sentence"]


@pytest.mark.parametrize("kind", ["text", "truncated", "bomb"])
def test_a_question_about_a_broken_picture_is_kept(product, tmp_path, kind):
    product.run("ask", QUESTION, "--picture", bad_file(kind, tmp_path), "--json")
    assert product.questions() == [QUESTION]


def test_one_bad_picture_does_not_stop_the_others(product, tmp_path, receipt):
    ended = product.run("read", tmp_path / "missing.png", receipt, "--json")
    assert ended.code == 1
    bad, good = ended.json["files"]
    assert "error" in bad
    assert ANSWER in good["text"]


def test_a_picture_of_one_pixel_holds_no_answer(product, tmp_path):
    path = saved(draw().resize((1, 1)), tmp_path / "dot.png")
    assert product.run("read", path, "--json").json["files"][0]["text"] == ""
    ended = product.run("ask", QUESTION, "--picture", path, "--json")
    assert (ended.code, ended.json["answer"]) == (3, "")
    assert ended.json["reasons"]
    assert ended.json["remedies"]


def test_a_file_that_may_not_be_read_is_told(product, tmp_path, as_nobody):
    path = saved(draw("Secret"), tmp_path / "secret.png")
    path.chmod(0o600)
    open_to_all(tmp_path)
    open_home(product)
    ended = product.run("ask", QUESTION, "--picture", path, "--json", before=as_nobody)
    assert "secret.png may not be read" in refused(ended, "file")["sentence"]


@pytest.mark.parametrize("question", ["", "   ", "\n"])
def test_no_question_is_a_mistake_of_use(product, question, receipt):
    refused(product.run("ask", question, "--picture", receipt, "--json"), "question", 2)
    assert product.questions() == []


def test_a_question_of_a_hundred_thousand_characters_is_refused_before_it_is_kept(product):
    ended = product.run("ask", "why " * 25_000, "--json")
    assert "100,000" not in refused(ended, "question", 2)["sentence"]
    ended = product.run("ask", "-", "--json", stdin="x" * 100_000)
    assert "100,000" in refused(ended, "question", 2)["sentence"]


def test_a_question_from_a_pipe_that_is_not_text_is_kept_readable(product):
    ended = product.run("ask", "-", "--json", stdin=b"\xff\xfe why\x00?")
    assert ended.code == 3
    assert product.questions() == ["�� why?"]


def test_a_misspelt_option_is_a_mistake_of_use(product):
    refused(product.run("ask", QUESTION, "--pictrue", "x", "--json"), "usage", 2)
    refused(product.run("--json"), "usage", 2)


def test_an_unknown_conversation_is_told(product):
    refused(product.run("ask", QUESTION, "--conversation", "abcd1234", "--json"), "not_found")


def test_a_data_folder_that_may_not_be_written_is_told(product, receipt, tmp_path, as_nobody):
    open_to_all(tmp_path)
    product.home.mkdir(mode=0o755)
    product.home.chmod(0o755)
    ended = product.run("ask", QUESTION, "--picture", receipt, "--json", before=as_nobody)
    assert "NEARLING_HOME" in refused(ended, "storage_unwritable")["remedy"]
    assert list(product.home.iterdir()) == []


def test_reading_needs_no_data_folder(product, receipt, without_privilege):
    product.home.mkdir()
    product.home.chmod(0o555)
    ended = product.run("read", receipt, "--json", before=without_privilege)
    assert ended.code == 0
    assert ANSWER in ended.json["files"][0]["text"]


def test_a_database_that_may_not_be_read_is_told(product, asked, tmp_path, as_nobody):
    open_to_all(tmp_path)
    product.home.chmod(0o755)
    refused(product.run("history", "list", "--json", before=as_nobody), "storage_unwritable")
    assert product.questions() == [QUESTION]


def test_a_full_disk_is_told_and_what_was_kept_stays(product, receipt, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", small],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted: {mounted.stderr.decode().strip()}")
    try:
        within = type(product)(small / "home")
        assert within.run("ask", QUESTION, "--picture", receipt, "--json").code == 0
        filler = small / "filler"
        free = shutil.disk_usage(small).free
        filler.write_bytes(b"\0" * free)
        refused(within.run("ask", "And now?", "--picture", receipt, "--json"), "storage_full")
        filler.unlink()
        assert within.questions() == [QUESTION]
        assert within.run("ask", QUESTION, "--picture", receipt, "--json").code == 0
    finally:
        subprocess.run(["umount", small], check=True)


def database(product):
    return product.home / "history" / "history.sqlite3"


def test_a_newer_database_is_refused_and_not_touched(product, asked):
    with sqlite3.connect(database(product)) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = database(product).read_bytes()
    refused(product.run("ask", QUESTION, "--json"), "storage_newer")
    assert database(product).read_bytes() == before


@pytest.mark.parametrize("damage", ["not a database at all, only words\n" * 200, ""])
def test_a_damaged_database_is_refused_and_not_touched(product, asked, damage):
    whole = database(product).read_bytes()
    broken = damage.encode() or whole[:4096] + os.urandom(4096) + whole[8192:]
    database(product).write_bytes(broken)
    refused(product.run("history", "list", "--json"), "storage_damaged")
    assert database(product).read_bytes() == broken


def test_two_questions_at_once_are_both_kept_and_answered(product, receipt):
    words = ("ask", QUESTION, "--picture", receipt, "--json")
    running = [product.start(*words) for _ in range(2)]
    ended = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0, 0], ended
    assert product.questions() == [QUESTION] * 2


def test_settings_with_a_slip_are_told_with_their_place(product):
    product.home.mkdir()
    (product.home / "settings.toml").write_text("idle_secnods = 3\n")
    assert "idle_secnods" in refused(product.run("ask", QUESTION, "--json"), "settings")["sentence"]


def open_to_all(path):
    """Lets another user reach `path`."""
    for parent in (path, *path.parents):
        if parent.stat().st_uid != os.getuid() or parent.stat().st_mode & 0o005 == 0o005:
            continue
        parent.chmod(parent.stat().st_mode | 0o055)


def open_home(product):
    product.home.mkdir()
    shutil.chown(product.home, NOBODY, NOBODY)


def in_shell(product, command):
    """A command with redirections, as a person types it in a shell."""
    ended = subprocess.run(
        ["bash", "-c", command.replace("nearling", " ".join(map(shlex.quote, COMMAND)))],
        capture_output=True,
        text=True,
        timeout=30,
        env=product.environment,
        check=False,
    )
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended


@pytest.mark.parametrize("out", ["> /dev/full", ">&-", "| true", "--json > /dev/full"])
def test_an_answer_that_cannot_be_shown_is_kept(product, receipt, out):
    in_shell(product, f'nearling ask "{QUESTION}" --picture {receipt} {out}')
    assert product.questions() == [QUESTION]


def test_a_closed_input_holds_no_question(product):
    assert in_shell(product, "nearling ask - <&-").returncode == 2


def test_input_that_is_not_text_is_kept_readable_whatever_the_locale(product):
    in_shell(product, r"printf '\xff why?' | PYTHONIOENCODING=utf-8 nearling ask -")
    assert product.questions() == ["� why?"]


def test_json_is_whole_where_the_terminal_knows_no_sign_for_it(product, tmp_path):
    path = saved(draw("Total: 25.15"), tmp_path / "Käse.png")
    ended = in_shell(
        product, f'PYTHONIOENCODING=ascii nearling ask "{QUESTION}" --picture {path} --json'
    )
    assert json.loads(ended.stdout)["citations"][0]["source"] == "Käse.png"


def test_a_file_name_that_is_no_text_is_shown_as_well_as_can_be(product, receipt, tmp_path):
    odd = os.fsencode(tmp_path) + b"/\xff.png"
    shutil.copy(receipt, odd)
    ended = product.run("read", os.fsdecode(odd), "--json")
    assert ended.code == 0
    assert ANSWER in ended.json["files"][0]["text"]


def test_a_home_that_nobody_knows_is_told(product):
    ended = in_shell(product, "NEARLING_HOME='~nosuch/x' nearling history list --json")
    assert json.loads(ended.stdout)["error"]["kind"] == "settings"


@pytest.mark.parametrize("home", ["/proc/none", "/dev/null"])
def test_the_doctor_works_where_nothing_else_does(product, home):
    ended = in_shell(product, f"NEARLING_HOME={home} nearling doctor --json")
    checks = {check["name"]: check["ok"] for check in json.loads(ended.stdout)["checks"]}
    assert not checks["keeping questions"]
    assert checks["reading a picture"]


def test_an_option_is_not_guessed(product):
    refused(product.run("ask", QUESTION, "--js", "--json"), "usage", 2)
