// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

void price_changed (Pusher.Channel channel, Pusher.Event event) {
  print ("%s\n", event.get_data ());
}

int main () {
  var loop = new MainLoop ();
  var client = new Pusher.Client ("app-key", "eu");
  try {
    var prices = client.subscribe ("prices");
    prices.event["price-changed"].connect (price_changed);
    client.open ();
    loop.run ();
  } catch (Error error) {
    printerr ("%s\n", error.message);
  }
  return 0;
}
