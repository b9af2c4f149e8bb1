"""One kind of answer a file: what of it is right."""
