"""Record what a panel shows at its settings, as files that a page without a kernel can play."""

import hashlib
import itertools
import json
import math
from pathlib import Path

from helpers.images import encode_frame
from helpers.sliders._controls import label_of, positions, spoken

MOST_BYTES = 4_000_000  # of the frames of one explorer
MOST_SETTINGS = 150  # drawn for one explorer: they bound the time of a build


def record(draw, controls, folder, *, alt="", most_bytes=MOST_BYTES, most_settings=MOST_SETTINGS):
    """Draw the settings of an explorer, write its frames and ``explorer.json``; see `Panel.record`.

    `draw` takes the controls by name and returns RGB bytes of shape (M, N, 3) and a caption.
    """
    drawn, strides, limit = _Drawn(draw, controls), dict.fromkeys(controls, 1), most_settings
    while True:
        values = {n: _thinned(positions(c), c.value, strides[n]) for n, c in controls.items()}
        count, longest = math.prod(map(len, values.values())), _longest(controls, values)
        if count <= limit or longest is None:
            enough = math.inf if longest is None else 1.1 * most_bytes
            used = drawn.bytes_of(_settings(values), enough)
            if used <= most_bytes:
                break
            if longest is None:
                raise ValueError(f"`most_bytes` must be at least {used}; got {most_bytes}.")
            limit = count * most_bytes // used  # so many have room, if all are like these
        strides[longest] += 1
    _write(drawn, controls, values, Path(folder), alt)


def _thinned(places, start, stride):
    """Keep the ends, the start, and every `stride`-th place counted from the start."""
    if isinstance(start, bool) or stride == 1:
        return places
    first, last = places.index(start), len(places) - 1
    return [p for i, p in enumerate(places) if (i - first) % stride == 0 or i in (0, last)]


def _longest(controls, values):
    """Name the slider with most values left, or None where each has its ends and start only."""
    sliders = {
        name: len(values[name])
        for name, control in controls.items()
        if hasattr(control, "step") and len(values[name]) > len({*_kept(control)})
    }
    return max(sliders, key=sliders.get, default=None)


def _kept(control):
    return control.min, control.value, control.max


def _settings(values):
    return [
        dict(zip(values, setting, strict=True)) for setting in itertools.product(*values.values())
    ]


class _Drawn:
    """Frames drawn once each: encoded, equal ones stored once, found by their setting."""

    def __init__(self, draw, controls):
        self._draw, self._known = draw, {}
        self.of, self.size = {}, (0, 0)  # setting -> encoded frame and caption
        start = {name: control.value for name, control in controls.items()}
        frame, _ = self._frame(start)
        sizes = {exact: len(encode_frame(frame, lossless=exact)) for exact in (False, True)}
        self._lossless = min(sizes, key=sizes.get)  # photographs, or drawings

    def _frame(self, setting):
        try:
            return self._draw(**setting)
        except Exception as error:
            error.add_note(f"The explorer was drawn at {setting}.")
            raise

    def __getitem__(self, setting):
        key = tuple(setting.values())
        if key not in self.of:
            frame, caption = self._frame(setting)
            pixels = hashlib.sha256(repr(frame.shape).encode() + frame.tobytes()).digest()
            if pixels not in self._known:
                self._known[pixels] = encode_frame(frame, lossless=self._lossless)
            self.size = tuple(map(max, self.size, frame.shape[:2]))
            self.of[key] = self._known[pixels], caption
        return self.of[key]

    def bytes_of(self, settings, enough):
        """Add up the different frames; where a sample says more than `enough`, return that."""
        sample = settings[:: max(1, len(settings) // 12)]
        guess = _total(self[s][0] for s in sample) / len(sample) * len(settings)
        if guess > enough:
            return guess
        return _total(self[setting][0] for setting in settings)


def _total(frames):
    return sum(map(len, set(frames)))


def _write(drawn, controls, values, folder, alt):
    """Write the frames, and what belongs to which setting."""
    folder.mkdir(parents=True, exist_ok=True)
    shown = [drawn[setting] for setting in _settings(values)]
    frames = {frame: number for number, frame in enumerate(dict.fromkeys(f for f, _ in shown))}
    captions = {text: number for number, text in enumerate(dict.fromkeys(t for _, t in shown))}
    for frame, number in frames.items():
        (folder / f"{number}.webp").write_bytes(frame)
    explorer = {
        "controls": [
            {"name": name, "label": label_of(name), **spoken(control, values[name])}
            for name, control in controls.items()
        ],
        "start": [values[name].index(control.value) for name, control in controls.items()],
        "frames": [f"{number}.webp" for number in frames.values()],
        "index": [frames[frame] for frame, _ in shown],
        "captions": list(captions),
        "caption": [captions[text] for _, text in shown],
        "alt": alt,
        "size": list(drawn.size),
        "thinned": any(len(values[n]) < len(positions(c)) for n, c in controls.items()),
    }
    (folder / "explorer.json").write_text(
        json.dumps(explorer, ensure_ascii=False), encoding="utf-8"
    )
