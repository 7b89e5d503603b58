/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Channels whose events are kept: nothing is lost. */

#include "fixture.h"

#include "channels/pusher-channel-private.h"

#include <string.h>

typedef struct
{
  Fixture fixture;
  PusherBackfill *backfill;
  PusherChannel *channel;
  GPtrArray *requests; /* that wait, if they are not answered at once */
  gboolean slow;
  guint n_stored; /* events 1 to that */
  GString *heard;
  const char *when; /* a handler acts: the word that it hears, or NULL */
  void (*act) (gpointer self);
} Store;

/* --- The store ----------------------------------------------------------- */

static void
hear (Store      *self,
      const char *word)
{
  add_word (self->heard, "%s", word);
  if (self->when == NULL || !g_str_equal (word, self->when))
    return;

  self->when = NULL;
  self->act (self);
}

static void
give (Store                 *self,
      PusherBackfillRequest *request)
{
  const char *after = pusher_backfill_request_get_after (request);
  guint last = pusher_backfill_request_get_last (request);
  guint first = after != NULL ? (guint) g_ascii_strtoull (after, NULL, 10) + 1 : 1;

  if (last > 0 && self->n_stored > last)
    first = self->n_stored - last + 1;
  for (guint i = first; i <= self->n_stored; i++)
    {
      g_autofree char *data = g_strdup_printf ("{\"id\":%u}", i);

      pusher_backfill_request_add (request, "e", data, NULL);
    }
  pusher_backfill_request_complete (request, FALSE);
}

static gboolean
fetch_cb (PusherBackfill        *backfill,
          PusherBackfillRequest *request,
          Store                 *self)
{
  hear (self, "fetch");
  if (self->slow)
    g_ptr_array_add (self->requests, g_object_ref (request));
  else
    give (self, request);

  return TRUE;
}

static void
answer (Store *self)
{
  g_autoptr (PusherBackfillRequest) request = NULL;

  wait_until (self->requests->len > 0);
  request = g_ptr_array_steal_index (self->requests, 0);
  give (self, request);
}

static void
event_cb (PusherChannel *channel,
          PusherEvent   *event,
          Store         *self)
{
  g_autofree char *id = pusher_event_lookup_json (event, "/id");

  if (!g_str_has_prefix (pusher_event_get_name (event), "pusher:"))
    hear (self, id != NULL ? id : pusher_event_get_name (event));
}

static void
caught_up_cb (PusherChannel *channel,
              guint64        n_events,
              Store         *self)
{
  g_autofree char *word = g_strdup_printf ("caught-up:%" G_GUINT64_FORMAT, n_events);

  g_assert_false (pusher_channel_get_catching_up (channel));
  hear (self, word);
}

static void
lost_cb (PusherChannel *channel,
         const GError  *error,
         Store         *self)
{
  hear (self, "lost");
}

static void
gap_cb (PusherChannel *channel,
        gint64         duration,
        Store         *self)
{
  hear (self, "gap");
}

static void
catching_up_cb (PusherChannel *channel,
                GParamSpec    *pspec,
                Store         *self)
{
  hear (self, pusher_channel_get_catching_up (channel) ? "catching-up" : "done");
}

static void
position_cb (PusherChannel *channel,
             GParamSpec    *pspec,
             Store         *self)
{
  g_autofree char *word = g_strdup_printf ("at:%s", pusher_channel_get_position (channel));

  hear (self, word);
}

/* --- The fixture --------------------------------------------------------- */

static void
keep (Store         *self,
      PusherChannel *channel)
{
  g_set_object (&self->channel, channel);
  g_signal_connect (channel, "event", G_CALLBACK (event_cb), self);
  g_signal_connect (channel, "caught-up", G_CALLBACK (caught_up_cb), self);
  g_signal_connect (channel, "lost", G_CALLBACK (lost_cb), self);
  g_signal_connect (channel, "gap", G_CALLBACK (gap_cb), self);
  g_signal_connect (channel, "notify::catching-up", G_CALLBACK (catching_up_cb), self);
  pusher_channel_set_backfill (channel, self->backfill);
}

static void
set_up (Store        *self,
        gconstpointer user_data)
{
  fixture_set_up (&self->fixture, NULL);
  self->requests = g_ptr_array_new_with_free_func (g_object_unref);
  self->heard = g_string_new (NULL);
  self->backfill = pusher_backfill_new ();
  g_signal_connect (self->backfill, "fetch", G_CALLBACK (fetch_cb), self);
}

