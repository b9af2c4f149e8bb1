"""Doors: where pictures and files come in. No widgets, no decoding."""
