"""The text of the file: its syntax, statements, comments, tables and loops."""
