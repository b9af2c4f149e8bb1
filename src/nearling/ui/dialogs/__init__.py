"""Windows that open for a moment: settings, shortcuts, about, and where a link leads."""
