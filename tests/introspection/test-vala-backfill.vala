// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a Vala program sees of catching up.

// What an application that derives from the class has.
class Store : Pusher.Backfill {
  public int n_events;
  public string[] asked = {};

  public override bool fetch (Pusher.BackfillRequest request) {
    int first = request.after != null ? int.parse (request.get_after ()) : 0;

    asked += "%s %u".printf (request.after ?? "-", request.last);
    if (request.get_last () > 0)
      first = int.max (0, n_events - (int) request.last);
    for (int i = first + 1; i <= n_events; i++)
      request.add ("e", "{\"id\":%d}".printf (i), null);
    request.complete (false);

    return true;
  }

  public override string? identify (Pusher.Event event) {
    return base.identify (event);
  }
}

// Keeps its requests.
class LaterStore : Pusher.Backfill {
  public GenericArray<Pusher.BackfillRequest> requests =
    new GenericArray<Pusher.BackfillRequest> ();

  public override bool fetch (Pusher.BackfillRequest request) {
    requests.add (request);

    return true;
  }
}

string[] backfill_log;

Pusher.Channel begin_at (Pusher.Client client, Pusher.Backfill backfill, string? position)
    throws Error {
  var channel = client.subscribe ("a");

  backfill_log = {};
  channel.event["e"].connect ((event) => backfill_log += event.data);
  channel.caught_up.connect ((n_events) => backfill_log += "caught-up:%llu".printf (n_events));
  channel.lost.connect ((error) => backfill_log += "lost");
  channel.backfill = backfill;
  channel.position = position;
  assert_true (channel.get_backfill () == backfill);
  client.open ();

  return channel;
}

bool has_caught_up () {
  return backfill_log.length > 0 && backfill_log[backfill_log.length - 1].has_prefix ("caught-up");
}

void assert_backfill_log (string expected) {
  assert_cmpstr (string.joinv (" ", backfill_log), CompareOperator.EQ, expected);
}

async void test_backfill () throws Error {
  var client = new_client ();
  var backfill = new Store ();

  backfill.n_events = 3;
  backfill.initial_count = 2;
  assert_true (backfill.get_initial_count () == 2);
  var channel = begin_at (client, backfill, null);
  yield until (has_caught_up);
  assert_cmpstr (string.joinv (",", backfill.asked), CompareOperator.EQ, "- 2");
  assert_backfill_log ("{\"id\":2} {\"id\":3} caught-up:2");
  assert_cmpstr (channel.position, CompareOperator.EQ, "3");
  assert_false (channel.catching_up);
  server.publish ("a", "e", "{\"id\":4}");
  yield until (() => channel.position == "4");
  client.close ();
}

async void test_backfill_answers () throws Error {
  var client = new_client ();
  var backfill = new LaterStore ();
  Error? why = null;

  var channel = begin_at (client, backfill, "a");
  channel.lost.connect ((error) => why = error);
  yield until (() => backfill.requests.length == 1);
  var request = backfill.requests[0];
  assert_cmpstr (request.channel_name, CompareOperator.EQ, "a");
  assert_false (request.cancellable.is_cancelled ());
  request.fail_for_now (new Pusher.Error.FAILED ("Later"));
  yield until (() => backfill.requests.length == 2);
  request = backfill.requests[1];
  request.add ("e", "1", "b");
  request.complete (true);
  yield until (() => backfill.requests.length == 3);
  request = backfill.requests[2];
  assert_cmpstr (request.after, CompareOperator.EQ, "b");
  request.fail (new Pusher.HttpError.NOT_FOUND ("Gone"));
  yield until (has_caught_up);
  assert_backfill_log ("1 lost caught-up:1");
  assert_true (why is Pusher.HttpError.NOT_FOUND);
  channel.backfill = null;
  client.close ();
}

async void test_backfill_signals () throws Error {
  var client = new_client ();
  var backfill = new Pusher.Backfill ();
  var store = new Store ();

  store.n_events = 2;
  backfill.fetch.connect ((request) => store.fetch (request));
  backfill.identify.connect ((event) => store.identify (event));
  begin_at (client, backfill, "1");
  yield until (has_caught_up);
  assert_backfill_log ("{\"id\":2} caught-up:1");
  client.close ();
}

async void test_backfill_nobody () throws Error {
  var client = new_client ();
  Error? why = null;
  var channel = begin_at (client, new Pusher.Backfill (), "1");

  channel.lost.connect ((error) => why = error);
  yield until (has_caught_up);
  assert_backfill_log ("lost caught-up:0");
  assert_true (why is Pusher.Error.BACKFILL);
  client.close ();
}

void test_backfill_settings () throws Error {
  var backfill = new Pusher.Backfill ();

  backfill.id_pointer = "/key";
  backfill.client_events = true;
  backfill.max_held_events = 1;
  backfill.max_held_bytes = 2;
  backfill.max_concurrent = 3;
  backfill.max_attempts = 4;
  backfill.timeout = 5;
  assert_cmpstr (backfill.get_id_pointer (), CompareOperator.EQ, "/key");
  assert_true (backfill.get_client_events ());
  assert_true (backfill.get_max_held_events () == 1);
  assert_true (backfill.get_max_held_bytes () == 2);
  assert_true (backfill.get_max_concurrent () == 3);
  assert_true (backfill.get_max_attempts () == 4);
  assert_true (backfill.get_timeout () == 5);
}

async void test_http_backfill () throws Error {
  var client = new_client ();
  var store = new Pusher.HttpBackfill ("http://127.0.0.1:%u/events{?after}".printf (server.port));
  uint n_prepared = 0;
  uint n_renewed = 0;
  Error? why = null;

  store.prepare.connect ((request, message) => n_prepared++);
  store.renew.connect ((status) => {
    n_renewed++;
    store.set_header ("Authorization", "Bearer new");
    store.renewed ();
    return true;
  });
  store.set_expires_at (1);
  assert_true (store.get_expires_at () == 1);
  store.username = "user";
  store.set_password ("password");
  store.events_pointer = "/data";
  store.more_pointer = "/next";
  store.item_id_pointer = "/key";
  store.item_name_pointer = "/type";
  store.item_data_pointer = "/payload";
  assert_true (store.session is Soup.Session);
  assert_true ("{?after}" in store.url);

  var channel = begin_at (client, store, "1");
  channel.lost.connect ((error) => why = error);
  yield until (has_caught_up);
  assert_true (why is Pusher.HttpError.NOT_FOUND);
  assert_true (n_prepared == 1);
  assert_true (n_renewed == 1);
  client.close ();
}

void add_backfill_tests () {
  add_async_test ("backfill/subclass",
                  (end) => test_backfill.begin (end),
                  (result) => test_backfill.end (result));
  add_async_test ("backfill/answers",
                  (end) => test_backfill_answers.begin (end),
                  (result) => test_backfill_answers.end (result));
  add_async_test ("backfill/signals",
                  (end) => test_backfill_signals.begin (end),
                  (result) => test_backfill_signals.end (result));
  add_async_test ("backfill/nobody",
                  (end) => test_backfill_nobody.begin (end),
                  (result) => test_backfill_nobody.end (result));
  add_test ("backfill/settings", test_backfill_settings);
  add_async_test ("http-backfill",
                  (end) => test_http_backfill.begin (end),
                  (result) => test_http_backfill.end (result));
}
