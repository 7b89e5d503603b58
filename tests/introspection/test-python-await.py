# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a Python program sees of the asynchronous calls when it awaits them.

PyGObject can do that since 3.50; with an older one a program passes callbacks,
as test-python.py does.
"""

import unittest

import gi

gi.require_version("Pusher", "1")
from gi.repository import Gio, GLib, Pusher  # noqa: E402

import tap  # noqa: E402
from fixture import PusherCase  # noqa: E402

CAN_AWAIT = gi.version_info >= (3, 50)


@unittest.skipUnless(CAN_AWAIT, f"PyGObject {gi.__version__} has no await, 3.50 has")
class AwaitTest(PusherCase):
    def run_here(self, coroutine):
        """In the main context that the server runs in."""
        from gi.events import GLibEventLoop

        loop = GLibEventLoop(GLib.MainContext.default())
        try:
            return loop.run_until_complete(coroutine)
        finally:
            loop.close()

    def test_all(self):
        async def use(client):
            self.assertIs(await client.open_async(None), True)
            channel = await client.subscribe_async("prices", None)
            self.assertEqual(channel.get_state(), Pusher.ChannelState.SUBSCRIBED)
            self.assertGreater(await client.ping_async(None), 0)
            self.backend.set_user("42")
            user = client.get_user()
            self.assertIs(await user.sign_in_async(None), True)
            self.assertIs(await client.close_async(None), True)

        client = self.new_client()
        endpoint = self.backend.get_user_auth_endpoint()
        assert endpoint is not None
        authenticator = Pusher.HttpAuthorizer.new(endpoint)
        client.set_user_authenticator(authenticator)
        self.run_here(use(client))

    def test_error(self):
        async def use(client):
            with self.assertRaises(GLib.Error) as caught:
                await client.open_async(None)
            return caught.exception

        error = self.run_here(use(self.new_client(key="wrong")))
        self.assertGError(error, Pusher.server_error_quark(), Pusher.ServerError.APP_NOT_FOUND)

    def test_cancelled(self):
        self.faults.set_handshake_delay_ms(GLib.MAXUINT)

        async def use(client):
            cancellable = Gio.Cancellable()
            opening = client.open_async(cancellable)
            GLib.idle_add(cancellable.cancel)
            with self.assertRaises(GLib.Error) as caught:
                await opening
            return caught.exception

        error = self.run_here(use(self.new_client()))
        self.assertGError(error, Gio.io_error_quark(), Gio.IOErrorEnum.CANCELLED)


if __name__ == "__main__":
    tap.main()
