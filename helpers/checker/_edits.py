"""Small changes of an answer's source, each with the words for the slip that it would mend."""

import ast
import contextlib
from typing import NamedTuple

from helpers.checker import _counts, _holding, _missing, _places, _renaming, _slips
from helpers.checker._chance import by_chance, stands, turns_more
from helpers.checker._safety import endless_pairs, is_size
from helpers.checker._source import names

_KINDS = (
    *(_slips.kept, _slips.moved_out, _slips.joined, _slips.compared, _counts.added),
    *(_places.gridded, _slips.exchanged, _slips.axes, _counts.leftover, _counts.ended),
    *(_counts.started, _slips.operated, _slips.twins, _counts.counted, _missing.inverted),
    *(_missing.turned, _missing.bracketed, _missing.unwrapped, _holding.widened),
    *(_holding.floated, _holding.copied, _places.gathered, _renaming.renamed),
    *(_counts.numbered, _missing.wrapped),
)
CLEAR = ("kept", "joined", "compared", "exchanged", "started", "twins")  # whatever they mend
_RISKY = (
    _counts.counted,
    _counts.numbered,
    _missing.unwrapped,
    _missing.wrapped,
    _renaming.renamed,
)
_OFTEN = (_slips.compared, _slips.axes, _slips.exchanged, _slips.joined, _slips.twins)
_OFTEN += (_missing.turned,)
_TELLING = {"kept", "moved_out", "joined", "compared", "axes", "exchanged", "leftover"}
_TELLING |= {"operated", "twins", "widened", "copied"}
_MOST = 4  # places of one and the same slip


class Edit(NamedTuple):
    """The node that is changed, what is wrong with it, the kind, in how many places and where."""

    node: ast.AST
    words: str
    kind: str
    places: int = 1
    spots: tuple = ()  # where it hangs: (parent, field, index or None, what stands there now)

    @property
    def is_telling(self):
        """Tell whether such a change seldom leads to another slip by chance."""
        slices = any(isinstance(part, ast.Slice) for part in getattr(self.node, "elts", ()))
        return self.kind in _TELLING and self.places == 1 and not slices

    def is_fair(self, tree):
        """Tell whether such a change leads to a declared slip only where both were made.

        Another one could undo a right step, and so make another slip: it may take away a call
        or a number, turn truth round, read another parameter, or add a plain last step to a value.
        """
        if self.kind == "renamed":
            read = (self.node, *(spot[-1] for spot in self.spots))
            return {name.id for name in read} <= {place.arg for place in tree.args.args}
        if self.kind == "unwrapped":
            sides = (getattr(self.node, side, None) for side in ("left", "right"))
            number = any(isinstance(side, ast.Constant) for side in sides)
            return number or isinstance(self.node, ast.Call)
        plain = self.kind == "turned" or self.words in _missing.PLAIN
        nodes = (self.node, *(spot[-1] for spot in self.spots))
        sized = any(is_size(node, tree) for node in nodes)
        return plain and not sized and not turns_more(self, tree)


def edits(tree, only=()):
    """Yield every Edit of a function's tree, the likeliest slips first.

    `only` names the kinds wanted, such as "kept". While an Edit is handed out, the tree stands
    changed; then it is put back. A slip that occurs several times is also changed everywhere.
    """
    kinds = [kind for kind in _KINDS if not only or kind.__name__ in only]
    nodes, places = list(ast.walk(tree)), _places(tree)
    shut = {id(part) for node in nodes for part in _shut(node)}
    fixed = {id(part) for node in nodes for part in _fixed(node)} | shut
    endless, odd = {pair for node in nodes for pair in endless_pairs(node)}, stands(tree)
    for kind in kinds:
        alike = {}
        for node in nodes:
            if id(node) in (fixed if kind in _RISKY else shut):
                continue
            for number, (other, words) in enumerate(kind(node, tree)):
                if (id(node), getattr(other, "id", "")) in endless:
                    continue
                if by_chance(node, other, odd):
                    continue
                spots = list(_spots(places, tree, node, other))
                for spot in spots:
                    yield from _changed([spot], Edit(node, words, kind.__name__))
                if _repeats(kind, node) or words in _missing.EVERYWHERE:
                    key = (*_sort(kind, node, other, number), words)
                    alike.setdefault(key, []).append((node, spots))
        for (*_, words), group in alike.items():
            spots = [spot for _, there in group for spot in there]
            if 2 <= len(spots) <= _MOST:
                yield from _changed(spots, Edit(group[0][0], words, kind.__name__, len(spots)))


