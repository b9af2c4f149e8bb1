"""A question's whole way, with scripted engines and the real history."""

from dataclasses import replace

import pytest

from nearling.assistant.assistant import Assistant
from nearling.assistant.question import LONGEST_QUESTION
from nearling.assistant.routing import Rules
from nearling.core.cancellation import Cancellation
from nearling.core.chat import ChatMessage, messages
from nearling.core.conversation import AttemptStatus, Decision, Draft, TurnStatus
from nearling.core.errors import (
    EngineLost,
    NotFound,
    UnusableFile,
    UnusableQuestion,
)
from nearling.core.events import (
    Answered,
    CannotAnswer,
    Cited,
    Compacted,
    Declined,
    Delta,
    DocumentRead,
    Failed,
    Finished,
    Opened,
    Progress,
    Routed,
    Understood,
)
from nearling.core.geometry import Box
from nearling.core.media import Capture, Medium
from nearling.engines.pool import Candidate
from nearling.history.history import History
from scripted.engines import (
    ScriptedCleaner,
    ScriptedReader,
    ScriptedWriter,
    candidate,
    citation,
    documents,
    picture,
    profile,
    recordings,
    says,
)

LOST = EngineLost("It died.", "Try again.")


@pytest.fixture
def history(tmp_path):
    with History(tmp_path / "history") as history:
        yield history


@pytest.fixture
def house(history):
    def build(*writers, reads=None, hears=None, opens=None):
        reader = ScriptedReader(reads)
        candidates = [
            candidate(f"writer-{number}", writer) if isinstance(writer, ScriptedWriter) else writer
            for number, writer in enumerate(writers)
        ]
        return Assistant(
            history,
            reader,
            "scripted",
            recordings(history, hears),
            lambda: candidates,
            cleaner=ScriptedCleaner(),
            documents=documents(history, opens),
        ), reader

    return build


def ask(assistant, question="Why?", *captures, rules=None, cancellation=None, **draft):
    events = assistant.answer(
        Draft(question, captures, **draft), rules or Rules(), cancellation or Cancellation()
    )
    return list(events)


def only_turn(history):
    (summary,) = history.conversations()
    (turn,) = history.turns(summary.id)
    return turn


def test_a_question_is_opened_routed_answered_and_kept(house, history):
    assistant, _ = house(says("For", " this."))
    events = ask(assistant)
    assert [type(event) for event in events] == [Opened, Routed, Delta, Delta, Answered]
    turn = only_turn(history)
    assert turn.id == events[0].turn
    assert turn.status is TurnStatus.ANSWERED
    assert turn.answer == events[-1].attempt
    assert turn.answer.text == "For this."
    assert (turn.answer.receipt.tokens_in, turn.answer.receipt.tokens_out) == (7, 2)
    assert 0 <= turn.answer.receipt.first_token_ms <= turn.answer.receipt.total_ms
    assert turn.answer.receipt.left == ()


def test_a_model_that_has_to_be_loaded_first_says_so(house):
    asleep = replace(candidate("smol", says("Yes.")), is_awake=lambda: False)
    assistant, _ = house(asleep)
    events = ask(assistant)
    assert [type(event) for event in events] == [Opened, Routed, Progress, Delta, Answered]
    assert events[2].sentence == "Loading smol"


def test_the_question_is_on_disk_before_anything_is_tried(house, history):
    assistant, reader = house(says("x"), reads={"a.png": ("text",)})
    events = assistant.answer(Draft("Why?", (picture("a.png"),)), Rules(), Cancellation())
    opened = next(events)
    assert reader.asked == []
    assert history.turn(opened.turn).message.text == "Why?"
    assert history.attachment(picture("a.png").digest) == b"a.png"
    events.close()


def test_every_word_is_kept_before_it_is_passed_on(house, history):
    assistant, _ = house(says("one ", "two"))
    events = assistant.answer(Draft("Why?"), Rules(), Cancellation())
    opened, _routed, first = next(events), next(events), next(events)
    assert first == Delta("one ")
    assert history.turn(opened.turn).attempts[0].text == "one "
    events.close()


