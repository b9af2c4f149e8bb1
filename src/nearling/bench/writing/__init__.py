"""Sources with known values, and a language model that quotes them."""
