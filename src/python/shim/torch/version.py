"""torch.version"""
__version__, debug, cuda, git_version, hip, rocm, xpu = "2.13.0", False, None, "", None, None, None
