"""Child processes, so that a crash in a model costs neither the question nor the window."""
