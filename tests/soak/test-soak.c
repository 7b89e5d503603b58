/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A client and a server that live long: with all that comes and goes in a long life, at
 * any speed. When as much has happened again, nothing has grown.
 *
 * PUSHER_SOAK_EVENTS says how many events there are, and PUSHER_SOAK_SEED which. */

#include "fixture.h"
#include "meter.h"

#include <string.h>

#define N_PARTS 5

/* Each event has a name of its own, and so has each of the channels that come and go. */
#define N_LASTING 16 /* channels */
#define N_PASSING 16 /* channels that there are at a time */
#define N_CHANGES 4  /* of them a lap */
#define N_MEMBERS 50
#define N_FRIENDS 50
#define N_EVENTS 400   /* a lap, on the channels of the client */
#define N_STRANGERS 100 /* events a lap, on channels that it does not have */
#define LAPS_A_KEY 5
#define LAPS_A_CONNECTION 8

/* What the allocator, GLib and libsoup keep for a while, more or less of it */
#define LITTLE (64 * 1024)

#define PRESENCE "presence-p"
#define ENCRYPTED "private-encrypted-e"
#define KEY_SIZE 32

typedef struct
{
  Fixture fixture;
  GRand *rand;
  gint64 skipped;     /* time, which goes on besides */
  GQueue passing;     /* names of channels, owned, the oldest one first */
  guint64 n_names;    /* that there have been */
  guint64 n_expected; /* events */
  guint64 n_heard;
  guint n_laps;
  guint n_connections;
} Soak;

static void
event_cb (PusherClient *client,
          PusherEvent  *event,
          Soak         *self)
{
  if (!g_str_has_prefix (pusher_event_get_name (event), "pusher:"))
    self->n_heard++;
}

static gint64
get_now (gpointer user_data)
{
  return g_get_monotonic_time () + ((Soak *) user_data)->skipped;
}

static double
get_random (gpointer user_data)
{
  return g_rand_double (((Soak *) user_data)->rand);
}

static char *
dup_new_name (Soak       *self,
              const char *prefix)
{
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT, prefix, self->n_names++);
}

/* --- Channels ------------------------------------------------------------ */

static gboolean
all_subscribed (Soak *self)
{
  GListModel *channels = pusher_client_get_channels (self->fixture.client);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (PusherChannel) channel = g_list_model_get_item (channels, i);

      if (pusher_channel_get_state (channel) != PUSHER_CHANNEL_STATE_SUBSCRIBED)
        return FALSE;
    }

  return TRUE;
}

static void
subscribe_passing (Soak *self)
{
  static const char *const prefixes[] = { "passing-", "private-passing-", "presence-passing-",
                                          "private-encrypted-passing-" };
  const char *prefix = prefixes[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (prefixes))];
  char *name = dup_new_name (self, prefix);

  fixture_ask_for (&self->fixture, name);
  g_queue_push_tail (&self->passing, name);
}

static void
subscribe_all (Soak *self)
{
  for (guint i = 0; i < N_LASTING - 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("%slasting-%u", i % 2 == 0 ? "" : "private-", i);

      fixture_ask_for (&self->fixture, name);
    }
  fixture_ask_for (&self->fixture, PRESENCE);
  fixture_ask_for (&self->fixture, ENCRYPTED);
  for (guint i = 0; i < N_PASSING; i++)
    subscribe_passing (self);
}

/* Some go before the server has answered. */
static void
change_channels (Soak *self)
{
  for (guint i = 0; i < N_CHANGES; i++)
    {
      g_autofree char *oldest = g_queue_pop_head (&self->passing);
      g_autofree char *shortest = dup_new_name (self, "passing-");

      pusher_client_unsubscribe (self->fixture.client, oldest);
      subscribe_passing (self);
      fixture_ask_for (&self->fixture, shortest);
      pusher_client_unsubscribe (self->fixture.client, shortest);
    }
  wait_until (all_subscribed (self));
}

/* --- Events -------------------------------------------------------------- */

static void
publish (Soak       *self,
         const char *channel)
{
  g_autofree char *name = dup_new_name (self, "event-");

  g_assert_cmpuint (pusher_test_server_publish (self->fixture.server, channel, name, "{\"a\":1}",
                                                NULL), ==, 1);
  self->n_expected++;
}

static void
publish_some (Soak *self)
{
  GListModel *channels = pusher_client_get_channels (self->fixture.client);
  guint n_channels = g_list_model_get_n_items (channels);

  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autoptr (PusherChannel) channel = g_list_model_get_item (channels, i % n_channels);

      publish (self, pusher_channel_get_name (channel));
    }
}

static void
say (Soak       *self,
     const char *text)
{
  pusher_test_faults_send_text (self->fixture.faults, NULL, text);
}

