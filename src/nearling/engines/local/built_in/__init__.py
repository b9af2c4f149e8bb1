"""Answers without a language model: one file or folder for each kind of question."""
