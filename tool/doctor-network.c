/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The addresses of the server, or of the proxy before it, and whether somebody is there. */

#include "doctor.h"

#include <glib/gi18n.h>

/* More of them tell nothing new. */
#define MAX_ADDRESSES 16

/* --- Names --------------------------------------------------------------- */

typedef struct
{
  ToolDoctor *doctor;
  guint n_running;
  GError *error; /* the first one */
} Lookup;

static void
add_addresses (ToolDoctor *self,
               GList      *addresses)
{
  for (GList *link = addresses; link != NULL && self->addresses->len < MAX_ADDRESSES;
       link = link->next)
    {
      g_autofree char *text = g_inet_address_to_string (link->data);

      g_ptr_array_add (self->addresses, g_object_ref (link->data));
      tool_report_add_text (self->report, "addresses", text);
    }
}

static char *
list_addresses (ToolDoctor *self)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < self->addresses->len; i++)
    {
      g_autofree char *text = g_inet_address_to_string (self->addresses->pdata[i]);

      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", text);
    }

  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
end_lookup (Lookup *lookup)
{
  ToolDoctor *self = lookup->doctor;
  g_autofree char *list = list_addresses (self);

  if (self->addresses->len > 0)
    tool_doctor_end (self, TOOL_OUTCOME_OK, NULL, NULL, _("%s is %s"), self->peer, list);
  else if (g_error_matches (lookup->error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "unknown-host",
                     _("Look at the host, or at the cluster, for a misspelling."),
                     _("nobody knows an address of %s"), self->peer);
  else
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "dns",
                     _("Look whether this machine has a network, and at its name servers."),
                     _("%s could not be looked up: %s"), self->peer, lookup->error->message);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Lookup *lookup = user_data;
  g_autoptr (GError) error = NULL;
  GList *addresses =
    g_resolver_lookup_by_name_with_flags_finish (G_RESOLVER (object), result, &error);

  add_addresses (lookup->doctor, addresses);
  g_resolver_free_addresses (addresses);
  if (lookup->error == NULL)
    lookup->error = g_steal_pointer (&error);
  if (--lookup->n_running > 0)
    return;

  end_lookup (lookup);
  g_clear_error (&lookup->error);
  g_free (lookup);
}

/* Either kind for itself: what one name server does to one kind says nothing of the other. */
void
tool_doctor_check_dns (ToolDoctor *self)
{
  const GResolverNameLookupFlags kinds[] = {
    G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY,
    G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY,
  };
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (self->peer);
  Lookup *lookup;

  if (address != NULL)
    {
      g_ptr_array_add (self->addresses, g_steal_pointer (&address));
      tool_doctor_end (self, TOOL_OUTCOME_SKIPPED, NULL, NULL, _("%s is an address"), self->peer);
      return;
    }

  lookup = g_new0 (Lookup, 1);
  lookup->doctor = self;
  lookup->n_running = G_N_ELEMENTS (kinds);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_resolver_lookup_by_name_with_flags_async (resolver, self->peer, kinds[i],
                                                self->cancellable, looked_up_cb, lookup);
}

/* --- Connections --------------------------------------------------------- */

typedef struct
{
  ToolDoctor *doctor;
  guint n_running;
  guint n_alive;
  guint n_dead;
  gboolean ipv6_dead;
  GError *error;
} Knocking;

typedef struct
{
  Knocking *knocking;
  GInetAddress *address;
  gint64 began_at;
} Knock;

static const char *
get_refusal_advice (ToolDoctor *self)
{
  if (self->proxy != NULL)
    return _("Look whether the proxy runs, and at its port.");

  return _("Look whether the server runs, and at the port.");
}

static void
explain_silence (ToolDoctor   *self,
                 const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    tool_doctor_end (self, TOOL_OUTCOME_FAILED,
                     self->proxy != NULL ? "proxy-connection-refused" : "connection-refused",
                     get_refusal_advice (self), _("nobody listens at %s, port %u"), self->peer,
                     self->peer_port);
  else if (self->timed_out || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "no-answer",
                     _("Something on the way swallows what is sent: look at firewalls, and at the "
                       "port."),
                     _("no answer from %s, port %u"), self->peer, self->peer_port);
  else
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "unreachable",
                     _("Look whether this machine has a network, and a way to that address."),
                     _("%s, port %u: %s"), self->peer, self->peer_port, error->message);
}

