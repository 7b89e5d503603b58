/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-presence-channel.h"

#include "base/pusher-error.h"
#include "base/pusher-hash-private.h"
#include "base/pusher-keyed-list-private.h"
#include "protocol/pusher-presence-messages-private.h"
#include "pusher-channel-private.h"
#include "pusher-member-private.h"

#include <glib/gi18n-lib.h>

/* Lists of members, as large as may be, for which those who come one by one have room */
#define MAX_LISTS 4

/* What the list of the server has in store for ours */
typedef struct
{
  GPtrArray *gone;     /* of PusherMember, like the next two */
  GPtrArray *joined;
  GPtrArray *changed;  /* with notifications frozen */
  gboolean superseded; /* by another list */
} Difference;

/**
 * PusherPresenceChannel:
 *
 * A channel whose members know of each other. Its name begins with `presence-`.
 *
 * [property@Pusher.PresenceChannel:members] is a list that a list view can show
 * as it is. The server's list replaces it at each subscription; what has not
 * changed since the last one stays as it is, so that after a reconnect only real
 * joins and leaves show.
 *
 * Without a connection the members are those who were there last.
 *
 * The authorization says who the client is itself. If it does not, the user who
 * is signed in is meant, and the subscription waits for the sign-in.
 *
 * Since: 1.0
 */
struct _PusherPresenceChannel
{
  PusherChannel parent_instance;

  PusherKeyedList *members;
  char *my_id;       /* as sent last */
  char *next_id;     /* as authorized, until it is sent; nullable */
  PusherMember *me;  /* nullable */
  gboolean complete; /* there was a list of members before */
  gsize joined_size; /* of the members who came one by one */
  Difference *difference; /* by which the list changes at the moment; nullable */
};

struct _PusherPresenceChannelClass
{
  PusherChannelClass parent_class;
};

G_DEFINE_FINAL_TYPE (PusherPresenceChannel, pusher_presence_channel, PUSHER_TYPE_CHANNEL)

enum
{
  PROP_0,
  PROP_MEMBERS,
  PROP_ME,
  N_PROPS
};

enum
{
  MEMBER_ADDED,
  MEMBER_REMOVED,
  MEMBER_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
update_me (PusherPresenceChannel *self)
{
  PusherMember *me =
    self->my_id != NULL ? pusher_keyed_list_lookup (self->members, self->my_id) : NULL;

  if (g_set_object (&self->me, me))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ME]);
}

/* Takes over error. */
static void
complain (PusherPresenceChannel *self,
          GError                *error)
{
  pusher_channel_emit_error (PUSHER_CHANNEL (self), error);
  g_error_free (error);
}

/* --- The list of the server ---------------------------------------------- */

static const char *
get_member_key (gpointer member)
{
  return pusher_member_get_id (member);
}

static void
thaw_notify (gpointer member,
             gpointer user_data)
{
  g_object_thaw_notify (member);
}

static void
find_gone (PusherPresenceChannel *self,
           GPtrArray             *snapshot,
           Difference            *difference)
{
  g_autoptr (GHashTable) present = g_hash_table_new (pusher_str_hash, g_str_equal);
  g_autoptr (GPtrArray) members = pusher_keyed_list_copy (self->members);

  for (guint i = 0; i < snapshot->len; i++)
    g_hash_table_add (present, ((PusherPresenceEntry *) snapshot->pdata[i])->id);
  for (guint i = 0; i < members->len; i++)
    if (!g_hash_table_contains (present, pusher_member_get_id (members->pdata[i])))
      g_ptr_array_add (difference->gone, g_object_ref (members->pdata[i]));
}

