"""The peers of peers.py, each read in the interpreter of its own environment.

    peers_read.py PEER OUT_DIR FILE…     # writes NAME.json a PDF, or counted.txt for workbooks; and failed.txt
"""
import json
import subprocess
import sys
from pathlib import Path


def on_grid(boxes):
    """Cells as crossfoot gives them, from (box, text): a span is the number of edges that a box runs over."""
    edges = [merged(b[k] for b, _ in boxes) for k in (0, 1)]
    cells = []
    for (x0, y0, x1, y1), text in boxes:
        (col, width), (row, height) = run(edges[0], x0, x1), run(edges[1], y0, y1)
        cells.append(cell(row, col, text, height, width))
    return cells


def merged(values, near=1.0):
    out = []
    for value in sorted(values):
        if not out or value - out[-1] > near:
            out.append(value)
    return out


def run(edges, low, high, near=1.0):
    inside = [i for i, e in enumerate(edges) if low - near <= e < high - near]
    return (inside[0], len(inside)) if inside else (0, 1)


def cell(row, col, text, row_span=1, col_span=1):
    return {"row": row, "col": col, "row_span": row_span, "col_span": col_span, "text": text or ""}


def by_rows(rows, texts):
    """Boxes with text from a matrix of boxes (None where a cell is covered) and one of texts."""
    return on_grid([(box, text) for boxes, line in zip(rows, texts)
                    for box, text in zip(boxes, line) if box is not None])


def flat(rows):
    return [cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]


def with_pdfplumber():
    import pdfplumber

    def tables(path):
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                for table in page.find_tables():
                    yield page.page_number, by_rows([r.cells for r in table.rows], table.extract())
                page.close()
    return tables


def with_camelot():
    import camelot

    def tables(path):
        for table in camelot.read_pdf(path, pages="all", flavor="hybrid", suppress_stdout=True):
            yield table.page, joined(table)
    return tables


def joined(table):
    """Camelot's frame, where a text's cell runs over the empty ones from which its own edges do not part it."""
    rows, cols, texts = list(table.df.index), list(table.df.columns), table.df.values.tolist()
    covered, cells = set(), []

    def free(r, c, side):
        grid = table.cells[rows[r]][cols[c]]
        return (r, c) not in covered and not texts[r][c].strip() and not getattr(grid, side)

    for r in range(len(rows)):
        for c in range(len(cols)):
            if (r, c) in covered or not texts[r][c].strip():
                continue
            wide = high = 1
            while c + wide < len(cols) and free(r, c + wide, "left"):
                wide += 1
            while r + high < len(rows) and all(free(r + high, k, "top") for k in range(c, c + wide)):
                high += 1
            covered |= {(r + i, c + k) for i in range(high) for k in range(wide)}
            cells.append(cell(r, c, texts[r][c], high, wide))
    return cells


def with_pymupdf4llm(**options):
    import pymupdf4llm
    # the documents are no scans, and whether an OCR engine is at hand differs between machines
    options["use_ocr"] = False

    def tables(path):
        for page in json.loads(pymupdf4llm.to_json(path, **options))["pages"]:
            for box in page["boxes"]:
                table = box.get("table") or {}
                for part in table.get("html_tables") or [table]:
                    if part.get("cells"):
                        yield page["page_number"], by_rows(part["cells"], part["extract"])
    return tables


def with_pymupdf():
    import pymupdf

    def tables(path):
        with pymupdf.open(path) as pdf:
            for page in pdf:
                for table in page.find_tables().tables:
                    yield page.number + 1, by_rows([r.cells for r in table.rows], table.extract())
    return tables


def with_img2table():
    from img2table.document import PDF

    def tables(path):
        for page, found in PDF(path).extract_tables(borderless_tables=True).items():
            for table in found:
                # a cell that spans stands in every position it covers
                boxes = {(c.bbox.x1, c.bbox.y1, c.bbox.x2, c.bbox.y2): c.value
                         for row in table.content.values() for c in row}
                yield page + 1, on_grid(list(boxes.items()))
    return tables


