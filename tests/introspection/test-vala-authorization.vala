// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a Vala program sees of authorization, and of what needs it.

const string MASTER_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const string AL = "{\"user_id\":\"1\",\"user_info\":{\"name\":\"Al\",\"age\":40}}";
const string BO = "{\"user_id\":\"2\",\"user_info\":{\"name\":\"Bo\"}}";

// What an application that derives from the class has.
class Signer : Pusher.Authorizer {
  public Pusher.SecretAuthorizer signer = new Pusher.SecretAuthorizer (server.secret);
  public string[] asked = {};

  public override bool authorize (Pusher.AuthorizationRequest request) {
    asked += request.channel_name;

    return signer.authorize (request);
  }
}

// Keeps its requests.
class Later : Pusher.Authorizer {
  public GenericArray<Pusher.AuthorizationRequest> requests =
    new GenericArray<Pusher.AuthorizationRequest> ();

  public override bool authorize (Pusher.AuthorizationRequest request) {
    requests.add (request);

    return true;
  }
}

async Pusher.Client new_connected_client () throws Error {
  var client = new_client ();

  yield client.open_async (null);

  return client;
}

async Pusher.Client new_member (string? channel_data = null) throws Error {
  var client = yield new_connected_client ();

  client.use_secret (server.secret, channel_data);

  return client;
}

async void test_subclass () throws Error {
  var client = yield new_connected_client ();
  var authorizer = new Signer ();

  client.authorizer = authorizer;
  assert_true (client.get_authorizer () == authorizer);
  var channel = yield client.subscribe_async ("private-a");
  assert_true (channel.kind == Pusher.ChannelKind.PRIVATE);
  assert_cmpstr (string.joinv (" ", authorizer.asked), CompareOperator.EQ, "private-a");
  client.close ();
}

async void test_signal () throws Error {
  var client = yield new_connected_client ();
  var authorizer = new Pusher.Authorizer ();
  var signer = new Pusher.SecretAuthorizer (server.secret);

  authorizer.authorize.connect ((request) => signer.authorize (request));
  client.set_authorizer (authorizer);
  yield client.subscribe_async ("private-a");
  client.close ();
}

async void test_request () throws Error {
  var client = yield new_connected_client ();
  var authorizer = new Later ();

  client.authorizer = authorizer;
  client.subscribe ("private-a");
  yield until (() => authorizer.requests.length > 0);
  var request = authorizer.requests[0];
  assert_true (request.kind == Pusher.AuthorizationKind.CHANNEL);
  assert_false (request.kind == Pusher.AuthorizationKind.USER);
  assert_cmpstr (request.key, CompareOperator.EQ, client.key);
  assert_cmpstr (request.channel_name, CompareOperator.EQ, "private-a");
  assert_cmpstr (request.socket_id, CompareOperator.EQ, client.socket_id);
  assert_false (request.cancellable.is_cancelled ());
  client.unsubscribe ("private-a");
  assert_true (request.cancellable.is_cancelled ());
  request.complete ("too:late");
  client.close ();
}

async Error answer (Pusher.Client client, Later authorizer, int how) throws Error {
  Error? refused = null;
  unowned var channel = client.subscribe ("private-a");

  channel.subscription_error.connect ((error) => refused = error);
  yield until (() => authorizer.requests.length > 0);
  var request = authorizer.requests.steal_index (0);
  try {
    if (how == 0)
      request.complete ("");
    else if (how == 1)
      request.complete_json ("{\"auth\": 1}");
    else if (how == 2)
      request.fail (new IOError.FAILED ("no entry"));
    else
      request.fail_for_now (new IOError.BUSY ("not now"));
  } catch (Pusher.Error.AUTHORIZATION error) {
    assert_cmpint (how, CompareOperator.EQ, 1);
  }
  yield until (() => refused != null);

  return refused;
}

async void test_answers () throws Error {
  var client = yield new_connected_client ();
  var authorizer = new Later ();

  client.authorizer = authorizer;
  assert_true ((yield answer (client, authorizer, 0)) is Pusher.Error.AUTHORIZATION);
  assert_true ((yield answer (client, authorizer, 1)) is Pusher.Error.AUTHORIZATION);
  assert_true ((yield answer (client, authorizer, 2)) is IOError.FAILED);
  assert_true ((yield answer (client, authorizer, 3)) is IOError.BUSY);

  // After a failure it can be granted all the same.
  var signer = new Pusher.SecretAuthorizer (server.secret);
  unowned var channel = client.get_channel ("private-a");
  assert_true (channel.state == Pusher.ChannelState.FAILED);
  channel.resubscribe ();
  yield until (() => authorizer.requests.length > 0);
  assert_true (signer.authorize (authorizer.requests.steal_index (0)));
  yield until (() => channel.state == Pusher.ChannelState.SUBSCRIBED);
  client.close ();
}