def _sort(kind, node, other, number):
    """Name what two places of the same slip have in common."""
    if kind is _slips.axes and _axis(node) != _axis(other):  # in `mean` and `std` alike
        return _axis(node), _axis(other), len(node.args) - len(other.args)
    if _by_number(kind, node):  # in `(a + b) / 2` and `(c + d) / 2` alike
        return type(node.op), ast.dump(node.right), number
    if kind not in _OFTEN:
        return ast.dump(node), number
    parts = getattr(node, "op", None) or getattr(node, "ops", None) or getattr(node, "func", None)
    parts = parts if isinstance(parts, list) else [parts]
    name = getattr(node, "attr", getattr(node, "id", ""))
    return (type(node), name, *(ast.dump(part) for part in parts if part is not None), number)


def _repeats(kind, node):
    """Tell whether a slip of this kind is often made in several places of an answer.

    Equal and unequal are not: turned round everywhere, many a symmetric formula stays the same.
    """
    ops = {type(op) for op in node.ops} if isinstance(node, ast.Compare) else set()
    often = kind in (*_OFTEN, _renaming.renamed) or _by_number(kind, node)
    return often and not ops & {ast.Eq, ast.NotEq}


def _by_number(kind, node):
    """Tell whether a side of `a / 2` or `a * 2` is left out."""
    scales = isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.Div))
    return kind is _missing.unwrapped and scales and isinstance(node.right, ast.Constant)


def _axis(call):
    return next((ast.dump(word.value) for word in call.keywords if word.arg == "axis"), "")


def _changed(spots, edit):
    olds = [_put(*spot) for spot in spots]
    try:
        yield edit._replace(spots=tuple(spots))
    finally:
        for (parent, field, at, _), old in zip(reversed(spots), reversed(olds), strict=True):
            _put(parent, field, at, old)


@contextlib.contextmanager
def instead(edit, other):
    """Put another node in the place of the change while this lasts."""
    ast.fix_missing_locations(ast.copy_location(other, edit.node))
    for parent, field, at, _ in edit.spots:
        _put(parent, field, at, other)
    try:
        yield
    finally:
        for spot in edit.spots:
            _put(*spot)


def _spots(places, tree, node, other):
    """Yield where a change is put; the function itself stays, and its body is exchanged."""
    if node is tree:
        yield tree, "body", None, ast.fix_missing_locations(other).body
        return
    ast.fix_missing_locations(ast.copy_location(other, node))
    for parent, field, at in places.get(id(node), ()):
        yield parent, field, at, other


def _places(tree):
    """Tell where each node hangs: id -> list of (parent, field, index or None)."""
    found = {}
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            for at, part in enumerate(value if isinstance(value, list) else [value]):
                if isinstance(part, ast.AST) and not isinstance(part, ast.expr_context):
                    row = (parent, field, at if isinstance(value, list) else None)
                    found.setdefault(id(part), []).append(row)
    return found


def _put(parent, field, at, node):
    """Hang a node into its place, and return the one that was there."""
    if at is None:
        old = getattr(parent, field)
        setattr(parent, field, node)
    else:
        old = getattr(parent, field)[at]
        getattr(parent, field)[at] = node
    return old


def _fixed(node):
    """Yield what stays: a change would never enter a branch, or write into nothing."""
    if isinstance(node, ast.If):
        yield from ast.walk(node.test)
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        yield node.value


def _shut(node):
    """Yield what OpenCV is called with: it does not check all of it, and some destroys memory."""
    if isinstance(node, ast.Call) and "cv2" in names(node.func):
        for given in (*node.args, *node.keywords):
            yield from ast.walk(given)
