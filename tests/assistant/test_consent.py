"""What leaves this computer is what was shown, once, and only where a person let it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from nearling.assistant.assistant import Assistant
from nearling.assistant.routing import Rules
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import AttemptStatus, Decision, Draft, TurnStatus
from nearling.core.errors import AlreadyAnswered, NotFound, RemoteFailure, RemoteKind
from nearling.core.events import (
    Answered,
    CannotAnswer,
    Declined,
    Delta,
    Failed,
    Finished,
    NeedsConsent,
    Routed,
)
from nearling.core.geometry import Box
from nearling.core.outgoing import (
    Consent,
    Disclosure,
    Edits,
    Outgoing,
    PictureEdit,
    PieceKind,
)
from nearling.core.writers import Zone
from nearling.engines.pool import Candidate
from nearling.history.history import History
from scripted.engines import (
    ScriptedCleaner,
    ScriptedReader,
    ScriptedSender,
    ScriptedWriter,
    beyond,
    candidate,
    documents,
    picture,
    profile,
    recordings,
    says,
)

ANYWHERE = Rules(zones=frozenset(Zone))
RECEIPT = picture("receipt.png")
PRINTED = ("Corner Shop", "Total 23.40", "Call 555 0199")
DECLINES = ScriptedWriter(Declined("Nothing here answers that."))


def far(*events):
    return ScriptedSender(*(events or (Delta("From afar."), Finished(7, 3))))


def broken(kind: RemoteKind = RemoteKind.SERVER) -> RemoteFailure:
    return RemoteFailure("It went wrong there.", "Try again later.", kind)


@pytest.fixture
def history(tmp_path):
    with History(tmp_path / "history") as history:
        yield history


@pytest.fixture
def build(history):
    def build(*candidates, cleaner=None):
        reader = ScriptedReader({RECEIPT.name: PRINTED})
        return Assistant(
            history,
            reader,
            "scripted",
            recordings(history),
            lambda: candidates,
            cleaner=cleaner or ScriptedCleaner(),
            documents=documents(history),
        )

    return build


def ask(assistant, question="Why?", *captures, rules=ANYWHERE, **draft):
    return list(assistant.answer(Draft(question, captures, **draft), rules, Cancellation()))


def go_on(assistant, turn, decision=Decision.SEND, consent=None, rules=ANYWHERE):
    return list(assistant.resume(turn, decision, rules, Cancellation(), consent))


def send(assistant, needed: NeedsConsent, *, lift=False):
    consent = Consent(needed.outgoing.digest, needed.edits, lift)
    return go_on(assistant, needed.turn, consent=consent)


def strings(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for each in value.values() for text in strings(each)]
        case list():
            return [text for each in value for text in strings(each)]
    return []


def leaving(outgoing: Outgoing) -> str:
    return "\n".join(strings(json.loads(outgoing.body)))


def test_nothing_leaves_without_consent(build, history):
    sender = far()
    assistant = build(beyond(sender))
    needed = ask(assistant)[-1]
    assert isinstance(needed, NeedsConsent)
    assert sender.sent == []
    turn = history.turn(needed.turn)
    assert turn.status is TurnStatus.WAITING
    assert [attempt.status for attempt in turn.attempts] == [AttemptStatus.WAITING]
    for decision in (Decision.AGAIN, Decision.SEND):
        assert isinstance(go_on(assistant, needed.turn, decision)[-1], NeedsConsent)
    assert sender.sent == []


def test_what_was_shown_is_what_is_sent(build, history):
    sender = far()
    assistant = build(beyond(sender))
    needed = ask(assistant, "How much is it?", RECEIPT)[-1]
    events = send(assistant, needed)
    assert isinstance(events[-1], Answered)
    (sent,) = sender.sent
    assert sent == needed.outgoing
    assert sender.consents == [needed.outgoing.digest]
    assert "Total 23.40" in leaving(sent)
    attempt = history.turn(needed.turn).answer
    assert attempt is not None
    assert attempt.receipt.left == ("your question", "the text of receipt.png")
    assert attempt.receipt.price == 7 * 1 + 3 * 2
    assert [a.status for a in history.turn(needed.turn).attempts] == [AttemptStatus.ANSWERED]


def test_the_preview_names_where_it_goes_and_what_it_could_cost(build):
    needed = ask(build(beyond(far())), "Why?")[-1]
    where = needed.outgoing.destination
    assert (where.endpoint, where.model, where.host) == ("cloud", "large", "cloud.example")
    assert where.url == "https://cloud.example/v1/chat/completions"
    assert needed.outgoing.price == needed.outgoing.tokens * 1 + 512 * 2
    unknown = ask(build(beyond(far(), price=None)), "Why?")[-1]
    assert unknown.outgoing.price is None


def test_the_reason_says_why_not_here(build):
    needed = ask(build(candidate("small", DECLINES), beyond(far())))[-1]
    assert needed.route.reason == "Nothing here answers that. Only the cloud can answer."


def test_consent_to_something_else_is_none(build):
    sender = far()
    assistant = build(beyond(sender))
    needed = ask(assistant)[-1]
    other = ask(assistant, "Another question")[-1]
    events = go_on(assistant, needed.turn, consent=Consent(other.outgoing.digest))
    assert isinstance(events[-1], NeedsConsent)
    assert sender.sent == []


def test_consent_is_for_one_recipient(build):
    """The other one would have been sent the same."""
    chosen, other = far(), far()
    needed = ask(build(beyond(chosen, "aaa")))[-1]
    moved = build(beyond(other, "bbb"))
    events = go_on(moved, needed.turn, consent=Consent(needed.outgoing.digest))
    assert isinstance(events[-1], CannotAnswer)
    assert (chosen.sent, other.sent) == ([], [])


def test_consent_does_not_outlive_its_one_use(build):
    sender = far(broken())
    assistant = build(beyond(sender))
    needed = ask(assistant)[-1]
    assert isinstance(send(assistant, needed)[-1], Failed)
    assert isinstance(go_on(assistant, needed.turn, Decision.AGAIN)[-1], NeedsConsent)
    assert len(sender.sent) == 1


def test_hidden_words_and_dropped_pictures_do_not_leave(build, history):
    sender = far()
    assistant = build(beyond(sender))
    needed = ask(assistant, "Is 555 0199 the corner shop?", RECEIPT)[-1]
    hidden = Edits(hidden=("555 0199", "corner SHOP"))
    changed = assistant.preview(needed.turn, hidden, Cancellation())
    assert changed.outgoing.hidden == 4
    for secret in ("555", "0199", "corner", "shop"):
        assert secret not in leaving(changed.outgoing).casefold()
    assert send(assistant, changed)
    assert sender.sent == [changed.outgoing]
    needed = ask(assistant, "Whose is it?", RECEIPT)[-1]
    dropped = Edits(dropped=frozenset({RECEIPT.digest}))
    changed = assistant.preview(needed.turn, dropped, Cancellation())
    assert "Total" not in leaving(changed.outgoing)
    assert "receipt" not in leaving(changed.outgoing)


def test_what_was_shown_before_an_edit_is_not_sent_after_it(build):
    sender = far()
    assistant = build(beyond(sender))
    needed = ask(assistant, "Call 555 0199?")[-1]
    changed = assistant.preview(needed.turn, Edits(hidden=("555 0199",)), Cancellation())
    stale = Consent(needed.outgoing.digest, changed.edits)
    assert isinstance(go_on(assistant, needed.turn, consent=stale)[-1], NeedsConsent)
    assert sender.sent == []


def test_pixels_leave_only_when_they_were_chosen_and_then_not_the_text(build):
    cleaner = ScriptedCleaner()
    assistant = build(beyond(far()), cleaner=cleaner)
    needed = ask(assistant, "How much?", RECEIPT)[-1]
    assert cleaner.asked == []
    edit = PictureEdit(RECEIPT.digest, Disclosure.MASKED, masks=(Box(0, 0, 9, 9),))
    changed = assistant.preview(needed.turn, Edits(pictures=(edit,)), Cancellation())
    assert cleaner.asked == [edit]
    assert "Total" not in leaving(changed.outgoing)
    kinds = [piece.kind for piece in changed.outgoing.pieces]
    assert kinds == [PieceKind.INSTRUCTION, PieceKind.PICTURE, PieceKind.QUESTION]


def test_a_waiting_turn_and_its_edits_survive_a_restart(build, history, tmp_path):
    needed = ask(build(beyond(far())), "Call 555 0199?", RECEIPT)[-1]
    edits = Edits(
        ("555 0199",), pictures=(PictureEdit(RECEIPT.digest, Disclosure.REGION, Box(1, 2, 3, 4)),)
    )
    before = build(beyond(far())).preview(needed.turn, edits, Cancellation())
    with History(tmp_path / "history") as reopened:
        sender = far()
        candidates = [beyond(sender)]
        assistant = Assistant(
            reopened,
            ScriptedReader({RECEIPT.name: PRINTED}),
            "scripted",
            recordings(reopened),
            lambda: candidates,
            cleaner=ScriptedCleaner(),
            documents=documents(reopened),
        )
        assert [turn.id for turn in reopened.waiting()] == [needed.turn]
        after = assistant.preview(needed.turn, None, Cancellation())
        assert (after.edits, after.outgoing) == (edits, before.outgoing)
        assert isinstance(send(assistant, after)[-1], Answered)
        assert sender.sent == [before.outgoing]


def test_answering_here_rules_the_cloud_out(build):
    sender = far()
    needed = ask(build(beyond(sender)))[-1]
    end = go_on(build(beyond(sender)), needed.turn, Decision.HERE)[-1]
    assert isinstance(end, CannotAnswer)
    assert end.remedies
    assert sender.sent == []


def test_what_is_marked_to_stay_keeps_its_conversation_here(build):
    sender = far()
    opened = ask(build(beyond(sender), says_here()), "Secret?", local_only=True)[0]
    follow = {"conversation": opened.conversation}
    end = ask(build(beyond(sender)), "And?", **follow)[-1]
    assert isinstance(end, CannotAnswer)
    assert sender.sent == []


def test_the_mark_is_lifted_for_one_request_only(build):
    sender = far()
    assistant = build(beyond(sender))
    lifting = replace(ANYWHERE, lift=True)
    needed = ask(assistant, "Secret?", local_only=True, rules=lifting)[-1]
    assert needed.lift
    assert isinstance(send(assistant, needed)[-1], NeedsConsent)
    assert sender.sent == []
    assert isinstance(send(assistant, needed, lift=True)[-1], Answered)
    opened = ask(assistant, "And?", conversation=conversation_of(assistant, needed))
    assert isinstance(opened[-1], CannotAnswer)
    assert len(sender.sent) == 1


def test_a_failure_before_the_first_word_is_answered_here_if_it_can_be(build, history):
    here = candidate("here", ScriptedWriter(Declined("No.")))
    needed = ask(build(beyond(far(broken())), here))[-1]
    mended = build(beyond(far(broken())), candidate("here", says("Here.")))
    events = send(mended, needed)
    assert isinstance(events[-1], Answered)
    zones = [attempt.route.zone for attempt in history.turn(needed.turn).attempts]
    assert zones == [Zone.COMPUTER, Zone.CLOUD, Zone.COMPUTER]


def test_a_failure_never_moves_on_to_another_recipient(build):
    other = far()
    candidates = beyond(far(broken()), "aaa"), beyond(other, "bbb")
    needed = ask(build(*candidates))[-1]
    events = send(build(*candidates), needed)
    assert isinstance(events[-1], Failed)
    assert events[-1].kind == "server"
    assert other.sent == []


def test_a_cut_connection_keeps_what_was_said_and_can_go_on_here(build, history):
    sender = far(Delta("Half an ans"), broken(RemoteKind.TRUNCATED))
    assistant = build(beyond(sender), candidate("here", DECLINES))
    failed = send(assistant, ask(assistant)[-1])[-1]
    assert (failed.kind, failed.partial) == ("truncated", "Half an ans")
    (turn,) = history.waiting()
    here = build(beyond(sender), candidate("here", says("Here.")))
    assert isinstance(go_on(here, turn.id, Decision.HERE)[-1], Answered)
    texts = [attempt.text for attempt in history.turn(turn.id).attempts]
    assert texts == ["", "Half an ans", "Here."]
    assert len(sender.sent) == 1


def test_nothing_left_where_nobody_was_reached(build, history):
    assistant = build(beyond(far(broken(RemoteKind.CONNECT))))
    needed = ask(assistant)[-1]
    send(assistant, needed)
    (attempt,) = history.turn(needed.turn).attempts
    assert attempt.receipt.left == ()


def test_a_larger_model_is_asked_beside_an_answer_and_both_are_kept(build, history):
    assistant = build(candidate("small", says("Small."), tier=1), beyond(far()))
    opened = ask(assistant)[0]
    larger = Rules(zones=frozenset({Zone.NETWORK, Zone.CLOUD}))
    needed = go_on(assistant, opened.turn, Decision.ANEW, rules=larger)[-1]
    assert isinstance(needed, NeedsConsent)
    assert history.turn(opened.turn).status is TurnStatus.ANSWERED
    assert isinstance(send(assistant, needed)[-1], Answered)
    texts = [attempt.text for attempt in history.turn(opened.turn).attempts]
    assert texts == ["Small.", "From afar."]


def test_consent_that_is_not_wanted_is_withdrawn(build, history):
    assistant = build(candidate("small", says("Small."), tier=1), beyond(far()))
    opened = ask(assistant)[0]
    larger = Rules(zones=frozenset({Zone.CLOUD}))
    needed = go_on(assistant, opened.turn, Decision.ANEW, rules=larger)[-1]
    assistant.withdraw(opened.turn)
    with pytest.raises(NotFound):
        assistant.preview(opened.turn, None, Cancellation())
    with pytest.raises(AlreadyAnswered):
        go_on(assistant, opened.turn, consent=Consent(needed.outgoing.digest))
    assert history.turn(opened.turn).answer.text == "Small."


def test_the_same_request_is_answered_from_the_history_and_marked(build, history):
    sender = far()
    assistant = build(beyond(sender))
    send(assistant, ask(assistant, "How much?", RECEIPT)[-1])
    events = ask(assistant, "How much?", RECEIPT)
    assert isinstance(events[-1], Answered)
    receipt = events[-1].attempt.receipt
    assert (events[-1].attempt.text, receipt.again) == ("From afar.", True)
    assert (receipt.left, receipt.price) == ((), 0)
    routed = next(event for event in events if isinstance(event, Routed))
    assert routed.route.zone is Zone.CLOUD
    assert len(sender.sent) == 1
    afresh = ask(assistant, "How much?", RECEIPT, rules=replace(ANYWHERE, afresh=True))
    assert isinstance(afresh[-1], NeedsConsent)
    assert isinstance(ask(assistant, "How much is it?", RECEIPT)[-1], NeedsConsent)


def test_a_model_here_is_not_asked_the_same_twice_either(build):
    writer = says("Yes.")
    assistant = build(candidate("small", writer, tier=1))
    ask(assistant, "Why?")
    again = ask(assistant, "Why?")[-1]
    assert again.attempt.receipt.again
    assert len(writer.prompts) == 1
    changed = replace(candidate("small", writer, tier=1), version="newer")
    assert not ask(build(changed), "Why?")[-1].attempt.receipt.again


def test_what_was_forgotten_is_asked_again(build, history):
    sender = far()
    assistant = build(beyond(sender))
    needed = ask(assistant, "Why?")[-1]
    send(assistant, needed)
    history.forget(history.turn(needed.turn).conversation)
    assert isinstance(ask(assistant, "Why?")[-1], NeedsConsent)


def test_whoever_is_elsewhere_cannot_be_given_a_prompt():
    with pytest.raises(ValueError, match="far"):
        Candidate(profile("far", Zone.CLOUD), says("x"))
    with pytest.raises(ValueError, match="cloud"):
        replace(beyond(far()), beyond=None)


def says_here() -> Candidate:
    return candidate("here", says("Here."))


def conversation_of(assistant: Assistant, needed: NeedsConsent) -> str:
    return assistant._history.turn(needed.turn).conversation