async void test_endpoints () throws Error {
  var client = yield new_connected_client ();
  unowned var http = client.use_user_endpoint (server.backend.user_auth_endpoint);

  assert_true (client.user_authenticator == http);
  try {
    client.use_endpoint ("not a url");
    assert_not_reached ();
  } catch (Pusher.Error.INVALID_SETTINGS error) {
  }
  client.close ();
}

async void test_last_error () throws Error {
  var client = yield new_connected_client ();
  string? told = null;

  client.error.connect ((error) => told = error.message);
  client.use_endpoint (server.backend.auth_endpoint);
  server.backend.forbid ("private-a");
  Pusher.Channel channel = client.subscribe ("private-a");
  assert_true (channel.last_error == null);
  yield until (() => told != null);
  assert_true (channel.last_error is Pusher.HttpError.FORBIDDEN);
  assert_cmpstr (told, CompareOperator.EQ,
                 "Cannot subscribe to “private-a”: " + channel.last_error.message);
  client.close ();
}

async void test_http () throws Error {
  var client = yield new_connected_client ();
  unowned var http = client.use_endpoint (server.backend.auth_endpoint);
  uint prepared = 0;
  bool forbidden = false;

  http.prepare.connect ((request, message) => {
    message.request_headers.append ("X-Prepared", request.channel_name);
    prepared++;
  });
  assert_true (client.authorizer == http);
  assert_cmpstr (http.endpoint, CompareOperator.EQ, server.backend.auth_endpoint);
  assert_true (http.session == client.session);
  http.set_header ("X-Header", "1");
  http.set_param ("user_id", "7");
  http.username = "al";
  http.password = "secret";
  http.password = null;
  http.batch = true;
  http.timeout = 2;
  http.max_attempts = 1;
  http.set_expires_at (1 << 20);
  assert_true (http.get_expires_at () == 1 << 20);
  http.renew.connect ((status) => {
    assert_cmpuint (status, CompareOperator.EQ, 0);
    http.renewed ();
    return true;
  });
  http.max_concurrent = 3;
  http.max_batch_size = 20;
  assert_true (http.get_max_concurrent () == 3 && http.get_max_batch_size () == 20);
  assert_true (http.get_batch () && http.get_timeout () == 2 && http.get_max_attempts () == 1);
  yield client.subscribe_async ("presence-a");
  assert_cmpuint (prepared, CompareOperator.EQ, 1);
  assert_cmpstr (server.list_members ("presence-a")[0], CompareOperator.EQ, "7");

  server.backend.forbid ("private-a");
  try {
    yield client.subscribe_async ("private-a");
  } catch (Pusher.HttpError.FORBIDDEN error) {
    forbidden = true;
  }
  assert_true (forbidden);
  client.close ();
}

void test_secret () throws Error {
  var signer = new Pusher.SecretAuthorizer ("s") {
    channel_data = AL,
    encryption_master_key = MASTER_KEY
  };

  assert_cmpstr (signer.channel_data, CompareOperator.EQ, AL);
  assert_null (signer.user_data);
  signer.secret = null;
  signer.set_secret ("other");
  signer.encryption_master_key = null;
  signer.set_encryption_master_key (MASTER_KEY);
  signer.set_channel_data_node (Json.from_string ("{\"user_id\":\"3\"}"));
  assert_true ("\"3\"" in signer.get_channel_data ());
  signer.set_user_data_node (Json.from_string ("{\"id\":\"3\"}"));
  assert_true ("\"3\"" in signer.get_user_data ());
  signer.set_member ("7", "Cy", Json.from_string ("{\"age\":41}"));
  assert_true ("\"name\":\"Cy\",\"age\":41" in signer.get_channel_data ());
  signer.set_channel_data (null);
  signer.set_user_data (null);
  try {
    new_client ().use_secret ("s", "{");
    assert_not_reached ();
  } catch (Pusher.Error.INVALID_DATA error) {
  }
}

async void test_trigger () throws Error {
  var client = yield new_member ();
  var other = yield new_member ();
  string[] heard = {};

  var channel = yield client.subscribe_async ("private-a");
  var there = yield other.subscribe_async ("private-a");
  there.event["client-said"].connect ((event) => heard += event.data ?? "nothing");
  channel.trigger ("client-said", "{\"a\":1}");
  channel.trigger ("client-said");
  channel.trigger_node ("client-said", Json.from_string ("[2]"));
  channel.trigger_variant ("client-said", new Variant ("(s)", "b"));
  yield until (() => heard.length == 4);
  assert_cmpstr (string.joinv (" ", heard), CompareOperator.EQ, "{\"a\":1} nothing [2] [\"b\"]");

  Error? refused = null;
  channel.error.connect ((error) => refused = error);
  server.client_events = false;
  channel.trigger ("client-said");
  yield until (() => refused != null);
  assert_true (refused is Pusher.ServerError.CLIENT_EVENT_RATE);
  channel.unsubscribe ();
  try {
    channel.trigger ("client-said");
    assert_not_reached ();
  } catch (Pusher.Error.INVALID_STATE error) {
  }
  assert_true (channel.resubscribe ());
  client.close ();
  other.close ();
}

