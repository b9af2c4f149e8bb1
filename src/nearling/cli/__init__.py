"""The command line face; never imports Qt."""
