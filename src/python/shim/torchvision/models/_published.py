"""Which models torchvision builds by name, where, and which weights are published for each: one table, of which all else follows.

A row: the names of enums, less `_Weights` (in lower case: the functions that build the models), `=` and the members of these enums. A member is
followed by the sides of its crop and of its resized image where they are not 224 and 256 (`c`: bicubic), and by `*` if it is one of several and the default.
"""

_PUBLISHED = {
    "alexnet": """
        AlexNet = IMAGENET1K_V1
    """,
    "vgg": """
        VGG11 VGG11_BN VGG13 VGG13_BN = IMAGENET1K_V1
        VGG16 = IMAGENET1K_V1* IMAGENET1K_FEATURES
        VGG16_BN VGG19 VGG19_BN = IMAGENET1K_V1
    """,
    "resnet": """
        ResNet101 ResNet152 = IMAGENET1K_V1 IMAGENET1K_V2:224/232*
        ResNet18 ResNet34 = IMAGENET1K_V1
        ResNet50 ResNeXt101_32X8D = IMAGENET1K_V1 IMAGENET1K_V2:224/232*
        ResNeXt101_64X4D = IMAGENET1K_V1:224/232
        ResNeXt50_32X4D Wide_ResNet101_2 Wide_ResNet50_2 = IMAGENET1K_V1 IMAGENET1K_V2:224/232*
    """,
    "densenet": """
        DenseNet121 DenseNet161 DenseNet169 DenseNet201 = IMAGENET1K_V1
    """,
    "squeezenet": """
        SqueezeNet1_0 SqueezeNet1_1 = IMAGENET1K_V1
    """,
    "googlenet": """
        GoogLeNet = IMAGENET1K_V1
    """,
    "inception": """
        Inception_V3 = IMAGENET1K_V1:299/342
    """,
    "mobilenetv2": """
        MobileNet_V2 = IMAGENET1K_V1 IMAGENET1K_V2:224/232*
    """,
    "mobilenetv3": """
        MobileNet_V3_Large = IMAGENET1K_V1 IMAGENET1K_V2:224/232*
        MobileNet_V3_Small = IMAGENET1K_V1
    """,
    "shufflenetv2": """
        ShuffleNet_V2_X0_5 ShuffleNet_V2_X1_0 = IMAGENET1K_V1
        ShuffleNet_V2_X1_5 ShuffleNet_V2_X2_0 = IMAGENET1K_V1:224/232
    """,
    "mnasnet": """
        MNASNet0_5 = IMAGENET1K_V1
        MNASNet0_75 = IMAGENET1K_V1:224/232
        MNASNet1_0 = IMAGENET1K_V1
        MNASNet1_3 = IMAGENET1K_V1:224/232
    """,
    "efficientnet": """
        EfficientNet_B0 = IMAGENET1K_V1:224/256c
        EfficientNet_B1 = IMAGENET1K_V1:240/256c IMAGENET1K_V2:240/255*
        EfficientNet_B2 = IMAGENET1K_V1:288/288c
        EfficientNet_B3 = IMAGENET1K_V1:300/320c
        EfficientNet_B4 = IMAGENET1K_V1:380/384c
        EfficientNet_B5 = IMAGENET1K_V1:456/456c
        EfficientNet_B6 = IMAGENET1K_V1:528/528c
        EfficientNet_B7 = IMAGENET1K_V1:600/600c
        EfficientNet_V2_L = IMAGENET1K_V1:480/480c
        EfficientNet_V2_M = IMAGENET1K_V1:480/480
        EfficientNet_V2_S = IMAGENET1K_V1:384/384
    """,
    "regnet": """
        RegNet_X_16GF RegNet_X_1_6GF RegNet_X_32GF RegNet_X_3_2GF RegNet_X_400MF RegNet_X_800MF RegNet_X_8GF = IMAGENET1K_V1 IMAGENET1K_V2:224/232*
        RegNet_Y_128GF = IMAGENET1K_SWAG_E2E_V1:384/384c* IMAGENET1K_SWAG_LINEAR_V1:224/224c
        RegNet_Y_16GF = IMAGENET1K_V1 IMAGENET1K_V2:224/232* IMAGENET1K_SWAG_E2E_V1:384/384c IMAGENET1K_SWAG_LINEAR_V1:224/224c
        RegNet_Y_1_6GF = IMAGENET1K_V1 IMAGENET1K_V2:224/232*
        RegNet_Y_32GF = IMAGENET1K_V1 IMAGENET1K_V2:224/232* IMAGENET1K_SWAG_E2E_V1:384/384c IMAGENET1K_SWAG_LINEAR_V1:224/224c
        RegNet_Y_3_2GF RegNet_Y_400MF RegNet_Y_800MF RegNet_Y_8GF = IMAGENET1K_V1 IMAGENET1K_V2:224/232*
    """,
    "convnext": """
        ConvNeXt_Base ConvNeXt_Large = IMAGENET1K_V1:224/232
        ConvNeXt_Small = IMAGENET1K_V1:224/230
        ConvNeXt_Tiny = IMAGENET1K_V1:224/236
    """,
    "vision_transformer": """
        ViT_B_16 = IMAGENET1K_V1* IMAGENET1K_SWAG_E2E_V1:384/384c IMAGENET1K_SWAG_LINEAR_V1:224/224c
        ViT_B_32 = IMAGENET1K_V1
        ViT_H_14 = IMAGENET1K_SWAG_E2E_V1:518/518c* IMAGENET1K_SWAG_LINEAR_V1:224/224c
        ViT_L_16 = IMAGENET1K_V1:224/242* IMAGENET1K_SWAG_E2E_V1:512/512c IMAGENET1K_SWAG_LINEAR_V1:224/224c
        ViT_L_32 = IMAGENET1K_V1
    """,
    "swin_transformer": """
        Swin_B = IMAGENET1K_V1:224/238c
        Swin_S = IMAGENET1K_V1:224/246c
        Swin_T = IMAGENET1K_V1:224/232c
        Swin_V2_B = IMAGENET1K_V1:256/272c
        Swin_V2_S Swin_V2_T = IMAGENET1K_V1:256/260c
    """,
    "maxvit": """
        MaxVit_T = IMAGENET1K_V1:224/224c
    """,
    "segmentation.deeplabv3": """
        DeepLabV3_MobileNet_V3_Large DeepLabV3_ResNet101 DeepLabV3_ResNet50 = COCO_WITH_VOC_LABELS_V1
    """,
    "segmentation.fcn": """
        FCN_ResNet101 FCN_ResNet50 = COCO_WITH_VOC_LABELS_V1
    """,
    "segmentation.lraspp": """
        LRASPP_MobileNet_V3_Large = COCO_WITH_VOC_LABELS_V1
    """,
    "detection.faster_rcnn": """
        FasterRCNN_ResNet50_FPN FasterRCNN_ResNet50_FPN_V2 FasterRCNN_MobileNet_V3_Large_FPN FasterRCNN_MobileNet_V3_Large_320_FPN = COCO_V1
    """,
    "detection.mask_rcnn": """
        MaskRCNN_ResNet50_FPN MaskRCNN_ResNet50_FPN_V2 = COCO_V1
    """,
    "detection.keypoint_rcnn": """
        KeypointRCNN_ResNet50_FPN = COCO_LEGACY COCO_V1*
    """,
    "detection.fcos": """
        FCOS_ResNet50_FPN = COCO_V1
    """,
    "detection.retinanet": """
        RetinaNet_ResNet50_FPN RetinaNet_ResNet50_FPN_V2 = COCO_V1
    """,
    "detection.ssd": """
        SSD300_VGG16 = COCO_V1
    """,
    "detection.ssdlite": """
        SSDLite320_MobileNet_V3_Large = COCO_V1
    """,
    "video.resnet": """
        MC3_18 R2Plus1D_18 R3D_18 = KINETICS400_V1:112/128x171
    """,
    "video.s3d": """
        S3D = KINETICS400_V1
    """,
    "video.mvit": """
        MViT_V1_B MViT_V2_S = KINETICS400_V1
    """,
    "video.swin_transformer": """
        Swin3D_B = KINETICS400_V1* KINETICS400_IMAGENET22K_V1
        Swin3D_S Swin3D_T = KINETICS400_V1
    """,
}

