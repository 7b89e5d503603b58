/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-test-settings-private.h"

#include "json/pusher-json-writer-private.h"

#define MASTER_KEY "dGVzdC1tYXN0ZXIta2V5LXRlc3QtbWFzdGVyLWtleS4="

PusherTestSettings *
pusher_test_settings_new (void)
{
  PusherTestSettings *self = g_rc_box_new0 (PusherTestSettings);

  pusher_secretbox_key_decode (&self->master_key, MASTER_KEY);
  self->failures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->path = g_strdup ("");
  self->max_event_size = 10 * 1024;
  self->client_events = TRUE;
  self->encryption_master_key = g_strdup (MASTER_KEY);
  self->activity_timeout = 120;

  return self;
}

PusherTestSettings *
pusher_test_settings_ref (PusherTestSettings *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  PusherTestSettings *self = data;

  g_hash_table_unref (self->failures);
  g_strfreev (self->allowed_origins);
  g_free (self->path);
  g_free (self->encryption_master_key);
  g_free (self->first_message);
  g_free (self->refuse_message);
}

void
pusher_test_settings_unref (PusherTestSettings *self)
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
