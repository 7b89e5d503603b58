/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one that applications are in which name none; so in pusher-js, too. */
#define PUSHER_DEFAULT_CLUSTER "mt1"

/* Where to connect (protocol, "Connecting"). */
typedef struct
{
  const char *key;
  const char *cluster; /* nullable: PUSHER_DEFAULT_CLUSTER */
  const char *host;    /* nullable: the cluster's; a name or an IP address */
  guint port;          /* 0: 443 with TLS, 80 without */
  const char *path;    /* nullable: a prefix, with or without slashes around */
  gboolean use_tls;
} PusherAddress;

GUri *pusher_address_build_uri (const PusherAddress *address,
                                GError             **error);

char *pusher_uri_get_origin (GUri *uri);

gboolean pusher_origin_check (const char *origin,
                              GError    **error);

G_END_DECLS
