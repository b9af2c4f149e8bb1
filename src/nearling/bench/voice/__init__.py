"""Spoken phrases with known words, and what the product does with them."""
