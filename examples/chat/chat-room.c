/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "chat-room.h"

#include "chat-message.h"

#include <glib/gi18n.h>

#define CHANNEL "presence-chat"

struct _ChatRoom
{
  GObject parent_instance;

  char *user_id;
  char *user_name;
  PusherClient *client;
  PusherPresenceChannel *channel;
  GListStore *messages; /* of ChatMessage */
  ChatTypists *typists;
  gint64 typing_until; /* what the others believe of us; 0 if we are not typing */
};

G_DEFINE_FINAL_TYPE (ChatRoom, chat_room, G_TYPE_OBJECT)

static void
add_message (ChatRoom       *self,
             ChatMessageKind kind,
             const char     *author,
             const char     *text)
{
  g_autoptr (ChatMessage) message = chat_message_new (kind, author, text);

  g_list_store_append (self->messages, message);
}

/* --- What the others do -------------------------------------------------- */

/* The server vouches for the id of who sent a client event; the rest is what
 * they say. */
static char *
dup_sender_name (ChatRoom    *self,
                 PusherEvent *event)
{
  const char *id = pusher_event_get_user_id (event);
  PusherMember *member = id != NULL ? pusher_presence_channel_get_member (self->channel, id) : NULL;

  return member != NULL ? g_strdup (pusher_member_get_name (member)) : NULL;
}

static gboolean
lookup (PusherEvent *event,
        const char  *field,
        const char  *format,
        gpointer     value)
{
  GVariant *data = pusher_event_get_variant (event);

  return data != NULL && g_variant_is_of_type (data, G_VARIANT_TYPE_VARDICT) &&
         g_variant_lookup (data, field, format, value);
}

static void
message_cb (PusherChannel *channel,
            PusherEvent   *event,
            ChatRoom      *self)
{
  g_autofree char *sender = dup_sender_name (self, event);
  g_autofree char *text = NULL;

  if (sender == NULL || !lookup (event, "text", "s", &text))
    return;

  chat_typists_remove (self->typists, pusher_event_get_user_id (event));
  add_message (self, CHAT_MESSAGE_OTHERS, sender, text);
}

static void
typing_cb (PusherChannel *channel,
           PusherEvent   *event,
           ChatRoom      *self)
{
  g_autofree char *sender = dup_sender_name (self, event);
  gboolean typing;

  if (sender == NULL || !lookup (event, "typing", "b", &typing))
    return;

  if (typing)
    chat_typists_add (self->typists, pusher_event_get_user_id (event), sender);
  else
    chat_typists_remove (self->typists, pusher_event_get_user_id (event));
}

static void
member_added_cb (PusherPresenceChannel *channel,
                 PusherMember          *member,
                 ChatRoom              *self)
{
  g_autofree char *text = g_strdup_printf (_("%s has joined"), pusher_member_get_name (member));

  add_message (self, CHAT_MESSAGE_NOTICE, NULL, text);
}

static void
member_removed_cb (PusherPresenceChannel *channel,
                   PusherMember          *member,
                   ChatRoom              *self)
{
  g_autofree char *text = g_strdup_printf (_("%s has left"), pusher_member_get_name (member));

  chat_typists_remove (self->typists, pusher_member_get_id (member));
  add_message (self, CHAT_MESSAGE_NOTICE, NULL, text);
}

static void
gap_cb (PusherChannel *channel,
        gint64         duration,
        ChatRoom      *self)
{
  g_autofree char *text =
    g_strdup_printf (_("Back after %.0f s: messages of that time are missing"),
                     (double) duration / G_USEC_PER_SEC);

  add_message (self, CHAT_MESSAGE_NOTICE, NULL, text);
}

static void
subscription_error_cb (PusherChannel *channel,
                       GError        *error,
                       ChatRoom      *self)
{
  g_autofree char *text = g_strdup_printf (_("You cannot join: %s"), error->message);

  add_message (self, CHAT_MESSAGE_NOTICE, NULL, text);
}

