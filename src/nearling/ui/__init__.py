"""The window: the only widgets. It shows what the assistant says and knows no engine."""
