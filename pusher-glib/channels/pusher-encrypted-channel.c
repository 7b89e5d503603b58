/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-encrypted-channel.h"

#include "base/pusher-error.h"
#include "base/pusher-printable-private.h"
#include "event/pusher-event-private.h"
#include "protocol/pusher-backoff-private.h"
#include "protocol/pusher-secretbox-private.h"
#include "pusher-channel-private.h"

#include <glib/gi18n-lib.h>

/* While an authorizer does not answer */
#define MAX_WAITING_BYTES (16 * 1024 * 1024)
#define MAX_WAITING_EVENTS 10000

/**
 * PusherEncryptedChannel:
 *
 * A channel whose events the server cannot read. Its name begins with
 * `private-encrypted-`.
 *
 * There is nothing special to do: events arrive decrypted. The key comes with
 * the authorization. When an event does not fit the key, the client asks the
 * authorizer for a new one; the events of this channel wait for it, in order,
 * and those of other channels do not. An event that does not fit the new key
 * either, or for which there is no room because 10,000 events or 16 MiB wait
 * already, is dropped, and told by [signal@Pusher.Channel::error] with
 * %PUSHER_ERROR_DECRYPTION. After a second new key of no use the client does not ask
 * for another one for half a second, and up to half a minute if that goes on: what does
 * not fit the key in that time is dropped too.
 *
 * Names of events, and events whose names begin with `pusher:`, are not
 * encrypted. There are no client events.
 *
 * Since: 1.0
 */
struct _PusherEncryptedChannel
{
  PusherChannel parent_instance;

  PusherSecretboxKey key;
  PusherSecretboxKey previous_key; /* of events that wait for the new one */
  gboolean has_key;
  gboolean has_previous_key;

  GQueue waiting; /* of PusherMessage, for a new key */
  gsize n_waiting_bytes;
  PusherAuthorizationRequest *refresh;
  guint n_vain_refreshes; /* one after another */
  gint64 refresh_at;      /* not before that time */
};

struct _PusherEncryptedChannelClass
{
  PusherChannelClass parent_class;
};

G_DEFINE_FINAL_TYPE (PusherEncryptedChannel, pusher_encrypted_channel, PUSHER_TYPE_CHANNEL)

static void
wipe_keys (PusherEncryptedChannel *self)
{
  pusher_secretbox_key_wipe (&self->key);
  pusher_secretbox_key_wipe (&self->previous_key);
  self->has_key = FALSE;
  self->has_previous_key = FALSE;
}

static void
message_free (gpointer message)
{
  pusher_message_clear (message);
  g_free (message);
}

static gboolean
take_key (PusherEncryptedChannel    *self,
          const PusherAuthorization *authorization)
{
  PusherSecretboxKey key;

  if (authorization->shared_secret == NULL ||
      !pusher_secretbox_key_decode (&key, authorization->shared_secret))
    return FALSE;

  self->previous_key = self->key;
  self->has_previous_key = self->has_key;
  self->key = key;
  self->has_key = TRUE;
  pusher_secretbox_key_wipe (&key);

  return TRUE;
}

/* --- Opening ------------------------------------------------------------- */

static PusherSecretboxResult
open_message (PusherEncryptedChannel *self,
              const PusherMessage    *message,
              char                  **plaintext)
{
  PusherSecretboxResult result = PUSHER_SECRETBOX_WRONG_KEY;

  if (self->has_key)
    result = pusher_secretbox_open (&self->key, message->data, message->data_length, plaintext);
  if (result == PUSHER_SECRETBOX_WRONG_KEY && self->has_previous_key)
    result = pusher_secretbox_open (&self->previous_key, message->data, message->data_length,
                                    plaintext);

  return result;
}

static void
emit_plain (PusherEncryptedChannel *self,
            const PusherMessage    *message,
            const char             *plaintext)
{
  g_autoptr (PusherEvent) event =
    pusher_event_new (message->event, message->channel, plaintext, message->user_id);

  pusher_channel_emit_event (PUSHER_CHANNEL (self), event);
}

/* Takes over error. */
static void
drop (PusherEncryptedChannel *self,
      GError                 *error)
{
  pusher_connection_count_dropped (PUSHER_CHANNEL (self)->host->connection);
  pusher_channel_emit_error (PUSHER_CHANNEL (self), error);
  g_error_free (error);
}

