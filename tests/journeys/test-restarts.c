/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A server that restarts again and again under a client of many channels, while
 * it publishes events, and while other members come and go. */

#include "connection/pusher-connection-private.h"
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#define N_RESTARTS 200
#define N_CHANNELS 100
#define N_PRESENCE 20 /* of them: the first ones */
#define N_EVENTS 50   /* that are published before each restart */

typedef struct
{
  guint64 number;
  gboolean certain; /* nothing can have kept it from arriving */
} Expected;

/* What the application knows of a channel. Its handlers are connected once. */
typedef struct
{
  PusherChannel *channel; /* unowned */
  GQueue expected;        /* of Expected */
  guint n_events;
  guint n_lost; /* that were on their way when the connection was cut */
  guint n_succeeded;
  guint n_gaps;
} Line;

typedef struct
{
  Fixture fixture;
  Line lines[N_CHANNELS];
  PusherClient *other; /* member of some of the presence channels */
  guint64 n_published; /* to the client */
} Restarts;

/* --- Events -------------------------------------------------------------- */

static void
event_cb (PusherChannel *channel,
          PusherEvent   *event,
          Line          *self)
{
  guint64 number = g_ascii_strtoull (pusher_event_get_data (event), NULL, 10);
  g_autofree Expected *expected = NULL;

  /* What was lost on the way is passed over; what comes twice is not found. */
  while ((expected = g_queue_pop_head (&self->expected)) != NULL && expected->number != number)
    {
      g_assert_false (expected->certain);
      self->n_lost++;
      g_clear_pointer (&expected, g_free);
    }

  g_assert_nonnull (expected);
  self->n_events++;
}

static void
succeeded_cb (PusherChannel *channel,
              Line          *self)
{
  self->n_succeeded++;
}

static void
gap_cb (PusherChannel *channel,
        gint64         duration,
        Line          *self)
{
  g_assert_cmpint (duration, >=, 0);
  self->n_gaps++;
}

/* The server sends it to the client if it has the subscription of the channel. */
static void
publish (Restarts *self,
         Line     *line,
         gboolean  certain)
{
  const char *name = pusher_channel_get_name (line->channel);
  g_autofree char *data = g_strdup_printf ("%" G_GUINT64_FORMAT, self->n_published);
  Expected *expected;

  if (pusher_test_server_publish (self->fixture.server, name, "tick", data, NULL) == 0)
    return;

  expected = g_new (Expected, 1);
  *expected = (Expected) { self->n_published++, certain };
  g_queue_push_tail (&line->expected, expected);
}

static void
publish_some (Restarts *self,
              gboolean  certain)
{
  for (guint i = 0; i < N_EVENTS; i++)
    publish (self, &self->lines[g_test_rand_int_range (0, N_CHANNELS)], certain);
}

/* Of the channels that nobody else is subscribed to. */
static void
publish_one (Restarts *self)
{
  publish (self, &self->lines[g_test_rand_int_range (N_PRESENCE, N_CHANNELS)], TRUE);
}

static void
forget_lost (Restarts *self)
{
  for (guint i = 0; i < N_CHANNELS; i++)
    {
      GQueue *queue = &self->lines[i].expected;

      for (GList *link = queue->head; link != NULL; link = link->next)
        g_assert_false (((Expected *) link->data)->certain);
      self->lines[i].n_lost += queue->length;
      g_queue_clear_full (queue, g_free);
    }
}

/* --- Members ------------------------------------------------------------- */

static int
compare_names (gconstpointer one,
               gconstpointer other)
{
  return strcmp (*(const char *const *) one, *(const char *const *) other);
}

static char *
describe_members (PusherChannel *channel)
{
  GListModel *members = pusher_presence_channel_get_members (PUSHER_PRESENCE_CHANNEL (channel));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (PusherMember) member = g_list_model_get_item (members, i);

      g_ptr_array_add (ids, g_strdup (pusher_member_get_id (member)));
    }
  g_ptr_array_sort (ids, compare_names);
  g_ptr_array_add (ids, NULL);

  return g_strjoinv (" ", (char **) ids->pdata);
}

