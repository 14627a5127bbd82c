"""The pool at the desks: the commission's list and forms, what is given to organisations."""

from django.urls import path

from appeals.views import bodies, pool, pool_form

urlpatterns = [
    path("problems/", pool.problem_list, name="problems_desk"),
    path("problems/new/<uuid:uuid>/", pool_form.new, name="problem_new"),
    path("problems/join/<uuid:uuid>/", pool_form.join, name="problem_join"),
    path("problems/<uuid:uuid>/", pool.problem, name="desk_problem"),
    path("problems/<uuid:uuid>/<slug:deed>/", pool.act, name="desk_problem_act"),
    path("promises/<uuid:uuid>/<slug:deed>/", pool.act_on_promise, name="desk_promise_act"),
    path("given/", bodies.given, name="bodies_desk"),
]
