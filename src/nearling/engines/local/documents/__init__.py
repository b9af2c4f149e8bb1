"""Opens documents: one file for each format."""
