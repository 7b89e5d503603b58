/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "proxy-server.h"

#include "loopback.h"
#include "words.h"

#include <string.h>

#define HEADER_END "\r\n\r\n"

/* RFC 1928 and 1929 */
#define SOCKS_VERSION 5
#define SOCKS_LOGIN_VERSION 1
#define SOCKS_NO_LOGIN 0
#define SOCKS_USERNAME_PASSWORD 2
#define SOCKS_NO_ACCEPTABLE_METHOD 0xff
#define SOCKS_IPV4 1
#define SOCKS_NAME 3
#define SOCKS_IPV6 4

typedef struct
{
  ProxyServer *proxy;
  GSocketConnection *connection;
  GSocketConnection *target; /* once there is a tunnel */
  GCancellable *io;
  guint8 buffer[4096];
  GByteArray *received;
  gsize (*handle) (gpointer client); /* returns how much it has taken */
  gboolean ended;
} Client;

static gsize handle_first (gpointer data);

static void
client_end (Client *client)
{
  if (client->ended)
    return;

  client->ended = TRUE;
  g_cancellable_cancel (client->io);
  g_socket_close (g_socket_connection_get_socket (client->connection), NULL);
  if (client->target != NULL)
    g_socket_close (g_socket_connection_get_socket (client->target), NULL);
}

static void
client_unref (Client *client)
{
  g_clear_object (&client->connection);
  g_clear_object (&client->target);
  g_clear_object (&client->io);
  g_clear_pointer (&client->received, g_byte_array_unref);
}

static Client *
client_ref (Client *client)
{
  return g_rc_box_acquire (client);
}

static void
client_release (Client *client)
{
  g_rc_box_release_full (client, (GDestroyNotify) client_unref);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_release)

/* --- Tunnels ------------------------------------------------------------- */

static void
spliced_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Client) client = user_data;

  g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, NULL);
  client_end (client);
}

static void
splice (Client            *client,
        GSocketConnection *from,
        GSocketConnection *to)
{
  g_output_stream_splice_async (g_io_stream_get_output_stream (G_IO_STREAM (to)),
                                g_io_stream_get_input_stream (G_IO_STREAM (from)),
                                G_OUTPUT_STREAM_SPLICE_NONE, G_PRIORITY_DEFAULT, client->io,
                                spliced_cb, client_ref (client));
}

static void
say (Client       *client,
     gconstpointer bytes,
     gsize         length)
{
  g_assert_cmpint (g_socket_send (g_socket_connection_get_socket (client->connection), bytes,
                                  length, NULL, NULL),
                   ==, (gssize) length);
}

static void
say_text (Client     *client,
          const char *text)
{
  say (client, text, strlen (text));
}

static void
answer_tunnel (Client  *client,
               gboolean fine)
{
  static const guint8 socks_fine[] = { SOCKS_VERSION, 0, 0, SOCKS_IPV4, 0, 0, 0, 0, 0, 0 };
  static const guint8 socks_refused[] = { SOCKS_VERSION, 2, 0, SOCKS_IPV4, 0, 0, 0, 0, 0, 0 };

  if (client->handle != handle_first)
    say (client, fine ? socks_fine : socks_refused, sizeof socks_fine);
  else if (fine)
    say_text (client, "HTTP/1.1 200 Connection established" HEADER_END);
  else
    say_text (client, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0" HEADER_END);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Client) client = user_data;

  client->target =
    g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, NULL);
  if (client->ended)
    return;

  answer_tunnel (client, client->target != NULL);
  if (client->target == NULL)
    return;

  client->proxy->n_tunnels++;
  splice (client, client->connection, client->target);
  splice (client, client->target, client->connection);
}

/* Reads no more, unless it was a refusal. */
static void
open_tunnel (Client     *client,
             const char *target)
{
  g_autoptr (GSocketClient) socket_client = g_socket_client_new ();

  add_word (client->proxy->requests, "%s", target);
  switch (client->proxy->mood)
    {
    case PROXY_REFUSES:
      answer_tunnel (client, FALSE);
      break;

    case PROXY_DENIES:
      say_text (client, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0" HEADER_END);
      break;

    case PROXY_DIES:
      client_end (client);
      break;

    case PROXY_WORKS:
      g_socket_client_set_enable_proxy (socket_client, FALSE);
      g_socket_client_connect_to_host_async (socket_client, target, 0, client->io, connected_cb,
                                             client_ref (client));
      break;

    case PROXY_IS_SILENT:
    default:
      break;
    }
}

/* --- HTTP ---------------------------------------------------------------- */

static gboolean
http_login_is_fine (ProxyServer *proxy,
                    const char  *request)
{
  g_autofree char *login = g_strdup_printf ("%s:%s", proxy->user, proxy->password);
  g_autofree char *encoded = g_base64_encode ((const guchar *) login, strlen (login));
  g_autofree char *header =
    g_strdup_printf ("\r\nProxy-Authorization: Basic %s\r\n", encoded);

  if (strstr (request, "\r\nProxy-Authorization: ") != NULL)
    proxy->n_logins++;

  return strstr (request, header) != NULL;
}

static void
handle_http (Client     *client,
             const char *request)
{
  ProxyServer *proxy = client->proxy;
  g_auto (GStrv) words = g_strsplit (request, " ", 3);

  if (proxy->user != NULL && !http_login_is_fine (proxy, request))
    {
      say_text (client, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n"
                        "Proxy-Authenticate: Basic realm=\"proxy\"");
      say_text (client, proxy->hangs_up ? "\r\nConnection: close" HEADER_END : HEADER_END);
      if (proxy->hangs_up)
        client_end (client);
    }
  else if (g_str_equal (words[0], "CONNECT"))
    {
      open_tunnel (client, words[1]);
    }
  else
    {
      add_word (proxy->requests, "%s", words[0]);
      say_text (client, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0" HEADER_END);
    }
}

/* --- SOCKS --------------------------------------------------------------- */

static gsize
handle_socks_request (gpointer data)
{
  Client *client = data;
  const guint8 *bytes = client->received->data;
  gsize size = client->received->len;
  gsize length;
  g_autofree char *host = NULL;
  g_autofree char *target = NULL;

  if (size < 5)
    return 0;

  length = bytes[3] == SOCKS_NAME ? 1 + bytes[4] : bytes[3] == SOCKS_IPV6 ? 16 : 4;
  if (size < 4 + length + 2)
    return 0;

  if (bytes[3] == SOCKS_NAME)
    {
      host = g_strndup ((const char *) bytes + 5, length - 1);
    }
  else
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_bytes (
        bytes + 4, bytes[3] == SOCKS_IPV6 ? G_SOCKET_FAMILY_IPV6 : G_SOCKET_FAMILY_IPV4);

      host = g_inet_address_to_string (address);
    }

  target = g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%u" : "%s:%u", host,
                            (guint) bytes[4 + length] << 8 | bytes[5 + length]);
  open_tunnel (client, target);

  return 4 + length + 2;
}

