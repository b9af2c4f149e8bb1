"""One conversation: its turns, as many as there are, with only the visible ones laid out."""
