"""VEIL: what would leave this computer, and what of it is kept back."""
