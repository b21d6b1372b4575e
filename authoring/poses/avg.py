"""A picture as an Alexa Vector Graphic, which is mirrored, light or dark, and marked by what it is given.

Rule: only what AVG 1.2 knows, so that old devices draw it. A binding has no exponent: the engine could not read it.
"""

from typing import Any

from authoring.poses.colours import COLOURS, LETTER
from authoring.poses.page import Pose
from authoring.poses.picture import HEIGHT, MARK, WIDTH, Picture
from authoring.poses.shapes import Shape, circle, number

Json = dict[str, Any]

PARAMETERS = ("mirrored", "dark", "mark")
"""What a picture is given wherever it is shown. Each is of any type."""


def avg(pose: Pose) -> Json:
    """A pose as AVG. `mark` is the letter of the side, which is not mirrored but goes along with it."""
    picture = Picture(pose)
    drawn = [_drawn(shape) for shape in picture.shapes]
    items: list[Json] = [
        {"type": "group", "pivotX": WIDTH // 2, "scaleX": "${mirrored ? -1 : 1}", "items": drawn},
    ]
    if picture.mark:
        x, y = number(picture.mark.x), number(picture.mark.y)
        disc = {"type": "path", "pathData": circle((0, 0), MARK), "fill": _colour("accent")}
        letter = {
            "type": "text", "text": "${mark}", "fill": LETTER, "fontSize": 17, "fontWeight": "bold",
            "textAnchor": "middle", "y": 6,
        }  # fmt: skip
        other = number(WIDTH - float(x))
        items.append(
            {
                "type": "group",
                "opacity": "${mark ? 1 : 0}",
                "translateX": f"${{mirrored ? {other} : {x}}}",
                "translateY": float(y),
                "items": [disc, letter],
            }
        )
    return {
        "type": "AVG",
        "version": "1.2",
        "width": WIDTH,
        "height": HEIGHT,
        "parameters": PARAMETERS,
        "items": items,
    }


def _colour(name: str) -> str:
    tone = COLOURS[name]
    return tone.light if tone.light == tone.dark else f"${{dark ? '{tone.dark}' : '{tone.light}'}}"


def _drawn(shape: Shape) -> Json:
    colour = _colour(shape.colour)
    drawn: Json = {"type": "path", "pathData": shape.path}
    if shape.line:
        return drawn | {
            "stroke": colour,
            "strokeWidth": round(shape.width, 1),
            "strokeLineCap": "round",
            "strokeLineJoin": "round",
        }
    if shape.width:
        edge = {"stroke": colour, "strokeWidth": round(shape.width, 1), "strokeLineJoin": "round"}
        return drawn | {"fill": colour} | edge
    return drawn | {"fill": colour}
