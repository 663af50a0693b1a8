"""Training of the learned relation model: apart from the product, run with the `train` extra."""
