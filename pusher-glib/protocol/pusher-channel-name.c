/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-channel-name-private.h"

#include "base/pusher-error.h"

#include <glib/gi18n-lib.h>
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

/* What can be wrong with a name of either kind */
typedef struct
{
  const char *empty;
  const char *not_utf8;
  const char *control;
} Complaints;

static const Complaints channel_complaints = {
  N_("The channel name is empty"),
  N_("The channel name is not valid UTF-8"),
  N_("The channel name has a control character"),
};

static const Complaints event_complaints = {
  N_("The event name is empty"),
  N_("The event name is not valid UTF-8"),
  N_("The event name has a control character"),
};

/* Servers have rules of their own, each other ones, and say what they think of a name.
 * Here is refused what cannot be sent, or never be meant. */
static gboolean
check_text (const char       *name,
            const Complaints *complaints,
            GError          **error)
{
  const char *complaint = NULL;

  if (name == NULL || *name == '\0')
    complaint = complaints->empty;
  else if (!g_utf8_validate (name, -1, NULL))
    complaint = complaints->not_utf8;
  else
    for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
      if (g_unichar_iscntrl (g_utf8_get_char (p)))
        complaint = complaints->control;

  if (complaint == NULL)
    return TRUE;

  g_set_error_literal (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME, _(complaint));
  return FALSE;
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
  gsize size;

  if (!check_text (name, &channel_complaints, error))
    return FALSE;

  size = strlen (name);
  if (size > PUSHER_CHANNEL_NAME_MAX_SIZE)
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME,
                   g_dngettext (GETTEXT_PACKAGE,
                                "The channel name has %zu byte, and may have %zu",
                                "The channel name has %zu bytes, and may have %zu", size),
                   size, (gsize) PUSHER_CHANNEL_NAME_MAX_SIZE);
      return FALSE;
    }

  if (*name == '#')
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME,
                   _("The channel name “%s” is reserved: it begins with “#”"), name);
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
  gsize size;

  if (!check_text (name, &event_complaints, error))
    return FALSE;

  size = strlen (name);
  if (size > PUSHER_EVENT_NAME_MAX_SIZE)
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME,
                   g_dngettext (GETTEXT_PACKAGE,
                                "The event name has %zu byte, and may have %zu",
                                "The event name has %zu bytes, and may have %zu", size),
                   size, (gsize) PUSHER_EVENT_NAME_MAX_SIZE);
      return FALSE;
    }

  if (!g_str_has_prefix (name, CLIENT_EVENT_PREFIX))
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME,
                   _("The event name “%s” does not begin with “%s”"),
                   name, CLIENT_EVENT_PREFIX);
      return FALSE;
    }

  return TRUE;
}
