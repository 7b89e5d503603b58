/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A client of very many private channels, which are authorized by an endpoint:
 * after each connect all of them at once. */

#include "fixture.h"

typedef struct
{
  Fixture fixture;
  guint n_channels;
  PusherHttpAuthorizer *authorizer; /* of the client */
  SoupSession *session;             /* of the authorizer */
  GHashTable *wanted;               /* names of channels, not yet subscribed */
  GHashTable *under_way;            /* SoupMessage that the endpoint has to answer */
  guint peak;

  GHashTable *asked; /* socket id and name of what the endpoint was asked for */
  guint n_repeated;  /* questions */
  guint n_late;      /* questions, for a connection that there was before */
} Many;

static void
starting_cb (SoupMessage *message,
             Many        *self)
{
  g_hash_table_add (self->under_way, message);
  self->peak = MAX (self->peak, g_hash_table_size (self->under_way));
}

static void
over_cb (SoupMessage *message,
         Many        *self)
{
  g_hash_table_remove (self->under_way, message);
}

static void
request_queued_cb (SoupSession *session,
                   SoupMessage *message,
                   Many        *self)
{
  g_signal_connect (message, "starting", G_CALLBACK (starting_cb), self);
  g_signal_connect (message, "got-body", G_CALLBACK (over_cb), self);
  g_signal_connect (message, "finished", G_CALLBACK (over_cb), self);
}

static void
auth_requested_cb (PusherTestBackend *backend,
                   const char        *socket_id,
                   const char        *channel,
                   Many              *self)
{
  const char *current = pusher_client_get_socket_id (self->fixture.client);

  if (!g_hash_table_add (self->asked, g_strdup_printf ("%s %s", socket_id, channel)))
    self->n_repeated++;
  if (current != NULL && !g_str_equal (current, socket_id))
    self->n_late++;
}

static void
succeeded_cb (PusherChannel *channel,
              Many          *self)
{
  g_assert_true (g_hash_table_remove (self->wanted, pusher_channel_get_name (channel)));
}

static void
want_all (Many *self)
{
  g_assert_cmpint (g_hash_table_size (self->wanted), ==, 0);

  for (guint i = 0; i < self->n_channels; i++)
    g_hash_table_add (self->wanted, g_strdup_printf ("private-%u", i));
}

static void
subscribe_all (Many *self)
{
  for (guint i = 0; i < self->n_channels; i++)
    {
      g_autofree char *name = g_strdup_printf ("private-%u", i);
      PusherChannel *channel = pusher_client_subscribe (self->fixture.client, name, NULL);

      g_signal_connect (channel, "subscription-succeeded", G_CALLBACK (succeeded_cb), self);
    }
}

static void
set_up (Many         *self,
        gconstpointer user_data)
{
  const char *endpoint;

  fixture_set_up (&self->fixture, NULL);
  self->n_channels = scale_number (GPOINTER_TO_UINT (user_data));
  self->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->under_way = g_hash_table_new (NULL, NULL);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->session = soup_session_new_with_options ("max-conns-per-host", 100, "max-conns", 100, NULL);
  g_signal_connect (self->session, "request-queued", G_CALLBACK (request_queued_cb), self);

  endpoint = pusher_test_backend_get_auth_endpoint (self->fixture.backend);
  self->authorizer = pusher_client_use_endpoint (self->fixture.client, endpoint, NULL);
  pusher_http_authorizer_set_session (self->authorizer, self->session);
  g_signal_connect (self->fixture.backend, "auth-requested", G_CALLBACK (auth_requested_cb), self);
}

static void
tear_down (Many         *self,
           gconstpointer user_data)
{
  fixture_tear_down (&self->fixture, NULL);
  g_assert_finalize_object (self->session);
  g_assert_cmpint (g_hash_table_size (self->under_way), ==, 0);
  g_hash_table_unref (self->under_way);
  g_hash_table_unref (self->wanted);
  g_hash_table_unref (self->asked);
}

static void
wait_for_all (Many       *self,
              const char *when)
{
  gint64 start = g_get_monotonic_time ();

  wait_until (g_hash_table_size (self->wanted) == 0);
  g_test_message ("%s: %u channels subscribed in %.3f s, with %u requests, %u at a time", when,
                  self->n_channels, (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC,
                  pusher_test_backend_get_n_auth_requests (self->fixture.backend), self->peak);
}

static void
assert_asked (Many *self,
              guint n_channels,
              guint n_requests)
{
  g_assert_cmpint (g_hash_table_size (self->asked), ==, n_channels);
  g_assert_cmpint (pusher_test_backend_get_n_auth_requests (self->fixture.backend), ==, n_requests);
  g_assert_cmpint (self->n_repeated, ==, 0);
  g_assert_cmpint (self->n_late, ==, 0);
  g_assert_cmpint (self->peak, <=, pusher_http_authorizer_get_max_concurrent (self->authorizer));
}

/* All are authorized, and once more after the connection was lost. */
static void
check_twice (Many *self,
             guint n_requests)
{
  want_all (self);
  subscribe_all (self);
  pusher_client_open (self->fixture.client);
  wait_for_all (self, "connected");
  assert_asked (self, self->n_channels, n_requests);

  want_all (self);
  fixture_lose (&self->fixture);
  fixture_retry (&self->fixture);
  wait_for_all (self, "connected again");
  assert_asked (self, 2 * self->n_channels, 2 * n_requests);
}

static void
test_one_by_one (Many         *self,
                 gconstpointer user_data)
{
  check_twice (self, self->n_channels);
}

static void
test_batches (Many         *self,
              gconstpointer user_data)
{
  guint size = pusher_http_authorizer_get_max_batch_size (self->authorizer);

  if (self->n_channels < 6 * size)
    pusher_http_authorizer_set_max_batch_size (self->authorizer, size = self->n_channels / 6);
  pusher_http_authorizer_set_batch (self->authorizer, TRUE);
  check_twice (self, (self->n_channels + size - 1) / size);
}

/* The connection is lost while most of them wait: these are never asked for, but
 * for the next connection. */
static void
test_cut (Many         *self,
          gconstpointer user_data)
{
  guint n_before;

  want_all (self);
  subscribe_all (self);
  pusher_client_open (self->fixture.client);
  wait_until (g_hash_table_size (self->wanted) < self->n_channels);

  fixture_lose (&self->fixture);
  fixture_settle (&self->fixture);
  n_before = pusher_test_backend_get_n_auth_requests (self->fixture.backend);
  g_assert_cmpint (n_before, <, self->n_channels);
  g_hash_table_remove_all (self->wanted);
  want_all (self);
  fixture_retry (&self->fixture);
  wait_for_all (self, "connected again");
  assert_asked (self, n_before + self->n_channels, n_before + self->n_channels);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  be_quiet ();

#define add(name, n, test) \
  g_test_add ("/many-channels/" name, Many, GUINT_TO_POINTER (n), set_up, test, tear_down)

  add ("one-by-one", 500, test_one_by_one);
  add ("batches", 10000, test_batches);
  add ("cut", 1000, test_cut);

#undef add

  return g_test_run ();
}
