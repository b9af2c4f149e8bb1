"""A model's tokenizer: text to tokens and back, and which of them are marks.

Marks steer a model: they begin and end what somebody says. A template writes them; people and
sources never do, whatever letters they use.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nearling.core.errors import UnusableModel
from nearling.core.language import gettext as _


class Tokens:
    """Reads `tokenizer.json` in `folder`. Raises UnusableModel."""

    def __init__(self, folder: Path, template: str) -> None:
        from tokenizers import Tokenizer

        file = folder / "tokenizer.json"
        try:
            self._tokenizer = Tokenizer.from_str(file.read_text("utf-8"))
        except FileNotFoundError as error:
            raise UnusableModel(
                _("The model in {folder} has no tokenizer.json.").format(folder=folder),
                _("Choose a folder in Hugging Face's ONNX layout, with all its files."),
            ) from error
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # where the library panics, that is no Exception
            raise UnusableModel(
                _("The file {file} of the language model is damaged.").format(file=file),
                _("Fetch the model again."),
            ) from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._marks = frozenset(
            number
            for number, token in self._tokenizer.get_added_tokens_decoder().items()
            if token.special or (token.content.strip() and token.content in template)
        )

    @property
    def json(self) -> str:
        """As tokenizer.json has it; some are ten megabytes, so that none is kept."""
        return str(self._tokenizer.to_str())

    def encode(self, text: str) -> list[int]:
        """Marks are taken for what they are."""
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def plain(self, text: str) -> list[int]:
        """The same letters, and no marks."""
        self._tokenizer.encode_special_tokens = True
        ids = self.encode(text)
        self._tokenizer.encode_special_tokens = False
        if self._marks.isdisjoint(ids):
            return ids
        # Not every mark is special, and some stand among the words; but each only as a whole.
        cut = len(text) - len(text.lstrip()) + 1
        if cut >= len(text.rstrip()):
            return []
        return self.plain(text[:cut]) + self.plain(text[cut:])

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Where `text` would be taken for marks, from the first letter to behind the last."""
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        pairs = zip(encoded.ids, encoded.offsets, strict=True)
        return [(start, end) for token, (start, end) in pairs if token in self._marks]

    def decode(self, ids: Sequence[int]) -> str:
        return str(self._tokenizer.decode(list(ids), skip_special_tokens=True))
