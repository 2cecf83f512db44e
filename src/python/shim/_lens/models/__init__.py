"""Which models a file has: called, bound, made by functions, defined as classes, or the statements themselves."""