static gsize
handle_socks_login (gpointer data)
{
  Client *client = data;
  const guint8 *bytes = client->received->data;
  gsize size = client->received->len;
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  guint8 answer[] = { SOCKS_LOGIN_VERSION, 0 };

  if (size < 2 || size < 3u + bytes[1] || size < 3u + bytes[1] + bytes[2 + bytes[1]])
    return 0;

  client->proxy->n_logins++;
  user = g_strndup ((const char *) bytes + 2, bytes[1]);
  password = g_strndup ((const char *) bytes + 3 + bytes[1], bytes[2 + bytes[1]]);
  answer[1] = !g_str_equal (user, client->proxy->user) ||
              !g_str_equal (password, client->proxy->password);
  say (client, answer, sizeof answer);
  client->handle = handle_socks_request;

  return 3 + strlen (user) + strlen (password);
}

static gsize
handle_socks_greeting (Client *client)
{
  const guint8 *bytes = client->received->data;
  gsize size = client->received->len;
  guint8 method = client->proxy->user != NULL ? SOCKS_USERNAME_PASSWORD : SOCKS_NO_LOGIN;
  guint8 answer[] = { SOCKS_VERSION, SOCKS_NO_ACCEPTABLE_METHOD };

  if (size < 2 || size < 2u + bytes[1])
    return 0;

  if (memchr (bytes + 2, method, bytes[1]) != NULL)
    answer[1] = method;
  say (client, answer, sizeof answer);
  client->handle =
    method == SOCKS_USERNAME_PASSWORD ? handle_socks_login : handle_socks_request;

  return 2 + bytes[1];
}

/* --- Clients ------------------------------------------------------------- */

static gsize
handle_first (gpointer data)
{
  Client *client = data;
  g_autofree char *request = NULL;
  const char *end;

  if (client->received->len > 0 && client->received->data[0] == SOCKS_VERSION)
    return handle_socks_greeting (client);

  request = g_strndup ((const char *) client->received->data, client->received->len);
  end = strstr (request, HEADER_END);
  if (end == NULL)
    return 0;

  handle_http (client, request);

  return (gsize) (end - request) + strlen (HEADER_END);
}

static void read_more (Client *client);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Client) client = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  guint n_requests;
  gsize taken;

  if (client->ended)
    return;
  if (n <= 0)
    {
      client_end (client);
      return;
    }

  n_requests = client->proxy->requests->len;
  g_byte_array_append (client->received, client->buffer, (guint) n);
  taken = client->handle (client);
  g_byte_array_remove_range (client->received, 0, (guint) taken);

  if (!client->ended && (client->proxy->requests->len == n_requests ||
                         client->proxy->mood != PROXY_WORKS))
    read_more (client);
}

static void
read_more (Client *client)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (client->connection));

  g_input_stream_read_async (input, client->buffer, sizeof client->buffer, G_PRIORITY_DEFAULT,
                             client->io, read_cb, client_ref (client));
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  ProxyServer *self = user_data;
  Client *client = g_rc_box_new0 (Client);

  client->proxy = self;
  client->connection = g_object_ref (connection);
  client->io = g_cancellable_new ();
  client->received = g_byte_array_sized_new (1);
  client->handle = handle_first;
  self->n_connections++;
  g_ptr_array_add (self->clients, client);
  read_more (client);

  return TRUE;
}

/* --- The server ---------------------------------------------------------- */

ProxyServer *
proxy_server_new (void)
{
  ProxyServer *self = g_new0 (ProxyServer, 1);

  self->clients = g_ptr_array_new_with_free_func ((GDestroyNotify) client_release);
  self->requests = g_string_new (NULL);
  self->service = loopback_serve ("127.0.0.1", G_CALLBACK (incoming_cb), self, &self->port);
  g_assert_nonnull (self->service);

  return self;
}

/* Ends all tunnels. */
void
proxy_server_cut (ProxyServer *self)
{
  for (guint i = 0; i < self->clients->len; i++)
    client_end (self->clients->pdata[i]);
}

void
proxy_server_free (ProxyServer *self)
{
  proxy_server_cut (self);
  loopback_end (self->service);
  g_ptr_array_unref (self->clients);
  g_string_free (self->requests, TRUE);
  g_free (self);
}