def test_an_abandoned_turn_waits_with_what_was_said(house, history):
    assistant, _ = house(says("one ", "two"))
    events = assistant.answer(Draft("Why?"), Rules(), Cancellation())
    for _ in range(3):
        next(events)
    events.close()
    turn = only_turn(history)
    assert turn.status is TurnStatus.WAITING
    assert turn.attempts[0].status is AttemptStatus.INTERRUPTED
    assert turn.attempts[0].text == "one "


def test_pictures_are_read_and_told(house, history):
    writer = says("x")
    assistant, _ = house(writer, reads={"a.png": ("first",), "b.png": ("second",)})
    events = ask(assistant, "Why?", picture("a.png"), picture("b.png"))
    told = [event for event in events if isinstance(event, Progress | Understood)]
    assert [type(event) for event in told] == [Progress, Understood] * 2
    (prompt,) = writer.prompts
    assert [source.name for source in prompt.sources] == ["a.png", "b.png"]
    assert [source.reading.text for source in prompt.sources] == ["first", "second"]


def test_the_same_picture_twice_is_read_once(house):
    writer = says("x")
    assistant, reader = house(writer, reads={"a.png": ("first",)})
    ask(assistant, "Why?", picture("a.png"), picture("a.png"))
    assert reader.asked == ["a.png"]
    assert len(writer.prompts[0].sources) == 1


def test_a_picture_read_ahead_is_not_read_again(house):
    assistant, reader = house(says("x"), reads={"a.png": ("first",)})
    assistant.anticipate(Draft("", (picture("a.png"),)), Cancellation())
    assistant.anticipate(Draft("", (picture("a.png"),)), Cancellation())
    events = ask(assistant, "Why?", picture("a.png"))
    assert reader.asked == ["a.png"]
    assert [event.cached for event in events if isinstance(event, Understood)] == [True]


def test_reading_ahead_keeps_failures_for_the_question(house):
    broken = UnusableFile("Broken.", "Use another.")
    assistant, _ = house(says("x"), reads={"a.png": broken})
    assistant.anticipate(Draft("", (picture("a.png"),)), Cancellation())
    assert ask(assistant, "Why?", picture("a.png"))[-1] == Failed("file", "Broken.", "Use another.")


def test_a_reading_outlives_the_process(house, history):
    assistant, _ = house(says("x"), reads={"a.png": ("first",)})
    ask(assistant, "Why?", picture("a.png"))
    later, reader = house(says("y"), reads={"a.png": ("first",)})
    events = ask(later, "And?", picture("a.png"))
    assert reader.asked == []
    assert any(isinstance(event, Understood) and event.cached for event in events)


def test_what_the_history_forgets_is_left_nowhere_else(house, history):
    assistant, _ = house(says("x"), reads={"a.png": ("secret",)})
    assistant.anticipate(Draft("", (picture("a.png"),)), Cancellation())
    ask(assistant, "Why?", picture("a.png"))
    assert assistant.reading(picture("a.png").digest) is not None
    history.forget(history.conversations()[0].id)
    assert assistant.reading(picture("a.png").digest) is None


def test_a_follow_up_sees_earlier_pictures_and_answers(house, history):
    writer = says("x")
    assistant, reader = house(writer, reads={"a.png": ("first",), "b.png": ("second",)})
    opened = ask(assistant, "Why?", picture("a.png"))[0]
    ask(assistant, "And this?", picture("b.png"), conversation=opened.conversation)
    prompt = writer.prompts[-1]
    assert [source.name for source in prompt.sources] == ["b.png", "a.png"]
    assert [(e.question, e.answer) for e in prompt.exchanges] == [("Why?", "x")]
    assert reader.asked == ["a.png", "b.png"]


def test_a_follow_up_knows_the_question_that_got_no_answer(house):
    writer = ScriptedWriter(Declined("too hard"))
    assistant, _ = house(writer)
    first = ask(assistant, "Why?")[0]
    ask(assistant, "And now?", conversation=first.conversation)
    assert writer.prompts[-1].unanswered == ("Why?",)
    ask(assistant, "And then?", conversation=first.conversation)
    prompt = writer.prompts[-1]
    assert (prompt.exchanges, prompt.unanswered) == ((), ("Why?", "And now?"))