async void test_outbox () throws Error {
  var client = yield new_member ();
  var other = yield new_member ();
  string[] heard = {};
  string[] lengths = {};

  var there = yield other.subscribe_async ("private-a");
  there.event.connect ((event) => heard += event.data ?? "nothing");
  var channel = client.subscribe ("private-a");
  channel.notify["outbox-length"].connect (() => lengths += channel.outbox_length.to_string ());
  assert_cmpuint (channel.outbox_size, CompareOperator.EQ, 0);
  assert_cmpuint (channel.outbox_expiry, CompareOperator.EQ, 60);
  channel.outbox_size = 2;
  channel.outbox_expiry = 0;
  channel.trigger ("client-a", "1");
  channel.trigger ("client-b");
  try {
    channel.trigger ("client-c");
    assert_not_reached ();
  } catch (Pusher.Error.BUSY error) {
  }
  yield until (() => heard.length == 2);
  assert_cmpstr (string.joinv (" ", heard), CompareOperator.EQ, "1 nothing");
  assert_cmpstr (string.joinv (" ", lengths), CompareOperator.EQ, "1 2 1 0");

  string failed = "";
  client.close ();
  channel.trigger_error.connect ((event, data_json, error) => {
    assert_true (error is Pusher.Error.CLOSED);
    failed += event + "=" + (data_json ?? "nothing");
  });
  channel.trigger ("client-a", "1");
  channel.unsubscribe ();
  assert_cmpstr (failed, CompareOperator.EQ, "client-a=1");
  other.close ();
}

async void test_presence () throws Error {
  var client = yield new_member (AL);
  var presence = (Pusher.PresenceChannel) yield client.subscribe_async ("presence-a");
  string[] log = {};

  presence.member_added.connect ((member) => log += "+" + member.id);
  presence.member_removed.connect ((member) => log += "-" + member.id);
  presence.member_changed.connect ((member) => log += member.get_field ("name"));
  assert_true (presence.members.get_item_type () == typeof (Pusher.Member));
  Pusher.Member me = presence.me;
  assert_true (presence.members.get_item (0) == me);
  assert_cmpstr (me.id, CompareOperator.EQ, "1");
  assert_cmpstr (me.get_field ("age"), CompareOperator.EQ, "40");
  assert_null (me.get_field ("none"));
  assert_cmpstr (me.name, CompareOperator.EQ, "Al");
  assert_true (me.info.has_prefix ("{"));
  unowned Json.Object info = me.get_info_node ().get_object ();
  assert_cmpstr (info.get_string_member ("name"), CompareOperator.EQ, "Al");

  var other = yield new_member (BO);
  yield other.subscribe_async ("presence-a");
  yield until (() => presence.members.get_n_items () == 2);
  assert_true (presence.get_member ("2") == presence.members.get_item (1));
  assert_null (presence.get_member ("3"));
  other.close ();
  yield until (() => presence.members.get_n_items () == 1);
  client.use_secret (server.secret, AL.replace ("Al", "Alan"));
  client.reconnect_now ();
  yield until (() => log.length == 3);
  assert_cmpstr (string.joinv (" ", log), CompareOperator.EQ, "+2 -2 Alan");
  assert_true (presence.get_me () == me);
  client.close ();
}

async void test_encrypted () throws Error {
  var client = yield new_connected_client ();
  string? text = null;
  Error? lost = null;

  client.authorizer = new Pusher.SecretAuthorizer (server.secret) {
    encryption_master_key = server.encryption_master_key
  };
  var channel = yield client.subscribe_async ("private-encrypted-a");
  assert_true (channel is Pusher.EncryptedChannel);
  assert_true (channel.kind == Pusher.ChannelKind.ENCRYPTED);
  channel.event["secret"].connect ((event) => text = event.data);
  channel.error.connect ((error) => lost = error);
  server.publish ("private-encrypted-a", "secret", "{\"a\":1}");
  yield until (() => text == "{\"a\":1}");
  server.encryption_master_key = MASTER_KEY;
  server.publish ("private-encrypted-a", "secret", "{\"a\":2}");
  yield until (() => lost != null);
  assert_true (lost is Pusher.Error.DECRYPTION);
  client.close ();
}