static void
tear_down (Store        *self,
           gconstpointer user_data)
{
  fixture_tear_down (&self->fixture, NULL);
  if (self->channel != NULL)
    g_assert_finalize_object (self->channel);
  g_assert_finalize_object (self->backfill);
  g_ptr_array_unref (self->requests);
  g_string_free (self->heard, TRUE);
}

#define store_add(path, data, test) \
  g_test_add (path, Store, data, set_up, test, tear_down)

static void
publish (Store *self)
{
  g_autofree char *data = g_strdup_printf ("{\"id\":%u}", ++self->n_stored);

  pusher_test_server_publish (self->fixture.server, pusher_channel_get_name (self->channel), "e",
                              data, NULL);
}

static void
begin (Store      *self,
       const char *name)
{
  keep (self, fixture_ask_for (&self->fixture, name));
  fixture_connect (&self->fixture);
  fixture_subscribe (&self->fixture, name);
}

static void
lose_and_miss (Store *self,
               guint  n_events)
{
  fixture_lose (&self->fixture);
  self->n_stored += n_events;
  fixture_retry (&self->fixture);
  fixture_subscribe (&self->fixture, pusher_channel_get_name (self->channel));
}

static gboolean
has_heard (Store      *self,
           const char *word)
{
  return strstr (self->heard->str, word) != NULL;
}

/* --- Nothing lost -------------------------------------------------------- */

static void
test_gap (Store        *self,
          gconstpointer user_data)
{
  begin (self, "a");
  g_signal_connect (self->channel, "notify::position", G_CALLBACK (position_cb), self);
  publish (self);
  publish (self);
  wait_until (has_heard (self, "at:2"));
  assert_words (self->heard, "fetch 1 at:1 2 at:2");

  self->slow = TRUE;
  lose_and_miss (self, 2);
  publish (self);
  fixture_sync (&self->fixture);
  wait_until (self->requests->len > 0);
  assert_words (self->heard, "catching-up gap fetch");
  g_assert_true (pusher_channel_get_catching_up (self->channel));
  answer (self);
  wait_until (has_heard (self, "caught-up"));
  assert_words (self->heard, "3 at:3 4 at:4 5 at:5 done caught-up:3");
  publish (self);
  wait_until (has_heard (self, "at:6"));
  assert_words (self->heard, "6 at:6");
}

/* A program that did not run knows where it was. */
static void
test_position (Store        *self,
               gconstpointer user_data)
{
  const char *const property = user_data;
  g_autoptr (PusherBackfill) backfill = NULL;
  g_autofree char *position = NULL;
  gboolean catching_up;

  self->n_stored = 5;
  keep (self, fixture_ask_for (&self->fixture, "a"));
  if (property != NULL)
    g_object_set (self->channel, property, "2", NULL);
  else
    pusher_channel_set_position (self->channel, "2");
  fixture_connect (&self->fixture);
  wait_until (has_heard (self, "caught-up"));
  assert_words (self->heard, "catching-up fetch 3 4 5 done caught-up:3");
  g_object_get (self->channel, "backfill", &backfill, "position", &position, "catching-up",
                &catching_up, NULL);
  g_assert_true (backfill == self->backfill);
  g_assert_cmpstr (position, ==, "5");
  g_assert_false (catching_up);
}

static void
test_initial_count (Store        *self,
                    gconstpointer user_data)
{
  self->n_stored = 5;
  pusher_backfill_set_initial_count (self->backfill, 2);
  begin (self, "a");
  wait_until (has_heard (self, "caught-up"));
  assert_words (self->heard, "catching-up fetch 4 5 done caught-up:2");
}

/* What the server has cached is nothing new. */
static void
test_cache (Store        *self,
            gconstpointer user_data)
{
  begin (self, "cache-a");
  publish (self);
  wait_until (has_heard (self, "1"));
  assert_words (self->heard, "fetch 1");
  lose_and_miss (self, 0);
  fixture_sync (&self->fixture);
  wait_until (has_heard (self, "caught-up"));
  assert_words (self->heard, "catching-up gap fetch done caught-up:0");
}

static void
test_encrypted (Store        *self,
                gconstpointer user_data)
{
  pusher_client_use_endpoint (self->fixture.client,
                              pusher_test_backend_get_auth_endpoint (self->fixture.backend), NULL);
  begin (self, "private-encrypted-a");
  publish (self);
  wait_until (has_heard (self, "1"));
  self->slow = TRUE;
  lose_and_miss (self, 2);
  publish (self);
  fixture_sync (&self->fixture);
  answer (self);
  wait_until (has_heard (self, "caught-up"));
  assert_words (self->heard, "fetch 1 catching-up gap fetch 2 3 4 done caught-up:3");
}

