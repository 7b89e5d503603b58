/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Client events: what a channel sends. */

#include "config.h"

#include "pusher-channel-outbox-private.h"

#include "base/pusher-error.h"
#include "base/pusher-loggable-private.h"
#include "json/pusher-json-validator-private.h"
#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-channel-name-private.h"

#include <glib/gi18n-lib.h>

/* Whether the channel will be subscribed, as far as is known. */
static gboolean
is_expected (PusherChannel *self)
{
  return self->state == PUSHER_CHANNEL_STATE_PENDING ||
         (self->state == PUSHER_CHANNEL_STATE_FAILED && self->admission.may_pass);
}

static gboolean
check_channel (PusherChannel *self,
               GError       **error)
{
  if (pusher_channel_get_kind (self) == PUSHER_CHANNEL_KIND_ENCRYPTED)
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_NOT_SUPPORTED,
                   _("There are no client events on encrypted channels such as “%s”"), self->name);
      return FALSE;
    }

  if (self->state != PUSHER_CHANNEL_STATE_SUBSCRIBED &&
      !(pusher_channel_keeps_events (self) && is_expected (self)))
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_STATE,
                   _("Channel “%s” is not subscribed"), self->name);
      return FALSE;
    }

  return TRUE;
}

/* Servers close the connection, or complain, above their limit. */
static gboolean
check_size (PusherChannel *self,
            const char    *text,
            GError       **error)
{
  guint64 max_size = pusher_connection_get_settings (self->host->connection)->max_event_size;
  gsize size = strlen (text);

  if (size <= max_size || max_size == 0)
    return TRUE;

  g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA,
               g_dngettext (GETTEXT_PACKAGE,
                            "The message of the client event has %zu byte, and may have %zu",
                            "The message of the client event has %zu bytes, and may have %zu",
                            size),
               size, (gsize) max_size);
  return FALSE;
}

static gboolean
send (PusherChannel *self,
      const char    *event,
      const char    *text,
      GError       **error)
{
  if (!pusher_channel_send_event (self, text, FALSE, error))
    return FALSE;

  if (self->host->logs)
    {
      g_autofree char *name = pusher_loggable_name (event);

      g_debug ("Channel “%s”: %s was sent", self->name, name);
    }

  return TRUE;
}

/* Sends an event, or keeps it: after those that wait, and where it cannot be sent now. */
static gboolean
trigger (PusherChannel *self,
         const char    *event,
         const char    *data_json,
         GError       **error)
{
  g_autofree char *text = NULL;

  if (!pusher_client_event_name_check (event, error) ||
      !check_channel (self, error) ||
      (data_json != NULL && !pusher_json_validate (data_json, -1, error)))
    return FALSE;

  text = pusher_message_encode (event, self->name, data_json);
  if (!check_size (self, text, error))
    return FALSE;

  if (self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED && !pusher_channel_has_kept_events (self))
    {
      if (!pusher_channel_keeps_events (self))
        return send (self, event, text, error);
      if (send (self, event, text, NULL))
        return TRUE;
    }

  return pusher_channel_keep_event (self, event, data_json, error);
}

static void
log_refusal (PusherChannel *self,
             const char    *event,
             const GError  *error)
{
  g_autofree char *name = pusher_loggable_name (event != NULL ? event : "");
  g_autofree char *kind = pusher_loggable (error);

  g_debug ("Channel “%s”: %s was not sent: %s", self->name, name, kind);
}

/**
 * pusher_channel_trigger:
 * @self: a channel that is not encrypted
 * @event: the name of the event, which begins with `client-`
 * @data_json: (nullable): the data, as JSON text, or %NULL
 * @error: return location for an error
 *
 * Sends a client event to the other subscribers of the channel. The server must
 * be set up to allow that; it does not send the event back. Some servers allow it
 * on public channels, others only on private and presence channels.
 *
 * While the channel is not subscribed, but going to be, the event is kept if
 * [property@Pusher.Channel:outbox-size] says so, and sent later.
 *
 * That it was sent does not mean that the server passed it on: what a server
 * refuses, 10 events a second for one thing, comes as
 * [signal@Pusher.Channel::error].
 *
 * Errors are %PUSHER_ERROR_INVALID_NAME, %PUSHER_ERROR_INVALID_DATA, also for a
 * message above [property@Pusher.Client:max-event-size],
 * %PUSHER_ERROR_NOT_SUPPORTED on encrypted channels,
 * %PUSHER_ERROR_INVALID_STATE if the channel is not subscribed, %PUSHER_ERROR_BUSY
 * while 16 MiB wait because the server does not read them, and
 * %PUSHER_ERROR_CONNECTION_LOST. Where events are kept, the last two are not errors;
 * %PUSHER_ERROR_BUSY is, if there is no room for another one.
 *
 * Returns: whether it was sent, or kept
 *
 * Since: 1.0
 */
gboolean
pusher_channel_trigger (PusherChannel *self,
                        const char    *event,
                        const char    *data_json,
                        GError       **error)
{
  g_autoptr (PusherChannel) held_self G_GNUC_UNUSED = NULL;
  g_autoptr (GError) refusal = NULL;
  gboolean taken;

  g_return_val_if_fail (PUSHER_IS_CHANNEL (self), FALSE);
  pusher_host_check_thread (self->host);

  held_self = g_object_ref (self);
  taken = trigger (self, event, data_json, &refusal);
  if (!taken && self->host != NULL && self->host->logs)
    log_refusal (self, event, refusal);
  if (refusal != NULL)
    g_propagate_error (error, g_steal_pointer (&refusal));
  pusher_channel_tell (self);

  return taken;
}

/**
 * pusher_channel_trigger_node:
 * @self: a channel that is not encrypted
 * @event: the name of the event, which begins with `client-`
 * @node: the data
 * @error: return location for an error
 *
 * Sends a client event, as [method@Pusher.Channel.trigger] does.
 *
 * Returns: whether it was sent, or kept
 *
 * Since: 1.0
 */
gboolean
pusher_channel_trigger_node (PusherChannel *self,
                             const char    *event,
                             JsonNode      *node,
                             GError       **error)
{
  g_autofree char *data_json = NULL;

  g_return_val_if_fail (PUSHER_IS_CHANNEL (self), FALSE);
  g_return_val_if_fail (node != NULL, FALSE);
  pusher_host_check_thread (self->host);

  data_json = pusher_json_write (node);

  return pusher_channel_trigger (self, event, data_json, error);
}

/**
 * pusher_channel_trigger_variant:
 * @self: a channel that is not encrypted
 * @event: the name of the event, which begins with `client-`
 * @variant: the data; a floating reference is taken over
 * @error: return location for an error
 *
 * Sends a client event, as [method@Pusher.Channel.trigger] does. A dictionary
 * with strings as its keys becomes an object, other containers become arrays.
 *
 * Returns: whether it was sent, or kept
 *
 * Since: 1.0
 */
gboolean
pusher_channel_trigger_variant (PusherChannel *self,
                                const char    *event,
                                GVariant      *variant,
                                GError       **error)
{
  g_autoptr (GVariant) held_variant = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (PUSHER_IS_CHANNEL (self), FALSE);
  g_return_val_if_fail (variant != NULL, FALSE);
  pusher_host_check_thread (self->host);

  held_variant = g_variant_ref_sink (variant);
  node = json_gvariant_serialize (held_variant);

  return pusher_channel_trigger_node (self, event, node, error);
}
