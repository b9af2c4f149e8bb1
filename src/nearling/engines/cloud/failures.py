"""What goes wrong beyond this computer: each kind with its sentence and what to do next.

Nothing that a server says is ever part of a sentence: it may repeat a key or a person's words.
"""

from __future__ import annotations

from nearling.core.errors import RemoteFailure, RemoteKind
from nearling.core.language import gettext as _
from nearling.core.language import marked

_SAID = {
    RemoteKind.AUTH: (
        marked("“{name}” does not accept the key."),
        marked("Give it another key in the settings of the endpoint."),
    ),
    RemoteKind.FORBIDDEN: (
        marked("“{name}” does not allow this with the key it was given."),
        marked("Look at what the key may be used for, or choose another model."),
    ),
    RemoteKind.NOT_FOUND: (
        marked("“{name}” does not know this model, or nothing is at its address."),
        marked("Check the model's name and the address: nearling endpoints test {name}"),
    ),
    RemoteKind.QUOTA: (
        marked("What was paid for at “{name}” is used up."),
        marked("Top up your account there, or answer on this computer."),
    ),
    RemoteKind.RATE_LIMITED: (
        marked("“{name}” takes no more questions just now."),
        marked("Ask again in a little while, or answer on this computer."),
    ),
    RemoteKind.CONTEXT: (
        marked("This is more than the model of “{name}” can hold."),
        marked("Ask about less at once, or choose a model that holds more."),
    ),
    RemoteKind.POLICY: (
        marked("“{name}” refuses to answer this: its rules forbid it."),
        marked("Ask in other words, or answer on this computer."),
    ),
    RemoteKind.BAD_REQUEST: (
        marked("“{name}” could not make sense of the request."),
        marked("Choose another model, or check what the endpoint adds to each request."),
    ),
    RemoteKind.TOO_LARGE: (
        marked("“{name}” does not take a request this large."),
        marked("Let less of the pictures leave, or ask about less at once."),
    ),
    RemoteKind.SERVER: (
        marked("“{name}” failed while it worked on this."),
        marked("Ask again in a little while, or answer on this computer."),
    ),
    RemoteKind.OVERLOADED: (
        marked("“{name}” has too much to do just now."),
        marked("Ask again in a little while, or answer on this computer."),
    ),
    RemoteKind.CONNECT: (
        marked("“{name}” could not be reached."),
        marked("Check that it runs and that this computer is connected, or answer here."),
    ),
    RemoteKind.TIMEOUT: (
        marked("“{name}” took too long."),
        marked("Ask again in a little while, or answer on this computer."),
    ),
    RemoteKind.TRUNCATED: (
        marked("The connection to “{name}” broke before the answer was complete."),
        marked("Ask again, or answer on this computer."),
    ),
    RemoteKind.PROTOCOL: (
        marked("“{name}” answered with something that is no answer of a language model."),
        marked("Check its address: nearling endpoints test {name}"),
    ),
    RemoteKind.REDIRECT: (
        marked("“{name}” points to another address, and nothing is sent on to that."),
        marked("If it has moved, change its address in the settings of the endpoint."),
    ),
}


def failure(
    reason: RemoteKind,
    name: str,
    sentence: str = "",
    remedy: str = "",
    retry_after: float | None = None,
) -> RemoteFailure:
    """`name` is the endpoint's; a sentence or remedy in place of the usual one is said already."""
    usual, usual_remedy = _SAID[reason]
    return RemoteFailure(
        sentence or _(usual).format(name=name),
        remedy or _(usual_remedy).format(name=name),
        reason,
        retry_after,
    )