def test_another_branch_is_not_seen(house):
    writer = says("x")
    assistant, _ = house(writer)
    first = ask(assistant, "First?")[0]
    ask(assistant, "Second?", conversation=first.conversation)
    ask(assistant, "Instead?", conversation=first.conversation, parent=first.turn)
    assert [e.question for e in writer.prompts[-1].exchanges] == ["First?"]


def test_a_writer_that_declines_gives_way(house, history):
    declines = ScriptedWriter(Declined("too hard", (citation("near"),), ("Simplify.",)))
    assistant, _ = house(declines, says("Easy."))
    events = ask(assistant)
    assert [type(event) for event in events] == [Opened, Routed, Declined, Routed, Delta, Answered]
    statuses = [attempt.status for attempt in only_turn(history).attempts]
    assert statuses == [AttemptStatus.DECLINED, AttemptStatus.ANSWERED]


def test_when_all_decline_the_reasons_and_what_is_closest_are_told(house, history):
    declines = ScriptedWriter(Declined("too hard", (citation("near"),), ("Simplify.",)))
    assistant, _ = house(declines)
    end = ask(assistant)[-1]
    assert end == CannotAnswer(("too hard",), ("Simplify.", end.remedies[1]), (citation("near"),))
    assert "nearling endpoints add" in end.remedies[1]
    turn = only_turn(history)
    assert turn.status is TurnStatus.UNANSWERED
    assert turn.note == "too hard"
    assert turn.answer is None


def test_citations_are_kept_and_told(house, history):
    cites = ScriptedWriter(Delta("x"), Cited(citation("place")), Finished(0, 1))
    assistant, _ = house(cites)
    assert Cited(citation("place")) in ask(assistant)
    assert only_turn(history).answer.citations == (citation("place"),)


def test_a_failure_after_words_keeps_them(house, history):
    assistant, _ = house(ScriptedWriter(Delta("Half "), LOST))
    assert ask(assistant)[-1] == Failed("engine_lost", "It died.", "Try again.", "Half ")
    turn = only_turn(history)
    assert (turn.status, turn.note) == (TurnStatus.WAITING, "It died.")
    assert turn.attempts[0].status is AttemptStatus.FAILED


def test_a_writer_without_a_word_is_a_failure(house):
    assistant, _ = house(ScriptedWriter(Finished(1, 0)))
    assert isinstance(ask(assistant)[-1], Failed)


def test_cancelling_keeps_what_was_said_and_is_not_an_error(house, history):
    cancellation = Cancellation()
    assistant, _ = house(ScriptedWriter(Delta("Half"), cancellation.cancel, Delta("never")))
    assert ask(assistant, cancellation=cancellation)[-1].kind == "cancelled"
    turn = only_turn(history)
    assert turn.status is TurnStatus.CANCELLED
    assert turn.attempts[0].text == "Half"


def test_a_bug_leaves_the_turn_waiting(house, history):
    def bug():
        raise ZeroDivisionError

    assistant, _ = house(ScriptedWriter(bug))
    with pytest.raises(ZeroDivisionError):
        ask(assistant)
    assert only_turn(history).status is TurnStatus.WAITING


def test_a_waiting_turn_is_resumed_from_the_store(house, history):
    broken, _ = house(ScriptedWriter(LOST), reads={"a.png": ("first",)})
    opened = ask(broken, "Why?", picture("a.png"))[0]
    writer = says("Now.")
    mended, _ = house(writer, reads={"a.png": ("first",)})
    events = list(mended.resume(opened.turn, Decision.AGAIN, Rules(), Cancellation()))
    assert isinstance(events[-1], Answered)
    assert writer.prompts[0].sources[0].reading.text == "first"
    assert len(only_turn(history).attempts) == 2


def test_a_picture_that_was_never_read_is_read_on_resuming(house, history):
    lost, _ = house(says("x"), reads={"a.png": LOST})
    opened = ask(lost, "Why?", picture("a.png"))[0]
    mended, reader = house(says("Now."), reads={"a.png": ("first",)})
    events = list(mended.resume(opened.turn, Decision.AGAIN, Rules(), Cancellation()))
    assert isinstance(events[-1], Answered)
    assert reader.asked == ["a.png"]


