# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A Pareto chart as SVG: bars, and the line of the cumulated share. It stands on the screen and in the PDF alike."""

from html import escape

WIDTH, BAR, GAP, LABEL = 640, 16, 8, 190


def pareto_svg(rows, most=10):
    """Return the SVG of the first bars of a Pareto.

    :param rows: ``[(label, amount, share, cumulated), …]``

    >>> pareto_svg([("<b>", 2, 100.0, 100.0)]).count("&lt;b&gt;")
    1
    >>> pareto_svg([])
    ''
    """
    rows = rows[:most]
    if not rows:
        return ""
    whole = rows[0][1] or 1
    room = WIDTH - LABEL - 110
    parts, points = [], []
    for number, (label, amount, _share, cumulated) in enumerate(rows):
        top = number * (BAR + GAP) + 4
        width = room * amount / whole
        text = escape(str(label)[:16])
        parts.append(f'<text x="{LABEL - 6}" y="{top + 12}" text-anchor="end" font-size="12">{text}</text>')
        parts.append(f'<rect x="{LABEL}" y="{top}" width="{width:.1f}" height="{BAR}" fill="#35698f"/>')
        parts.append(
            f'<text x="{LABEL + width + 5:.1f}" y="{top + 12}" font-size="12">{amount:.10g}</text>'
            f'<text x="{WIDTH - 4}" y="{top + 12}" text-anchor="end" font-size="11" fill="#777">{cumulated:.0f} %</text>'
        )
        points.append(f"{LABEL + room * cumulated / 100:.1f},{top + BAR / 2:.1f}")
    height = len(rows) * (BAR + GAP) + 8
    line = f'<polyline points="{" ".join(points)}" fill="none" stroke="#c0562f" stroke-width="1.5"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'style="max-width:100%">{"".join(parts)}{line}</svg>'
    )
