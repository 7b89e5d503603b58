// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a Vala program sees of the library.

void test_construct () throws Error {
  var client = new Pusher.Client ("k", null) {
    host = "example.org",
    port = 6001,
    path = "/p",
    use_tls = false,
    activity_timeout = 1,
    pong_timeout = 2,
    unavailable_timeout = 3,
    connect_timeout = 4,
    subscription_timeout = 5,
    max_message_size = 1 << 20,
    max_event_size = 1 << 21,
    tls_port = 6002,
    origin = "https://example.org"
  };

  assert_cmpstr (client.key, CompareOperator.EQ, "k");
  assert_null (client.cluster);
  assert_cmpstr (client.get_host (), CompareOperator.EQ, "example.org");
  assert_cmpuint (client.port, CompareOperator.EQ, 6001);
  assert_cmpstr (client.path, CompareOperator.EQ, "/p");
  assert_false (client.use_tls);
  assert_cmpuint (client.activity_timeout, CompareOperator.EQ, 1);
  assert_cmpuint (client.pong_timeout, CompareOperator.EQ, 2);
  assert_cmpuint (client.unavailable_timeout, CompareOperator.EQ, 3);
  assert_cmpuint (client.connect_timeout, CompareOperator.EQ, 4);
  assert_cmpuint (client.subscription_timeout, CompareOperator.EQ, 5);
  assert_true (client.max_message_size == 1 << 20);
  assert_true (client.max_event_size == 1 << 21);
  assert_cmpuint (client.tls_port, CompareOperator.EQ, 6002);
  assert_cmpstr (client.origin, CompareOperator.EQ, "https://example.org");
  assert_cmpuint (new Pusher.Client.for_host ("k", "h", 6001, false).port, CompareOperator.EQ, 6001);
  assert_true (client.retry_at == 0);
  assert_true (client.state == Pusher.ConnectionState.INITIALIZED);
  assert_true (client.last_error == null);
  assert_null (client.socket_id);

  client.host = null;
  client.set_path (null);
  client.set_session (null);
  assert_null (client.host);
  assert_null (client.get_path ());
  assert_nonnull (client.session);
}

void test_nicks () throws Error {
  var states = (EnumClass) typeof (Pusher.ConnectionState).class_ref ();

  assert_cmpstr (states.get_value (Pusher.ConnectionState.UNAVAILABLE).value_nick,
                 CompareOperator.EQ, "unavailable");
  assert_cmpstr (Pusher.ChannelState.SUBSCRIBED.to_string (),
                 CompareOperator.EQ, "PUSHER_CHANNEL_STATE_SUBSCRIBED");
}

void test_error_codes () throws Error {
  Error[] own = {
    new Pusher.Error.FAILED (""),
    new Pusher.Error.INVALID_NAME (""),
    new Pusher.Error.INVALID_DATA (""),
    new Pusher.Error.INVALID_SETTINGS (""),
    new Pusher.Error.INVALID_STATE (""),
    new Pusher.Error.CLOSED (""),
    new Pusher.Error.PROTOCOL (""),
    new Pusher.Error.TIMEOUT (""),
    new Pusher.Error.CONNECTION_LOST (""),
    new Pusher.Error.SUBSCRIPTION (""),
    new Pusher.Error.AUTHORIZATION (""),
    new Pusher.Error.DECRYPTION (""),
    new Pusher.Error.NOT_SUPPORTED (""),
    new Pusher.Error.CERTIFICATE (""),
    new Pusher.Error.UNREACHABLE (""),
    new Pusher.Error.BUSY (""),
    new Pusher.Error.TIMED_OUT ("")
  };
  Error[] server = {
    new Pusher.ServerError.UNSPECIFIED (""),
    new Pusher.ServerError.TLS_REQUIRED (""),
    new Pusher.ServerError.APP_NOT_FOUND (""),
    new Pusher.ServerError.APP_DISABLED (""),
    new Pusher.ServerError.OVER_QUOTA (""),
    new Pusher.ServerError.PATH_NOT_FOUND (""),
    new Pusher.ServerError.INVALID_VERSION (""),
    new Pusher.ServerError.UNSUPPORTED_PROTOCOL (""),
    new Pusher.ServerError.NO_PROTOCOL (""),
    new Pusher.ServerError.UNAUTHORIZED (""),
    new Pusher.ServerError.OVER_CAPACITY (""),
    new Pusher.ServerError.RECONNECT (""),
    new Pusher.ServerError.PONG_MISSED (""),
    new Pusher.ServerError.INACTIVE (""),
    new Pusher.ServerError.CLIENT_EVENT_RATE (""),
    new Pusher.ServerError.WATCHLIST_LIMIT ("")
  };
  int[] server_codes = {
    0, 4000, 4001, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4100, 4200, 4201, 4202, 4301, 4302
  };
  Error[] http = {
    new Pusher.HttpError.BAD_REQUEST (""),
    new Pusher.HttpError.UNAUTHORIZED (""),
    new Pusher.HttpError.FORBIDDEN (""),
    new Pusher.HttpError.NOT_FOUND (""),
    new Pusher.HttpError.REQUEST_TIMEOUT (""),
    new Pusher.HttpError.TOO_MANY_REQUESTS (""),
    new Pusher.HttpError.INTERNAL_SERVER_ERROR (""),
    new Pusher.HttpError.BAD_GATEWAY (""),
    new Pusher.HttpError.SERVICE_UNAVAILABLE (""),
    new Pusher.HttpError.GATEWAY_TIMEOUT ("")
  };
  int[] http_codes = { 400, 401, 403, 404, 408, 429, 500, 502, 503, 504 };

  for (int i = 0; i < own.length; i++)
    assert_gerror (own[i], Pusher.Error.quark (), i);
  for (int i = 0; i < server.length; i++)
    assert_gerror (server[i], Pusher.ServerError.quark (), server_codes[i]);
  for (int i = 0; i < http.length; i++)
    assert_gerror (http[i], Pusher.HttpError.quark (), http_codes[i]);
}

