"""Files of weights: read here with Python's own modules, matched with a model's names, loaded into it.
The bytes stay outside of the interpreter: one array at a time comes in (`given`), and only those that fit the model.
"""
