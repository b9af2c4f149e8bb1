"""How it looks: colours from the design, one style sheet, icons drawn by the project."""
