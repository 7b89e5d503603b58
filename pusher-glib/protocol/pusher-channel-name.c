/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-channel-name-private.h"

#include "base/pusher-error.h"

#include <string.h>

/* The longer prefix first: an encrypted channel is also "private-". */
static const struct
{
  const char *prefix;
  PusherChannelKind kind;
} kinds[] = {
  { "private-encrypted-", PUSHER_CHANNEL_KIND_ENCRYPTED },
  { "private-", PUSHER_CHANNEL_KIND_PRIVATE },
  { "presence-", PUSHER_CHANNEL_KIND_PRESENCE },
  { "", PUSHER_CHANNEL_KIND_PUBLIC },
};

#define CACHE_PREFIX "cache-"
#define CLIENT_EVENT_PREFIX "client-"

static gboolean
is_name_character (char character)
{
  return character != '\0' &&
         (g_ascii_isalnum (character) || strchr ("-_=@,.;", character) != NULL);
}

/* Checks what is common to all names, after which they may be repeated in an
 * error message. */
static gboolean
check_text (const char *name,
            const char *thing,
            glong       max_length,
            GError    **error)
{
  if (name == NULL || *name == '\0')
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME,
                   "The %s is empty", thing);
      return FALSE;
    }

  if (!g_utf8_validate (name, -1, NULL))
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME,
                   "The %s is not valid UTF-8", thing);
      return FALSE;
    }

  if (g_utf8_strlen (name, -1) > max_length)
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME,
                   "The %s is longer than %ld characters", thing, max_length);
      return FALSE;
    }

  return TRUE;
}

/*
 * pusher_channel_name_check:
 * @name: (nullable):
 *
 * Checks that an application may subscribe to @name.
 *
 * A prefix without anything behind it, such as `private-`, is allowed: to
 * pusher-js and to the servers it is the name of a channel of that kind.
 *
 * The channels whose names begin with `#` are the protocol's own. The library
 * does not ask here before it uses them.
 */
gboolean
pusher_channel_name_check (const char *name,
                           GError    **error)
{
  const char *p;

  if (!check_text (name, "channel name", PUSHER_CHANNEL_NAME_MAX_LENGTH, error))
    return FALSE;

  if (*name == '#')
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME,
                   "The channel name “%s” is reserved: it begins with “#”", name);
      return FALSE;
    }

  for (p = name; is_name_character (*p); p++)
    ;
  if (*p != '\0')
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME,
                   "The channel name “%s” has a character that is neither an ASCII "
                   "letter, nor a digit, nor one of “-_=@,.;”",
                   name);
      return FALSE;
    }

  return TRUE;
}

static gsize
find_kind (const char *name)
{
  gsize i = 0;

  while (!g_str_has_prefix (name, kinds[i].prefix))
    i++;

  return i;
}

/*
 * pusher_channel_name_get_kind:
 * @name: (nullable):
 *
 * Tells the kind of any name, be it valid or not.
 */
PusherChannelKind
pusher_channel_name_get_kind (const char *name)
{
  if (name == NULL)
    return PUSHER_CHANNEL_KIND_PUBLIC;

  return kinds[find_kind (name)].kind;
}

/*
 * pusher_channel_name_is_cache:
 * @name: (nullable):
 *
 * Returns: whether the server replays the last event to new subscribers
 */
gboolean
pusher_channel_name_is_cache (const char *name)
{
  if (name == NULL)
    return FALSE;

  return g_str_has_prefix (name + strlen (kinds[find_kind (name)].prefix), CACHE_PREFIX);
}

/*
 * pusher_client_event_name_check:
 * @name: (nullable):
 *
 * Checks that an application may trigger @name. `client-` alone is allowed, as
 * in pusher-js.
 */
gboolean
pusher_client_event_name_check (const char *name,
                                GError    **error)
{
  if (!check_text (name, "event name", PUSHER_EVENT_NAME_MAX_LENGTH, error))
    return FALSE;

  if (!g_str_has_prefix (name, CLIENT_EVENT_PREFIX))
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME,
                   "The event name “%s” does not begin with “%s”",
                   name, CLIENT_EVENT_PREFIX);
      return FALSE;
    }

  return TRUE;
}
