"""A scan of a finished form: each page a grey picture, a little askew; and the same with the words put under it, unseen."""

import math
import re
from html import unescape

import pikepdf
from PIL import Image, ImageFilter

from common import run

DPI, ASKEW = 100, 0.35  # degrees


def pictures(source, folder):
    run("pdftoppm", "-r", DPI, "-gray", source, folder / "scan")
    for path in sorted(folder.glob("scan-*.pgm")):
        page = (
            Image.open(path)
            .rotate(ASKEW, Image.Resampling.BICUBIC, fillcolor=255)
            .filter(ImageFilter.GaussianBlur(0.4))
        )
        page = page.point(lambda v: min(255, 40 + v * 215 // 255))  # grey ink, paper not quite even
        out = path.with_suffix(".jpg")
        page.save(out, quality=22, optimize=True)
        yield page.size, out.read_bytes()


def words(source):
    """Of each page, the words with their boxes, in points from the top left."""
    for page in re.findall(r"<page .*?</page>", run("pdftotext", "-bbox", source, "-"), re.S):
        found = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page)
        yield [(*map(float, word[:4]), unescape(word[4])) for word in found]


def unseen(page_words, wide, high):
    """Text in render mode 3, each word stretched to its box and turned as the picture is."""
    turn = math.radians(ASKEW)
    cos, sin = math.cos(turn), math.sin(turn)
    out = ["BT", "3 Tr"]
    for x0, y0, x1, y1, word in page_words:
        size = (y1 - y0) * 0.85
        data = word.replace("\u2022", "-").encode("cp1252")
        x, y = x0 - wide / 2, high / 2 - (y1 - size * 0.2)
        width = sum(HELVETICA.get(chr(c), 556) for c in data) * size / 1000
        escaped = re.sub(rb"([()\\])", rb"\\\1", data).decode("latin-1")
        out.append(
            f"/F {size:.2f} Tf {100 * (x1 - x0) / width:.1f} Tz {cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} "
            f"{wide / 2 + x * cos - y * sin:.2f} {high / 2 + x * sin + y * cos:.2f} Tm ({escaped} ) Tj"
        )
    return "\n".join([*out, "ET"]).encode("latin-1")


HELVETICA = {
    **{c: 278 for c in " .,:;/|ftI!"},
    **{c: 222 for c in "ijl"},
    **{c: 333 for c in "()r-"},
    **{c: 500 for c in "ckssvxyz"},
    **{c: 667 for c in "ABEKPSVXY"},
    **{c: 722 for c in "CDHNRUw"},
    **{c: 778 for c in "GOQ"},
    "%": 889,
    "m": 833,
    "M": 833,
    "W": 944,
}


def scanned(source, folder, path, layer):
    pdf = pikepdf.new()
    texts = list(words(source))
    for n, ((wide_px, high_px), jpeg) in enumerate(pictures(source, folder)):
        wide, high = wide_px * 72 / DPI, high_px * 72 / DPI
        picture = pdf.make_stream(
            jpeg,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=wide_px,
            Height=high_px,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        content = f"q {wide:.2f} 0 0 {high:.2f} 0 0 cm /I Do Q\n".encode()
        resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture))
        if layer:
            content += unseen(texts[n], wide, high)
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
            resources.Font = pikepdf.Dictionary(F=font)
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, round(wide, 2), round(high, 2)],
            Resources=resources,
            Contents=pdf.make_stream(content),
        )
        pdf.pages.append(pikepdf.Page(page))
    pdf.docinfo["/Creator"] = "Office copier"
    pdf.docinfo["/CreationDate"] = "D:20240610090000Z"
    pdf.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
