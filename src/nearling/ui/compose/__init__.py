"""Where a question is written and what it is about is dropped."""
