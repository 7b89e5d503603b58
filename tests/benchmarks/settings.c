/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "settings.h"

#include <string.h>

typedef struct
{
  const char *name;
  gsize offset;
  gboolean is_text;
} Setting;

static const Setting settings[] = {
  { "port", G_STRUCT_OFFSET (Settings, port), FALSE },
  { "warm-up", G_STRUCT_OFFSET (Settings, warm_up), FALSE },
  { "count", G_STRUCT_OFFSET (Settings, count), FALSE },
  { "payload", G_STRUCT_OFFSET (Settings, payload), FALSE },
  { "channels", G_STRUCT_OFFSET (Settings, channels), FALSE },
  { "names", G_STRUCT_OFFSET (Settings, names), FALSE },
  { "members", G_STRUCT_OFFSET (Settings, members), FALSE },
  { "activity-timeout", G_STRUCT_OFFSET (Settings, activity_timeout), FALSE },
  { "pause", G_STRUCT_OFFSET (Settings, pause), FALSE },
  { "cost", G_STRUCT_OFFSET (Settings, cost), FALSE },
  { "priority", G_STRUCT_OFFSET (Settings, priority), FALSE },
  { "mode", G_STRUCT_OFFSET (Settings, mode), TRUE },
  { "work", G_STRUCT_OFFSET (Settings, work), TRUE },
  { "prefix", G_STRUCT_OFFSET (Settings, prefix), TRUE },
};

static void
parse_one (Settings   *self,
           const char *argument)
{
  const char *value = strchr (argument, '=');

  for (guint i = 0; value != NULL && i < G_N_ELEMENTS (settings); i++)
    if (strlen (settings[i].name) == (gsize) (value - argument) &&
        strncmp (settings[i].name, argument, value - argument) == 0)
      {
        gpointer member = G_STRUCT_MEMBER_P (self, settings[i].offset);

        if (settings[i].is_text)
          *(const char **) member = value + 1;
        else if (!g_ascii_string_to_unsigned (value + 1, 10, 0, G_MAXUINT64, member, NULL))
          g_error ("“%s” is not a number", argument);
        return;
      }

  g_error ("There is no setting “%s”", argument);
}

void
settings_parse (Settings *self,
                int       argc,
                char    **argv)
{
  *self = (Settings) {
    .channels = 1,
    .names = 1,
    .payload = 100,
    .activity_timeout = 120,
    .mode = "flood",
    .work = "text",
    .prefix = "",
  };

  for (int i = 1; i < argc; i++)
    parse_one (self, argv[i]);
}

/* All are equally long. */
char *
settings_get_channel (const Settings *self,
                      guint64         i)
{
  return g_strdup_printf ("%schannel-%" G_GUINT64_FORMAT, self->prefix, 10000 + i);
}

char *
settings_get_name (const Settings *self,
                   guint64         i)
{
  return g_strdup_printf ("price-changed-%" G_GUINT64_FORMAT, i);
}
