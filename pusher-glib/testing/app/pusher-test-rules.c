/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-test-rules-private.h"

#include "json/pusher-json-writer-private.h"

PusherTestRules *
pusher_test_rules_new (void)
{
  PusherTestRules *self = g_rc_box_new0 (PusherTestRules);

  pusher_secretbox_key_decode (&self->master_key, PUSHER_TEST_DEFAULT_MASTER_KEY);
  self->max_event_size = PUSHER_TEST_DEFAULT_MAX_EVENT_SIZE;
  self->client_events = TRUE;
  self->failures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

PusherTestRules *
pusher_test_rules_ref (PusherTestRules *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  PusherTestRules *self = data;

  g_hash_table_unref (self->failures);
}

void
pusher_test_rules_unref (PusherTestRules *self)
{
  g_rc_box_release_full (self, clear);
}

/* Returns: (transfer full): {"type": …, "error": …, "status": …} */
char *
pusher_test_subscription_error_data (const char *type,
                                     const char *message,
                                     guint       status)
{
  GString *data = g_string_new (NULL);

  pusher_json_begin_object (data, NULL);
  pusher_json_add_string (data, "type", type);
  pusher_json_add_string (data, "error", message);
  pusher_json_add_int (data, "status", status);
  pusher_json_end_object (data);

  return g_string_free (data, FALSE);
}
