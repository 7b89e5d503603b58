/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The properties of a PusherTestServer. A new setting is a field of PusherTestSettings,
 * a line of the table here, and its functions in pusher-test-server-settings.c. */

#include "config.h"

#include "pusher-test-server-types-private.h"

#include "pusher-test-properties-private.h"
#include "testing/app/pusher-test-enum-types.h"

#define FIELD(name) G_STRUCT_OFFSET (PusherTestServer, name)
#define SETTING(name) G_STRUCT_OFFSET (PusherTestSettings, name)

static gboolean
check_port (gpointer object,
            GValue  *value)
{
  g_return_val_if_fail (((PusherTestServer *) object)->listener == NULL, FALSE);

  return TRUE;
}

static void
apply_port (gpointer object)
{
  PusherTestServer *self = object;

  pusher_test_backend_set_port (self->backend, self->settings->port);
  pusher_test_store_set_port (self->store, self->settings->port);
}

static gboolean
check_path (gpointer object,
            GValue  *value)
{
  const char *path = g_value_get_string (value);
  char *new_path = g_strconcat (path != NULL && *path == '/' ? "" : "/", path, NULL);

  for (gsize length = strlen (new_path); length > 0 && new_path[length - 1] == '/'; length--)
    new_path[length - 1] = '\0';
  g_value_take_string (value, new_path);

  return TRUE;
}

static gboolean
check_encryption_master_key (gpointer object,
                             GValue  *value)
{
  const char *text = g_value_get_string (value);
  PusherSecretboxKey key;

  g_return_val_if_fail (text != NULL && pusher_secretbox_key_decode (&key, text), FALSE);

  /* The same bytes have the same text. */
  g_value_take_string (value, pusher_secretbox_key_encode (&key));

  return TRUE;
}

static void
apply_encryption_master_key (gpointer object)
{
  PusherTestSettings *settings = ((PusherTestServer *) object)->settings;

  pusher_secretbox_key_decode (&settings->master_key, settings->encryption_master_key);
}

static gpointer
locate_n_connections (gpointer object)
{
  return &pusher_test_clients_get_open (((PusherTestServer *) object)->clients)->len;
}

