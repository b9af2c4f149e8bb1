"""Made language models in the folders that real ones come in: any shape, nothing downloaded."""
