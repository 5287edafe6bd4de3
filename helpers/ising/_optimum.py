"""Best pictures of the Ising model: a local one by climbing, a global one by a minimum cut."""

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from helpers._arguments import not_negative

CAPACITY = 1 << 20  # whole units of flow that the strongest bond or field gets


def icm(field, coupling):
    """Climb to a nearby best picture: each pixel takes its likelier value until none changes.

    Parameters
    ----------
    field : array of shape (M, N)
    coupling : float >= 0

    Returns
    -------
    array of shape (M, N), int8
        A local optimum only; it starts at the sign of the field. Ties keep their value.

    References
    ----------
    J. Besag, On the statistical analysis of dirty pictures, JRSS B 48 (1986) 259-302.
    """
    field, coupling = check_field(field), not_negative(coupling, "coupling")
    spins = np.where(field >= 0, 1, -1).astype(np.int8)
    chessboard = np.indices(field.shape).sum(axis=0) % 2
    changed = True
    while changed:
        before = spins.copy()
        for colour in (0, 1):
            votes = coupling * _neighbour_sum(spins) + field
            better = np.where(votes > 0, 1, np.where(votes < 0, -1, spins))
            spins = np.where(chessboard == colour, better, spins).astype(np.int8)
        changed = not np.array_equal(spins, before)
    return spins


def exact_map(field, coupling):
    """Find a picture of lowest energy, exactly, as a minimum cut of a graph.

    Parameters
    ----------
    field : array of shape (M, N)
        Rounded to 2^-20 of the largest of `coupling` and the field.
    coupling : float >= 0

    Returns
    -------
    array of shape (M, N), int8

    References
    ----------
    D. M. Greig, B. T. Porteous and A. H. Seheult, Exact maximum a posteriori estimation for
    binary images, JRSS B 51 (1989) 271-279.
    """
    field, coupling = check_field(field), not_negative(coupling, "coupling")
    pixels = np.arange(field.size).reshape(field.shape)
    source, sink = field.size, field.size + 1
    strongest = max(coupling, np.abs(field).max()) or 1.0
    pull = np.rint(field.ravel() / strongest * CAPACITY).astype(np.int32)
    first = np.r_[pixels[1:].ravel(), pixels[:, 1:].ravel()]
    second = np.r_[pixels[:-1].ravel(), pixels[:, :-1].ravel()]
    up, down = np.flatnonzero(pull > 0), np.flatnonzero(pull < 0)
    tails = np.r_[first, second, np.full(up.size, source), down]
    heads = np.r_[second, first, up, np.full(down.size, sink)]
    bonds = np.full(2 * first.size, round(coupling / strongest * CAPACITY), dtype=np.int32)
    capacity = np.r_[bonds, pull[up], -pull[down]]
    graph = sparse.csr_array((capacity, (tails, heads)), shape=(sink + 1, sink + 1))
    left = graph - csgraph.maximum_flow(graph, source, sink).flow
    left.data = np.maximum(left.data, 0)
    left.eliminate_zeros()
    reached = csgraph.breadth_first_order(left, source, return_predecessors=False)
    side = np.full(sink + 1, -1, dtype=np.int8)
    side[reached] = 1
    return side[: field.size].reshape(field.shape)


def _neighbour_sum(spins):
    total = np.zeros(spins.shape)
    total[1:] += spins[:-1]
    total[:-1] += spins[1:]
    total[:, 1:] += spins[:, :-1]
    total[:, :-1] += spins[:, 1:]
    return total


def check_field(field, shape=None, name="field"):
    """Return a finite float64 field of shape (M, N), or of `shape` if a number was given."""
    field = np.asarray(field, dtype=np.float64)
    if shape is not None and field.ndim == 0:
        field = np.full(shape, field)
    if field.ndim != 2 or field.size == 0 or (shape is not None and field.shape != shape):
        wanted = "(M, N)" if shape is None else f"{shape}"
        raise ValueError(f"`{name}` must have shape {wanted}; got {field.shape}.")
    if not np.isfinite(field).all():
        raise ValueError(f"`{name}` must be finite; got NaN or infinity.")
    return field
