"""Every note that ships is for its own examples, and for nothing that only sounds like them."""

import random
import re
import time
import tomllib

from nearling.engines.local.built_in.notes.matching import best_match
from nearling.engines.local.built_in.notes.note import notes
from nearling.settings.assets import assets

KEYS = {
    "title", "means", "causes", "steps", "never", "source", "shapes", "examples", "others"
}  # fmt: skip
HOW_MANY = {
    "causes": (2, 4), "steps": (2, 5), "never": (1, 2), "examples": (2, 4), "others": (1, 3)
}  # fmt: skip


ELSEWHERE = {
    "cp: 'a' kann nicht angelegt werden: Keine Berechtigung": "posix-permission-denied",
    "cp: Fehler beim Schreiben von 'a': Auf dem Gerät ist kein Speicherplatz mehr verfügbar":
        "posix-no-space-left",
    "bash: lauf: Kommando nicht gefunden.": "posix-command-not-found",
    "Die Ausführung des Codes kann nicht fortgesetzt\nwerden, da MSVCP140.dll nicht gefunden":
        "windows-dll-missing",
    "Der Befehl \"ls\" ist entweder falsch geschrieben oder\nkonnte nicht gefunden werden.":
        "windows-not-recognized-command",
    "Papierstau\nFach 2 öffnen und Papier entfernen": "printer-paper-jam",
    "Tonerstand niedrig: Schwarz": "printer-low-toner",
    "HausNetz\nVerbunden, kein Internet\nGesichert": "wifi-no-internet",
    "KASSE 3\nZahlung nicht erfolgt\nKarte abgelehnt": "account-payment-declined",
    "Speicherplatz fast voll": "phone-storage-full",
    "fatal: Kein Git-Repository (oder irgendeines der Elternverzeichnisse): .git":
        "git-not-a-repository",
    "E: Paket htopp kann nicht gefunden werden.": "apt-unable-to-locate-package",
    "Keine Internetverbindung": "net-internet-disconnected",
    "429\n\nWhoa, slow down!\nYou have sent too many requests.": "http-429-too-many-requests",
    "404\nSeite nicht gefunden": "http-404-not-found",
    "503\nWe'll be back soon\nDown for maintenance": "http-503-service-unavailable",
    "Papierstau auf der A7: Lkw verliert Ladung": None,
    "Sie haben keine Berechtigung, diesen Raum zu betreten.": None,
    "Zimmer 404\nBitte klopfen, der Gast wurde nicht gefunden": None,
    "Server nicht gefunden? Wir suchen Bedienungen!": None,
    "Kein Internet im Ferienhaus, dafür Ruhe.": None,
    "Kein Papier im Bioabfall!": None,
}  # fmt: skip


def test_errors_are_known_in_german_and_by_a_status_alone():
    found = {text: best_match(text, notes()) for text in ELSEWHERE}
    assert {text: match and match.note.id for text, match in found.items()} == ELSEWHERE


def test_every_file_is_well_formed():
    wrong = []
    folder = assets() / "notes"
    for file in folder.iterdir() if folder.is_dir() else ():
        told = tomllib.loads(file.read_text("utf-8"))
        sentences = [
            line for key in ("causes", "steps", "never", "examples", "others") for line in told[key]
        ]
        if (
            set(told) != KEYS
            or not all(low <= len(told[key]) <= high for key, (low, high) in HOW_MANY.items())
            or not all(line.strip() for line in sentences)
            or not 0 < len(told["title"]) <= 60
            or not re.fullmatch(r"[a-z0-9-]+\.toml", file.name)
            or any(shape != _lowered(shape) for shape in told["shapes"])
        ):
            wrong.append(file.name)
    assert wrong == []


def test_every_example_is_told_by_its_own_note():
    wrong = [
        (note.id, example, None if found is None else found.note.id)
        for note in notes()
        for example in note.examples
        if (found := best_match(example, notes())) is None or found.note is not note
    ]
    assert wrong == []


def test_what_only_sounds_like_it_is_told_by_another_note_or_none():
    wrong = [
        (note.id, other)
        for note in notes()
        for other in note.others
        if (found := best_match(other, notes())) is not None and found.note is note
    ]
    assert wrong == []


def test_a_letter_misread_never_turns_a_code_into_another():
    """A digit of a code that is read wrong leaves no note, or the same one."""
    wrong = []
    for note in notes():
        for example in note.examples:
            for code in re.finditer(r"\b0x[0-9a-fA-F]{8}\b", example):
                chosen = random.Random(example).randrange(code.start() + 2, code.end())
                digit = "5" if example[chosen] != "5" else "6"
                misread = example[:chosen] + digit + example[chosen + 1 :]
                found = best_match(misread, notes())
                if (
                    found is not None
                    and found.note is not note
                    and misread not in found.note.examples
                ):
                    wrong.append((note.id, misread, found.note.id))
    assert wrong == []


def test_a_screenful_of_text_takes_no_time_that_anybody_feels():
    text = "\n".join(f"Line {at} of a page that says nothing about an error" for at in range(60))
    best_match(text, notes())
    fastest = min(_took(text) for _ in range(5))
    assert fastest < 0.2


def _took(text):
    started = time.thread_time()
    assert best_match(text, notes()) is None
    return time.thread_time() - started


def _lowered(shape):
    """With its classes such as \\S left as they are."""
    return re.sub(r"\\.|.", lambda part: part[0] if part[0][0] == "\\" else part[0].lower(), shape)