static void
end_knocking (Knocking *knocking)
{
  ToolDoctor *self = knocking->doctor;

  if (knocking->n_alive == 0)
    explain_silence (self, knocking->error);
  else if (knocking->n_dead == 0)
    tool_doctor_end (self, TOOL_OUTCOME_OK, NULL, NULL, _("port %u answers"), self->peer_port);
  else if (knocking->ipv6_dead)
    tool_doctor_end (self, TOOL_OUTCOME_WARNING, "ipv6-dead",
                     _("Connections may take longer to begin: have the server listen at its IPv6 "
                       "address too, or take that address out of its name."),
                     _("port %u answers, but not by IPv6"), self->peer_port);
  else
    tool_doctor_end (self, TOOL_OUTCOME_WARNING, "address-dead",
                     _("Connections may take longer to begin: take the dead address out of the "
                       "name, or mend it."),
                     _("port %u answers, but not at each address"), self->peer_port);
}

/* A machine without IPv6 is in order. */
static gboolean
is_unreachable (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE);
}

static void
note_death (Knock  *knock,
            GError *error)
{
  Knocking *knocking = knock->knocking;
  gboolean is_ipv6 = g_inet_address_get_family (knock->address) == G_SOCKET_FAMILY_IPV6;
  g_autofree char *text = g_inet_address_to_string (knock->address);

  tool_report_note (knocking->doctor->report, "%s: %s", text,
                    g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? _("no answer")
                                                                              : error->message);
  tool_report_add_text (knocking->doctor->report, "dead", text);
  if (!(is_ipv6 && is_unreachable (error)))
    {
      knocking->n_dead++;
      knocking->ipv6_dead |= is_ipv6;
    }

  /* One that tells of the server counts for more. */
  if (knocking->error != NULL && !is_unreachable (knocking->error))
    {
      g_error_free (error);
      return;
    }
  g_clear_error (&knocking->error);
  knocking->error = error;
}

static void
note_life (Knock             *knock,
           GSocketConnection *connection)
{
  Knocking *knocking = knock->knocking;
  ToolDoctor *self = knocking->doctor;
  g_autofree char *text = g_inet_address_to_string (knock->address);
  double seconds = (g_get_monotonic_time () - knock->began_at) / 1e6;

  tool_report_note (self->report, _("%s: after %.1f ms"), text, seconds * 1000);
  tool_report_add_text (self->report, "alive", text);
  knocking->n_alive++;
  if (self->stream != NULL)
    return;

  self->stream = g_object_ref (G_IO_STREAM (connection));
  self->address = g_inet_socket_address_new (knock->address, self->peer_port);
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Knock *knock = user_data;
  Knocking *knocking = knock->knocking;
  GError *error = NULL;
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_finish (G_SOCKET_CLIENT (object), result, &error);

  if (connection != NULL)
    note_life (knock, connection);
  else
    note_death (knock, error);
  g_object_unref (knock->address);
  g_free (knock);
  if (--knocking->n_running > 0)
    return;

  end_knocking (knocking);
  g_clear_error (&knocking->error);
  g_free (knocking);
}

/* All at once: a dead one would keep the others waiting. */
void
tool_doctor_check_tcp (ToolDoctor *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  Knocking *knocking = g_new0 (Knocking, 1);

  g_socket_client_set_enable_proxy (client, FALSE);
  knocking->doctor = self;
  knocking->n_running = self->addresses->len;
  for (guint i = 0; i < self->addresses->len; i++)
    {
      GInetAddress *address = self->addresses->pdata[i];
      g_autoptr (GSocketAddress) socket_address =
        g_inet_socket_address_new (address, self->peer_port);
      Knock *knock = g_new0 (Knock, 1);

      *knock = (Knock){ knocking, g_object_ref (address), g_get_monotonic_time () };
      g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (socket_address),
                                     self->cancellable, connected_cb, knock);
    }
}