void test_notify_state () throws Error {
  var client = new_client ();
  Pusher.ConnectionState[] states = {};

  client.notify["state"].connect (() => states += client.state);
  client.open ();
  wait_until (() => client.state == Pusher.ConnectionState.CONNECTED);
  assert_cmpint (states.length, CompareOperator.EQ, 2);
  assert_true (states[0] == Pusher.ConnectionState.CONNECTING);
  assert_cmpstr (client.socket_id, CompareOperator.EQ, server.list_socket_ids ()[0]);
  client.close ();
}

async void test_wrong_key () throws Error {
  var client = new Pusher.Client ("wrong", null) {
    host = "127.0.0.1",
    port = server.port,
    use_tls = false
  };
  Error? signalled = null;
  Error? caught = null;

  client.error.connect ((error) => signalled = error);
  try {
    yield client.open_async (null);
    assert_not_reached ();
  } catch (Pusher.ServerError.APP_NOT_FOUND error) {
    caught = error;
  }
  assert_gerror (caught, Pusher.ServerError.quark (), 4001);
  assert_gerror (signalled, Pusher.ServerError.quark (), 4001);
  assert_gerror (client.last_error, Pusher.ServerError.quark (), 4001);
  assert_true (client.last_error is Pusher.ServerError.APP_NOT_FOUND);
  assert_true (client.state == Pusher.ConnectionState.FAILED);
}

async void test_invalid_name () throws Error {
  var client = new_client ();
  uint caught = 0;

  try {
    client.subscribe ("not\ta name");
  } catch (Pusher.Error.INVALID_NAME error) {
    caught++;
  }
  try {
    yield client.subscribe_async ("not\ta name", null);
  } catch (Pusher.Error.INVALID_NAME error) {
    caught++;
  }
  try {
    yield client.ping_async (null);
  } catch (Pusher.Error error) {
    assert_gerror (error, Pusher.Error.quark (), Pusher.Error.INVALID_STATE);
    caught++;
  }
  assert_cmpuint (caught, CompareOperator.EQ, 3);
}

void assert_lookups (Pusher.Event event) {
  bool boolean;
  int64 integer;
  double number;

  assert_true (event.lookup_boolean ("/a", out boolean) && boolean);
  assert_false (event.lookup_int ("/a", out integer));
  assert_false (event.lookup_double ("/b", out number));
  assert_cmpstr (event.lookup_json (""), CompareOperator.EQ, "{\"a\":true}");
  assert_null (event.lookup_string ("/a"));
}

async void test_event () throws Error {
  var client = new_client ();
  string[] heard = {};

  assert_true (yield client.open_async (null));
  Pusher.Channel channel = yield client.subscribe_async ("prices", null);
  channel.event["hello"].connect ((emitter, event) => {
    assert_true (emitter == channel);
    heard += "channel::hello " + event.get_data ();
    assert_true (event.get_bytes ().compare (new Bytes (event.get_data ().data)) == 0);
  });
  channel.event.connect ((event) => heard += "channel " + event.name);
  client.event.connect ((event) => assert_true (event.get_type () == typeof (Pusher.Event)));
  client.event["hello"].connect ((event) => {
    unowned Json.Node? node = event.get_json ();

    assert_nonnull (node);
    assert_true (node.get_object ().get_boolean_member ("a"));
    assert_cmpstr (event.get_variant ().print (false), CompareOperator.EQ, "{'a': <true>}");
    assert_lookups (event);
    assert_cmpstr (event.channel_name, CompareOperator.EQ, "prices");
    assert_null (event.user_id);
    heard += "client::hello";
  });
  server.publish ("prices", "hello", "{\"a\":true}");
  server.publish ("prices", "other", "text");
  yield until (() => heard.length >= 4);
  assert_cmpstr (string.joinv ("; ", heard), CompareOperator.EQ,
                 "channel::hello {\"a\":true}; channel hello; client::hello; channel other");
  client.close ();
}

