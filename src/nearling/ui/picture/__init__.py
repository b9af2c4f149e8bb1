"""Pictures: shown upright, with what was cited outlined and what was read selectable."""
