"""When an error is explained, by which note, and what is left to other kinds of question."""

import re
from time import thread_time

import pytest

from nearling.core.cancellation import Cancellation
from nearling.core.means import Means
from nearling.core.prompt import Prompt
from nearling.engines.local.built_in.notes.explained import explained
from nearling.engines.local.built_in.notes.matching import best_match, levelled
from nearling.engines.local.built_in.notes.note import Note, read_notes
from scripted.readings import page


def note(id, *shapes):
    return Note(
        id, id.capitalize(), "It means this.", ("First.", "Second."), ("Look.", "Do."),
        ("Never that.",), "A manual", tuple(map(re.compile, shapes)), (), (),
    )  # fmt: skip


KNOWN = (
    note("denied", r"permission\s?denied"),
    note("python-denied", r"permissionerror: \[errno ?13\] permission denied"),
    note("full", r"no space left on device"),
    note("exit-137", r"exit code 137"),
    note("not-found", r"404 not found"),
)
SHOWN = page(
    "$ cp notes.txt /etc/", "cp: cannot create '/etc/notes.txt': Permission denied", "$ echo done"
)


def explain(question, *sources):
    return explained(Prompt(question, sources), Cancellation(), lambda: KNOWN)


@pytest.mark.parametrize(
    "question",
    [
        "What does this mean?",
        "what does this error mean",
        "What does that error message mean?",
        "Explain this error",
        "Can you explain this message to me?",
        "How do I fix this?",
        "how can I solve this problem",
        "How to fix?",
        "What should I do?",
        "What can I do about this?",
        "What do I do now?",
        "Why do I get this error?",
        "why am I seeing this message?",
        "Help me fix this",
        "I don't understand this error",
        "help!",
        "Was bedeutet das?",
        "Was bedeutet diese Fehlermeldung?",
        "Was heißt das?",
        "was soll das heißen",
        "Erkläre mir diesen Fehler",
        "Wie behebe ich das?",
        "Wie kann ich diesen Fehler beheben?",
        "Wie löse ich dieses Problem?",
        "Was kann ich tun?",
        "Was soll ich jetzt machen?",
        "Was tun?",
        "Warum bekomme ich diese Fehlermeldung?",
        "Was ist das für ein Fehler?",
        "Hilfe!",
        "Wie kriege ich das weg?",
    ],
)
def test_explains_what_the_picture_shows(question):
    reply = explain(question, SHOWN)
    assert reply is not None
    assert reply.means is Means.EXPLAINED
    assert "cp: cannot create '/etc/notes.txt': Permission denied" in reply.text
    assert "1. Look.\n2. Do." in reply.text
    assert "note “Denied” (denied)" in reply.text
    (place,) = reply.citations
    assert place.box == SHOWN.reading.lines[1].box


@pytest.mark.parametrize(
    "question",
    [
        "What went wrong?",
        "Which file could not be created?",
        "What is the error message?",
        "Was ist schiefgelaufen?",
        "What is the total?",
        "Why did the copy fail?",
        "When did this happen?",
        "What do I do on Tuesday?",
        "What does the ticket cost?",
        "What is the meaning of life?",
        "Was bedeutet MwSt?",
        "How much is this?",
        "",
    ],
)
def test_leaves_other_questions_alone(question):
    assert explain(question, SHOWN) is None


@pytest.mark.parametrize(
    "question",
    [
        "bash: ./run.sh: Permission denied",
        "Permission denied",
        "I get permission denied, what can I do?",
        "What does exit code 137 mean?",
        "Was bedeutet exit code 137?",
        "Can you explain exit code 137?",
        "cp: error writing 'b.iso': No space left on device",
        "$ make\nmkdir: cannot create directory 'x': Permission denied\nmake: *** [all] Error 1",
    ],
)
def test_explains_what_the_question_itself_says(question):
    reply = explain(question)
    assert reply is not None
    assert reply.citations == ()


@pytest.mark.parametrize(
    "question",
    [
        "Who got the 404 not found?",
        "Write a mail that says: permission denied",
        "Translate “permission denied” into German",
        "Is there a line that says permission denied?",
        "Wann stand da permission denied?",
        "How many times does it say 404 not found?",
        "Yesterday at the theatre our neighbours told us a long story about a boat trip for which "
        "they had permission denied at first",
    ],
)
def test_a_question_that_only_speaks_of_an_error_is_none_about_it(question):
    assert explain(question, page("Corner Shop", "Total 3.96")) is None


