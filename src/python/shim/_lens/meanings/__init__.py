"""What names, and the numbers and words that a text compares them with, mean for a value that nobody says."""
