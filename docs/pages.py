"""The pages of which docs/screenshots.py takes pictures."""

from typing import NamedTuple

WIDE, PHONE = (1280, 900), (360, 760)


class Picture(NamedTuple):
    """``address`` may name what the demo holds («{question}»); ``who`` is signed in; ``typed`` is
    filled in and sent first, name and value: of a choice its value, of a box "on", of a file what
    it holds."""

    name: str
    address: str
    who: str = ""
    size: tuple[int, int] = WIDE
    dark: bool = False
    typed: tuple[tuple[str, str], ...] = ()


ASKED = (
    ("text", "В селе Озёрное телефон ловит только на холме, скорую не вызвать. Когда вышка?"),
    ("topic", "internet"), ("name", "Әсел"), ("email", "asel@example.kz"), ("consent", "on"),
)  # fmt: skip
TABLE = """Мәтін;Елді мекен;Қалай түсті;Тақырып
Көшеде жарық жоқ;Озёрное;телефон арқылы;көше жарығы
Колонка жөндеуді қажет етеді;Озёрное;қағаз түрінде;сумен жабдықтау
"""

# What stands in the addresses: expressions over the demo's models and the words before them. Run in
# `manage.py shell`.
WORDS = {
    "year": "today.year",
    "west": "Calendar.objects.get(region__kato='270000000', year=today.year + 1).uuid",
    "almaty": "Calendar.objects.get(region__kato='750000000', year=today.year + 1).uuid",
    "question": "Question.objects.public().exclude(answered_at=None).order_by('-voices')[0].uuid",
    "waiting": "Question.objects.filter(state='waiting', meeting=None).order_by('pk')[0].uuid",
    "problem": "Problem.objects.annotate(n=Count('promises')).order_by('-n', 'pk')[0].uuid",
    "demand": "Demand.objects.filter(state='collecting').order_by('-voices')[0].uuid",
    "sitting": "Sitting.objects.annotate(n=Count('items')).order_by('-n', 'pk')[0].uuid",
    "hall": "MeetingDay.objects.get(meeting__day=today).meeting.uuid",
    "code": "MeetingDay.objects.get(meeting__day=today).code",
    "protocol": "Protocol.objects.filter(state='published').order_by('pk')[0].meeting.uuid",
    "booked": "Reception.objects.annotate(n=Count('slots__bookings')).order_by('-n', 'pk')[0].uuid",
    "item": "HallItem.objects.filter(state='waiting', source='phone')[0].uuid",
    "text": "Question.objects.filter(state='waiting', problem=None).order_by('-pk')[0].uuid",
    "solved": "Problem.objects.filter(state='solved').order_by('pk')[0].uuid",
    "reached": "Demand.objects.filter(state='reached').order_by('pk')[0].uuid",
    "planned": "Sitting.objects.filter(state='planned').order_by('pk')[0].uuid",
    "person": "Question.objects.exclude(person=None).order_by('pk')[0].person.uuid",
    "free": "Slot.objects.filter(reception__day__gt=today, is_walk_in=False, bookings=None)[0]",
    "slot": "free.uuid",
    "for_slot": "free.reception.uuid",
    "booking": "booking_links.token_of(Booking.objects.filter(state='booked').order_by('pk')[0])",
    # The demo's people keep no links of their own: some are made for the pictures.
    "held": "Question.objects.filter(state='held').order_by('pk')",
    "follow": "held.filter(pk=held[0].pk).update(follow_digest=asking.follow_digest('p' * 32))"
    " and 'p' * 32",
    "email": "Question.objects.exclude(person=None).order_by('pk')[0].person.details['email']",
    "confirm": "codes.ask_code('personal_data', 'address', email, 'kk', visitor='1').uuid",
    "kept": "Code.objects.filter(uuid=confirm).update(used_at=timezone.now())"
    " and signing.dumps(confirm.hex, salt=my_data.SALT)",
    "typed": "codes.ask_code('ask', 'question:1', email, 'kk', visitor='1').uuid",
    "asked_at": "Question.objects.get(uuid=question).unit.kato",
    "came": "Booking.objects.filter(reception__uuid=booked, state='came').order_by('pk')[0].uuid",
    "demand_row": "Demand.objects.filter(uuid=demand)",
    "demand_follow": "demand_row.update(follow_digest=demands.follow_digest('d' * 32))"
    " and 'd' * 32",
    "open": "Reception.objects.filter(day__gt=today, state='published').order_by('day')[0].uuid",
}

