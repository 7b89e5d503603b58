/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Signs as the endpoint of an application does. */

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <stdio.h>

#include "commands.h"
#include "complain.h"
#include "job.h"
#include "output.h"
#include "sealing.h"
#include "signing.h"

static gboolean for_user;
static char *member_id, *member_info;

static const GOptionEntry options[] = {
  { "user", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &for_user,
    N_("Sign for a user who signs in, instead of for a channel"), NULL },
  { "member", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &member_id,
    N_("Who it is, on a presence channel or as a user (default: --user-id)"), N_("ID") },
  { "info", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &member_info,
    N_("What the others see of whom (default: --user-info)"), N_("JSON") },
  { NULL },
};

static gboolean
check_socket_id (const char *socket_id,
                 GError    **error)
{
  if (g_regex_match_simple ("^[0-9]+\\.[0-9]+$", socket_id, G_REGEX_DOLLAR_ENDONLY, 0))
    return TRUE;

  tool_set_usage_error (error, _("“%s” is not a socket id; they look like 1234.5678."), socket_id);

  return FALSE;
}

/* NULL with an error if there is nobody. */
static char *
make_member (const ToolSettings *settings,
             const char         *id_name,
             GError            **error)
{
  const char *id = member_id != NULL ? member_id : settings->user_id;
  const char *info = member_info != NULL ? member_info : settings->user_info;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *quoted = NULL;

  if (id == NULL)
    {
      tool_set_usage_error (error, _("Who is it? --member says so."));
      return NULL;
    }
  if (!g_utf8_validate (id, -1, NULL) || (info != NULL && !g_utf8_validate (info, -1, NULL)))
    {
      tool_set_usage_error (error, _("The member is not UTF-8 text."));
      return NULL;
    }
  if (info != NULL && (node = json_from_string (info, error)) == NULL)
    {
      g_prefix_error (error, "--info: ");
      return NULL;
    }

  quoted = tool_output_quote (id);

  return g_strdup_printf ("{\"%s\":%s%s%s}", id_name, quoted, info != NULL ? ",\"user_info\":" : "",
                          info != NULL ? info : "");
}

static void
append_member (GString    *answer,
               const char *name,
               const char *value)
{
  g_autofree char *quoted = value != NULL ? tool_output_quote (value) : NULL;

  if (quoted != NULL)
    g_string_append_printf (answer, "%s\"%s\":%s", answer->len > 1 ? "," : "", name, quoted);
}

static void
print_answer (const ToolSettings *settings,
              const char         *text,
              const char         *data_name,
              const char         *data,
              const char         *shared_secret)
{
  g_autoptr (GString) answer = g_string_new ("{");
  g_autofree char *signature = tool_sign (settings->secret, text);
  g_autofree char *auth = g_strconcat (settings->key, ":", signature, NULL);

  if (tool_is_verbose ())
    tool_say (_("* signed is: %s"), text);
  append_member (answer, "auth", auth);
  append_member (answer, data_name, data);
  append_member (answer, "shared_secret", shared_secret);
  printf ("%s}\n", answer->str);
}

static gboolean
authorize_channel (const ToolSettings *settings,
                   const char         *socket_id,
                   const char         *channel,
                   GError            **error)
{
  gboolean is_presence = g_str_has_prefix (channel, "presence-");
  g_autofree char *data = NULL;
  g_autofree char *shared_secret = NULL;
  g_autofree char *text = NULL;

  if (!is_presence && !g_str_has_prefix (channel, "private-"))
    {
      tool_set_usage_error (error, _("%s is a public channel: nobody has to be authorized for it."),
                            channel);
      return FALSE;
    }
  if (is_presence && (data = make_member (settings, "user_id", error)) == NULL)
    return FALSE;
  if (tool_sealing_is_needed (channel) &&
      (shared_secret = tool_sealing_derive_key (settings->encryption_master_key, channel,
                                                error)) == NULL)
    return FALSE;

  text = g_strconcat (socket_id, ":", channel, data != NULL ? ":" : NULL, data, NULL);
  print_answer (settings, text, "channel_data", data, shared_secret);

  return TRUE;
}

static gboolean
authenticate_user (const ToolSettings *settings,
                   const char         *socket_id,
                   GError            **error)
{
  g_autofree char *data = make_member (settings, "id", error);
  g_autofree char *text = NULL;

  if (data == NULL)
    return FALSE;

  text = g_strconcat (socket_id, "::user::", data, NULL);
  print_answer (settings, text, "user_data", data, NULL);

  return TRUE;
}

static gboolean
check_arguments (char  **arguments,
                 GError **error)
{
  if ((arguments[1] == NULL) == for_user)
    return check_socket_id (arguments[0], error);

  tool_set_usage_error (error, for_user ? _("With --user there is no channel.")
                                        : _("A channel, or --user, is needed."));

  return FALSE;
}

static ToolStatus
run (const ToolSettings *settings,
     char              **arguments)
{
  g_autoptr (GError) error = NULL;

  if (check_arguments (arguments, &error) &&
      (for_user ? authenticate_user (settings, arguments[0], &error)
                : authorize_channel (settings, arguments[0], arguments[1], &error)))
    return TOOL_STATUS_DONE;

  tool_complain (error);

  return TOOL_STATUS_USAGE;
}

const ToolCommand tool_auth_command = {
  .name = "auth",
  .arguments = N_("SOCKET [CHANNEL]"),
  .summary = N_("Print what an endpoint would answer, signed with the secret"),
  .description = N_("The socket id is that of the client: “listen --verbose” says it, and so do "
                    "other clients. With --verbose the text that is signed is said on standard "
                    "error, to be compared with that of an endpoint that is refused."),
  .examples = "auth 1234.5678 private-chat\n"
              "auth 1234.5678 presence-room --member ada --info '{\"name\": \"Ada\"}'\n"
              "auth --user 1234.5678 --member ada",
  .options = options,
  .needs = TOOL_NEEDS_KEY | TOOL_NEEDS_SECRET,
  .min_arguments = 1,
  .max_arguments = 2,
  .run = run,
};
