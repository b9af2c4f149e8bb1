"""The command line as scripts rely on it: keys, boxes, streams and exit codes."""

import json

import pytest

from cli.conftest import QUESTION
from scripted.pictures import draw, saved


def test_an_answer_says_everything(asked, receipt):
    assert asked["answer"] == "12.50 EUR"
    (citation,) = asked["citations"]
    assert citation["source"] == receipt.name
    assert citation["text"] == "Total: 12.50 EUR"
    left, top, right, bottom = citation["box"]
    assert 20 <= left < right <= 640
    assert 100 <= top < bottom <= 184
    assert asked["route"]["zone"] == "computer"
    assert asked["route"]["writer"] == "built-in"
    assert asked["route"]["reason"].endswith(".")
    assert asked["understood"][0]["source"] == receipt.name
    assert asked["understood"][0]["lines"] == 3
    assert 0 < asked["receipt"]["first_token_ms"] <= asked["receipt"]["total_ms"]
    assert (asked["closest"], asked["remedies"]) == ([], [])


def test_text_is_clean_in_a_pipe(product, receipt):
    ended = product.run("ask", QUESTION, "--picture", receipt)
    assert ended.out == "12.50 EUR\n"
    assert "\x1b" not in ended.notes
    assert receipt.name in ended.notes
    assert "On this computer" in ended.notes
    assert "nothing was sent" in ended.notes


def test_a_refusal_is_still_an_object(product, asked, receipt):
    ended = product.run("ask", "What is the fax number?", "--picture", receipt, "--json")
    assert ended.code == 3
    assert ended.json["answer"] == ""
    assert ended.json["reasons"]
    assert ended.json["remedies"]
    assert isinstance(ended.json["closest"], list)


def test_a_follow_up_needs_no_picture_again(product, asked):
    ended = product.run("ask", "And the apples?", "--conversation", asked["conversation"], "--json")
    assert (ended.code, ended.json["answer"]) == (0, "3.20")
    assert ended.json["conversation"] == asked["conversation"]


def test_a_question_from_a_pipe(product, receipt):
    ended = product.run("ask", "-", "--picture", receipt, stdin=QUESTION)
    assert ended.out == "12.50 EUR\n"


def test_several_pictures(product, receipt, tmp_path):
    other = saved(draw("Night Train", "Platform: 7"), tmp_path / "ticket.png")
    pictures = ("--picture", receipt, "--picture", other)
    ended = product.run("ask", "Which platform?", *pictures, "--json")
    assert ended.json["answer"] == "7"
    assert [each["source"] for each in ended.json["citations"]] == ["ticket.png"]


def test_a_zone_without_a_writer_cannot_answer(product, receipt):
    ended = product.run("ask", QUESTION, "--picture", receipt, "--zone", "cloud", "--json")
    assert ended.code == 3
    assert "on this computer" in ended.json["reasons"][0]


def test_a_model_that_is_not_there_cannot_answer(product, receipt):
    ended = product.run("ask", QUESTION, "--picture", receipt, "--model", "nope", "--json")
    assert (ended.code, ended.json["reasons"]) == (3, ["There is no model nope."])


def test_a_time_limit_ends_the_turn_and_keeps_it(product, receipt):
    limit = ("--timeout", "0.05")
    ended = product.run("ask", QUESTION, "--picture", receipt, *limit, "--json")
    assert (ended.code, ended.error["kind"]) == (1, "timeout")
    assert product.questions() == [QUESTION]


@pytest.mark.parametrize("limit", ["0", "-1", "soon", "nan", "inf"])
def test_a_time_limit_is_a_number_of_seconds(product, limit):
    assert product.run("ask", QUESTION, f"--timeout={limit}").code == 2


def test_reading_keeps_places_and_stores_nothing(product, receipt):
    (file,) = product.run("read", receipt, "--json").json["files"]
    assert file["file"] == str(receipt)
    assert [line["text"] for line in file["lines"]] == file["text"].split("\n")
    for line in file["lines"]:
        assert len(line["box"]) == 4
        assert len(line["polygon"]) == 4
        assert 0 <= line["score"] <= 1
    assert {"tables", "codes", "engine", "seconds"} <= file.keys()
    assert not (product.home / "history").exists()


