"""packaging/catalogues.py as a module, and a language in which nothing is left untranslated."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

PSEUDO = "xx"
_ACCENTS = str.maketrans("AEIOUaeiounc", "ÀÉÎÖÛàéîöûñç")
_PLACEHOLDER = re.compile(r"(\{[^}]*\}|%\(\w+\)[rs]|%[rs])")
BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")


def tool() -> ModuleType:
    path = Path(__file__).parents[2] / "packaging" / "catalogues.py"
    spec = importlib.util.spec_from_file_location("catalogues", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def placeholders(sentence: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(sentence))


def pseudo(sentence: str) -> str:
    """Every vowel accented, four tenths longer, in brackets; what holds no word stays."""
    parts = _PLACEHOLDER.split(sentence)
    letters = sum(map(str.isalpha, "".join(parts[::2])))
    if not letters:
        return sentence
    longer = " ".join("~" * min(6, left) for left in range(-(-4 * letters // 10), 0, -6))
    said = "".join(part if at % 2 else part.translate(_ACCENTS) for at, part in enumerate(parts))
    # A line's end stays at the end: argparse adds nothing after it.
    body = said.rstrip("\n")
    return f"⟦{body}{longer}⟧{said[len(body) :]}"


def make_pseudo(folder: Path) -> dict[str, str]:
    """Writes the pseudo-language's catalogue below `folder`; the environment that speaks it."""
    catalogues = tool()
    catalog = catalogues.extracted()
    catalog.locale = None
    for message in catalog:
        if isinstance(message.id, tuple):
            message.string = tuple(map(pseudo, message.id))
        elif message.id:
            message.string = pseudo(message.id)
    file = folder / PSEUDO / "LC_MESSAGES" / "nearling.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(catalogues.compiled(catalog))
    return {"NEARLING_LANGUAGE": PSEUDO, "NEARLING_LOCALE": str(folder)}


def untranslated(text: str, known: tuple[str, ...] = ()) -> str:
    """What of `text` is left when brackets, what stands in them and `known` words are taken out.

    Empty when nothing is left that has a letter in it.
    """
    rest = text
    while rest != (rest := BRACKETED.sub("", rest)):
        pass
    for word in sorted(known, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest.strip() if any(map(str.isalpha, rest)) else ""