static const PusherTestProperty properties[] = {
  /**
   * PusherTestServer:backend: (getter get_backend)
   *
   * The application's own server, which this one plays too: it authorizes
   * clients.
   *
   * Since: 1.0
   */
  { "backend", G_TYPE_OBJECT, .field = FIELD (backend),
    .get_type = pusher_test_backend_get_type },

  /**
   * PusherTestServer:faults: (getter get_faults)
   *
   * What the server does wrong on demand.
   *
   * Since: 1.0
   */
  { "faults", G_TYPE_OBJECT, .field = FIELD (faults),
    .get_type = pusher_test_faults_get_type },

  /**
   * PusherTestServer:store: (getter get_store)
   *
   * What the application's own server remembers of the events that were published.
   *
   * Since: 1.0
   */
  { "store", G_TYPE_OBJECT, .field = FIELD (store),
    .get_type = pusher_test_store_get_type },

  /**
   * PusherTestServer:flavor: (getter get_flavor) (setter set_flavor)
   *
   * Which server this one answers like: Pusher, by default.
   *
   * Since: 1.0
   */
  { "flavor", G_TYPE_ENUM, .setting = SETTING (flavor),
    .get_type = pusher_test_flavor_get_type },

  /**
   * PusherTestServer:port: (getter get_port) (setter set_port)
   *
   * The TCP port that the server listens on; 0 before it was started, unless
   * one was set.
   *
   * [method@PusherTest.Server.start] takes a free one if this is 0. It stays
   * the same when the server is stopped and started again, and cannot be set
   * while the server is listening.
   *
   * Since: 1.0
   */
  { "port", G_TYPE_UINT, .setting = SETTING (port), .maximum = G_MAXUINT16,
    .check = check_port, .apply = apply_port },

  /**
   * PusherTestServer:path: (getter get_path) (setter set_path)
   *
   * What comes before `/app/KEY` and `/apps/ID/events` in URLs, as behind a
   * proxy: empty, or begins with a slash.
   *
   * Slashes at the end are taken off, and one is put in front where it lacks.
   *
   * Since: 1.0
   */
  { "path", G_TYPE_STRING, .setting = SETTING (path), .check = check_path },

  /**
   * PusherTestServer:app-id: (getter get_app_id)
   *
   * The id of the default app.
   *
   * Since: 1.0
   */
  { "app-id", G_TYPE_STRING, .field = FIELD (app_id) },

  /**
   * PusherTestServer:key: (getter get_key)
   *
   * The key of the default app.
   *
   * Since: 1.0
   */
  { "key", G_TYPE_STRING, .field = FIELD (key) },

  /**
   * PusherTestServer:secret: (getter get_secret)
   *
   * The secret of the default app.
   *
   * Since: 1.0
   */
  { "secret", G_TYPE_STRING, .field = FIELD (secret) },

  /**
   * PusherTestServer:max-event-size: (getter get_max_event_size) (setter set_max_event_size)
   *
   * How many bytes of data an event may have that comes through the REST
   * interface: Pusher's 10 KiB, by default; 0 for any number.
   *
   * Since: 1.0
   */
  { "max-event-size", G_TYPE_UINT, .setting = SETTING (max_event_size) },

  /**
   * PusherTestServer:n-connections: (getter get_n_connections)
   *
   * How many clients are connected.
   *
   * One that the server closes or cuts counts no longer from that moment on.
   *
   * Since: 1.0
   */
  { "n-connections", G_TYPE_UINT, .locate = locate_n_connections },

  /**
   * PusherTestServer:n-attempts: (getter get_n_attempts)
   *
   * How often clients have tried to connect, with or without success, since the
   * server was made.
   *
   * A test that a client does *not* connect again looks here.
   *
   * Since: 1.0
   */
  { "n-attempts", G_TYPE_UINT, .field = FIELD (n_attempts) },

  /**
   * PusherTestServer:n-violations: (getter get_n_violations)
   *
   * How often clients have broken the rules, since the server was made: see
   * [signal@PusherTest.Server::violation].
   *
   * Since: 1.0
   */
  { "n-violations", G_TYPE_UINT, .field = FIELD (n_violations) },

  /**
   * PusherTestServer:last-violation: (getter get_last_violation)
   *
   * What a client did wrong last; %NULL if none has done anything wrong.
   *
   * Since: 1.0
   */
  { "last-violation", G_TYPE_STRING, .field = FIELD (last_violation) },

  /**
   * PusherTestServer:client-events: (getter get_client_events) (setter set_client_events)
   *
   * Whether clients may send events to each other on private and presence
   * channels: %TRUE by default. If not, they get a `pusher:error` with the code
   * 4301 for that channel.
   *
   * Since: 1.0
   */
  { "client-events", G_TYPE_BOOLEAN, .setting = SETTING (client_events) },

  /**
   * PusherTestServer:client-event-rate: (getter get_client_event_rate) (setter set_client_event_rate)
   *
   * How many events a client may send in a second; 0, the default, for any
   * number. For those above it gets a `pusher:error` with the code 4301.
   *
   * Since: 1.0
   */
  { "client-event-rate", G_TYPE_UINT, .setting = SETTING (client_event_rate) },

  /**
   * PusherTestServer:max-message-size: (getter get_max_message_size) (setter set_max_message_size)
   *
   * How many bytes a message of a client may have; 0, the default, for any
   * number. One that is larger ends the connection with the close code 1009.
   *
   * Since: 1.0
   */
  { "max-message-size", G_TYPE_UINT, .setting = SETTING (max_message_size) },

  /**
   * PusherTestServer:max-connections: (getter get_max_connections) (setter set_max_connections)
   *
   * How many clients may be connected; 0, the default, for any number. Those
   * above are refused with the code 4004, or 4100 by soketi.
   *
   * Reverb counts only clients that are subscribed to a channel.
   *
   * Since: 1.0
   */
  { "max-connections", G_TYPE_UINT, .setting = SETTING (max_connections) },

  /**
   * PusherTestServer:subscription-counts: (getter get_subscription_counts) (setter set_subscription_counts)
   *
   * Whether the subscribers of a channel, unless it is a presence channel, are
   * told how many there are when one comes or goes: %FALSE by default.
   *
   * Since: 1.0
   */
  { "subscription-counts", G_TYPE_BOOLEAN, .setting = SETTING (subscription_counts) },

  /**
   * PusherTestServer:encryption-master-key: (getter dup_encryption_master_key) (setter set_encryption_master_key)
   *
   * The key that the keys of encrypted channels are derived from: 32 bytes in
   * base64.
   *
   * Another one makes those invalid that clients have: what is published next is
   * sealed with new ones, which they get from the auth endpoint.
   *
   * Since: 1.0
   */
  { "encryption-master-key", G_TYPE_STRING, .setting = SETTING (encryption_master_key),
    .check = check_encryption_master_key, .apply = apply_encryption_master_key },
};

void
pusher_test_server_install_properties (GObjectClass *klass)
{
  pusher_test_properties_install (klass, FIELD (settings), properties, G_N_ELEMENTS (properties));
}
