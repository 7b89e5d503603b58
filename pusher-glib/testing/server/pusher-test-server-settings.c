/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What can be set and read of a server, but for what clients hear. */

#include "config.h"

#include "pusher-test-server.h"

#include "pusher-test-properties-private.h"
#include "pusher-test-server-types-private.h"

/**
 * pusher_test_server_get_backend: (get-property backend)
 * @self: a server
 *
 * Gets the application's own server, which this one plays too.
 *
 * Returns: (transfer none): the backend
 *
 * Since: 1.0
 */
PusherTestBackend *
pusher_test_server_get_backend (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  return self->backend;
}

/**
 * pusher_test_server_get_faults: (get-property faults)
 * @self: a server
 *
 * Gets what the server does wrong on demand.
 *
 * Returns: (transfer none): the faults
 *
 * Since: 1.0
 */
PusherTestFaults *
pusher_test_server_get_faults (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  return self->faults;
}

/**
 * pusher_test_server_get_store: (get-property store)
 * @self: a server
 *
 * Gets what the application's own server remembers of the events that were published.
 *
 * Returns: (transfer none): the store
 *
 * Since: 1.0
 */
PusherTestStore *
pusher_test_server_get_store (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  return self->store;
}

/**
 * pusher_test_server_add_app:
 * @self: a server
 * @id: the id of the app, for the REST interface; no other app may have it
 * @key: its key, for clients; no other app may have it
 * @secret: its secret
 *
 * Adds an app next to the default one.
 *
 * Its channels are its own. [method@PusherTest.Server.publish] and the methods
 * that tell of subscribers mean those of the default app.
 *
 * Since: 1.0
 */
void
pusher_test_server_add_app (PusherTestServer *self,
                            const char       *id,
                            const char       *key,
                            const char       *secret)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));
  g_return_if_fail (id != NULL && *id != '\0');
  g_return_if_fail (key != NULL && *key != '\0');
  g_return_if_fail (secret != NULL);
  g_return_if_fail (pusher_test_app_find (self->apps, NULL, key) == NULL);

  g_ptr_array_add (self->apps, pusher_test_app_new (id, key, secret, self->settings));
}

/* @own: the text of the server, @of_app that of the app */
static void
set_credential (PusherTestServer *self,
                char            **own,
                char            **of_app,
                const char       *value)
{
  g_autofree char *previous = g_steal_pointer (own);

  *own = g_strdup (value);
  g_free (*of_app);
  *of_app = g_strdup (value);
  if (!g_str_equal (previous, value))
    pusher_test_properties_notify (self, own);
}

/**
 * pusher_test_server_set_default_app:
 * @self: a server
 * @id: the id of the default app, for the REST interface; no other app may have it
 * @key: its key, for clients; no other app may have it
 * @secret: its secret
 *
 * Sets what the default app is known by: an application whose settings are
 * given has it here.
 *
 * Clients that are connected stay so.
 *
 * Since: 1.0
 */
void
pusher_test_server_set_default_app (PusherTestServer *self,
                                    const char       *id,
                                    const char       *key,
                                    const char       *secret)
{
  PusherTestApp *app;
  const PusherTestApp *same_id, *same_key;

  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));
  g_return_if_fail (id != NULL && *id != '\0');
  g_return_if_fail (key != NULL && *key != '\0');
  g_return_if_fail (secret != NULL);

  app = g_ptr_array_index (self->apps, 0);
  same_id = pusher_test_app_find (self->apps, id, NULL);
  same_key = pusher_test_app_find (self->apps, NULL, key);
  g_return_if_fail (same_id == NULL || same_id == app);
  g_return_if_fail (same_key == NULL || same_key == app);

  g_object_freeze_notify (G_OBJECT (self));
  set_credential (self, &self->app_id, &app->id, id);
  set_credential (self, &self->key, &app->key, key);
  set_credential (self, &self->secret, &app->secret, secret);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * pusher_test_server_set_app_enabled:
 * @self: a server
 * @key: the key of an app
 * @enabled: whether the app is enabled
 *
 * Enables or disables an app.
 *
 * While an app is disabled, new clients are refused with the close code 4003,
 * and backends with the HTTP status 403. Clients that are connected stay so.
 *
 * Since: 1.0
 */
