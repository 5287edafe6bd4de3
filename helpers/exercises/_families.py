"""Families of wrong values that exercises of several lessons name."""


def anything(value):
    """Hold for every value: a last misconception that answers whatever no other one knew."""
    return True
