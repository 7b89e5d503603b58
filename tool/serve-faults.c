/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "serve-faults.h"

#include <glib/gi18n.h>

#include "complain.h"

typedef struct
{
  const char *name;
  const char *value; /* what it is; NULL if it has none */
  const char *what;
  gboolean (*apply) (PusherTestServer *server,
                     const char       *value,
                     GError          **error);
} Fault;

static guint cut_source, restart_source;

static gboolean
read_number (const char *text,
             guint       minimum,
             guint       maximum,
             guint      *number,
             GError    **error)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, minimum, maximum, &value, error))
    return FALSE;
  *number = value;

  return TRUE;
}

/* As milliseconds */
static gboolean
read_seconds (const char *text,
              guint      *milliseconds,
              GError    **error)
{
  char *end;
  double seconds = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || !(seconds >= 0.001) || !(seconds <= 1000000))
    {
      tool_set_usage_error (error, _("“%s” is not a number of seconds"), text);
      return FALSE;
    }
  *milliseconds = seconds * 1000;

  return TRUE;
}

static PusherTestFaults *
faults_of (PusherTestServer *server)
{
  return pusher_test_server_get_faults (server);
}

/* --- Those without a value ------------------------------------------------ */

static gboolean
silent (PusherTestServer *server,
        const char       *value,
        GError          **error)
{
  pusher_test_faults_set_silent (faults_of (server), TRUE);

  return TRUE;
}

static gboolean
never_answer (PusherTestServer *server,
              const char       *value,
              GError          **error)
{
  pusher_test_faults_set_never_answer (faults_of (server), TRUE);

  return TRUE;
}

static gboolean
disabled (PusherTestServer *server,
          const char       *value,
          GError          **error)
{
  pusher_test_server_set_app_enabled (server, pusher_test_server_get_key (server), FALSE);

  return TRUE;
}

static gboolean
no_client_events (PusherTestServer *server,
                  const char       *value,
                  GError          **error)
{
  pusher_test_server_set_client_events (server, FALSE);

  return TRUE;
}

/* --- Texts ---------------------------------------------------------------- */

static gboolean
first_message (PusherTestServer *server,
               const char       *value,
               GError          **error)
{
  pusher_test_faults_set_first_message (faults_of (server), value);

  return TRUE;
}

static gboolean
fail_subscription (PusherTestServer *server,
                   const char       *value,
                   GError          **error)
{
  pusher_test_faults_fail_subscription (faults_of (server), value, "AuthError",
                                        "The server wants it so", 401);

  return TRUE;
}

static gboolean
forbid (PusherTestServer *server,
        const char       *value,
        GError          **error)
{
  pusher_test_backend_forbid (pusher_test_server_get_backend (server), value);

  return TRUE;
}

static gboolean
auth_body (PusherTestServer *server,
           const char       *value,
           GError          **error)
{
  pusher_test_backend_set_body (pusher_test_server_get_backend (server), value);

  return TRUE;
}

static gboolean
allowed_origin (PusherTestServer *server,
                const char       *value,
                GError          **error)
{
  pusher_test_server_set_allowed_origins (server, (const char *const[]){ value, NULL });

  return TRUE;
}

/* --- Numbers -------------------------------------------------------------- */

static gboolean
http_status (PusherTestServer *server,
             const char       *value,
             GError          **error)
{
  guint status;

  if (!read_number (value, 200, 599, &status, error))
    return FALSE;
  pusher_test_faults_set_http_status (faults_of (server), status);

  return TRUE;
}

static gboolean
auth_status (PusherTestServer *server,
             const char       *value,
             GError          **error)
{
  guint status;

  if (!read_number (value, 200, 599, &status, error))
    return FALSE;
  pusher_test_backend_set_status (pusher_test_server_get_backend (server), status);

  return TRUE;
}