def with_tabula():
    import importlib.resources
    import pypdfium2
    package = importlib.resources.files("tabula")
    jar = next(str(f) for f in package.iterdir() if f.name.endswith(".jar"))

    def tables(path):
        # its JSON does not say the page, so it is started once a page
        for page in range(1, len(pypdfium2.PdfDocument(path)) + 1):
            done = subprocess.run(["java", "-jar", jar, "-i", "-t", "-g", "-f", "JSON", "-p", str(page), path],
                                  capture_output=True, check=True)
            for table in json.loads(done.stdout or b"[]"):
                yield page, flat([[c["text"] for c in row] for row in table["data"]])
    return tables


def with_kreuzberg():
    import kreuzberg
    # what it has read before is else taken from a folder in the user's home
    config = kreuzberg.ExtractionConfig(use_cache=False, disable_ocr=True)

    def tables(path):
        for table in kreuzberg.extract_file_sync(path, config=config).tables:
            yield table.page_number, flat(table.cells)
    return tables


def with_docling():
    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.pipeline_options import PdfPipelineOptions
    from docling.document_converter import DocumentConverter, PdfFormatOption
    as_read = PdfFormatOption(pipeline_options=PdfPipelineOptions(do_ocr=False))
    converter = DocumentConverter(format_options={InputFormat.PDF: as_read})

    def tables(path):
        for table in converter.convert(path).document.tables:
            yield table.prov[0].page_no, [cell(c.start_row_offset_idx, c.start_col_offset_idx, c.text, c.row_span,
                                               c.col_span) for c in table.data.table_cells]
    return tables


READERS = {
    "pdfplumber": with_pdfplumber,
    "camelot hybrid": with_camelot,
    "pymupdf4llm": with_pymupdf4llm,
    "pymupdf4llm html": lambda: with_pymupdf4llm(table_output="html"),
    "PyMuPDF find_tables": with_pymupdf,
    "img2table borderless": with_img2table,
    "tabula stream": with_tabula,
    "kreuzberg": with_kreuzberg,
    "docling": with_docling,
}


# ------------------------------------------------------------ workbooks: how many filled cells all sheets have

def with_pandas(engine):
    import pandas

    def cells(path):
        if path.endswith(".csv"):
            frames = [pandas.read_csv(path, header=None)]
        else:
            frames = pandas.read_excel(path, sheet_name=None, header=None, engine=engine).values()
        return sum(int(frame.count().sum()) for frame in frames)
    return cells


def with_openpyxl():
    import openpyxl

    def cells(path):
        # the values that were last calculated, read row by row, which is its fastest way
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            return sum(value is not None for sheet in book.worksheets
                       for row in sheet.iter_rows(values_only=True) for value in row)
        finally:
            book.close()
    return cells


def with_polars():
    import polars

    def cells(path):
        if path.endswith(".csv"):
            frames = [polars.read_csv(path, has_header=False, infer_schema=False)]
        else:
            frames = polars.read_excel(path, sheet_id=0, engine="calamine", has_header=False,
                                       raise_if_empty=False).values()
        return sum(int(count) for frame in frames if frame.width for count in frame.count().row(0))
    return cells


COUNTERS = {
    "pandas openpyxl": lambda: with_pandas("openpyxl"),
    "pandas calamine": lambda: with_pandas("calamine"),
    "openpyxl": with_openpyxl,
    "polars calamine": with_polars,
}


def worker(peer, out, files):
    """Read every file with one peer; a file that fails counts as nothing found."""
    failed, counted = {}, 0
    one = (READERS.get(peer) or COUNTERS[peer])()
    for path in files:
        tables = []
        try:
            if peer in COUNTERS:
                counted += one(path)
                continue
            for page, cells in one(path):
                tables.append({"page": page, "bbox": None, "cells": cells})
        except Exception as error:  # whatever a peer raises, the next document is still read
            # on one line, which is what failed.txt is read by
            failed[Path(path).name] = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        if peer in READERS:
            (Path(out) / (Path(path).stem + ".json")).write_text(json.dumps({"tables": tables}))
    if peer in COUNTERS:
        (Path(out) / "counted.txt").write_text(str(counted))
    (Path(out) / "failed.txt").write_text("".join(f"{k}: {v}\n" for k, v in failed.items()))


if __name__ == "__main__":
    worker(sys.argv[1], sys.argv[2], sys.argv[3:])
