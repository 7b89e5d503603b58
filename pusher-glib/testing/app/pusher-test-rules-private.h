/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "protocol/pusher-secretbox-private.h"

G_BEGIN_DECLS

/* What new rules say */
#define PUSHER_TEST_DEFAULT_MAX_EVENT_SIZE (10 * 1024)
#define PUSHER_TEST_DEFAULT_MASTER_KEY "dGVzdC1tYXN0ZXIta2V5LXRlc3QtbWFzdGVyLWtleS4="

/* What the test has set for all apps of one server and their clients. */
typedef struct
{
  PusherSecretboxKey master_key; /* of encrypted channels */
  guint max_event_size;          /* bytes, of the REST interface; 0 for any number */
  gboolean client_events;
  guint client_event_rate;       /* events a second of one client; 0 for any number */
  gboolean subscription_counts;
  gboolean hold_answers;         /* to subscriptions */
  gboolean quiet;                /* clients are not told which others leave: all do */
  GHashTable *failures;          /* channel → data of a pusher:subscription_error, once */
} PusherTestRules;

PusherTestRules *pusher_test_rules_new   (void);
PusherTestRules *pusher_test_rules_ref   (PusherTestRules *self);
void             pusher_test_rules_unref (PusherTestRules *self);

char *pusher_test_subscription_error_data (const char *type,
                                           const char *message,
                                           guint       status);

G_END_DECLS
