"""Explains well-known error messages from notes that the project wrote, one file each."""
