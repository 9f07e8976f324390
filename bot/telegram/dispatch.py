"""From a raw update to the route that answers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import Application, BaseHandler, CallbackContext, ExtBot

from bot.domain.delivery import Page


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Asks the library's handlers in turn and returns the first one's answer.

    The library's own loop drops answers and turns failures into log lines; ours keeps both, so that an update is done
    only when its answer is kept.
    """

    application: "Application[Any, Any, Any, Any, Any, Any]"
    routes: Sequence[BaseHandler[Any, Any, Any]]

    async def __call__(self, raw: dict[str, Any]) -> Sequence[Page]:
        """Return the pages that answer a raw update: none for one that is ours to ignore."""
        update = Update.de_json(raw, self.application.bot)
        found = self.first(update)
        if found is None:
            return ()
        route, check = found
        context = CallbackContext.from_update(update, self.application)
        pages: Sequence[Page] = await route.handle_update(update, self.application, check, context)
        return pages

    def first(self, update: Update) -> tuple[BaseHandler[Any, Any, Any], object] | None:
        """Return the first route that fits an update, with what it found there; None if it is ours to ignore."""
        for route in self.routes:
            check = route.check_update(update)
            if check is not None and check is not False:
                return route, check
        return None


def dispatcher(bot: ExtBot[Any], routes: Sequence[BaseHandler[Any, Any, Any]]) -> Dispatcher:
    """Return a dispatcher over these routes."""
    application = Application.builder().bot(bot).updater(None).job_queue(None).build()
    return Dispatcher(application, routes)
