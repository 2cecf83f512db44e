"""What runs, written down: the place in the file, the calls it is in, values and the views of them."""
