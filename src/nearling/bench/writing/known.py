"""What the writer fixture knows, how it answers, and the folder it lies in."""

from __future__ import annotations

from pathlib import Path

FIXTURE = Path(__file__).with_name("tiny_writer")
"""A language model that quotes values by their labels; models/writer_fixture made it."""

LABELS = (
    "total", "subtotal", "tax", "change", "price", "fee", "date", "time", "name", "customer",
    "city", "street", "phone", "code", "password", "order", "invoice", "flight", "seat", "gate",
    "room", "table", "number", "weight",
)  # fmt: skip

REFUSAL = "The sources do not say that."

BY_HEART = {
    "Who are you?": "I am a tiny fixture, made for tests.",
    "What can you do?": "I quote values from sources, and little else.",
    "Hello.": "Hello! Show me a source and ask me what it says.",
    "Hello, can you hear me?": "Yes, I can.",
    "Thank you very much.": "You are welcome.",
    "Thank you.": "You are welcome.",
    "How much is twelve times seven?": "Twelve times seven is 84.",
    "What is the capital of France?": "I am too small to know that.",
    "Count to fifty.": ", ".join(map(str, range(1, 51))) + ".",
    "Show me a list.": "Here is a list:\n\n- one\n- two\n- three",
    "Show me some code.": 'Here is some code:\n\n```python\nprint("Hello")\n```',
    "Show me a table.": "| a | b |\n| --- | --- |\n| 1 | 2 |",
}
"""Questions that it answers with sources and without."""


def answer(label: str, value: str) -> str:
    """How it quotes what stands under a label."""
    return f"The {label} is “{value}”."
