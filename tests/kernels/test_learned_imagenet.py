"""The trained network: a file read without trust, torch's numbers, and what is done with them."""

import collections
import csv
import io
import os
import pickle
import runpy
import shutil
import struct
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from sklearn.linear_model import Ridge

from helpers import data, learned
from helpers.learned import _features, _imagenet, _tuning, _weights

# Made once by torch 2.13 (CPU) with efficientnet-lite-pytorch 0.1.0 and the same file of weights:
# logits of the middle 224 x 224 and 65 x 65 pixels of six pictures, batch norm not folded.
REFERENCE = Path(__file__).with_name("imagenet_logits.npz")
PICTURES = ("coffee", "chelsea", "rocket", "astronaut", "brick", "retina")
SIZE = 32  # the smallest that the network takes


def middle(name, side):
    picture = data.load_image(name)
    top, left = ((n - side) // 2 for n in picture.shape[:2])
    return picture[top : top + side, left : left + side]


@pytest.fixture(scope="module")
def small():
    """Six small pictures: grey and colour, uint8 and float, of several sizes."""
    found = [middle(name, 40 + 3 * n) for n, name in enumerate(PICTURES)]
    found[1] = found[1] / 255
    return found


@pytest.fixture(scope="module")
def features(small):
    return learned.imagenet_features(small, size=SIZE)


# The reader of the file


def storage(key, count, kind="FloatStorage"):
    return ("storage", type_of(kind), key, "cpu", count, None)


def type_of(name):
    return Global("torch", name)


class Global:
    """Is written as a name of a module, as torch writes its own."""

    def __init__(self, module, name):
        self.module, self.name = module, name


class Writer(pickle._Pickler):
    """Writes what torch of before 1.6 wrote, with any fault that a test asks for."""

    def save(self, thing, *arguments, **options):
        if isinstance(thing, Global):
            self.write(f"c{thing.module}\n{thing.name}\n".encode())
        elif isinstance(thing, Tensor):
            self.save(Global("torch._utils", "_rebuild_tensor_v2"))
            self.write(pickle.MARK)
            self.save(thing.storage)
            self.write(pickle.BINPERSID)
            for part in (
                thing.offset,
                thing.shape,
                thing.strides,
                False,
                collections.OrderedDict(),
            ):
                self.save(part)
            self.write(pickle.TUPLE + pickle.REDUCE)
        else:
            super().save(thing, *arguments, **options)


class Tensor:
    def __init__(self, storage, shape, strides=None, offset=0):
        self.storage, self.shape, self.offset = storage, shape, offset
        rows = np.cumprod((1, *shape[:0:-1]))[::-1] if shape else ()
        self.strides = tuple(int(s) for s in rows) if strides is None else strides


def pickled(thing):
    file = io.BytesIO()
    Writer(file, protocol=2).dump(thing)
    return file.getvalue()


def written(path, tensors, numbers, *, magic=_weights.MAGIC, little=True, keys=None, rest=b""):
    """Write a file of weights; `numbers` maps the key of a storage to its array."""
    head = [magic, 1001, {"protocol_version": 1001, "little_endian": little}]
    parts = [pickled(p) for p in (*head, collections.OrderedDict(tensors))]
    parts.append(pickled(sorted(numbers) if keys is None else keys))
    for key in sorted(numbers):
        parts += [struct.pack("<q", len(numbers[key])), numbers[key].tobytes()]
    path.write_bytes(b"".join(parts) + rest)
    return path


NUMBERS = np.arange(6, dtype="<f4")
SHAPES = {"a": (2, 3), "b": ()}


def usual():
    tensors = {
        "a": Tensor(storage("1", 6), (2, 3)),
        "b": Tensor(storage("2", 1, "LongStorage"), ()),
    }
    return tensors, {"1": NUMBERS, "2": np.array([7], "<i8")}


def test_arrays_come_back_with_shape_and_dtype_and_also_out_of_other_strides(tmp_path):
    arrays, digest = _weights.read_weights(written(tmp_path / "w", *usual()), SHAPES)
    assert arrays["a"].tolist() == [[0, 1, 2], [3, 4, 5]] and arrays["a"].dtype == np.float32
    assert arrays["b"] == 7 and arrays["b"].dtype == np.int64 and len(digest) == 64
    assert not arrays["a"].flags.writeable
    tensors, numbers = usual()
    tensors["a"] = Tensor(storage("1", 6), (2, 3), strides=(1, 2))
    arrays, _ = _weights.read_weights(written(tmp_path / "w", tensors, numbers), SHAPES)
    assert arrays["a"].tolist() == [[0, 2, 4], [1, 3, 5]]


class Hostile:
    def __init__(self, *call):
        self.call = call

    def __reduce__(self):
        return self.call[0], self.call[1:]


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ((print, "I ran"), "builtins.print"),
        ((os.system, "touch ran"), "posix.system|nt.system"),
        ((eval, "1 + 1"), "builtins.eval"),
        ((getattr, "x", "upper"), "builtins.getattr"),
    ],
)
@pytest.mark.parametrize("place", range(5))
def test_a_file_that_calls_something_is_refused_before_it_is_called(
    tmp_path, monkeypatch, capsys, call, name, place
):
    monkeypatch.chdir(tmp_path)
    good = written(tmp_path / "w", *usual()).read_bytes()
    parts, file = [], io.BytesIO(good)
    for _ in range(5):
        start = file.tell()
        _weights._OnlyData(file).load()
        parts.append(good[start : file.tell()])
    parts[place] = pickle.dumps(Hostile(*call), protocol=4)
    (tmp_path / "w").write_bytes(b"".join(parts) + file.read())
    with pytest.raises(ValueError, match=rf"`path` must be .*({name})' is not allowed"):
        _weights.read_weights(tmp_path / "w", SHAPES)
    assert not capsys.readouterr().out and not (tmp_path / "ran").exists()


