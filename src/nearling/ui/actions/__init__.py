"""What can be done with a picture, a document or the clipboard, without writing a question."""
