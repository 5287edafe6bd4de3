"""Execute notebooks and store clean outputs that come out the same every time.

python .ci/refresh.py                       every notebook
python .ci/refresh.py notebooks/01*.ipynb   these
"""

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
KEPT = ("tags", "numbers", "jupyter")  # of a cell's metadata; CONTRIBUTING says what they mean
WIDGET = "application/vnd.jupyter.widget-view+json"  # a dead page shows the still instead


def clean(notebook):
    """Drop all that differs from run to run: ids, timings, widget models, editor settings."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    count = 0
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:03d}"
        cell.metadata = {key: cell.metadata[key] for key in KEPT if cell.metadata.get(key)}
        if cell.cell_type != "code":
            cell.pop("attachments", None)
            continue
        count += 1
        cell.execution_count = count
        for output in cell.outputs:
            output.get("data", {}).pop(WIDGET, None)
            if "execution_count" in output:
                output.execution_count = count
    return notebook


def refresh(path):
    """Execute one notebook in its own folder and write it back."""
    notebook = nbformat.read(path, as_version=4)
    os.environ.pop("JPY_SESSION_NAME", None)  # no live session: figures are stored as pictures
    os.environ["COURSE_RESULTS"] = tempfile.mkdtemp() + "/results"  # none from an earlier run
    os.environ["TQDM_DISABLE"] = "1"  # bars come by the clock
    NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    nbformat.validate(clean(notebook))
    nbformat.write(notebook, path)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    chosen = [Path(name).resolve() for name in sys.argv[1:]]
    for notebook_path in chosen or sorted((ROOT / "notebooks").rglob("*.ipynb")):
        if ".ipynb_checkpoints" not in notebook_path.parts:
            refresh(notebook_path)