static void
state_changed_cb (PusherChannel *channel,
                  GParamSpec    *pspec,
                  ChatRoom      *self)
{
  if (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED)
    return;

  chat_typists_clear (self->typists);
  self->typing_until = 0;
}

/* --- The object ---------------------------------------------------------- */

static void
chat_room_finalize (GObject *object)
{
  ChatRoom *self = CHAT_ROOM (object);

  g_clear_object (&self->client);
  g_clear_object (&self->channel);
  g_clear_object (&self->messages);
  g_clear_object (&self->typists);
  g_free (self->user_id);
  g_free (self->user_name);

  G_OBJECT_CLASS (chat_room_parent_class)->finalize (object);
}

static void
chat_room_class_init (ChatRoomClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chat_room_finalize;
}

static void
chat_room_init (ChatRoom *self)
{
  self->user_id = g_uuid_string_random ();
  self->client = g_object_new (PUSHER_TYPE_CLIENT, NULL);
  self->channel =
    PUSHER_PRESENCE_CHANNEL (g_object_ref (pusher_client_subscribe (self->client, CHANNEL, NULL)));
  self->messages = g_list_store_new (CHAT_TYPE_MESSAGE);
  self->typists = chat_typists_new ();

  g_object_connect (self->channel,
                    "object-signal::event::client-message", message_cb, self,
                    "object-signal::event::client-typing", typing_cb, self,
                    "object-signal::member-added", member_added_cb, self,
                    "object-signal::member-removed", member_removed_cb, self,
                    "object-signal::gap", gap_cb, self,
                    "object-signal::subscription-error", subscription_error_cb, self,
                    "object-signal::notify::state", state_changed_cb, self,
                    NULL);
}

ChatRoom *
chat_room_new (const char *user_name)
{
  ChatRoom *self = g_object_new (CHAT_TYPE_ROOM, NULL);

  self->user_name = g_strdup (user_name);

  return self;
}

/* Enters the room at the server of the settings, and leaves the one before. */
gboolean
chat_room_open (ChatRoom     *self,
                ChatSettings *settings,
                GError      **error)
{
  return chat_settings_apply (settings, self->client, self->user_id, self->user_name, error);
}

void
chat_room_leave (ChatRoom *self)
{
  pusher_client_close (self->client);
}

const char *
chat_room_get_user_name (ChatRoom *self)
{
  return self->user_name;
}

PusherClient *
chat_room_get_client (ChatRoom *self)
{
  return self->client;
}

PusherPresenceChannel *
chat_room_get_channel (ChatRoom *self)
{
  return self->channel;
}

GListModel *
chat_room_get_messages (ChatRoom *self)
{
  return G_LIST_MODEL (self->messages);
}

ChatTypists *
chat_room_get_typists (ChatRoom *self)
{
  return self->typists;
}

/* --- What we do ---------------------------------------------------------- */

/* The server does not send a client event back to who sent it. */
gboolean
chat_room_send (ChatRoom   *self,
                const char *text,
                GError    **error)
{
  GVariant *data = g_variant_new_parsed ("{'text': <%s>}", text);

  if (!pusher_channel_trigger_variant (PUSHER_CHANNEL (self->channel), "client-message", data,
                                       error))
    return FALSE;

  self->typing_until = 0;
  /* Translators: the author of a message, above it */
  add_message (self, CHAT_MESSAGE_OWN, _("You"), text);

  return TRUE;
}

/* Call it with each key; it does not tell the others that often. */
void
chat_room_set_typing (ChatRoom *self,
                      gboolean  typing)
{
  gint64 now = g_get_monotonic_time ();
  GVariant *data;

  if (typing ? now < self->typing_until : self->typing_until == 0)
    return;

  /* Nothing is lost if this fails. */
  data = g_variant_new_parsed ("{'typing': <%b>}", typing);
  if (pusher_channel_trigger_variant (PUSHER_CHANNEL (self->channel), "client-typing", data, NULL))
    self->typing_until = typing ? now + CHAT_TYPISTS_INTERVAL * G_TIME_SPAN_SECOND : 0;
}
