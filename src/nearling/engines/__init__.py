"""Workshop: everything that computes an answer."""
