"""A dead cache is a miss: public pages stay when Redis is away."""

import logging
from functools import wraps

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger("akimat.cache")


def _forgiving(name, missed):
    method = getattr(RedisCache, name)

    @wraps(method)
    def call(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            log.warning("The cache does not answer (%s): %s", name, type(error).__name__)
            return missed(args, kwargs)

    return call


def _default(args, kwargs):
    return kwargs.get("default", args[1] if len(args) > 1 else None)


class ForgivingRedisCache(RedisCache):
    """Django's RedisCache whose failures are misses, said once each in the log."""

    get = _forgiving("get", _default)
    get_many = _forgiving("get_many", lambda args, kwargs: {})
    set = _forgiving("set", lambda args, kwargs: None)
    set_many = _forgiving("set_many", lambda args, kwargs: [])
    add = _forgiving("add", lambda args, kwargs: True)
    delete = _forgiving("delete", lambda args, kwargs: False)
    touch = _forgiving("touch", lambda args, kwargs: False)
    has_key = _forgiving("has_key", lambda args, kwargs: False)
    incr = _forgiving("incr", lambda args, kwargs: 1)
    clear = _forgiving("clear", lambda args, kwargs: False)
