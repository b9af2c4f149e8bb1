"""Engines without Nearling around them, for comparison; only bench starts them."""
