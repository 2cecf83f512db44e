"""What stands under both `keras` and `tensorflow`: tensors, variables, symbolic tensors and the operations on them.

Everything is recorded through `_lens.door`; nothing here knows of layers.
"""
