"""Controls by the habits of `interact`: a range, a list or a bool becomes a widget with a label."""

import math
from decimal import Decimal
from numbers import Real

import ipywidgets as widgets
import numpy as np


def make_control(name, wanted):
    """Make the widget that the abbreviation `wanted` stands for."""
    look = {
        "description": label_of(name),
        "style": {"description_width": "9em"},
        "layout": {"width": "min(100%, 34em)"},
    }
    if isinstance(wanted, bool):
        return widgets.Checkbox(value=wanted, indent=True, **look)
    if isinstance(wanted, list) and wanted:
        return widgets.Dropdown(options=wanted, **look)
    low, high, step, *start = wanted if _is_range(wanted) else (0, 0, 0)
    if not (low < high and step > 0 and all(low <= number <= high for number in start)):
        raise ValueError(
            f"`{name}` must be (low, high, step) or (low, high, step, start) with low < high, "
            f"a list or a bool; got {wanted}."
        )
    if all(isinstance(number, int | np.integer) for number in wanted):
        slider, shown = widgets.IntSlider, {}
    else:
        decimals = max(_decimals(number) for number in (low, step, *start))
        slider, shown = widgets.FloatSlider, {"readout_format": f".{decimals}f"}
        start = start or [round(low + round((high - low) / step) // 2 * step, decimals)]
    start = start[0] if start else low + (high - low) // step // 2 * step
    return slider(value=start, min=low, max=high, step=step, **shown, **look)


def _is_range(wanted):
    numbers = isinstance(wanted, tuple) and all(isinstance(part, Real) for part in wanted)
    return numbers and len(wanted) in (3, 4)


def typical(control, wanted, count):
    """Choose the settings of a still: the ends, and the start between them if `count` is 3."""
    if isinstance(wanted, bool):
        return [False, True]
    if isinstance(wanted, list):
        return wanted[:count]
    low, high = wanted[:2]
    return [low, control.value, high] if count == 3 else [low, high]


def label_of(name):
    return name.replace("_", " ")


def _decimals(number):
    """Count the digits after the point that `number` needs, as 2 for 0.25."""
    return max(0, -Decimal(str(float(number))).normalize().as_tuple().exponent)


def positions(control):
    """List the values that a control can take, in order: the start and both ends among them."""
    if hasattr(control, "options"):
        return list(control.options)
    if not hasattr(control, "step"):
        return [False, True]
    count = math.floor((control.max - control.min) / control.step + 1e-9)
    grid = [control.min + number * control.step for number in range(count + 1)]
    if isinstance(control, widgets.FloatSlider):
        grid = [round(value, int(control.readout_format[1:-1])) for value in grid]
    return sorted({*grid, control.value, control.max})


def spoken(control, values):
    """Say which kind a control is, and its values as it shows them."""
    if hasattr(control, "options"):
        return {"kind": "select", "values": [str(value) for value in values]}
    if not hasattr(control, "step"):
        return {"kind": "checkbox", "values": ["no", "yes"]}
    shown = control.readout_format if isinstance(control, widgets.FloatSlider) else "d"
    return {"kind": "slider", "values": [format(value, shown) for value in values]}
