"""Scale: made pictures with known answers, and what the product does with them."""