void
pusher_test_server_set_app_enabled (PusherTestServer *self,
                                    const char       *key,
                                    gboolean          enabled)
{
  PusherTestApp *app;

  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));
  g_return_if_fail (key != NULL);

  app = pusher_test_app_find (self->apps, NULL, key);
  g_return_if_fail (app != NULL);

  app->enabled = !!enabled;
}

/**
 * pusher_test_server_get_app_id: (get-property app-id)
 * @self: a server
 *
 * Gets the id of the default app.
 *
 * Returns: (transfer none): the id
 *
 * Since: 1.0
 */
const char *
pusher_test_server_get_app_id (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  return self->app_id;
}

/**
 * pusher_test_server_get_key: (get-property key)
 * @self: a server
 *
 * Gets the key of the default app.
 *
 * Returns: (transfer none): the key
 *
 * Since: 1.0
 */
const char *
pusher_test_server_get_key (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  return self->key;
}

/**
 * pusher_test_server_get_secret: (get-property secret)
 * @self: a server
 *
 * Gets the secret of the default app.
 *
 * Returns: (transfer none): the secret
 *
 * Since: 1.0
 */
const char *
pusher_test_server_get_secret (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  return self->secret;
}

/**
 * pusher_test_server_get_port: (get-property port)
 * @self: a server
 *
 * Gets the TCP port of the server.
 *
 * Returns: the port; 0 if the server was never started and none was set
 *
 * Since: 1.0
 */
guint
pusher_test_server_get_port (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);

  return self->settings->port;
}

/**
 * pusher_test_server_set_port: (set-property port)
 * @self: a server that is not listening
 * @port: a port; 0 for a free one
 *
 * Sets the TCP port for the next [method@PusherTest.Server.start].
 *
 * Since: 1.0
 */
void
pusher_test_server_set_port (PusherTestServer *self,
                             guint             port)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));
  g_return_if_fail (port <= G_MAXUINT16);

  g_object_set (self, "port", port, NULL);
}

/**
 * pusher_test_server_get_path: (get-property path)
 * @self: a server
 *
 * Gets what comes before the paths of the protocol.
 *
 * Returns: (transfer none): the path; may be empty
 *
 * Since: 1.0
 */
const char *
pusher_test_server_get_path (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  return self->settings->path;
}

/**
 * pusher_test_server_set_path: (set-property path)
 * @self: a server
 * @path: (nullable): the path
 *
 * Sets what comes before the paths of the protocol, from the next request on.
 *
 * Since: 1.0
 */
void
pusher_test_server_set_path (PusherTestServer *self,
                             const char       *path)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  g_object_set (self, "path", path, NULL);
}

/**
 * pusher_test_server_get_max_event_size: (get-property max-event-size)
 * @self: a server
 *
 * Gets how many bytes of data an event of the REST interface may have.
 *
 * Returns: the number of bytes; 0 for any
 *
 * Since: 1.0
 */
guint
pusher_test_server_get_max_event_size (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);

  return self->settings->max_event_size;
}

/**
 * pusher_test_server_set_max_event_size: (set-property max-event-size)
 * @self: a server
 * @max_event_size: the number of bytes; 0 for any
 *
 * Sets how many bytes of data an event of the REST interface may have.
 *
 * Since: 1.0
 */
void
pusher_test_server_set_max_event_size (PusherTestServer *self,
                                       guint             max_event_size)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  g_object_set (self, "max-event-size", max_event_size, NULL);
}

/**
 * pusher_test_server_get_client_events: (get-property client-events)
 * @self: a server
 *
 * Gets whether clients may send events to each other.
 *
 * Returns: whether they may
 *
 * Since: 1.0
 */
