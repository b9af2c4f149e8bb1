"""Questions that are spoken, and questions about recordings, with a scripted transcriber."""

from dataclasses import replace

import pytest

from nearling.assistant.assistant import Assistant
from nearling.assistant.routing import Rules
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Citation, Decision, Draft, TurnStatus
from nearling.core.errors import EngineLost, ModelMissing
from nearling.core.events import (
    Answered,
    CannotAnswer,
    Cited,
    Declined,
    Delta,
    Failed,
    Finished,
    NeedsModel,
    Opened,
    Progress,
    Routed,
    Worded,
    WrittenDown,
)
from nearling.core.geometry import Box
from nearling.core.media import Capture, Medium
from nearling.history.history import History
from scripted.engines import (
    ScriptedCleaner,
    ScriptedReader,
    ScriptedTranscriber,
    ScriptedWriter,
    candidate,
    documents,
    picture,
    recordings,
    says,
)

CLIP = Capture(Medium.CLIP, "take.wav", b"RIFF sound")
MISSING = ModelMissing("There is no speech model yet.", "Add one.")


@pytest.fixture
def history(tmp_path):
    with History(tmp_path / "history") as history:
        yield history


@pytest.fixture
def house(history):
    def build(ears, *writers):
        candidates = [candidate(f"writer-{at}", writer) for at, writer in enumerate(writers)]
        reader = ScriptedReader({"sign.png": ("Open 9 to 5",)})
        return Assistant(
            history,
            reader,
            "scripted",
            recordings(history, ears),
            lambda: candidates,
            cleaner=ScriptedCleaner(),
            documents=documents(history),
        )

    return build


def ask(assistant, draft):
    return list(assistant.answer(draft, Rules(), Cancellation()))


def only_turn(history):
    (summary,) = history.conversations()
    (turn,) = history.turns(summary.id)
    return turn


def test_a_clip_without_words_is_the_question_itself(house, history):
    writer = says("At five.")
    assistant = house(ScriptedTranscriber("When do", "they close?"), writer)
    events = ask(assistant, Draft(" ", (CLIP, picture("sign.png"))))
    worded = [event for event in events if isinstance(event, Worded)]
    assert worded == [Worded("When do they close?")]
    assert isinstance(events[0], Opened)
    assert isinstance(events[-1], Answered)
    (prompt,) = writer.prompts
    assert prompt.question == "When do they close?"
    assert [source.name for source in prompt.sources] == ["sign.png"], "the clip is no source"
    turn = only_turn(history)
    assert turn.message.text == "When do they close?"
    assert [each.spoken for each in turn.message.attachments] == [True, False]


def test_words_that_came_with_the_clip_are_taken_as_they_are(house):
    ears = ScriptedTranscriber("Wen do they close?")
    writer = says("At five.")
    draft = Draft("When do they close?", (replace(CLIP, spoken=True),))
    ask(house(ears, writer), draft)
    assert writer.prompts[0].question == "When do they close?"
    assert ears.asked == []


def test_a_clip_beside_a_question_is_what_it_is_about(house, history):
    told = Box(0, 20, 1000, 36)
    cites = Citation("take.wav", CLIP.digest, "I will bring cake.", told)
    writer = ScriptedWriter(Cited(cites), Delta("Cake."), Finished(1, 1))
    ears = ScriptedTranscriber("Hello.", "I will bring cake.")
    assistant = house(ears, writer)
    events = ask(assistant, Draft("What does she bring?", (CLIP,)))
    kinds = [type(event) for event in events if not isinstance(event, Progress)]
    assert kinds == [Opened, WrittenDown, Routed, Cited, Delta, Answered]
    (source,) = writer.prompts[0].sources
    assert source.reading.text == "Hello.\nI will bring cake."
    (citation,) = only_turn(history).answer.citations
    assert citation == Citation("take.wav", CLIP.digest, "I will bring cake.", moment=1.0)
    ask(assistant, Draft("And who?", conversation=events[0].conversation))
    assert len(ears.asked) == 1, "what was heard is kept"
    assert len(writer.prompts[1].sources) == 1


def test_what_comes_closest_names_its_moment_too(house):
    near = Citation("take.wav", CLIP.digest, "Hello.", Box(0, 0, 1000, 16))
    writer = ScriptedWriter(Declined("It does not say.", (near,)))
    events = ask(house(ScriptedTranscriber("Hello."), writer), Draft("Who?", (CLIP,)))
    assert isinstance(events[-1], CannotAnswer)
    assert [each.moment for each in events[-1].closest] == [0.0]
    assert events[-1].closest[0].box is None


def test_progress_of_a_long_recording_is_told_in_tens(house):
    ears = ScriptedTranscriber(*["Word."] * 40)
    events = ask(house(ears, says("Yes.")), Draft("Well?", (CLIP,)))
    told = [event.sentence for event in events if isinstance(event, Progress)]
    assert told[:2] == ["Listening to take.wav", "Listening to take.wav: 10 %"]
    assert len(told) == 11


def test_silence_is_told_and_not_asked(house, history):
    writer = says("Thank you for watching.")
    events = ask(house(ScriptedTranscriber(), writer), Draft("", (CLIP,)))
    assert isinstance(events[-1], Failed)
    assert events[-1].sentence == "No speech was heard in take.wav."
    assert writer.prompts == []
    assert only_turn(history).status is TurnStatus.UNANSWERED
    assert history.file(CLIP.digest).exists(), "the take is kept"


def test_a_question_waits_for_its_speech_model(house, history):
    events = ask(house(ScriptedTranscriber(error=MISSING), says("Five.")), Draft("", (CLIP,)))
    turn = only_turn(history)
    assert events[-1] == NeedsModel(turn.id, MISSING.sentence, MISSING.remedy)
    assert turn.status is TurnStatus.WAITING
    assistant = house(ScriptedTranscriber("When do they close?"), says("At five."))
    again = list(assistant.resume(turn.id, Decision.AGAIN, Rules(), Cancellation()))
    assert isinstance(again[-1], Answered)
    assert only_turn(history).message.text == "When do they close?"


def test_a_lost_listener_leaves_the_question_waiting(house, history):
    lost = EngineLost("It died.", "Try again.")
    events = ask(house(ScriptedTranscriber("When", error=lost), says("Five.")), Draft("", (CLIP,)))
    assert isinstance(events[-1], Failed)
    assert only_turn(history).status is TurnStatus.WAITING
