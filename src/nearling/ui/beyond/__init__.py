"""What lies beyond this computer: which endpoints there are, and every connection that was made."""
