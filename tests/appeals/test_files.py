# ruff: noqa: F811 - the region is a fixture of another module
"""Photos and documents with a question: sent, refused, kept, handed to those who may have them."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from appeals.cleaning import Cleaned
from appeals.enums import QuestionState
from appeals.models import Attachment, Question
from appeals.services import asking, files, moderation
from appeals.services.asking import follow_digest
from meetings.enums import Role
from meetings.errors import Refused
from tests.appeals.papers import document, photo
from tests.appeals.test_asking import TEXT, TUESDAY, region, type_code, typed, url  # noqa: F401
from tests.factories import make_user
from tests.factories_requests import make_question

pytestmark = pytest.mark.django_db
NOTE = Cleaned("image/jpeg", "jpg", b"\xff\xd8 a photo")


def sent(name: str, content: bytes, declared="image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, declared)


def send(client, region, *papers, **more):
    with time_machine.travel(TUESDAY, tick=False):
        return client.post(url(unit=region.okrug.kato), typed(papers=papers, **more))


def on_disk(settings) -> list[str]:
    return sorted(path.name for path in settings.DATA_DIR.glob("attachments/*/*"))


def make_attachment(question, **fields) -> Attachment:
    with transaction.atomic():
        [row] = files.attach(question, [NOTE], at=timezone.now())
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    return row


def test_a_photo_and_a_document_come_with_a_question(client, region, settings):
    answer = send(
        client, region, sent("Әсел Нұрланова.png", photo()), sent("chart.jpg", document()),
    )  # fmt: skip
    page = client.get(type_code(client, answer)["Location"])
    [first, second] = Attachment.objects.all()

    assert (first.media_type, second.media_type) == ("image/jpeg", "application/pdf")
    assert on_disk(settings) == sorted([first.uuid.hex, second.uuid.hex])
    assert not first.is_public
    address = page.wsgi_request.path + f"files/{second.uuid}/"
    assert address in page.content.decode()
    given = client.get(address)
    content = b"".join(given.streaming_content)
    assert content.startswith(b"%PDF")
    assert (len(content), given["X-Content-Type-Options"]) == (second.size, "nosniff")
    assert given["Content-Disposition"] == 'attachment; filename="2026-000001-2.pdf"'
    assert "no-store" in given["Cache-Control"]


REFUSED = [
    ([("virus.jpg", b"MZ" + bytes(300))], "это не фото|Это не фото"),
    ([("big.jpg", b"x" * (20 << 20))], "«big.jpg»: Файл больше 10 МБ"),
    ([("empty.pdf", b"")], "Файл пуст"),
    ([("1.jpg", b"x"), ("2.jpg", b"x"), ("3.jpg", b"x"), ("4.jpg", b"x")], "не больше 3 файлов"),
    ([("secret.pdf", document(password="x"))], "закрыт паролем"),
]


def test_a_file_that_is_refused_is_named_and_what_was_typed_is_kept(client, region, settings):
    for papers, told in REFUSED:
        answer = send(client, region, *(sent(*one) for one in papers))
        page = answer.content.decode()

        assert answer.status_code == 422, told
        assert any(words in page for words in told.split("|")), told
        assert TEXT in page
        assert "Выберите файлы ещё раз" in page
    assert (Question.objects.count(), on_disk(settings)) == (0, [])


def test_files_are_read_only_when_all_else_is_right(client, region, settings, monkeypatch):
    def read(content):
        raise AssertionError("a file was read")

    monkeypatch.setattr("appeals.forms.files.cleaned", read)
    assert send(client, region, sent("a.jpg", b"x"), text="").status_code == 422
    settings.CODES_FROM_VISITOR = 0
    slowed = send(client, region, sent("a.jpg", b"x"))

    assert slowed.status_code == 429
    assert TEXT in slowed.content.decode()


def test_a_request_larger_than_any_form_is_told_so_before_it_is_read(client, region, settings):
    settings.LARGEST_REQUEST = 1000
    answer = send(client, region, sent("a.jpg", bytes(2000)))

    assert answer.status_code == 413
    assert "Вернитесь назад" in answer.content.decode()


def test_who_may_have_a_file(client, region):
    question = make_question(
        region.okrug, state=QuestionState.PUBLISHED, follow_digest=follow_digest("token")
    )
    hidden, shown = make_attachment(question), make_attachment(question, is_public=True)
    waiting = make_question(region.okrug)
    early = make_attachment(waiting, is_public=True)
    public = f"/ru/questions/{question.uuid}/"
    desk = f"/ru/desk/requests/{question.uuid}/files/"

    def status(address: str) -> int:
        return client.get(address).status_code

    assert status(f"{public}files/{hidden.uuid}/") == 404
    assert status(f"{public}files/{shown.uuid}/") == 200
    assert status(f"/ru/questions/{waiting.uuid}/files/{early.uuid}/") == 404
    assert status(f"{public}files/{early.uuid}/") == 404
    assert status(f"/ru/questions/follow/token/files/{hidden.uuid}/") == 200
    assert status(f"/ru/questions/follow/token/files/{early.uuid}/") == 404
    assert status(f"/ru/questions/follow/guess/files/{hidden.uuid}/") == 404
    page = client.get(public).content.decode()
    assert (str(shown.uuid) in page, str(hidden.uuid) in page) == (True, False)
    assert status(f"{desk}{hidden.uuid}/") == 302  # to sign in
    for role, unit, expected in [
        (Role.COMMISSION, region.first, 200),
        (Role.COMMISSION, region.second, 404),
        (Role.DEPUTY, region.region, 404),
    ]:
        client.force_login(make_user(role, unit))
        assert status(f"{desk}{hidden.uuid}/") == expected
    assert status(f"{desk}{early.uuid}/") == 404


def test_the_commission_shows_a_file_to_everybody_and_takes_it_back(client, region):
    question = make_question(region.okrug, state=QuestionState.PUBLISHED)
    one, other = make_attachment(question), make_attachment(question)
    clerk = make_user(Role.COMMISSION, region.region)
    client.force_login(clerk)
    address = f"/ru/desk/requests/{question.uuid}/"

    told = client.post(f"{address}files/", {"version": 1, "shown": [str(one.uuid)]})
    stale = client.post(f"{address}files/", {"version": 1, "shown": [str(other.uuid)]})
    strange = client.post(f"{address}files/", {"version": 2, "shown": ["x"]})

    assert (told.status_code, stale.status_code, strange.status_code) == (302, 409, 422)
    assert [row.is_public for row in question.attachments.all()] == [True, False]
    question.refresh_from_db()
    moderation.show_files(question, [], by=clerk, version=2)
    assert not question.attachments.filter(is_public=True).exists()
    with pytest.raises(Refused):
        moderation.show_files(question, [], by=clerk, version=3)


def test_a_transaction_that_is_undone_leaves_a_file_that_nobody_can_have(region, settings):
    question = make_question(region.okrug)
    kept = make_attachment(question)
    with transaction.atomic():
        [lost] = files.attach(question, [NOTE], at=timezone.now())
        transaction.set_rollback(True)

    assert on_disk(settings) == sorted([kept.uuid.hex, lost.uuid.hex])
    assert files.sweep() == 0  # it may be committed a moment later
    assert files.sweep(timezone.now() + files.ORPHANS_KEPT + timedelta(minutes=1)) == 1
    assert on_disk(settings) == [kept.uuid.hex]


def test_files_go_with_a_question_whose_code_nobody_typed(
    client, region, settings, django_capture_on_commit_callbacks
):
    send(client, region, sent("a.jpg", photo()))
    assert len(on_disk(settings)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        gone = asking.forget_unconfirmed(TUESDAY + timedelta(days=3))

    assert (gone, on_disk(settings), Attachment.objects.count()) == (1, [], 0)