static gboolean
refuse (PusherTestServer *server,
        const char       *value,
        GError          **error)
{
  guint code;

  if (!read_number (value, 4000, 4999, &code, error))
    return FALSE;
  pusher_test_faults_refuse (faults_of (server), code, "The server wants it so");

  return TRUE;
}

static gboolean
rate_limit (PusherTestServer *server,
            const char       *value,
            GError          **error)
{
  guint n_messages;

  if (!read_number (value, 1, G_MAXINT, &n_messages, error))
    return FALSE;
  pusher_test_server_set_rate_limit (server, n_messages, 1000, FALSE);

  return TRUE;
}

static gboolean
client_event_rate (PusherTestServer *server,
                   const char       *value,
                   GError          **error)
{
  guint n_events;

  if (!read_number (value, 1, G_MAXINT, &n_events, error))
    return FALSE;
  pusher_test_server_set_client_event_rate (server, n_events);

  return TRUE;
}

static gboolean
max_connections (PusherTestServer *server,
                 const char       *value,
                 GError          **error)
{
  guint n_connections;

  if (!read_number (value, 1, G_MAXINT, &n_connections, error))
    return FALSE;
  pusher_test_server_set_max_connections (server, n_connections);

  return TRUE;
}

static gboolean
max_message_size (PusherTestServer *server,
                  const char       *value,
                  GError          **error)
{
  guint size;

  if (!read_number (value, 1, G_MAXINT, &size, error))
    return FALSE;
  pusher_test_server_set_max_message_size (server, size);

  return TRUE;
}

/* --- Times ---------------------------------------------------------------- */

static gboolean
idle_timeout (PusherTestServer *server,
              const char       *value,
              GError          **error)
{
  guint time;

  if (!read_seconds (value, &time, error))
    return FALSE;
  pusher_test_faults_set_idle_timeout_ms (faults_of (server), time);

  return TRUE;
}

static gboolean
activity_timeout (PusherTestServer *server,
                  const char       *value,
                  GError          **error)
{
  guint seconds;

  if (!read_number (value, 1, G_MAXINT, &seconds, error))
    return FALSE;
  pusher_test_faults_set_activity_timeout (faults_of (server), seconds);

  return TRUE;
}

static gboolean
handshake_delay (PusherTestServer *server,
                 const char       *value,
                 GError          **error)
{
  guint time;

  if (!read_seconds (value, &time, error))
    return FALSE;
  pusher_test_faults_set_handshake_delay_ms (faults_of (server), time);

  return TRUE;
}

static gboolean
auth_delay (PusherTestServer *server,
            const char       *value,
            GError          **error)
{
  guint time;

  if (!read_seconds (value, &time, error))
    return FALSE;
  pusher_test_backend_set_delay_ms (pusher_test_server_get_backend (server), time);

  return TRUE;
}

static gboolean
cut_cb (gpointer user_data)
{
  pusher_test_faults_cut_connections (faults_of (user_data));

  return G_SOURCE_CONTINUE;
}

static gboolean
cut_every (PusherTestServer *server,
           const char       *value,
           GError          **error)
{
  guint time;

  if (!read_seconds (value, &time, error))
    return FALSE;
  g_clear_handle_id (&cut_source, g_source_remove);
  cut_source = g_timeout_add_full (G_PRIORITY_DEFAULT, time, cut_cb, g_object_ref (server),
                                   g_object_unref);

  return TRUE;
}

/* The port is its own: it only fails if somebody else was faster. */
static gboolean
restart_cb (gpointer user_data)
{
  PusherTestServer *server = user_data;
  g_autoptr (GError) error = NULL;

  pusher_test_server_stop (server);
  if (!pusher_test_server_start (server, &error))
    tool_complain (error);

  return G_SOURCE_CONTINUE;
}

static gboolean
restart_every (PusherTestServer *server,
               const char       *value,
               GError          **error)
{
  guint time;

  if (!read_seconds (value, &time, error))
    return FALSE;
  g_clear_handle_id (&restart_source, g_source_remove);
  restart_source = g_timeout_add_full (G_PRIORITY_DEFAULT, time, restart_cb,
                                       g_object_ref (server), g_object_unref);

  return TRUE;
}

