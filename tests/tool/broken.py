# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Servers that are not what they should be: relays in front of a good one, proxies, web servers
with one answer, and those that say nothing."""

import asyncio
import base64
import hashlib
import pathlib
import ssl
import threading

TLS = pathlib.Path(__file__).resolve().parent.parent / "support" / "tls"
AUTHORITY = TLS / "authority.pem"
WEBSOCKET = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


async def read_head(reader):
    """The first line of a request, and its headers."""
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines if line)
    return first, {name.lower(): value for name, value in headers.items()}


async def pump(reader, writer, rewrite):
    while data := await reader.read(65536):
        writer.write(rewrite(data))
        await writer.drain()
    writer.close()


async def connect(reader, writer, port, rewrite=lambda data: data):
    there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.gather(
        pump(reader, there_writer, lambda data: data), pump(there_reader, writer, rewrite)
    )


def relay(port, rewrite=lambda data: data):
    async def serve(reader, writer):
        await connect(reader, writer, port, rewrite)

    return serve


def http_answer(status, body="", kind="application/json", headers=()):
    """To whatever is asked."""

    async def serve(reader, writer):
        _, request = await read_head(reader)
        await reader.readexactly(int(request.get("content-length", 0)))
        data = body.encode()
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(data)}"]
        writer.write("\r\n".join([*lines, *headers, "Connection: close", "", ""]).encode() + data)
        await writer.drain()

    return serve


async def silent(reader, writer):
    """Takes everything, and says nothing."""
    await reader.read()


async def silent_websocket(reader, writer):
    _, headers = await read_head(reader)
    key = headers["sec-websocket-key"].encode()
    accept = base64.b64encode(hashlib.sha1(key + WEBSOCKET).digest()).decode()
    writer.write(
        (
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n\r\n"
        ).encode()
    )
    await reader.read()


def proxy(port, login=None):
    """Leads everywhere to one port; `login` is what it wants to see, as in NAME:PASSWORD."""

    async def serve(reader, writer):
        _, headers = await read_head(reader)
        wanted = f"Basic {base64.b64encode(login.encode()).decode()}" if login else None
        if wanted is not None and headers.get("proxy-authorization") != wanted:
            writer.write(
                b'HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="x"\r\n'
                b"Content-Length: 0\r\nConnection: close\r\n\r\n"
            )
            await writer.drain()
            return
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await connect(reader, writer, port)

    return serve


class Servers:
    """They run in a thread, until close()."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.loop.set_exception_handler(lambda loop, context: None)  # clients leave as they like
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()

    def start(self, serve, certificate=None):
        """Returns the port."""
        context = None
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(TLS / f"{certificate}.pem", TLS / "key.pem")

        async def serve_and_close(reader, writer):
            try:
                await serve(reader, writer)
            except (OSError, EOFError):  # the client has gone
                pass
            finally:
                writer.close()

        async def start():
            return await asyncio.start_server(serve_and_close, "127.0.0.1", 0, ssl=context)

        server = asyncio.run_coroutine_threadsafe(start(), self.loop).result()
        return server.sockets[0].getsockname()[1]

    def close(self):
        async def cancel():
            for task in asyncio.all_tasks():
                if task is not asyncio.current_task():
                    task.cancel()
            await asyncio.sleep(0)

        asyncio.run_coroutine_threadsafe(cancel(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()
