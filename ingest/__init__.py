"""From briefing files to extractions."""

import os

# Our matrices are small, and cores are better used by worker processes than by threads inside a product.
# NumPy reads these when it is first loaded.
for _name in ("OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(_name, "1")
