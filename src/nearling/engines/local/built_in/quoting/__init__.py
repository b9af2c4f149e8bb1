"""Quotes the value asked for, out of pictures and pages, or shows what comes closest."""
