"""Endpoints and clients without Nearling around them, for comparison; only bench starts them."""
