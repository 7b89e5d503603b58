# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A network between a program and its server, to be cut."""

import contextlib
import socket
import threading


class Relay:
    """Connections to its port go to another one, once it is started and until it is stopped."""

    def __init__(self, target):
        self.target = target
        self.port = 0
        self.lock = threading.Lock()
        self.hold()

    def hold(self):
        """There are connections, and nothing goes through them until it is started."""
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        self.sockets = {self.listener}

    def start(self):
        if self.sockets is None:
            self.hold()
        threading.Thread(target=self.accept, args=(self.listener, self.sockets),
                         daemon=True).start()
        return self

    def stop(self):
        """Ends all connections; there are no more until it is started again."""
        with self.lock:
            sockets, self.sockets = self.sockets, None
            for each in sockets or ():
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()

    def accept(self, listener, sockets):
        with contextlib.suppress(OSError):  # it is stopped
            while True:
                near, _address = listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target))
                with self.lock:
                    if self.sockets is not sockets:
                        near.close()
                        far.close()
                        return
                    sockets |= {near, far}
                for source, sink in (near, far), (far, near):
                    threading.Thread(target=self.pass_on, args=(source, sink), daemon=True).start()

    @staticmethod
    def pass_on(source, sink):
        with contextlib.suppress(OSError):  # it is stopped, or an end has gone
            while data := source.recv(65536):
                sink.sendall(data)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_RDWR)
