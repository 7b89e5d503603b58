/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "chat-typists.h"

#include <glib/gi18n.h>

struct _ChatTypists
{
  GObject parent_instance;

  GHashTable *typists; /* id → Typist */
  char *text;
  guint sweep_source;
};

typedef struct
{
  char *name;
  gint64 until;
} Typist;

G_DEFINE_FINAL_TYPE (ChatTypists, chat_typists, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
typist_free (gpointer data)
{
  Typist *self = data;

  g_free (self->name);
  g_free (self);
}

static char *
describe (ChatTypists *self)
{
  g_autoptr (GList) typists = g_hash_table_get_values (self->typists);

  switch (g_hash_table_size (self->typists))
    {
    case 0:
      return g_strdup ("");
    case 1:
      return g_strdup_printf (_("%s is typing…"), ((Typist *) typists->data)->name);
    case 2:
      return g_strdup_printf (_("%s and %s are typing…"), ((Typist *) typists->data)->name,
                              ((Typist *) typists->next->data)->name);
    default:
      return g_strdup (_("Several people are typing…"));
    }
}

static void
update_text (ChatTypists *self)
{
  g_autofree char *text = describe (self);

  if (g_str_equal (text, self->text))
    return;

  g_free (self->text);
  self->text = g_steal_pointer (&text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static gboolean
is_over_cb (gpointer key,
            gpointer value,
            gpointer now)
{
  return ((Typist *) value)->until <= *(gint64 *) now;
}

/* Those who vanished while they were typing. */
static gboolean
sweep_cb (gpointer user_data)
{
  ChatTypists *self = user_data;
  gint64 now = g_get_monotonic_time ();

  g_hash_table_foreach_remove (self->typists, is_over_cb, &now);
  update_text (self);
  if (g_hash_table_size (self->typists) > 0)
    return G_SOURCE_CONTINUE;

  self->sweep_source = 0;

  return G_SOURCE_REMOVE;
}

static void
chat_typists_finalize (GObject *object)
{
  ChatTypists *self = CHAT_TYPISTS (object);

  g_clear_handle_id (&self->sweep_source, g_source_remove);
  g_hash_table_unref (self->typists);
  g_free (self->text);

  G_OBJECT_CLASS (chat_typists_parent_class)->finalize (object);
}

static void
chat_typists_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  g_value_set_string (value, CHAT_TYPISTS (object)->text);
}

static void
chat_typists_class_init (ChatTypistsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = chat_typists_finalize;
  object_class->get_property = chat_typists_get_property;

  /* Such as “Ada is typing…”; empty if nobody is. */
  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, "",
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chat_typists_init (ChatTypists *self)
{
  self->typists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, typist_free);
  self->text = g_strdup ("");
}

ChatTypists *
chat_typists_new (void)
{
  return g_object_new (CHAT_TYPE_TYPISTS, NULL);
}

void
chat_typists_add (ChatTypists *self,
                  const char  *id,
                  const char  *name)
{
  Typist *typist = g_new0 (Typist, 1);

  typist->name = g_strdup (name);
  typist->until = g_get_monotonic_time () + CHAT_TYPISTS_EXPIRY * G_TIME_SPAN_SECOND;
  g_hash_table_replace (self->typists, g_strdup (id), typist);
  if (self->sweep_source == 0)
    self->sweep_source = g_timeout_add_seconds (1, sweep_cb, self);

  update_text (self);
}

void
chat_typists_remove (ChatTypists *self,
                     const char  *id)
{
  if (g_hash_table_remove (self->typists, id))
    update_text (self);
}

void
chat_typists_clear (ChatTypists *self)
{
  g_hash_table_remove_all (self->typists);
  update_text (self);
}

const char *
chat_typists_get_text (ChatTypists *self)
{
  return self->text;
}
