/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-http-private.h"
#include "testing/app/pusher-test-app-private.h"

G_BEGIN_DECLS

/* Seconds that the clock of a backend may be off. */
#define PUSHER_TEST_MAX_CLOCK_SKEW 600

/* What of an HTTP request is signed. */
typedef struct
{
  const char *method;
  const char *path;  /* as requested, still encoded */
  const char *query; /* nullable; still encoded */
  GBytes *body;
} PusherTestRequest;

gboolean pusher_test_signature_check (const PusherTestRequest *request,
                                      PusherTestApp           *app,
                                      gint64                   now,
                                      GError                 **error);

G_END_DECLS
