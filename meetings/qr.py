"""A QR code as SVG without styles of its own: for pages under a strict policy, and for print."""

import qrcode


def svg_of(text: str, *, square: int = 5) -> str:
    """The drawing; ``square``: pixels of one square where a page says nothing else.

    It is hidden from screen readers: the address stands beside it in words.
    """
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    squares = [
        f"M{column} {row}h1v1h-1z"
        for row, line in enumerate(matrix)
        for column, is_dark in enumerate(line)
        if is_dark
    ]
    side = len(matrix)
    return (
        f'<svg class="qr" viewBox="0 0 {side} {side}" width="{side * square}"'
        f' height="{side * square}" shape-rendering="crispEdges" aria-hidden="true"'
        f' focusable="false"><rect width="{side}" height="{side}" fill="#fff"/>'
        f'<path fill="#000" d="{"".join(squares)}"/></svg>'
    )
