/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What handlers do in the middle of a larger change, and what an application keeps
 * longer than its client. */

#include "fixture.h"

#define PRESENCE "presence-p"
#define ENCRYPTED "private-encrypted-a"
#define OTHER_KEY "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

typedef struct
{
  Fixture *fixture;
  PusherChannel *channel; /* not owned */
  gboolean done;
  GAsyncResult *result; /* of subscribe_async */
} Handler;

static void
assert_subscribed (Fixture    *fixture,
                   const char *name)
{
  PusherChannel *channel = pusher_client_get_channel (fixture->client, name);

  g_assert_nonnull (channel);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_sync (fixture);
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_SUBSCRIBED);
  g_assert_cmpuint (pusher_test_server_get_n_subscribers (fixture->server, name), ==, 1);
}

/* --- Longer than the client ---------------------------------------------- */

static void
test_kept (Fixture      *fixture,
           gconstpointer user_data)
{
  g_autoptr (PusherChannel) channel =
    g_object_ref (pusher_client_subscribe (fixture->client, "a", NULL));
  g_autoptr (GError) error = NULL;

  pusher_channel_unsubscribe (channel);
  fixture_drop_client (fixture);
  g_assert_false (pusher_channel_resubscribe (channel, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_STATE);
  pusher_channel_unsubscribe (channel);
}

/* Keeps the second request for a key. */
typedef struct
{
  guint n_asked;
  PusherAuthorizationRequest *kept;
} Keeper;

static gboolean
keep_second_cb (PusherAuthorizer           *authorizer,
                PusherAuthorizationRequest *request,
                Keeper                     *keeper)
{
  if (++keeper->n_asked != 2)
    return FALSE;

  keeper->kept = g_object_ref (request);

  return TRUE;
}

static PusherChannel *
subscribe_encrypted (Fixture *fixture,
                     Keeper  *keeper)
{
  g_autofree char *key = pusher_test_server_dup_encryption_master_key (fixture->server);
  PusherAuthorizer *authorizer;

  fixture_use_secret (fixture, fixture->client, NULL);
  authorizer = pusher_client_get_authorizer (fixture->client);
  g_assert_true (pusher_secret_authorizer_set_encryption_master_key (
    PUSHER_SECRET_AUTHORIZER (authorizer), key, NULL));
  g_signal_connect (authorizer, "authorize", G_CALLBACK (keep_second_cb), keeper);
  fixture_connect (fixture);

  return fixture_subscribe (fixture, ENCRYPTED);
}

/* With the key that events are encrypted with by then */
static void
complete_kept (Fixture *fixture,
               Keeper  *keeper)
{
  g_autoptr (PusherAuthorizationRequest) request = g_steal_pointer (&keeper->kept);
  g_autoptr (PusherSecretAuthorizer) authorizer =
    pusher_secret_authorizer_new (pusher_test_server_get_secret (fixture->server));

  pusher_secret_authorizer_set_encryption_master_key (authorizer, OTHER_KEY, NULL);
  g_assert_true (pusher_authorizer_authorize (PUSHER_AUTHORIZER (authorizer), request));
}

/* The answer comes when neither the client nor the channel is there any more. */
static void
test_key_after_end (Fixture      *fixture,
                    gconstpointer user_data)
{
  Keeper keeper = { 0 };

  subscribe_encrypted (fixture, &keeper);
  pusher_test_server_set_encryption_master_key (fixture->server, OTHER_KEY);
  pusher_test_server_publish (fixture->server, ENCRYPTED, "e", "1", NULL);
  wait_until (keeper.kept != NULL);
  fixture_drop_client (fixture);
  complete_kept (fixture, &keeper);
}

static void
leave_cb (PusherChannel *channel,
          PusherEvent   *event,
          Handler       *handler)
{
  handler->done = TRUE;
  pusher_channel_unsubscribe (channel);
  g_clear_object (&handler->fixture->client);
}

/* A handler of an event that waited for its key unsubscribes, and drops the client. */
static void
test_left_after_key (Fixture      *fixture,
                     gconstpointer user_data)
{
  Handler handler = { fixture };
  Keeper keeper = { 0 };
  g_autoptr (PusherChannel) channel = g_object_ref (subscribe_encrypted (fixture, &keeper));

  g_signal_connect (channel, "event", G_CALLBACK (leave_cb), &handler);
  pusher_test_server_set_encryption_master_key (fixture->server, OTHER_KEY);
  pusher_test_server_publish (fixture->server, ENCRYPTED, "e", "1", NULL);
  wait_until (keeper.kept != NULL);
  complete_kept (fixture, &keeper);
  g_assert_true (handler.done);
  g_assert_null (fixture->client);
  g_string_truncate (fixture->log, 0);
}

/* --- In the middle of the first answer ----------------------------------- */

typedef void (*Act) (Handler *handler);

static void
unsubscribe (Handler *handler)
{
  pusher_channel_unsubscribe (handler->channel);
}

static void
reconnect (Handler *handler)
{
  pusher_client_reconnect_now (handler->fixture->client);
}

static void
subscribe_anew (Handler *handler)
{
  pusher_channel_unsubscribe (handler->channel);
  pusher_client_subscribe (handler->fixture->client, PRESENCE, NULL);
}

static void
resubscribe (Handler *handler)
{
  pusher_channel_unsubscribe (handler->channel);
  g_assert_true (pusher_channel_resubscribe (handler->channel, NULL));
}

static const struct
{
  const char *name;
  Act act;
  gboolean wanted; /* in the end */
} acts[] = {
  { "unsubscribe", unsubscribe, FALSE },
  { "reconnect", reconnect, TRUE },
  { "subscribe-anew", subscribe_anew, TRUE },
  { "resubscribe", resubscribe, TRUE },
};

static void
act_once (Handler *handler,
          Act      act)
{
  if (handler->done)
    return;

  handler->done = TRUE;
  act (handler);
  g_assert_cmpint (pusher_channel_get_state (handler->channel), !=,
                   PUSHER_CHANNEL_STATE_SUBSCRIBED);
}

typedef struct
{
  Handler handler;
  Act act;
} Actor;

static void
members_changed_cb (GListModel *members,
                    guint       position,
                    guint       n_removed,
                    guint       n_added,
                    Actor      *actor)
{
  act_once (&actor->handler, actor->act);
}

static void
me_changed_cb (PusherChannel *channel,
               GParamSpec    *pspec,
               Actor         *actor)
{
  act_once (&actor->handler, actor->act);
}

static void
check_first_answer (Fixture *fixture,
                    guint    index,
                    gboolean in_list)
{
  g_autoptr (PusherChannel) channel = NULL;
  Actor actor = { { fixture }, acts[index].act };

  fixture_use_secret (fixture, fixture->client, "{\"user_id\":\"1\"}");
  fixture_connect (fixture);
  channel = g_object_ref (pusher_client_subscribe (fixture->client, PRESENCE, NULL));
  actor.handler.channel = channel;
  if (in_list)
    g_signal_connect (pusher_presence_channel_get_members (PUSHER_PRESENCE_CHANNEL (channel)),
                      "items-changed", G_CALLBACK (members_changed_cb), &actor);
  else
    g_signal_connect (channel, "notify::me", G_CALLBACK (me_changed_cb), &actor);
  wait_until (actor.handler.done);
  fixture_settle (fixture);
  if (pusher_client_get_state (fixture->client) != PUSHER_CONNECTION_STATE_CONNECTED)
    fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_sync (fixture);

  if (acts[index].wanted)
    {
      PusherChannel *present = pusher_client_get_channel (fixture->client, PRESENCE);

      assert_subscribed (fixture, PRESENCE);
      g_assert_cmpuint (g_list_model_get_n_items (pusher_presence_channel_get_members (
                          PUSHER_PRESENCE_CHANNEL (present))), ==, 1);
      g_assert_nonnull (pusher_presence_channel_get_me (PUSHER_PRESENCE_CHANNEL (present)));
    }
  else
    {
      g_assert_cmpuint (pusher_test_server_get_n_subscribers (fixture->server, PRESENCE), ==, 0);
    }
  g_signal_handlers_disconnect_by_data (channel, &actor);
  g_signal_handlers_disconnect_by_data (
    pusher_presence_channel_get_members (PUSHER_PRESENCE_CHANNEL (channel)), &actor);
  g_string_truncate (fixture->log, 0);
}

static void
test_first_answer_list (Fixture      *fixture,
                        gconstpointer user_data)
{
  check_first_answer (fixture, GPOINTER_TO_UINT (user_data), TRUE);
}

static void
test_first_answer_me (Fixture      *fixture,
                      gconstpointer user_data)
{
  check_first_answer (fixture, GPOINTER_TO_UINT (user_data), FALSE);
}

/* --- In the middle of an end --------------------------------------------- */

static void
subscribe_async_cb (GListModel *members,
                    guint       position,
                    guint       n_removed,
                    guint       n_added,
                    Handler    *handler)
{
  if (handler->done)
    return;

  handler->done = TRUE;
  pusher_client_subscribe_async (handler->fixture->client, PRESENCE, NULL, store_result_cb,
                                 &handler->result);
}

static void
test_subscribed_while_unsubscribing (Fixture      *fixture,
                                     gconstpointer user_data)
{
  Handler handler = { fixture };
  g_autoptr (PusherChannel) channel = NULL;
  g_autoptr (PusherChannel) again = NULL;
  g_autoptr (GError) error = NULL;

  fixture_use_secret (fixture, fixture->client, "{\"user_id\":\"1\"}");
  fixture_connect (fixture);
  channel = g_object_ref (fixture_subscribe (fixture, PRESENCE));
  g_signal_connect (pusher_presence_channel_get_members (PUSHER_PRESENCE_CHANNEL (channel)),
                    "items-changed", G_CALLBACK (subscribe_async_cb), &handler);
  pusher_channel_unsubscribe (channel);
  g_assert_true (handler.done);
  wait_until (handler.result != NULL);
  again = pusher_client_subscribe_finish (fixture->client, handler.result, &error);
  g_assert_no_error (error);
  g_object_unref (handler.result);
  g_assert_true (pusher_client_get_channel (fixture->client, PRESENCE) == again);
  assert_subscribed (fixture, PRESENCE);
  g_signal_handlers_disconnect_by_data (
    pusher_presence_channel_get_members (PUSHER_PRESENCE_CHANNEL (channel)), &handler);
  g_string_truncate (fixture->log, 0);
}

static void
unsubscribe_other_cb (PusherChannel *channel,
                      GParamSpec    *pspec,
                      Handler       *handler)
{
  if (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_PENDING)
    pusher_client_unsubscribe (handler->fixture->client, "b");
}

/* One whose subscription was under way when the connection was lost */
static void
test_other_unsubscribed_when_lost (Fixture      *fixture,
                                   gconstpointer user_data)
{
  Handler handler = { fixture };
  PusherChannel *channel;

  fixture_connect (fixture);
  channel = fixture_subscribe (fixture, "a");
  pusher_test_faults_set_hold_answers (fixture->faults, TRUE);
  pusher_client_subscribe (fixture->client, "b", NULL);
  fixture_sync (fixture);
  g_signal_connect (channel, "notify::state", G_CALLBACK (unsubscribe_other_cb), &handler);
  fixture_lose (fixture);
  g_assert_null (pusher_client_get_channel (fixture->client, "b"));
  pusher_test_faults_set_hold_answers (fixture->faults, FALSE);

  pusher_client_subscribe (fixture->client, "b", NULL);
  fixture_retry (fixture);
  assert_subscribed (fixture, "b");
  g_string_truncate (fixture->log, 0);
}

/* --- A held authorization ------------------------------------------------ */

static gboolean
fail_first_cb (PusherAuthorizer           *authorizer,
               PusherAuthorizationRequest *request,
               guint                      *n_asked)
{
  g_autoptr (GError) error = g_error_new_literal (PUSHER_HTTP_ERROR, 503, "Later");

  if (++*n_asked > 1)
    return FALSE;

  pusher_authorization_request_fail_for_now (request, error);

  return TRUE;
}

static gboolean
keep_cb (PusherAuthorizer            *authorizer,
         PusherAuthorizationRequest  *request,
         PusherAuthorizationRequest **kept)
{
  g_set_object (kept, request);

  return TRUE;
}

static void
resubscribe_cb (PusherChannel *channel,
                GParamSpec    *pspec,
                gpointer       user_data)
{
  if (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_PENDING)
    pusher_channel_resubscribe (channel, NULL);
}

/* A channel that waits for the user, and whose handler asks for it again when it is
 * tried again, asks for one authorization and sends one subscription. */
static void
test_held (Fixture      *fixture,
           gconstpointer user_data)
{
  g_autoptr (PusherSecretAuthorizer) authenticator =
    pusher_secret_authorizer_new (pusher_test_server_get_secret (fixture->server));
  g_autoptr (PusherAuthorizationRequest) kept = NULL;
  PusherChannel *channel;
  guint n_asked = 0;
  gulong keep_id;

  fixture->random = 0.5;
  fixture_use_secret (fixture, fixture->client, NULL);
  pusher_secret_authorizer_set_user_data (authenticator, "{\"id\":\"42\"}", NULL);
  pusher_client_set_user_authenticator (fixture->client, PUSHER_AUTHORIZER (authenticator));
  g_signal_connect (pusher_client_get_authorizer (fixture->client), "authorize",
                    G_CALLBACK (fail_first_cb), &n_asked);
  keep_id = g_signal_connect (authenticator, "authorize", G_CALLBACK (keep_cb), &kept);

  fixture_connect (fixture);
  pusher_user_sign_in (pusher_client_get_user (fixture->client));
  channel = pusher_client_subscribe (fixture->client, PRESENCE, NULL);
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_FAILED);
  g_signal_connect (channel, "notify::state", G_CALLBACK (resubscribe_cb), NULL);
  fixture_advance (fixture, SECONDS (22.5));
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_PENDING);
  g_assert_cmpuint (n_asked, ==, 2);

  g_signal_handler_disconnect (authenticator, keep_id);
  g_assert_true (pusher_authorizer_authorize (PUSHER_AUTHORIZER (authenticator), kept));
  assert_subscribed (fixture, PRESENCE);
  fixture_assert_sent (fixture, "signin subscribe:#server-to-user-42 subscribe:" PRESENCE " ping");
  g_string_truncate (fixture->log, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/telling/kept", NULL, test_kept);
  fixture_add ("/telling/key/after-end", NULL, test_key_after_end);
  fixture_add ("/telling/key/left", NULL, test_left_after_key);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autofree char *list = g_strconcat ("/telling/first-answer/list/", acts[i].name, NULL);
      g_autofree char *me = g_strconcat ("/telling/first-answer/me/", acts[i].name, NULL);

      fixture_add (list, GUINT_TO_POINTER (i), test_first_answer_list);
      fixture_add (me, GUINT_TO_POINTER (i), test_first_answer_me);
    }
  fixture_add ("/telling/end/subscribed-again", NULL, test_subscribed_while_unsubscribing);
  fixture_add ("/telling/end/other-unsubscribed", NULL, test_other_unsubscribed_when_lost);
  fixture_add ("/telling/held", NULL, test_held);

  return g_test_run ();
}