static void
find_joined_and_changed (PusherPresenceChannel *self,
                         GPtrArray             *snapshot,
                         Difference            *difference)
{
  for (guint i = 0; i < snapshot->len; i++)
    {
      PusherPresenceEntry *entry = snapshot->pdata[i];
      PusherMember *member = pusher_keyed_list_lookup (self->members, entry->id);

      if (member == NULL)
        {
          g_ptr_array_add (difference->joined, pusher_member_new (entry->id, entry->info));
          continue;
        }

      g_object_freeze_notify (G_OBJECT (member));
      if (pusher_member_set_info (member, entry->info))
        g_ptr_array_add (difference->changed, g_object_ref (member));
      else
        g_object_thaw_notify (G_OBJECT (member));
    }
}

/* A handler may have ended the subscription: then there are no members to tell of. */
static gboolean
is_current (PusherPresenceChannel *self,
            guint                  epoch)
{
  return pusher_channel_is_current (PUSHER_CHANNEL (self), epoch);
}

static gboolean
remove_member (PusherPresenceChannel *self,
               PusherMember          *member)
{
  if (pusher_keyed_list_lookup (self->members, pusher_member_get_id (member)) != member)
    return FALSE;

  pusher_member_charge (member, 0, &self->joined_size, 0);

  return pusher_keyed_list_remove (self->members, pusher_member_get_id (member));
}

/* The list changes step by step, each of which its signal tells. A handler that runs the
 * main loop may let members come and go, or another list come, before we are through. What
 * has not been done in the end is not told. */
static void
change_list (PusherPresenceChannel *self,
             Difference            *difference,
             guint                  epoch)
{
  GPtrArray *gone = difference->gone;
  GPtrArray *joined = difference->joined;
  guint n_gone = 0;

  if (self->difference != NULL)
    self->difference->superseded = TRUE;
  self->difference = difference;
  while (n_gone < gone->len && is_current (self, epoch) && !difference->superseded)
    if (remove_member (self, gone->pdata[n_gone]))
      n_gone++;
    else
      g_ptr_array_remove_index (gone, n_gone);
  if (self->difference == difference)
    self->difference = NULL;
  if (!is_current (self, epoch))
    return;

  if (difference->superseded)
    {
      g_ptr_array_set_size (gone, (int) n_gone);
      g_ptr_array_set_size (joined, 0);
    }
  pusher_keyed_list_add_all (self->members, joined, get_member_key);
}

/* Somebody came whom a list has left out, or went who is about to be added by one. */
static void
correct_difference (PusherPresenceChannel *self,
                    PusherMember          *present,
                    const char            *id)
{
  GPtrArray *joined;

  if (self->difference == NULL)
    return;

  if (present != NULL)
    g_ptr_array_remove (self->difference->gone, present);

  joined = self->difference->joined;
  for (guint i = joined->len; i > 0; i--)
    if (g_str_equal (get_member_key (joined->pdata[i - 1]), id))
      g_ptr_array_remove_index (joined, i - 1);
}

/* A handler that runs the main loop may have let the member come or go meanwhile, and told
 * of that. */
static void
emit_member (PusherPresenceChannel *self,
             guint                  epoch,
             guint                  signal,
             PusherMember          *member)
{
  gboolean present =
    pusher_keyed_list_lookup (self->members, pusher_member_get_id (member)) == member;

  if (present == (signal != MEMBER_REMOVED) && is_current (self, epoch))
    g_signal_emit (self, signals[signal], 0, member);
}

static void
emit_each (PusherPresenceChannel *self,
           guint                  epoch,
           guint                  signal,
           GPtrArray             *members)
{
  for (guint i = 0; i < members->len; i++)
    emit_member (self, epoch, signal, members->pdata[i]);
}

static void
apply_snapshot (PusherPresenceChannel *self,
                GPtrArray             *snapshot,
                guint                  epoch)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) joined = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_object_unref);
  Difference difference = { gone, joined, changed, FALSE };
  gboolean was_complete = self->complete;

  self->complete = TRUE;
  find_gone (self, snapshot, &difference);
  find_joined_and_changed (self, snapshot, &difference);

  change_list (self, &difference, epoch);
  if (is_current (self, epoch))
    update_me (self);
  g_ptr_array_foreach (changed, thaw_notify, NULL);
  if (!was_complete)
    return;

  emit_each (self, epoch, MEMBER_REMOVED, gone);
  emit_each (self, epoch, MEMBER_ADDED, joined);
  emit_each (self, epoch, MEMBER_CHANGED, changed);
}

