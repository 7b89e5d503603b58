/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "chat-room.h"

#include "chat-message.h"

#include <glib/gi18n.h>

/* How much of what was said before is shown at first */
#define N_EARLIER_MESSAGES 50

struct _ChatRoom
{
  GObject parent_instance;

  char *user_id;
  char *user_name;
  PusherClient *client;
  PusherPresenceChannel *channel;
  GListStore *messages; /* of ChatMessage */
  GHashTable *shown_ids;
  GPtrArray *early_ids; /* of messages of us at the end: what was missed comes before them */
  gint64 gap;           /* how long the last one was; 0 if there was none */
  ChatTypists *typists;
  gint64 typing_until; /* what the others believe of us; 0 if we are not typing */
};

G_DEFINE_FINAL_TYPE (ChatRoom, chat_room, G_TYPE_OBJECT)

static void
add_message (ChatRoom       *self,
             ChatMessageKind kind,
             const char     *author,
             const char     *text,
             GDateTime      *time)
{
  g_autoptr (ChatMessage) message = chat_message_new (kind, author, text, time);
  guint n_messages = g_list_model_get_n_items (G_LIST_MODEL (self->messages));
  guint n_behind = kind != CHAT_MESSAGE_OWN ? self->early_ids->len : 0;

  g_list_store_insert (self->messages, n_messages - n_behind, message);
}

