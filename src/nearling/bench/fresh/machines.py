"""Held-out pairs about stack traces, error dialogs and displays that report a fault."""

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.damage import Wear, photo_of
from nearling.bench.fonts import FRESH
from nearling.bench.pairs import Pair


def _python_trace() -> Sheet:
    page = Canvas(980, 400, FRESH.mono, size=17, ground="#1e1e2e", ink="#cdd6f4")
    page.panel((0, 0, 980, 36), fill="#313244")
    page.text(490, 7, "mira@workstation: ~/billing", size=15, align="middle")
    y = page.lines(
        20,
        54,
        [
            "$ python export.py --month 4",
            "Loaded 312 rows from april.csv",
            "Traceback (most recent call last):",
            '  File "/home/mira/billing/export.py", line 58, in <module>',
            "    main()",
            '  File "/home/mira/billing/export.py", line 41, in main',
            '    total += row["invoice_total"]',
        ],
        step=32,
    )
    page.text(20, y, "KeyError: 'invoice_total'", ink="#f38ba8")
    page.text(20, y + 42, "$", ink="#a6e3a1")
    return page.sheet()


def _java_trace() -> Sheet:
    page = Canvas(1240, 520, FRESH.mono, size=16, ground="#ffffff", ink="#1f1f1f")
    page.text(20, 20, "12:04:51.803 ERROR [scheduler-2] OrderSync - sync aborted", ink="#b00020")
    page.lines(
        20,
        58,
        [
            "org.acme.shop.SyncException: could not fetch orders",
            "    at org.acme.shop.OrderSync.run(OrderSync.java:77)",
            "    at org.acme.shop.Scheduler.tick(Scheduler.java:143)",
            "    at java.base/java.lang.Thread.run(Thread.java:1583)",
            "Caused by: org.acme.net.HttpFailure: GET https://orders.acme.example/v2",
            "    at org.acme.net.Client.get(Client.java:208)",
            "    ... 3 more",
            "Caused by: java.net.SocketTimeoutException: Read timed out",
            "    at java.base/sun.nio.ch.NioSocketImpl.timedRead(NioSocketImpl.java:278)",
            "    ... 5 more",
        ],
        step=34,
    )
    page.text(20, 420, "12:04:51.811 INFO  [scheduler-2] OrderSync - next run in 300 s")
    return page.sheet()


def _node_error() -> Sheet:
    page = Canvas(900, 440, FRESH.mono, size=18, ground="#0c0c0c", ink="#d0d0d0")
    page.lines(
        24,
        24,
        [
            "node:internal/modules/cjs/loader:1228",
            "  throw err;",
            "  ^",
            "",
            "Error: Cannot find module 'pdf-stamper'",
            "Require stack:",
            "- /srv/labels/src/render.js",
            "- /srv/labels/index.js",
            "  code: 'MODULE_NOT_FOUND',",
            "",
            "Node.js v20.11.1",
        ],
        step=34,
    )
    return page.sheet()


def _save_dialog() -> Sheet:
    page = Canvas(640, 300, FRESH.sans, size=18, ground="#f0f0f0", ink="#101010")
    page.panel((0, 0, 640, 42), fill="#ffffff")
    page.text(18, 9, "Datei kopieren", size=17)
    page.disc((28, 74, 76, 122), "#d13438")
    page.text(52, 80, "X", size=24, face=FRESH.bold, ink="#ffffff", align="middle")
    page.lines(
        104,
        70,
        [
            "Urlaub_2025.mp4 kann nicht kopiert werden.",
            "Auf dem Datenträger ist nicht genügend Speicherplatz.",
            "Fehlercode: 0x80070070",
        ],
        step=36,
    )
    page.rule(0, 218, 640, 218, "#cccccc")
    for left, label in ((300, "Wiederholen"), (470, "Abbrechen")):
        page.panel((left, 236, left + 150, 278), fill="#ffffff", outline="#8a8a8a", radius=4)
        page.text(left + 75, 244, label, size=17, align="middle")
    return page.sheet()


def _crash_dialog() -> Sheet:
    page = Canvas(720, 340, FRESH.sans, size=19, ground="#2d2d30", ink="#f1f1f1")
    page.panel((30, 24, 690, 316), fill="#3c3c40", outline="#5a5a60", radius=12)
    page.text(60, 48, "Lumen Editor quit unexpectedly", size=25, face=FRESH.bold)
    page.lines(
        60,
        106,
        [
            "Your open documents were saved and will be restored.",
            "Version 8.3 (build 21604)",
            "Graphics: software renderer",
        ],
        step=38,
    )
    for left, label, fill in ((330, "Report", "#55555c"), (500, "Reopen", "#2f7de1")):
        page.panel((left, 248, left + 150, 294), fill=fill, radius=8)
        page.text(left + 75, 257, label, align="middle")
    return page.sheet()


