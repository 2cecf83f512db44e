"""Coordinates of a grid in N dimensions."""
import torch


def ndgrid(*tensors):
    return torch.meshgrid(*tensors, indexing="ij")


def meshgrid(*tensors):
    return torch.meshgrid(*tensors, indexing="xy")
