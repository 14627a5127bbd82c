"""The commission's and the organisations' desks: forms, stale pages, foreign territory."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from appeals.enums import ProblemState, QuestionState
from appeals.models import Problem, Promise, Question
from meetings.enums import Role
from tests.appeals.papers import document, photo
from tests.appeals.pool_rows import make_body, make_member, make_problem, make_promise
from tests.appeals.services.conftest import Pool, now  # noqa: F401 - the fixture
from tests.factories import make_user
from tests.factories_requests import make_question

SAY_FIRST = "Сначала укажите, чем оно закончилось"


@pytest.fixture
def pool(db, now, client):  # noqa: F811
    made = Pool()
    client.force_login(made.commission)
    return made


def text_of(answer) -> str:
    return answer.content.decode()


def new_problem(question, unit, **more):
    return {
        "version": question.version, "title_kk": "Көпір жөндеу", "topic": "roads", "risk": "2",
        "unit": unit.kato, **more,
    }  # fmt: skip


def test_a_problem_is_formed_from_a_question_and_those_like_it(client, pool):
    question = make_question(pool.okrug, state=QuestionState.PUBLISHED)
    alike = make_question(pool.okrug)
    named = make_question(pool.okrug, topic="water")
    page = client.get(f"/ru/desk/requests/{question.uuid}/")
    assert f"/ru/desk/problems/new/{question.uuid}/" in text_of(page)
    where = f"/ru/desk/problems/new/{question.uuid}/"
    assert alike.number in text_of(client.get(where))

    answer = client.post(
        where, new_problem(question, pool.okrug, others=[str(alike.uuid)], numbers=named.number)
    )

    problem = Problem.objects.get()
    assert answer["Location"] == f"/ru/desk/problems/{problem.uuid}/"
    assert set(problem.questions.all()) == {question, alike, named}
    assert problem.title_kk == "Көпір жөндеу"
    page = client.get(f"/ru/desk/requests/{question.uuid}/")
    assert f"/ru/desk/problems/{problem.uuid}/" in text_of(page)


def test_a_form_that_cannot_be_taken_keeps_what_was_typed(client, pool):
    question = make_question(pool.okrug)
    where = f"/ru/desk/problems/new/{question.uuid}/"
    for wrong, status, said in [
        ({"title_kk": " "}, 422, "Дайте проблеме название"),
        ({"unit": "999999999"}, 422, "Населённого пункта с кодом"),
        ({"unit": pool.country.second.kato}, 403, ""),
        ({"numbers": "2026-999999"}, 422, "2026-999999"),
        ({"title_kk": "а" * 201}, 422, "201"),
        ({"title_kk": "а\u0000б"}, 422, ""),
        ({"version": 0}, 409, "кто-то изменил"),
    ]:
        typed = new_problem(question, pool.okrug, about_ru="Мост шатается") | wrong
        answer = client.post(where, typed)
        assert answer.status_code == status, wrong
        assert said in text_of(answer)
        assert status == 403 or "Мост шатается" in text_of(answer)
    assert not Problem.objects.exists()


def test_a_question_joins_a_problem_of_the_territory(client, pool):
    question = make_question(pool.okrug)
    problem, foreign = make_problem(pool.okrug), make_problem(pool.country.second)
    where = f"/ru/desk/problems/join/{question.uuid}/"

    wrong = client.post(where, {"version": 1, "problem": foreign.number})
    client.post(where, {"version": 1, "problem": problem.number})

    assert wrong.status_code == 422
    question.refresh_from_db()
    assert question.problem == problem
    again = client.post(where, {"version": question.version, "problem": problem.number})
    assert again.status_code == 422
    assert client.post(where, {"version": 9, "problem": problem.number}).status_code == 409


def test_the_commission_gives_out_promises_and_closes(client, pool):
    problem = make_problem(pool.okrug)
    desk = f"/ru/desk/problems/{problem.uuid}/"
    wrong = client.post(desk + "assign/", {"version": 1, "body": pool.body.uuid})
    assert wrong.status_code == 422
    assert "Укажите срок" in text_of(wrong)

    client.post(desk + "assign/", {"version": 1, "body": pool.body.uuid, "term_days": "10"})
    client.post(desk + "promise/", {
        "version": 2, "what_ru": "Поставим столбы", "who": "Аким района", "due_on": "01.06.2026",
        "money": "4500000",
    })  # fmt: skip
    page = text_of(client.get(desk))

    problem.refresh_from_db()
    assert (problem.state, problem.due_on) == (ProblemState.ASSIGNED, date(2026, 3, 17))
    promise = Promise.objects.get()
    for words in ("Поставим столбы", "Аким района", "4 500 000 тенге", "1 июня 2026 г."):
        assert words in page.replace("\xa0", " ")
    stale = client.post(desk + "close/", {"version": 1, "outcome": "solve", "words": "Поставили"})
    assert stale.status_code == 409
    assert "Поставили" in text_of(stale)
    assert f'name="version" value="{problem.version}"' in text_of(stale)
    early = client.post(desk + "close/", {
        "version": problem.version, "outcome": "solve", "words": "Поставили",
    })  # fmt: skip
    assert early.status_code == 422
    on_promise = f"/ru/desk/promises/{promise.uuid}/"
    client.post(on_promise + "step/", {"version": 1, "text": "Ямы вырыты", "url": "example.kz/1"})
    client.post(on_promise + "close/", {"version": 2, "outcome": "solve", "words": "Стоят"})
    client.post(desk + "close/", {
        "version": problem.version, "outcome": "explain", "words": "Свет дадут летом",
    })  # fmt: skip
    problem.refresh_from_db()
    assert (problem.state, problem.outcome) == (ProblemState.EXPLAINED, "Свет дадут летом")
    closed = client.post(desk + "assign/", {
        "version": problem.version, "body": pool.body.uuid, "term_days": "5",
    })  # fmt: skip
    assert closed.status_code == 422
    assert "разъяснено" in text_of(closed)


@pytest.fixture
def step_of(client, pool):
    """Reports a step of one promise with these papers, as the organisation's member."""
    promise = make_promise(make_problem(pool.okrug, state=ProblemState.ASSIGNED, body=pool.body))
    client.force_login(pool.member)

    def report(*papers, version=1):
        typed = {"version": version, "text": "Тірек қойылды", "papers": papers}
        return client.post(f"/ru/desk/promises/{promise.uuid}/step/", typed)

    report.promise = promise
    return report