PAGES = [
    Picture("home-kk", "/kk/"),
    Picture("home-phone-kk", "/kk/", size=PHONE),
    Picture("home-dark-ru", "/ru/", dark=True),
    Picture("meetings-ru", "/ru/meetings/"),
    Picture("unit-kk", "/kk/units/274431000/"),
    Picture("unit-phone-ru", "/ru/units/274431100/", size=PHONE),
    Picture("calendar-ru", "/ru/calendars/{year}/270000000/"),
    Picture("year-en", "/en/calendars/{year}/"),
    Picture("ask-phone-kk", "/kk/questions/ask/?unit=274431000", size=PHONE),
    Picture("ask-similar-ru", "/ru/questions/ask/?unit={asked_at}", typed=ASKED),
    Picture("confirm-phone-ru", "/ru/confirm/{typed}/", size=PHONE),
    Picture("follow-phone-kk", "/kk/questions/follow/{follow}/", size=PHONE),
    Picture("support-phone-ru", "/ru/questions/{question}/support/", size=PHONE),
    Picture("questions-ru", "/ru/questions/"),
    Picture("question-kk", "/kk/questions/{question}/"),
    Picture("question-phone-ru", "/ru/questions/{question}/", size=PHONE, dark=True),
    Picture("problems-kk", "/kk/problems/"),
    Picture("problem-ru", "/ru/problems/{problem}/"),
    Picture("problem-phone-kk", "/kk/problems/{problem}/", size=PHONE),
    Picture("verdict-phone-ru", "/ru/problems/{solved}/verdict/", size=PHONE),
    Picture("akim-kk", "/kk/akims/270000000/"),
    Picture("coverage-ru", "/ru/calendars/{year}/270000000/?show=coverage"),
    Picture("demands-kk", "/kk/demands/"),
    Picture("demands-phone-ru", "/ru/demands/", size=PHONE),
    Picture("demand-ru", "/ru/demands/{demand}/"),
    Picture("demand-new-phone-kk", "/kk/demands/new/?unit=274431000", size=PHONE),
    Picture("demand-support-phone-ru", "/ru/demands/{demand}/support/", size=PHONE),
    Picture("demand-follow-phone-kk", "/kk/demands/follow/{demand_follow}/", size=PHONE),
    Picture("receptions-ru", "/ru/receptions/"),
    Picture("reception-phone-kk", "/kk/receptions/{open}/", size=PHONE),
    Picture("book-phone-ru", "/ru/receptions/{for_slot}/book/?slot={slot}", size=PHONE),
    Picture("booking-phone-kk", "/kk/receptions/bookings/{booking}/", size=PHONE),
    Picture("reception-queue-kk", "/kk/receptions/{booked}/queue/"),
    Picture("protocol-kk", "/kk/meetings/{protocol}/protocol/"),
    Picture("hall-phone-kk", "/kk/h/{code}/", size=PHONE),
    Picture("hall-ask-phone-kk", "/kk/h/{code}/ask/", size=PHONE),
    Picture("hall-support-phone-ru", "/ru/h/{code}/{item}/support/", size=PHONE),
    Picture("hall-entrance-phone-kk", "/kk/h/", size=PHONE),
    Picture("hall-screen-ru", "/ru/h/{code}/screen/", dark=True),
    Picture("hall-poster-kk", "/kk/h/{code}/poster/"),
    Picture("my-data-phone-ru", "/ru/my-data/", size=PHONE),
    Picture("my-data-erase-phone-ru", "/ru/my-data/{kept}/erase/", size=PHONE),
    Picture("my-data-kk", "/kk/my-data/{kept}/"),
    Picture("sign-in-kk", "/accounts/login/?lang=kk"),
    Picture("desk-kk", "/kk/desk/", "drafter"),
    Picture("workspace-ru", "/ru/desk/calendars/{west}/", "coordinator"),
    Picture("workspace-phone-kk", "/kk/desk/calendars/{west}/", "drafter", PHONE),
    Picture("year-grid-ru", "/ru/desk/calendars/{west}/grid/", "coordinator"),
    Picture("findings-ru", "/ru/desk/calendars/{west}/findings/", "coordinator"),
    Picture("queue-kk", "/kk/desk/requests/", "commission"),
    Picture("queue-phone-ru", "/ru/desk/requests/", "commission", PHONE),
    Picture("moderation-ru", "/ru/desk/requests/{waiting}/", "commission"),
    Picture("enter-kk", "/kk/desk/requests/enter/", "commission"),
    Picture("enter-table-ru", "/ru/desk/requests/enter/table/", "commission"),
    Picture(
        "enter-shown-kk", "/kk/desk/requests/enter/table/", "commission", typed=(("sheet", TABLE),)
    ),
    Picture("person-ru", "/ru/desk/requests/people/{person}/", "commission"),
    Picture("problem-new-kk", "/kk/desk/problems/new/{text}/", "commission"),
    Picture("pool-ru", "/ru/desk/problems/", "commission"),
    Picture("pool-problem-kk", "/kk/desk/problems/{problem}/", "commission"),
    Picture("sittings-kk", "/kk/desk/sittings/", "commission"),
    Picture("sitting-ru", "/ru/desk/sittings/{sitting}/", "commission"),
    Picture("sitting-plan-kk", "/kk/desk/sittings/plan/", "commission"),
    Picture("sitting-members-ru", "/ru/desk/sittings/{planned}/members/", "commission"),
    Picture("agenda-kk", "/kk/desk/sittings/{planned}/agenda/", "commission"),
    Picture("bodies-desk-ru", "/ru/desk/given/", "body"),
    Picture("bodies-desk-phone-kk", "/kk/desk/given/", "body", PHONE),
    Picture("demands-desk-ru", "/ru/desk/demands/", "coordinator"),
    Picture("demand-desk-kk", "/kk/desk/demands/{reached}/", "coordinator"),
    Picture("demand-meeting-ru", "/ru/desk/demands/{reached}/meeting/", "coordinator"),
    Picture("console-ru", "/ru/desk/meetings/{hall}/day/", "drafter"),
    Picture("console-phone-kk", "/kk/desk/meetings/{hall}/day/", "drafter", PHONE),
    Picture("protocol-desk-ru", "/ru/desk/meetings/{protocol}/protocol/", "drafter"),
    Picture("receptions-desk-kk", "/kk/desk/receptions/", "reception"),
    Picture("reception-desk-ru", "/ru/desk/receptions/{booked}/", "reception"),
    Picture("reception-desk-phone-kk", "/kk/desk/receptions/{booked}/", "reception", PHONE),
    Picture("booking-desk-ru", "/ru/desk/receptions/{booked}/bookings/{came}/", "reception"),
    Picture("reception-enter-kk", "/kk/desk/receptions/{booked}/enter/", "reception"),
    Picture("reception-new-kk", "/kk/desk/receptions/new/", "reception"),
    Picture("journal-ru", "/ru/desk/receptions/{booked}/journal/", "reception"),
    Picture("accesses-ru", "/ru/desk/requests/personal-data/", "commission"),
    Picture("maslikhat-kk", "/kk/maslikhat/calendars/{almaty}/", "almaty.chair"),
    Picture("maslikhat-phone-ru", "/ru/maslikhat/", "almaty.deputy", PHONE),
    Picture("admin-ru", "/admin/?lang=ru", "administrator"),
]
