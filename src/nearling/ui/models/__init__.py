"""Models in the window: who answers, how much that one holds, and which models are here."""
