"""The call of a model that is shown, and its trace."""