static void
publish_to_strangers (Soak *self)
{
  for (guint i = 0; i < N_STRANGERS; i++)
    {
      g_autofree char *name = dup_new_name (self, "stranger-");
      g_autofree char *text =
        g_strdup_printf ("{\"event\":\"event-of-%s\",\"channel\":\"%s\",\"data\":\"1\"}", name, name);

      say (self, text);
      self->n_expected++;
    }
}

static void
trigger_some (Soak *self)
{
  PusherChannel *channel = pusher_client_get_channel (self->fixture.client, "private-lasting-1");

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = dup_new_name (self, "client-");
      g_autoptr (GError) error = NULL;

      pusher_channel_trigger (channel, name, "{}", &error);
      g_assert_no_error (error);
    }
}

/* --- What else there is -------------------------------------------------- */

static void
say_member (Soak       *self,
            const char *what,
            const char *id)
{
  g_autofree char *text =
    g_strdup_printf ("{\"event\":\"pusher_internal:member_%s\",\"channel\":\"" PRESENCE "\","
                     "\"data\":{\"user_id\":\"%s\",\"user_info\":{\"name\":\"%s\"}}}",
                     what, id, id);

  say (self, text);
}

static void
let_members_come_and_go (Soak *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < N_MEMBERS; i++)
    {
      g_ptr_array_add (ids, dup_new_name (self, "member-"));
      say_member (self, "added", ids->pdata[i]);
    }
  for (guint i = 0; i < N_MEMBERS; i++)
    say_member (self, "removed", ids->pdata[i]);
}

static void
let_friends_come_and_go (Soak *self)
{
  g_autoptr (GString) ids = g_string_new ("\"friend\"");
  g_autofree char *text = NULL;

  for (guint i = 0; i < N_FRIENDS; i++)
    {
      g_autofree char *id = dup_new_name (self, "friend-");

      g_string_append_printf (ids, ",\"%s\"", id);
    }
  text = g_strdup_printf ("{\"event\":\"pusher_internal:watchlist_events\",\"data\":{\"events\":["
                          "{\"name\":\"online\",\"user_ids\":[%s]},"
                          "{\"name\":\"offline\",\"user_ids\":[%s]}]}}", ids->str, ids->str);
  say (self, text);
}

static void
say_errors (Soak *self)
{
  g_autofree char *name = dup_new_name (self, "error-");
  g_autofree char *error =
    g_strdup_printf ("{\"event\":\"pusher:error\",\"data\":{\"code\":4301,\"message\":\"%s\"}}", name);

  say (self, error);
  say (self, name);
  say (self, "{\"event\":\"pusher_internal:unheard-of\",\"channel\":\"" PRESENCE "\"}");
}

/* The next event has a key that the client does not have yet. */
static void
change_key (Soak *self)
{
  PusherAuthorizer *authorizer = pusher_client_get_authorizer (self->fixture.client);
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  guint32 bytes[KEY_SIZE / sizeof (guint32)];

  for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
    bytes[i] = g_rand_int (self->rand);
  key = g_base64_encode ((const guchar *) bytes, sizeof bytes);
  pusher_test_server_set_encryption_master_key (self->fixture.server, key);
  pusher_secret_authorizer_set_encryption_master_key (PUSHER_SECRET_AUTHORIZER (authorizer), key,
                                                      &error);
  g_assert_no_error (error);
}

/* --- Connections --------------------------------------------------------- */

static gboolean
is_at_peace (Soak *self)
{
  return pusher_client_get_state (self->fixture.client) == PUSHER_CONNECTION_STATE_CONNECTED &&
         pusher_user_get_signed_in (pusher_client_get_user (self->fixture.client)) &&
         pusher_test_server_get_n_connections (self->fixture.server) == 1 && all_subscribed (self);
}

static void
wait_for_peace (Soak *self)
{
  wait_until (is_at_peace (self));
  fixture_sync (&self->fixture);
}

static void
skip_delay (Soak *self)
{
  PusherClient *client = self->fixture.client;

  wait_until (pusher_client_get_retry_at (client) != 0);
  self->skipped += MAX (pusher_client_get_retry_at (client) - get_now (self), 0);
  pusher_connection_check_timers (pusher_client_get_connection (client));
}

static void
change_connection (Soak *self)
{
  Fixture *fixture = &self->fixture;

  self->n_connections++;
  switch (g_rand_int_range (self->rand, 0, 4))
    {
    case 0:
      pusher_test_faults_close_connections (fixture->faults, 4200, NULL);
      wait_until (pusher_client_get_state (fixture->client) != PUSHER_CONNECTION_STATE_CONNECTED);
      break;
    case 1:
      pusher_test_faults_cut_connections (fixture->faults);
      skip_delay (self);
      break;
    case 2:
      pusher_client_close (fixture->client);
      pusher_client_open (fixture->client);
      break;
    default:
      pusher_client_reconnect_now (fixture->client);
      break;
    }
  wait_for_peace (self);
}

