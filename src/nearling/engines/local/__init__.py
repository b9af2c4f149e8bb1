"""Engines that run on this computer, inside a child process; no network."""
