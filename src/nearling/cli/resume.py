"""`nearling resume`: goes on with a question that has no answer yet."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from nearling.assistant.consent import waiting_for_consent
from nearling.cli.ask import add_routing, rules
from nearling.cli.consent import Consenting
from nearling.cli.house import House
from nearling.cli.interruption import interruptible
from nearling.cli.terminal import Terminal
from nearling.cli.turn import show_turn
from nearling.core.conversation import Decision
from nearling.core.errors import NotFound
from nearling.core.language import gettext as _


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "turn", nargs="?", metavar=_("TURN"), help=_("default: the latest that waits")
    )
    parser.add_argument(
        "--here", action="store_true", help=_("answer on this computer, or not at all")
    )
    add_routing(parser)


def run(arguments: Namespace, house: House, terminal: Terminal) -> int:
    turn_id = arguments.turn
    if turn_id is None:
        waiting = house.history.waiting()
        if not waiting:
            raise NotFound(_("No question is waiting."), _("See them all: nearling history list"))
        turn_id = waiting[-1].id
        terminal.quiet_note(waiting[-1].message.text)
    with interruptible(arguments.timeout) as cancellation:
        allowed, assistant = rules(arguments, house), house.assistant
        consenting = Consenting(assistant, arguments, allowed, cancellation)
        turn = house.history.turn(turn_id)
        if waiting_for_consent(turn) is not None and not (arguments.here or arguments.model):
            return show_turn(consenting.asked_again(turn), terminal, consenting)
        decision = Decision.HERE if arguments.here else Decision.AGAIN
        events = assistant.resume(turn_id, decision, allowed, cancellation)
        return show_turn(events, terminal, consenting)
