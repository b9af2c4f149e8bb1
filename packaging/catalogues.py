"""Takes every sentence from the code into the catalogues and compiles them.

`.venv/bin/python packaging/catalogues.py` after sentences have changed or been translated; it says
what is still to be translated. The compiled files are kept beside the others, so that a checkout,
an archive of it and a package all speak without a tool; a test holds the two together.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "nearling"
LOCALES = SOURCES / "locale"
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "marked": None}


def extracted() -> Catalog:
    """Every sentence of the code, without translations."""
    catalog = Catalog(project="Nearling", copyright_holder="", charset="utf-8")
    found = extract_from_dir(
        SOURCES,
        method_map=[("**.py", "python")],
        keywords=_KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for file, line, sentence, comments, context in found:
        catalog.add(sentence, None, [(file, line)], auto_comments=comments, context=context)
    return catalog


def catalogues() -> list[Path]:
    return sorted(LOCALES.glob("*/LC_MESSAGES/*.po"))


def loaded(file: Path) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened, locale=file.parents[1].name)


def untranslated(catalog: Catalog) -> list[Message]:
    return [each for each in catalog if each.id and (each.fuzzy or not _whole(each))]


def compiled(catalog: Catalog) -> bytes:
    # Not the moment it is made: what says the same is the same.
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def _whole(message: Message) -> bool:
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(said)


def written(catalog: Catalog) -> bytes:
    """Without line numbers and dates, which would change with every change of the code."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, include_lineno=False)
    passing = tuple(
        f'"{name}:'
        for name in (
            "POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team",
            "Report-Msgid-Bugs-To", "Generated-By",
        )
    )  # fmt: skip
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(passing)).encode()


def main() -> int:
    template, missing = extracted(), 0
    for file in catalogues():
        catalog = loaded(file)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        file.write_bytes(written(catalog))
        file.with_suffix(".mo").write_bytes(compiled(loaded(file)))
        for message in untranslated(catalog):
            missing += 1
            print(f"{file.relative_to(ROOT)}: {message.id!r}")
    print(f"{len(template)} sentences, {missing} of them to be translated.")
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
