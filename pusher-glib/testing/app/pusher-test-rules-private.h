/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the test has set for the clients of all apps of one server. */
typedef struct
{
  gboolean client_events;
  guint client_event_rate; /* events a second of one client; 0 for any number */
  gboolean subscription_counts;
  gboolean hold_answers; /* to subscriptions */
  gboolean quiet;        /* nobody is told who leaves: all do */
  GHashTable *failures;  /* channel → data of a pusher:subscription_error, once */
} PusherTestRules;

PusherTestRules *pusher_test_rules_new   (void);
PusherTestRules *pusher_test_rules_ref   (PusherTestRules *self);
void             pusher_test_rules_unref (PusherTestRules *self);

char *pusher_test_subscription_error_data (const char *type,
                                           const char *message,
                                           guint       status);

G_END_DECLS