def test_the_evidence_of_a_step_is_a_download_for_everybody(client, pool, step_of, settings):
    sent = SimpleUploadedFile("Әсел.png", photo(), "application/pdf")
    answer = step_of(sent)
    assert answer.status_code == 302
    assert 'enctype="multipart/form-data"' in text_of(client.get(answer["Location"]))
    client.logout()

    step, problem = step_of.promise.steps.get(), step_of.promise.problem
    where = f"/ru/problems/{problem.uuid}/evidence/{step.uuid}/"
    assert text_of(client.get(f"/ru/problems/{problem.uuid}/")).count(f'"{where}" download') == 2
    given = client.get(where)
    content = b"".join(given.streaming_content)
    assert (step.media_type, step.size) == ("image/jpeg", len(content))
    assert b"SecretPhone" not in content
    assert [path.name for path in settings.DATA_DIR.glob("attachments/*/*")] == [step.uuid.hex]
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Disposition"] == f'attachment; filename="{problem.number}-1.jpg"'


def test_a_file_of_another_problem_or_of_no_step_is_not_there(client, pool, step_of):
    step_of(SimpleUploadedFile("1.jpg", photo()))
    plain = step_of.promise.steps.create(text="Қ", by=pool.member, at=step_of.promise.made_at)
    shown = step_of.promise.steps.exclude(sha256="").get()
    other = make_problem(pool.okrug)
    problem = step_of.promise.problem
    for uuid, name in [(other.uuid, shown.uuid), (problem.uuid, plain.uuid)]:
        assert client.get(f"/ru/problems/{uuid}/evidence/{name}/").status_code == 404


def test_evidence_that_cannot_be_taken_is_named_and_the_words_are_kept(
    client, pool, step_of, settings
):
    for papers, version, status, said in [
        ([("virus.jpg", b"MZ" + bytes(300))], 1, 422, "то не фото"),
        ([("big.jpg", b"x" * (20 << 20))], 1, 422, "Файл больше 10 МБ"),
        ([("secret.pdf", document(password="x"))], 1, 422, "закрыт паролем"),
        ([("1.jpg", photo()), ("2.jpg", photo())], 1, 422, "не больше 1 файла"),
        ([("1.jpg", photo())], 7, 409, "ыберите файлы ещё раз"),
    ]:
        answer = step_of(*(SimpleUploadedFile(*one) for one in papers), version=version)
        page = text_of(answer)
        assert answer.status_code == status, papers[0][0]
        assert said in page
        assert "Тірек қойылды" in page
    assert not step_of.promise.steps.exists()
    assert not list(settings.DATA_DIR.glob("attachments/*/*"))


def test_a_file_of_who_may_not_report_is_never_read(client, pool, step_of, monkeypatch):
    def never(content):
        raise AssertionError("read")

    monkeypatch.setattr("appeals.forms.files.cleaned", never)
    reader = make_user(Role.OBSERVER, pool.country.first)
    client.force_login(reader)
    assert step_of(SimpleUploadedFile("1.jpg", photo())).status_code == 403


