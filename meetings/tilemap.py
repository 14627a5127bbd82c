"""The country as twenty equal squares, each near its place on the map. Pure."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Tile(NamedTuple):
    """A square: column and row from the north-west, and its short code in three languages."""

    column: int
    row: int
    kk: str
    ru: str
    en: str


# By the first two digits of the KATO code of a region.
TILES = {
    "59": Tile(3, 0, "СҚО", "СКО", "NKO"),
    "27": Tile(0, 1, "БҚО", "ЗКО", "WKO"),
    "39": Tile(2, 1, "ҚОС", "КОС", "KOS"),
    "11": Tile(3, 1, "АҚМ", "АКМ", "AKM"),
    "71": Tile(4, 1, "АСТ", "АСТ", "AST"),
    "55": Tile(5, 1, "ПАВ", "ПАВ", "PAV"),
    "23": Tile(0, 2, "АТЫ", "АТЫ", "ATY"),
    "15": Tile(1, 2, "АҚТ", "АКТ", "AKT"),
    "62": Tile(2, 2, "ҰЛЫ", "УЛЫ", "ULY"),
    "35": Tile(3, 2, "ҚАР", "КАР", "KAR"),
    "10": Tile(4, 2, "АБА", "АБА", "ABA"),
    "63": Tile(5, 2, "ШҚО", "ВКО", "EKO"),
    "47": Tile(0, 3, "МАҢ", "МАН", "MAN"),
    "43": Tile(1, 3, "ҚЫЗ", "КЫЗ", "KYZ"),
    "61": Tile(2, 3, "ТҮР", "ТУР", "TUR"),
    "31": Tile(3, 3, "ЖАМ", "ЖАМ", "ZHA"),
    "19": Tile(4, 3, "АЛО", "АЛО", "ALO"),
    "33": Tile(5, 3, "ЖЕТ", "ЖЕТ", "ZHE"),
    "79": Tile(2, 4, "ШЫМ", "ШЫМ", "SHY"),
    "75": Tile(4, 4, "АЛМ", "АЛМ", "ALM"),
}
SIDE, GAP = 60, 4
STEP = SIDE + GAP
NAME_HEIGHT = 28


def tilemap(regions: Iterable[Mapping], legend: Iterable[Mapping], language: str) -> dict:
    """Place the regions for meetings/partials/_tilemap.html.

    Args:
        regions: one mapping a region: ``kato`` (nine digits), ``name``, ``url``, ``class`` (a state
            of the calendar, or "late", "none"), ``word`` (its label), ``figure`` (short, or "").
        legend: the classes that may be met, with their words: ``class``, ``word``.
        language: kk, ru or en.
    Returns:
        Tiles in reading order with their coordinates, the other squares of the country, the size
        of the drawing and the legend.
        A region that has no square (a future one) is left to the table below the map.
    """
    here = {region["kato"][:2]: region for region in regions}
    placed = [_placed(TILES[two], here[two], language) for two in here if two in TILES]
    # The squares of regions that this installation does not hold keep the shape of the country.
    others = [_place(tile, language) for two, tile in TILES.items() if two not in here]
    rows = max(tile.row for tile in TILES.values()) + 1
    columns = max(tile.column for tile in TILES.values()) + 1
    return {
        "tiles": sorted(placed, key=lambda tile: (tile["y"], tile["x"])),
        "others": others,
        "width": columns * STEP,
        "height": rows * STEP + NAME_HEIGHT,
        "name_y": rows * STEP + NAME_HEIGHT - 10,
        "legend": list(legend),
    }


def _place(tile: Tile, language: str) -> dict:
    x, y = tile.column * STEP + GAP // 2, tile.row * STEP + GAP // 2
    return {
        "x": x,
        "y": y,
        "middle": x + SIDE // 2,
        "code_y": y + 35,
        "short": getattr(tile, language),
    }


def _placed(tile: Tile, region: Mapping, language: str) -> dict:
    place = _place(tile, language)
    x, y = place["x"], place["y"]
    figure = region.get("figure", "")
    return place | {
        "plate_x": x + 6,
        "plate_y": y + (12 if figure else 19),
        "code_y": y + (28 if figure else 35),
        "figure_y": y + 43,
        "name": region["name"],
        "url": region["url"],
        "class": region["class"],
        "word": region["word"],
        "figure": figure,
    }
