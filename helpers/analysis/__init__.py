"""What one analysis notebook each needs besides the shared kernels."""
