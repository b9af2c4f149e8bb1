"""Summaries: the sentences of a text that say most of it, as they stand there."""
