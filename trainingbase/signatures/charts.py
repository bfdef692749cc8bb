"""The address of a signature as something a phone can read."""

from io import BytesIO


def qr(address: str) -> bytes:
    """An SVG picture, for a page or for paper."""
    import segno

    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=4, border=2, svgclass=None)
    return drawn.getvalue()
