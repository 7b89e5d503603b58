/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-settings-private.h"

#include "protocol/pusher-url-private.h"

void
pusher_settings_init (PusherSettings *self)
{
  *self = (PusherSettings) {
    .use_tls = TRUE,
    .activity_timeout = PUSHER_DEFAULT_ACTIVITY_TIMEOUT,
    .pong_timeout = PUSHER_DEFAULT_PONG_TIMEOUT,
    .unavailable_timeout = PUSHER_DEFAULT_UNAVAILABLE_TIMEOUT,
    .connect_timeout = PUSHER_DEFAULT_CONNECT_TIMEOUT,
    .subscription_timeout = PUSHER_DEFAULT_SUBSCRIPTION_TIMEOUT,
    .max_message_size = PUSHER_DEFAULT_MAX_MESSAGE_SIZE,
    .max_event_size = PUSHER_DEFAULT_MAX_EVENT_SIZE,
  };
}

void
pusher_settings_clear (PusherSettings *self)
{
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->cluster, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->origin, g_free);
  g_clear_object (&self->session);
}

SoupSession *
pusher_settings_get_session (PusherSettings *self)
{
  /* An endpoint may be asked through this session, too: by default libsoup would
   * let it be asked two things at a time. */
  if (self->session == NULL)
    self->session = soup_session_new_with_options ("user-agent", "pusher-glib/" PUSHER_VERSION,
                                                   "max-conns-per-host", 10, NULL);

  return self->session;
}

/* The port is one without TLS if the server had to ask for it. */
static guint
choose_port (PusherSettings *self,
             gboolean        force_tls)
{
  if (!self->use_tls && !force_tls)
    return self->port;
  if (self->tls_port != 0 || !self->use_tls)
    return self->tls_port;

  return self->port;
}

GUri *
pusher_settings_build_uri (PusherSettings *self,
                           gboolean        force_tls,
                           GError        **error)
{
  PusherAddress address = {
    .key = self->key,
    .cluster = self->cluster,
    .host = self->host,
    .port = choose_port (self, force_tls),
    .path = self->path,
    .use_tls = self->use_tls || force_tls,
  };

  if (!pusher_origin_check (self->origin, error))
    return NULL;

  return pusher_address_build_uri (&address, error);
}