# Per-channel mean and standard deviation where they are not those of ImageNet (or, of videos, of Kinetics).
_STATISTICS = {
    ("vgg16", "IMAGENET1K_FEATURES"): ((0.48235, 0.45882, 0.40784), (1 / 255, 1 / 255, 1 / 255)),
    ("efficientnet_v2_l", "IMAGENET1K_V1"): ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
}
_KINETICS, _MVIT = ((0.43216, 0.394666, 0.37645), (0.22803, 0.22145, 0.216989)), ((0.45, 0.45, 0.45), (0.225, 0.225, 0.225))
_IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
_OF_VIDEOS = {"video.resnet": _KINETICS, "video.s3d": _KINETICS, "video.mvit": _MVIT}

# Prefix of a member -> (data set in words, number of classes): the first that fits.
_DATA_SETS = {"IMAGENET": ("ImageNet", 1000), "COCO_WITH_VOC": ("COCO", 21), "COCO": ("COCO", 91), "KINETICS": ("Kinetics-400", 400)}


# Number of classes of a module's weights where they are not those of their data set: a person, or none.
_CLASSES = {"detection.keypoint_rcnn": 2}


def data_set(member):
    """(Data set in words, number of classes) of a member's name."""
    return next(found for prefix, found in _DATA_SETS.items() if member.startswith(prefix))


class Member:
    """One member of an enum of weights: what its transforms need."""

    def __init__(self, module, builder, cell):
        name, _, size = cell.rstrip("*").partition(":")
        crop, _, resized = size.rstrip("c").partition("/")
        self.module, self.builder, self.name = module, builder, name
        self.is_default = cell.endswith("*")
        self.is_bicubic = size.endswith("c")
        self.crop = int(crop or 224)
        self.resized = [int(side) for side in (resized or "256").split("x")]
        self.data_set, self.classes = data_set(name)
        self.classes = _CLASSES.get(module, self.classes)
        self.statistics = _STATISTICS.get((builder, name)) or _OF_VIDEOS.get(module, _IMAGENET)


def _rows():
    for module, text in _PUBLISHED.items():
        for line in text.strip().splitlines():
            enums, _, members = line.partition("=")
            for enum in enums.split():
                yield module, enum, members.split()


# Submodules whose networks take images of the crop's size only.
FIXED_SIZE = frozenset({"vision_transformer", "maxvit"})

MODULES = {enum.lower(): module for module, enum, _ in _rows()}          # builder -> submodule of torchvision.models
ENUMS = {enum.lower(): f"{enum}_Weights" for _, enum, _ in _rows()}     # builder -> its enum's name
_CELLS = {enum.lower(): cells for _, enum, cells in _rows()}


def names(module, classes):
    """What a package has of one of its modules: the classes that it names, the builders, the enums of their weights; parted by blanks."""
    builders = [builder for builder, where in MODULES.items() if where == module]
    return " ".join([classes, *builders, *(ENUMS[builder] for builder in builders)])


def members(builder):
    return [Member(MODULES[builder], builder, cell) for cell in _CELLS[builder]]