def test_an_organisation_sees_what_is_its_own_and_what_burns_first(client, pool):
    later = make_problem(pool.okrug, "Кейін", state=ProblemState.ASSIGNED, body=pool.body,
                         due_on=date(2026, 5, 1))  # fmt: skip
    late = make_problem(pool.okrug, "Кешіккен", state=ProblemState.ASSIGNED, body=pool.body,
                        due_on=date(2026, 2, 20))  # fmt: skip
    promise = make_promise(late, due_on=date(2026, 2, 1))
    other = make_body(pool.country.first, "Су арнасы")
    stranger = make_problem(pool.okrug, "Бөтен", state=ProblemState.ASSIGNED, body=other)
    client.force_login(pool.member)

    page = text_of(client.get("/kk/desk/given/"))

    assert page.index("Кешіккен") < page.index("Кейін")
    assert "Бөтен" not in page
    assert "Оның ішінде 1 мәселенің мерзімі өткен." in page
    assert client.get(f"/kk/desk/problems/{stranger.uuid}/").status_code == 404
    seen = text_of(client.get(f"/kk/desk/problems/{late.uuid}/"))
    assert "/assign/" not in seen
    assert f"/kk/desk/promises/{promise.uuid}/step/" in seen
    client.post(f"/kk/desk/promises/{promise.uuid}/close/", {
        "version": 1, "outcome": "refuse", "words": "Қаражат жоқ",
    })  # fmt: skip
    answer = client.post(f"/kk/desk/problems/{late.uuid}/close/", {
        "version": 1, "outcome": "refuse", "words": "Қаражат бөлінбеді",
    })  # fmt: skip
    assert answer.status_code == 302
    late.refresh_from_db()
    assert late.state == ProblemState.REFUSED
    foreign = client.post(f"/kk/desk/problems/{stranger.uuid}/close/", {
        "version": 1, "outcome": "solve", "words": "Бітті",
    })  # fmt: skip
    assert foreign.status_code == 404
    assert client.post(f"/kk/desk/problems/{later.uuid}/describe/", {
        "version": 1, "title_kk": "Басқа", "topic": "roads", "risk": "0", "unit": pool.okrug.kato,
    }).status_code == 403  # fmt: skip


def test_those_without_a_role_for_it_see_nothing(client, pool):
    problem = make_problem(pool.okrug)
    for user in (make_user(Role.COMMISSION, pool.country.second), make_user()):
        client.force_login(user)
        assert client.get(f"/ru/desk/problems/{problem.uuid}/").status_code == 404
    assert client.get("/ru/desk/problems/").status_code == 403
    assert client.get("/ru/desk/given/").status_code == 403
    client.force_login(make_user(Role.BODY, pool.country.first))
    assert "Вы пока не отчитываетесь" in text_of(client.get("/ru/desk/given/"))


def test_the_desks_cost_the_same_with_few_problems_and_with_many(
    client, pool, django_assert_max_num_queries
):
    def fill(count: int) -> Problem:
        for number in range(count):
            problem = make_problem(pool.okrug, f"Мәселе {number}", state=ProblemState.ASSIGNED,
                                   body=pool.body)  # fmt: skip
            promise = make_promise(problem)
            promise.steps.create(text="Қадам", by=pool.member, at=problem.formed_at)
            make_promise(problem, "Тағы бір")
            Question.objects.filter(
                pk=make_question(pool.okrug, state=QuestionState.PUBLISHED).pk
            ).update(problem=problem)
        return problem

    one = fill(2)
    pages = [(pool.commission, "/kk/desk/problems/"), (pool.member, "/kk/desk/given/"),
             (pool.commission, f"/kk/desk/problems/{one.uuid}/")]  # fmt: skip
    few = []
    for user, where in pages:
        client.force_login(user)
        with django_assert_max_num_queries(60) as asked:
            client.get(where)
        few.append(len(asked))
    fill(6)
    member = make_member(pool.body)
    for number in range(5):
        make_promise(one, f"Уәде {number}").steps.create(text="Қ", by=member, at=one.formed_at)
        make_question(pool.okrug, problem=one, state=QuestionState.PUBLISHED)
    for (user, where), count in zip(pages, few, strict=True):
        client.force_login(user)
        with django_assert_max_num_queries(count):
            client.get(where)


def test_open_promises_are_told_before_the_outcome_is_typed(client, pool):
    problem = make_problem(pool.okrug, state=ProblemState.ASSIGNED, body=pool.body)
    promise = make_promise(problem)
    client.force_login(pool.member)
    where = f"/ru/desk/problems/{problem.uuid}/"

    assert SAY_FIRST in text_of(client.get(where))
    Promise.objects.filter(pk=promise.pk).update(
        state="solved", outcome="Ілінді.", closed_at=problem.formed_at
    )
    assert SAY_FIRST not in text_of(client.get(where))


def test_the_parts_of_a_priority_are_told_in_points(client, pool):
    problem = make_problem(pool.okrug, voices=5, risk=1)

    assert "1 балл<" in text_of(client.get(f"/ru/desk/problems/{problem.uuid}/"))
    assert "2 балла<" in text_of(client.get(f"/ru/problems/{problem.uuid}/"))