async void test_channels () throws Error {
  var client = new_client ();
  unowned Pusher.Channel first = client.subscribe ("a");
  string[] names = {};

  client.subscribe ("b");
  assert_true (client.subscribe ("a") == first);
  foreach (var kind in new string[] { "PUBLIC", "PRIVATE", "PRESENCE", "ENCRYPTED" })
    assert_true (((EnumClass) typeof (Pusher.ChannelKind).class_ref ())
                   .get_value_by_nick (kind.down ()) != null);
  unowned Pusher.Channel channel = first;
  assert_cmpstr (channel.name, CompareOperator.EQ, "a");
  assert_true (channel.kind == Pusher.ChannelKind.PUBLIC);
  assert_true (channel.state == Pusher.ChannelState.UNSUBSCRIBED ||
               channel.state == Pusher.ChannelState.PENDING);
  for (uint i = 0; i < client.channels.get_n_items (); i++)
    names += ((Pusher.Channel) client.channels.get_item (i)).name;
  assert_cmpstr (string.joinv (" ", names), CompareOperator.EQ, "a b");
  assert_true (client.channels.get_item_type () == typeof (Pusher.Channel));
  assert_null (client.get_channel ("c"));
}

async void test_reconnect () throws Error {
  var client = new_client ();
  int64 gap = 0;
  int64 delay = 0;

  yield client.open_async (null);
  assert_true ((yield client.ping_async (null)) > 0);
  Pusher.Metrics metrics = client.get_metrics ();
  assert_true (metrics.last_round_trip > 0 && metrics.ping_interval > 0);
  assert_true (metrics.attempts == 1 && metrics.connects == 1 && metrics.reconnects == 0);
  assert_true (metrics.messages_received == 2 && metrics.messages_sent == 1);
  assert_true (metrics.bytes_received > metrics.bytes_sent);
  assert_true (metrics.messages_dropped == 0);
  assert_true (metrics.channels_pending == 0 && metrics.channels_subscribed == 0);
  assert_true (metrics.channels_failed == 0);
  assert_true (metrics.to_string ().has_prefix ("connections: 1 of 1 attempts"));
  var channel = yield client.subscribe_async ("prices", null);
  channel.gap.connect ((microseconds) => gap = microseconds);
  client.connecting_in.connect ((microseconds) => delay = microseconds);
  server.faults.cut_connections ();
  yield until (() => delay > 0);
  client.reconnect_now ();
  yield until (() => gap > 0);

  assert_true (yield client.close_async (null));
  assert_true (client.state == Pusher.ConnectionState.DISCONNECTED);
  yield until (() => server.n_connections == 0);
}

void test_dropping_it_closes () throws Error {
  var client = new_client ();
  unowned Pusher.Client unowned_client = client;
  bool finalized = false;

  unowned_client.weak_ref (() => finalized = true);
  client.subscribe ("a").event["b"].connect ((event) => {});
  client.open ();
  wait_until (() => server.has_subscriber ("a"));
  client = null;
  assert_true (finalized);
  wait_until (() => server.n_connections == 0);
}

void test_version () throws Error {
  uint major = Pusher.get_major_version ();
  uint minor = Pusher.get_minor_version ();
  uint micro = Pusher.get_micro_version ();

  assert_cmpstr (@"$major.$minor.$micro", CompareOperator.EQ, Pusher.VERSION_S);
  assert_true (Pusher.check_version (major, minor, micro));
  assert_false (Pusher.check_version (major, minor, micro + 1));
}

int main (string[] arguments) {
  Test.init (ref arguments);

  add_test ("construct", test_construct);
  add_test ("nicks", test_nicks);
  add_test ("version", test_version);
  add_test ("error-codes", test_error_codes);
  add_test ("notify-state", test_notify_state);
  add_async_test ("wrong-key",
                  (end) => test_wrong_key.begin (end),
                  (result) => test_wrong_key.end (result));
  add_async_test ("invalid-name",
                  (end) => test_invalid_name.begin (end),
                  (result) => test_invalid_name.end (result));
  add_async_test ("event",
                  (end) => test_event.begin (end),
                  (result) => test_event.end (result));
  add_async_test ("channels",
                  (end) => test_channels.begin (end),
                  (result) => test_channels.end (result));
  add_async_test ("reconnect",
                  (end) => test_reconnect.begin (end),
                  (result) => test_reconnect.end (result));
  add_test ("dropping-it-closes", test_dropping_it_closes);

  add_authorization_tests ();
  add_backfill_tests ();

  return Test.run ();
}
