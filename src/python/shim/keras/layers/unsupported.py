"""Keras's other layers, by name: asked for, they say that they are not supported, where a misspelled name says that it is none."""
from _lens import door

NAMES = frozenset("""
AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D AugMix AutoContrast CategoryEncoding CenterCrop ConvLSTM1D
ConvLSTM1DCell ConvLSTM2D ConvLSTM2DCell ConvLSTM3D ConvLSTM3DCell CutMix Discretization Equalization FlaxLayer
GroupQueryAttention HashedCrossing Hashing IntegerLookup JaxLayer MaxNumBoundingBoxes MelSpectrogram MixUp Pipeline RandAugment
RandomBrightness RandomColorDegeneration RandomColorJitter RandomContrast RandomCrop RandomElasticTransform RandomErasing
RandomFlip RandomGaussianBlur RandomGrayscale RandomHeight RandomHue RandomInvert RandomPerspective RandomPosterization
RandomRotation RandomSaturation RandomSharpness RandomShear RandomTranslation RandomWidth RandomZoom ReversibleEmbedding
STFTSpectrogram Solarization SpectralNormalization StringLookup TFSMLayer TextVectorization TorchModuleWrapper
LocallyConnected1D LocallyConnected2D
""".split())


def layer_named(name):
    if name in NAMES:
        raise door.UnsupportedError(f"keras.layers.{name} is not supported")
    raise AttributeError(f"module 'keras.layers' has no attribute '{name}'")
