/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* An application as the server knows it: its credentials, channels and connections
 * that are signed in. */

#include "config.h"

#include "pusher-test-app-private.h"

#include "protocol/pusher-message-private.h"

G_DEFINE_FINAL_TYPE (PusherTestApp, pusher_test_app, G_TYPE_OBJECT)

static void
pusher_test_app_finalize (GObject *object)
{
  PusherTestApp *self = PUSHER_TEST_APP (object);

  g_hash_table_unref (self->channels);
  g_hash_table_unref (self->cache);
  g_ptr_array_unref (self->signed_in);
  pusher_test_event_store_free (self->store);
  g_clear_pointer (&self->settings, pusher_test_settings_unref);
  g_free (self->id);
  g_free (self->key);
  g_free (self->secret);

  G_OBJECT_CLASS (pusher_test_app_parent_class)->finalize (object);
}

static void
pusher_test_app_class_init (PusherTestAppClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pusher_test_app_finalize;
}

static void
pusher_test_app_init (PusherTestApp *self)
{
  self->enabled = TRUE;
  self->channels =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                           (GDestroyNotify) pusher_test_channel_free);
  self->cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->signed_in = g_ptr_array_new ();
  self->store = pusher_test_event_store_new ();
}

PusherTestApp *
pusher_test_app_new (const char         *id,
                     const char         *key,
                     const char         *secret,
                     PusherTestSettings *settings)
{
  PusherTestApp *self = g_object_new (PUSHER_TEST_TYPE_APP, NULL);

  self->id = g_strdup (id);
  self->key = g_strdup (key);
  self->secret = g_strdup (secret);
  self->settings = pusher_test_settings_ref (settings);

  return self;
}

/*
 * pusher_test_app_find:
 * @apps: (element-type PusherTestApp):
 * @id: (nullable): the id that it is to have
 * @key: (nullable): the key that it is to have
 *
 * Returns: (nullable):
 */
PusherTestApp *
pusher_test_app_find (GPtrArray  *apps,
                      const char *id,
                      const char *key)
{
  for (guint i = 0; i < apps->len; i++)
    {
      PusherTestApp *app = g_ptr_array_index (apps, i);

      if ((id == NULL || g_str_equal (app->id, id)) && (key == NULL || g_str_equal (app->key, key)))
        return app;
    }

  return NULL;
}

/* Returns: (nullable): the channel, if it has subscribers */
PusherTestChannel *
pusher_test_app_get_channel (PusherTestApp *self,
                             const char    *name)
{
  return g_hash_table_lookup (self->channels, name);
}

/* Tells a new subscriber of a cache channel what was last. */
static void
replay (PusherTestApp  *self,
        const char     *channel,
        PusherTestPeer *peer)
{
  const char *text = g_hash_table_lookup (self->cache, channel);

  if (text != NULL)
    pusher_test_peer_send_text (peer, text);
  else if (pusher_test_flavor_is_cache (self->settings->flavor, channel))
    pusher_test_peer_send_event (peer, "pusher:cache_miss", channel, NULL);
}

/*
 * pusher_test_app_join:
 * @member: (nullable) (transfer full): of a presence channel
 *
 * Subscribes a client, and tells it and the others.
 *
 * Returns: whether it was told
 */
gboolean
pusher_test_app_join (PusherTestApp    *self,
                      const char       *channel,
                      PusherTestPeer   *peer,
                      PusherTestMember *member)
{
  PusherTestFlavor flavor = self->settings->flavor;
  PusherTestChannel *joined = pusher_test_app_get_channel (self, channel);

  if (joined == NULL)
    {
      joined = pusher_test_channel_new (channel, flavor);
      g_hash_table_insert (self->channels,
                           (char *) pusher_test_channel_get_name (joined), joined);
    }

  if (!pusher_test_channel_add (joined, peer, member))
    return FALSE;

  if (self->settings->subscription_counts && pusher_test_flavor_has_counts (flavor))
    pusher_test_channel_send_count (joined);
  replay (self, channel, peer);

  return TRUE;
}

void
pusher_test_app_leave (PusherTestApp  *self,
                       const char     *channel,
                       PusherTestPeer *peer)
{
  PusherTestFlavor flavor = self->settings->flavor;
  gboolean is_reverb = flavor == PUSHER_TEST_FLAVOR_REVERB;
  gboolean quiet = self->settings->quiet;
  PusherTestChannel *left = pusher_test_app_get_channel (self, channel);
  g_autofree char *told = NULL;

  if (left == NULL)
    return;

  told = pusher_test_channel_remove (left, peer, quiet);
  if (told != NULL && is_reverb)
    pusher_test_app_remember (self, channel, told);
  if (self->settings->subscription_counts && pusher_test_flavor_has_counts (flavor) && !quiet)
    pusher_test_channel_send_count (left);

  if (pusher_test_channel_get_n_subscribers (left) > 0)
    return;

  if (is_reverb)
    g_hash_table_remove (self->cache, channel);
  g_hash_table_remove (self->channels, channel);
}

/* Keeps a message for those who subscribe to a cache channel later. */
void
pusher_test_app_remember (PusherTestApp *self,
                          const char    *channel,
                          const char    *text)
{
  PusherTestFlavor flavor = self->settings->flavor;
  gboolean has_subscribers = g_hash_table_contains (self->channels, channel);

  if (pusher_test_flavor_is_cache (flavor, channel) &&
      (has_subscribers || flavor != PUSHER_TEST_FLAVOR_REVERB))
    g_hash_table_replace (self->cache, g_strdup (channel), g_strdup (text));
}

/*
 * pusher_test_app_publish:
 * @data_json: (nullable): the data as a JSON text
 * @except_id: (nullable): the socket id of a subscriber that is left out
 *
 * Returns: the number of subscribers that it was sent to
 */
guint
pusher_test_app_publish (PusherTestApp *self,
                         const char    *channel,
                         const char    *event,
                         const char    *data_json,
                         const char    *except_id)
{
  PusherTestChannel *published = pusher_test_app_get_channel (self, channel);
  g_autofree char *text = pusher_message_encode (event, channel, data_json);

  pusher_test_app_remember (self, channel, text);

  return published != NULL ? pusher_test_channel_send (published, text, except_id) : 0;
}
