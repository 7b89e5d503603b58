/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "chat-message.h"

#include <glib/gi18n.h>

struct _ChatMessage
{
  GObject parent_instance;

  ChatMessageKind kind;
  char *author; /* NULL of a notice */
  char *text;
  GDateTime *time;
};

G_DEFINE_FINAL_TYPE (ChatMessage, chat_message, G_TYPE_OBJECT)

static void
chat_message_finalize (GObject *object)
{
  ChatMessage *self = CHAT_MESSAGE (object);

  g_free (self->author);
  g_free (self->text);
  g_date_time_unref (self->time);

  G_OBJECT_CLASS (chat_message_parent_class)->finalize (object);
}

static void
chat_message_class_init (ChatMessageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chat_message_finalize;
}

static void
chat_message_init (ChatMessage *self)
{
}

ChatMessage *
chat_message_new (ChatMessageKind kind,
                  const char     *author,
                  const char     *text,
                  GDateTime      *time)
{
  ChatMessage *self = g_object_new (CHAT_TYPE_MESSAGE, NULL);

  self->kind = kind;
  self->author = g_strdup (author);
  self->text = g_strdup (text);
  self->time = time != NULL ? g_date_time_to_local (time) : g_date_time_new_now_local ();

  return self;
}

ChatMessageKind
chat_message_get_kind (ChatMessage *self)
{
  return self->kind;
}

const char *
chat_message_get_author (ChatMessage *self)
{
  return self->author;
}

const char *
chat_message_get_text (ChatMessage *self)
{
  return self->text;
}

/* With the day, if it is not today */
char *
chat_message_dup_time (ChatMessage *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean is_today =
    g_date_time_get_year (self->time) == g_date_time_get_year (now) &&
    g_date_time_get_day_of_year (self->time) == g_date_time_get_day_of_year (now);

  return g_date_time_format (self->time, is_today ? "%H:%M" : "%x %H:%M");
}

char *
chat_message_to_speech (ChatMessage *self)
{
  g_autofree char *time = chat_message_dup_time (self);

  if (self->kind == CHAT_MESSAGE_NOTICE)
    return g_strdup (self->text);

  /* Translators: who says it, what, and at what time; it is read out. */
  return g_strdup_printf (_("%s: %s, %s"), self->author, self->text, time);
}
