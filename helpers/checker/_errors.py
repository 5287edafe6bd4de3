"""Turn the messages of Python and NumPy into a sentence for a learner."""

import re

from helpers.checker._numpy_errors import NUMPY

_PYTHON = [
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
    (
        r"list index out of range|tuple index out of range|string index out of range",
        "an index is too large: the last element of n has the index n - 1",
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
        r"'(float|float64|numpy\.float64)' object cannot be interpreted as an integer",
        "a whole number is needed here, and this is a float: use `//` instead of `/`, or"
        " `int(...)`",
    ),
    (
        r"'tuple' object has no attribute '(\w+)'",
        "a tuple holds several things, such as all that a function returned: take one of them, with"
        " `[0]`, or make an array of them, with `np.array(...)`",
    ),
    (
        r"'list' object has no attribute '(\w+)'|unsupported operand .*'(?:list|tuple)'"
        r"|can't multiply sequence|can only concatenate (?:list|tuple)",
        "lists and tuples do not compute element by element: make an array first, `np.array(...)`",
    ),
    (
        r"'NoneType'",
        "None stands where a value is needed: a function that changes its argument"
        " in place (`sort`, `append`) returns None",
    ),
    (
        r"unsupported operand type.*'str'|can only concatenate str",
        "text cannot be added to a number: is it a name, or a number in quotation marks?",
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
    (r"No module named '(\w+)'", "there is no module `{0}` in this course"),
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
        r"not supported between instances of '(\w+)' and '(\w+)'",
        "a value of type {0} cannot be compared with one of type {1}",
    ),
    (
        r"cannot convert float NaN to integer",
        "NaN cannot become a whole number: look at what makes it, such as 0 / 0",
    ),
]


def plain_words(text):
    """Return a sentence for the message of an error, or None if it speaks for itself."""
    for pattern, sentence in (*NUMPY, *_PYTHON):
        found = re.search(pattern, text)
        if found:
            groups = [group.strip() for group in found.groups() if group is not None]
            return sentence(*groups) if callable(sentence) else sentence.format(*groups, "")
    return None