void
tool_serve_faults_end (void)
{
  g_clear_handle_id (&cut_source, g_source_remove);
  g_clear_handle_id (&restart_source, g_source_remove);
}

/* --- All of them ---------------------------------------------------------- */

static const Fault known[] = {
  { "http-status", N_("STATUS"), N_("answers with it instead of a WebSocket"), http_status },
  { "refuse", N_("CODE"), N_("closes new connections with it, from 4000 on"), refuse },
  { "disabled", NULL, N_("has the application disabled"), disabled },
  { "allowed-origin", N_("PATTERN"), N_("lets only pages of this host in"), allowed_origin },
  { "max-connections", N_("COUNT"), N_("refuses clients above it"), max_connections },
  { "handshake-delay", N_("SECONDS"), N_("waits before its first message"), handshake_delay },
  { "first-message", N_("TEXT"), N_("sends this first"), first_message },
  { "activity-timeout", N_("SECONDS"), N_("asks for pings as rare as this"), activity_timeout },
  { "silent", NULL, N_("is there, and says nothing"), silent },
  { "never-answer", NULL, N_("does not answer subscriptions and sign-ins"), never_answer },
  { "fail-subscription", N_("CHANNEL"), N_("refuses it once"), fail_subscription },
  { "idle-timeout", N_("SECONDS"), N_("cuts connections that are silent for so long"),
    idle_timeout },
  { "cut-every", N_("SECONDS"), N_("cuts all connections again and again"), cut_every },
  { "restart-every", N_("SECONDS"), N_("restarts again and again"), restart_every },
  { "rate-limit", N_("COUNT"), N_("takes so many messages a second"), rate_limit },
  { "max-message-size", N_("BYTES"), N_("closes on a larger message"), max_message_size },
  { "client-event-rate", N_("COUNT"), N_("takes so many client events a second"),
    client_event_rate },
  { "no-client-events", NULL, N_("takes no client events"), no_client_events },
  { "forbid", N_("CHANNEL"), N_("its endpoint refuses this channel"), forbid },
  { "auth-status", N_("STATUS"), N_("its endpoint answers with it"), auth_status },
  { "auth-delay", N_("SECONDS"), N_("its endpoint waits as long"), auth_delay },
  { "auth-body", N_("TEXT"), N_("its endpoint answers this"), auth_body },
};

char *
tool_serve_faults_list (void)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *form = g_strconcat (known[i].name, known[i].value != NULL ? "=" : NULL,
                                           known[i].value != NULL ? _(known[i].value) : NULL, NULL);

      g_string_append_printf (list, "  %-26s  %s\n", form, _(known[i].what));
    }

  return g_string_free (list, FALSE);
}

static gboolean
apply (PusherTestServer *server,
       const Fault      *fault,
       const char       *value,
       GError          **error)
{
  g_autoptr (GError) own_error = NULL;

  if ((value != NULL) != (fault->value != NULL))
    {
      tool_set_usage_error (error, fault->value != NULL
                                     ? _("The fault “%s” needs a value, as in NAME=VALUE.")
                                     : _("The fault “%s” has no value."),
                            fault->name);
      return FALSE;
    }
  if (fault->apply (server, value, &own_error))
    return TRUE;

  tool_set_usage_error (error, "--fault %s: %s", fault->name, own_error->message);

  return FALSE;
}

gboolean
tool_serve_faults_apply (PusherTestServer *server,
                         const char       *text,
                         GError          **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "=", 2);

  if (!g_utf8_validate (text, -1, NULL))
    {
      tool_set_usage_error (error, _("A fault is not UTF-8 text."));
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (g_strcmp0 (parts[0], known[i].name) == 0)
        return apply (server, &known[i], parts[1], error);
    }

  tool_set_usage_error (error, _("There is no fault “%s”."), text);

  return FALSE;
}
