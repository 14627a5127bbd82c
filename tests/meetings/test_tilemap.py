from meetings.tilemap import TILES, tilemap


def test_the_twenty_regions_have_twenty_squares_and_codes_of_their_own():
    assert len(TILES) == 20
    assert len({(tile.column, tile.row) for tile in TILES.values()}) == 20
    for language in ("kk", "ru", "en"):
        assert len({getattr(tile, language) for tile in TILES.values()}) == 20


def test_a_region_stands_on_its_square_and_one_without_a_square_is_left_to_the_table():
    regions = [
        {"kato": "270000000", "name": "Батыс Қазақстан облысы", "url": "/kk/",
         "class": "draft", "word": "жоба", "figure": "96 %"},
        {"kato": "990000000", "name": "Жаңа облыс", "url": "/", "class": "none", "word": "жоқ"},
    ]  # fmt: skip

    drawn = tilemap(regions, [{"class": "draft", "word": "жоба"}], "kk")

    assert drawn["tiles"] == [
        {"x": 2, "y": 66, "middle": 32, "plate_x": 8, "plate_y": 78, "code_y": 94, "figure_y": 109,
         "short": "БҚО", "name": "Батыс Қазақстан облысы", "url": "/kk/",
         "class": "draft", "word": "жоба", "figure": "96 %"},
    ]  # fmt: skip
    assert {tile["short"] for tile in drawn["others"]} == {tile.kk for tile in TILES.values()} - {
        "БҚО"
    }
    assert (drawn["width"], drawn["height"]) == (384, 348)
