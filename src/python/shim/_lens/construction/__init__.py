"""A model, made where the file does not make it: values for its arguments, from what the file says and what names mean."""
