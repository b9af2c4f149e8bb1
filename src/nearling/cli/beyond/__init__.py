"""What `nearling endpoints` does, a file for each of its words."""
