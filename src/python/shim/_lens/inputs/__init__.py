"""What a model is called with: as comments write it, else solved from what its layers take."""
