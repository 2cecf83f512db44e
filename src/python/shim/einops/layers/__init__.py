"""einops's operations as layers, one module a framework."""
from . import keras, tensorflow, torch
