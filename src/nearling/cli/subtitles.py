"""Segments as subtitle files: SubRip and WebVTT."""

from __future__ import annotations

from collections.abc import Sequence

from nearling.core.hearing import Segment


def srt(segments: Sequence[Segment]) -> str:
    return "\n".join(
        f"{number}\n{_moment(each.start, ',')} --> {_moment(each.end, ',')}\n{each.text}\n"
        for number, each in enumerate(segments, 1)
    )


def vtt(segments: Sequence[Segment]) -> str:
    cues = (
        f"\n{_moment(each.start, '.')} --> {_moment(each.end, '.')}\n{_harmless(each.text)}\n"
        for each in segments
    )
    return "WEBVTT\n" + "".join(cues)


def _moment(seconds: float, point: str) -> str:
    whole = round(seconds * 1000)
    minutes, milliseconds = divmod(whole, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{milliseconds // 1000:02}{point}{milliseconds % 1000:03}"


def _harmless(text: str) -> str:
    """WebVTT knows markup; a word that is spoken is none."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
