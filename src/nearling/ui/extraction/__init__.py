"""Tables of files in the window: which files, which fields, and a row for each as it comes."""
