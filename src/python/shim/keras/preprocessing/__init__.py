"""keras.preprocessing: sequences are padded; images and folders are not read."""
from . import image, sequence
