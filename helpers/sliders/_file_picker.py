"""A drop-down of files and a button to upload one."""

import html
from pathlib import Path
from typing import ClassVar

import ipywidgets as widgets


class FilePicker(widgets.VBox):
    """A drop-down of files and an upload button.

    Attributes
    ----------
    path : Path
        The chosen file; it may not exist if the default does not.
    """

    _chosen: ClassVar[dict] = {}  # default -> the reader's choice, for cells that are run again

    def __init__(self, default, endings, keep):
        self._default, self._endings, self._keep = default, endings, keep
        self.menu = widgets.Dropdown(description="file", layout={"width": "min(100%, 34em)"})
        self.upload = widgets.FileUpload(accept=",".join(endings), description="Upload")
        self.note = widgets.HTML()
        self._offer(self._chosen.get(default, default))
        self.menu.observe(self._pick, "value")
        self.upload.observe(self._receive, "value")
        super().__init__([widgets.HBox([self.menu, self.upload]), self.note])

    @property
    def path(self):
        return self.menu.value

    def _offer(self, chosen):
        files = [chosen, self._default]
        for folder in (self._default.parent, self._keep):
            files += sorted(p for p in folder.glob("*") if p.suffix.lower() in self._endings)
        self.menu.options = [(path.name, path) for path in dict.fromkeys(files)]
        self.menu.value = chosen

    def _pick(self, change):
        self._chosen[self._default] = change["new"]
        self.note.value = (
            f'<div role="status">{html.escape(change["new"].name)} is chosen. Now use the menu '
            "<b>Run &gt; Run Selected Cell and All Below</b>.</div>"
        )

    def _receive(self, change):
        for file in change["new"]:
            self._offer(_keep_upload(self._keep, Path(file["name"]), bytes(file["content"])))

    def _repr_mimebundle_(self, **kwargs):
        data = super()._repr_mimebundle_(**kwargs)
        data["text/plain"] = f"file: {self.path.name}"
        return data


def pick_file(default, *, endings, keep="my_files"):
    """Offer the files beside `default`, those uploaded before, and an upload.

    Parameters
    ----------
    default : str or Path
        Chosen until the reader picks another one; cells that are run again keep the reader's.
    endings : tuple of str, such as ``(".csv",)``
    keep : str or Path
        Folder for uploads. A file that is there already is never written over.

    Returns
    -------
    FilePicker
        Its `path` is the chosen one.
    """
    return FilePicker(Path(default), tuple(endings), Path(keep))


def _keep_upload(folder, name, content):
    """Write an upload beside the others, under a new name if another file has its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, 10_000):
        path = folder / (name.name if number == 1 else f"{name.stem}-{number}{name.suffix}")
        if path.exists() and path.read_bytes() == content:
            return path
        if not path.exists():
            path.write_bytes(content)
            return path
    raise OSError(f"{folder} holds too many files called {name.name}.")
