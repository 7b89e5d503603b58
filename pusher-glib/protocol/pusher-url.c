/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-url-private.h"

#include "base/pusher-error.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define QUERY "protocol=7&client=pusher-glib&version=" PUSHER_VERSION

/* Besides letters, digits and "-._~", what RFC 3986 allows in a path as it is. */
#define PATH_CHARACTERS "!$&'()*+,;=:@/"

/* What libsoup asks of an address; ours is encoded before it gets there. */
#define URI_FLAGS \
  (G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY | G_URI_FLAGS_SCHEME_NORMALIZE)

/* The settings screen of an application may well give "" for nothing. */
static gboolean
is_unset (const char *setting)
{
  return setting == NULL || *setting == '\0';
}

static char *
fail (GError    **error,
      const char *what)
{
  g_set_error_literal (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_SETTINGS, what);
  return NULL;
}

static char *
build_cluster_host (const char *cluster,
                    GError    **error)
{
  for (const char *p = cluster; *p != '\0'; p++)
    if (!g_ascii_islower (*p) && !g_ascii_isdigit (*p) && *p != '-')
      return fail (error, _("The cluster has a character that is neither a small "
                            "letter, nor a digit, nor “-”"));

  return g_strdup_printf ("ws-%s.pusher.com", cluster);
}

/* An IPv6 address, with or without the brackets that it has in an address. */
static char *
build_ipv6_host (const char *host,
                 GError    **error)
{
  g_autofree char *address = NULL;
  g_autoptr(GInetAddress) parsed = NULL;
  gsize length = strlen (host);

  if (host[0] == '[' && host[length - 1] == ']')
    address = g_strndup (host + 1, length - 2);
  else
    address = g_strdup (host);

  /* Not g_hostname_is_ip_address(), which takes ":" for an address. */
  parsed = g_inet_address_new_from_string (address);
  if (parsed == NULL || g_inet_address_get_family (parsed) != G_SOCKET_FAMILY_IPV6)
    return fail (error, _("The host has a colon or a bracket, but is not an IPv6 "
                          "address; the port is a setting of its own"));

  return g_steal_pointer (&address);
}

/* Returns the host as a GUri takes it: an international name encoded, an IPv6
 * address without brackets.
 */
static char *
build_host (const PusherAddress *address,
            GError             **error)
{
  g_autofree char *ascii = NULL;

  if (is_unset (address->host))
    return build_cluster_host (is_unset (address->cluster) ? PUSHER_DEFAULT_CLUSTER
                                                           : address->cluster,
                               error);

  if (strpbrk (address->host, "[]:") != NULL)
    return build_ipv6_host (address->host, error);

  if (g_utf8_validate (address->host, -1, NULL))
    ascii = g_hostname_to_ascii (address->host);
  if (is_unset (ascii) || *ascii == '.' || strstr (ascii, "..") != NULL)
    return fail (error, _("The host is not a valid name"));

  for (const char *p = ascii; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-._", *p) == NULL)
      return fail (error, _("The host has a character that a host name cannot have"));

  return g_steal_pointer (&ascii);
}

/* Appends the prefix with one slash in front of each of its parts and none at
 * its end. What is percent-encoded already stays so. */
static void
append_prefix (GString    *path,
               const char *prefix)
{
  for (const char *p = prefix; *p != '\0'; p++)
    {
      const char character[] = { *p, '\0' };
      gboolean begins_part = p == prefix || p[-1] == '/';

      if (*p == '/')
        continue;
      if (begins_part)
        g_string_append_c (path, '/');

      if (*p == '%' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
        g_string_append_c (path, '%');
      else
        g_string_append_uri_escaped (path, character, PATH_CHARACTERS, FALSE);
    }
}

static char *
build_path (const PusherAddress *address)
{
  GString *path = g_string_new (NULL);

  if (address->path != NULL)
    append_prefix (path, address->path);

  g_string_append (path, "/app/");
  g_string_append_uri_escaped (path, address->key, NULL, FALSE);

  return g_string_free (path, FALSE);
}

/*
 * pusher_address_build_uri:
 *
 * Builds the address of the WebSocket. Where there are a host and a cluster, the
 * host counts. An error has the code %PUSHER_ERROR_INVALID_SETTINGS.
 *
 * The port is part of the result only if it is not the one of the scheme, since
 * a server or a proxy may compare the Host header as a text.
 *
 * Returns: (transfer full) (nullable):
 */
GUri *
pusher_address_build_uri (const PusherAddress *address,
                          GError             **error)
{
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;
  guint default_port = address->use_tls ? 443 : 80;
  int port = -1;

  if (is_unset (address->key))
    {
      fail (error, _("The key is not set"));
      return NULL;
    }

  if (address->port > G_MAXUINT16)
    {
      fail (error, _("The port is not in the range from 1 to 65535"));
      return NULL;
    }
  if (address->port != 0 && address->port != default_port)
    port = address->port;

  host = build_host (address, error);
  if (host == NULL)
    return NULL;

  path = build_path (address);

  return g_uri_build (URI_FLAGS,
                      address->use_tls ? "wss" : "ws",
                      NULL, host, port, path, QUERY, NULL);
}

/* Returns: (transfer full): the scheme, the host and the port, and nothing else */
char *
pusher_uri_get_origin (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  gboolean is_ipv6 = strchr (host, ':') != NULL;

  return g_strdup_printf (is_ipv6 ? "%s://[%s]:%d" : "%s://%s:%d", g_uri_get_scheme (uri), host,
                          g_uri_get_port (uri));
}

/* It becomes a header of HTTP as it is. NULL is none. */
gboolean
pusher_origin_check (const char *origin,
                     GError    **error)
{
  for (const char *p = origin; p != NULL && *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      {
        fail (error, _("The origin has a character that an address cannot have"));
        return FALSE;
      }

  return TRUE;
}
