"""Tables that were read or written: copied into a spreadsheet, or saved as a file."""
