"""The address at which coding agents find their tools, where the extra `agents` is installed."""

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from advisor.agents.server import answer, server_of
from advisor.web.dependencies import edition_alone, form_of, origin_of
from advisor.web.site import Site


async def agents(request: Request) -> ASGIApp:
    """Hand a request to the protocol, once all of it is there and within the limits."""
    site: Site = request.app.state.site
    await edition_alone(request)
    word = site.shelf.word(form_of(request))
    body = await request.body()
    # A host that is named in the settings was held against them already.
    named = site.settings.host_names != ("*",)
    hosts = [request.headers.get("host", "")] if named else []
    server = server_of(site.shelf, origin_of(request), word)

    async def told(scope: Scope, receive: Receive, send: Send) -> None:
        read = [body]

        async def receive_again() -> Message:
            return {"type": "http.request", "body": read.pop()} if read else await receive()

        await answer(server, hosts, scope, receive_again, send)

    return told
