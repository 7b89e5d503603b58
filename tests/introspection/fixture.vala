// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A server of its own for each test.

PusherTest.Server server;

delegate bool Condition ();
delegate void Body () throws Error;

void wait_until (Condition condition) {
  bool expired = false;
  uint timeout = Timeout.add_seconds (10, () => {
    expired = true;
    return Source.CONTINUE;
  });

  while (!condition () && !expired)
    MainContext.default ().iteration (true);
  Source.remove (timeout);
  assert_false (expired);
}

// For asynchronous tests: those may run inside the dispatch of the message that
// they waited for, where the main context would not dispatch another one.
async void until (owned Condition condition) {
  int64 late = get_monotonic_time () + 10 * TimeSpan.SECOND;

  do {
    assert_true (get_monotonic_time () < late);
    Timeout.add (1, until.callback);
    yield;
  } while (!condition ());
}

void with_server (Body body) {
  server = new PusherTest.Server ();
  try {
    server.start ();
    body ();
  } catch (Error error) {
    assert_no_error (error);
  }
  assert_null (server.last_violation);
  server = null;
}

void add_test (string path, owned Body body) {
  Test.add_data_func ("/vala/" + path, () => with_server (body));
}

delegate void Begin (AsyncReadyCallback callback);
delegate void Finish (AsyncResult result) throws Error;

void add_async_test (string path, owned Begin begin, owned Finish finish) {
  add_test (path, () => {
    var end = new End ();
    begin (end.reached);
    finish (end.wait ());
  });
}

// Of an asynchronous test.
class End {
  AsyncResult? result = null;

  public void reached (Object? source, AsyncResult result) {
    this.result = result;
  }

  public AsyncResult wait () {
    wait_until (() => result != null);

    return result;
  }
}

void assert_gerror (Error? error, Quark domain, int code) {
  assert_true (error != null);
  assert_error (error, domain, code);
}

Pusher.Client new_client () {
  return (Pusher.Client) Object.new (typeof (Pusher.Client),
                                     "key", server.key,
                                     "host", "127.0.0.1",
                                     "port", server.port,
                                     "use-tls", false);
}