/* The client hears the events, and of what is lost, as well. */
static void
test_client_hears (Store        *self,
                   gconstpointer user_data)
{
  begin (self, "a");
  publish (self);
  wait_until (has_heard (self, "1"));
  g_string_truncate (self->heard, 0);
  g_string_truncate (self->fixture.log, 0);
  g_signal_connect (self->fixture.client, "event::e", G_CALLBACK (event_cb), self);
  self->slow = TRUE;
  lose_and_miss (self, 1);
  wait_until (self->requests->len > 0);
  publish (self);
  fixture_sync (&self->fixture);
  g_string_truncate (self->fixture.log, 0);
  {
    g_autoptr (GError) error =
      g_error_new_literal (PUSHER_HTTP_ERROR, PUSHER_HTTP_ERROR_NOT_FOUND, "Gone");

    pusher_backfill_request_fail (self->requests->pdata[0], error);
  }
  wait_until (has_heard (self, "caught-up"));
  assert_words (self->heard, "catching-up gap fetch lost 3 3 done caught-up:0");
  fixture_assert_log (&self->fixture, "error:http-404");
}

static void
test_timeout (Store        *self,
              gconstpointer user_data)
{
  pusher_backfill_set_max_attempts (self->backfill, 2);
  self->slow = TRUE;
  self->fixture.random = 0.5;
  keep (self, fixture_ask_for (&self->fixture, "a"));
  pusher_channel_set_position (self->channel, "2");
  fixture_connect (&self->fixture);
  wait_until (self->requests->len == 1);
  fixture_advance (&self->fixture, 30 * G_USEC_PER_SEC);
  fixture_advance (&self->fixture, G_USEC_PER_SEC / 4 - 1);
  fixture_sync (&self->fixture);
  g_assert_cmpuint (self->requests->len, ==, 1);
  fixture_advance (&self->fixture, 1);
  wait_until (self->requests->len == 2);
  fixture_advance (&self->fixture, 30 * G_USEC_PER_SEC);
  wait_until (has_heard (self, "caught-up"));
  assert_words (self->heard, "catching-up fetch fetch lost done caught-up:0");
}

/* Several channels are woken by one timer. */
static void
test_many_channels (Store        *self,
                    gconstpointer user_data)
{
  enum { N_CHANNELS = 50 };
  PusherChannel *channels[N_CHANNELS];

  self->n_stored = 300;
  fixture_connect (&self->fixture);
  for (guint i = 0; i < N_CHANNELS; i++)
    {
      g_autofree char *name = g_strdup_printf ("channel-%u", i);

      channels[i] = fixture_ask_for (&self->fixture, name);
      pusher_channel_set_backfill (channels[i], self->backfill);
      pusher_channel_set_position (channels[i], "1");
    }
  for (guint i = 0; i < N_CHANNELS; i++)
    wait_until (g_strcmp0 (pusher_channel_get_position (channels[i]), "300") == 0 &&
                !pusher_channel_get_catching_up (channels[i]));
}

static void
test_none (Store        *self,
           gconstpointer user_data)
{
  PusherChannel *channel = fixture_connect_channel (&self->fixture, "a");

  g_assert_null (pusher_channel_get_backfill (channel));
  g_assert_null (pusher_channel_get_position (channel));
  g_assert_false (pusher_channel_get_catching_up (channel));
  pusher_channel_set_backfill (channel, NULL);
  pusher_channel_set_position (channel, NULL);
  pusher_channel_set_position (channel, "");
  g_assert_null (channel->catch_up);
}

/* To a channel that is subscribed already */
static void
test_later (Store        *self,
            gconstpointer user_data)
{
  PusherChannel *channel = fixture_connect_channel (&self->fixture, "a");
  guint n_notified = 0;

  self->n_stored = 3;
  count_signals (channel, "notify::position", &n_notified);
  pusher_channel_set_position (channel, "1");
  pusher_channel_set_position (channel, "1");
  g_assert_cmpuint (n_notified, ==, 1);
  pusher_test_server_publish (self->fixture.server, "a", "e", "{}", NULL);
  fixture_sync (&self->fixture);
  fixture_assert_log (&self->fixture, "a:e={}");
  n_notified = 0;
  count_signals (channel, "notify::backfill", &n_notified);
  g_object_set (channel, "backfill", self->backfill, NULL);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_true (pusher_channel_get_catching_up (channel));
  wait_until (!pusher_channel_get_catching_up (channel));
  fixture_assert_log (&self->fixture, "a:e={\"id\":2} a:e={\"id\":3}");
  g_object_set (channel, "backfill", NULL, NULL);
}

/* --- Handlers do as they like -------------------------------------------- */

