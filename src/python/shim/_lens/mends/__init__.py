"""Known errors → what to write instead: a hint in words, and where it can be, the edit that does it."""