def test_the_history_is_listed_shown_and_searched(product, asked):
    (listed,) = product.run("history", "list", "--json").json["conversations"]
    assert listed["id"] == asked["conversation"]
    assert listed["title"] == QUESTION
    shown = product.run("history", "show", listed["id"][:4], "--json").json
    (turn,) = shown["turns"]
    assert turn["status"] == "answered"
    assert turn["attempts"][0]["answer"] == asked["answer"]
    assert turn["attempts"][0]["citations"] == asked["citations"]
    places = {
        hit["place"] for hit in product.run("history", "search", "total", "--json").json["hits"]
    }
    assert places == {"question", "attachment"}


def test_the_history_as_text(product, asked):
    assert asked["conversation"] in product.run("history", "list").out
    shown = product.run("history", "show", asked["conversation"]).out
    assert f"> {QUESTION}\n12.50 EUR\n" in shown
    assert "Total" in product.run("history", "search", "total").out
    assert "Nothing" in product.run("history", "search", "zebra").notes


def test_export_forget_backup_and_restore(product, asked, tmp_path):
    assert QUESTION in product.run("history", "export").out
    exported = product.run("history", "export", asked["conversation"], "--format", "json").out
    assert asked["answer"] in json.dumps(json.loads(exported))
    backup = tmp_path / "backup.zip"
    assert product.run("history", "backup", backup).code == 0
    assert product.run("history", "forget", asked["conversation"], "--json").json == {"erased": 1}
    assert product.questions() == []
    assert product.run("history", "restore", backup).code == 0
    assert product.questions() == [QUESTION]
    assert product.run("history", "forget", "--all", "--json").json == {"erased": 1}


def test_forgetting_names_what(product):
    assert product.run("history", "forget").code == 2
    assert product.run("history", "forget", "abcd", "--json").error["kind"] == "not_found"


def test_nothing_waits_when_all_is_answered(product, asked):
    assert product.run("resume", "--json").error["kind"] == "not_found"


def test_what_could_not_be_answered_is_resumed_by_name(product, asked, receipt):
    first = product.run("ask", "What is the fax number?", "--picture", receipt, "--json").json
    again = product.run("resume", first["turn"], "--json")
    assert again.code == 3
    assert again.json["turn"] == first["turn"]


def test_what_is_answered_is_not_answered_again(product, asked):
    again = product.run("resume", asked["turn"], "--zone", "cloud", "--json")
    assert again.error["kind"] == "answered"
    shown = product.run("history", "show", asked["conversation"], "--json").json
    assert shown["turns"][0]["status"] == "answered"


def test_a_failure_says_what_to_resume(product, receipt):
    failed = product.run("ask", QUESTION, "--picture", receipt, "--timeout", "0.05", "--json").json
    assert product.run("resume", failed["turn"], "--json").json["answer"] == "12.50 EUR"


def test_a_bad_picture_does_not_stand_in_the_way_of_resuming(product, receipt, tmp_path):
    product.run("ask", QUESTION, "--picture", receipt, "--timeout", "0.05")
    (tmp_path / "bad.png").write_text("no picture")
    product.run("ask", "What is this?", "--picture", tmp_path / "bad.png")
    assert product.run("resume").out == "12.50 EUR\n"


def test_the_doctor_finds_nothing_wrong(product):
    ended = product.run("doctor", "--json")
    assert ended.code == 0
    assert all(check["ok"] for check in ended.json["checks"])
    assert {"name", "ok", "detail", "remedy"} == ended.json["checks"][0].keys()


def test_the_doctor_says_what_to_do(product):
    product.home.mkdir()
    (product.home / "history").write_text("in the way")
    ended = product.run("doctor", "--json")
    assert ended.code == 1
    failed = [check for check in ended.json["checks"] if not check["ok"]]
    assert failed
    assert all(check["remedy"] for check in failed)


def test_a_reader_that_has_seen_enough_is_no_failure(product, receipt):
    import subprocess

    from scripted.product import COMMAND

    reading = subprocess.Popen(
        [*COMMAND, "read", str(receipt)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=product.environment,
    )
    reading.stdout.close()
    notes = reading.stderr.read()
    reading.stderr.close()
    reading.wait(60)
    assert b"Traceback" not in notes
