"""The pool for everybody: list, timeline, verdict; what pages of meetings and places say of it."""

import json
from datetime import date

import pytest

from appeals.enums import PoolStep, ProblemState, PromiseState, VerdictWord
from appeals.models import Verdict
from appeals.selectors.promised import promises_before
from appeals.services import problems, promises, verdicts
from appeals.services.promises import Said
from meetings.models import Letter
from meetings.sealing import address_mark, unseal
from tests.appeals.pool_rows import make_problem, make_promise, make_question
from tests.appeals.services.conftest import Pool, now  # noqa: F401 - the fixture
from tests.factories import a_moment, make_meeting

ASEL = "asel@example.kz"


@pytest.fixture
def pool(db, now):  # noqa: F811
    return Pool()


def text_of(client, where, status=200) -> str:
    answer = client.get(where)
    assert answer.status_code == status
    return answer.content.decode().replace("\xa0", " ")


def test_the_list_has_filters_and_counts_that_never_mix_explained_and_solved(client, pool):
    for state in ProblemState:
        make_problem(pool.okrug, f"Мәселе {state}", state=state, due_on=date(2026, 2, 27))
    make_problem(pool.country.second, "Көпір", reopened=1, topic="roads")

    page = text_of(client, "/ru/problems/")
    assert "В пуле 6 проблем." in page
    for words in ("в работе: <span class=\"pool-count\">3", "решено: <span class=\"pool-count\">1",
                  "разъяснено: <span class=\"pool-count\">1",
                  "просрочено: <span class=\"pool-count\">2"):  # fmt: skip
        assert words in page
    for query, shown in [
        ("state=solved", {"solved"}), ("state=explained", {"explained"}),
        ("state=refused", {"refused"}), ("state=work", {"open", "assigned"}),
        ("state=late", {"open", "assigned"}), ("state=new", {"open"}), ("state=reopened", set()),
        (f"unit={pool.country.first.kato}", {str(state) for state in ProblemState}),
        ("topic=roads", set()), ("q=мәселе refused", {"refused"}),
    ]:  # fmt: skip
        found = text_of(client, f"/ru/problems/?{query}")
        assert {str(state) for state in ProblemState if f"Мәселе {state}" in found} == shown, query
    assert "Көпір" in text_of(client, "/ru/problems/?state=reopened")
    for query, status in [
        ("state=closed", 422), ("unit=999999999", 422), ("unit=x", 422), ("page=9", 404),
        ("page=x", 400), (f"q={'а' * 101}", 422),
    ]:  # fmt: skip
        text_of(client, f"/ru/problems/?{query}", status)
    assert "Под эти фильтры не подходит" in text_of(client, "/ru/problems/?q=жоқ")


def closed(pool, step=PoolStep.SOLVE, pause=lambda: None):
    """A problem asked by Asel, given out, promised, with a step, and closed."""
    question = make_question(pool.okrug, "Мост шатается", email=ASEL)
    problem = problems.form(
        problems.Draft(pool.okrug, title_ru="Мост через Деркул"), [question], by=pool.commission
    )
    pause()
    problem = problems.assign(
        problem, pool.body, term_days=10, by=pool.commission, version=problem.version
    )
    pause()
    promise = promises.make(
        problem, Said(what_ru="Починим опоры", body=pool.body, term_days=5), by=pool.member
    )
    pause()
    promises.step(promise, text="Опоры привезли", url="https://example.kz/1", by=pool.member,
                  version=1)  # fmt: skip
    promises.close(promise, PoolStep.SOLVE, words="Опоры стоят", by=pool.member, version=2)
    pause()
    problem.refresh_from_db()
    return problems.close(
        problem, step, words="Мост починен", by=pool.member, version=problem.version
    )


def test_a_problem_is_told_as_a_timeline_without_names(client, pool, now):  # noqa: F811
    problem = closed(pool, pause=lambda: now.shift(3600))

    page = text_of(client, f"/ru/problems/{problem.uuid}/")

    told = page[page.index('class="timeline"') :]
    order = ["Задан вопрос", "Комиссия включила проблему в пул", "Поручено", "Обещано",
             "Опоры привезли", "Сообщено, что решено"]  # fmt: skip
    places = [told.index(words) for words in order]
    assert places == sorted(places)
    assert "10 рабочих дней" in text_of(client, f"/ru/problems/{make_assigned(pool).uuid}/")
    for words in ("Последнее слово за теми", "Мост починен", "2026-000001"):
        assert words in page
    for name in (pool.member.name, pool.commission.name, ASEL, "Әсел"):
        assert name not in page
    assert text_of(client, "/ru/problems/00000000-0000-4000-8000-000000000000/", 404)


def make_assigned(pool):
    problem = problems.form(problems.Draft(pool.okrug, title_ru="Свет"), by=pool.commission)
    return problems.assign(
        problem, pool.body, term_days=10, by=pool.commission, version=problem.version
    )


