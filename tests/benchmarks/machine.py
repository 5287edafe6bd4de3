"""One line that says where and when times were taken."""

import datetime
import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("numpy", "scipy", "opencv-python-headless", "scikit-learn", "scikit-image")


def machine():
    """Name the processor, its cores, the load, the versions of what is raced, and the day."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{processor()}, {os.cpu_count()} cores{load}; Python {platform.python_version()}, "
        f"{versions}; {datetime.date.today()}"
    )


def processor():
    """Return the name of the processor, as Linux tells it, else as Python does."""
    told = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", told.read_text()) if told.exists() else None
    return found[1] if found else platform.processor() or platform.machine()
