"""A console window, for everything programs print."""

from collections.abc import Callable, Sequence

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.fonts import DEVELOP


def terminal(
    lines: Sequence[str],
    *,
    width: int = 900,
    size: int = 18,
    ground: str = "#101418",
    ink: str = "#d8dee4",
) -> Callable[[], Sheet]:
    """A console window that shows the lines; an empty one is a gap."""

    def draw() -> Sheet:
        canvas = Canvas(width, round(70 + len(lines) * size * 1.6), DEVELOP.mono, size=size)
        canvas.panel((0, 0, width, canvas.height), fill=ground)
        canvas.lines(24, 28, lines, step=size * 1.6, ink=ink)
        return canvas.sheet()

    return draw
