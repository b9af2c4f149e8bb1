"""Fills the fields of a table from a file: one value for each, as printed, or none."""