static void
drop_unopened (PusherEncryptedChannel *self,
               const PusherMessage    *message,
               PusherSecretboxResult   result)
{
  g_autofree char *event = pusher_printable (message->event, PUSHER_PRINTABLE_MAX);

  drop (self,
        g_error_new (PUSHER_ERROR, PUSHER_ERROR_DECRYPTION,
                     result == PUSHER_SECRETBOX_WRONG_KEY
                       ? _("Event “%s” on channel “%s” cannot be decrypted with the key of the "
                           "channel")
                       : _("Event “%s” on channel “%s” is not encrypted text"),
                     event, message->channel));
}

/* --- Waiting for a key --------------------------------------------------- */

static gsize
get_size (const PusherMessage *message)
{
  return strlen (message->event) + message->data_length +
         (message->user_id != NULL ? strlen (message->user_id) : 0);
}

/* What is held is a copy: the text that the message lies in may be much larger. */
static void
wait_for_key (PusherEncryptedChannel *self,
              const PusherMessage    *message)
{
  gsize size = get_size (message);
  PusherMessage *held;

  if (g_queue_get_length (&self->waiting) >= MAX_WAITING_EVENTS ||
      size > MAX_WAITING_BYTES - self->n_waiting_bytes)
    {
      g_autofree char *event = pusher_printable (message->event, PUSHER_PRINTABLE_MAX);

      drop (self,
            g_error_new (PUSHER_ERROR, PUSHER_ERROR_DECRYPTION,
                         _("Event “%s” on channel “%s” came while too many others waited for a "
                           "key"),
                         event, message->channel));
      return;
    }

  held = g_new (PusherMessage, 1);
  pusher_message_init (held, message->event, message->channel, message->data,
                       (gssize) message->data_length, message->user_id);
  g_queue_push_tail (&self->waiting, held);
  self->n_waiting_bytes += size;
}

static PusherMessage *
pop_waiting (PusherEncryptedChannel *self)
{
  PusherMessage *message = g_queue_pop_head (&self->waiting);

  if (message != NULL)
    self->n_waiting_bytes -= get_size (message);

  return message;
}

static void
clear_waiting (PusherEncryptedChannel *self)
{
  g_queue_clear_full (&self->waiting, message_free);
  self->n_waiting_bytes = 0;
}

/* A handler may end the subscription, which empties the queue, or start a new
 * one, which waits for a key again. */
static void
flush_waiting (PusherEncryptedChannel *self)
{
  PusherMessage *message;

  while (self->refresh == NULL && (message = pop_waiting (self)) != NULL)
    {
      g_autofree char *plaintext = NULL;
      PusherSecretboxResult result = open_message (self, message, &plaintext);

      if (result == PUSHER_SECRETBOX_OPENED)
        emit_plain (self, message, plaintext);
      else
        drop_unopened (self, message, result);
      message_free (message);
    }

  if (g_queue_is_empty (&self->waiting))
    {
      pusher_secretbox_key_wipe (&self->previous_key);
      self->has_previous_key = FALSE;
    }
}

static GError *
new_no_key_error (PusherChannel *channel)
{
  return g_error_new (PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                      _("The authorization for “%s” has no “shared_secret”"), channel->name);
}

/* Endpoints are not asked for a key for each event that has a wrong one. */
static void
note_refresh (PusherEncryptedChannel *self)
{
  gint64 now = pusher_connection_get_now (PUSHER_CHANNEL (self)->host->connection);
  const PusherMessage *first = g_queue_peek_head (&self->waiting);
  g_autofree char *plaintext = NULL;

  if (first != NULL && open_message (self, first, &plaintext) == PUSHER_SECRETBOX_OPENED)
    {
      self->n_vain_refreshes = 0;
      return;
    }

  if (self->n_vain_refreshes > 0)
    self->refresh_at = now + pusher_backoff_delay (self->n_vain_refreshes - 1, 1, 0);
  self->n_vain_refreshes++;
}

