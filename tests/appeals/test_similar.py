"""Similar texts: what is compared, in which order, and that no text breaks it."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from appeals.similar import LONGEST, VERSION, features, nearest, scores
from appeals.similar_words import BEGINNINGS, WHOLE, meaning
from meetings.text import fold

DRY_ABAI = "Нет воды на улице Абая в селе Коктал"
DRY_ABAI_KK = "Көктал ауылының Абай көшесінде су жоқ"
DRY_ZHAMBYL = "Нет воды на улице Жамбыла в селе Коктал"
HOLES = "Дорога по улице Сатпаева вся в ямах"
HOLES_KK = "Сәтбаев көшесінің жолы шұңқыр-шұңқыр"
LETTERS = st.text(
    alphabet=st.one_of(
        st.sampled_from("абвгдежзийклмнопрстуфхцчшщыэюяәғқңөұүһі АБВ.,-5"), st.characters()
    ),
    max_size=300,
)


def test_the_same_matter_is_found_in_the_other_language_before_another_street_and_matter():
    rows = [
        ("holes", features(HOLES)),
        ("another street", features(DRY_ZHAMBYL)),
        ("the same", features(DRY_ABAI)),
        ("holes in Kazakh", features(HOLES_KK)),
    ]

    dry = nearest(features(DRY_ABAI_KK), rows, at_least=0.2)
    holes = nearest(features(HOLES_KK), rows[:3], most=1)

    assert [name for name, _score in dry] == ["the same", "another street"]
    assert [name for name, _score in holes] == ["holes"]


@pytest.mark.parametrize(
    ("written", "as_well"),
    [
        ("Дорога вся в ямах", "ДОРОГА, ВСЯ В ЯМАХ!!!"),
        ("Көшеде жарық жоқ", "кошеде жарык жок"),
        ("su joq", "су жоқ"),
        ("Zharyk zhoq", "жарық жоқ"),
        ("Здравствуйте! Прошу: мост аварийный", "Мост аварийный"),
        ("Құрметті әкім мырза, жол жөндеу керек", "жол жөндеу"),
    ],
)
def test_what_differs_in_writing_alone_is_the_same(written, as_well):
    assert features(written) == features(as_well)


@pytest.mark.parametrize("text", ["", " ", "?!", "№", "не", "🙂", "Здравствуйте, уважаемый аким"])
def test_a_text_that_says_nothing_is_similar_to_nothing(text):
    nothing = features(text)

    assert len(nothing) == 2
    assert scores(nothing, [nothing, features(HOLES)]).tolist() == [0, 0]
    assert scores(features(HOLES), [nothing, None, b""]).tolist() == [0, 0, 0]


def test_a_number_alone_and_one_letter_are_compared():
    assert scores(features("12"), [features("12"), features("13"), features("я")]).tolist() == [
        pytest.approx(1), pytest.approx(0, abs=0.5), 0,
    ]  # fmt: skip


def test_a_text_of_50_000_letters_is_looked_at_in_its_beginning_alone():
    long = (HOLES + " ") * (50_000 // len(HOLES))
    tail = DRY_ABAI * 100

    assert features(long) == features(long[:LONGEST])
    assert features(long[:LONGEST] + tail) == features(long[:LONGEST])
    assert scores(features(long), [features(HOLES)])[0] > 0.9
    assert len(features("".join(chr(0x400 + at * at % 4_096) for at in range(50_000)))) < 2 * 9_000


def test_features_of_another_version_are_left_out():
    ours = features(HOLES)
    other = np.array([VERSION + 1, *np.frombuffer(ours, "<u2")[1:]], "<u2").tobytes()

    assert nearest(ours, [("ours", ours), ("other", other)]) == [("ours", pytest.approx(1))]
    assert scores(other, [ours]).tolist() == [0]


def test_a_memoryview_from_the_database_is_read_alike():
    assert scores(features(HOLES), [memoryview(features(HOLES))]).tolist() == [pytest.approx(1)]


def test_equal_ones_stay_in_their_order_and_bounds_hold():
    rows = [(number, features(HOLES)) for number in range(5)]

    assert [key for key, _score in nearest(features(HOLES), rows, most=3)] == [0, 1, 2]
    assert nearest(features(HOLES), [("far", features(DRY_ABAI))], at_least=0.9) == []
    assert nearest(features(HOLES), []) == []


@given(LETTERS)
@example("\ud800\udfff лл")
@example("ИİSTANBUL ß ﬁ")
@example("a\x00b\u202e\u200bc")
@settings(deadline=None)
def test_any_text_is_wholly_similar_to_itself_or_says_nothing(text):
    made = features(text)

    (score,) = scores(made, [made])

    assert score == (pytest.approx(1) if len(made) > 2 else 0)


@given(st.lists(LETTERS, max_size=8), LETTERS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_candidates_and_of_words_changes_no_score(texts, asked, chance):
    kept = [features(text) for text in texts]
    order = list(range(len(kept)))
    chance.shuffle(order)
    words = fold(asked).split()

    straight = scores(features(asked), kept)
    shuffled = scores(features(" ".join(reversed(words))), [kept[at] for at in order])

    assert np.allclose(shuffled, straight[order])
    assert ((straight >= 0) & (straight <= 1)).all()


def test_every_word_of_the_table_can_be_met_and_means_one_thing():
    words = [*BEGINNINGS, *WHOLE]

    assert [word for word in words if fold(word) != word or not word.isalpha()] == []
    assert sorted(set(WHOLE) & set(BEGINNINGS)) == []
    assert [meaning(word) for word in ("сураймын", "суга", "водитель", "воды", "сусе")] == [
        "", "water", "driver", "water", None,
    ]  # fmt: skip