static void
act_unsubscribe (gpointer data)
{
  Store *self = data;

  pusher_channel_unsubscribe (self->channel);
}

static void
act_drop_client (gpointer data)
{
  Store *self = data;

  g_clear_object (&self->fixture.client);
}

static void
act_no_backfill (gpointer data)
{
  Store *self = data;

  pusher_channel_set_backfill (self->channel, NULL);
}

static void
act_reconnect (gpointer data)
{
  Store *self = data;

  pusher_client_reconnect_now (self->fixture.client);
}

static void
act_resubscribe (gpointer data)
{
  Store *self = data;

  pusher_channel_unsubscribe (self->channel);
  pusher_channel_resubscribe (self->channel, NULL);
}

static void
act_position (gpointer data)
{
  Store *self = data;

  pusher_channel_set_position (self->channel, "4");
}

static void
act_close (gpointer data)
{
  Store *self = data;

  pusher_client_close (self->fixture.client);
}

static void
act_all_goes_away (gpointer data)
{
  Store *self = data;

  g_clear_object (&self->fixture.client);
  g_clear_object (&self->channel);
}

static const struct
{
  const char *name;
  void (*act) (gpointer data);
  gboolean goes_on;
} acts[] = {
  { "unsubscribe", act_unsubscribe, FALSE },
  { "drop-client", act_drop_client, FALSE },
  { "no-backfill", act_no_backfill, TRUE },
  { "reconnect", act_reconnect, TRUE },
  { "resubscribe", act_resubscribe, TRUE },
  { "position", act_position, TRUE },
  { "close", act_close, FALSE },
  { "all-goes-away", act_all_goes_away, FALSE },
};

static const char *const moments[] = {
  "catching-up", "fetch", "3", "at:3", "5", "done", "caught-up:2", "lost",
};

typedef struct
{
  gsize act;
  gsize moment;
} Case;

static void
test_handlers (Store        *self,
               gconstpointer user_data)
{
  const Case *it = user_data;
  gboolean fails = g_str_equal (moments[it->moment], "lost");

  keep (self, fixture_ask_for (&self->fixture, "a"));
  g_signal_connect (self->channel, "notify::position", G_CALLBACK (position_cb), self);
  pusher_channel_set_position (self->channel, "2");
  self->n_stored = 4;
  self->slow = TRUE;
  self->when = moments[it->moment];
  self->act = acts[it->act].act;
  fixture_connect (&self->fixture);

  for (guint i = 0; i < 3 && self->when != NULL; i++)
    {
      wait_until (self->requests->len > 0 || self->when == NULL);
      if (self->when == NULL)
        break;
      publish (self);
      fixture_sync (&self->fixture);
      if (fails)
        {
          g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "No");

          pusher_backfill_request_fail (self->requests->pdata[0], error);
          g_ptr_array_remove_index (self->requests, 0);
        }
      else
        {
          self->n_stored -= 1; /* the last one is held, and not in the store yet */
          answer (self);
          self->n_stored += 1;
        }
      wait_until (self->when == NULL || self->requests->len > 0);
    }
  g_assert_null (self->when);

  self->slow = FALSE;
  while (self->requests->len > 0)
    answer (self);
  if (acts[it->act].goes_on)
    {
      wait_until (pusher_channel_get_state (self->channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED &&
                  !pusher_channel_get_catching_up (self->channel));
      pusher_channel_set_backfill (self->channel, NULL);
    }
}

static void
add_tests_of_handlers (void)
{
  static Case cases[G_N_ELEMENTS (acts) * G_N_ELEMENTS (moments)];
  Case *it = cases;

  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (moments); j++, it++)
      {
        g_autofree char *path =
          g_strdup_printf ("/channel-backfill/handlers/%s/%s", acts[i].name, moments[j]);

        *it = (Case) { i, j };
        store_add (path, it, test_handlers);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_add ("/channel-backfill/gap", NULL, test_gap);
  store_add ("/channel-backfill/position", NULL, test_position);
  store_add ("/channel-backfill/position/property", "position", test_position);
  store_add ("/channel-backfill/initial-count", NULL, test_initial_count);
  store_add ("/channel-backfill/cache", NULL, test_cache);
  store_add ("/channel-backfill/encrypted", NULL, test_encrypted);
  store_add ("/channel-backfill/client-hears", NULL, test_client_hears);
  store_add ("/channel-backfill/timeout", NULL, test_timeout);
  store_add ("/channel-backfill/many-channels", NULL, test_many_channels);
  store_add ("/channel-backfill/none", NULL, test_none);
  store_add ("/channel-backfill/later", NULL, test_later);
  add_tests_of_handlers ();

  return g_test_run ();
}
