// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Runs statements with a client and a server, until an event has arrived at every
// channel.

async void snippet (Pusher.Client client, Pusher.Channel channel, PusherTest.Server server)
  throws Error {
// SNIPPET
}

int main () {
  var server = new PusherTest.Server ();
  var client = new Pusher.Client (server.key);
  uint heard = 0;

  Timeout.add_seconds (30, () => { error ("Too late"); });
  try {
    server.backend.set_user ("1", "{\"name\":\"Al\"}");
    server.start ();
    client.host = "127.0.0.1";
    client.port = server.port;
    client.use_tls = false;
    client.use_secret (server.secret, "{\"user_id\":\"1\",\"user_info\":{\"name\":\"Al\"}}");
    client.event["price-changed"].connect (() => heard++);
    var channel = client.subscribe ("prices");
    bool ended = false;
    snippet.begin (client, channel, server, (_, result) => {
      try {
        snippet.end (result);
      } catch (Error snippet_error) {
        error (snippet_error.message);
      }
      ended = true;
    });
    client.open ();
    while (!ended)
      MainContext.default ().iteration (true);
    for (uint i = 0; i < client.channels.get_n_items (); i++) {
      channel = (Pusher.Channel) client.channels.get_item (i);
      while (channel.state != Pusher.ChannelState.SUBSCRIBED)
        MainContext.default ().iteration (true);
      server.publish (channel.name, "price-changed", "{\"price\":12.5}");
    }
    while (heard < client.channels.get_n_items ())
      MainContext.default ().iteration (true);
  } catch (Error error) {
    critical ("%s", error.message);
  }
  assert (server.last_violation == null);

  return 0;
}

