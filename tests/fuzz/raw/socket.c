/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "socket.h"

#include <malloc.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

#define BACKLOG 64
#define N_PIECES 32
#define MAX_DESCRIPTORS 128

/* What the kernel of the other end may take, and a bit */
#define MAX_ATTEMPTS 1000

/* Of the sanitizers; not there without. */
gsize __sanitizer_get_current_allocated_bytes (void) __attribute__ ((weak));

void
raw_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gsize
get_heap (void)
{
  if (__sanitizer_get_current_allocated_bytes != NULL)
    return __sanitizer_get_current_allocated_bytes ();

  return mallinfo2 ().uordblks;
}

void
raw_check_heap (gsize max)
{
  static gsize at_first;

  if (at_first == 0)
    at_first = get_heap ();
  g_assert_cmpuint (get_heap (), <, at_first + max);
}

/* What the library opens; libFuzzer opens pipes. */
static guint
count_descriptors (void)
{
  guint n = 0;

  for (int descriptor = 0; descriptor < MAX_DESCRIPTORS; descriptor++)
    {
      struct stat status;
      gboolean is_open = fstat (descriptor, &status) == 0;

      /* Eventfds are of no type. */
      if (is_open && (S_ISSOCK (status.st_mode) || (status.st_mode & S_IFMT) == 0))
        n++;
    }

  return n;
}

/* There are as many as before. Threads of GLib may have one for a while. */
void
raw_check_descriptors (void)
{
  static guint n_at_first;
  gint64 end = g_get_monotonic_time () + RAW_PATIENCE;

  if (n_at_first == 0)
    n_at_first = count_descriptors ();
  while (count_descriptors () > n_at_first)
    {
      raw_settle ();
      g_assert_cmpint (g_get_monotonic_time (), <, end);
    }
}

/* --- Connections --------------------------------------------------------- */

static GSocket *
new_socket (void)
{
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                  G_SOCKET_PROTOCOL_TCP, NULL);

  g_socket_set_blocking (socket, FALSE);
  return socket;
}

/* Returns: (transfer full): listens to a port that it finds */
GSocket *
raw_socket_listen (guint *port)
{
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;
  GSocket *socket = new_socket ();
  g_autoptr (GError) error = NULL;

  g_socket_set_listen_backlog (socket, BACKLOG);
  g_socket_bind (socket, wanted, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (socket, &error);
  g_assert_no_error (error);

  address = g_socket_get_local_address (socket, NULL);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  return socket;
}

static void
begin (RawSocket *self,
       GSocket   *socket)
{
  raw_socket_clear (self);
  self->deaf = FALSE;
  self->socket = socket;
  self->received = g_byte_array_new ();
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
}

/* Returns: whether somebody has connected */
gboolean
raw_socket_accept (RawSocket *self,
                   GSocket   *listening)
{
  GSocket *socket = g_socket_accept (listening, NULL, NULL);

  if (socket != NULL)
    begin (self, socket);

  return socket != NULL;
}

/* The kernel connects without the server. */
void
raw_socket_connect (RawSocket *self,
                    guint      port)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  GSocket *socket = new_socket ();
  g_autoptr (GError) error = NULL;

  g_socket_set_blocking (socket, TRUE);
  g_socket_connect (socket, address, NULL, &error);
  g_assert_no_error (error);
  begin (self, socket);
}

/* No more is sent. */
void
raw_socket_finish (RawSocket *self)
{
  if (self->socket != NULL)
    g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
}

void
raw_socket_hang_up (RawSocket *self,
                    gboolean   reset)
{
  const struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  if (self->socket == NULL)
    return;

  if (reset)
    setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  g_socket_close (self->socket, NULL);
  g_clear_object (&self->socket);
}

void
raw_socket_clear (RawSocket *self)
{
  raw_socket_hang_up (self, FALSE);
  g_clear_pointer (&self->received, g_byte_array_unref);
}

/* --- Bytes --------------------------------------------------------------- */

/* Hears all that has come, and hangs up if the other end has. */
void
raw_socket_receive (RawSocket *self)
{
  char buffer[16384];

  while (self->socket != NULL && !self->deaf)
    {
      g_autoptr (GError) error = NULL;
      gssize n = g_socket_receive (self->socket, buffer, sizeof buffer, NULL, &error);

      if (n > 0)
        g_byte_array_append (self->received, (const guint8 *) buffer, (guint) n);
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return;
      else
        raw_socket_hang_up (self, FALSE);
    }
}

/* Reads no more, nor does the kernel for long. */
void
raw_socket_deafen (RawSocket *self)
{
  const int size = 1;

  self->deaf = TRUE;
  if (self->socket != NULL)
    setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}

gboolean
raw_socket_heard (RawSocket  *self,
                  const char *text)
{
  return self->received != NULL && self->received->len > 0 &&
         g_strstr_len ((const char *) self->received->data, self->received->len, text) != NULL;
}

/* Returns: (transfer full): all that was received */
char *
raw_socket_dup_text (RawSocket *self)
{
  g_byte_array_append (self->received, (const guint8 *) "", 1);
  g_byte_array_set_size (self->received, self->received->len - 1);

  return g_strndup ((const char *) self->received->data, self->received->len);
}

/* Lets the other end read it, in pieces if it dribbles: bytes, if there are few. */
void
raw_socket_send (RawSocket    *self,
                 gconstpointer bytes,
                 gsize         length)
{
  const char *p = bytes;
  gsize piece = self->dribble ? 1 + length / N_PIECES : length;
  guint n_attempts = 0;

  while (length > 0 && self->socket != NULL && n_attempts < MAX_ATTEMPTS)
    {
      g_autoptr (GError) error = NULL;
      gssize n = g_socket_send (self->socket, p, MIN (piece, length), NULL, &error);

      raw_settle ();
      raw_socket_receive (self);
      if (n > 0)
        {
          p += n;
          length -= n;
          n_attempts = 0;
        }
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          n_attempts++;
        }
      else
        {
          raw_socket_hang_up (self, FALSE);
        }
    }
}
