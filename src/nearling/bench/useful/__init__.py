"""What people bring, built from plain descriptions, and questions about it."""
