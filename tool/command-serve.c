/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A server for development. */

#include <glib/gi18n.h>
#include <stdio.h>

#include "commands.h"
#include "complain.h"
#include "local-server.h"
#include "serve-faults.h"
#include "serve-log.h"

static gboolean with_auth, with_log, with_counts, as_json, list_faults;
static char *flavor_name;
static char **faults;

static const GOptionEntry options[] = {
  { "auth", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &with_auth,
    N_("Authorize clients, as --user-id or as who they say they are"), NULL },
  { "flavor", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &flavor_name,
    N_("Answer as pusher, reverb or soketi does (default: pusher)"), N_("NAME") },
  { "subscription-counts", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &with_counts,
    N_("Tell the subscribers of a channel how many there are"), NULL },
  { "fault", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING_ARRAY, &faults,
    N_("Do something wrong; may be given more than once"), N_("NAME[=VALUE]") },
  { "list-faults", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &list_faults,
    N_("List the faults that there are"), NULL },
  { "log", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &with_log,
    N_("Show all that clients do, and not only what they do wrong"), NULL },
  { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &as_json,
    N_("One JSON object in a line (the default unless on a terminal)"), NULL },
  { NULL },
};

static gboolean
set_flavor (PusherTestServer *server,
            GError          **error)
{
  g_autoptr (GEnumClass) flavors = g_type_class_ref (PUSHER_TYPE_TEST_FLAVOR);
  const GEnumValue *flavor;

  if (flavor_name == NULL)
    return TRUE;

  flavor = g_enum_get_value_by_nick (flavors, flavor_name);
  if (flavor == NULL)
    {
      tool_set_usage_error (error, _("The flavor is “pusher”, “reverb” or “soketi”, and not “%s”."),
                            flavor_name);
      return FALSE;
    }
  pusher_test_server_set_flavor (server, flavor->value);

  return TRUE;
}

static PusherTestServer *
make_server (const ToolSettings *settings,
             GError            **error)
{
  g_autoptr (PusherTestServer) server = tool_local_server_new (settings, with_auth, error);

  if (server == NULL || !set_flavor (server, error))
    return NULL;
  pusher_test_server_set_subscription_counts (server, with_counts);
  for (guint i = 0; faults != NULL && faults[i] != NULL; i++)
    {
      if (!tool_serve_faults_apply (server, faults[i], error))
        return NULL;
    }

  return g_steal_pointer (&server);
}

static ToolStatus
serve (PusherTestServer *server)
{
  ToolJob *job = tool_job_new (NULL);
  ToolServeLog *log = tool_serve_log_new (server, job, as_json, with_log);
  ToolStatus status = tool_job_run (job);

  tool_serve_log_free (log);
  tool_serve_faults_end ();
  tool_local_server_stop (server);

  return status;
}

static ToolStatus
run (const ToolSettings *settings,
     char              **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PusherTestServer) server = NULL;

  if (list_faults)
    {
      g_autofree char *list = tool_serve_faults_list ();

      fputs (list, stdout);
      return TOOL_STATUS_DONE;
    }

  server = make_server (settings, &error);
  if (server == NULL)
    {
      tool_complain (error);
      tool_serve_faults_end ();
      return TOOL_STATUS_USAGE;
    }
  if (!tool_local_server_start (server, &error))
    {
      tool_complain (error);
      tool_serve_faults_end ();
      return TOOL_STATUS_FAILED;
    }

  tool_local_server_describe (server, with_auth);

  return serve (server);
}

const ToolCommand tool_serve_command = {
  .name = "serve",
  .summary = N_("Be a server, for development, until it is interrupted"),
  .description = N_("It listens on 127.0.0.1, at port 6001 unless --port says another one, or 0 "
                    "for a free one. --key, --app-id, the secret and the master key are what it "
                    "has then; without them it has some of its own, and says them. It has the "
                    "REST interface too. What clients do wrong is shown as the protocol sees it."),
  .examples = "serve --auth --log\n"
              "serve --flavor reverb --fault restart-every=30\n"
              "serve --port 0 --fault auth-status=403 --auth",
  .options = options,
  .run = run,
};