def test_an_unknown_turn_cannot_be_resumed(house):
    assistant, _ = house(says("x"))
    with pytest.raises(NotFound):
        next(assistant.resume("0" * 12, Decision.AGAIN, Rules(), Cancellation()))


@pytest.mark.parametrize("question", ["", "  \n ", "\0", "x" * (LONGEST_QUESTION + 1)])
def test_an_unusable_question_is_refused_at_the_door(house, history, question):
    assistant, _ = house(says("x"))
    with pytest.raises(UnusableQuestion):
        ask(assistant, question)
    assert history.conversations() == ()


def test_a_question_of_broken_characters_is_kept_readable(house, history):
    assistant, _ = house(says("x"))
    ask(assistant, "caf\udcc3\udca9 \udcff?")
    assert only_turn(history).message.text == "café �?"


def test_a_lost_writer_gives_way_to_the_next_before_its_first_word(house, history):
    lost = candidate("big", ScriptedWriter(LOST), tier=2)
    assistant, _ = house(lost, says("Here."))
    events = ask(assistant)
    assert isinstance(events[-1], Answered)
    assert [attempt.route.writer for attempt in only_turn(history).attempts] == ["big", "writer-1"]
    assert only_turn(history).answer.text == "Here."


def test_a_writer_that_is_lost_in_mid_answer_is_not_replaced(house, history):
    lost = candidate("big", ScriptedWriter(Delta("Half"), LOST), tier=2)
    assistant, _ = house(lost, says("Here."))
    assert ask(assistant)[-1].partial == "Half"


def test_the_only_writer_that_may_be_asked_tells_its_own_loss(house):
    lost = candidate("big", ScriptedWriter(LOST), tier=1)
    assistant, _ = house(lost, says("Here."))
    assert isinstance(ask(assistant, rules=Rules(only="big"))[-1], Failed)


def test_another_answer_is_kept_beside_the_first(house, history):
    assistant, _ = house(candidate("big", says("Large."), tier=2), says("Small."))
    ask(assistant)
    turn = only_turn(history).id
    list(assistant.resume(turn, Decision.ANEW, Rules(only="writer-1"), Cancellation()))
    answered = only_turn(history)
    assert [attempt.text for attempt in answered.attempts] == ["Large.", "Small."]
    assert answered.answer.text == "Small."


def test_an_answer_stands_whatever_becomes_of_another_one(house, history):
    assistant, _ = house(says("First."), candidate("big", ScriptedWriter(LOST), tier=1))
    ask(assistant, rules=Rules(only="writer-0"))
    turn = only_turn(history).id
    events = list(assistant.resume(turn, Decision.ANEW, Rules(only="big"), Cancellation()))
    assert isinstance(events[-1], Failed)
    assert only_turn(history).status is TurnStatus.ANSWERED
    assert only_turn(history).answer.text == "First."


class Letters:
    def __init__(self):
        self.counted = 0

    def count(self, prompt, cancellation):
        self.counted += 1
        return sum(len(message.content) for message in messages(prompt)) // 3


def test_a_small_context_leaves_out_what_is_old_and_says_so(house, history):
    writer, letters = says("Yes."), Letters()
    assistant, _ = house(Candidate(profile("small", context_length=1100, tier=1), writer, letters))
    conversation = None
    for number in range(8):
        events = ask(assistant, f"{number} " + "why " * 60, conversation=conversation)
        conversation = events[0].conversation
    assert len(writer.prompts[-1].exchanges) == 3
    (compacted,) = [event for event in events if isinstance(event, Compacted)]
    assert compacted.left_out == ("4 earlier questions and their answers were left out.",)
    assert events[-1].attempt.receipt.left_out == compacted.left_out
    assert letters.counted
    whole = ask(assistant, "All?", conversation=conversation, rules=Rules(whole=True))
    assert isinstance(whole[-1], CannotAnswer)


def test_what_fits_by_the_estimate_is_not_counted(house):
    letters = Letters()
    assistant, _ = house(Candidate(profile("small", tier=1), says("Yes."), letters))
    ask(assistant)
    assert not letters.counted