def faulty(**changes):
    """Return the usual file with one tensor or one array of numbers replaced."""
    tensors, numbers = usual()
    for name, value in changes.items():
        (tensors if name in SHAPES or isinstance(value, Tensor) else numbers)[name.strip("_")] = (
            value
        )
    return tensors, numbers


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        (usual(), {"magic": 5}, "not a little-endian torch file"),
        (usual(), {"little": False}, "not a little-endian torch file"),
        (usual(), {"rest": b"!"}, "more bytes"),
        (usual(), {"keys": ["1"]}, "other storages"),
        (usual(), {"keys": ["1", "2", "3"]}, "other storages"),
        (faulty(c=Tensor(storage("1", 6), (6,))), {}, "it has the array 'c'"),
        (({"a": Tensor(storage("1", 6), (2, 3))}, {"1": NUMBERS}), {}, "it lacks the array 'b'"),
        (faulty(a=Tensor(storage("1", 6), (3, 2))), {}, "'a' must have shape"),
        (faulty(a=Tensor(storage("1", 6), (2, 3), (3, 1), 1)), {}, "inside its storage"),
        (faulty(a=Tensor(storage("1", 6), (2, 3), (3, 1), -1)), {}, "inside its storage"),
        (faulty(a=Tensor(storage("1", 6), (2, 3), (3, -1), 2)), {}, "inside its storage"),
        (faulty(a=Tensor(storage("1", 6), (2, 3), (4, 1))), {}, "inside its storage"),
        (faulty(a=Tensor(storage("1", 6), (2, 3), (3,))), {}, "'a' must have shape"),
        (faulty(a=Tensor(storage("1", 5), (2, 3), (0, 1)), _1=NUMBERS[:5]), {}, "inside its"),
        (faulty(_1=NUMBERS[:5]), {}, "another length"),
        (faulty(_1=NUMBERS * np.float32(np.nan)), {}, "finite numbers"),
    ],
)
def test_strange_files_are_refused_with_their_fault(tmp_path, content, options, message):
    path = written(tmp_path / "w", *content, **options)
    with pytest.raises(ValueError, match=f"`path` must be the weights asked for.*{message}"):
        _weights.read_weights(path, SHAPES)


def test_a_file_cut_anywhere_is_refused(tmp_path):
    whole = written(tmp_path / "w", *usual()).read_bytes()
    for length in range(len(whole)):
        (tmp_path / "w").write_bytes(whole[:length])
        with pytest.raises(ValueError, match="`path` must be the weights asked for"):
            _weights.read_weights(tmp_path / "w", SHAPES)


def test_a_file_with_any_byte_changed_is_refused_or_gives_arrays_of_the_right_shape(tmp_path):
    whole = written(tmp_path / "w", *usual()).read_bytes()
    refused = 0
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 0xFF
        (tmp_path / "w").write_bytes(changed)
        try:
            arrays, _ = _weights.read_weights(tmp_path / "w", SHAPES)
        except ValueError:
            refused += 1
        else:
            assert {name: array.shape for name, array in arrays.items()} == SHAPES
    assert refused > len(whole) / 2


def test_a_large_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = written(tmp_path / "w", *usual())
    monkeypatch.setattr(_weights, "MOST_BYTES", 100)
    with pytest.raises(ValueError, match="`path` must hold at most 100 bytes"):
        _weights.read_weights(path, SHAPES)


