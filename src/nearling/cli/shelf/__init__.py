"""What `nearling models` does, a file for each of its words."""
