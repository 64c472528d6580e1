"""What stands on the repository host."""
