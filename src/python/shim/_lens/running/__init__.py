"""The file, run: what it sees of the machine, what it imports, and what is put back after it."""
