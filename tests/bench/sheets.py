"""What an office program makes of the workbook: pages, paper, and nothing that it could not read.

``python -m tests.bench.sheets [--people 200] [--days 28] [--keep DIR]`` writes a rota of so many people, has
LibreOffice turn it into a PDF (``soffice`` and poppler's ``pdfinfo``, ``pdftotext`` must be installed), and
tells pages, paper and seconds; it fails if a page is not A4, if the grid is not on its side, or if a cell
shows an error or a row of #. ``--keep`` leaves workbook and PDF in a folder, to look at.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.study.export.workbook import rota_xlsx
from tests.bench.export import dossier

A4 = {(595, 842), (842, 595)}  # points


def _told(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout


def main() -> None:
    """Convert, look, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--days", type=int, default=28)
    parser.add_argument("--keep", metavar="DIR")
    args = parser.parse_args()
    with TemporaryDirectory() as temporary:
        folder = Path(args.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        began = time.perf_counter()
        content = rota_xlsx(dossier(args.people, args.days)).files["rota.xlsx"]
        written = time.perf_counter() - began
        (folder / "rota.xlsx").write_bytes(content)
        _told(
            "soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "rota.xlsx")
        )
        pdf = str(folder / "rota.pdf")
        pages = int(re.findall(r"Pages:\s+(\d+)", _told("pdfinfo", pdf))[0])
        found = _told("pdfinfo", "-f", "1", "-l", str(pages), pdf)
        sizes = [
            tuple(round(float(x)) for x in pair) for pair in re.findall(r"size:\s+([\d.]+) x ([\d.]+)", found)
        ]
        text = _told("pdftotext", "-layout", pdf, "-")
    wrong = [size for size in sizes if size not in A4]
    errors = re.findall(r"Err:\d+|#REF!|#NAME\?|#VALUE!|###", text)
    print(f"{args.people} people, {args.days} days: {len(content):,} bytes in {written:.2f} s")
    print(f"pages: {pages}, on their side: {sum(wide > high for wide, high in sizes)}")
    assert not wrong, f"not A4: {wrong}"
    assert sizes[0][0] > sizes[0][1], "the grid stands upright"
    assert not errors, f"cells that show no value: {errors[:5]}"


if __name__ == "__main__":
    main()
