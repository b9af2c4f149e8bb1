"""The list of conversations and the search over all of them."""
