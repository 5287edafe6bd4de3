"""Vectorised kernels and notebook engines of Pixels & Probability."""
