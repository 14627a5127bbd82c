"""The row of questions on the console of a meeting's day."""

from appeals import hallconsole
from meetings.additions import Block, Spot, adds_to


@adds_to(Spot.DESK_DAY)
def hall(request, day) -> Block:
    return Block(
        "appeals/desk/_hall.html", hallconsole.say(day), ("css/questions.css",), ("js/hall.js",)
    )
