"""Memory: everything that was asked and answered, and the only SQL."""
