"""PDF files made from lines at places on pages, for tests of reading them."""

from __future__ import annotations

HEADER = b"%PDF-1.4\n"


def pdf_of(pages, *, size=(595, 842)):
    """The bytes of a PDF with pages of (x, y, size, text) lines in Helvetica, drawn in the order given."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, lines in enumerate(pages):
        box = f"/MediaBox [0 0 {size[0]} {size[1]}]"
        fonts = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} {fonts} /Contents {5 + 2 * at} 0 R >>".encode())
        stream = b"\n".join(map(_drawn, lines))
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
    return _file(objects)


def _drawn(line):
    x, y, size, text = line
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET".encode("cp1252")


def _file(objects):
    data, places = HEADER, []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    size = len(objects) + 1
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    )


def column(texts, *, x=72, top=780, pitch=14, size=11):
    """The lines of texts below each other; an empty text leaves a gap."""
    return [(x, top - place * pitch, size, text) for place, text in enumerate(texts) if text]
