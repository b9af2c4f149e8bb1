"""Turns the slanted lines of a photographed page level, so that rows are rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from nearling.engines.local.layout import Placed, rows_of
from nearling.engines.local.text_strips import Floats


def levelled(lines: Sequence[tuple[Floats, int]]) -> tuple[Placed, ...]:
    """Each line, given as its corners (4×2) and number of letters, on a page that lies level.

    In a photo the slope changes from top to bottom: it is fitted as a straight function of
    the height on the page, first to the lines' own slopes, longer lines counting more, then
    to the steps between neighbours in a row, which tell it better where lines are short.
    """
    if not lines:
        return ()
    corners = np.array([line for line, _ in lines])
    letters = [count for _, count in lines]
    edges = corners[:, 1] - corners[:, 0]
    level = np.abs(edges[:, 1]) < 0.3 * np.abs(edges[:, 0])
    corners = _sheared(corners, _fit(corners[level].mean(axis=1), edges[level]))
    placed = _placed(corners, letters)
    neighbours = [
        (corners[left.index].mean(axis=0), corners[right.index].mean(axis=0))
        for row in rows_of(placed)
        for left, right in pairwise(row)
    ]
    if len(neighbours) < 3:
        return placed
    pairs = np.array(neighbours)
    steps = pairs[:, 1] - pairs[:, 0]
    return _placed(_sheared(corners, _fit(pairs.mean(axis=1), steps)), letters)


def _fit(middles: Floats, edges: Floats) -> tuple[float, float]:
    """Slope at the top of the page and its change per pixel downwards, without outliers."""
    edges, middles = edges[np.abs(edges[:, 0]) > 1.0], middles[np.abs(edges[:, 0]) > 1.0]
    if not len(edges):
        return 0.0, 0.0
    slopes, weights = edges[:, 1] / edges[:, 0], np.abs(edges[:, 0])
    off = np.abs(slopes - np.median(slopes))
    usual = off <= max(3.0 * float(np.median(off)), 0.005)
    slopes, weights, heights = slopes[usual], weights[usual], middles[usual, 1]
    if len(slopes) < 6 or np.ptp(heights) < 1.0:
        return float(np.average(slopes, weights=weights)) if len(slopes) else 0.0, 0.0
    rise, start = np.polyfit(heights, slopes, 1, w=weights)
    return float(start), float(rise)


def _sheared(corners: Floats, slope: tuple[float, float]) -> Floats:
    middles = corners.mean(axis=1)
    # A page is a plane: between its highest and its lowest line the slope changes little.
    here = (slope[0] + slope[1] * middles[:, 1]).clip(-0.3, 0.3)[:, None]
    centre = middles.mean(axis=0)
    flat = np.empty_like(corners)
    flat[..., 0] = corners[..., 0] + here * (corners[..., 1] - centre[1])
    flat[..., 1] = corners[..., 1] - here * (corners[..., 0] - centre[0])
    return flat


def _placed(corners: Floats, letters: Sequence[int]) -> tuple[Placed, ...]:
    low, high = corners.min(axis=1), corners.max(axis=1)
    return tuple(
        Placed(
            index=index,
            left=float(low[index, 0]),
            top=float(low[index, 1]),
            right=float(high[index, 0]),
            bottom=float(high[index, 1]),
            letters=count,
        )
        for index, count in enumerate(letters)
    )
