"""Hears what is said in a recording: pauses by voice activity, words by a Whisper model."""