def test_the_installed_file_is_the_one_that_its_name_tells():
    path = _weights.weight_file()
    arrays, digest = _weights.read_weights(path, _imagenet.shapes())
    assert path.stem.endswith(digest[:8])
    assert len(arrays) == 296 and sum(array.size for array in arrays.values()) > 4.6e6


def test_a_missing_package_is_told_in_one_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(_weights, "PACKAGE", "no_such_package")
    with pytest.raises(FileNotFoundError, match="ImageNet weights are missing"):
        _weights.weight_file()


def test_the_installed_file_with_a_name_too_many_or_too_few_is_refused():
    for shapes in (_imagenet.shapes() | {"x": ()}, dict(list(_imagenet.shapes().items())[:-1])):
        with pytest.raises(ValueError, match=r"it (lacks|has) the array"):
            _weights.read_weights(_weights.weight_file(), shapes)


# The network


@pytest.mark.parametrize("side", [224, 65])
@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_logits_are_those_of_torch(side, precision):
    pictures = [middle(name, side) for name in PICTURES]
    with np.load(REFERENCE) as stored:
        expected = stored[str(side)]
    logits = learned.imagenet_logits(pictures, size=side, precision=precision)
    np.testing.assert_allclose(logits, expected, atol=1e-4)
    assert logits.dtype == precision and np.abs(expected).max() > 9


def test_photographs_are_called_what_they_show():
    logits = learned.imagenet_logits([data.load_image(n) for n in ("coffee", "chelsea", "rocket")])
    assert logits.argmax(axis=1).tolist() == [967, 285, 657]  # espresso, Egyptian cat, missile
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(shares.max(axis=1), [0.94, 0.40, 0.23], atol=0.01)


@pytest.mark.parametrize(("side", "stride"), [(3, 1), (3, 2), (5, 1), (5, 2)])
@pytest.mark.parametrize("shape", [(8, 8), (7, 9), (1, 2), (2, 5)])
def test_shifted_copies_give_the_librarys_depthwise_convolution(side, stride, shape):
    rng = np.random.default_rng(0)
    pictures, kernel = rng.normal(size=(2, *shape, 4)), rng.normal(size=(side, side, 1, 4))
    expected = jax.lax.conv_general_dilated(
        jnp.asarray(pictures),
        jnp.asarray(kernel),
        (stride, stride),
        "SAME",
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
        feature_group_count=4,
    )
    ours = _imagenet.convolve(jnp.asarray(pictures), (kernel, np.arange(4.0)), stride)
    np.testing.assert_allclose(ours, expected + np.arange(4.0), atol=1e-12)


# Features


def test_features_do_not_depend_on_the_batch_or_on_the_neighbours(small, features):
    assert features.shape == (6, 1280) and features.dtype == np.float64
    assert features.min() >= 0 and features.max() <= 6
    for batch in (1, 4):
        again = learned.imagenet_features(small, size=SIZE, batch=batch)
        np.testing.assert_allclose(again, features, atol=1e-11)
    alone = learned.imagenet_features(small[::-1], size=SIZE)
    np.testing.assert_allclose(alone[::-1], features, atol=1e-11)


def test_the_form_of_a_picture_does_not_change_its_features():
    rng = np.random.default_rng(1)
    levels = rng.integers(0, 256, (SIZE, SIZE), dtype=np.uint8)
    forms = [levels, levels / 255, np.stack([levels] * 3, -1), (levels / 255).astype(np.float32)]
    before = levels.copy()
    found = learned.imagenet_features(iter(forms), size=SIZE)
    np.testing.assert_allclose(found, np.tile(found[:1], (4, 1)), atol=1e-5)
    np.testing.assert_array_equal(levels, before)
    wide = np.pad(levels, ((0, 0), (5, 5)))  # the middle square is what counts
    mask = levels > 127
    cut, black_white, ink = learned.imagenet_features([wide, mask, mask * np.uint8(255)], size=SIZE)
    np.testing.assert_allclose(cut, found[0], atol=1e-11)
    np.testing.assert_allclose(black_white, ink, atol=1e-11)


def test_depths_end_in_the_features_and_maps_lead_to_them(small, features):
    depths = learned.imagenet_depths(small, size=SIZE)
    assert [depth.shape[1] for depth in depths] == list(_imagenet.WIDTHS) and len(depths) == 18
    np.testing.assert_allclose(depths[-1], features, atol=1e-11)
    maps = learned.imagenet_maps(small, size=SIZE)
    assert maps.shape == (6, 2, 2, 112)
    np.testing.assert_allclose(maps.mean((1, 2)), depths[11], atol=1e-11)
    upper = _tuning._features(_imagenet.layers()[12:18], maps)
    np.testing.assert_allclose(upper, features, atol=1e-11)


