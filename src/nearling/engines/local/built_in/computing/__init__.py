"""Computes: numbers, shares, units, dates, clocks, time zones and the counts of a text."""
