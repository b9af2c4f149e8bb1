"""Shelf: which models there are, which are here, and which fit this computer."""