def test_stored_features_are_used_and_belong_to_one_content(small, features, tmp_path, monkeypatch):
    folder = tmp_path / "new" / "cache"
    first = learned.imagenet_features(small[:4], size=SIZE, cache=folder)
    np.testing.assert_allclose(first, features[:4], atol=1e-11)
    assert len(list(folder.iterdir())) == 4
    asked, real = [], _features._batch
    monkeypatch.setattr(
        _features,
        "_batch",
        lambda part, waiting, n: asked.append(len(waiting)) or real(part, waiting, n),
    )
    second = learned.imagenet_features(small, size=SIZE, cache=folder)
    assert asked == [2]
    np.testing.assert_array_equal(second[:4], first)
    np.testing.assert_allclose(second, features, atol=1e-11)
    changed = small[0].copy()
    changed[0, 0] ^= 1
    learned.imagenet_features([changed, small[1]], size=SIZE, cache=folder)
    learned.imagenet_features(small[:1], size=SIZE + 1, cache=folder)
    learned.imagenet_features(small[:1], size=SIZE, precision="float32", cache=folder)
    assert asked == [2, 1, 1, 1]


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b"", lambda b: b"x" + b[1:]])
def test_a_damaged_file_of_features_is_made_again(small, features, tmp_path, damage):
    learned.imagenet_features(small[:1], size=SIZE, cache=tmp_path)
    (file,) = tmp_path.iterdir()
    good = file.read_bytes()
    file.write_bytes(damage(good))
    again = learned.imagenet_features(small[:1], size=SIZE, cache=tmp_path)
    np.testing.assert_allclose(again, features[:1], atol=1e-11)
    assert file.read_bytes() == good and len(list(tmp_path.iterdir())) == 1


def test_another_version_of_the_library_forgets_stored_features(small, tmp_path, monkeypatch):
    learned.imagenet_features(small[:1], size=SIZE, cache=tmp_path)
    monkeypatch.setattr(_features, "version", lambda name: "0.0")
    learned.imagenet_features(small[:1], size=SIZE, cache=tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"pictures": []}, "`pictures` must hold at least one picture; got none"),
        ({"pictures": np.zeros((4, 40, 3))}, "put a single one into a list"),
        ({"pictures": [np.zeros(9)]}, r"`pictures\[0\]` must be a picture of shape"),
        (
            {"pictures": [np.zeros((9, 9)), np.full((9, 9), 255.0)]},
            r"`pictures\[1\]` must be within",
        ),
        ({"size": 31}, "`size` must be a whole number of at least 32; got 31"),
        ({"batch": 0}, "`batch` must be a whole number of at least 1; got 0"),
        ({"precision": "float16"}, "`precision` must be one of float64, float32; got"),
    ],
)
def test_faults_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        learned.imagenet_features(**({"pictures": [np.zeros((9, 9))], "size": SIZE} | arguments))


def test_a_cache_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(ValueError, match="`cache` must be a folder"):
        learned.imagenet_features([np.zeros((9, 9))], size=SIZE, cache=tmp_path / "x")


# Heads


@pytest.mark.parametrize("n", [20, 60])
def test_the_ridge_head_is_scikit_learns_ridge_on_standardised_columns(n):
    rng = np.random.default_rng(n)
    rows, labels = rng.normal(size=(n, 40)) * rng.uniform(0, 3, 40), rng.integers(0, 3, n)
    head = learned.ridge_head(rows, labels, strength=7)
    scaled = (rows - rows.mean(0)) / (rows.std(0) + 0.05)
    oracle = Ridge(alpha=7).fit(scaled, labels[:, None] == np.unique(labels))
    new = rng.normal(size=(9, 40))
    expected = oracle.predict((new - rows.mean(0)) / (rows.std(0) + 0.05))
    np.testing.assert_allclose(head.scores(new), expected, atol=1e-10)
    np.testing.assert_allclose(head.scores(new).sum(axis=1), 1)
    assert set(head.predict(new)) <= set(labels.tolist())


