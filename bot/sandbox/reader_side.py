"""The reader's side of the sandbox over HTTP: whoever speaks JSON can hold a conversation with the bot.

A refusal is a 4xx status with {"error": "..."}. Every POST under
/sandbox/users/{id} may also say who the user is: "first_name", "username", "language_code"; and, to write into a
group made before, "chat_id" and "message_thread_id".

    POST /sandbox/users/{id}/messages   {"text", "entities"?, "forward_origin"?, "reply_to"?, "quote"?, "split"?,
                                         "anonymous"?: as an administrator whom a group shows by its own name}
    POST /sandbox/users/{id}/forwards   {"text", "origin": {"type": "user|hidden_user|chat|channel", "name"|"title"?,
                                         "username"?, "id"?, "message_id"?, "author_signature"?, "date"?}, "split"?}
    POST /sandbox/users/{id}/stickers   {"emoji"?}
    POST /sandbox/users/{id}/voices     {"duration"?, "caption"?}
    POST /sandbox/users/{id}/photos     {"caption"?}
    POST /sandbox/users/{id}/locations  {"latitude", "longitude"}
    POST /sandbox/users/{id}/albums     {"captions": [two to ten texts, one a photo; "" is none]}
    POST /sandbox/users/{id}/documents  {"name", "mime_type"?, "content_base64", "caption"?, "size"?,
                                         "media_group_id"?} or multipart
    POST /sandbox/users/{id}/edits      {"message_id", "text"}; the text of a picture is its caption
                                        all of these return {"messages": [...]}
    POST /sandbox/users/{id}/deletions  {"message_id"}: for both sides; the bot is not told
    POST /sandbox/users/{id}/presses    {"message_id", "data" or "text" or "row" and "column", "wait"? seconds, 5,
                                         "inaccessible"?: the bot gets no content of a message that is too old or
                                         deleted, "expired"?: the press takes no answer any more}
                                        returns {"query_id", "answer": {...} or null}, or {"url"}, {"copied"},
                                        or {"messages"} for a button of a reply keyboard
    POST /sandbox/users/{id}/inlines    {"query", "offset"?, "wait"? seconds, 5}: what is typed behind the bot's name
                                        returns {"query_id", "answer": {"results": [...], ...} or null}
    POST /sandbox/users/{id}/shares     {"query_id", "result_id"}: send one of the results
    POST /sandbox/users/{id}/memberships  {"chat_id", "status": "administrator|member|left|kicked"}: what the user
                                        makes the bot in a group or a channel
    POST /sandbox/users/{id}/ranks      {"chat_id", "status": "creator|administrator|member|left|kicked"}: what the
                                        user is in a group or a channel
    POST /sandbox/users/{id}/topics     {"chat_id", "message_thread_id"?, "state": "closed|reopened|deleted"}
    POST /sandbox/users/{id}/migrations {"chat_id", "to": negative}: makes a group a supergroup
    POST /sandbox/users/{id}/block      {}
    POST /sandbox/users/{id}/unblock    {}
    GET  /sandbox/users/{id}/messages   ?after=ID&wait=SECONDS&revision=N&chat_id=ID
                                        returns {"messages": [...], "revision": N}; waits until there is a message
                                        after ID or, given a revision, until anything in the chat has changed since
    GET  /sandbox/files/{file_id}       the bytes of a picture or a file of any message
    POST /sandbox/chats                 {"id": negative, "type": "group|supergroup|channel", "title"?, "username"?,
                                         "threads"?: [ids of a forum's topics]}
    POST /sandbox/updates               a raw update, put into the bot's queue; returns {"update_id"}
    POST /sandbox/faults                {"method", "kind", "seconds"?, "times"?, "chat_id"?} (see bot.sandbox.faults)
    DELETE /sandbox/faults              forgets the faults that have not come yet
    GET  /sandbox/log                   every request of the bot: {"requests": [{"method", "params", "status", ...}]}
    GET  /sandbox/commands              {"commands": [{"scope", "language_code", "commands"}]}
"""

import inspect
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import conversation, parameters, profile
from bot.sandbox.bodies import body_of
from bot.sandbox.faults import Fault
from bot.sandbox.refusals import RefusedError
from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class ReaderSide:
    """What readers do, and what a test arranges, in one world; the token is known only to be kept out of the log."""

    world: World
    token: str

    def routes(self) -> list[Route]:
        """Return where readers are served."""
        return [
            _route("/sandbox/users/{user_id}/messages", "GET", self.look),
            _route("/sandbox/users/{user_id}/{deed}", "POST", self.act),
            Route("/sandbox/files/{file_id}", self.file, methods=["GET"]),
            _route("/sandbox/chats", "POST", self.found),
            _route("/sandbox/updates", "POST", self.inject),
            _route("/sandbox/faults", "POST", self.plan),
            _route("/sandbox/faults", "DELETE", self.forget),
            _route("/sandbox/log", "GET", self.log),
            _route("/sandbox/commands", "GET", self.commands),
        ]

    async def act(self, request: Request) -> Any:
        """Let a user do something."""
        deed = conversation.DEEDS.get(request.path_params["deed"])
        if deed is None:
            raise RefusedError(404, "Not Found")
        done = deed(self.world, _user_id(request), await _content(request))
        return await done if inspect.isawaitable(done) else done

    async def look(self, request: Request) -> Any:
        """Show a user their chat."""
        return await conversation.look(self.world, _user_id(request), parameters.read(request.url.query, "", b""))

    async def file(self, request: Request) -> Response:
        """Return the bytes of a file."""
        stored = self.world.files.get(request.path_params["file_id"])
        if stored is None:
            return JSONResponse({"error": "Not Found"}, 404)
        return Response(stored.content, media_type="application/octet-stream")

    async def found(self, request: Request) -> Any:
        """Make a group or a channel."""
        return conversation.found(self.world, await _content(request))

    async def inject(self, request: Request) -> Any:
        """Queue a raw update."""
        update = await _content(request)
        if "update_id" in update:
            parameters.integer("update_id", update["update_id"])
        return {"update_id": self.world.inject(update)}

    async def plan(self, request: Request) -> Any:
        """Plan a fault."""
        self.world.faults.plan(Fault.read(await _content(request)))
        return {"planned": [fault.described() for fault in self.world.faults.planned]}

    async def forget(self, _request: Request) -> Any:
        """Forget the planned faults."""
        self.world.faults.planned.clear()
        return {"planned": []}

    async def log(self, _request: Request) -> Any:
        """Show what the bot asked for; the token may stand in an address the bot sent, so it is taken out."""
        text = json.dumps(list(self.world.log), default=repr)
        return {"requests": json.loads(text.replace(self.token, "<token>"))}

    async def commands(self, _request: Request) -> Any:
        """Show the commands the bot has set."""
        return {"commands": profile.listed(self.world)}


def _route(path: str, verb: str, answer: Callable[[Request], Awaitable[Any]]) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await answer(request))
        except RefusedError as refusal:
            return JSONResponse({"error": refusal.description}, refusal.status)
        except ClientDisconnect:
            return Response()

    return Route(path, endpoint, methods=[verb])


def _user_id(request: Request) -> int:
    return parameters.integer("user id", request.path_params["user_id"])


async def _content(request: Request) -> dict[str, Any]:
    """Return the JSON object (or the multipart form) of a request; an empty body is an empty object."""
    kind = request.headers.get("content-type", "")
    is_form = kind.startswith("multipart/form-data")
    return parameters.read("", kind if is_form else "application/json", await body_of(request))
