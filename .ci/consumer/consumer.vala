// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A program outside the tree: receives one event, with nothing but the installed
// vapis.

int main () {
  var loop = new MainLoop ();
  var received = false;

  try {
    var server = new PusherTest.Server ();
    server.start ();

    var client = new Pusher.Client (server.key, null);
    client.host = "127.0.0.1";
    client.port = server.port;
    client.use_tls = false;

    var channel = client.subscribe ("greetings");
    channel.subscription_succeeded.connect (() => {
      try {
        server.publish ("greetings", "greet", "hello");
      } catch (Error error) {
        critical ("%s", error.message);
      }
    });
    channel.event["greet"].connect (event => {
      received = event.get_data () == "hello";
      loop.quit ();
    });
    Timeout.add_seconds (10, () => {
      loop.quit ();
      return Source.REMOVE;
    });
    client.open ();
    loop.run ();
  } catch (Error error) {
    printerr ("%s\n", error.message);
  }

  return received ? 0 : 1;
}