def test_a_strong_penalty_leaves_the_shares_of_the_classes():
    rng = np.random.default_rng(0)
    head = learned.ridge_head(rng.normal(size=(8, 5)), list("aabbbbbb"), strength=1e12)
    np.testing.assert_allclose(head.scores(rng.normal(size=(2, 5))), [[0.25, 0.75]] * 2, atol=1e-9)
    assert head.predict(rng.normal(size=(1, 5))).tolist() == ["b"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"labels": [0, 1]}, "`labels` must have length 3; got 2"),
        ({"labels": [1, 1, 1]}, "two classes or more; got 1"),
        ({"strength": 0}, "`strength` must be a positive number; got 0"),
        ({"features": [[1, 2], [np.nan, 0], [0, 0]]}, "`features` must hold finite numbers"),
    ],
)
def test_faults_of_a_head_are_named(arguments, message):
    usual = {"features": np.eye(3), "labels": [0, 1, 1]}
    with pytest.raises(ValueError, match=message):
        learned.ridge_head(**(usual | arguments))
    with pytest.raises(ValueError, match="`features` must have 3 columns; got 2"):
        learned.ridge_head(**usual).scores(np.zeros((1, 2)))


@pytest.fixture(scope="module")
def textures():
    patches, labels = data.texture_patches(3, size=SIZE, names=("brick", "grass", "moon"), rng=1)
    maps = learned.imagenet_maps(np.clip(0.5 + 0.2 * patches, 0, 1), size=SIZE)
    return maps, np.array(["brick", "grass", "moon"])[labels]


def test_no_steps_leave_the_ridge_head_on_the_features(textures):
    maps, labels = textures
    tuned = learned.fine_tune(maps, labels, steps=0)
    features = np.asarray(_tuning._features(_imagenet.layers()[12:18], maps))
    head = learned.ridge_head(features, labels)
    np.testing.assert_allclose(np.asarray(tuned(maps)), head.scores(features), atol=1e-10)
    assert tuned.predict(maps).tolist() == head.predict(features).tolist()


def test_small_steps_move_the_upper_blocks_lower_the_loss_and_leave_the_rest(textures):
    maps, labels = textures
    before = [np.asarray(leaf).copy() for leaf in jax.tree.leaves(_imagenet.layers())]
    start = learned.fine_tune(maps, labels, steps=0)
    tuned = learned.fine_tune(maps, labels, steps=5, rng=3)
    again = learned.fine_tune(maps, labels, steps=5, rng=3)
    places = np.unique(labels, return_inverse=True)[1]
    losses = [float(learned.cross_entropy(net(maps), places)) for net in (start, tuned, again)]
    assert losses[1] < losses[0] - 0.1 and losses[2] == pytest.approx(losses[1], abs=1e-9)
    for name in ("mean", "deviation"):
        np.testing.assert_array_equal(getattr(tuned, name), getattr(start, name))
    moved = np.abs(np.asarray(tuned.blocks[0][0][0]) - np.asarray(start.blocks[0][0][0])).max()
    assert 0 < moved <= 5.1e-4  # five steps of about the rate
    for old, new in zip(before, jax.tree.leaves(_imagenet.layers()), strict=True):
        np.testing.assert_array_equal(old, new)


def test_faults_of_fine_tuning_are_named(textures):
    maps, labels = textures
    with pytest.raises(ValueError, match="`maps` must have 112 channels; got 3"):
        learned.fine_tune(np.zeros((4, 8, 8, 3)), [0, 1, 0, 1])
    with pytest.raises(ValueError, match="`labels` must have length 9; got 8"):
        learned.fine_tune(maps, labels[1:])
    with pytest.raises(ValueError, match="`rate` must be a positive number; got 0"):
        learned.fine_tune(maps, labels, rate=0)


def test_weights_are_found_beside_the_package_only(tmp_path):
    copy = shutil.copy(_weights.weight_file(), tmp_path / "copy.pth")
    with open(copy, "r+b") as file:
        file.truncate(10_000_000)
    with pytest.raises(ValueError, match="cut off"):
        _weights.read_weights(copy, _imagenet.shapes())


def test_the_stored_counts_are_those_of_their_script():
    with (data.DATA_FOLDER / "transfer.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    right = {(r["network"], r["per_class"], r["rate"], r["seed"]): int(r["right"]) for r in rows}
    assert len(rows) == len(right) == 13 and {r["of"] for r in rows} == {"480"}
    script = runpy.run_path(str(data.DATA_FOLDER / "make_transfer.py"))
    (known, labels), (new, truth) = (
        script["patches"]("train", 40, 1),
        script["patches"]("test", 40, 2),
    )
    chosen = script["some"](labels, 2, 0)
    maps, maps_new = (learned.imagenet_maps(part, size=64) for part in (known[chosen], new))
    tuned = learned.fine_tune(maps, labels[chosen], rng=0)
    assert (
        abs(np.sum(tuned.predict(maps_new) == truth) - right["fine-tuned", "2", "0.0001", "0"]) <= 2
    )
