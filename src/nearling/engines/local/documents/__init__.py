"""Documents become pages, one file a format; nothing of one is run, fetched or worked out."""
