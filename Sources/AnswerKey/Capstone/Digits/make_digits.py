"""Writes DigitImages.swift: the 1,797 handwritten digits that scikit-learn ships with.

    python3 -m pip install scikit-learn==1.9.1
    python3 make_digits.py

One image a line: its digit, then 64 letters row after row, from a (0, blank) to q (16).
Source and licence are in README.md.
"""

import pathlib

from sklearn.datasets import load_digits


def line_of(label, pixels):
    assert len(pixels) == 64 and all(0 <= p <= 16 and p == int(p) for p in pixels)
    return str(label) + "".join(chr(ord("a") + int(pixel)) for pixel in pixels)


def main():
    digits = load_digits()
    lines = [line_of(label, pixels) for label, pixels in zip(digits.target, digits.data)]
    assert len(lines) == 1797
    text = (
        "// Made by make_digits.py. Alpaydin & Kaynak 1998, CC BY 4.0: see README.md.\n\n"
        "extension Digits {\n"
        "  /// One image a line: its digit, then 64 letters row after row, from a (0, blank) to q (16).\n"
        '  static let images: StaticString = """\n'
        + "".join(f"    {line}\n" for line in lines)
        + '    """\n}\n'
    )
    path = pathlib.Path(__file__).resolve().parent / "DigitImages.swift"
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path.name}: {len(lines)} images, {len(text)} bytes")


if __name__ == "__main__":
    main()