def test_the_newest_picture_is_meant():
    old = page("write error: No space left on device")
    earlier = type(old)(old.name, old.reading, exchange=0)
    assert "note “Denied”" in explain("What does this mean?", SHOWN, earlier).text
    assert explain("What does this mean?", page("All is well"), earlier) is None


def test_a_page_of_a_document_is_named():
    reply = explain(
        "What does this mean?", page("Intro", number=1), page("404 Not Found", number=2)
    )
    assert [place.page for place in reply.citations] == [2]


def test_the_longest_match_wins_then_the_lowest():
    trace = "Permission denied\nPermissionError: [Errno 13] Permission denied: 'x'\n404 not found"
    assert best_match(trace, KNOWN).note.id == "python-denied"
    two = (note("first", "alpha failed"), note("later", "omega failed"))
    assert best_match("omega failed\nalpha failed", two).note.id == "first"
    assert best_match("alpha failed\nomega failed", two).note.id == "later"


def test_two_notes_that_know_the_same_words_are_none():
    twins = (note("one", "disk failed"), note("two", "disk f.iled"))
    assert best_match("the disk failed", twins) is None


def test_a_line_that_could_hardly_be_read_is_not_explained():
    assert explain("What does this mean?", page("Permission denied", score=0.4)) is None


def test_a_message_may_be_wrapped():
    reply = explain("What does this mean?", page("scp: /srv/x: Permission", "denied", "$"))
    assert [place.text for place in reply.citations] == ["scp: /srv/x: Permission", "denied"]


def test_lines_are_one_where_the_next_word_had_no_room():
    known = (note("fetch", r"failed to fetch [^\n]{1,80} 404"), note("full", r"no space left on"))
    wrapped = "E: Failed to fetch\nhttp://example.org/a/long/way/to/go\nand so it is said: 404"
    match = best_match(wrapped, known)
    assert (match.note.id, match.first, match.last) == ("fetch", 0, 2)
    broken = "$ cp -r pictures/ /mnt/usb\ncp: error writing 'a.jpg': No spa\nce left on device"
    match = best_match(broken, known)
    assert (match.note.id, match.first, match.last) == ("full", 1, 2)
    assert best_match("E: Failed to fetch\nit\n404 times it was said and said again", known) is None
    assert (
        best_match("No space\n\nleft on the table, which was full of other things", known) is None
    )


def test_only_the_lines_that_say_it_are_quoted():
    known = (note("key", r"(?:^|\s)keyerror: [^\n]{1,40}(?:\n|$)"),)
    match = best_match("out.write(x)\nKeyError: 'a'\n$ ls", known)
    assert (match.first, match.last, match.words) == (1, 1, "keyerror: 'a'")


def test_levelling_keeps_lines():
    assert levelled("  “A”\u00a0–  b \n\n C’s ") == '"a" - b\n\nc\'s'
    assert levelled("Gerät größer") == "gerat grosser"


def test_the_end_of_a_long_log_is_looked_at():
    rows = [f"step {at} of the build is done and took a while" for at in range(3000)]
    reply = explain("What does this mean?", page(*rows, "exit code 137"))
    assert [place.text for place in reply.citations] == ["exit code 137"]


def test_a_long_text_may_be_pasted_with_what_is_wanted_behind_it():
    log = "\n".join(f"step {at} was the error of the message problem" for at in range(5000))
    started = thread_time()
    assert explain(f"{log}\nexit code 137\nHow do I fix this?") is not None
    assert explain(f"{log}\nnothing else\nHow do I fix this?") is None
    assert thread_time() - started < 2


def test_a_folder_of_notes_is_read(tmp_path):
    (tmp_path / "a-b.toml").write_text(
        'title = "T"\nmeans = "M"\ncauses = ["c"]\nsteps = ["s"]\nnever = ["n"]\nsource = "S"\n'
        "shapes = ['x ?y']\nexamples = ['xy']\nothers = ['z']\n",
        "utf-8",
    )
    (found,) = read_notes(tmp_path)
    assert (found.id, found.title) == ("a-b", "T")
    assert found.shapes[0].search("xy")
    assert read_notes(tmp_path / "none") == ()
