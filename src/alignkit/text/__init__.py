"""What a headline says, wherever it came from."""
