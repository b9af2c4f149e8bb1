"""Scenes with stack traces and error dialogs."""

from random import Random

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.develop.scene import ask, scene
from nearling.bench.develop.terminal import terminal
from nearling.bench.develop.values import coded
from nearling.bench.fonts import DEVELOP
from nearling.bench.pairs import Pair


def python() -> tuple[Pair, ...]:
    """A Python traceback."""
    line = Random("python").randrange(40, 380)
    end = "KeyError: 'postal_code'"
    spot = f'  File "/home/rosa/shop/export.py", line {line}, in write_rows'
    draw = terminal(
        (
            "$ python -m shop.export --all",
            "Traceback (most recent call last):",
            '  File "/home/rosa/shop/cli.py", line 19, in main',
            "    export(orders)",
            spot,
            '    out.write(order["postal_code"])',
            end,
        )
    )
    return scene(
        "python",
        draw,
        ask("error", "whats wrong here", end),
        ask(
            "error",
            "which line of export.py does it crash in",
            str(line),
            shows=(spot,),
            photo=True,
        ),
        ask("error", "how do I fix this bug?"),
    )


def java() -> tuple[Pair, ...]:
    """A Java stack trace with a cause, on white."""
    chance = Random("java")
    port = chance.randrange(5400, 5499)
    cause = f"Caused by: java.net.ConnectException: Connection refused: db-{port % 7}:{port}"
    draw = terminal(
        (
            'Exception in thread "main" java.lang.IllegalStateException: Ledger not open',
            "    at com.acme.ledger.Store.open(Store.java:88)",
            "    at com.acme.ledger.App.main(App.java:31)",
            cause,
            "    at com.acme.net.Pool.connect(Pool.java:142)",
            "    ... 2 more",
        ),
        width=1080,
        ground="#ffffff",
        ink="#a31515",
    )
    return scene(
        "java",
        draw,
        ask(
            "error",
            "What was the root cause?",
            "Connection refused",
            "java.net.ConnectException",
            shows=(cause,),
        ),
        ask("which", "welche exception wurde zuerst geworfen", "java.lang.IllegalStateException",
            "IllegalStateException"),
    )  # fmt: skip


def node() -> tuple[Pair, ...]:
    """A Node.js failure with a code."""
    port = Random("node").choice((3000, 5173, 8080, 9229))
    end = f"Error: listen EADDRINUSE: address already in use :::{port}"
    draw = terminal(
        (
            "> api@2.4.1 start",
            "> node server.js",
            "",
            "node:events:496",
            "      throw er; // Unhandled 'error' event",
            "      ^",
            end,
            "    at Server.setupListenHandle [as _listen2] (node:net:1907:16)",
            "    at listenInCluster (node:net:1964:12)",
            "Node.js v22.9.0",
        ),
        ground="#1e1e2e",
        ink="#cdd6f4",
    )
    return scene(
        "node",
        draw,
        ask(
            "error",
            "warum startet mein server nicht",
            "address already in use",
            "EADDRINUSE",
            shows=(end,),
        ),
        ask("code", "which node version is this", "v22.9.0", "22.9.0"),
    )


def rust() -> tuple[Pair, ...]:
    """A Rust compiler error."""
    line = Random("rust").randrange(20, 90)
    head = "error[E0382]: borrow of moved value: `queue`"
    draw = terminal(
        (
            "   Compiling mailer v0.3.2 (/src/mailer)",
            head,
            f"  --> src/send.rs:{line}:17",
            "   |",
            f'{line} |     println!("{{}}", queue.len());',
            "   |                 ^^^^^ value borrowed here after move",
            "",
            'error: could not compile `mailer` (bin "mailer") due to 1 previous error',
        ),
        size=20,
        width=1000,
    )
    return scene(
        "rust",
        draw,
        ask("code", "what's the error code of the compiler", "E0382"),
        ask("where", "in welcher Datei ist der Fehler?", "src/send.rs", photo=True),
    )


def printer() -> tuple[Pair, ...]:
    """A desktop error dialog over a grey ground."""
    number = "0x" + coded(Random("printer"), "0000") + "0709"
    text = f"Operation could not be completed (error {number})."

    def draw() -> Sheet:
        canvas = Canvas(720, 400, DEVELOP.sans, size=19, ground="#7b8fa3")
        canvas.panel((60, 60, 660, 340), fill="#fdfdfd", outline="#444444", radius=6)
        canvas.text(84, 74, "Printer settings", size=18)
        canvas.text(626, 72, "x", size=20)
        canvas.disc((90, 128, 138, 176), "#c42b1c")
        canvas.text(114, 134, "!", size=30, ink="#ffffff", align="middle")
        canvas.lines(
            164, 126, (text, "Double check the printer name and make", "sure that it is online.")
        )
        for left, label in ((380, "Retry"), (520, "Cancel")):
            canvas.panel((left, 284, left + 120, 322), fill="#e6e6e6", outline="#999999", radius=4)
            canvas.text(left + 60, 291, label, align="middle")
        return canvas.sheet()

    return scene(
        "printer",
        draw,
        ask("code", "wie lautet der fehlercode", number, photo=True),
        ask(
            "error",
            "What does the error message say?",
            text,
            "Operation could not be completed",
            photo=True,
        ),
        ask("phone", "which support hotline should I call for this"),
    )


def push() -> tuple[Pair, ...]:
    """A rejected git push."""
    end = "error: failed to push some refs to 'git.example.org:ops/site.git'"
    reason = " ! [rejected]        main -> main (non-fast-forward)"
    draw = terminal(
        (
            "$ git push origin main",
            "To git.example.org:ops/site.git",
            reason,
            end,
            "hint: Integrate the remote changes with 'git pull' before pushing again.",
        ),
        width=920,
        ground="#fdf6e3",
        ink="#073642",
    )
    return scene(
        "push",
        draw,
        ask("error", "why was my push rejected", "non-fast-forward", shows=(reason,)),
        ask("which", "Welchen Befehl soll ich vorher ausführen?", "git pull"),
        ask("who", "who pushed before me?"),
    )


def database() -> tuple[Pair, ...]:
    """A database console with a failing and a good statement."""
    chance = Random("database")
    key = chance.randrange(1000, 9999)
    detail = f"DETAIL:  Key (customer_id)=({key}) already exists."
    head = 'ERROR:  duplicate key value violates unique constraint "customers_pkey"'
    draw = terminal(
        (
            "crm=> INSERT INTO customers VALUES (...);",
            head,
            detail,
            "crm=> SELECT count(*) FROM customers;",
            " count",
            "-------",
            f"  {key + 412}",
            "(1 row)",
        ),
        size=20,
        width=1000,
        ground="#002b36",
        ink="#93a1a1",
    )
    return scene(
        "database",
        draw,
        ask("key_value", "welche customer_id gibt es schon", str(key), shows=(detail,)),
        ask("count", "how many customers are there", str(key + 412)),
        ask(
            "error",
            "Welche Regel der Datenbank wurde verletzt?",
            "customers_pkey",
            shows=(head,),
            photo=True,
        ),
    )


FAULTS: tuple[Pair, ...] = (
    *python(), *java(), *node(), *rust(), *printer(), *push(), *database(),
)  # fmt: skip
