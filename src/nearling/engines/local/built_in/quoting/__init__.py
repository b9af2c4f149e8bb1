"""The built-in writer: answers questions about what was read by quoting it, without a model."""
