# The parameters of classes and functions, in their order, and what they are without: those that are written in Python in PyTorch.
import importlib
import inspect

NAMES = {
    "torch.autograd": """
        Function backward grad inference_mode set_grad_enabled
    """,
    "torch.nn": """
        AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d AdaptiveLogSoftmaxWithLoss AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d AlphaDropout
        AvgPool1d AvgPool2d AvgPool3d BCELoss BCEWithLogitsLoss BatchNorm1d BatchNorm2d BatchNorm3d Bilinear CELU CTCLoss ChannelShuffle CircularPad1d
        CircularPad2d CircularPad3d ConstantPad1d ConstantPad2d ConstantPad3d Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d
        CosineEmbeddingLoss CosineSimilarity CrossEntropyLoss CrossMapLRN2d Dropout Dropout1d Dropout2d Dropout3d ELU Embedding EmbeddingBag
        FeatureAlphaDropout Flatten Fold FractionalMaxPool2d FractionalMaxPool3d GELU GLU GRUCell GaussianNLLLoss GroupNorm Hardshrink Hardsigmoid Hardswish
        Hardtanh HingeEmbeddingLoss HuberLoss Identity InstanceNorm1d InstanceNorm2d InstanceNorm3d KLDivLoss L1Loss LPPool1d LPPool2d LPPool3d LSTMCell
        LayerNorm LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d LazyConv1d LazyConv2d LazyConv3d LazyConvTranspose1d LazyConvTranspose2d LazyConvTranspose3d
        LazyInstanceNorm1d LazyInstanceNorm2d LazyInstanceNorm3d LazyLinear LeakyReLU Linear LocalResponseNorm LogSoftmax MSELoss MarginRankingLoss MaxPool1d
        MaxPool2d MaxPool3d MaxUnpool1d MaxUnpool2d MaxUnpool3d Mish Module ModuleDict ModuleList MultiLabelMarginLoss MultiLabelSoftMarginLoss
        MultiMarginLoss MultiheadAttention NLLLoss NLLLoss2d PReLU PairwiseDistance ParameterDict ParameterList PixelShuffle PixelUnshuffle PoissonNLLLoss
        RMSNorm RNNBase RNNCell RNNCellBase RReLU ReLU ReLU6 ReflectionPad1d ReflectionPad2d ReflectionPad3d ReplicationPad1d ReplicationPad2d
        ReplicationPad3d SELU Sequential SiLU SmoothL1Loss SoftMarginLoss Softmax Softmax2d Softmin Softplus Softshrink SyncBatchNorm Threshold Transformer
        TransformerDecoder TransformerDecoderLayer TransformerEncoder TransformerEncoderLayer TripletMarginLoss TripletMarginWithDistanceLoss Unflatten Unfold
        Upsample UpsamplingBilinear2d UpsamplingNearest2d ZeroPad1d ZeroPad2d ZeroPad3d
    """,
    "torch.nn.Module": """
        add_module apply bfloat16 buffers children compile double eval extra_repr float get_buffer get_extra_state get_parameter get_submodule half
        load_state_dict modules named_buffers named_children named_modules named_parameters parameters register_buffer register_forward_hook
        register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook
        register_load_state_dict_pre_hook register_module register_parameter register_state_dict_post_hook register_state_dict_pre_hook requires_grad_
        set_extra_state set_submodule state_dict to_empty train type zero_grad
    """,
    "torch.nn.functional": """
        adaptive_avg_pool2d adaptive_avg_pool3d affine_grid alpha_dropout batch_norm binary_cross_entropy binary_cross_entropy_with_logits celu
        cosine_embedding_loss cross_entropy ctc_loss dropout dropout1d dropout2d dropout3d elu embedding embedding_bag feature_alpha_dropout fold
        gaussian_nll_loss glu grid_sample group_norm gumbel_softmax hardsigmoid hardswish hardtanh hinge_embedding_loss huber_loss instance_norm interpolate
        kl_div l1_loss layer_norm leaky_relu local_response_norm log_softmax lp_pool1d lp_pool2d lp_pool3d margin_ranking_loss max_unpool1d max_unpool2d
        max_unpool3d mish mse_loss multi_head_attention_forward multi_margin_loss multilabel_margin_loss multilabel_soft_margin_loss nll_loss normalize pad
        poisson_nll_loss relu relu6 rms_norm rrelu selu silu smooth_l1_loss soft_margin_loss softmax softmin softsign tanhshrink threshold triplet_margin_loss
        triplet_margin_with_distance_loss unfold upsample upsample_bilinear upsample_nearest
    """,
    "torch.nn.init": """
        calculate_gain constant_ dirac_ eye_ kaiming_normal_ kaiming_uniform_ normal_ ones_ orthogonal_ sparse_ trunc_normal_ uniform_ xavier_normal_
        xavier_uniform_ zeros_
    """,
    "torch.nn.utils": """
        clip_grad_norm_ clip_grad_value_ get_total_norm parameters_to_vector remove_spectral_norm remove_weight_norm spectral_norm vector_to_parameters
        weight_norm
    """,
    "torch.nn.utils.parametrizations": """
        orthogonal spectral_norm weight_norm
    """,
    "torch.nn.utils.parametrize": """
        ParametrizationList cached is_parametrized register_parametrization remove_parametrizations
    """,
    "torch.nn.utils.rnn": """
        PackedSequence invert_permutation pack_padded_sequence pack_sequence pad_packed_sequence pad_sequence unpack_sequence unpad_sequence
    """,
    "torch.optim": """
        ASGD Adadelta Adafactor Adagrad Adam AdamW Adamax LBFGS Muon NAdam Optimizer RAdam RMSprop Rprop SGD SparseAdam
    """,
    "torch.optim.ASGD": """
        step
    """,
    "torch.optim.Adadelta": """
        step
    """,
    "torch.optim.Adafactor": """
        step
    """,
    "torch.optim.Adagrad": """
        step
    """,
    "torch.optim.Adam": """
        step
    """,
    "torch.optim.AdamW": """
        step
    """,
    "torch.optim.Adamax": """
        step
    """,
    "torch.optim.LBFGS": """
        step
    """,
    "torch.optim.Muon": """
        step
    """,
    "torch.optim.NAdam": """
        step
    """,
    "torch.optim.Optimizer": """
        step add_param_group load_state_dict register_load_state_dict_post_hook register_load_state_dict_pre_hook register_state_dict_post_hook
        register_state_dict_pre_hook register_step_post_hook register_step_pre_hook state_dict zero_grad
    """,
    "torch.optim.RAdam": """
        step
    """,
    "torch.optim.RMSprop": """
        step
    """,
    "torch.optim.Rprop": """
        step
    """,
    "torch.optim.SGD": """
        step
    """,
    "torch.optim.SparseAdam": """
        step
    """,
    "torch.optim.lr_scheduler": """
        ChainedScheduler ConstantLR CosineAnnealingLR CosineAnnealingWarmRestarts CyclicLR ExponentialLR LRScheduler LambdaLR LinearLR MultiStepLR
        MultiplicativeLR OneCycleLR PolynomialLR ReduceLROnPlateau SequentialLR StepLR
    """,
    "torch.optim.lr_scheduler.ChainedScheduler": """
        step
    """,
    "torch.optim.lr_scheduler.ConstantLR": """
        step
    """,
    "torch.optim.lr_scheduler.CosineAnnealingLR": """
        step
    """,
    "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts": """
        step
    """,
    "torch.optim.lr_scheduler.CyclicLR": """
        step
    """,
    "torch.optim.lr_scheduler.ExponentialLR": """
        step
    """,
    "torch.optim.lr_scheduler.LRScheduler": """
        step
    """,
    "torch.optim.lr_scheduler.LambdaLR": """
        step
    """,
    "torch.optim.lr_scheduler.LinearLR": """
        step
    """,
    "torch.optim.lr_scheduler.MultiStepLR": """
        step
    """,
    "torch.optim.lr_scheduler.MultiplicativeLR": """
        step
    """,
    "torch.optim.lr_scheduler.OneCycleLR": """
        step
    """,
    "torch.optim.lr_scheduler.PolynomialLR": """
        step
    """,
    "torch.optim.lr_scheduler.ReduceLROnPlateau": """
        step
    """,
    "torch.optim.lr_scheduler.SequentialLR": """
        step
    """,
    "torch.optim.lr_scheduler.StepLR": """
        step
    """,
    "torch.optim.swa_utils": """
        AveragedModel SWALR get_ema_avg_fn get_ema_multi_avg_fn get_swa_avg_fn get_swa_multi_avg_fn update_bn
    """,
    "torch.optim.swa_utils.SWALR": """
        step
    """,
    "torch.utils.data": """
        BatchSampler ChainDataset ConcatDataset DataLoader Dataset IterableDataset RandomSampler SequentialSampler StackDataset Subset SubsetRandomSampler
        TensorDataset WeightedRandomSampler default_collate get_worker_info random_split
    """,
}


def owner_of(path):
    """A module, or a class of one."""
    try:
        return importlib.import_module(path)
    except ImportError:
        module, _, name = path.rpartition(".")
        return getattr(importlib.import_module(module), name)


def shown(parameter):
    default = parameter.default
    usual = "" if default is inspect.Parameter.empty else f"={default!r}" if isinstance(default, (int, float, str, bool, tuple, type(None))) else "=…"
    return {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "") + parameter.name + usual


for path, names in NAMES.items():
    for name in names.split():
        thing = getattr(owner_of(path), name)
        signature = inspect.signature(thing.__init__ if isinstance(thing, type) else thing)
        print(f"{path}.{name}({', '.join(map(shown, signature.parameters.values()))})")
