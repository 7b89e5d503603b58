// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a Vala program sees of the library.

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

  while (!condition ()) {
    assert_true (get_monotonic_time () < late);
    Timeout.add (1, until.callback);
    yield;
  }
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

void test_construct () throws Error {
  var client = new Pusher.Client ("k", null) {
    host = "example.org",
    port = 6001,
    path = "/p",
    use_tls = false,
    activity_timeout = 1,
    max_message_size = 1 << 20
  };

  assert_cmpstr (client.key, CompareOperator.EQ, "k");
  assert_null (client.cluster);
  assert_cmpstr (client.get_host (), CompareOperator.EQ, "example.org");
  assert_cmpuint (client.port, CompareOperator.EQ, 6001);
  assert_cmpstr (client.path, CompareOperator.EQ, "/p");
  assert_false (client.use_tls);
  assert_cmpuint (client.activity_timeout, CompareOperator.EQ, 1);
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
    client.subscribe ("not a name");
  } catch (Pusher.Error.INVALID_NAME error) {
    caught++;
  }
  try {
    yield client.subscribe_async ("not a name", null);
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

async void test_event () throws Error {
  var client = new_client ();
  string[] heard = {};

  assert_true (yield client.open_async (null));
  Pusher.Channel channel = yield client.subscribe_async ("prices", null);
  channel.event["hello"].connect ((emitter, event) => {
    assert_true (emitter == channel);
    heard += "channel::hello " + event.get_data ();
  });
  channel.event.connect ((event) => heard += "channel " + event.name);
  client.event["hello"].connect ((event) => {
    unowned Json.Node? node = event.get_json ();

    assert_nonnull (node);
    assert_true (node.get_object ().get_boolean_member ("a"));
    assert_cmpstr (event.get_variant ().print (false), CompareOperator.EQ, "{'a': <true>}");
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
  for (uint i = 0; i < client.channels.get_n_items (); i++)
    names += ((Pusher.Channel) client.channels.get_item (i)).name;
  assert_cmpstr (string.joinv (" ", names), CompareOperator.EQ, "a b");
  assert_true (client.channels.get_item_type () == typeof (Pusher.Channel));
  assert_null (client.get_channel ("c"));
}

async void test_reconnect () throws Error {
  var client = new_client ();
  int64 gap = 0;
  double delay = 0;

  yield client.open_async (null);
  assert_true ((yield client.ping_async (null)) > 0);
  assert_true (client.get_metrics ().last_round_trip > 0);
  assert_true (client.get_metrics ().connects == 1);
  var channel = yield client.subscribe_async ("prices", null);
  channel.gap.connect ((microseconds) => gap = microseconds);
  client.connecting_in.connect ((seconds) => delay = seconds);
  server.cut_connections ();
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

int main (string[] arguments) {
  Test.init (ref arguments);

  add_test ("construct", test_construct);
  add_test ("nicks", test_nicks);
  add_test ("notify-state", test_notify_state);
  add_test ("wrong-key", () => {
    var end = new End ();
    test_wrong_key.begin (end.reached);
    test_wrong_key.end (end.wait ());
  });
  add_test ("invalid-name", () => {
    var end = new End ();
    test_invalid_name.begin (end.reached);
    test_invalid_name.end (end.wait ());
  });
  add_test ("event", () => {
    var end = new End ();
    test_event.begin (end.reached);
    test_event.end (end.wait ());
  });
  add_test ("channels", () => {
    var end = new End ();
    test_channels.begin (end.reached);
    test_channels.end (end.wait ());
  });
  add_test ("reconnect", () => {
    var end = new End ();
    test_reconnect.begin (end.reached);
    test_reconnect.end (end.wait ());
  });
  add_test ("dropping-it-closes", test_dropping_it_closes);

  return Test.run ();
}
