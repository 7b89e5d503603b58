/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Publishes as the server of an application does. */

#include <glib/gi18n.h>

#include "commands.h"
#include "complain.h"
#include "input.h"
#include "output.h"
#include "publish-batch.h"
#include "rest-call.h"
#include "rest.h"
#include "sealing.h"

static gboolean is_batch, is_encrypted;
static char *socket_id;

static const GOptionEntry options[] = {
  { "batch", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &is_batch,
    N_("Publish the events that stand on standard input, one JSON object in a line"), NULL },
  { "encrypt", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &is_encrypted,
    N_("Encrypt the data with the master key, for “private-encrypted-” channels"), NULL },
  { "socket-id", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &socket_id,
    N_("Leave out the client with this socket id"), N_("SOCKET") },
  { NULL },
};

static ToolStatus
complain (GError *error)
{
  tool_complain (error);
  g_error_free (error);

  return TOOL_STATUS_USAGE;
}

/* Clients of an encrypted channel can read nothing else. */
static gboolean
check_channels (char  **channels,
                GError **error)
{
  guint n_channels = g_strv_length (channels);

  for (guint i = 0; channels[i] != NULL; i++)
    {
      if (tool_sealing_is_needed (channels[i]) && !is_encrypted)
        tool_set_usage_error (error, _("What is published to %s has to be encrypted: --encrypt "
                                       "does so."), channels[i]);
      else if (!tool_sealing_is_needed (channels[i]) && is_encrypted)
        tool_set_usage_error (error, _("%s is not an encrypted channel: the names of those begin "
                                       "with “private-encrypted-”."), channels[i]);
      else
        continue;

      return FALSE;
    }

  if (is_encrypted && n_channels > 1)
    tool_set_usage_error (error, _("Each encrypted channel has a key of its own: publish to one "
                                   "at a time."));
  else if (n_channels > TOOL_REST_MAX_CHANNELS)
    tool_set_usage_error (error, _("A server takes an event for %d channels at most."),
                          TOOL_REST_MAX_CHANNELS);
  else
    return TRUE;

  return FALSE;
}

/* As JSON */
static char *
get_data (const ToolSettings *settings,
          const char         *channel,
          const char         *argument,
          GError            **error)
{
  g_autofree char *data = tool_input_get_data (argument, error);
  g_autofree char *sealed = NULL;

  if (data == NULL)
    return NULL;
  if (is_encrypted)
    {
      sealed = tool_sealing_seal (settings->encryption_master_key, channel, data, error);
      if (sealed == NULL)
        return NULL;
    }

  return tool_output_quote (sealed != NULL ? sealed : data);
}

static gboolean
check_text (char  **arguments,
            GError **error)
{
  for (guint i = 0; arguments[i] != NULL; i++)
    {
      if (!g_utf8_validate (arguments[i], -1, NULL))
        {
          tool_set_usage_error (error, _("Argument %u is not UTF-8 text."), i + 1);
          return FALSE;
        }
    }

  return TRUE;
}

static ToolStatus
publish (const ToolSettings *settings,
         char              **arguments)
{
  guint n_arguments = g_strv_length (arguments);
  /* Two are a channel and an event; of more, the last one is the data. */
  guint n_channels = n_arguments > 2 ? n_arguments - 2 : 1;
  g_auto (GStrv) channels = g_new0 (char *, n_channels + 1);
  GError *error = NULL;
  g_autofree char *data = NULL;
  g_autofree char *body = NULL;
  g_autofree char *answer = NULL;
  ToolStatus status;

  for (guint i = 0; i < n_channels; i++)
    channels[i] = g_strdup (arguments[i]);
  if (!check_text (arguments, &error) || !check_channels (channels, &error) ||
      (data = get_data (settings, channels[0], arguments[n_channels + 1], &error)) == NULL)
    return complain (error);

  body = tool_rest_make_event ((const char *const *) channels, arguments[n_channels], data,
                               socket_id);
  answer = tool_rest_call (settings, "events", NULL, body, &status);

  return status;
}

static ToolStatus
run (const ToolSettings *settings,
     char              **arguments)
{
  guint n_arguments = g_strv_length (arguments);
  GError *error = NULL;

  if (is_batch && (n_arguments > 0 || socket_id != NULL))
    {
      tool_set_usage_error (&error, _("With --batch, channels, events and socket ids stand in the "
                                      "lines."));
      return complain (error);
    }
  if (is_batch)
    return tool_publish_batch (settings, is_encrypted);
  if (n_arguments < 2)
    {
      tool_set_usage_error (&error, _("“publish” needs: %s"), _(tool_publish_command.arguments));
      return complain (error);
    }

  return publish (settings, arguments);
}

const ToolCommand tool_publish_command = {
  .name = "publish",
  .arguments = N_("CHANNEL… EVENT [DATA|-]"),
  .summary = N_("Publish an event as a server does, by the REST interface"),
  .description = N_("The data is an argument, or with “-” what is read from standard input; it is "
                    "sent as it is. With more than one channel it has to be there. A line of a "
                    "batch has the members “channel”, “name”, “data” and, if need be, “socket_id”; "
                    "the lines are sent as they come, ten at a time at most."),
  .examples = "publish prices changed '{\"price\": 12}'\n"
              "publish news sport update - < update.json\n"
              "publish --encrypt private-encrypted-ward alarm '{\"room\": 3}'\n"
              "publish --batch < events.jsonl",
  .options = options,
  .needs = TOOL_NEEDS_BACKEND,
  .run = run,
};
