// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Prints who is on a presence channel, who comes and who leaves.

string key;
string? cluster;
string? host;
int port;
bool no_tls;
string? endpoint;
string? user;
string? channel_name;

const OptionEntry[] OPTIONS = {
  { "key", 0, 0, OptionArg.STRING, ref key, "Key of the application", "KEY" },
  { "cluster", 0, 0, OptionArg.STRING, ref cluster, "Its cluster at pusher.com", "CLUSTER" },
  { "host", 0, 0, OptionArg.STRING, ref host, "Host of another server", "HOST" },
  { "port", 0, 0, OptionArg.INT, ref port, "Its port", "PORT" },
  { "no-tls", 0, 0, OptionArg.NONE, ref no_tls, "Connect without TLS", null },
  { "endpoint", 0, 0, OptionArg.STRING, ref endpoint, "URL that authorizes", "URL" },
  { "user", 0, 0, OptionArg.STRING, ref user, "Who you are", "ID" },
  { "channel", 0, 0, OptionArg.STRING, ref channel_name, "Presence channel", "NAME" },
  { null }
};

void print_member (string what, Pusher.Member member) {
  print ("%s %s\n", what, member.name);
}

int main (string[] args) {
  var loop = new MainLoop ();

  try {
    var context = new OptionContext ();
    context.add_main_entries (OPTIONS, null);
    context.parse (ref args);
    if (key == null || (cluster == null && host == null) || endpoint == null || user == null) {
      printerr ("Try --help\n");
      return 2;
    }

    var client = new Pusher.Client (key, cluster) {
      host = host,
      port = port,
      use_tls = !no_tls
    };

    // A real endpoint knows by itself who asks; the one of PusherTest.Server takes
    // this field of the form for it.
    client.use_endpoint (endpoint).set_param ("user_id", user);

    var channel = (Pusher.PresenceChannel) client.subscribe (channel_name ?? "presence-lobby");
    channel.subscription_succeeded.connect (() => {
      // The list is a GListModel, to which a Gtk.ListView can be bound as it is.
      for (uint i = 0; i < channel.members.get_n_items (); i++) {
        var member = (Pusher.Member) channel.members.get_item (i);
        print_member (member == channel.me ? "me" : "here", member);
      }
    });
    channel.member_added.connect ((member) => print_member ("joined", member));
    channel.member_removed.connect ((member) => print_member ("left", member));
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
