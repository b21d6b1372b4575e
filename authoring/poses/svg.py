"""A picture as SVG, for pages."""

from html import escape
from typing import Literal

from authoring.poses.colours import COLOURS, LETTER
from authoring.poses.page import Pose
from authoring.poses.picture import HEIGHT, MARK, WIDTH, Picture
from authoring.poses.shapes import Shape, number

Theme = Literal["light", "dark"]


def svg(pose: Pose, side: str = "left", theme: Theme = "light", *, mark: str = "", told: str = "") -> str:
    """A pose as SVG, for the right in the mirror, with the letter of the side, and told in a sentence."""
    mirrored = side == "right"
    picture = Picture(pose)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        *([f"<title>{escape(told)}</title>"] if told else []),
        f'<g transform="translate({WIDTH} 0) scale(-1 1)">' if mirrored else "<g>",
        *(_drawn(shape, theme) for shape in picture.shapes),
        "</g>",
    ]
    if mark and picture.mark:
        x = WIDTH - picture.mark.x if mirrored else picture.mark.x
        lines += [
            f'<circle cx="{number(x)}" cy="{number(picture.mark.y)}" r="{MARK}" fill="{_colour("accent", theme)}"/>',
            f'<text x="{number(x)}" y="{number(picture.mark.y + 6)}" font-family="sans-serif" font-size="17" '
            f'font-weight="700" text-anchor="middle" fill="{LETTER}">{escape(mark)}</text>',
        ]
    return "".join((*lines, "</svg>\n"))


def _colour(name: str, theme: Theme) -> str:
    return str(getattr(COLOURS[name], theme))


def _drawn(shape: Shape, theme: Theme) -> str:
    colour = _colour(shape.colour, theme)
    if shape.line:
        ends = 'stroke-linecap="round" stroke-linejoin="round"'
        return f'<path d="{shape.path}" fill="none" stroke="{colour}" stroke-width="{number(shape.width)}" {ends}/>'
    edge = f' stroke="{colour}" stroke-width="{number(shape.width)}" stroke-linejoin="round"' if shape.width else ""
    return f'<path d="{shape.path}" fill="{colour}"{edge}/>'
