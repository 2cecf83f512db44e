"""What stands in for what is not here: packages, settings, pretrained models, names not supported yet."""