static void
refresh_done (gpointer                   user_data,
              const PusherAuthorization *authorization,
              const GError              *error,
              gboolean                   may_pass)
{
  PusherEncryptedChannel *self = user_data;
  g_autoptr (GError) local_error = NULL;

  g_object_ref (self);

  self->refresh = NULL;
  if (authorization != NULL && !take_key (self, authorization))
    local_error = new_no_key_error (PUSHER_CHANNEL (self));
  note_refresh (self);
  if (authorization == NULL || local_error != NULL)
    pusher_channel_emit_error (PUSHER_CHANNEL (self), local_error != NULL ? local_error : error);
  flush_waiting (self);

  g_object_unref (self);
}

static gboolean
may_refresh (PusherEncryptedChannel *self)
{
  PusherChannel *channel = PUSHER_CHANNEL (self);

  return channel->state == PUSHER_CHANNEL_STATE_SUBSCRIBED && channel->host->client != NULL &&
         pusher_connection_get_now (channel->host->connection) >= self->refresh_at;
}

static void
pusher_encrypted_channel_deliver (PusherChannel *channel,
                                  PusherMessage *message)
{
  PusherEncryptedChannel *self = PUSHER_ENCRYPTED_CHANNEL (channel);
  g_autofree char *plaintext = NULL;
  PusherSecretboxResult result;

  if (g_str_has_prefix (message->event, "pusher:"))
    {
      PUSHER_CHANNEL_CLASS (pusher_encrypted_channel_parent_class)->deliver (channel, message);
      return;
    }

  if (self->refresh != NULL || !g_queue_is_empty (&self->waiting))
    {
      wait_for_key (self, message);
      return;
    }

  result = open_message (self, message, &plaintext);
  if (result == PUSHER_SECRETBOX_OPENED)
    {
      emit_plain (self, message, plaintext);
    }
  else if (result == PUSHER_SECRETBOX_WRONG_KEY && may_refresh (self))
    {
      wait_for_key (self, message);
      if (may_refresh (self) && self->refresh == NULL)
        pusher_host_request_authorization (channel->host, channel->name, refresh_done, self,
                                           &self->refresh);
    }
  else
    {
      drop_unopened (self, message, result);
    }
}

/* --- The subscription ---------------------------------------------------- */

static PusherAdmissionVerdict
pusher_encrypted_channel_authorized (PusherChannel             *channel,
                                     const PusherAuthorization *authorization,
                                     GError                   **error)
{
  PusherEncryptedChannel *self = PUSHER_ENCRYPTED_CHANNEL (channel);

  if (take_key (self, authorization))
    {
      self->n_vain_refreshes = 0;
      self->refresh_at = 0;
      return PUSHER_ADMISSION_SEND;
    }

  g_propagate_error (error, new_no_key_error (channel));
  return PUSHER_ADMISSION_REFUSE;
}

static void
pusher_encrypted_channel_succeeded (PusherChannel *channel)
{
  flush_waiting (PUSHER_ENCRYPTED_CHANNEL (channel));
}

/* What waits for a key goes on waiting for the one of the next subscription. */
static void
pusher_encrypted_channel_ended (PusherChannel *channel,
                                gboolean       for_good,
                                GPtrArray     *cancellations)
{
  PusherEncryptedChannel *self = PUSHER_ENCRYPTED_CHANNEL (channel);

  pusher_host_cancel_authorization (&self->refresh, cancellations);
  if (!for_good)
    return;

  clear_waiting (self);
  wipe_keys (self);
}

static void
pusher_encrypted_channel_finalize (GObject *object)
{
  PusherEncryptedChannel *self = PUSHER_ENCRYPTED_CHANNEL (object);

  clear_waiting (self);
  wipe_keys (self);

  G_OBJECT_CLASS (pusher_encrypted_channel_parent_class)->finalize (object);
}

static void
pusher_encrypted_channel_class_init (PusherEncryptedChannelClass *klass)
{
  PusherChannelClass *channel_class = PUSHER_CHANNEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pusher_encrypted_channel_finalize;
  channel_class->authorized = pusher_encrypted_channel_authorized;
  channel_class->succeeded = pusher_encrypted_channel_succeeded;
  channel_class->ended = pusher_encrypted_channel_ended;
  channel_class->deliver = pusher_encrypted_channel_deliver;
}

static void
pusher_encrypted_channel_init (PusherEncryptedChannel *self)
{
}
