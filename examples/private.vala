// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Subscribes to a private channel, which the application's own server allows or
// not; prints what it says, and greets the other subscribers.

string key;
string? cluster;
string? host;
int port;
bool no_tls;
string? endpoint;
string? token;
string? channel_name;

const OptionEntry[] OPTIONS = {
  { "key", 0, 0, OptionArg.STRING, ref key, "Key of the application", "KEY" },
  { "cluster", 0, 0, OptionArg.STRING, ref cluster, "Its cluster at pusher.com", "CLUSTER" },
  { "host", 0, 0, OptionArg.STRING, ref host, "Host of another server", "HOST" },
  { "port", 0, 0, OptionArg.INT, ref port, "Its port", "PORT" },
  { "no-tls", 0, 0, OptionArg.NONE, ref no_tls, "Connect without TLS", null },
  { "endpoint", 0, 0, OptionArg.STRING, ref endpoint, "URL that authorizes", "URL" },
  { "token", 0, 0, OptionArg.STRING, ref token, "What the endpoint knows you by", "TOKEN" },
  { "channel", 0, 0, OptionArg.STRING, ref channel_name, "Private channel", "NAME" },
  { null }
};

int main (string[] args) {
  var loop = new MainLoop ();

  try {
    var context = new OptionContext ();
    context.add_main_entries (OPTIONS, null);
    context.parse (ref args);
    if (key == null || (cluster == null && host == null) || endpoint == null) {
      printerr ("Try --help\n");
      return 2;
    }

    var client = new Pusher.Client (key, cluster) {
      host = host,
      port = port,
      use_tls = !no_tls
    };

    // The endpoint is asked for every subscription. It has to know who asks: by a
    // header, a cookie of the session, or HTTP Basic.
    var authorizer = client.use_endpoint (endpoint);
    if (token != null)
      authorizer.set_header ("Authorization", "Bearer " + token);

    var channel = client.subscribe (channel_name ?? "private-orders");
    channel.subscription_succeeded.connect (() => {
      print ("Subscribed to %s\n", channel.name);
      try {
        // From client to client: the names of such events begin with “client-”.
        channel.trigger ("client-hello", "{\"from\":\"Vala\"}");
      } catch (Error error) {
        printerr ("Cannot greet: %s\n", error.message);
      }
    });
    channel.event.connect ((event) => {
      if (!event.name.has_prefix ("pusher:"))
        print ("%s %s\n", event.name, event.data ?? "");
    });
    channel.subscription_error.connect ((error) => {
      printerr ("No subscription to %s: %s\n", channel.name, error.message);
      loop.quit ();
    });

    // The client connects again by itself after all that may pass. This does not.
    client.notify["state"].connect (() => {
      if (client.state == Pusher.ConnectionState.FAILED) {
        printerr ("Refused: %s\n", client.last_error.message);
        loop.quit ();
      }
    });
    client.open ();
    loop.run ();
  } catch (Error error) {
    printerr ("%s\n", error.message);
    return 2;
  }

  return 1;
}
