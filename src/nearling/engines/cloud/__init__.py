"""Leaves this machine, only if allowed: one client, one way out."""