gboolean
pusher_test_server_get_client_events (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), FALSE);

  return self->settings->client_events;
}

/**
 * pusher_test_server_set_client_events: (set-property client-events)
 * @self: a server
 * @client_events: whether they may
 *
 * Sets whether clients may send events to each other.
 *
 * Since: 1.0
 */
void
pusher_test_server_set_client_events (PusherTestServer *self,
                                      gboolean          client_events)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  g_object_set (self, "client-events", client_events, NULL);
}

/**
 * pusher_test_server_get_client_event_rate: (get-property client-event-rate)
 * @self: a server
 *
 * Gets how many events a client may send in a second.
 *
 * Returns: the number of events; 0 for any
 *
 * Since: 1.0
 */
guint
pusher_test_server_get_client_event_rate (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);

  return self->settings->client_event_rate;
}

/**
 * pusher_test_server_set_client_event_rate: (set-property client-event-rate)
 * @self: a server
 * @client_event_rate: the number of events; 0 for any
 *
 * Sets how many events a client may send in a second.
 *
 * Since: 1.0
 */
void
pusher_test_server_set_client_event_rate (PusherTestServer *self,
                                          guint             client_event_rate)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  g_object_set (self, "client-event-rate", client_event_rate, NULL);
}

/**
 * pusher_test_server_get_subscription_counts: (get-property subscription-counts)
 * @self: a server
 *
 * Gets whether subscribers are told how many there are.
 *
 * Returns: whether they are
 *
 * Since: 1.0
 */
gboolean
pusher_test_server_get_subscription_counts (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), FALSE);

  return self->settings->subscription_counts;
}

/**
 * pusher_test_server_set_subscription_counts: (set-property subscription-counts)
 * @self: a server
 * @subscription_counts: whether they are
 *
 * Sets whether subscribers are told how many there are.
 *
 * Since: 1.0
 */
void
pusher_test_server_set_subscription_counts (PusherTestServer *self,
                                            gboolean          subscription_counts)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  g_object_set (self, "subscription-counts", subscription_counts, NULL);
}

/**
 * pusher_test_server_dup_encryption_master_key: (get-property encryption-master-key)
 * @self: a server
 *
 * Gets the key that the keys of encrypted channels are derived from.
 *
 * Returns: (transfer full): 32 bytes in base64
 *
 * Since: 1.0
 */
char *
pusher_test_server_dup_encryption_master_key (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  return g_strdup (self->settings->encryption_master_key);
}

/**
 * pusher_test_server_set_encryption_master_key: (set-property encryption-master-key)
 * @self: a server
 * @encryption_master_key: 32 bytes in base64
 *
 * Sets the key that the keys of encrypted channels are derived from.
 *
 * Since: 1.0
 */
void
pusher_test_server_set_encryption_master_key (PusherTestServer *self,
                                              const char       *encryption_master_key)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  g_object_set (self, "encryption-master-key", encryption_master_key, NULL);
}

/**
 * pusher_test_server_get_n_attempts: (get-property n-attempts)
 * @self: a server
 *
 * Gets how often clients have tried to connect.
 *
 * Returns: the number of attempts, with or without success
 *
 * Since: 1.0
 */
guint
pusher_test_server_get_n_attempts (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);

  return self->n_attempts;
}

/**
 * pusher_test_server_get_n_violations: (get-property n-violations)
 * @self: a server
 *
 * Gets how often clients have broken the rules.
 *
 * Returns: the number of violations
 *
 * Since: 1.0
 */
guint
pusher_test_server_get_n_violations (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);

  return self->n_violations;
}

/**
 * pusher_test_server_get_last_violation: (get-property last-violation)
 * @self: a server
 *
 * Gets what a client did wrong last.
 *
 * Returns: (transfer none) (nullable): the violation
 *
 * Since: 1.0
 */
const char *
pusher_test_server_get_last_violation (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  return self->last_violation;
}
