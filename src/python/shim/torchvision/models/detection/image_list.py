"""Images of several sizes in one tensor."""


class ImageList:
    """`tensors` (N, C, H, W), padded; `image_sizes`: (height, width) of each image in it."""

    def __init__(self, tensors, image_sizes):
        self.tensors, self.image_sizes = tensors, image_sizes

    def to(self, device):
        return ImageList(self.tensors.to(device), self.image_sizes)