static void
assert_members (PusherTestServer *server,
                PusherChannel    *channel)
{
  g_auto (GStrv) ids =
    pusher_test_server_list_members (server, pusher_channel_get_name (channel));
  g_autofree char *members = describe_members (channel);
  g_autofree char *expected = NULL;

  qsort (ids, g_strv_length (ids), sizeof *ids, compare_names);
  expected = g_strjoinv (" ", ids);
  g_assert_cmpstr (members, ==, expected);
}

/* The other one joins or leaves some of the presence channels. */
static void
move_other (Restarts *self)
{
  for (guint i = 0; i < 5; i++)
    {
      guint n = g_test_rand_int_range (0, N_PRESENCE);
      const char *name = pusher_channel_get_name (self->lines[n].channel);

      if (pusher_client_get_channel (self->other, name) != NULL)
        pusher_client_unsubscribe (self->other, name);
      else
        pusher_client_subscribe (self->other, name, NULL);
    }
}

/* --- Waiting ------------------------------------------------------------- */

/* On another connection than that. */
static gboolean
is_back (PusherClient *client,
         const char   *socket_id)
{
  g_autoptr (GListModel) channels = NULL;

  if (pusher_client_get_socket_id (client) == NULL ||
      g_strcmp0 (pusher_client_get_socket_id (client), socket_id) == 0)
    return FALSE;

  g_object_get (client, "channels", &channels, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (PusherChannel) channel = g_list_model_get_item (channels, i);

      if (pusher_channel_get_state (channel) != PUSHER_CHANNEL_STATE_SUBSCRIBED)
        return FALSE;
    }

  return TRUE;
}

static void
retry (Restarts     *self,
       PusherClient *client)
{
  gint64 retry_at = pusher_client_get_retry_at (client);

  if (retry_at == 0)
    return;

  self->fixture.now = MAX (self->fixture.now, retry_at);
  pusher_connection_check_timers (pusher_client_get_connection (client));
}

static void
wait_for_attempts (Restarts *self,
                   guint     n)
{
  for (guint i = 0; i < n; i++)
    {
      wait_until (pusher_client_get_retry_at (self->fixture.client) != 0);
      retry (self, self->fixture.client);
    }
  wait_until (pusher_client_get_retry_at (self->fixture.client) != 0);
}

/* Meanwhile the server goes on publishing. */
static void
wait_for_recovery (Restarts   *self,
                   const char *socket_id,
                   const char *other_socket_id)
{
  gint64 end = wait_get_end ();

  while (!is_back (self->fixture.client, socket_id) || !is_back (self->other, other_socket_id))
    {
      retry (self, self->fixture.client);
      retry (self, self->other);
      publish_one (self);
      wait_iterate (end, "recovery", __FILE__, __LINE__, G_STRFUNC);
    }
  fixture_sync (&self->fixture);
}

/* --- Faults -------------------------------------------------------------- */

/* Whatever was sent before arrives, too. */
static void
stop (Restarts *self)
{
  publish_some (self, TRUE);
  pusher_test_server_stop (self->fixture.server);
}

static void
crash (Restarts *self)
{
  publish_some (self, FALSE);
  pusher_test_server_kill (self->fixture.server);
}

static void
reset (Restarts *self)
{
  publish_some (self, FALSE);
  pusher_test_faults_reset_connections (self->fixture.faults);
  pusher_test_server_kill (self->fixture.server);
}

static void
stay_away (Restarts *self)
{
  crash (self);
  wait_for_attempts (self, 3);
}

/* It is there again at once. */
static void
close_with_code (Restarts *self)
{
  static const guint codes[] = { 1001, 1006, 1011, 1012, 4100, 4200, 4201, 4202 };
  guint code = codes[g_test_rand_int_range (0, G_N_ELEMENTS (codes))];

  publish_some (self, code != 1006);
  if (code == 1006)
    pusher_test_faults_cut_connections (self->fixture.faults);
  else
    pusher_test_faults_close_connections (self->fixture.faults, code, "restart");
}

