"""Questions that lean on the one before them: a row, a column, a sum with the last answer."""