def _boot_screen() -> Sheet:
    page = Canvas(1000, 420, FRESH.mono, size=18, ground="#000000", ink="#cfcfcf")
    rows = (
        ("  OK  ", "Reached target Local File Systems."),
        ("  OK  ", "Started Load/Save Random Seed."),
        ("  OK  ", "Started Network Name Resolution."),
        ("FAILED", "Failed to start Print Spooler."),
        ("  OK  ", "Started Login Service."),
        ("  OK  ", "Reached target Multi-User System."),
    )
    y = 30.0
    for state, text in rows:
        ink = "#ff5555" if state == "FAILED" else "#50fa7b"
        page.text(24, y, f"[{state}]", ink=ink)
        page.text(124, y, text)
        y += 42
    page.lines(24, y + 20, ["Debian GNU/Linux 12 atlas tty1", "atlas login:"], step=40)
    return page.sheet()


def _git_push() -> Sheet:
    page = Canvas(960, 380, FRESH.mono, size=17, ground="#282a36", ink="#f8f8f2")
    page.lines(
        22,
        24,
        [
            "$ git push --all",
            "To git.example.org:web/shop.git",
            "   8c1f0e2..b77d4a9  main -> main",
            "   51e09ad..0c93f66  docs -> docs",
            " ! [rejected]        checkout-form -> checkout-form (fetch first)",
            "error: failed to push some refs to 'git.example.org:web/shop.git'",
            "hint: Integrate the remote changes before pushing again.",
        ],
        step=42,
    )
    return page.sheet()


def _gateway_page() -> Sheet:
    page = Canvas(1100, 560, FRESH.sans, size=20, ground="#fafafa", ink="#333333")
    page.panel((0, 0, 1100, 56), fill="#e4e4e7")
    page.panel((120, 10, 1000, 46), fill="#ffffff", radius=16)
    page.text(146, 14, "https://portal.kestrel.example/accounts", size=17)
    page.text(550, 170, "502 Bad Gateway", size=40, face=FRESH.bold, align="middle")
    page.text(550, 250, "The server gave no valid answer. Try again later.", align="middle")
    page.text(550, 320, "Request ID: 9f3c-7710-ae52", size=17, ink="#777777", align="middle")
    return page.sheet()


def _copier_display() -> Sheet:
    page = Canvas(560, 320, FRESH.second, size=22, ground="#c9d6c3", ink="#1c2b1a")
    page.panel((12, 12, 548, 308), outline="#1c2b1a", width=3)
    page.text(36, 34, "Papierstau in Fach 3", size=32)
    page.rule(36, 92, 524, 92, "#1c2b1a", width=2)
    page.lines(
        36,
        112,
        ["Fach ganz herausziehen,", "Papier entfernen, Fach schließen.", "", "Auftrag 2 von 5"],
        step=40,
    )
    return page.sheet()


PAIRS = (
    Pair(
        "python-error",
        "error",
        "what's the error here?",
        ("KeyError: 'invoice_total'",),
        _python_trace,
    ),
    Pair(
        "java-cause",
        "error",
        "What is the root cause in this stack trace?",
        (
            "java.net.SocketTimeoutException: Read timed out",
            "SocketTimeoutException: Read timed out",
        ),
        _java_trace,
    ),
    Pair("node-module", "error", "which module is missing?", ("pdf-stamper",), _node_error),
    Pair(
        "copy-code", "error", "Welchen Fehlercode zeigt das Fenster?", ("0x80070070",), _save_dialog
    ),
    Pair("crash-code", "error", "What's the error code in this message?", (), _crash_dialog),
    Pair(
        "boot-failure",
        "error",
        "was ist beim starten schiefgegangen?",
        ("Failed to start Print Spooler",),
        _boot_screen,
    ),
    Pair(
        "push-branch",
        "which",
        "which branch couldnt be pushed",
        ("checkout-form",),
        _git_push,
    ),
    Pair("gateway-status", "code", "HTTP status code?", ("502",), _gateway_page),
    Pair(
        "copier-jam",
        "where",
        "Wo klemmt das Papier?",
        ("Fach 3",),
        photo_of(_copier_display, 401, Wear(shade=0.25), desk="#d8d4cc"),
        damaged=True,
    ),
)
