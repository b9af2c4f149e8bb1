"""Choices: where things lie and how the person wants them."""