/* It comes back, but not for everybody yet. */
static void
come_back_slowly (Restarts *self)
{
  stop (self);
  pusher_test_faults_set_http_status (self->fixture.faults, 503);
  fixture_start_server (&self->fixture);
  wait_for_attempts (self, 2);
  pusher_test_faults_set_http_status (self->fixture.faults, 0);
}

static void (*const faults[]) (Restarts *self) = {
  stop, crash, reset, stay_away, close_with_code, come_back_slowly,
};

/* --- The test ------------------------------------------------------------ */

static void
subscribe_all (Restarts *self)
{
  for (guint i = 0; i < N_CHANNELS; i++)
    {
      Line *line = &self->lines[i];
      g_autofree char *name =
        g_strdup_printf ("%s%u", i < N_PRESENCE ? "presence-" : i % 2 == 0 ? "private-" : "", i);

      line->channel = pusher_client_subscribe (self->fixture.client, name, NULL);
      g_signal_connect (line->channel, "event::tick", G_CALLBACK (event_cb), line);
      g_signal_connect (line->channel, "subscription-succeeded", G_CALLBACK (succeeded_cb), line);
      g_signal_connect (line->channel, "gap", G_CALLBACK (gap_cb), line);
    }
}

static void
set_up (Restarts     *self,
        gconstpointer user_data)
{
  fixture_set_up (&self->fixture, NULL);
  self->fixture.random = 0.5;
  self->other = fixture_new_client (&self->fixture);
  fixture_use_secret (&self->fixture, self->fixture.client, "{\"user_id\":\"me\"}");
  fixture_use_secret (&self->fixture, self->other, "{\"user_id\":\"other\"}");
  subscribe_all (self);
  pusher_client_open (self->fixture.client);
  pusher_client_open (self->other);
  wait_for_recovery (self, NULL, NULL);
}

static void
tear_down (Restarts     *self,
           gconstpointer user_data)
{
  g_assert_finalize_object (self->other);
  fixture_tear_down (&self->fixture, NULL);
}

/* So long that the next failure is the first one again. */
static void
let_time_pass (Restarts *self)
{
  self->fixture.now += SECONDS (61);
  g_string_truncate (self->fixture.log, 0);
  g_string_truncate (self->fixture.sent, 0);
}

static void
restart (Restarts *self,
         void    (*fault) (Restarts *self))
{
  g_autofree char *socket_id = g_strdup (pusher_client_get_socket_id (self->fixture.client));
  g_autofree char *other_socket_id = g_strdup (pusher_client_get_socket_id (self->other));

  fault (self);
  publish_one (self);
  fixture_start_server (&self->fixture);
  wait_for_recovery (self, socket_id, other_socket_id);
}

static void
test_restarts (Restarts     *self,
               gconstpointer user_data)
{
  guint n_restarts = scale_number (N_RESTARTS);
  guint n_events = 0;
  guint n_lost = 0;

  for (guint i = 0; i < n_restarts; i++)
    {
      move_other (self);
      publish_some (self, TRUE);
      fixture_sync (&self->fixture);
      forget_lost (self);

      restart (self, faults[i % G_N_ELEMENTS (faults)]);
      forget_lost (self);
      for (guint j = 0; j < N_PRESENCE; j++)
        assert_members (self->fixture.server, self->lines[j].channel);
      let_time_pass (self);
    }

  for (guint i = 0; i < N_CHANNELS; i++)
    {
      g_assert_cmpint (self->lines[i].n_succeeded, ==, n_restarts + 1);
      g_assert_cmpint (self->lines[i].n_gaps, ==, n_restarts);
      n_events += self->lines[i].n_events;
      n_lost += self->lines[i].n_lost;
    }
  g_assert_cmpint (n_events + n_lost, ==, self->n_published);
  g_test_message ("%u restarts, %d channels: %" G_GUINT64_FORMAT " events published to "
                  "subscribers, %u delivered once and in order, %u lost with a cut connection",
                  n_restarts, N_CHANNELS, self->n_published, n_events, n_lost);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  be_quiet ();

  g_test_add ("/restarts", Restarts, NULL, set_up, test_restarts, tear_down);

  return g_test_run ();
}
