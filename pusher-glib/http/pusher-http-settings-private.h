/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-http-post-private.h"

G_BEGIN_DECLS

#define PUSHER_HTTP_DEFAULT_MAX_CONCURRENT 6 /* as web browsers do */
#define PUSHER_HTTP_DEFAULT_TIMEOUT 30
#define PUSHER_HTTP_DEFAULT_MAX_ATTEMPTS 6

typedef struct
{
  char *name;
  char *value;
} PusherHttpParam;

/* What somebody who asks an endpoint has been told: it counts from the next attempt on. */
typedef struct
{
  GObject *owner; /* unowned: it has these settings; what reads them keeps it */
  void (*prepare) (gpointer     owner,
                   gpointer     request,
                   SoupMessage *message);

  char *endpoint;
  SoupSession *session; /* made when it is first needed */
  char *username;
  char *password;
  guint max_concurrent;
  PusherHttpPolicy policy;
  PusherHttpQueue *queue;
  PusherHttpRenewal renewal;
  GPtrArray *headers; /* of PusherHttpParam, like the following, in the order */
  GPtrArray *params;  /* in which they were set */
} PusherHttpSettings;

gboolean     pusher_http_endpoint_check       (const char         *endpoint,
                                               PusherHttpPurpose   purpose,
                                               GError            **error);
void         pusher_http_settings_init        (PusherHttpSettings *self,
                                               PusherHttpPurpose   purpose);
void         pusher_http_settings_clear       (PusherHttpSettings *self);
void         pusher_http_settings_set_header  (PusherHttpSettings *self,
                                               const char         *name,
                                               const char         *value);
void         pusher_http_settings_set_param   (PusherHttpSettings *self,
                                               const char         *name,
                                               const char         *value);
SoupSession *pusher_http_settings_get_session (PusherHttpSettings *self);
SoupMessage *pusher_http_settings_new_message (PusherHttpSettings *self,
                                               const char         *method,
                                               const char         *url,
                                               GError            **error);

G_END_DECLS
