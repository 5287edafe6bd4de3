"""Turn the messages of Python and NumPy into a sentence for a learner."""

import re


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


_PATTERNS = [
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
        r"name '(\w+)' is not defined",
        "there is no `{0}` here: look for a slip in the spelling,"
        " or for a line above that should make it",
    ),
    (
        r"cannot access local variable '(\w+)'|local variable '(\w+)' referenced",
        "`{0}` is read before it has a value: give it one before the loop or the `if`",
    ),
    (
        r"'(?:numpy\.ndarray|module)' object is not callable",
        "round brackets call a function, and this is an array or a module: elements are taken with"
        " square brackets, `a[0]`",
    ),
    (
        r"'(\w+(?:\.\w+)?)' object is not callable",
        "round brackets call a function, and this is a value of type {0}: is an operator such as"
        " `*` missing, or a name used twice?",
    ),
    (
        r"'(?:function|builtin_function_or_method|method|type|ufunc|numpy\.ufunc|_ArrayFunction"
        r"Dispatcher)' object is not subscriptable",
        "a function is called with round brackets, `f(x)`; square brackets take elements",
    ),
    (
        r"'(?:function|builtin_function_or_method|method)' object has no attribute '(\w+)'",
        "a function stands here, and a function has no `{0}`: it is called with round brackets,"
        " `f(...)`",
    ),
    (
        r"'(?:function|builtin_function_or_method|method)'",
        "a function stands here without its brackets `()`: it must be called to give a value",
    ),
    (
        r"only (?:length-1|0-dimensional|size-1) arrays can be converted",
        "`math`, `int` and `float` take one number, and met an array: use NumPy's function"
        " (`np.sqrt` for `math.sqrt`) or `.astype(int)`",
    ),
    (
        r"too many values to unpack \(expected 2",
        "more than two parts were to be taken apart into two names: a colour picture has the shape"
        " (M, N, 3), and `image.shape[:2]` fits it as well as a grey one",
    ),
    (
        r"not enough values to unpack \(expected 3, got 2",
        "two parts were to be taken apart into three names: a grey picture has the shape (M, N),"
        " and `image.shape[:2]` fits it as well as one in colour",
    ),
    (
        r"(?:too many|not enough) values to unpack \(expected (\d+)",
        "a value with another number of parts was to be taken apart into {0}",
    ),
    (
        r"cannot unpack non-iterable (\S+)",
        "one value of type {0} was to be taken apart into several names: it has no parts",
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
        r"list index out of range|tuple index out of range|string index out of range",
        "an index is too large: the last element of n has the index n - 1",
    ),
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
        r"expected (\d+) argument|takes (?:from \d+ to )?(\d+) positional arguments? but",
        "too many arguments without a name: this function takes at most {0} in a row, and further"
        " ones by name, `name=value`",
    ),
    (r"unexpected keyword argument '(\w+)'", "the function called has no argument named `{0}`"),
    (
        r"missing \d+ required (?:positional|keyword-only) arguments?: (.+)",
        "an argument is missing in a call: {0}",
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
        r"'(float|float64|numpy\.float64)' object cannot be interpreted as an integer",
        "a whole number is needed here, and this is a float: use `//` instead of `/`, or"
        " `int(...)`",
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
        r"'tuple' object has no attribute '(\w+)'",
        "a tuple holds several things, such as all that a function returned: take one of them, with"
        " `[0]`, or make an array of them, with `np.array(...)`",
    ),
    (
        r"'list' object has no attribute '(\w+)'|unsupported operand .*'(?:list|tuple)'"
        r"|can't multiply sequence|can only concatenate",
        "lists and tuples do not compute element by element: make an array first, `np.array(...)`",
    ),
    (
        r"'NoneType'",
        "None stands where a value is needed: a function that changes its argument"
        " in place (`sort`, `append`) returns None",
    ),
    (
        r"unsupported operand type.*'str'|can only concatenate str",
        "text cannot be added to a number: is a number written in quotation marks?",
    ),
    (
        r"math domain error|expected a (?:positive|nonnegative) input",
        "the logarithm or root of a number that has none: 0 or below",
    ),
    (r"division by zero", "a division by 0: look at what the count or the sum is in this case"),
    (
        r"the list holds itself",
        "a list was put into itself: append the value, not the list",
    ),
    (r"maximum recursion depth", "the function calls itself without end"),
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
    (r"No module named '(\w+)'", "there is no module `{0}` in this course"),
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
    (r"'str' object has no attribute '(\w+)'", "text stands here, and text has no `.{0}`"),
    (
        r"'(?:int|float|bool)' object has no attribute '(\w+)'",
        "one number stands here, and it has no `.{0}`: that belongs to arrays",
    ),
    (
        r"'(?:int|float|bool|numpy\.\w+)' object is not (?:iterable|subscriptable)"
        r"|invalid index to scalar|object of type '(?:int|float|bool|numpy\.\w+)' has no len",
        "one number stands here, and no array or list: it has no elements and no length",
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
        r"not supported between instances of '(\w+)' and '(\w+)'",
        "a value of type {0} cannot be compared with one of type {1}",
    ),
    (r"Cannot interpret '\d+' as a data type", "a shape is one tuple: `np.zeros((2, 3))`"),
    (
        r"cannot convert float NaN to integer",
        "NaN cannot become a whole number: look at what makes it, such as 0 / 0",
    ),
]


def plain_words(text):
    """Return a sentence for the message of an error, or None if it speaks for itself."""
    for pattern, sentence in _PATTERNS:
        found = re.search(pattern, text)
        if found:
            groups = [group.strip() for group in found.groups() if group is not None]
            return sentence(*groups) if callable(sentence) else sentence.format(*groups, "")
    return None
