"""The server that offers the tools by the Model Context Protocol, with its official SDK.

Imported only where that is installed: it comes with the extra `agents`.
"""

from collections.abc import Sequence

import anyio
from mcp import types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from pydantic_core import from_json
from starlette.types import Receive, Scope, Send

from advisor import __version__
from advisor.agents.tools import tools_of
from advisor.editions.edition import Shelf
from advisor.errors import FaultsError, nearest
from advisor.query.fields import one_of, shown

NAME = "framework-advisor"
READS_ONLY = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def server_of(shelf: Shelf, origin: str = "", edition: str | None = None) -> Server:
    """Make a server of the tools that `tools_of` lists for the same arguments."""
    tools, rulebase = tools_of(shelf, origin, edition), shelf.rulebase(edition)
    described = [
        types.Tool(
            name=tool.name,
            description=tool.description,
            input_schema=tool.takes,
            output_schema=tool.gives or None,
            annotations=READS_ONLY,
        )
        for tool in tools.values()
    ]
    listed = types.ListToolsResult(tools=described)

    async def list_tools(
        _: ServerRequestContext, __: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return listed

    async def call(
        _: ServerRequestContext, asked: types.CallToolRequestParams
    ) -> types.CallToolResult:
        if asked.name not in tools:
            near = nearest(asked.name, tools)
            hint = f"did you mean '{near}'?" if near else f"expected {one_of(tools)}."
            return _said(f"There is no tool {shown(asked.name)}; {hint}")
        try:
            # In a thread: others ask meanwhile.
            told = await anyio.to_thread.run_sync(tools[asked.name].call, asked.arguments or {})
        except FaultsError as error:
            return _said("\n".join(["This cannot be used:", *map(str, error.faults)]))
        return _said(told[0], told[1])

    return Server(
        NAME,
        version=__version__,
        title=rulebase.title,
        instructions=f"{rulebase.tagline} Call `questions` or `scan` first, then `recommend`.",
        on_list_tools=list_tools,
        on_call_tool=call,
    )


def _said(text: str, data: dict[str, object] | None = None) -> types.CallToolResult:
    """Answer a call; without data it failed."""
    content: list[types.ContentBlock] = [types.TextContent(type="text", text=text)]
    failed = data is None
    return types.CallToolResult(content=content, structured_content=data, is_error=failed)


MESSAGE = {
    "jsonrpc": "'2.0'",
    "method": "the name of a method",
    "id": "text or a whole number",
    "params": "an object",
}
"""The parts of a message, each with what it is; the last two may be left out."""


def refusal(body: bytes) -> types.JSONRPCError | None:
    """Say in the protocol's own form why a body is no message of it; None where it is one."""
    expected, name = "expected one message of JSON-RPC 2.0", None
    try:
        message = from_json(body)
    except ValueError:
        code, wrong = types.PARSE_ERROR, "the body is no JSON"
    else:
        code, wrong = types.INVALID_REQUEST, "the body is no object"
        if isinstance(message, dict):
            given = {"id": 0, "params": {}} | message
            right = {
                "jsonrpc": given.get("jsonrpc") == "2.0",
                "method": isinstance(given.get("method"), str),
                "id": type(given["id"]) in {str, int},
                "params": isinstance(given["params"], dict),
            }
            if all(right.values()):
                return None
            told = [f"'{part}' is not {MESSAGE[part]}" for part in MESSAGE if not right[part]]
            wrong, name = ", and ".join(told), message.get("id") if right["id"] else None
    error = types.ErrorData(code=code, message=f"{wrong}; {expected}")
    return types.JSONRPCError(jsonrpc="2.0", id=name, error=error)


async def talk(shelf: Shelf) -> None:
    """Answer an agent on standard input and output until it leaves."""
    server = server_of(shelf)
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


async def answer(
    server: Server, hosts: Sequence[str], scope: Scope, receive: Receive, send: Send
) -> None:
    """Answer one request by streamable HTTP.

    Nothing is kept between requests, so that any process can answer the next one. A browser is
    kept from asking under a false name: besides `hosts` only names of this machine are taken.
    """
    names = [form for name in LOOPBACK for form in (name, f"{name}:*")] + [*hosts]
    security = TransportSecuritySettings(
        allowed_hosts=names,
        allowed_origins=[f"{scheme}://{name}" for scheme in ("http", "https") for name in names],
    )
    manager = StreamableHTTPSessionManager(
        server, json_response=True, stateless=True, security_settings=security
    )
    async with manager.run():
        await manager.handle_request(scope, receive, send)
