/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the test has set for channels. */

#include "config.h"

#include "pusher-test-server-private.h"

/**
 * pusher_test_server_get_client_events: (get-property client-events)
 * @self: a server
 *
 * Gets whether clients may send events to each other.
 *
 * Returns: whether they may
 *
 * Since: 0.1
 */
gboolean
pusher_test_server_get_client_events (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), FALSE);

  return self->rules->client_events;
}

/**
 * pusher_test_server_set_client_events: (set-property client-events)
 * @self: a server
 * @client_events: whether they may
 *
 * Sets whether clients may send events to each other.
 *
 * Since: 0.1
 */
void
pusher_test_server_set_client_events (PusherTestServer *self,
                                      gboolean          client_events)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  if (self->rules->client_events == !!client_events)
    return;

  self->rules->client_events = !!client_events;
  pusher_test_server_notify (self, PROP_CLIENT_EVENTS);
}

/**
 * pusher_test_server_get_client_event_rate: (get-property client-event-rate)
 * @self: a server
 *
 * Gets how many events a client may send in a second.
 *
 * Returns: the number of events; 0 for any
 *
 * Since: 0.1
 */
guint
pusher_test_server_get_client_event_rate (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);

  return self->rules->client_event_rate;
}

/**
 * pusher_test_server_set_client_event_rate: (set-property client-event-rate)
 * @self: a server
 * @client_event_rate: the number of events; 0 for any
 *
 * Sets how many events a client may send in a second.
 *
 * Since: 0.1
 */
void
pusher_test_server_set_client_event_rate (PusherTestServer *self,
                                          guint             client_event_rate)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  if (self->rules->client_event_rate == client_event_rate)
    return;

  self->rules->client_event_rate = client_event_rate;
  pusher_test_server_notify (self, PROP_CLIENT_EVENT_RATE);
}

/**
 * pusher_test_server_get_subscription_counts: (get-property subscription-counts)
 * @self: a server
 *
 * Gets whether subscribers are told how many there are.
 *
 * Returns: whether they are
 *
 * Since: 0.1
 */
gboolean
pusher_test_server_get_subscription_counts (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), FALSE);

  return self->rules->subscription_counts;
}

/**
 * pusher_test_server_set_subscription_counts: (set-property subscription-counts)
 * @self: a server
 * @subscription_counts: whether they are
 *
 * Sets whether subscribers are told how many there are.
 *
 * Since: 0.1
 */
void
pusher_test_server_set_subscription_counts (PusherTestServer *self,
                                            gboolean          subscription_counts)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  if (self->rules->subscription_counts == !!subscription_counts)
    return;

  self->rules->subscription_counts = !!subscription_counts;
  pusher_test_server_notify (self, PROP_SUBSCRIPTION_COUNTS);
}

/**
 * pusher_test_server_dup_encryption_master_key: (get-property encryption-master-key)
 * @self: a server
 *
 * Gets the key that the keys of encrypted channels are derived from.
 *
 * Returns: (transfer full): 32 bytes in base64
 *
 * Since: 0.1
 */
char *
pusher_test_server_dup_encryption_master_key (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  return pusher_secretbox_key_encode (&self->rules->master_key);
}

/**
 * pusher_test_server_set_encryption_master_key: (set-property encryption-master-key)
 * @self: a server
 * @encryption_master_key: 32 bytes in base64
 *
 * Sets the key that the keys of encrypted channels are derived from.
 *
 * Since: 0.1
 */
void
pusher_test_server_set_encryption_master_key (PusherTestServer *self,
                                              const char       *encryption_master_key)
{
  PusherSecretboxKey key;

  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));
  g_return_if_fail (encryption_master_key != NULL);
  g_return_if_fail (pusher_secretbox_key_decode (&key, encryption_master_key));

  if (memcmp (&key, &self->rules->master_key, sizeof key) == 0)
    return;

  self->rules->master_key = key;
  pusher_test_server_notify (self, PROP_ENCRYPTION_MASTER_KEY);
}

/**
 * pusher_test_server_get_hold_answers: (get-property hold-answers)
 * @self: a server
 *
 * Gets whether requests to subscribe and to unsubscribe wait.
 *
 * Returns: whether they do
 *
 * Since: 0.1
 */
gboolean
pusher_test_server_get_hold_answers (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), FALSE);

  return self->rules->hold_answers;
}

/**
 * pusher_test_server_set_hold_answers: (set-property hold-answers)
 * @self: a server
 * @hold_answers: whether they do
 *
 * Sets whether requests to subscribe and to unsubscribe wait. Those that have
 * waited are answered when they need no longer.
 *
 * Since: 0.1
 */
void
pusher_test_server_set_hold_answers (PusherTestServer *self,
                                     gboolean          hold_answers)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  if (self->rules->hold_answers == !!hold_answers)
    return;

  self->rules->hold_answers = !!hold_answers;
  pusher_test_server_release_answers (self);
  pusher_test_server_notify (self, PROP_HOLD_ANSWERS);
}

/**
 * pusher_test_server_fail_subscription:
 * @self: a server
 * @channel: the name of a channel
 * @type: the type of the error: `AuthError`, `LimitReached` or any
 * @error: what it says
 * @status: its status
 *
 * Answers the next request to subscribe to a channel with a
 * `pusher:subscription_error`, whatever its signature.
 *
 * Since: 0.1
 */
void
pusher_test_server_fail_subscription (PusherTestServer *self,
                                      const char       *channel,
                                      const char       *type,
                                      const char       *error,
                                      guint             status)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));
  g_return_if_fail (channel != NULL);
  g_return_if_fail (type != NULL && g_utf8_validate (type, -1, NULL));
  g_return_if_fail (error != NULL && g_utf8_validate (error, -1, NULL));

  g_hash_table_replace (self->rules->failures, g_strdup (channel),
                        pusher_test_subscription_error_data (type, error, status));
}
