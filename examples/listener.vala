// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Prints one kind of event of a channel, until it is interrupted.

string key;
string? cluster;
string? host;
int port;
bool no_tls;
string? channel_name;
string? event_name;

const OptionEntry[] OPTIONS = {
  { "key", 0, 0, OptionArg.STRING, ref key, "Key of the application", "KEY" },
  { "cluster", 0, 0, OptionArg.STRING, ref cluster, "Its cluster at pusher.com", "CLUSTER" },
  { "host", 0, 0, OptionArg.STRING, ref host, "Host of another server", "HOST" },
  { "port", 0, 0, OptionArg.INT, ref port, "Its port", "PORT" },
  { "no-tls", 0, 0, OptionArg.NONE, ref no_tls, "Connect without TLS", null },
  { "channel", 0, 0, OptionArg.STRING, ref channel_name, "Channel to listen to", "NAME" },
  { "event", 0, 0, OptionArg.STRING, ref event_name, "Event to print", "NAME" },
  { null }
};

int main (string[] args) {
  var loop = new MainLoop ();

  try {
    var context = new OptionContext ();
    context.add_main_entries (OPTIONS, null);
    context.parse (ref args);
    if (key == null || (cluster == null && host == null)) {
      printerr ("Try --help\n");
      return 2;
    }

    var client = new Pusher.Client (key, cluster) {
      host = host,
      port = port,
      use_tls = !no_tls
    };

    var channel = client.subscribe (channel_name ?? "prices");
    string name = event_name ?? "price-changed";
    channel.event[name].connect ((event) => print ("%s\n", event.data ?? ""));

    // After the connection was lost, and is there again.
    channel.gap.connect ((duration) =>
      print ("Perhaps events of %.1f s are missing\n", duration / 1e6));

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