static void
pusher_presence_channel_succeeding (PusherChannel       *channel,
                                    const PusherMessage *message,
                                    guint                epoch)
{
  g_autoptr (GPtrArray) snapshot = pusher_presence_parse_snapshot (message);

  if (snapshot != NULL)
    apply_snapshot (PUSHER_PRESENCE_CHANNEL (channel), snapshot, epoch);
  else
    complain (PUSHER_PRESENCE_CHANNEL (channel),
              g_error_new (PUSHER_ERROR, PUSHER_ERROR_PROTOCOL,
                           _("The server sent no list of members on channel “%s”"),
                           channel->name));
}

/* --- Joins and leaves ---------------------------------------------------- */

static void
tell_of_member (PusherPresenceChannel *self,
                guint                  epoch,
                guint                  signal,
                PusherMember          *member)
{
  if (g_strcmp0 (self->my_id, pusher_member_get_id (member)) == 0 && is_current (self, epoch))
    update_me (self);
  emit_member (self, epoch, signal, member);
}

/* A list of members has to fit into one message. Those who come one by one take a bit
 * more each, but not for ever. */
static gboolean
has_room (PusherPresenceChannel *self,
          PusherMember          *member,
          PusherMessage         *message)
{
  PusherConnection *connection = PUSHER_CHANNEL (self)->host->connection;
  guint64 max_message_size = pusher_connection_get_settings (connection)->max_message_size;

  return pusher_member_charge (member, message->data_length, &self->joined_size,
                               MIN (max_message_size, G_MAXSIZE / MAX_LISTS) * MAX_LISTS);
}

static void
handle_member_added (PusherPresenceChannel *self,
                     PusherPresenceEntry   *entry,
                     PusherMessage         *message)
{
  PusherMember *present = pusher_keyed_list_lookup (self->members, entry->id);
  guint epoch = PUSHER_CHANNEL (self)->epoch;
  g_autoptr (PusherMember) member =
    present != NULL ? g_object_ref (present) : pusher_member_new (entry->id, entry->info);

  correct_difference (self, present, entry->id);
  if (!has_room (self, member, message))
    {
      complain (self,
                g_error_new (PUSHER_ERROR, PUSHER_ERROR_PROTOCOL,
                             _("The server sent more members than can be kept on channel “%s”"),
                             PUSHER_CHANNEL (self)->name));
      return;
    }

  if (present != NULL)
    {
      if (pusher_member_set_info (member, entry->info))
        emit_member (self, epoch, MEMBER_CHANGED, member);
      return;
    }

  pusher_keyed_list_add (self->members, entry->id, member);
  tell_of_member (self, epoch, MEMBER_ADDED, member);
  if (is_current (self, epoch))
    pusher_channel_emit_message (PUSHER_CHANNEL (self), "pusher:member_added", message);
}

/* A server that says so of the client, whose subscription goes on, speaks of an earlier one:
 * it is the last event of a cache channel. */
static void
handle_member_removed (PusherPresenceChannel *self,
                       PusherPresenceEntry   *entry,
                       PusherMessage         *message)
{
  PusherMember *present = pusher_keyed_list_lookup (self->members, entry->id);
  guint epoch = PUSHER_CHANNEL (self)->epoch;
  g_autoptr (PusherMember) member = present != NULL ? g_object_ref (present) : NULL;

  correct_difference (self, NULL, entry->id);
  if (member == NULL || member == self->me)
    return;

  remove_member (self, member);
  tell_of_member (self, epoch, MEMBER_REMOVED, member);
  if (is_current (self, epoch))
    pusher_channel_emit_message (PUSHER_CHANNEL (self), "pusher:member_removed", message);
}

