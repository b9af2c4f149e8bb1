"""Talking to the window: the button, what is heard meanwhile, and recordings that can be played."""
