"""Questions in people's own words about documents written for them; nothing is drawn or read."""