def test_quotations_of_a_language_model_are_cited_or_doubted(house, history):
    writer = says("It is “£25.15”, not “£99”.")
    assistant, _ = house(candidate("big", writer, tier=1), reads={"a.png": ("Total £25.15",)})
    events = ask(assistant, "How much?", picture("a.png"))
    receipt = events[-1].attempt.receipt
    assert [event.citation.text for event in events if isinstance(event, Cited)] == ["£25.15"]
    assert receipt.doubted == ("£99",)
    assert only_turn(history).answer.receipt == receipt
    assert only_turn(history).answer.citations[0].box == Box(0, 0, 100, 16)


def test_a_draft_is_weighed_with_all_that_would_go_with_it(house, history):
    writer = candidate("big", says("Yes."), tier=1, context_length=4000)
    assistant, _ = house(writer, reads={"a.png": ("word " * 300,)})
    alone = assistant.weigh(Draft("Why?"), Rules())
    assert alone.writer.id == "big"
    assert 0 < alone.tokens < 200
    assert alone.room == 4000 - 512
    assert assistant.weigh(Draft("Why?", (picture("a.png"),)), Rules()) == alone
    conversation = ask(assistant, "Why?", picture("a.png"))[0].conversation
    after = assistant.weigh(Draft("And?", conversation=conversation), Rules())
    assert after.tokens > alone.tokens + 400
    assert assistant.weigh(Draft("Why?"), Rules(only="nobody")) is None


class Prefiller:
    def __init__(self, error=None):
        self.prompts = []
        self._error = error

    def prefill(self, prompt, cancellation):
        self.prompts.append(prompt)
        if self._error is not None:
            raise self._error


def test_who_would_answer_takes_in_what_is_known_ahead_of_the_question(house, history):
    ahead, writer = Prefiller(), says("Yes.")
    big = replace(candidate("big", writer, tier=1), prefiller=ahead)
    assistant, _ = house(big, says("Small."), reads={"a.png": ("Total 5",)})
    draft = Draft("", (picture("a.png"),))
    assistant.anticipate(draft, Cancellation())
    assistant.prefill(draft, Rules(), Cancellation())
    asked = ask(assistant, "Why?", picture("a.png"), rules=Rules(preferred="big"))
    conversation = asked[0].conversation
    # Letter for letter what the question is asked with.
    assert messages(ahead.prompts[0])[:-1] == messages(writer.prompts[0])[:-1]
    assert messages(writer.prompts[0])[-1].content.startswith(
        messages(ahead.prompts[0])[-1].content
    )
    assistant.prefill(Draft("", (), conversation), Rules(), Cancellation())
    assert messages(ahead.prompts[1])[1:3] == (
        messages(writer.prompts[0])[1],
        ChatMessage("assistant", "Yes."),
    )
    assistant.prefill(draft, Rules(only="writer-1"), Cancellation())
    assert len(ahead.prompts) == 2


def test_what_fails_ahead_of_a_question_is_told_with_the_question(house):
    lost = replace(candidate("big", says("Yes."), tier=1), prefiller=Prefiller(LOST))
    assistant, _ = house(lost)
    assistant.prefill(Draft(""), Rules(), Cancellation())
    assert isinstance(ask(assistant)[-1], Answered)


def test_a_document_is_read_once_and_follows_the_conversation(house, history):
    lease = Capture(Medium.DOCUMENT, "lease.pdf", b"lease")
    writer = says("It is 5.")
    assistant, _ = house(writer, opens={"lease.pdf": [("The deposit is 5",), ("Signed",)]})
    assistant.anticipate(Draft("", (lease,)), Cancellation())
    events = ask(assistant, "How much is the deposit?", lease)
    (read,) = [event for event in events if isinstance(event, DocumentRead)]
    assert (read.name, read.pages.count, read.cached) == ("lease.pdf", 2, True)
    assert isinstance(events[-1], Answered)
    again = ask(assistant, "Who signed?", conversation=only_turn(history).conversation)
    assert not [event for event in again if isinstance(event, DocumentRead)]
    assert isinstance(again[-1], Answered)
