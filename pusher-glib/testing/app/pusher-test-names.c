/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What Pusher's own servers allow for names. */

#include "config.h"

#include "pusher-test-names-private.h"

#include <gio/gio.h>
#include <string.h>

/* Characters (protocol, "Channels") */
#define MAX_CHANNEL_NAME_LENGTH 164

static gboolean
is_name_character (char character)
{
  return character != '\0' &&
         (g_ascii_isalnum (character) || strchr ("-_=@,.;", character) != NULL);
}

/* A prefix without anything behind it, such as `private-`, is the name of a channel
 * of that kind. */
gboolean
pusher_test_channel_name_check (const char *name,
                                GError    **error)
{
  gsize length = 0;
  g_autofree char *shown = NULL;

  while (is_name_character (name[length]))
    length++;

  if (length > 0 && length <= MAX_CHANNEL_NAME_LENGTH && name[length] == '\0')
    return TRUE;

  shown = g_utf8_make_valid (name, -1);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "The channel name “%s” is not of 1 to %d ASCII letters, digits, and “-_=@,.;”",
               shown, MAX_CHANNEL_NAME_LENGTH);
  return FALSE;
}
