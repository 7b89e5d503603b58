/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-message-private.h"

#include "base/pusher-error.h"
#include "json/pusher-json-parser-private.h"
#include "json/pusher-json-scanner-private.h"
#include "json/pusher-json-writer-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *name;
  const char *quoted;      /* as it is written but for needless escapes */
  gsize quoted_length;
  gsize offset;            /* in PusherMessage, of a const char * */
  const char *beginnings;  /* of the values that it may have; NULL: any */
  const char *complaint;
} Member;

#define NAME(name) name, "\"" name "\"", sizeof name + 1

static const Member members[] = {
  {
    NAME ("event"), G_STRUCT_OFFSET (PusherMessage, event),
    "\"", N_("“event” is not a string"),
  },
  {
    NAME ("data"), G_STRUCT_OFFSET (PusherMessage, data),
    NULL, NULL,
  },
  {
    NAME ("channel"), G_STRUCT_OFFSET (PusherMessage, channel),
    "\"n", N_("“channel” is not a string"),
  },
  {
    NAME ("user_id"), G_STRUCT_OFFSET (PusherMessage, user_id),
    "\"n-0123456789", N_("“user_id” is neither a string nor a number"),
  },
};

static const Member *
find_member (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (strcmp (members[i].name, name) == 0)
      return &members[i];

  return NULL;
}

/* Most names need not be decoded. */
static const Member *
find_member_in_place (PusherJsonScanner *scanner)
{
  gsize available = scanner->end - scanner->cursor;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (available >= members[i].quoted_length && scanner->cursor[1] == *members[i].name &&
        memcmp (scanner->cursor, members[i].quoted, members[i].quoted_length) == 0)
      {
        scanner->cursor += members[i].quoted_length;
        return &members[i];
      }

  return NULL;
}

/* Moves past the member's name. The name is decoded into @room, but not kept. */
static gboolean
take_name (PusherJsonScanner *scanner,
           char              *room,
           const Member     **member,
           GError           **error)
{
  pusher_json_scanner_skip_space (scanner);

  *member = find_member_in_place (scanner);
  if (*member != NULL)
    return TRUE;
  if (pusher_json_scanner_copy_string (scanner, room, error) == NULL)
    return FALSE;

  *member = find_member (room);
  return TRUE;
}

/* Writes the value at the cursor to @room: a string decoded, anything else as
 * its JSON text, and no text for null. Returns where there is room for the next.
 */
static char *
take_value (PusherJsonScanner *scanner,
            char              *room,
            gboolean           may_have_nul,
            const char       **value,
            GError           **error)
{
  const char *start = scanner->cursor;
  gsize length;

  *value = room;
  if (*start == '"')
    return may_have_nul ? pusher_json_scanner_copy_bytes (scanner, room, error)
                        : pusher_json_scanner_copy_string (scanner, room, error);

  if (!pusher_json_scanner_skip_value (scanner, error))
    return NULL;

  if (*start == 'n')
    {
      *value = NULL;
      return room;
    }

  length = scanner->cursor - start;
  memcpy (room, start, length);
  room[length] = '\0';
  return room + length + 1;
}

static char *
take_member (PusherMessage     *message,
             PusherJsonScanner *scanner,
             char              *room,
             GError           **error)
{
  const Member *member;
  const char **value;
  char *end;
  char first;

  if (!take_name (scanner, room, &member, error))
    return NULL;

  if (!pusher_json_scanner_take (scanner, ':'))
    {
      pusher_json_scanner_fail (scanner, error, N_("a colon was expected"));
      return NULL;
    }

  if (member == NULL)
    return pusher_json_scanner_skip_value (scanner, error) ? room : NULL;

  first = pusher_json_scanner_peek (scanner);
  if (first == '\0')
    {
      pusher_json_scanner_fail (scanner, error, N_("a value was expected"));
      return NULL;
    }
  if (member->beginnings != NULL && strchr (member->beginnings, first) == NULL)
    {
      pusher_json_scanner_fail (scanner, error, member->complaint);
      return NULL;
    }

  value = G_STRUCT_MEMBER_P (message, member->offset);
  end = take_value (scanner, room, value == &message->data, value, error);
  if (value == &message->data)
    message->data_length = end != NULL && *value != NULL ? end - *value - 1 : 0;

  return end;
}

