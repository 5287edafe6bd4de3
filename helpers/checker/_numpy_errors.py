"""Messages of NumPy, and a sentence or a function that makes one for each."""


def _unfit(shapes):
    said = f"the shapes {shapes} do not fit. Compared from the right, two lengths must be equal or"
    if len({shape.count(",") - shape.endswith(",)") for shape in shapes.split()}) > 1:
        cure = "make room with `[:, None]` or `[..., None]`, or choose another axis"
        return f"{said} one of them 1: {cure}"
    return (
        f"{said} one of them 1. Did one lose elements, or was it made for another size? Only where"
        " each element is to meet all of the other array does `[:, None]` make room"
    )


def _bounds(*numbers):
    index, axis, size = map(int, numbers)
    last = f"the last index is {size - 1}" if size else "it is empty"
    equal = " (counting starts at 0)" if index == size else ""
    return f"index {index} is outside: axis {axis} has the length {size}, so {last}{equal}"


NUMPY = [
    (
        r"truth value of an array",
        "an `if`, `while`, `and`, `or`, `not`, `min`, `max` or a chain `a <= x <= b` needs one"
        " True or False, and met a whole array. For masks write `&`, `|`, `~` and"
        " `(a <= x) & (x <= b)`; for values use `np.where`, `np.minimum` or `np.maximum`",
    ),
    (
        r"name '(zeros|ones|array|arange|sqrt|exp|log|log10|mean|clip|where|abs_|round_|pi|inf|nan"
        r"|uint8|float64|linspace|argsort|unique|cumsum|quantile|median|std|rint|floor|ceil|roll"
        r"|isnan|stack|concatenate|radians|sin|cos|arctan2|zeros_like|full_like|minimum|maximum)'"
        r" is not defined",
        "`{0}` belongs to NumPy: write `np.{0}`",
    ),
    (
        r"'(?:numpy\.ndarray|module)' object is not callable",
        "round brackets call a function, and this is an array or a module: elements are taken with"
        " square brackets, `a[0]`",
    ),
    (
        r"only (?:length-1|0-dimensional|size-1) arrays can be converted",
        "`math`, `int` and `float` take one number, and met an array: use NumPy's function"
        " (`np.sqrt` for `math.sqrt`) or `.astype(int)`",
    ),
    (r"could not be broadcast together with (?:remapped )?shapes? ?((?:\([^)]*\) ?)+)", _unfit),
    (
        r"could not broadcast input array from shape (\([^)]*\)) into shape (\([^)]*\))",
        "an array of shape {0} was to be written into a place of shape {1}",
    ),
    (
        r"boolean index did not match",
        "a mask takes elements only from an array of its own shape: this mask has another one",
    ),
    (r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)", _bounds),
    (
        r"too many indices for array: array is (\d+)-dimensional, but (\d+) were indexed",
        "{1} indices for an array with {0} axes: is it grey where colour is expected, or was an"
        " axis lost by a sum or a mean?",
    ),
    (
        r"axis (\d+) is out of bounds for array of dimension (\d+)",
        "the array has {1} axes, numbered from 0, so there is no axis {0}; -1 is the last one",
    ),
    (
        r"ufunc 'bitwise_xor' not supported|unsupported operand type\(s\) for \^",
        "`^` is not a power in Python: a power is written `**`",
    ),
    (
        r"ufunc 'invert' not supported|bad operand type for unary ~",
        "`~` turns round True and False, and these are other numbers: write `1 - x` for 0 and 1, or"
        " compare first, `x == 0`",
    ),
    (
        r"numpy boolean subtract",
        "masks cannot be subtracted: turn one round with `~`, or join them with `&` and `|`",
    ),
    (
        r"arrays used as indices must be of integer|only integers, slices|indices must be integers",
        "an index must be a whole number: `/` always gives a float, `//` or `int` a whole number",
    ),
    (
        r"Cannot cast ufunc .* from dtype\('float64'\) to dtype\('(\w+)'\)",
        "an array of {0} cannot take in floats in place (`+=`, `*=`): write `a = a + b`, or widen"
        " with `.astype(float)` first",
    ),
    (
        r"Python integer (-?\d+) out of bounds for (\w+)",
        "{0} does not fit into {1}: widen the picture first, with `.astype(int)`",
    ),
    (r"assignment destination is read-only", "this array cannot be written to: work on a copy"),
    (
        r"'numpy\.ndarray' object has no attribute '(\w+)'",
        "an array has no `.{0}`: is it a function of its own, `np.{0}(a)`, or misspelt?",
    ),
    (
        r"zero-size array|arg\w+ of an empty sequence|arg is an empty sequence|is an empty",
        "nothing is left here: an array or list without elements has no smallest or largest one",
    ),
    (r"inhomogeneous shape", "the rows have different lengths, so they make no array"),
    (
        r"cannot reshape array of size (\d+) into shape (\([^)]*\))",
        "{0} elements do not fill the shape {1}",
    ),
    (
        r"matmul: .*mismatch|shapes (\([^)]*\)) and (\([^)]*\)) not aligned",
        "for `@` the last length on the left must equal the first one on the right",
    ),
    (
        r"Singular matrix",
        "these equations have no single solution: a row of the matrix is all 0, or follows from the"
        " others",
    ),
    (r"dimensions of the array must be square", "this needs a matrix with as many rows as columns"),
    (
        r"Cannot cast array data from dtype\('<U|string multiply|matching types \(dtype\('<U",
        "names stand where numbers are needed: compare them, or number them with"
        " `np.unique(names, return_inverse=True)`",
    ),
    (
        r"Cannot cast array data from dtype\('float64'\) to dtype\('int64'\)",
        "whole numbers are needed here, and these are floats: write `.astype(int)`",
    ),
    (
        r"ufunc 'bitwise_(?:and|or)' not supported",
        "`&` and `|` join masks, and bind tighter than `<`: put brackets round each comparison",
    ),
    (
        r"all the input array|all input arrays must have the same shape",
        "arrays that are joined must be of equal length along every other axis",
    ),
    (
        r"doesn't define __round__",
        "`round` takes one number, and met an array: use `np.rint`",
    ),
    (
        r"input arrays in add/subtract/multiply/divide functions have different types",
        "OpenCV computes with two arrays of one dtype only: widen both, with `.astype(float)`",
    ),
    (r"Cannot interpret '\d+' as a data type", "a shape is one tuple: `np.zeros((2, 3))`"),
]
