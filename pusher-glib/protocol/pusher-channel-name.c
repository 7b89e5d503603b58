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

/* Servers have rules of their own, each other ones, and say what they think of a name.
 * Here is refused what cannot be sent, or never be meant. */
static gboolean
check_text (const char *name,
            const char *thing,
            gsize       max_size,
            GError    **error)
{
  const char *problem = NULL;

  if (name == NULL || *name == '\0')
    problem = "is empty";
  else if (!g_utf8_validate (name, -1, NULL))
    problem = "is not valid UTF-8";
  else
    for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
      if (g_unichar_iscntrl (g_utf8_get_char (p)))
        problem = "has a control character";

  if (problem != NULL)
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME, "The %s %s", thing, problem);
      return FALSE;
    }

  if (strlen (name) > max_size)
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME,
                   "The %s has %" G_GSIZE_FORMAT " bytes, and may have %" G_GSIZE_FORMAT,
                   thing, strlen (name), max_size);
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
 * The channels whose names begin with `#` are the protocol's own. The library
 * does not ask here before it uses them.
 */
gboolean
pusher_channel_name_check (const char *name,
                           GError    **error)
{
  if (!check_text (name, "channel name", PUSHER_CHANNEL_NAME_MAX_SIZE, error))
    return FALSE;

  if (*name == '#')
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME,
                   "The channel name “%s” is reserved: it begins with “#”", name);
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
  if (!check_text (name, "event name", PUSHER_EVENT_NAME_MAX_SIZE, error))
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