def test_those_who_asked_say_it_is_not_solved_and_it_opens_again(client, pool):
    problem = closed(pool, PoolStep.EXPLAIN)
    where = f"/ru/problems/{problem.uuid}/verdict/"
    typed = {"word": "not_solved", "reason": "Опоры без света", "email": ASEL}
    for wrong in ({"reason": ""}, {"word": ""}, {"email": "x"}, {"website": "spam"}):
        assert client.post(where, typed | wrong).status_code == 422

    answer = client.post(where, typed)
    confirm = answer["Location"]
    sealed = Letter.objects.get(kind="code").sealed
    done = client.post(confirm, {"code": json.loads(unseal(sealed))["context"]["code"]})

    assert done["Location"] == f"/ru/problems/{problem.uuid}/?verdict=counted"
    page = text_of(client, done["Location"])
    assert "ваша оценка учтена" in page
    assert "Открыто вновь" in page
    assert "Опоры без света" not in page  # people's own words are not public
    client.force_login(pool.commission)
    assert "Опоры без света" in text_of(client, f"/ru/desk/problems/{problem.uuid}/")
    problem.refresh_from_db()
    assert (problem.state, problem.reopened) == (ProblemState.ASSIGNED, 1)
    # A page that was opened before that: there is nothing to judge now.
    assert client.post(where, typed).status_code == 409


def test_a_second_verdict_of_an_address_is_told_only_to_who_reads_its_letters(client, pool):
    problem = closed(pool)
    verdicts.give(problem, address_mark(ASEL), VerdictWord.SOLVED, "", 0)
    answer = client.post(f"/ru/problems/{problem.uuid}/verdict/", {"word": "solved", "email": ASEL})
    sealed = Letter.objects.get(kind="code").sealed

    told = client.post(answer["Location"], {"code": json.loads(unseal(sealed))["context"]["code"]})

    assert told.status_code == 422
    assert "один адрес — один голос" in told.content.decode()
    assert Verdict.objects.count() == 1
    page = text_of(client, f"/ru/problems/{problem.uuid}/")
    assert "решено — 1, не решено — 0" in page


def test_a_meeting_opens_with_what_was_promised_there_before(client, pool):
    problem = make_problem(pool.okrug, state=ProblemState.ASSIGNED, body=pool.body)
    elsewhere = make_problem(pool.country.second, state=ProblemState.ASSIGNED)
    before = {"made_at": a_moment(2026, 2, 1)}
    for state in PromiseState:
        words = {"outcome": "Сөз"} if state != PromiseState.OPEN else {}
        make_promise(problem, f"Уәде {state}", state=state, due_on=date(2026, 2, 27), **words,
                     **before)  # fmt: skip
    make_promise(problem, "Алда", due_on=date(2026, 3, 20), **before)
    make_promise(elsewhere, "Бөтен уәде", **before)
    make_promise(problem, "Кейінгі уәде", made_at=a_moment(2026, 4, 20))
    office = pool.country.office(pool.country.first)
    meeting = make_meeting(office, [pool.okrug], "2026-04-14")
    first = make_meeting(office, [pool.okrug], "2026-01-14")

    found = promises_before(meeting)
    page = text_of(client, f"/ru/meetings/{meeting.uuid}/")

    assert (found.total, found.solved, found.explained, found.refused, found.open, found.late) == (
        5, 1, 1, 1, 2, 1,
    )  # fmt: skip
    assert found.shown[0].what == "Уәде open"  # what burns stands first
    assert page.index("Что здесь обещали раньше") < page.index('<dl class="facts">')
    assert 'выполнено: <span class="pool-count">1' in page
    assert "Уәде open" in page
    for words in ("Бөтен уәде", "Кейінгі уәде"):
        assert words not in page
    assert "Что здесь обещали" not in text_of(client, f"/ru/meetings/{first.uuid}/")


def test_a_place_and_a_question_lead_to_the_problem(client, pool):
    question = make_question(pool.okrug, email=ASEL)
    problem = problems.form(
        problems.Draft(pool.okrug, title_ru="Мост через Деркул"), [question], by=pool.commission
    )

    for where in (f"/ru/units/{pool.country.first.kato}/", f"/ru/questions/{question.uuid}/"):
        page = text_of(client, where)
        assert "Мост через Деркул" in page
        assert f"/ru/problems/{problem.uuid}/" in page


def test_the_pages_cost_the_same_with_few_and_with_many(
    client, pool, django_assert_max_num_queries
):
    def fill(count):
        for number in range(count):
            problem = make_problem(pool.okrug, f"Мәселе {number}", state=ProblemState.ASSIGNED,
                                   body=pool.body)  # fmt: skip
            for one in range(2):
                promise = make_promise(problem, f"Уәде {one}", made_at=a_moment(2026, 2, 1))
                promise.steps.create(text="Қадам", by=pool.member, at=problem.formed_at)
            make_question(pool.okrug, email=f"{number}-{count}@example.kz", problem=problem)
        return problem

    one = fill(2)
    office = pool.country.office(pool.country.first)
    meeting = make_meeting(office, [pool.okrug], "2026-04-14")
    pages = ["/kk/problems/", f"/kk/problems/{one.uuid}/", f"/kk/meetings/{meeting.uuid}/",
             f"/kk/units/{pool.okrug.kato}/"]  # fmt: skip
    few = []
    for where in pages:
        with django_assert_max_num_queries(60) as asked:
            client.get(where)
        few.append(len(asked))
    fill(6)
    for number in range(6):
        make_promise(one, f"Тағы {number}").steps.create(
            text="Қадам", by=pool.member, at=one.formed_at
        )
        make_question(pool.okrug, email=f"x{number}@example.kz", problem=one)
    for where, count in zip(pages, few, strict=True):
        with django_assert_max_num_queries(count):
            client.get(f"{where}?page=1")
