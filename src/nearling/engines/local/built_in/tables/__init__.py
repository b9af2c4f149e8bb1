"""Questions over the tables of the sources: what their cells add up to, and which rows fit."""