static gboolean
pusher_presence_channel_handle_internal (PusherChannel *channel,
                                         PusherMessage *message)
{
  PusherPresenceChannel *self = PUSHER_PRESENCE_CHANNEL (channel);
  gboolean added = g_str_equal (message->event, "pusher_internal:member_added");
  g_autoptr (PusherPresenceEntry) entry = NULL;

  if (!added && !g_str_equal (message->event, "pusher_internal:member_removed"))
    return FALSE;

  entry = pusher_presence_parse_member (message);
  if (entry == NULL)
    complain (self,
              g_error_new (PUSHER_ERROR, PUSHER_ERROR_PROTOCOL,
                           _("The server sent a member without a valid id on channel “%s”"),
                           channel->name));
  else if (added)
    handle_member_added (self, entry, message);
  else
    handle_member_removed (self, entry, message);

  return TRUE;
}

/* --- Who the client is --------------------------------------------------- */

/* Takes over id. FALSE if it is NULL. */
static gboolean
set_next_id (PusherPresenceChannel *self,
             char                  *id)
{
  g_free (self->next_id);
  self->next_id = id;

  return id != NULL;
}

static PusherAdmissionVerdict
pusher_presence_channel_authorized (PusherChannel             *channel,
                                    const PusherAuthorization *authorization,
                                    GError                   **error)
{
  PusherPresenceChannel *self = PUSHER_PRESENCE_CHANNEL (channel);
  gboolean pending;

  if (authorization->data != NULL)
    {
      if (set_next_id (self, pusher_presence_parse_user_id (authorization->data)))
        return PUSHER_ADMISSION_SEND;

      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                   _("The channel data for “%s” has no “user_id”"), channel->name);
      return PUSHER_ADMISSION_REFUSE;
    }

  if (set_next_id (self, g_strdup (channel->host->funcs->get_user_id (channel->host->client,
                                                                       &pending))))
    return PUSHER_ADMISSION_SEND;
  if (pending)
    return PUSHER_ADMISSION_HOLD;

  g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
               _("The authorization for “%s” has no channel data, and no user is signed in"),
               channel->name);
  return PUSHER_ADMISSION_REFUSE;
}

static void
pusher_presence_channel_sent (PusherChannel *channel)
{
  PusherPresenceChannel *self = PUSHER_PRESENCE_CHANNEL (channel);

  /* What was not taken is sent again as it was. */
  if (self->next_id != NULL)
    {
      g_free (self->my_id);
      self->my_id = g_steal_pointer (&self->next_id);
    }
}

static void
pusher_presence_channel_ended (PusherChannel *channel,
                               gboolean       for_good,
                               GPtrArray     *cancellations)
{
  PusherPresenceChannel *self = PUSHER_PRESENCE_CHANNEL (channel);

  if (for_good)
    self->complete = FALSE;
}

static void
pusher_presence_channel_tell_ended (PusherChannel *channel)
{
  PusherPresenceChannel *self = PUSHER_PRESENCE_CHANNEL (channel);
  guint epoch = channel->epoch;

  self->joined_size = 0;
  pusher_keyed_list_clear (self->members);
  if (is_current (self, epoch))
    update_me (self);
}

/* --- The object ---------------------------------------------------------- */

static void
pusher_presence_channel_finalize (GObject *object)
{
  PusherPresenceChannel *self = PUSHER_PRESENCE_CHANNEL (object);

  g_clear_object (&self->me);
  g_object_unref (self->members);
  g_free (self->my_id);
  g_free (self->next_id);

  G_OBJECT_CLASS (pusher_presence_channel_parent_class)->finalize (object);
}

