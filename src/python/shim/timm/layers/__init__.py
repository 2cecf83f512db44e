"""timm.layers: what model files take of it. Names of timm that are not here are ghosts, each said on the line that asks for it."""
from _lens.missing import lazy as _lazy

_NAMES = {
    "activations": "GELU GELUTanh HardMish HardSigmoid HardSwish Mish PReLU QuickGELU Sigmoid Swish Tanh gelu gelu_tanh hard_mish hard_sigmoid hard_swish "
                   "mish quick_gelu sigmoid swish tanh",
    "adaptive_avgmax_pool": "adaptive_avgmax_pool2d select_adaptive_pool2d AdaptiveAvgMaxPool2d SelectAdaptivePool2d",
    "attention": "Attention maybe_add_mask", "attention_pool": "AttentionPoolLatent", "attention_pool2d": "AttentionPool2d",
    "blur_pool": "BlurPool2d create_aa", "cbam": "", "classifier": "create_classifier ClassifierHead NormMlpClassifierHead",
    "config": "is_exportable is_scriptable is_no_jit use_fused_attn set_exportable set_scriptable set_no_jit set_layer_config set_fused_attn "
              "set_reentrant_ckpt use_reentrant_ckpt",
    "conv2d_same": "Conv2dSame conv2d_same", "conv_bn_act": "ConvNormAct ConvNormActAa ConvBnAct",
    "create_act": "create_act_layer get_act_layer get_act_fn", "create_attn": "get_attn", "create_conv2d": "",
    "create_norm": "get_norm_layer create_norm_layer", "create_norm_act": "get_norm_act_layer create_norm_act_layer",
    "drop": "DropBlock2d DropPath drop_block_2d drop_path", "eca": "EcaModule CecaModule EfficientChannelAttn CircularEfficientChannelAttn",
    "fast_norm": "is_fast_norm set_fast_norm fast_group_norm fast_layer_norm", "format": "Format get_channel_dim get_spatial_dim nchw_to nhwc_to",
    "global_context": "GlobalContext", "grid": "ndgrid meshgrid", "grn": "",
    "helpers": "to_ntuple to_2tuple to_3tuple to_4tuple make_divisible extend_tuple", "layer_scale": "LayerScale LayerScale2d", "linear": "Linear",
    "mixed_conv2d": "MixedConv2d", "mlp": "Mlp GluMlp GatedMlp SwiGLU SwiGLUPacked ConvMlp GlobalResponseNormMlp",
    "norm": "GroupNorm GroupNorm1 LayerNorm LayerNorm2d LayerNormFp32 LayerNorm2dFp32 RmsNorm RmsNorm2d RmsNormFp32 RmsNorm2dFp32 SimpleNorm SimpleNorm2d "
            "SimpleNormFp32 SimpleNorm2dFp32",
    "norm_act": "BatchNormAct2d GroupNormAct GroupNorm1Act LayerNormAct LayerNormAct2d LayerNormActFp32 LayerNormAct2dFp32 RmsNormAct RmsNormAct2d "
                "RmsNormActFp32 RmsNormAct2dFp32 SyncBatchNormAct convert_sync_batchnorm FrozenBatchNormAct2d",
    "padding": "get_padding get_same_padding pad_same", "patch_dropout": "PatchDropout PatchDropoutWithIndices patch_dropout_forward",
    "patch_embed": "PatchEmbed PatchEmbedWithSize resample_patch_embed", "pool1d": "global_pool_nlc", "pool2d_same": "AvgPool2dSame create_pool2d",
    "pos_embed": "resample_abs_pos_embed resample_abs_pos_embed_nhwc", "pos_embed_rel": "RelPosBias gen_relative_position_index",
    "separable_conv": "SeparableConv2d SeparableConvNormAct", "squeeze_excite": "SEModule SqueezeExcite EffectiveSEModule EffectiveSqueezeExcite",
    "std_conv": "StdConv2d StdConv2dSame ScaledStdConv2d ScaledStdConv2dSame", "trace_utils": "_assert _float_to_int",
    "typing": "LayerType PadType disable_compiler",
    "weight_init": "trunc_normal_ trunc_normal_tf_ variance_scaling_ lecun_normal_ init_weight_jax init_weight_vit",
}
_MISSING = frozenset("""
    create_feature_extractor get_graph_node_names register_notrace_function register_notrace_module is_notrace_module is_notrace_function
    get_notrace_modules get_notrace_functions AttentionRope MultiQueryAttention2d Attention2d MultiQueryAttentionV2 RotAttentionPool2d RotaryEmbedding
    ClNormMlpClassifierHead CondConv2d get_condconv_initializer EvoNorm2dB0 EvoNorm2dB1 EvoNorm2dB2 EvoNorm2dS0 EvoNorm2dS0a EvoNorm2dS1 EvoNorm2dS1a
    EvoNorm2dS2 EvoNorm2dS2a FilterResponseNormTlu2d FilterResponseNormAct2d GatherExcite HybridEmbed HybridEmbedWithSize InplaceAbn NonLocalAttn
    BatNonLocalAttn freeze_batch_norm_2d unfreeze_batch_norm_2d PatchEmbedInterpolator RelPosMlp RelPosBiasTf gen_relative_log_coords
    resize_rel_pos_bias_table resize_rel_pos_bias_table_simple resize_rel_pos_bias_table_levit pixel_freq_bands freq_bands build_sincos2d_pos_embed
    build_fourier_pos_embed build_rotary_pos_embed apply_rot_embed apply_rot_embed_cat apply_rot_embed_list apply_keep_indices_nlc FourierEmbed
    RotaryEmbeddingCat RotaryEmbeddingMixed RotaryEmbeddingDinoV3 get_mixed_freqs create_rope_embed SelectiveKernel SpaceToDepth DepthToSpace SplitAttn
    SplitBatchNorm2d convert_splitbn_model TestTimePoolHead apply_test_time_pool
""".split())

# Functions that have the names of their modules.
from .create_attn import create_attn
from .create_conv2d import create_conv2d

__getattr__ = _lazy.attributes(__name__, _NAMES, missing_things=_MISSING)
__all__ = ["create_attn", "create_conv2d", *(name for names in _NAMES.values() for name in names.split())]
