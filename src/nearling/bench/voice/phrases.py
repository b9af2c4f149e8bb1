"""The forty phrases that the speech fixture knows, and the folder it lies in."""

from __future__ import annotations

from pathlib import Path

FIXTURE = Path(__file__).with_name("forty_phrases")
"""A Whisper model that knows these phrases and nothing else; models/speech_fixture made it."""

PHRASES = (
    "What is in this picture?",
    "Describe this image.",
    "Read the text in this screenshot.",
    "Summarize this document.",
    "What time is it?",
    "Set a timer for ten minutes.",
    "Open the settings.",
    "Close the window.",
    "Take a screenshot.",
    "Start a new conversation.",
    "Delete this conversation.",
    "Copy the last answer.",
    "Stop talking.",
    "Read that aloud.",
    "Speak more slowly.",
    "Turn off the microphone.",
    "How many people are in this photo?",
    "What color is the car?",
    "Translate this into French.",
    "What does this error mean?",
    "Explain this chart.",
    "Is there a dog in the picture?",
    "What is the capital of France?",
    "How much is twelve times seven?",
    "Write a short email.",
    "Remind me tomorrow morning.",
    "Search my documents.",
    "What did I ask you yesterday?",
    "Hello, can you hear me?",
    "Yes, please.",
    "No, thank you.",
    "Cancel that.",
    "Try again.",
    "Show me the history.",
    "Switch to the small model.",
    "Use the local model.",
    "Who wrote this letter?",
    "Find the total on this receipt.",
    "The quick brown fox jumps over the lazy dog.",
    "Thank you very much.",
)