static void
pusher_presence_channel_get_property (GObject    *object,
                                      guint       prop_id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  PusherPresenceChannel *self = PUSHER_PRESENCE_CHANNEL (object);

  switch (prop_id)
    {
    case PROP_MEMBERS:
      g_value_set_object (value, self->members);
      break;
    case PROP_ME:
      g_value_set_object (value, self->me);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags =
    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * PusherPresenceChannel:members:
   *
   * The [class@Pusher.Member]s of the channel, the client's own user among them,
   * in the order in which they joined.
   *
   * Since: 1.0
   */
  properties[PROP_MEMBERS] =
    g_param_spec_object ("members", NULL, NULL, G_TYPE_LIST_MODEL, flags);

  /**
   * PusherPresenceChannel:me:
   *
   * The member that is the client's own user, or %NULL before the first
   * subscription.
   *
   * Since: 1.0
   */
  properties[PROP_ME] = g_param_spec_object ("me", NULL, NULL, PUSHER_TYPE_MEMBER, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static guint
new_member_signal (const char *name,
                   GType       type)
{
  return g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                       g_cclosure_marshal_VOID__OBJECT, G_TYPE_NONE, 1, PUSHER_TYPE_MEMBER);
}

static void
pusher_presence_channel_class_init (PusherPresenceChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  PusherChannelClass *channel_class = PUSHER_CHANNEL_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->finalize = pusher_presence_channel_finalize;
  object_class->get_property = pusher_presence_channel_get_property;
  channel_class->authorized = pusher_presence_channel_authorized;
  channel_class->sent = pusher_presence_channel_sent;
  channel_class->succeeding = pusher_presence_channel_succeeding;
  channel_class->ended = pusher_presence_channel_ended;
  channel_class->tell_ended = pusher_presence_channel_tell_ended;
  channel_class->handle_internal = pusher_presence_channel_handle_internal;

  install_properties (object_class);

  /**
   * PusherPresenceChannel::member-added:
   * @self: the channel
   * @member: who joined
   *
   * Emitted when somebody has joined, not for those who were there before.
   *
   * Since: 1.0
   */
  signals[MEMBER_ADDED] = new_member_signal ("member-added", type);

  /**
   * PusherPresenceChannel::member-removed:
   * @self: the channel
   * @member: who left
   *
   * Emitted when somebody has left.
   *
   * Since: 1.0
   */
  signals[MEMBER_REMOVED] = new_member_signal ("member-removed", type);

  /**
   * PusherPresenceChannel::member-changed:
   * @self: the channel
   * @member: whose info is another one
   *
   * Emitted when the [property@Pusher.Member:info] of a member has changed.
   *
   * Since: 1.0
   */
  signals[MEMBER_CHANGED] = new_member_signal ("member-changed", type);
}

static void
pusher_presence_channel_init (PusherPresenceChannel *self)
{
  self->members = pusher_keyed_list_new (PUSHER_TYPE_MEMBER);
}

/**
 * pusher_presence_channel_get_members:
 * @self: a channel
 *
 * Gets the members of the channel.
 *
 * Returns: (transfer none): a list of [class@Pusher.Member], which follows what
 *   happens
 *
 * Since: 1.0
 */
GListModel *
pusher_presence_channel_get_members (PusherPresenceChannel *self)
{
  g_return_val_if_fail (PUSHER_IS_PRESENCE_CHANNEL (self), NULL);

  return G_LIST_MODEL (self->members);
}

/**
 * pusher_presence_channel_get_me:
 * @self: a channel
 *
 * Gets the member that is the client's own user.
 *
 * Returns: (transfer none) (nullable): the member, or %NULL before the first
 *   subscription
 *
 * Since: 1.0
 */
PusherMember *
pusher_presence_channel_get_me (PusherPresenceChannel *self)
{
  g_return_val_if_fail (PUSHER_IS_PRESENCE_CHANNEL (self), NULL);

  return self->me;
}

/**
 * pusher_presence_channel_get_member:
 * @self: a channel
 * @id: the id of a user
 *
 * Gets a member by its id.
 *
 * Returns: (transfer none) (nullable): the member, or %NULL if there is none
 *
 * Since: 1.0
 */
PusherMember *
pusher_presence_channel_get_member (PusherPresenceChannel *self,
                                    const char            *id)
{
  g_return_val_if_fail (PUSHER_IS_PRESENCE_CHANNEL (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return pusher_keyed_list_lookup (self->members, id);
}
