"""A writer of steady pace and a reader that sees nothing: what is timed is the window."""

from __future__ import annotations

import time
from collections.abc import Iterator

from nearling.core.cancellation import Cancellation
from nearling.core.events import Delta, Finished, Written
from nearling.core.media import Capture, Medium
from nearling.core.prompt import Prompt
from nearling.core.reading import Reading
from nearling.core.writers import FREE, WriterProfile, Zone

TOKENS_A_SECOND = 500
PACED = WriterProfile(
    "paced", "Paced", Zone.COMPUTER, frozenset({Medium.TEXT}), 100_000, 1, FREE, None
)
_LETTERS = 5
_SECTION = """## What to look at first

Some **words** of an answer, with `code` in them and a [link](https://example.org/a) to elsewhere. \
They go on for a while, so that lines have to be broken; *then* they end, and a list begins.

- one thing that has to be said, in a line that is broken as well when the window is narrow
- another one, with `code`
  - and what belongs to it

```python
for line in file:
    print(line.rstrip(), file=sys.stderr)  # as it is
```

| name | what it is | how many |
|---|---|---|
| first | a **bold** one | 1 |
| second | one more | 22 |

"""
_TEXT = _SECTION * 3 + "Many more words in one piece, without an end in sight. " * 40


class PacedWriter:
    """Fulfils Writer; says a long Markdown answer, whatever it is asked."""

    def write(self, prompt: Prompt, cancellation: Cancellation) -> Iterator[Written]:
        del prompt
        pieces = [_TEXT[at : at + _LETTERS] for at in range(0, len(_TEXT), _LETTERS)]
        begun = time.perf_counter()
        for number, piece in enumerate(pieces):
            cancellation.check()
            time.sleep(max(0.0, begun + number / TOKENS_A_SECOND - time.perf_counter()))
            yield Delta(piece)
        yield Finished(1, len(pieces))


class BlankReader:
    """Fulfils Reader."""

    def read(self, picture: Capture, cancellation: Cancellation) -> Reading:
        cancellation.check()
        return Reading(picture.digest, 1, 1, 0, (), (), (), PACED.id, 0.0)