async void test_cache () throws Error {
  var client = yield new_connected_client ();
  uint misses = 0;
  bool succeeded = false;

  server.subscription_counts = true;
  Pusher.Channel channel = client.subscribe ("cache-a");
  channel.cache_miss.connect (() => misses++);
  channel.subscription_succeeded.connect (() => succeeded = true);
  yield until (() => misses == 1 && channel.subscription_count == 1);
  assert_true (channel.is_cache && succeeded);
  assert_true (channel.state == Pusher.ChannelState.SUBSCRIBED);
  client.close ();
}

async void test_switch_cluster () throws Error {
  var client = yield new_connected_client ();
  bool succeeded = false;

  server.set_default_app ("7", "test-key", "test-secret");
  assert_cmpstr (server.app_id, CompareOperator.EQ, "7");
  server.add_app ("2", "other", "other-secret");
  var channel = yield client.subscribe_async ("a");
  channel.subscription_succeeded.connect (() => succeeded = true);
  client.switch_cluster ("other", null);
  yield until (() => succeeded);
  assert_cmpstr (client.key, CompareOperator.EQ, "other");
  assert_null (client.cluster);
  client.close ();
}

async void test_user () throws Error {
  var client = yield new_connected_client ();
  Pusher.User user = client.user;
  Error? refused = null;
  string[] log = {};

  client.user_authenticator = new Pusher.HttpAuthorizer (server.backend.user_auth_endpoint);
  user.sign_in_error.connect ((error) => refused = error);
  user.sign_in ();
  yield until (() => refused != null);
  assert_true (refused is Pusher.HttpError.FORBIDDEN);
  assert_false (user.signed_in);
  assert_null (user.id);

  server.backend.set_user ("42", "{\"name\":\"Al\"}");
  server.backend.set_watchlist ({ "43" });
  server.backend.set_cross_origin (true);
  assert_true (yield user.sign_in_async ());
  assert_true (user.signed_in);
  assert_cmpstr (user.id, CompareOperator.EQ, "42");
  assert_true ("Al" in user.data);
  user.event["hi"].connect ((event) => log += event.data);
  while (server.send_to_user ("42", "hi", "1") == 0)
    yield until (() => true);
  yield until (() => log.length == 1);

  user.online.connect ((id) => log += "+" + id);
  user.offline.connect ((id) => log += "-" + id);
  user.watchlist_event.connect ((name, ids) => log += name + "=" + string.joinv (",", ids));
  var other = yield new_connected_client ();
  server.backend.set_watchlist (null);
  server.backend.set_user ("43", null);
  other.user_authenticator = client.get_user_authenticator ();
  yield other.user.sign_in_async ();
  yield until (() => user.is_online ("43"));
  other.close ();
  yield until (() => !user.is_online ("43"));
  assert_cmpstr (string.joinv (" ", log), CompareOperator.EQ, "1 online=43 +43 offline=43 -43");
  client.close ();
}

void add_authorization_tests () {
  add_async_test ("authorizer/subclass",
                  (end) => test_subclass.begin (end),
                  (result) => test_subclass.end (result));
  add_async_test ("authorizer/signal",
                  (end) => test_signal.begin (end),
                  (result) => test_signal.end (result));
  add_async_test ("request/properties",
                  (end) => test_request.begin (end),
                  (result) => test_request.end (result));
  add_async_test ("request/answers",
                  (end) => test_answers.begin (end),
                  (result) => test_answers.end (result));
  add_async_test ("http-authorizer",
                  (end) => test_http.begin (end),
                  (result) => test_http.end (result));
  add_async_test ("endpoints",
                  (end) => test_endpoints.begin (end),
                  (result) => test_endpoints.end (result));
  add_async_test ("last-error",
                  (end) => test_last_error.begin (end),
                  (result) => test_last_error.end (result));
  add_test ("secret-authorizer", test_secret);
  add_async_test ("kinds/trigger",
                  (end) => test_trigger.begin (end),
                  (result) => test_trigger.end (result));
  add_async_test ("kinds/outbox",
                  (end) => test_outbox.begin (end),
                  (result) => test_outbox.end (result));
  add_async_test ("kinds/presence",
                  (end) => test_presence.begin (end),
                  (result) => test_presence.end (result));
  add_async_test ("kinds/encrypted",
                  (end) => test_encrypted.begin (end),
                  (result) => test_encrypted.end (result));
  add_async_test ("kinds/cache",
                  (end) => test_cache.begin (end),
                  (result) => test_cache.end (result));
  add_async_test ("client/switch-cluster",
                  (end) => test_switch_cluster.begin (end),
                  (result) => test_switch_cluster.end (result));
  add_async_test ("user",
                  (end) => test_user.begin (end),
                  (result) => test_user.end (result));
}
