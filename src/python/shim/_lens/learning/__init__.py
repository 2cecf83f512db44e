"""What the file says of training: its losses, optimizers, loaders and training steps."""
