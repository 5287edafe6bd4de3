"""JAX, if this computer has it, in float64: the first thing that the room imports."""

try:
    import jax
except ImportError as error:  # there is no build for Macs with an Intel processor
    raise ImportError(
        "`helpers.learned` needs JAX, which does not exist for this computer (Macs with an Intel "
        "processor, for one). The lessons that train networks need another; the rest works here."
    ) from error

jax.config.update("jax_enable_x64", True)  # before any number is made, initial weights as well
