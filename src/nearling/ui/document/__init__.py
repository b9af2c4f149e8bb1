"""Documents: shown page by page, what was cited outlined, and searched."""
