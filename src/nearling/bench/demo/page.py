"""Writes the demonstration as one page that needs nothing beside it: no script, no link out.

Whatever was read in a picture is escaped: a picture may hold markup.
"""

from __future__ import annotations

import base64
import platform
from collections.abc import Sequence
from html import escape

from nearling import __version__
from nearling.bench.demo.pictures import DemoPicture
from nearling.bench.demo.step import Mark, Step
from nearling.bench.demo.style import STYLE, linked

_LONG = 34
"""Characters from which on an answer is set smaller."""


def page(steps: Sequence[Step], commands: Sequence[str], seconds: float) -> str:
    """The whole page; `seconds` is what the steps took together."""
    most = max((len(step.citations) + len(step.closest) for step in steps), default=0)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Nearling, shown on this computer</title>
<style>{STYLE}{linked(most)}</style>
</head>
<body>
<header>
<div class="brand"><i></i>Nearling</div>
<h1>Ask about anything on your screen.</h1>
<p class="lead">It is read here; nothing leaves unless you say so. Every answer below was computed
a moment ago on this computer, quoted from the picture, and points at the place it rests on.</p>
{_facts(steps, seconds)}
</header>
<main>
{"".join(_step(number, step) for number, step in enumerate(steps, 1))}
<section class="try">
<h2>Now on your own files</h2>
{"".join(f"<pre><code>{escape(line)}</code></pre>" for line in commands)}
</section>
</main>
<footer>Nearling {escape(__version__)} on {escape(platform.system())}
{escape(platform.machine())}. These answers were given without any language model. Point at a
citation to light up its place.</footer>
</body>
</html>
"""


def _facts(steps: Sequence[Step], seconds: float) -> str:
    shown = [step for step in steps if step.ok is not None]
    held = sum(step.ok is True for step in shown)
    tone = "" if held == len(shown) else " bad"
    facts = [
        f'<li class="pill{tone}">{held} of {len(shown)} steps held</li>',
        f'<li class="pill calm">{seconds:.0f} seconds in all</li>',
        *(
            f'<li class="pill{" bad" if step.failed else ""}">{escape(step.answer)}</li>'
            for step in shown
            if step.name == "network"
        ),
    ]
    return f'<ul class="facts">{"".join(facts)}</ul>'


def _step(number: int, step: Step) -> str:
    picture = _shot(step.picture, step) if step.picture and all(step.size) else ""
    classes = "step" + ("" if picture else " plain") + (" failed" if step.failed else "")
    return f"""<section class="{classes}" id="{escape(step.name)}">
{picture}<div>
<div class="head"><h2>{number}. {escape(step.title)}</h2>
<span class="kind">{_kind(step)}</span></div>
{_question(step)}{_came(step)}{_missed(step)}{_shots(step)}
<p class="why">{escape(step.why)}</p>
</div>
</section>
"""


def _kind(step: Step) -> str:
    if step.ok is None:
        return escape(step.kind)
    held = "held" if step.ok else "did not hold"
    return f"{escape(step.kind)} · {held} · {step.seconds:.1f} s"


def _question(step: Step) -> str:
    if not step.question or step.name == "network":
        return ""
    return f'<p class="ask">{escape(step.question)}</p>'


def _came(step: Step) -> str:
    """The answer with its places; where there is no picture, after what led to it."""
    if step.picture:
        return _answer(step) + _places(step) + _remedies(step)
    if step.shots and not step.failed:
        return _log(step)  # the screenshot shows the answer
    return _log(step) + _answer(step) + _beside(step)


def _beside(step: Step) -> str:
    columns = "".join(
        f"<div><h3>{escape(heading)}</h3><pre>{escape(text)}</pre></div>"
        for heading, text in step.beside
    )
    return f'<div class="beside">{columns}</div>' if columns else ""


def _answer(step: Step) -> str:
    badge = f'<span class="pill">{escape(step.receipt)}</span>' if step.receipt else ""
    if step.answer:
        size = " long" if len(step.answer) > _LONG else ""
        places = step.citations if step.picture else ()
        notes = "".join(
            f'<sup><a data-place="{place}" href="#{step.name}">[{place}]</a></sup>'
            for place in range(1, len(places) + 1)
        )
        return f'<p class="answer{size}">{escape(step.answer)}{notes}</p>{badge}'
    reasons = escape(" ".join(step.reasons))
    return f'<p class="answer no">{reasons}</p>{badge}' if reasons else badge


def _places(step: Step) -> str:
    if not step.picture:
        return ""
    cited = "".join(_place(n, mark) for n, mark in enumerate(step.citations, 1))
    start = len(step.citations) + 1
    near = "".join(_place(n, mark) for n, mark in enumerate(step.closest, start))
    shown = f'<ul class="cites rest">{cited}</ul>' if cited else ""
    if near:
        shown += '<p class="label">What comes closest, without being an answer:</p>'
        shown += f'<ul class="cites">{near}</ul>'
    return shown


def _place(number: int, mark: Mark) -> str:
    left, top, _, _ = mark.box
    return (
        f'<li data-place="{number}" tabindex="0"><span class="n">[{number}]</span>'
        f"<q>{escape(mark.text)}</q> at {left:.0f}, {top:.0f}</li>"
    )


def _missed(step: Step) -> str:
    if not step.failed:
        return ""
    expected = f"“{step.expected}”" if step.expected else "a refusal that says why"
    return f'<p class="missed">This step did not hold: expected was {escape(expected)}.</p>'


def _remedies(step: Step) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in step.details)
    return f'<p class="label">What you can do:</p><ul class="cites">{items}</ul>' if items else ""


def _log(step: Step) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in step.details)
    return f'<ol class="log">{items}</ol>' if items else ""


def _shot(picture: DemoPicture, step: Step) -> str:
    kind = "jpeg" if picture.file.endswith(".jpg") else "png"
    data = base64.b64encode(picture.data()).decode("ascii")
    cited = [_outline(n, mark, step.size) for n, mark in enumerate(step.citations, 1)]
    near = [
        _outline(n, mark, step.size, near=True)
        for n, mark in enumerate(step.closest, len(cited) + 1)
    ]
    return (
        f'<figure class="shot"><img alt="{escape(picture.shows)}" '
        f'src="data:image/{kind};base64,{data}">{"".join((*cited, *near))}</figure>\n'
    )


def _shots(step: Step) -> str:
    return "".join(
        f'<figure class="window"><img width="{shot.size[0]}" height="{shot.size[1]}" '
        f'alt="{escape(shot.caption)}" '
        f'src="data:image/png;base64,{base64.b64encode(shot.data).decode("ascii")}">'
        f"<figcaption>{escape(shot.caption)}</figcaption></figure>"
        for shot in step.shots
    )


def _outline(number: int, mark: Mark, size: tuple[int, int], *, near: bool = False) -> str:
    left, top, right, bottom = mark.box
    width, height = size
    # A little air around the words, in pixels of the picture.
    air = 4.0
    place = (
        f"left:{100 * (left - air) / width:.2f}%;top:{100 * (top - air) / height:.2f}%;"
        f"width:{100 * (right - left + 2 * air) / width:.2f}%;"
        f"height:{100 * (bottom - top + 2 * air) / height:.2f}%"
    )
    return (
        f'<span class="mark{" near" if near else ""}" data-place="{number}" '
        f'style="{place}"><b>{number}</b></span>'
    )
