"""Scenes with what programs and sites print while they work."""

from random import Random

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.develop.scene import ask, scene
from nearling.bench.develop.terminal import terminal
from nearling.bench.fonts import DEVELOP
from nearling.bench.pairs import Pair


def csharp() -> tuple[Pair, ...]:
    """A .NET crash without a message of its own."""
    line = Random("csharp").randrange(30, 190)
    head = "Unhandled exception. System.NullReferenceException: Object reference not set"
    draw = terminal(
        (
            head,
            "to an instance of an object.",
            f"   at Billing.Mailer.Send(Bill bill) in C:\\src\\Mailer.cs:line {line}",
            "   at Billing.Program.Main() in C:\\src\\Program.cs:line 12",
            "",
            "C:\\src> echo %ERRORLEVEL%",
            "-532462766",
        ),
        width=1000,
        ground="#0c0c0c",
        ink="#cccccc",
    )
    return scene(
        "csharp",
        draw,
        ask("error", "what kind of exception is that", "System.NullReferenceException",
            "NullReferenceException"),
    )  # fmt: skip


def apt() -> tuple[Pair, ...]:
    """A package manager with an unmet dependency."""
    minor = Random("apt").randrange(4, 9)
    line = f" kdeviewer : Depends: libgrove{minor} (>= 2.1) but it is not installable"
    draw = terminal(
        (
            "$ sudo apt install kdeviewer",
            "Reading package lists... Done",
            "The following packages have unmet dependencies:",
            line,
            "E: Unable to correct problems, you have held broken packages.",
        ),
        ground="#300a24",
        ink="#ffffff",
        width=960,
    )
    return scene("apt", draw, ask("error", "welches paket fehlt ihm denn", f"libgrove{minor}"))


def pip() -> tuple[Pair, ...]:
    """A package that wants a newer Python."""
    minor = Random("pip").choice((12, 13, 14))
    need = f"ERROR: Package 'quillpad' requires a different Python: 3.9.2 not in '>=3.{minor}'"
    draw = terminal(
        (
            "(env) C:\\work>pip install quillpad",
            "Collecting quillpad",
            "  Using cached quillpad-1.8.0-py3-none-any.whl (212 kB)",
            need,
        ),
        ground="#fafafa",
        ink="#24292f",
        width=1000,
    )
    return scene(
        "pip",
        draw,
        ask("which", "which python would I need for it", f">=3.{minor}", f"3.{minor}"),
    )


def gateway() -> tuple[Pair, ...]:
    """A web page that could not be served."""
    code = Random("gateway").choice((502, 503, 504))
    reason = {502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}[code]

    def draw() -> Sheet:
        canvas = Canvas(900, 500, DEVELOP.second, size=24, ground="#f5f5f7")
        canvas.panel((0, 0, 900, 56), fill="#dcdce2")
        canvas.panel((160, 10, 740, 46), fill="#ffffff", radius=16)
        canvas.text(190, 16, "https://tickets.stadttheater.example/saal", size=18)
        canvas.text(450, 130, str(code), size=40, align="middle", ink="#8a8a94")
        canvas.text(450, 210, reason, size=34, align="middle")
        canvas.text(450, 280, "The server did not answer in time or is busy.", align="middle")
        canvas.text(450, 440, "Ray 8fe12a90", size=16, align="middle", ink="#8a8a94")
        return canvas.sheet()

    return scene("gateway", draw, ask("error", "which http error is it?", str(code), reason))


def pipeline() -> tuple[Pair, ...]:
    """A build that counts its failures at the end."""
    chance = Random("pipeline")
    failed = chance.randrange(3, 9)
    covered = chance.randrange(81, 93)
    passed = chance.randrange(210, 480)
    end = f"===== {failed} failed, {passed} passed, 2 skipped in 41.07s ====="
    draw = terminal(
        (
            "Run python -m pytest -q --cov",
            "FAILED tests/test_cart.py::test_voucher - assert 90 == 80",
            "FAILED tests/test_cart.py::test_empty - ZeroDivisionError",
            "... (output cut)",
            f"TOTAL                      4182    501    {covered}%",
            end,
            "Error: Process completed with exit code 1.",
        ),
        width=940,
        size=19,
    )
    return scene(
        "pipeline",
        draw,
        ask("count", "how many tests failed in total", str(failed), shows=(end,)),
        ask("percent", "What is our test coverage?", f"{covered}%"),
    )


def service() -> tuple[Pair, ...]:
    """A log in which some lines are errors."""
    chance = Random("service")
    tasks = ("mail queue", "thumbnail", "backup", "index", "sync", "report", "cleanup")
    bad = set(chance.sample(range(len(tasks)), 3))
    lines = [
        f"2026-04-19 03:{11 + 4 * number}:{chance.randrange(10, 60)} "
        f"{'ERROR' if number in bad else 'INFO '} {task} "
        f"{'gave up after 2 tries' if number in bad else 'done'}"
        for number, task in enumerate(tasks)
    ]
    return scene(
        "service",
        terminal(lines, ground="#ffffff", ink="#222222", size=13),
        ask("count", "how many errors are in this log", "3",
            shows=tuple(lines[number] for number in sorted(bad))),
    )  # fmt: skip


LOGS: tuple[Pair, ...] = (
    *csharp(), *apt(), *pip(), *gateway(), *pipeline(), *service(),
)  # fmt: skip
