"""Made sounds and a microphone that nobody speaks into; tests use them too."""