/* --- Laps ---------------------------------------------------------------- */

static void
forget_records (Fixture *fixture)
{
  g_string_truncate (fixture->log, 0);
  g_string_truncate (fixture->sent, 0);
}

static void
go_a_lap (Soak *self)
{
  self->n_laps++;
  if (self->n_laps % LAPS_A_CONNECTION == 0)
    change_connection (self);
  if (self->n_laps % LAPS_A_KEY == 0)
    change_key (self);
  change_channels (self);
  publish_some (self);
  publish_to_strangers (self);
  let_members_come_and_go (self);
  let_friends_come_and_go (self);
  say_errors (self);
  trigger_some (self);
  fixture_sync (&self->fixture);
  wait_until (self->n_heard >= self->n_expected);
  g_assert_cmpuint (self->n_heard, ==, self->n_expected);
  forget_records (&self->fixture);
}

static void
set_up (Soak *self)
{
  const char *seed = g_getenv ("PUSHER_SOAK_SEED");
  const PusherClock clock = { get_now, get_random, self };
  Fixture *fixture = &self->fixture;
  PusherSecretAuthorizer *authenticator =
    pusher_secret_authorizer_new (pusher_test_server_get_secret (fixture->server));

  self->rand = g_rand_new_with_seed (seed != NULL ? (guint32) g_ascii_strtoull (seed, NULL, 10) : 1);
  pusher_connection_set_clock (pusher_client_get_connection (fixture->client), &clock);
  fixture_use_secret (fixture, fixture->client, "{\"user_id\":\"me\"}");
  pusher_secret_authorizer_set_user_data (authenticator, "{\"id\":\"me\"}", NULL);
  pusher_client_set_user_authenticator (fixture->client, PUSHER_AUTHORIZER (authenticator));
  g_object_unref (authenticator);
  pusher_user_sign_in (pusher_client_get_user (fixture->client));
  g_signal_connect (fixture->client, "event", G_CALLBACK (event_cb), self);

  /* The fixture does not know client events. */
  g_signal_handlers_disconnect_matched (fixture->server, G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DATA,
                                        g_signal_lookup ("message-received",
                                                         PUSHER_TEST_TYPE_SERVER),
                                        0, NULL, NULL, fixture);
  change_key (self);
  subscribe_all (self);
  pusher_client_open (fixture->client);
  wait_for_peace (self);
}

static void
assert_nothing_grew (const Meter *before,
                     const Meter *after)
{
  g_assert_cmpuint (after->descriptors, <=, before->descriptors);
  g_assert_cmpuint (after->sources, <=, before->sources + 1); /* the inbox, once it is needed */
  g_assert_cmpuint (after->quarks, ==, before->quarks);
  g_assert_cmpuint (after->heap, <=, before->heap + LITTLE);
}

static guint64
get_n_events (void)
{
  const char *n = g_getenv ("PUSHER_SOAK_EVENTS");

  return n != NULL ? g_ascii_strtoull (n, NULL, 10) : scale_number (50000);
}

/* Until as many events have been heard; at the end nothing is under way. */
static void
go_to (Soak   *self,
       guint64 n_events,
       Meter  *meter)
{
  do
    go_a_lap (self);
  while (self->n_heard < n_events);

  change_connection (self);
  forget_records (&self->fixture);
  settle ();
  meter_read (meter);
}

static void
test_life (void)
{
  Soak soak = { 0 };
  guint64 n_events = get_n_events ();
  Meter meters[N_PARTS];

  g_test_message ("| events | names | connections | heap | descriptors | sources | quarks |");
  g_test_message ("| --- | --- | --- | --- | --- | --- | --- |");
  fixture_set_up (&soak.fixture, NULL);
  set_up (&soak);

  for (guint i = 0; i < N_PARTS; i++)
    {
      go_to (&soak, n_events / N_PARTS * (i + 1), &meters[i]);
      g_test_message ("| %" G_GUINT64_FORMAT " | %" G_GUINT64_FORMAT " | %u | %" G_GSIZE_FORMAT
                      " | %u | %u | %u |", soak.n_heard, soak.n_names,
                      soak.n_connections, meters[i].heap, meters[i].descriptors,
                      meters[i].sources, meters[i].quarks);
    }
  assert_nothing_grew (&meters[1], &meters[N_PARTS - 1]);

  g_queue_clear_full (&soak.passing, g_free);
  g_rand_free (soak.rand);
  fixture_tear_down (&soak.fixture, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  be_quiet ();

  g_test_add_func ("/soak/life", test_life);

  return g_test_run ();
}
