"""Networks in JAX: small ones that are trained here, and a large one that was trained before.

Every number is float64, so that a training run agrees to six digits on all processors. Never fork
a process after this import (workers are threads, or are started afresh).
"""

try:
    import jax
except ImportError as error:  # there is no build for Macs with an Intel processor
    raise ImportError(
        "`helpers.learned` needs JAX, which does not exist for this computer (Macs with an Intel "
        "processor, for one). The lessons that train networks need another; the rest works here."
    ) from error

jax.config.update("jax_enable_x64", True)  # before any number is made, initial weights as well
