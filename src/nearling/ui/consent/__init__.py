"""What would leave this computer, shown before it does and changed as one likes."""