static gboolean
take_members (PusherMessage     *message,
              PusherJsonScanner *scanner,
              GError           **error)
{
  char *room = message->storage;

  if (!pusher_json_scanner_take (scanner, '{'))
    return pusher_json_scanner_fail (scanner, error, N_("the message is not an object"));

  if (pusher_json_scanner_take (scanner, '}'))
    return pusher_json_scanner_finish (scanner, error);

  do
    {
      room = take_member (message, scanner, room, error);
      if (room == NULL)
        return FALSE;
    }
  while (pusher_json_scanner_take (scanner, ','));

  if (!pusher_json_scanner_take (scanner, '}'))
    return pusher_json_scanner_fail (scanner, error,
                                     N_("a comma or a closing bracket was expected"));

  return pusher_json_scanner_finish (scanner, error);
}

/*
 * pusher_message_decode:
 * @message: (out): filled with NULL on an error
 * @text: (array length=length): need not be NUL-terminated; not used any more
 *   once this returns
 *
 * Decodes a message that came from the wire. An error has the code
 * %PUSHER_ERROR_PROTOCOL.
 *
 * The last one of members of the same name wins, as in JavaScript, but all must
 * be of a right type. Unknown members are checked and left out.
 */
gboolean
pusher_message_decode (PusherMessage *message,
                       const char    *text,
                       gsize          length,
                       GError       **error)
{
  PusherJsonScanner scanner;

  pusher_json_scanner_init (&scanner, text, length, PUSHER_ERROR_PROTOCOL);

  /* This is room for all: each string is read from at least one byte more than
   * it takes. */
  memset (message, 0, sizeof *message);
  message->storage = g_malloc (length);

  if (!take_members (message, &scanner, error))
    {
      pusher_message_clear (message);
      return FALSE;
    }

  if (message->event == NULL || *message->event == '\0')
    {
      pusher_message_clear (message);
      return pusher_json_scanner_fail (&scanner, error, N_("the message has no “event”"));
    }

  return TRUE;
}

/* The parts come one behind another in the one block that a message owns. */
static const char *
append_part (char      **end,
             const char *text,
             gsize       length)
{
  char *part = *end;

  if (text == NULL)
    return NULL;

  memcpy (part, text, length);
  part[length] = '\0';
  *end += length + 1;

  return part;
}

static gsize
get_length (const char *text)
{
  return text != NULL ? strlen (text) : 0;
}

/* Makes a message that did not come from the server, or not as it is. All but the
 * event may be NULL. data_length may be -1. */
void
pusher_message_init (PusherMessage *message,
                     const char    *event,
                     const char    *channel,
                     const char    *data,
                     gssize         data_length,
                     const char    *user_id)
{
  gsize event_length = get_length (event);
  gsize channel_length = get_length (channel);
  gsize user_id_length = get_length (user_id);
  char *end;

  message->data_length = data_length < 0 ? get_length (data) : (gsize) data_length;
  end = g_malloc (event_length + channel_length + message->data_length + user_id_length + 4);
  message->storage = end;
  message->event = append_part (&end, event, event_length);
  message->channel = append_part (&end, channel, channel_length);
  message->data = append_part (&end, data, message->data_length);
  message->user_id = append_part (&end, user_id, user_id_length);
}

/*
 * pusher_message_clear:
 *
 * Frees the strings of @message, which may be all zero.
 */
void
pusher_message_clear (PusherMessage *message)
{
  g_free (message->storage);
  memset (message, 0, sizeof *message);
}

/*
 * pusher_message_parse_data:
 *
 * Returns: (transfer full) (nullable): the data as a tree, or NULL if there is none, or
 *   it is not JSON
 */
JsonNode *
pusher_message_parse_data (const PusherMessage *message)
{
  if (message->data == NULL)
    return NULL;

  return pusher_json_parse (message->data, (gssize) message->data_length, NULL);
}

/*
 * pusher_message_encode:
 * @event: valid UTF-8
 * @channel: (nullable): valid UTF-8
 * @data_json: (nullable): valid JSON: it is not checked again
 *
 * Returns: (transfer full): the message for the wire
 */
char *
pusher_message_encode (const char *event,
                       const char *channel,
                       const char *data_json)
{
  GString *json = g_string_sized_new (64 + (data_json != NULL ? strlen (data_json) : 0));

  pusher_json_begin_object (json, NULL);
  pusher_json_add_string (json, "event", event);
  pusher_json_add_string (json, "channel", channel);
  pusher_json_add_raw (json, "data", data_json);
  pusher_json_end_object (json);

  return g_string_free (json, FALSE);
}
