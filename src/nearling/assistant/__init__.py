"""The path from a question to its answer; knows no Qt, no thread, no SQL and no model."""