static void
add_notice (ChatRoom   *self,
            const char *text)
{
  add_message (self, CHAT_MESSAGE_NOTICE, NULL, text, NULL);
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

/* Of what was missed there may be nobody to vouch: it comes from a store, or the author
 * has left. */
static char *
dup_author (ChatRoom    *self,
            PusherEvent *event)
{
  char *author = dup_sender_name (self, event);

  if (author == NULL && pusher_channel_get_catching_up (PUSHER_CHANNEL (self->channel)))
    lookup (event, "name", "s", &author);

  return author;
}

/* Returns: (nullable): when it was said, if it was missed and says so */
static GDateTime *
read_time (ChatRoom    *self,
           PusherEvent *event)
{
  g_autofree char *time = NULL;

  if (!pusher_channel_get_catching_up (PUSHER_CHANNEL (self->channel)) ||
      !lookup (event, "time", "s", &time))
    return NULL;

  return g_date_time_new_from_iso8601 (time, NULL);
}

/* The store has our own messages, too: what it has after one of them was said later. */
static gboolean
is_shown (ChatRoom    *self,
          PusherEvent *event)
{
  g_autofree char *id = NULL;
  guint i;

  if (!lookup (event, "id", "s", &id))
    return FALSE;

  if (g_ptr_array_find_with_equal_func (self->early_ids, id, g_str_equal, &i))
    g_ptr_array_remove_range (self->early_ids, 0, i + 1);

  return !g_hash_table_add (self->shown_ids, g_steal_pointer (&id));
}

static void
message_cb (PusherChannel *channel,
            PusherEvent   *event,
            ChatRoom      *self)
{
  g_autofree char *author = dup_author (self, event);
  g_autoptr (GDateTime) time = read_time (self, event);
  g_autofree char *text = NULL;

  if (author == NULL || !lookup (event, "text", "s", &text) || is_shown (self, event))
    return;

  if (pusher_event_get_user_id (event) != NULL)
    chat_typists_remove (self->typists, pusher_event_get_user_id (event));
  add_message (self, CHAT_MESSAGE_OTHERS, author, text, time);
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

  add_notice (self, text);
}

static void
member_removed_cb (PusherPresenceChannel *channel,
                   PusherMember          *member,
                   ChatRoom              *self)
{
  g_autofree char *text = g_strdup_printf (_("%s has left"), pusher_member_get_name (member));

  chat_typists_remove (self->typists, pusher_member_get_id (member));
  add_notice (self, text);
}

static void
add_gap_notice (ChatRoom *self)
{
  g_autofree char *text =
    g_strdup_printf (_("Back after %.0f s: messages of that time are missing"),
                     (double) self->gap / G_USEC_PER_SEC);

  add_notice (self, text);
}

static void
gap_cb (PusherChannel *channel,
        gint64         duration,
        ChatRoom      *self)
{
  self->gap = duration;
  if (pusher_channel_get_backfill (channel) == NULL)
    add_gap_notice (self);
}

static void
lost_cb (PusherChannel *channel,
         GError        *error,
         ChatRoom      *self)
{
  g_autofree char *text = g_strdup_printf (_("Earlier messages are missing: %s"), error->message);

  if (self->gap != 0)
    add_gap_notice (self);
  else
    add_notice (self, text);
}

static void
caught_up_cb (PusherChannel *channel,
              guint64        n_events,
              ChatRoom      *self)
{
  g_ptr_array_set_size (self->early_ids, 0);
}

static void
subscription_error_cb (PusherChannel *channel,
                       GError        *error,
                       ChatRoom      *self)
{
  g_autofree char *text = g_strdup_printf (_("You cannot join: %s"), error->message);

  add_notice (self, text);
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
  g_clear_pointer (&self->shown_ids, g_hash_table_unref);
  g_clear_pointer (&self->early_ids, g_ptr_array_unref);
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
  self->channel = PUSHER_PRESENCE_CHANNEL (
    g_object_ref (pusher_client_subscribe (self->client, CHAT_ROOM_CHANNEL, NULL)));
  self->messages = g_list_store_new (CHAT_TYPE_MESSAGE);
  self->shown_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->early_ids = g_ptr_array_new_with_free_func (g_free);
  self->typists = chat_typists_new ();

  g_object_connect (self->channel,
                    "object-signal::event::client-message", message_cb, self,
                    "object-signal::event::client-typing", typing_cb, self,
                    "object-signal::member-added", member_added_cb, self,
                    "object-signal::member-removed", member_removed_cb, self,
                    "object-signal::gap", gap_cb, self,
                    "object-signal::lost", lost_cb, self,
                    "object-signal::caught-up", caught_up_cb, self,
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

/* Where the room is in one store says nothing to another.
 *
 * url: of the store, or "" if there is none */
static void
set_history (ChatRoom   *self,
             const char *url)
{
  PusherChannel *channel = PUSHER_CHANNEL (self->channel);
  PusherBackfill *before = pusher_channel_get_backfill (channel);
  const char *url_before =
    before != NULL ? pusher_http_backfill_get_url (PUSHER_HTTP_BACKFILL (before)) : "";
  g_autoptr (PusherHttpBackfill) backfill = NULL;

  if (g_str_equal (url, url_before))
    return;

  pusher_channel_set_backfill (channel, NULL);
  pusher_channel_set_position (channel, NULL);
  self->gap = 0;
  g_ptr_array_set_size (self->early_ids, 0);
  if (*url == '\0')
    return;

  backfill = pusher_http_backfill_new (url);
  pusher_backfill_set_client_events (PUSHER_BACKFILL (backfill), TRUE);
  pusher_backfill_set_initial_count (PUSHER_BACKFILL (backfill), N_EARLIER_MESSAGES);
  pusher_channel_set_backfill (channel, PUSHER_BACKFILL (backfill));
}

/* Enters the room at the server of the settings, and leaves the one before. */
gboolean
chat_room_open (ChatRoom     *self,
                ChatSettings *settings,
                GError      **error)
{
  g_autofree char *history = NULL;

  if (!chat_settings_apply (settings, self->client, self->user_id, self->user_name, error))
    return FALSE;

  g_object_get (settings, "history", &history, NULL);
  set_history (self, history);

  return TRUE;
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
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format_iso8601 (now);
  g_autofree char *id = g_uuid_string_random ();
  GVariant *data =
    g_variant_new_parsed ("{'id': <%s>, 'name': <%s>, 'text': <%s>, 'time': <%s>}",
                          id, self->user_name, text, time);

  if (!pusher_channel_trigger_variant (PUSHER_CHANNEL (self->channel), "client-message", data,
                                       error))
    return FALSE;

  self->typing_until = 0;
  /* What is said while the room catches up is said after what was missed. */
  if (pusher_channel_get_catching_up (PUSHER_CHANNEL (self->channel)))
    g_ptr_array_add (self->early_ids, g_strdup (id));
  g_hash_table_add (self->shown_ids, g_steal_pointer (&id));
  /* Translators: the author of a message, above it */
  add_message (self, CHAT_MESSAGE_OWN, _("You"), text, NULL);

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
