"""Answers as a list of blocks, each parsed until it is finished and never again."""
